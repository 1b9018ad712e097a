package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"claimbench/internal/store"
)

func newMigrateCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "migrate",
		Short: "Make the database, or bring it up to date",
		Long: "Make the database, or bring it up to date. It goes forward only, and refuses a database newer than " +
			"the program.",
		Args: exactArgs(0),
	}
	database := databaseFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		db, err := store.Open(contextOf(cmd), *database, store.Options{Create: true})
		if err != nil {
			return err
		}
		defer db.Close()
		before, err := db.Migrate(contextOf(cmd))
		if err != nil {
			return err
		}
		switch before.Database {
		case 0:
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "Made a new, empty database: %s (schema %d).\n", db.Target(),
				before.Program)
		case before.Program:
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s is up to date (schema %d).\n", db.Target(), before.Program)
		default:
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s went from schema %d to %d.\n", db.Target(), before.Database,
				before.Program)
		}
		return err
	}
	return cmd
}
