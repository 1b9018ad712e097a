package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"claimbench/internal/eval"
)

func newEvalTextCommand() *cobra.Command {
	var data, format string
	var ablate bool
	cmd := &cobra.Command{
		Use:   "text --data DIR [--format table|json] [--ablate]",
		Short: "Measure sentences, languages, claims, quantities, dates, check-worthiness and speed",
		Long: "Measure the text rooms against the data in DIR (which holds gold/, eval/ and seeds/), each figure " +
			"with what is to be reached and aimed at. With --ablate, measure the claims with each rule " +
			"switched off instead.",
		Args: exactArgs(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := oneOf("format", format, "table", "json"); err != nil {
				return err
			}
			if err := checkFolder("data", data); err != nil {
				return err
			}
			if ablate {
				rows, err := eval.Ablate(contextOf(cmd), data)
				if err != nil {
					return err
				}
				return eval.PrintAblations(cmd.OutOrStdout(), rows)
			}
			measures, missing, err := eval.TextMeasures(data)
			if err != nil {
				return err
			}
			for _, m := range missing {
				fmt.Fprintf(cmd.ErrOrStderr(), "not measured: %s: %v\n", m.Name, m.Err)
			}
			if format == "json" {
				return printMeasuresJSON(cmd.OutOrStdout(), measures)
			}
			return eval.PrintMeasures(cmd.OutOrStdout(), measures)
		},
	}
	cmd.Flags().StringVar(&data, "data", "", "the `DIR` that holds gold, eval and seeds")
	cmd.Flags().StringVar(&format, "format", "table", "the output's `FORM`, table or json")
	cmd.Flags().BoolVar(&ablate, "ablate", false, "measure the claims with each rule switched off")
	need(cmd, "data")
	return cmd
}

// measureLine is a measure as JSON.
type measureLine struct {
	Name  string  `json:"name"`
	Data  string  `json:"data"`
	Value float64 `json:"value"`
	Unit  string  `json:"unit"`
	Reach float64 `json:"reach"`
	Aim   float64 `json:"aim"`
	State string  `json:"state"`
}

// printMeasuresJSON prints measures as one JSON array.
func printMeasuresJSON(w io.Writer, measures []eval.Measure) error {
	lines := make([]measureLine, len(measures))
	for i, m := range measures {
		lines[i] = measureLine{m.Name, m.Data, m.Value, m.Unit, m.Reach, m.Aim, m.State()}
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(lines)
}
