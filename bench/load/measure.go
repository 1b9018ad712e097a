package main

import (
	"fmt"
	"net/url"
	"sort"
	"time"
)

// rounds is how often the targets take turns in one measure.
const rounds = 5

// operation is one kind of request; i counts the requests of a target.
type operation struct {
	name string
	do   func(t *target, p people, i int) error
}

type people struct{ reviewer, editor, auditor *person }

func page(path string) func(*target, people, int) error {
	return func(_ *target, p people, _ int) error { return p.reviewer.get(path, nil) }
}

func find(words string) func(*target, people, int) error {
	return page("/collections/1/search?q=" + url.QueryEscape(words))
}

func operations() []operation {
	return []operation{
		{"healthz (no database)", page("/healthz")},
		{"claim, page", func(t *target, p people, i int) error {
			return p.reviewer.get(fmt.Sprintf("/claims/%d", t.claims[i%len(t.claims)]), nil)
		}},
		{"claim, JSON", func(t *target, p people, i int) error {
			return p.reviewer.get(fmt.Sprintf("/claims/%d", t.claims[i%len(t.claims)]), &map[string]any{})
		}},
		{"queue, page", page("/collections/1/queue")},
		{"claims, first page of 100", page("/collections/1/claims")},
		{"claims, a page in the middle", func(t *target, p people, _ int) error {
			return p.reviewer.get(fmt.Sprintf("/collections/1/claims?after=%d", t.candidates/2), nil)
		}},
		{"reader, an article of 50 sentences", func(t *target, p people, i int) error {
			return p.reviewer.get(fmt.Sprintf("/articles/%d", 5+i%t.articles), nil)
		}},
		{"search, a common English word", find("ministry")},
		{"search, a rare number", find("1234")},
		{"search, a Persian word", find("وزارت")},
		{"search, two characters of Japanese", find("手紙")},
		{"history, newest page", func(_ *target, p people, _ int) error { return p.auditor.get("/history", nil) }},
		{"review, submitted", func(t *target, p people, i int) error {
			return submit(p.reviewer, t.fresh[i])
		}},
		{"second review, which decides", func(t *target, p people, i int) error {
			return submit(p.editor, t.fresh[i])
		}},
	}
}

func submit(p *person, id int64) error {
	return p.post(fmt.Sprintf("/claims/%d/reviews", id), map[string]any{
		"verdict": "unverified", "reason": "no_evidence", "searched": "All articles of the collection.",
		"confidence": 60, "words_version": 1, "round": 1,
	}, nil)
}

// measure sends each kind of request to every target in turn, one at a time.
func measure(targets []*target, requests int) error {
	crowd := map[*target]people{}
	for _, t := range targets {
		var p people
		var err error
		for name, who := range map[string]**person{"reviewer-1": &p.reviewer, "editor-2": &p.editor,
			"auditor-1": &p.auditor} {
			if *who, err = t.server.signIn(name); err != nil {
				return err
			}
		}
		crowd[t] = p
	}
	fmt.Printf("\n| request |")
	for _, t := range targets {
		fmt.Printf(" %s p50 · p95 ms | processor ms |", t.name)
	}
	fmt.Printf(" processor, times the first |\n|---|%s---|\n", repeat("---|---|", len(targets)))
	for _, op := range operations() {
		times, cpu := map[*target][]float64{}, map[*target]time.Duration{}
		for r := range rounds {
			for _, t := range targets {
				used := t.server.processor()
				for i := r * requests / rounds; i < (r+1)*requests/rounds; i++ {
					begun := time.Now()
					if err := op.do(t, crowd[t], i); err != nil {
						return fmt.Errorf("%s on %s: %w", op.name, t.name, err)
					}
					times[t] = append(times[t], float64(time.Since(begun).Microseconds())/1000)
				}
				cpu[t] += t.server.processor() - used
			}
		}
		report(op.name, targets, times, cpu)
	}
	return nil
}

func report(name string, targets []*target, times map[*target][]float64, cpu map[*target]time.Duration) {
	fmt.Printf("| %s |", name)
	each := func(t *target) float64 { return float64(cpu[t].Microseconds()) / 1000 / float64(len(times[t])) }
	for _, t := range targets {
		fmt.Printf(" %.1f · %.1f | %.2f |", quantile(times[t], 0.5), quantile(times[t], 0.95), each(t))
	}
	base := each(targets[0])
	for i, t := range targets[1:] {
		if i > 0 {
			fmt.Print(" ·")
		}
		if base == 0 {
			fmt.Print(" –")
		} else {
			fmt.Printf(" %.1f", each(t)/base)
		}
	}
	fmt.Println(" |")
}

func quantile(values []float64, q float64) float64 {
	s := append([]float64(nil), values...)
	sort.Float64s(s)
	return s[min(len(s)-1, int(q*float64(len(s))))]
}

func repeat(s string, n int) string {
	out := ""
	for range n {
		out += s
	}
	return out
}
