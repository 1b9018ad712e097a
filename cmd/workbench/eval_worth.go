package main

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"claimbench/internal/eval"
)

// newEvalWorthCommand is added to `workbench eval`.
func newEvalWorthCommand() *cobra.Command {
	var data, format string
	cmd := &cobra.Command{
		Use:   "worth --data DIR [--format table|json]",
		Short: "Measure how much reading the order of the candidates saves",
		Long: "Measure how many of the candidates of eval/checkworthy and gold are read until 95 of 100 of those " +
			"worth a check are found: in the order of the text, by check-worthiness alone, and as the queue shows " +
			"them to somebody who accepts what the data call worth a check and rejects the rest.",
		Args: exactArgs(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := oneOf("format", format, "table", "json"); err != nil {
				return err
			}
			if err := checkFolder("data", data); err != nil {
				return err
			}
			all, err := eval.SavedBy(contextOf(cmd), data)
			if err != nil {
				return err
			}
			return printSaved(cmd.OutOrStdout(), format, all)
		},
	}
	cmd.Flags().StringVar(&data, "data", "", "the `DIR` that holds eval, gold and seeds")
	cmd.Flags().StringVar(&format, "format", "table", "the output's `FORM`, table or json")
	need(cmd, "data")
	return cmd
}

func printSaved(w io.Writer, format string, all []eval.Saved) error {
	if format == "json" {
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		return enc.Encode(all)
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "set\tcandidates\tworthy\tto find\ttext\tcheck-worthiness\twith lots\tlearnt")
	for _, s := range all {
		for _, r := range []struct {
			part string
			read eval.Shares
		}{{"80 %", s.Most}, {"95 %", s.Good}} {
			fmt.Fprintf(tw, "%s\t%d\t%d\t%s\t%.1f %%\t%.1f %%\t%.1f %%\t%.1f %%\n", s.Name, s.Candidates, s.Worthy,
				r.part, 100*r.read.Text, 100*r.read.Worth, 100*r.read.Lots, 100*r.read.Learnt)
		}
	}
	fmt.Fprintln(tw, "\nset\tbounds of the unseen held\tread when the hint said stop\tfound then")
	for _, s := range all {
		fmt.Fprintf(tw, "%s\t%.1f %%\t%.1f %%\t%.1f %%\n", s.Name, 100*s.Sure, 100*s.Stop, 100*s.Found)
	}
	return tw.Flush()
}
