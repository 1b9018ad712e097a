package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"claimbench/internal/eval"
	"claimbench/internal/match"
)

// mostSentences bounds the corpus that speed is measured on.
const mostSentences = 10_000_000

// newEvalEvidenceCommand is added to `workbench eval`.
func newEvalEvidenceCommand() *cobra.Command {
	var data, format string
	var sentences int
	cmd := &cobra.Command{
		Use:   "evidence --data DIR [--format table|json]",
		Short: "Measure matching across languages",
		Long: "Measure matching across languages: retrieval and pairing on eval/ntrex, names on eval/names, links " +
			"on gold, and the " +
			"speed of indexing and of a query on a corpus made from eval/ntrex (--sentences, 0 for none).",
		Args: exactArgs(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := oneOf("format", format, "table", "json"); err != nil {
				return err
			}
			if err := between("sentences", sentences, 0, mostSentences); err != nil {
				return err
			}
			if err := checkFolder("data", data); err != nil {
				return err
			}
			measures, err := eval.EvidenceMeasures(data, match.AllKeys)
			if err != nil {
				return err
			}
			if sentences > 0 {
				speed, err := eval.EvidenceSpeed(data, sentences)
				if err != nil {
					return err
				}
				measures = append(measures, speed...)
			}
			return printEvidence(cmd.OutOrStdout(), format, measures)
		},
	}
	cmd.Flags().StringVar(&data, "data", "", "the `DIR` that holds eval and gold")
	cmd.Flags().StringVar(&format, "format", "table", "the output's `FORM`, table or json")
	cmd.Flags().IntVar(&sentences, "sentences", 100_000,
		"`NUMBER` of sentences of the corpus that speed is measured on; 0 for none")
	need(cmd, "data")
	return cmd
}

func printEvidence(w io.Writer, format string, measures []eval.Measure) error {
	if format == "json" {
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		return enc.Encode(measures)
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "measure\tdata\tvalue\treach\taim\tunit")
	for _, m := range measures {
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\t%s\n", m.Name, m.Data, figure(m.Value), target(m.Reach), target(m.Aim),
			m.Unit)
	}
	return tw.Flush()
}

// figure writes a value with as many digits as it bears.
func figure(v float64) string {
	switch {
	case v >= 1000:
		return strconv.FormatFloat(v, 'f', 0, 64)
	case v >= 2:
		return strconv.FormatFloat(v, 'f', 1, 64)
	}
	return strconv.FormatFloat(v, 'f', 3, 64)
}

func target(v float64) string {
	if v == 0 {
		return "–"
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}
