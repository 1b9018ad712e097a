package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"claimbench/internal/auth"
	"claimbench/internal/erasures"
	"claimbench/internal/fault"
	"claimbench/internal/house"
	"claimbench/internal/store"
)

func newAuditEraseCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "erase --object OBJECT --text NAME --reason WORDS --as USER",
		Short: "Erase a text from the history, with two admins",
		Long: "One admin asks for a text to be erased from the history, and is told its ID; a second one confirms it " +
			"within a week with --confirm ID --as USER, or refuses it with --refuse ID. " +
			"Auditors are told. The reason and the hash of the text stay, so the history " +
			"still verifies. A mark stands in its row from then on, and in the copies of frozen sets that are shown " +
			"and sent out; the text of an article and backups are not touched.",
		Args: exactArgs(0),
	}
	database, as := databaseFlag(cmd), asFlag(cmd)
	object := cmd.Flags().String("object", "", "the `OBJECT` as the history calls it: claim:42")
	text := cmd.Flags().String("text", "", "the `NAME` of its text: statement, rationale, reason")
	reason := cmd.Flags().String("reason", "", "why, in `WORDS` that stay")
	confirm := cmd.Flags().String("confirm", "", "the `ID` of an erasure that another admin asked for")
	refuse := cmd.Flags().String("refuse", "", "the `ID` of an erasure that is not to be done")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if asking := *object != "" || *text != "" || *reason != ""; asking == (*confirm != "" || *refuse != "") ||
			*confirm != "" && *refuse != "" {
			return wrongUsage("give --object, --text and --reason to ask, or --confirm ID, or --refuse ID")
		}
		return withHouse(cmd, *database, *as, func(h *house.House, actor auth.Actor) error {
			var e erasures.Erasure
			var err error
			switch {
			case *confirm != "":
				e, err = h.Erasures.Confirm(contextOf(cmd), actor, store.Drawn(*confirm))
			case *refuse != "":
				e, err = h.Erasures.Refuse(contextOf(cmd), actor, store.Drawn(*refuse))
			default:
				e, err = h.Erasures.Ask(contextOf(cmd), actor, *object, *text, *reason)
			}
			if err != nil {
				return withRemedy(err, fault.Forbidden, "Erasing takes two admins; %s may not do this.", *as)
			}
			return printErasure(cmd, e)
		})
	}
	return cmd
}

func printErasure(cmd *cobra.Command, e erasures.Erasure) error {
	says := fmt.Sprintf("Refused: “%s” of %s stays.", e.Name, e.Object)
	switch e.State {
	case erasures.Asked:
		says = fmt.Sprintf("Asked as %s. Another admin confirms it until %s: workbench audit erase --confirm %s "+
			"--as USER", e.Public, e.Until, e.Public)
	case erasures.Done:
		says = fmt.Sprintf("Erased “%s” of %s from %d events.", e.Name, e.Object, e.Erased)
	case erasures.Refused:
	}
	_, err := fmt.Fprintln(cmd.OutOrStdout(), says)
	return err
}
