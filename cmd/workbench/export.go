package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"claimbench/internal/auth"
	"claimbench/internal/claimset"
	"claimbench/internal/house"
)

func newExportCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "export --set NUMBER [--format " + claimset.FormatNames("|") +
			"] [--bom] [--output FILE] --as USER",
		Short: "Write a frozen claim set as " + claimset.FormatWords(),
		Long: "Write a frozen claim set as " + claimset.FormatWords() +
			". The history says who exported it. A file is written whole or not at all.",
		Args: exactArgs(0),
	}
	database, as := databaseFlag(cmd), asFlag(cmd)
	set := cmd.Flags().Int64("set", 0, "the claim set's number")
	var o claimset.Options
	cmd.Flags().StringVar(&o.Format, "format", claimset.JSON, claimset.FormatNames(" or "))
	cmd.Flags().BoolVar(&o.BOM, "bom", false, "begin a CSV with a byte order mark, for spreadsheets that need one")
	output := cmd.Flags().StringP("output", "o", "-", "the file to write; - is standard output")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if *set <= 0 {
			return usageError{fmt.Errorf("name the claim set with --set NUMBER")}
		}
		return withHouse(cmd, *database, *as, func(h *house.House, actor auth.Actor) error {
			if _, err := h.Sets.Record(contextOf(cmd), actor, claimset.ID(*set), o); err != nil {
				return err
			}
			return writeWhole(*output, cmd.OutOrStdout(), func(w io.Writer) error {
				return h.Sets.Export(contextOf(cmd), actor, claimset.ID(*set), w, o)
			})
		})
	}
	return cmd
}

// writeWhole writes a file beside its place and moves it there when it is whole; "-" is standard output.
func writeWhole(name string, stdout io.Writer, write func(io.Writer) error) (err error) {
	if name == "-" {
		return write(stdout)
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".workbench-export-*")
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", name, err)
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	buf := bufio.NewWriter(f)
	if err = write(buf); err != nil {
		return err
	}
	if err = buf.Flush(); err != nil {
		return err
	}
	if err = f.Chmod(0o644); err != nil {
		return err
	}
	if err = f.Sync(); err != nil {
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
