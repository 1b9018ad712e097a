package main

import (
	"encoding/json"
	"io"

	"github.com/spf13/cobra"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/house"
)

func newProposalsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "proposals --collection NAME --as USER FILE",
		Short: "Write what machines proposed in a collection, and what became of it",
		Long: "Write what machines proposed in a collection, a JSON object a line, in the order in which it was " +
			"proposed: " +
			"by which rules or model, with the hashes of what was asked and of what, the words, the reasons, and " +
			"whether a person took it, changed it (to what) or refused it. For auditors: it tells who decided. What " +
			"was taken down or is protected is left out.",
		Args: exactArgs(1),
	}
	database, as := databaseFlag(cmd), asFlag(cmd)
	collection := cmd.Flags().String("collection", "",
		"the collection's `NAME`; “workbench collection list” shows them")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return withHouse(cmd, *database, *as, func(h *house.House, actor auth.Actor) error {
			col, err := h.Articles.CollectionByName(contextOf(cmd), actor, *collection)
			if err != nil {
				return withRemedy(err, fault.NotFound, "--collection takes a name; "+
					"“workbench collection list” shows them.")
			}
			return writeWhole(args[0], cmd.OutOrStdout(), func(w io.Writer) error {
				enc := json.NewEncoder(w)
				enc.SetEscapeHTML(false)
				return h.Claims.Proposals(contextOf(cmd), actor, col.ID, func(p claims.ProposalOut) error {
					return enc.Encode(p)
				})
			})
		})
	}
	need(cmd, "collection")
	return cmd
}
