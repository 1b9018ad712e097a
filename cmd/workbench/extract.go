package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"claimbench/internal/extract"
	"claimbench/internal/text"
	"claimbench/internal/value"
)

// extractOptions are the flags of `workbench extract`.
type extractOptions struct {
	lang, published, format string
	sentences, join         bool
}

func newExtractCommand() *cobra.Command {
	var o extractOptions
	cmd := &cobra.Command{
		Use:   "extract [--lang TAG] [--published DAY] [--join] [--sentences] [--format FORM] FILE|-",
		Short: "Break a text into sentences and candidate claims",
		Long: "Break a text into sentences and candidate claims, without a database.\n" +
			"Prints one JSON object a line, each sentence before its claims; offsets are code points of the " +
			"whole text.\n" +
			"Lines that end in the middle of a sentence are warned of on standard error; a page of HTML, a PDF file, " +
			"a mail and subtitles are refused.\n" +
			"Exit code 0 (none found, too), 1 on invalid input, 2 on wrong usage.",
		Args: exactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return runExtract(cmd, o, args[0]) },
	}
	cmd.Flags().StringVar(&o.lang, "lang", "auto", "language of the text as a BCP 47 `TAG`, or auto")
	cmd.Flags().StringVar(&o.published, "published", "",
		"`DAY` of publication (YYYY-MM-DD, YYYY-MM or YYYY), against which relative dates are read")
	cmd.Flags().BoolVar(&o.join, "join", false,
		"join lines that end in the middle of a sentence; offsets are then those of the joined text")
	cmd.Flags().BoolVar(&o.sentences, "sentences", false, "print the sentences only")
	cmd.Flags().StringVar(&o.format, "format", "jsonl", "the output's `FORM`, jsonl or text")
	return cmd
}

// runExtract reads, extracts and prints. Nothing is printed before all of it
// has gone well.
func runExtract(cmd *cobra.Command, o extractOptions, name string) error {
	published, err := value.ParsePublished(o.published)
	if err != nil {
		return wrongUsage("--published: %w", err)
	}
	if err := oneOf("format", o.format, "jsonl", "text"); err != nil {
		return err
	}
	if o.lang != "" && o.lang != "auto" {
		if _, err := language.Parse(o.lang); err != nil {
			return wrongUsage("--lang “%s” is not a language tag; use one such as fa, ar, ja or en, or auto", o.lang)
		}
	}
	raw, err := readInput(cmd.InOrStdin(), name)
	if err != nil {
		return err
	}
	if o.join && text.Wrapped(string(raw)) > 0 {
		raw = []byte(text.JoinLines(string(raw)))
	}
	if format := text.Format(string(raw)); format != "" {
		return fmt.Errorf("%s is %s, not plain text: its marks would be read as words; "+
			"take the words out of it first", inputName(name), format)
	}
	doc, err := text.NewDoc(string(raw))
	if err != nil {
		return fmt.Errorf("%s cannot be read as text: %w", inputName(name), err)
	}
	if n := text.Wrapped(doc.Raw()); n > 0 {
		fmt.Fprintf(cmd.ErrOrStderr(), "%s has %d line ends in the middle of a sentence, as text from PDF or mail "+
			"does; each line is read as a sentence of its own. Join the lines, or use --join.\n", inputName(name), n)
	}
	sentences := text.Sentences(doc, o.lang)
	claims := []extract.Candidate{}
	if !o.sentences {
		claims, err = extract.Rules().Extract(contextOf(cmd), extract.Document{Text: doc, Lang: o.lang,
			Published: published, Sentences: sentences})
		if err != nil {
			return err
		}
	}
	out := bufio.NewWriter(cmd.OutOrStdout())
	if o.format == "text" {
		printText(out, doc, sentences, claims)
		return out.Flush()
	}
	if err := printJSONL(out, doc, sentences, claims); err != nil {
		return err
	}
	return out.Flush()
}

// sentenceLine and claimLine are the lines of the output, version 1. Offsets
// are code points of the whole text, end exclusive.
type sentenceLine struct {
	Kind         string `json:"kind"`
	N            int    `json:"n"`
	Lang         string `json:"lang"`
	Dir          string `json:"dir"`
	SentenceKind string `json:"sentence_kind"`
	text.Span
}

