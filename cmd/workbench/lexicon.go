package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"claimbench/internal/fault"
	"claimbench/internal/match"
)

func newLexiconCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "lexicon",
		Short: "Dictionaries for matching across languages",
	}
	cmd.AddCommand(newLexiconAddCommand())
	return cmd
}

func newLexiconAddCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "add [--dir DIR] FILE…",
		Short: "Add dictionaries that are installed on this machine",
		Long: "Add dictionaries that are installed on this machine to those that “workbench match” uses. Knows " +
			"FreeDict (give the .index file), EDICT and ENAMDICT as Debian installs them, and TSV like our own " +
			"lexicon: a header line that starts with topic, one column a language, forms parted by |. " +
			"Nothing is fetched from a network.",
		Args: argsBetween(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if dir == "" {
				return wrongUsage("no folder for dictionaries is known here; name one with --dir DIR")
			}
			for _, path := range args {
				if err := addDictionary(cmd, dir, path); err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&dir, "dir", defaultLexiconDir(), "the `DIR` that the dictionaries are kept in")
	cmd.Flags().Lookup("dir").DefValue = "" // where it lies is a matter of the machine
	return cmd
}

// addDictionary turns one dictionary into a file of dir; a broken one leaves dir as it was.
func addDictionary(cmd *cobra.Command, dir, path string) error {
	f, err := openFile(path)
	if err != nil {
		return err
	}
	f.Close()
	tsv, rows, err := match.ImportDictionary(os.DirFS(filepath.Dir(path)), filepath.Base(path))
	if err != nil {
		return err
	}
	cannot := func(err error) error {
		return fault.Wrap(fault.Invalid, err, "The folder %s cannot be written. Name another with --dir.", dir)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return cannot(err)
	}
	name, _, _ := strings.Cut(filepath.Base(path), ".")
	file := filepath.Join(dir, name+".tsv")
	if err := os.WriteFile(file+".part", tsv, 0o644); err != nil {
		return cannot(err)
	}
	if err := os.Rename(file+".part", file); err != nil {
		return cannot(err)
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s: %d entries in %s\n", path, rows, file)
	return nil
}
