//go:build ignore

// Command main learns the weights of internal/clause from dependency trees (CoNLL-U, one file LANG.conllu a language):
//
//	go run internal/clause/gen/main.go --trees DIR --out internal/clause/weights.bin
//
// With --held N every N-th sentence is kept out, and the boundary F1 on those is printed in place of the weights.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"claimbench/internal/clause"
)

func main() {
	dir := flag.String("trees", "", "folder that holds LANG.conllu")
	out := flag.String("out", "internal/clause/weights.bin", "file to write")
	rounds := flag.Int("rounds", 12, "how often each sentence is seen")
	held := flag.Int("held", 0, "keep every N-th sentence out, and print how well its clauses are found")
	flag.Parse()
	var examples []clause.Example
	for _, lang := range clause.Languages() {
		raw, err := os.ReadFile(filepath.Join(*dir, lang+".conllu"))
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		for block := range strings.SplitSeq(string(raw), "\n\n") {
			if e, ok := read(lang, block); ok {
				examples = append(examples, e)
			}
		}
	}
	if *held > 0 {
		measure(examples, *held, *rounds)
		return
	}
	weights, err := clause.Train(examples, *rounds)
	if err == nil {
		err = os.WriteFile(*out, weights, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("%d sentences, %d bytes\n", len(examples), len(weights))
}

// measure learns from all but every n-th sentence and prints the F1 of boundaries, and of boundaries with their kind,
// on those, by language.
func measure(examples []clause.Example, n, rounds int) {
	var learn []clause.Example
	out := map[string][]clause.Example{}
	for i, e := range examples {
		if i%n == 0 {
			out[e.Lang] = append(out[e.Lang], e)
		} else {
			learn = append(learn, e)
		}
	}
	weights, err := clause.Train(learn, rounds)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for _, lang := range clause.Languages() {
		s, err := clause.Measure(weights, out[lang])
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Printf("%s boundaries %.1f with kind %.1f (%d found, %d gold)\n", lang, s.Boundaries(), s.Labelled(),
			s.Found,
			s.Gold)
	}
}

// node is a word of a tree.
type node struct {
	form, pos, rel string
	head           int
	at             int // code point of the line at which its surface word begins
}

// read makes an example of one tree.
func read(lang, block string) (clause.Example, bool) {
	nodes := []node{{}}
	var line []rune
	inside, start := 0, 0 // the last of the words that are written as one, and where they begin
	for row := range strings.Lines(block) {
		cells := strings.Split(strings.TrimRight(row, "\n"), "\t")
		if len(cells) != 10 {
			continue
		}
		from, to, joined := strings.Cut(cells[0], "-")
		n, err := strconv.Atoi(from)
		if err != nil {
			continue
		}
		space := !strings.Contains(cells[9], "SpaceAfter=No")
		if joined {
			inside, _ = strconv.Atoi(to)
			start = len(line)
			surface(&line, cells[1], space)
			continue
		}
		head, _ := strconv.Atoi(cells[6])
		nd := node{form: cells[1], pos: cells[3], rel: cells[7], head: head, at: len(line)}
		if n <= inside {
			nd.at = start
		} else {
			surface(&line, cells[1], space)
		}
		nodes = append(nodes, nd)
	}
	if len(nodes) < 3 {
		return clause.Example{}, false
	}
	return clause.Example{Lang: lang, Line: line, Kinds: kindsOf(nodes)}, true
}

func surface(line *[]rune, form string, space bool) {
	*line = append(*line, []rune(form)...)
	if space {
		*line = append(*line, ' ')
	}
}

// kindsOf says where clauses begin, and which: a word begins one when its clause is not that of the word before.
func kindsOf(nodes []node) map[int]clause.Kind {
	heads := make([]int, len(nodes))
	out := map[int]clause.Kind{}
	last := -1
	for i := 1; i < len(nodes); i++ {
		heads[i] = clauseHead(nodes, i)
		if nodes[i].pos == "PUNCT" || nodes[i].pos == "SYM" && i > 1 {
			continue
		}
		if heads[i] != last {
			last = heads[i]
			if _, twice := out[nodes[i].at]; !twice {
				out[nodes[i].at] = kindOf(nodes, last)
			}
		}
	}
	return out
}

// clauseHead climbs from a word to the head of its clause.
func clauseHead(nodes []node, i int) int {
	for steps := 0; nodes[i].head != 0 && steps < len(nodes); steps++ {
		if isClause(nodes, i) {
			return i
		}
		i = nodes[i].head
	}
	return i
}

func isClause(nodes []node, i int) bool {
	rel, _, _ := strings.Cut(nodes[i].rel, ":")
	verb := nodes[i].pos == "VERB" || nodes[i].pos == "AUX" || hasChild(nodes, i, "cop", "nsubj")
	switch rel {
	case "ccomp", "advcl", "parataxis":
		return true
	case "acl":
		return true
	case "appos":
		return true
	case "conj":
		return verb && (isClause(nodes, nodes[i].head) || nodes[nodes[i].head].head == 0)
	}
	return false
}

func hasChild(nodes []node, i int, rels ...string) bool {
	for k := 1; k < len(nodes); k++ {
		if nodes[k].head != i {
			continue
		}
		rel, _, _ := strings.Cut(nodes[k].rel, ":")
		for _, r := range rels {
			if rel == r {
				return true
			}
		}
	}
	return false
}

// kindOf says what the clause of head i is. A clause beside the root and before it is what the root reports.
func kindOf(nodes []node, i int) clause.Kind {
	rel, _, _ := strings.Cut(nodes[i].rel, ":")
	switch rel {
	case "ccomp":
		return clause.Content
	case "advcl":
		return clause.Adverbial
	case "acl":
		return clause.Relative
	case "appos":
		return clause.Apposition
	case "conj":
		return clause.Coordinate
	case "parataxis":
		if i < nodes[i].head {
			return clause.Content
		}
		return clause.Frame
	}
	for k := 1; k < len(nodes); k++ {
		if nodes[k].head == i && (nodes[k].rel == "ccomp" || nodes[k].rel == "parataxis" && k < i) {
			return clause.Frame
		}
	}
	return clause.Main
}
