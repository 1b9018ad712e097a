package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/house"
	"claimbench/internal/jobs"
	"claimbench/internal/shelf"
)

func newShelfCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "shelf", Short: "Import and export what others have checked already"}
	cmd.AddCommand(newShelfImportCommand(), newShelfExportCommand())
	return cmd
}

func newShelfImportCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import --collection NAME [--dry-run] --as USER FILE",
		Short: "Take the fact-checks of a file onto a collection's shelf",
		Long: "Take the fact-checks of a file onto a collection's shelf: ClaimReview JSON-LD, a DataFeed, the JSON " +
			"of a claim set, what a shelf exported, or a CSV. What cannot be read is named with its number and line, " +
			"and left out. None of it is evidence.",
		Args: exactArgs(1),
	}
	database, as := databaseFlag(cmd), asFlag(cmd)
	collection := cmd.Flags().String("collection", "",
		"the collection's `NAME`; “workbench collection list” shows them")
	dry := cmd.Flags().Bool("dry-run", false, "say as JSON what the file holds, and take nothing")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		f, err := openFile(args[0])
		if err != nil {
			return err
		}
		defer func() { _ = f.Close() }()
		if *dry {
			look, err := shelf.LookAt(f)
			if err != nil {
				return err
			}
			out := json.NewEncoder(cmd.OutOrStdout())
			out.SetIndent("", "  ")
			return out.Encode(look)
		}
		return withHouse(cmd, *database, *as, func(h *house.House, actor auth.Actor) error {
			col, err := h.Articles.CollectionByName(contextOf(cmd), actor, *collection)
			if err != nil {
				return withRemedy(err, fault.NotFound, "--collection takes a name; "+
					"“workbench collection list” shows them.")
			}
			return shelve(cmd, h, actor, col.ID, args[0], f)
		})
	}
	need(cmd, "collection")
	return cmd
}

// shelve takes one file in, to its end, and says what came of it.
func shelve(cmd *cobra.Command, h *house.House, actor auth.Actor, in auth.CollectionID, name string,
	r io.Reader) error {
	ctx := contextOf(cmd)
	f, look, err := h.Shelf.Bring(ctx, actor, in, name, r)
	if err != nil {
		return err
	}
	for _, b := range look.Bad {
		fmt.Fprintf(cmd.ErrOrStderr(), "workbench: number %d, line %d is left out: %s\n", b.N, b.Line, b.Why)
	}
	j, err := h.Shelf.Import(ctx, actor, f.ID, f.Version)
	if err == nil {
		j, err = h.Jobs.Finish(ctx, j.ID)
	}
	if err != nil {
		return err
	}
	if j.State != jobs.Done {
		return fault.New(fault.Conflict, "%s was not taken in: %s", name, j.Message)
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s: %d fact-checks read, %d left out\n", name, look.Good, look.BadOnes)
	return h.Shelf.CatchUp(ctx, in)
}

func newShelfExportCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "export --collection NAME [--set SUM] --as USER FILE",
		Short: "Write a collection's shelf, each fact-check in the bytes that it came in",
		Args:  exactArgs(1),
	}
	database, as := databaseFlag(cmd), asFlag(cmd)
	collection := cmd.Flags().String("collection", "",
		"the collection's `NAME`; “workbench collection list” shows them")
	set := cmd.Flags().String("set", "", "the `SUM` of a claim set, its SHA-256: its claims alone, a line each")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return withHouse(cmd, *database, *as, func(h *house.House, actor auth.Actor) error {
			col, err := h.Articles.CollectionByName(contextOf(cmd), actor, *collection)
			if err != nil {
				return withRemedy(err, fault.NotFound, "--collection takes a name; "+
					"“workbench collection list” shows them.")
			}
			ask := shelf.ExportAsk{In: col.ID, Set: *set}
			return writeWhole(args[0], cmd.OutOrStdout(), func(w io.Writer) error {
				if err := h.Shelf.Record(contextOf(cmd), actor, ask); err != nil {
					return err
				}
				return h.Shelf.Export(contextOf(cmd), ask, w)
			})
		})
	}
	need(cmd, "collection")
	return cmd
}