type claimLine struct {
	Kind     string `json:"kind"`
	Sentence int    `json:"sentence"`
	text.Span
	Exact       string         `json:"exact"`
	Statement   string         `json:"statement"`
	Attribution string         `json:"attribution"`
	ReportedBy  []string       `json:"reported_by"` // who says it, then whom they have it from
	Hedge       []string       `json:"hedge"`
	Standalone  string         `json:"standalone"` // the statement with brackets filled in
	Brackets    []bracketItem  `json:"brackets"`
	ClaimKind   string         `json:"claim_kind"`
	CheckWorthy int            `json:"checkworthy"`
	Reasons     []string       `json:"reasons"`
	Quantities  []quantityItem `json:"quantities"`
	Dates       []dateItem     `json:"dates"`
	Names       []nameItem     `json:"names"`
}

// bracketItem says where what was filled in came from: a span of the text, or
// the day of publication (start and end are 0 then).
type bracketItem struct {
	Text string `json:"text"`
	From string `json:"from"`
	text.Span
}

type quantityItem struct {
	text.Span
	Value     float64 `json:"value"`
	Unit      string  `json:"unit"`
	Qualifier string  `json:"qualifier"`
}

type dateItem struct {
	text.Span
	Norm     string `json:"norm"`
	Relative string `json:"relative"`
	Resolved string `json:"resolved"`
}

type nameItem struct {
	text.Span
	Type string `json:"type"`
}

// printJSONL prints each sentence followed by its claims.
func printJSONL(w io.Writer, doc *text.Doc, sentences []text.Sentence, claims []extract.Candidate) error {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	next := 0
	for _, s := range sentences {
		line := sentenceLine{"sentence", s.N, s.Lang, string(s.Dir), string(s.Kind), s.Span}
		if err := enc.Encode(line); err != nil {
			return err
		}
		for ; next < len(claims) && claims[next].Sentence == s.N; next++ {
			if err := enc.Encode(lineOf(doc, claims[next])); err != nil {
				return err
			}
		}
		if _, err := buf.WriteTo(w); err != nil {
			return err
		}
	}
	return nil
}

// lineOf is a candidate as it is printed; its arrays are never null.
func lineOf(doc *text.Doc, c extract.Candidate) claimLine {
	l := claimLine{
		Kind: "claim", Sentence: c.Sentence, Span: c.Span, Exact: doc.Slice(c.Span),
		Statement: c.Statement, Attribution: c.Attribution, ReportedBy: c.ReportedBy, Hedge: c.Hedge, ClaimKind: c.Kind,
		CheckWorthy: c.CheckWorthy, Reasons: c.Reasons,
		Standalone: c.Standalone, Brackets: []bracketItem{},
		Quantities: []quantityItem{}, Dates: []dateItem{}, Names: []nameItem{},
	}
	for _, b := range c.Brackets {
		item := bracketItem{Text: b.Text, From: "article", Span: b.From}
		if b.From.Len() == 0 {
			item.From = "publication"
		}
		l.Brackets = append(l.Brackets, item)
	}
	for _, q := range c.Quantities {
		l.Quantities = append(l.Quantities, quantityItem{q.Span, q.Value, q.Unit, q.Qualifier})
	}
	for _, d := range c.Dates {
		l.Dates = append(l.Dates, dateItem{d.Span, d.Norm, d.Relative, d.Resolved})
	}
	for _, n := range c.Names {
		l.Names = append(l.Names, nameItem{n.Span, n.Type})
	}
	return l
}

// printText prints the same for reading: a sentence, then its claims indented.
func printText(w io.Writer, doc *text.Doc, sentences []text.Sentence, claims []extract.Candidate) {
	next := 0
	for _, s := range sentences {
		fmt.Fprintf(w, "%d [%s %s] %s\n", s.N, s.Lang, s.Kind, doc.Slice(s.Span))
		for ; next < len(claims) && claims[next].Sentence == s.N; next++ {
			c := claims[next]
			fmt.Fprintf(w, "    %3d %s, %s", c.CheckWorthy, c.Kind, c.Attribution)
			if len(c.Hedge) > 0 {
				fmt.Fprintf(w, ", %s", strings.Join(c.Hedge, ", "))
			}
			fmt.Fprintf(w, ": %s\n", c.Statement)
			if len(c.Reasons) > 0 {
				fmt.Fprintf(w, "        because: %s\n", strings.Join(c.Reasons, ", "))
			}
		}
	}
}

// contextOf is the command's context, or the background one in tests that
// execute a command without any.
func contextOf(cmd *cobra.Command) context.Context {
	if ctx := cmd.Context(); ctx != nil {
		return ctx
	}
	return context.Background()
}
