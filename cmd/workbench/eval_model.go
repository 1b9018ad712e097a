package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"claimbench/internal/eval"
	"claimbench/internal/extract"
	"claimbench/internal/model"
)

// newEvalModelCommand is added to `workbench eval`.
func newEvalModelCommand() *cobra.Command {
	var f modelFlags
	var data, format string
	cmd := &cobra.Command{
		Use: "model --data DIR --model URL --model-name NAME [--model-key FILE]\n" +
			"    [--format table|json]",
		Short: "Measure a model's break-down against the claims in gold",
		Long: "Measure a model's break-down against the claims of DIR/gold, beside the rules. The articles of gold " +
			"are " +
			"sent to the model's server; nothing is stored. What no program can measure is said to be not measured " +
			"here.",
		Args: exactArgs(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := oneOf("format", format, "table", "json"); err != nil {
				return err
			}
			if err := checkFolder("data", data); err != nil {
				return err
			}
			c, err := f.client()
			if err != nil {
				return err
			}
			defer c.Close()
			m, err := measureModel(contextOf(cmd), data, c)
			if err != nil {
				return err
			}
			return printModel(cmd.OutOrStdout(), format, m)
		},
	}
	f.add(cmd)
	cmd.Flags().StringVar(&data, "data", "", "the `DIR` that holds gold and seeds")
	cmd.Flags().StringVar(&format, "format", "table", "the output's `FORM`, table or json")
	need(cmd, "data", "model", "model-name")
	return cmd
}

// modelMeasured is what was measured of a model. Scores are 0 to 1.
type modelMeasured struct {
	Model       string         `json:"model"`
	Claims      int            `json:"claims"`
	InText      int            `json:"quotations_in_the_text"`
	Refused     map[string]int `json:"refused"`
	OwnWords    int            `json:"in_the_articles_words"`
	SpanF1      float64        `json:"span_f1"`
	RulesF1     float64        `json:"span_f1_of_the_rules"`
	Reported    float64        `json:"reported_accuracy"`
	Windows     int            `json:"windows"`
	Questions   int            `json:"questions"`
	Seconds     float64        `json:"seconds"`
	NotMeasured []string       `json:"not_measured_here"`
}

// counted is a model's break-down that counts what becomes of its answers.
type counted struct {
	b *model.Breakdown
	m *modelMeasured
}

// Extract implements extract.Extractor.
func (c counted) Extract(ctx context.Context, doc extract.Document) ([]extract.Candidate, error) {
	got, err := c.b.Break(ctx, doc)
	out := make([]extract.Candidate, len(got.Candidates))
	for i, p := range got.Candidates {
		out[i] = p.Candidate
		if doc.Text.Slice(p.Span) != "" {
			c.m.InText++
		}
		if slices.Contains(p.Reasons, model.OwnWords) {
			c.m.OwnWords++
		}
	}
	for _, r := range got.Refused {
		c.m.Refused[string(r.Why)]++
	}
	c.m.Claims += len(out)
	c.m.Windows += got.Windows
	c.m.Questions += got.Questions
	return out, err
}

// sameSpan is the overlap from which two spans are one claim, as in the measures of the rules.
const sameSpan = 0.5

func measureModel(ctx context.Context, data string, c *model.Client) (m modelMeasured, err error) {
	b, err := model.NewBreakdown(c)
	if err != nil {
		return m, err
	}
	m = modelMeasured{Model: c.Model(), Refused: map[string]int{}, NotMeasured: []string{
		"whether the statements follow from the text: people read them", "whether the brackets fill in what is meant",
		"glosses", "the order of passages", "what is found by vectors"}}
	begun := time.Now()
	score, _, err := eval.ScoreExtractor(ctx, data, counted{b, &m}, sameSpan)
	if err != nil {
		return m, err
	}
	m.Seconds = time.Since(begun).Seconds()
	rules, _, err := eval.ScoreExtractor(ctx, data, extract.Rules(), sameSpan)
	m.SpanF1, m.RulesF1, m.Reported = score.F1(), rules.F1(), score.ReportAccuracy()
	return m, err
}

func printModel(w io.Writer, format string, m modelMeasured) error {
	if format == "json" {
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		return enc.Encode(m)
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(tw, "model\t%s\n", m.Model)
	fmt.Fprintf(tw, "quotations in the text\t%d of %d (by construction)\n", m.InText, m.Claims)
	fmt.Fprintf(tw, "in the article's words, for others were not held\t%d\n", m.OwnWords)
	fmt.Fprintf(tw, "claim spans against gold (F1)\t%.3f\n", m.SpanF1)
	fmt.Fprintf(tw, "the rules beside it (F1)\t%.3f\n", m.RulesF1)
	fmt.Fprintf(tw, "reported or not (accuracy)\t%.3f\n", m.Reported)
	fmt.Fprintf(tw, "windows, questions, seconds\t%d, %d, %.1f\n", m.Windows, m.Questions, m.Seconds)
	for _, t := range model.Whys.Terms() {
		if n := m.Refused[string(t.Name)]; n > 0 {
			fmt.Fprintf(tw, "refused: %s\t%d\n", t.Word, n)
		}
	}
	for _, what := range m.NotMeasured {
		fmt.Fprintf(tw, "%s\tnot measured here\n", what)
	}
	return tw.Flush()
}
