package main

import (
	"fmt"
	"net/url"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// rounds is how often the two servers take turns in one measure.
const rounds = 3

// ids are rows that requests are about, found through the API.
type ids struct {
	approved, open, deep []int64 // claims; deep is where late pages of the queue begin
	fresh                []int64 // open claims that are reviewed, each once
	draft                int64   // a set
	next                 atomic.Int64

	mu     sync.Mutex
	halves map[*server][]int64 // claims with one review, which waits for the one that decides
}

type list struct {
	Items []struct {
		ID    int64  `json:"id"`
		State string `json:"state"`
		Claim struct {
			ID int64 `json:"id"`
		} `json:"claim"`
		Evidence map[string]int `json:"evidence"`
	} `json:"items"`
	Next string `json:"next"`
}

// look finds claims in several states, from the whole of the collection.
func (t *target) look() error {
	p := t.crowd["reviewer-1"]
	for i := range 6 {
		for state, into := range map[string]*[]int64{"approved": &t.ids.approved, "open": &t.ids.open} {
			var l list
			if err := p.get(fmt.Sprintf("/collections/1/claims?state=%s&after=%d", state, i*t.claims/7),
				&l); err != nil {
				return err
			}
			for _, x := range l.Items {
				*into = append(*into, x.ID)
			}
		}
	}
	after := ""
	for len(t.ids.fresh) < 3000 {
		var l list
		if err := p.get("/collections/1/queue?after="+after, &l); err != nil {
			return err
		}
		for _, x := range l.Items {
			if len(x.Evidence) == 0 { // else somebody has reviewed it
				t.ids.fresh = append(t.ids.fresh, x.Claim.ID)
			}
		}
		if after = l.Next; after == "" {
			break
		}
	}
	var sets list
	if err := p.get("/collections/1/sets", &sets); err != nil {
		return err
	}
	for _, x := range sets.Items {
		if x.State == "draft" {
			t.ids.draft = x.ID
		}
	}
	t.ids.deep = append(t.ids.deep, t.ids.fresh[len(t.ids.fresh)/2], t.ids.open[len(t.ids.open)*3/4])
	return nil
}

func at(all []int64, i int) int64 { return all[i%len(all)] }

// operation is one kind of request to both; path gives its address. body is what is posted, nil for a GET.
type operation struct {
	name, who string
	page      bool // the workbench answers with the page for people, the floor with its JSON
	path      func(t *target, i int) string
	body      any

	// first reviews a claim, second one that first has reviewed, in the same database; neither has a path of its own
	first, second bool
}

// on is the address of the ith request to a server.
func (op operation) on(t *target, s *server, i int) string {
	if !op.first && !op.second {
		return op.path(t, i)
	}
	t.ids.mu.Lock()
	defer t.ids.mu.Unlock()
	if t.ids.halves == nil {
		t.ids.halves = map[*server][]int64{}
	}
	if op.first {
		id := at(t.ids.fresh, int(t.ids.next.Add(1)))
		t.ids.halves[s] = append(t.ids.halves[s], id)
		return fmt.Sprintf("/claims/%d/reviews", id)
	}
	all := t.ids.halves[s]
	if len(all) == 0 {
		return "/claims/0/reviews" // which is refused
	}
	t.ids.halves[s] = all[1:]
	return fmt.Sprintf("/claims/%d/reviews", all[0])
}

func fixed(path string) func(*target, int) string { return func(*target, int) string { return path } }

func searched(words string) func(*target, int) string {
	return fixed("/collections/1/search?q=" + url.QueryEscape(words))
}

// oneReview is a first review of a claim that nobody has reviewed.
var oneReview = map[string]any{"verdict": "unverified", "reason": "no_evidence", "confidence": 60, "words_version": 1,
	"searched": "All articles of the collection.", "round": 1}

func operations() []operation {
	claim := func(of func(*target) []int64) func(*target, int) string {
		return func(t *target, i int) string { return fmt.Sprintf("/claims/%d", at(of(t), i*37)) }
	}
	return []operation{
		{name: "claim with evidence, approved", who: "reviewer-1",
			path: claim(func(t *target) []int64 { return t.ids.approved })},
		{name: "claim, open", who: "reviewer-1", path: claim(func(t *target) []int64 { return t.ids.open })},
		{name: "claim with evidence, approved: the page", who: "reviewer-1", page: true,
			path: claim(func(t *target) []int64 { return t.ids.approved })},
		{name: "claim, open: the page, proposals apart", who: "reviewer-1", page: true,
			path: claim(func(t *target) []int64 { return t.ids.open })},
		{name: "queue, first page", who: "reviewer-1", path: fixed("/collections/1/queue?list=1")},
		{name: "queue, a late page", who: "reviewer-1", path: func(t *target, i int) string {
			return fmt.Sprintf("/collections/1/queue?list=1&after=%d", at(t.ids.deep, i))
		}},
		{name: "queue, with 500 own reviews", who: "editor-2", path: fixed("/collections/1/queue?list=1")},
		{name: "claims, first page", who: "reviewer-1", path: fixed("/collections/1/claims?all=1")},
		{name: "claims, in the middle", who: "reviewer-1", path: func(t *target, _ int) string {
			return fmt.Sprintf("/collections/1/claims?all=1&after=%d", t.claims/2)
		}},
		{name: "search, a common word", who: "reviewer-1", path: searched("council")},
		{name: "search, a rare word", who: "reviewer-1", path: searched("wickmarsh")},
		{name: "search, a number", who: "reviewer-1", path: searched("1984")},
		{name: "search, Persian", who: "reviewer-1", path: searched("وزارت")},
		{name: "search, Arabic", who: "reviewer-1", path: searched("الشرطة")},
		{name: "search, Japanese, two characters", who: "reviewer-1", path: searched("警察")},
		{name: "search, Russian", who: "reviewer-1", path: searched("полиция")},
		{name: "review, with event and tree", who: "reviewer-1", body: oneReview, first: true},
		{name: "review that decides", who: "reviewer-2", body: oneReview, second: true},
		{name: "articles, first page", who: "reviewer-1", path: fixed("/collections/1/articles")},
		{name: "articles, a late page", who: "reviewer-1", path: func(t *target, _ int) string {
			return fmt.Sprintf("/collections/1/articles?after=%d", t.claims/120)
		}},
		{name: "articles: the page", who: "reviewer-1", page: true, path: fixed("/collections/1/articles")},
	}
}

// asked is what a number of requests cost one server.
type asked struct {
	times             []float64 // milliseconds
	cpu               time.Duration
	bytes             int64
	n                 int
	alloc, statements float64
}

// burst sends n requests, so many at once.
func burst(s *server, n, atOnce int, send func(i int) (int, error)) (a asked, err error) {
	before, used := s.counts(), s.processor()
	var mu sync.Mutex
	var wg sync.WaitGroup
	var next atomic.Int64
	for range atOnce {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				begun := time.Now()
				size, failed := send(i)
				took := float64(time.Since(begun).Microseconds()) / 1000
				mu.Lock()
				a.times, a.bytes = append(a.times, took), a.bytes+int64(size)
				if failed != nil {
					err = failed
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	a.cpu, a.n = s.processor()-used, n
	after := s.counts()
	a.alloc, a.statements = after.mallocs-before.mallocs, after.statements-before.statements
	return a, err
}

func (a *asked) add(b asked) {
	a.times, a.cpu, a.bytes, a.n = append(a.times, b.times...), a.cpu+b.cpu, a.bytes+b.bytes, a.n+b.n
	a.alloc, a.statements = a.alloc+b.alloc, a.statements+b.statements
}

// each is the processor time of one request in milliseconds.
func (a asked) each() float64 { return float64(a.cpu.Microseconds()) / 1000 / float64(max(a.n, 1)) }

func (a asked) quantiles() string {
	return fmt.Sprintf("%.1f · %.1f · %.1f", quantile(a.times, 0.5), quantile(a.times, 0.95), quantile(a.times, 0.99))
}

// besideFloor compares the workbench with the floor, round by round, with one and with many requests at once.
func besideFloor(o options, targets []*target) error {
	for _, t := range targets {
		if t.floor == nil {
			continue
		}
		fmt.Printf("\n### %s, JSON, beside the floor\n\n| request | processor ms: workbench · floor | times the "+
			"floor | statements | allocations: workbench · floor | KB |", t.name)
		var many []int
		for _, c := range strings.Split(o.concurrency, ",") {
			n, err := strconv.Atoi(c)
			if err != nil {
				return err
			}
			many = append(many, n)
			fmt.Printf(" c%d: p50 · p95 · p99 ms |", n)
		}
		fmt.Printf("\n|---|---|---|---|---|---|%s\n", strings.Repeat("---|", len(many)))
		floorPerson := &person{t.floor, t.crowd["reviewer-1"].client}
		for _, op := range operations() {
			var mine, least asked
			byMany := make([]asked, len(many))
			n := max(o.requests/rounds/len(many), 4)
			for range rounds {
				for k, c := range many {
					got, err := burst(t.server, n, c, func(i int) (int, error) {
						if op.page {
							return t.crowd[op.who].page(op.on(t, t.server, i))
						}
						return t.crowd[op.who].ask(op.on(t, t.server, i), op.body)
					})
					if err != nil {
						return fmt.Errorf("%s: %w", op.name, err)
					}
					mine.add(got)
					byMany[k].add(got)
				}
				got, err := burst(t.floor, n*len(many), 1, func(i int) (int, error) {
					path := op.on(t, t.floor, i)
					mark := "?"
					if strings.Contains(path, "?") {
						mark = "&"
					}
					return floorPerson.ask(fmt.Sprintf("%s%sby=%d", path, mark, floorUser[op.who]), op.body)
				})
				if err != nil {
					return fmt.Errorf("%s of the floor: %w", op.name, err)
				}
				least.add(got)
			}
			fmt.Printf("| %s | %.2f · %.2f | %.1f | %.0f | %.0f · %.0f | %.0f |", op.name, mine.each(), least.each(),
				mine.each()/max(least.each(), 0.001), mine.statements/float64(mine.n), mine.alloc/float64(mine.n),
				least.alloc/float64(least.n), float64(mine.bytes)/1000/float64(mine.n))
			for _, a := range byMany {
				fmt.Printf(" %s |", a.quantiles())
			}
			fmt.Println()
		}
	}
	return nil
}

// floorUser are the numbers of the demo's people in a filled database.
var floorUser = map[string]int{"reviewer-1": 1, "reviewer-2": 2, "editor-1": 3, "editor-2": 4}

// mixture is the operation of the ith request of a mixed load: 60 % claims, half of them open, 20 % queue, 10 %
// searches in turn, 10 % reviews.
func mixture(i int) int {
	switch {
	case i%10 == 9:
		return slices.IndexFunc(operations(), func(op operation) bool { return op.first })
	case i%10 == 8:
		return 9 + (i/10)%6
	case i%10 >= 6:
		return 4
	}
	return i % 2
}

// mixed sends what a day is made of: claims, the queue, searches, reviews, sixteen at once, with live streams open.
func mixed(o options, targets []*target) error {
	fmt.Printf("\n### Mixed load: 60 %% claims, 20 %% queue, 10 %% searches, 10 %% reviews; JSON, 16 at once, %d "+
		"streams\n\n"+
		"| database | requests a second | p50 · p95 · p99 ms | processor ms a request |\n|---|---|---|---|\n",
		o.streams)
	ops := operations()
	for _, t := range targets {
		stop := make(chan struct{})
		for range o.streams {
			if err := t.crowd["reviewer-2"].listen(stop); err != nil {
				return err
			}
		}
		begun := time.Now()
		a, err := burst(t.server, 10*o.requests, 16, func(i int) (int, error) {
			op := ops[mixture(i)]
			return t.crowd[op.who].ask(op.on(t, t.server, i), op.body)
		})
		close(stop)
		if err != nil {
			return err
		}
		fmt.Printf("| %s | %.0f | %s | %.2f |\n", t.name, float64(a.n)/time.Since(begun).Seconds(), a.quantiles(),
			a.each())
	}
	return nil
}

func quantile(values []float64, q float64) float64 {
	s := append([]float64(nil), values...)
	sort.Float64s(s)
	return s[min(len(s)-1, int(q*float64(len(s))))]
}
