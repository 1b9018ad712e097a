package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/house"
	"claimbench/internal/store"
)

func newCollectionCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "collection", Short: "Add and list collections"}
	cmd.AddCommand(newCollectionAddCommand(), newCollectionListCommand())
	return cmd
}

// withHouse opens the database, its House and the person whom --as names.
func withHouse(cmd *cobra.Command, database, as string, f func(*house.House, auth.Actor) error) error {
	return withDatabase(cmd, database, func(db *store.DB) error {
		h, err := house.Open(db, house.Options{})
		if err != nil {
			return err
		}
		actor, err := actorOf(cmd, h.Auth, as)
		if err != nil {
			return err
		}
		return f(h, actor)
	})
}

func newCollectionAddCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "add NAME [--quorum N] [--rule unanimous|majority] --as USER",
		Short: "Open a collection", Args: exactArgs(1)}
	database, as := databaseFlag(cmd), asFlag(cmd)
	var n articles.CollectionNew
	cmd.Flags().IntVar(&n.Quorum, "quorum", 2, "how many reviews a round needs")
	cmd.Flags().StringVar((*string)(&n.Rule), "rule", string(articles.Unanimous), "unanimous or majority")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		n.Name = args[0]
		return withHouse(cmd, *database, *as, func(h *house.House, actor auth.Actor) error {
			c, err := h.Articles.CreateCollection(contextOf(cmd), actor, n)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "Collection %d, “%s”.\n", c.ID, c.Name)
			return err
		})
	}
	return cmd
}

func newCollectionListCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "list --as USER", Short: "List the collections that a user reads", Args: exactArgs(0)}
	database, as := databaseFlag(cmd), readerFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return withHouse(cmd, *database, *as, func(h *house.House, actor auth.Actor) error {
			all, err := h.Articles.Collections(contextOf(cmd), actor)
			if err != nil {
				return err
			}
			t := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 8, 2, ' ', 0)
			fmt.Fprintln(t, "ID\tNAME\tQUORUM\tRULE")
			for _, c := range all {
				fmt.Fprintf(t, "%d\t%s\t%d\t%s\n", c.ID, c.Name, c.Quorum, c.Rule)
			}
			return t.Flush()
		})
	}
	return cmd
}
