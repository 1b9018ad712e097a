package main

import "github.com/spf13/cobra"

// newEvalCommand holds the measures on data in a folder; the rooms add theirs.
func newEvalCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "eval",
		Short: "Measure the language rooms against data",
	}
	cmd.AddCommand(newEvalTextCommand(), newEvalEvidenceCommand(), newEvalWorthCommand(),
		newEvalModelCommand())
	return cmd
}
