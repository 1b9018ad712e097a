package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

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
		Use:   "add [--dir DIR] FILE...",
		Short: "Add dictionaries that are installed on this machine",
		Long: "Add dictionaries that are installed on this machine to those that `workbench match` uses. Knows " +
			"FreeDict (give the\n" +
			".index file), EDICT and ENAMDICT as Debian installs them, and TSV like our own lexicon: a header line " +
			"that starts\n" +
			"with topic, one column a language, forms parted by |. Nothing is fetched from a network.",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{fmt.Errorf("name at least one dictionary; usage: %s", cmd.UseLine())}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if dir == "" {
				return usageError{fmt.Errorf("no folder for dictionaries is known here: name one with --dir")}
			}
			for _, path := range args {
				if err := addDictionary(cmd, dir, path); err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&dir, "dir", defaultLexiconDir(), "folder the dictionaries are kept in")
	return cmd
}

// addDictionary turns one dictionary into a file of dir; a broken one leaves dir as it was.
func addDictionary(cmd *cobra.Command, dir, path string) error {
	tsv, rows, err := match.ImportDictionary(os.DirFS(filepath.Dir(path)), filepath.Base(path))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("folder for dictionaries: %w", err)
	}
	name, _, _ := strings.Cut(filepath.Base(path), ".")
	file := filepath.Join(dir, name+".tsv")
	if err := os.WriteFile(file+".part", tsv, 0o644); err != nil {
		return fmt.Errorf("folder for dictionaries: %w", err)
	}
	if err := os.Rename(file+".part", file); err != nil {
		return fmt.Errorf("folder for dictionaries: %w", err)
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s: %d entries in %s\n", path, rows, file)
	return nil
}
