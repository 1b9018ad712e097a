package main

import (
	"bufio"
	"encoding/json"

	"github.com/spf13/cobra"

	"claimbench/internal/match"
)

func newOriginsCommand() *cobra.Command {
	var corpus string
	cmd := &cobra.Command{
		Use:   "origins --corpus FILE",
		Short: "Propose which articles come from one origin",
		Long: "Propose which articles come from one origin: near-copies, translations of one text, and stories of " +
			"one agency.\n" +
			`The file is JSONL of whole articles with {"id","text","lang"?}; - is standard input. ` +
			"Prints one JSON object a pair. " +
			"A person confirms or refuses. Exit code 0, 1 on invalid input, 2 on wrong usage.",
		Args: exactArgs(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			docs, err := readItems(cmd, corpus)
			if err != nil {
				return err
			}
			out := bufio.NewWriterSize(cmd.OutOrStdout(), 1<<16)
			enc := json.NewEncoder(out)
			enc.SetEscapeHTML(false)
			for _, p := range match.Origins(docs) {
				if err := enc.Encode(struct {
					IDs     [2]string `json:"ids"`
					Kind    string    `json:"kind"`
					Overlap float64   `json:"overlap"`
				}{[2]string{p.A, p.B}, p.Kind, p.Overlap}); err != nil {
					return err
				}
			}
			return out.Flush()
		},
	}
	cmd.Flags().StringVar(&corpus, "corpus", "", "`FILE` of the articles, JSONL")
	need(cmd, "corpus")
	return cmd
}
