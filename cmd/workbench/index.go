package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"claimbench/internal/claims"
	"claimbench/internal/search"
	"claimbench/internal/store"
)

func newIndexCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "index", Short: "The full-text index"}
	cmd.AddCommand(newIndexRebuildCommand())
	return cmd
}

func newIndexRebuildCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "rebuild", Short: "Make the full-text index anew from the articles and claims",
		Long: "Make the full-text index anew from the articles and claims, and from the history the index by which " +
			"pages of the past find claims.",
		Args: exactArgs(0)}
	database := databaseFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		progress, done := progressTo(cmd.ErrOrStderr(), "indexing")
		defer done()
		return withDatabase(cmd, *database, func(db *store.DB) error {
			err := search.Rebuild(contextOf(cmd), db, claims.IndexWordsAfter, func(n, of int64) {
				if progress != nil {
					progress(n, of)
				}
			})
			if err == nil {
				err = claims.RebuildSpells(contextOf(cmd), db)
			}
			if err == nil {
				_, err = fmt.Fprintln(cmd.OutOrStdout(), "The index was made anew.")
			}
			return err
		})
	}
	return cmd
}
