package main

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"claimbench/internal/articles"
	"claimbench/internal/captures"
	"claimbench/internal/fault"
	"claimbench/internal/files"
	"claimbench/internal/store"
)

// filesFlag adds --files to a command.
func filesFlag(cmd *cobra.Command) {
	cmd.Flags().String("files", os.Getenv("WORKBENCH_FILES"),
		"the `DIR` outside of the database in which originals and captures are kept; WORKBENCH_FILES may name it "+
			"instead "+
			"(default: in the database)")
	cmd.Flags().Lookup("files").DefValue = ""
}

// useFiles lets originals be kept in the folder that --files names, and gives what closes it.
func useFiles(cmd *cobra.Command, db *store.DB) (closing func(), err error) {
	flag := cmd.Flags().Lookup("files")
	if flag == nil {
		return func() {}, nil
	}
	return useFolder(db, flag.Value.String())
}

func useFolder(db *store.DB, name string) (closing func(), err error) {
	if name == "" {
		return func() {}, nil
	}
	d, err := files.OpenDir(name)
	if err != nil {
		return nil, err
	}
	files.Use(db, d)
	return func() { _ = d.Close() }, nil
}

// servedFiles is useFolder for a server. A workbench whose files lie in a folder that was not named is not served:
// nothing is lost, but nobody could read them.
func servedFiles(ctx context.Context, db *store.DB, name string) (closing func(), err error) {
	if name != "" {
		return useFolder(db, name)
	}
	some, err := filesOutside(ctx, db)
	if err == nil && some {
		err = errFolderUnnamed()
	}
	return func() {}, err
}

// auditedFiles is useFiles for an audit: without the folder it can say nothing of the files in it, and above all not
// that somebody changed them. A table of files that cannot be read is the audit's to name.
func auditedFiles(cmd *cobra.Command, db *store.DB) (closing func(), err error) {
	if flag := cmd.Flags().Lookup("files"); flag != nil && flag.Value.String() == "" {
		if some, err := filesOutside(contextOf(cmd), db); err == nil && some {
			return nil, errFolderUnnamed()
		}
	}
	return useFiles(cmd, db)
}

func filesOutside(ctx context.Context, db *store.DB) (some bool, err error) {
	err = db.Read(ctx, func(r *store.Rx) (err error) {
		some, err = files.Some(r)
		return err
	})
	return some, err
}

func errFolderUnnamed() error {
	return fault.New(fault.Invalid, "This workbench keeps originals or captures in a folder outside of its database. "+
		"Name the folder: --files DIR.")
}

func newFilesCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "files", Short: "Keep originals and captures outside of the database"}
	cmd.AddCommand(newFilesMoveCommand())
	return cmd
}

func newFilesMoveCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "move --files DIR", Short: "Move originals and captures from the database into a folder",
		Long: "Move originals and captures from the database into a folder, one after the other; what was moved " +
			"is read " +
			"from there, also while this runs, and what is not moved yet is read where it lies. It may be " +
			"stopped, and " +
			"begun again. The server must be started with the same --files.",
		Args: exactArgs(0)}
	database := databaseFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if cmd.Flags().Lookup("files").Value.String() == "" {
			return wrongUsage("say into which folder with --files DIR")
		}
		return withDatabase(cmd, *database, func(db *store.DB) error {
			n, err := articles.MoveOut(contextOf(cmd), db)
			if err == nil {
				var more int
				more, err = captures.MoveOut(contextOf(cmd), db)
				n += more
			}
			if err == nil {
				_, err = files.Sweep(contextOf(cmd), db)
			}
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%d files were moved. The space that they took in the "+
				"database is used "+
				"for what comes.\n", n)
			return err
		})
	}
	return cmd
}
