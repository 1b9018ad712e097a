package main

import (
	"io"

	"github.com/spf13/cobra"

	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/proof"
	"claimbench/internal/store"
)

func newAuditProofCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "proof --at ADDRESS | --from SIZE [--to SIZE]",
		Short: "Prove that an event is in the signed history, or that it only grew",
		Long: "With --at print a C2SP tlog-proof of one event, with its leaf as extra data; with --from, a proof " +
			"that the history only grew between two checkpoints (as a C2SP tlog-witness is asked).\n" +
			"“workbench verify FILE” checks either without the database; the second one with --checkpoint, the older " +
			"of the two.",
		Args: exactArgs(0),
	}
	database := databaseFlag(cmd)
	at := cmd.Flags().String("at", "", "the `ADDRESS` of the event: its number, 15, or an object, claim:42, for the "+
		"newest event of it")
	from := cmd.Flags().Int64("from", 0, "the `SIZE` of the older checkpoint, in events")
	to := cmd.Flags().Int64("to", 0, "the `SIZE` of the newer one (default: the newest there is)")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if (*at == "") == (*from == 0) || *at != "" && *to != 0 {
			return wrongUsage("give --at ADDRESS, or --from SIZE with or without --to SIZE")
		}
		return withDatabase(cmd, *database, func(db *store.DB) error {
			var text string
			err := db.Read(contextOf(cmd), func(rx *store.Rx) (err error) {
				if *at != "" {
					text, err = includedText(rx, *at)
				} else {
					text, err = grownText(rx, *from, *to)
				}
				return err
			})
			if err == nil {
				_, err = io.WriteString(cmd.OutOrStdout(), text)
			}
			return err
		})
	}
	return cmd
}

func includedText(rx *store.Rx, at string) (string, error) {
	seq, err := history.Find(rx, at, nil)
	if err != nil {
		return "", err
	}
	leaf, _, err := history.Leaf(rx, seq)
	if err != nil {
		return "", err
	}
	c, err := history.CheckpointAt(rx, seq)
	if err != nil {
		return "", err
	}
	if c == nil {
		return "", fault.New(fault.NotFound, "No checkpoint covers event %d yet. Sign one with “workbench audit "+
			"checkpoint”.", seq)
	}
	p, err := history.Inclusion(rx, seq, *c)
	return proof.IncludedText(seq, leaf, p.Hashes, c.Note), err
}

func grownText(rx *store.Rx, from, to int64) (string, error) {
	g, err := history.GrowthOf(rx, from, to)
	return g.Text(), err
}
