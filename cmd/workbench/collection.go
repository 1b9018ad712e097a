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

// withRooms opens the database and its House.
func withRooms(cmd *cobra.Command, database string, f func(*house.House) error) error {
	return withDatabase(cmd, database, func(db *store.DB) error {
		h, err := house.Open(db, house.Options{Key: publicKeyBeside(database),
			Web: askWeb()})
		if err != nil {
			return err
		}
		return f(h)
	})
}

// withHouse is withRooms with the person whom --as names.
func withHouse(cmd *cobra.Command, database, as string, f func(*house.House, auth.Actor) error) error {
	return withRooms(cmd, database, func(h *house.House) error {
		actor, err := actorOf(cmd, h.Auth, as)
		if err != nil {
			return err
		}
		return f(h, actor)
	})
}

// collectionsOf lists those that a user reads; without a user all, for whoever reads the database may.
func collectionsOf(cmd *cobra.Command, h *house.House, as string) ([]articles.Collection, error) {
	if as == "" {
		return h.Articles.EveryCollection(contextOf(cmd))
	}
	actor, err := actorOf(cmd, h.Auth, as)
	if err != nil {
		return nil, err
	}
	return h.Articles.Collections(contextOf(cmd), actor)
}

func newCollectionAddCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "add NAME [--quorum N] [--rule unanimous|majority] --as USER",
		Short: "Open a collection", Args: exactArgs(1)}
	database, as := databaseFlag(cmd), asFlag(cmd)
	quorum := cmd.Flags().Int("quorum", articles.UsualQuorum, "how many reviews a round needs, a `NUMBER`")
	rule := cmd.Flags().String("rule", string(articles.Unanimous),
		"the `RULE` by which they agree, unanimous or majority")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		n := articles.CollectionNew{Name: args[0], Quorum: quorum, Rule: (*articles.Rule)(rule)}
		if err := n.Check(); err != nil {
			return usageError{err}
		}
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
	cmd := &cobra.Command{Use: "list [--as USER]", Short: "List the collections", Args: exactArgs(0)}
	database := databaseFlag(cmd)
	as := cmd.Flags().String("as", "", "only those that `USER` reads (default: all)")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return withRooms(cmd, *database, func(h *house.House) error {
			all, err := collectionsOf(cmd, h, *as)
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
