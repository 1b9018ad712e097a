package main

import "github.com/spf13/cobra"

// newEvalCommand holds the measures on data in a folder; the rooms add theirs.
func newEvalCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "eval",
		Short: "Measure the language rooms against data",
		Args:  exactArgs(0),
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newEvalTextCommand(), newEvalEvidenceCommand())
	return cmd
}
