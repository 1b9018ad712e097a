package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"claimbench/internal/fault"
	"claimbench/internal/match"
)

// mostHits is how many hits a query may ask for.
const mostHits = 1000

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
			"a query, in order, " +
			"with its hits, best first. A hit of the query's own doc is left out. \"against\" marks what " +
			"contradicts by incident, number or date. \"proposed\" counts the first hits that are worth a look: " +
			"0 says that no passage speaks of the query. Exit code 0, 1 on invalid input, 2 on wrong usage.",
		Args: exactArgs(0),
		RunE: func(cmd *cobra.Command, _ []string) error { return runMatch(cmd, o) },
	}
	cmd.Flags().StringVar(&o.corpus, "corpus", "", "`FILE` of the passages, JSONL")
	cmd.Flags().StringVar(&o.queries, "queries", "", "`FILE` of the queries, JSONL")
	cmd.Flags().IntVarP(&o.k, "k", "k", 10, fmt.Sprintf("hits of each query, a `NUMBER` from 1 to %d", mostHits))
	addLexiconFlag(cmd, &o.lexicon)
	need(cmd, "corpus", "queries")
	return cmd
}

// addLexiconFlag adds the folder of dictionaries that the user has added.
func addLexiconFlag(cmd *cobra.Command, dir *string) {
	cmd.Flags().StringVar(dir, "lexicon", defaultLexiconDir(),
		"the `DIR` of the dictionaries that “workbench lexicon add” added; empty for none")
	cmd.Flags().Lookup("lexicon").DefValue = "" // where it lies is a matter of the machine
}

// defaultLexiconDir is where the user's dictionaries lie unless told: the configuration folder of the system.
func defaultLexiconDir() string {
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "claimbench", "lexicon")
}

// loadLexicon adds the dictionaries of a folder to the built-in lexicon. The usual folder need not be there.
func loadLexicon(dir string) (*match.Lexicon, error) {
	if dir == "" {
		return match.Builtin(), nil
	}
	if err := checkFolder("lexicon", dir); err != nil {
		if dir == defaultLexiconDir() && fault.KindOf(err) == fault.NotFound {
			return match.Builtin(), nil
		}
		return nil, err
	}
	lex, err := match.LoadLexicon(os.DirFS(dir))
	if err != nil {
		return nil, fmt.Errorf("dictionaries in %s: %w", dir, err)
	}
	return lex, nil
}

func runMatch(cmd *cobra.Command, o matchOptions) error {
	if err := between("k", o.k, 1, mostHits); err != nil {
		return err
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
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return match.ReadItems(path, io.Reader(f))
}
