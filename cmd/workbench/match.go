package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"claimbench/internal/match"
)

// matchOptions are the flags of `workbench match`.
type matchOptions struct {
	corpus, queries, lexicon string
	k                        int
}

func newMatchCommand() *cobra.Command {
	var o matchOptions
	cmd := &cobra.Command{
		Use:   "match --corpus FILE --queries FILE [-k 10]",
		Short: "Find the passages of a corpus that speak of the same thing as each query",
		Long: "Find the passages of a corpus that speak of the same thing as each query, in any script, without a " +
			"database.\n" +
			`Both files are JSONL with {"id","text","lang"?,"doc"?}; - is standard input. Prints one JSON object ` +
			"a query, in order,\n" +
			"with its hits, best first. A hit of the query's own doc is left out. \"against\" marks what " +
			"contradicts by incident,\n" +
			"number or date. \"proposed\" counts the first hits that are worth a look: 0 says that no passage " +
			"speaks of\n" +
			"the query. Exit code 0, 1 on invalid input, 2 on wrong usage.",
		Args: exactArgs(0),
		RunE: func(cmd *cobra.Command, _ []string) error { return runMatch(cmd, o) },
	}
	cmd.Flags().StringVar(&o.corpus, "corpus", "", "JSONL of the passages")
	cmd.Flags().StringVar(&o.queries, "queries", "", "JSONL of the queries")
	cmd.Flags().IntVarP(&o.k, "k", "k", 10, "hits of each query")
	addLexiconFlag(cmd, &o.lexicon)
	_ = cmd.MarkFlagRequired("corpus")
	_ = cmd.MarkFlagRequired("queries")
	return cmd
}

// addLexiconFlag adds the folder of dictionaries that the user has added.
func addLexiconFlag(cmd *cobra.Command, dir *string) {
	cmd.Flags().StringVar(dir, "lexicon", defaultLexiconDir(),
		"folder of dictionaries added by `workbench lexicon add`; \"\" for none")
}

// defaultLexiconDir is where the user's dictionaries lie unless told: the configuration folder of the system.
func defaultLexiconDir() string {
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "claimbench", "lexicon")
}

// loadLexicon adds the dictionaries of a folder to the built-in lexicon; a folder that is not there adds none.
func loadLexicon(dir string) (*match.Lexicon, error) {
	if info, err := os.Stat(dir); dir == "" || err != nil || !info.IsDir() {
		return match.Builtin(), nil
	}
	lex, err := match.LoadLexicon(os.DirFS(dir))
	if err != nil {
		return nil, fmt.Errorf("dictionaries in %s: %w", dir, err)
	}
	return lex, nil
}

func runMatch(cmd *cobra.Command, o matchOptions) error {
	if o.k < 1 {
		return usageError{fmt.Errorf("-k %d: ask for one hit at least", o.k)}
	}
	lex, err := loadLexicon(o.lexicon)
	if err != nil {
		return err
	}
	corpus, err := readItems(cmd, o.corpus)
	if err != nil {
		return err
	}
	queries, err := readItems(cmd, o.queries)
	if err != nil {
		return err
	}
	ix := match.NewIndex(lex)
	if err := ix.Add(corpus...); err != nil {
		return err
	}
	if err := ix.Know(strangers(corpus, queries)...); err != nil {
		return err
	}
	out := bufio.NewWriterSize(cmd.OutOrStdout(), 1<<16)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for _, q := range queries {
		hits := ix.Query(q, o.k)
		for i := range hits {
			if hits[i].Keys == nil {
				hits[i].Keys = []match.Key{}
			}
		}
		if hits == nil {
			hits = []match.Hit{}
		}
		least, proposed := ix.Least(q), 0
		for _, h := range hits {
			if h.Score >= least {
				proposed++
			}
		}
		if err := enc.Encode(struct {
			ID       string      `json:"id"`
			Proposed int         `json:"proposed"`
			Hits     []match.Hit `json:"hits"`
		}{q.ID, proposed, hits}); err != nil {
			return err
		}
	}
	return out.Flush()
}

// strangers gives the queries of articles that the corpus does not have, under ids that it has not either.
func strangers(corpus, queries []match.Item) []match.Item {
	docs, ids := map[string]bool{"": true}, map[string]bool{}
	for _, it := range corpus {
		docs[it.Doc], ids[it.ID] = true, true
	}
	var out []match.Item
	for _, q := range queries {
		if docs[q.Doc] {
			continue
		}
		for ids[q.ID] {
			q.ID += "'"
		}
		ids[q.ID] = true
		out = append(out, q)
	}
	return out
}

// readItems reads a JSONL file of items; - is standard input.
func readItems(cmd *cobra.Command, path string) ([]match.Item, error) {
	if path == "-" {
		return match.ReadItems("standard input", cmd.InOrStdin())
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return match.ReadItems(path, io.Reader(f))
}
