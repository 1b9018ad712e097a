package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"claimbench/internal/extract"
	"claimbench/internal/house"
	"claimbench/internal/model"
	"claimbench/internal/text"
)

// modelFlags say where a language model is. Without an address there is none.
type modelFlags struct{ address, name, key, vectors string }

func (f *modelFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.address, "model", "",
		"the model's server, as a `URL`: http://127.0.0.1:11434/v1; it is the only address that is asked (default: "+
			"none)")
	cmd.Flags().StringVar(&f.name, "model-name", "", "the `NAME` of the model, as its server lists it")
	cmd.Flags().StringVar(&f.vectors, "model-vectors", "", "the `NAME` of the model that makes vectors of sentences, "+
		"if texts are to be found by them, too (default: none)")
	cmd.Flags().StringVar(&f.key, "model-key", "", "the `FILE` with the key of the model's server, if it wants one")
}

// mostKey bounds the file of a key.
const mostKey = 4096

// client is the client of a model; nil where no address is given.
func (f *modelFlags) client() (*model.Client, error) {
	if f.address == "" {
		if f.name != "" || f.key != "" || f.vectors != "" {
			return nil, usageError{errors.New("--model-name, --model-key and --model-vectors go with --model")}
		}
		return nil, nil
	}
	o := model.Options{Address: f.address, Model: f.name, Vectors: f.vectors}
	if f.key != "" {
		in, err := os.Open(f.key)
		if err != nil {
			return nil, fmt.Errorf("the file of the model's key cannot be read: %w", err)
		}
		defer in.Close()
		raw, err := io.ReadAll(io.LimitReader(in, mostKey+1))
		if err != nil || len(raw) > mostKey {
			return nil, fmt.Errorf("the file %s holds no key of at most %d bytes", f.key, mostKey)
		}
		o.Key = strings.TrimSpace(string(raw))
	}
	c, err := model.New(o)
	if err != nil {
		return nil, usageError{err}
	}
	return c, nil
}

// rooms says what breaks texts down by the model, what is asked of single claims, and what makes vectors; nothing where
// there is none. A key or name without an address, and an address without a name, are refused.
func (f *modelFlags) rooms(into *house.Options) error {
	c, err := f.client()
	if err != nil || c == nil {
		return err
	}
	if f.name == "" {
		return usageError{errors.New("--model needs --model-name; “workbench model check” says which there " +
			"are")}
	}
	b, err := model.NewBreakdown(c)
	if err != nil {
		return err
	}
	into.Model, into.Voices = b, b.Voices()
	if v := model.NewVectors(c); v != nil {
		into.Vectors = v
	}
	return nil
}

func newModelCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "model", Short: "Look at the language model, if there is one"}
	cmd.AddCommand(newModelCheckCommand(), newModelPromptsCommand())
	return cmd
}

// sample is what a model is tried with where nobody names a text.
const sample = "The council of Lowfield closed the bridge on 3 May 2021. Engineers had warned in April that two of " +
	"its " +
	"12 cables had not been looked at since 1998. “It was not safe”, the mayor said. The repair will cost $5 million."

func newModelCheckCommand() *cobra.Command {
	var f modelFlags
	var format, lang string
	cmd := &cobra.Command{
		Use: "check --model URL [--model-name NAME] [--model-key FILE]\n" +
			"    [--lang TAG] [--format FORM] [FILE|-]",
		Short: "Try what a model's server can do, with a test text",
		Long: "Try what a model's server can do: whether it keeps to a JSON schema, how long a text it reads to its " +
			"end, how fast it answers, whether it has vectors, and what of its break-down of a text is taken. " +
			"The text is a small one of our own, or the one in FILE; it is sent to the server. Nothing is stored.\n" +
			"Exit code 0 when all that claims need is there, 1 when something is not.",
		Args: argsBetween(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			c, err := f.client()
			if err != nil {
				return err
			}
			defer c.Close()
			raw := []byte(sample)
			if len(args) > 0 {
				if raw, err = readInput(cmd.InOrStdin(), args[0]); err != nil {
					return err
				}
			} else {
				lang = "en"
			}
			d, err := text.NewDoc(string(raw))
			if err != nil {
				return err
			}
			a, err := c.Check(contextOf(cmd), extract.Document{Text: d, Lang: lang})
			if err != nil {
				return err
			}
			if err := printAbility(cmd.OutOrStdout(), format, a); err != nil {
				return err
			}
			if !a.Schema || !a.Enough || a.Taken == 0 {
				return errors.New("this model cannot break texts down as it is; see above")
			}
			return nil
		},
	}
	f.add(cmd)
	cmd.Flags().StringVar(&lang, "lang", "auto", "language of the text in FILE as a BCP 47 `TAG`, or auto")
	cmd.Flags().StringVar(&format, "format", "text", "the output's `FORM`, text or json")
	need(cmd, "model")
	return cmd
}

func printAbility(w io.Writer, format string, a model.Ability) error {
	if format == "json" {
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		return enc.Encode(a)
	}
	yes := map[bool]string{true: "yes", false: "no"}
	fmt.Fprintf(w, "server       %s\n", a.Host)
	fmt.Fprintf(w, "model        %s (listed by the server: %s)\n", a.Model, yes[a.Listed])
	fmt.Fprintf(w, "JSON schema  %s\n", yes[a.Schema])
	if a.SchemaSays != "" {
		fmt.Fprintf(w, "             %s\n", a.SchemaSays)
	}
	fmt.Fprintf(w, "context      %d characters read to the end (enough for a window: %s)\n", a.Context, yes[a.Enough])
	fmt.Fprintf(w, "speed        first word after %s, then %.0f characters a second\n", a.First.Round(time.Millisecond),
		a.Speed)
	if a.Vectors > 0 {
		fmt.Fprintf(w, "vectors      of %d numbers, %.0f sentences a second\n", a.Vectors, a.Embeds)
	} else {
		fmt.Fprintf(w, "vectors      no: %s\n", a.VectorSay)
	}
	fmt.Fprintf(w, "break-down   %d sentences, %d claims taken, %d refused\n", a.Sentences, a.Taken, len(a.Refused))
	for _, r := range a.Refused {
		fmt.Fprintf(w, "             sentence %d: %s: %s\n", r.Sentence, r.Why.Word(), whatOf(r))
	}
	return nil
}

// whatOf is what of a refusal is shown: the part that is wrong, or the statement.
func whatOf(r model.Refusal) string {
	if r.What != "" {
		return r.What
	}
	return r.Statement
}

func newModelPromptsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "prompts",
		Short: "Print what a model is asked, word for word, with the hash that proposals keep",
		Args:  exactArgs(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			all, err := model.Prompts()
			if err != nil {
				return err
			}
			for _, p := range all {
				fmt.Fprintf(cmd.OutOrStdout(), "# %s %s\n\n%s\n", p.Name, p.Hash, p.Words)
			}
			return nil
		},
	}
}
