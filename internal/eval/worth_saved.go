package eval

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"

	"claimbench/internal/extract"
	"claimbench/internal/text"
	"claimbench/internal/worth"
)

// Whoever accepts candidates reads some that are worth a check and many that are not. An order is good when most of
// the former come early: here somebody reads all candidates of a set in an order, accepts what the data call worth a
// check and rejects the rest, until 95 of 100 of the former are found.

// Saved is what the orders of one set save. Sure is the share of the moments at which the bounds of what is unseen
// held, Stop the share of the candidates that was read when the hint said stop, and Found what had been found then; 1
// and 1 where it never did.
type Saved struct {
	Name               string
	Candidates, Worthy int
	Most, Good         Shares // until 80 and 95 of 100 were found
	Sure, Stop, Found  float64
}

// Shares are the shares of the candidates that are read until so much of what is worth a check is found: in the order
// of the text; by check-worthiness alone; the same, with the rows by lot; and as the queue shows them, learning. The
// last two are means over several lots.
type Shares struct{ Text, Worth, Lots, Learnt float64 }

// The parts of what is worth a check that are to be found.
const (
	mostRecall = 0.80
	goodRecall = 0.95
)

// lotteries is how many times a set is read, each with other lots.
const lotteries = 10

// read is one candidate of a set. Whoever reads it has found what is worth a check in its unit, if anything is: the
// line of a debate, for this is what has the label; a candidate itself in the gold articles.
type read struct {
	shown  worth.Shown
	worthy bool
	unit   int
}

// SavedBy measures every set that has labels: the debates, in which every candidate has the label of its line, and the
// gold articles, in which one has that of the gold claim that it meets (half of both or more), and none is worthless.
func SavedBy(ctx context.Context, dataDir string) (out []Saved, err error) {
	for _, l := range [][2]string{{"English", "en"}, {"Arabic", "ar"}} {
		files, err := debateFiles(dataDir, l[0])
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			set, err := debateSet(ctx, f, l[1])
			if err != nil {
				return nil, err
			}
			out = append(out, savedOf(filepath.Base(f), set))
		}
	}
	set, err := goldSet(ctx, dataDir)
	if err != nil {
		return nil, err
	}
	return append(out, savedOf("gold, 4 articles", set)), nil
}

// debateSet are the candidates of a debate, in the order of its lines.
func debateSet(ctx context.Context, path, lang string) (set []read, err error) {
	lines, err := ReadDebate(path)
	if err != nil {
		return nil, err
	}
	for n, l := range lines {
		doc, err := text.NewDoc(l.Text)
		if err != nil || doc.Len() == 0 {
			continue
		}
		whole := text.Sentence{N: 1, Span: text.Span{End: doc.Len()}, Lang: lang, Dir: text.DirOf(lang),
			Kind: text.KindBody}
		all, err := extract.Rules().Extract(ctx, extract.Document{Text: doc, Lang: lang,
			Sentences: []text.Sentence{whole}})
		if err != nil {
			return nil, err
		}
		for _, c := range all {
			set = append(set, read{shownBy(c, doc.Slice(c.Span), n+1), l.Worth, n})
		}
	}
	return set, nil
}

// goldSet are the candidates of the gold articles, one article after another.
func goldSet(ctx context.Context, dataDir string) (set []read, err error) {
	gold, err := ReadGoldClaims(filepath.Join(dataDir, "gold", "claims.jsonl"))
	if err != nil {
		return nil, err
	}
	for _, name := range sortedKeys(gold) {
		doc, err := readArticle(dataDir, name)
		if err != nil {
			return nil, err
		}
		all, err := extract.Rules().Extract(ctx, extract.Document{Text: doc})
		if err != nil {
			return nil, err
		}
		worthy := map[int]bool{}
		for _, p := range matchSpans(all, gold[name], 0.5) {
			worthy[p.candidate] = gold[name][p.gold].CheckWorthy
		}
		for i, c := range all {
			set = append(set, read{shownBy(c, doc.Slice(c.Span), c.Sentence), worthy[i], len(set)})
		}
	}
	return set, nil
}

func shownBy(c extract.Candidate, words string, sentence int) worth.Shown {
	return worth.Shown{Kind: c.Kind, Reasons: c.Reasons, Hedged: len(c.Hedge) > 0,
		Reported: c.Attribution != extract.Article, Words: words, Sentence: sentence, CheckWorthy: c.CheckWorthy}
}

func savedOf(name string, set []read) Saved {
	s := Saved{Name: name, Candidates: len(set)}
	order := make([]int, len(set))
	for i, c := range set {
		order[i] = i
		if c.worthy {
			s.Worthy++
		}
	}
	both := func(add func(*Shares) *float64, order []int, part float64) {
		*add(&s.Most) += readUntil(set, order, mostRecall) * part
		*add(&s.Good) += readUntil(set, order, goodRecall) * part
	}
	both(func(x *Shares) *float64 { return &x.Text }, order, 1)
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(set[b].shown.CheckWorthy, set[a].shown.CheckWorthy)
	})
	both(func(x *Shares) *float64 { return &x.Worth }, order, 1)
	for lottery := range lotteries {
		both(func(x *Shares) *float64 { return &x.Lots }, newReading(set, s.Worthy, lottery).all(false), 1.0/lotteries)
		r := newReading(set, s.Worthy, lottery)
		both(func(x *Shares) *float64 { return &x.Learnt }, r.all(true), 1.0/lotteries)
		s.Sure += ratio(r.held, r.looks) / lotteries
		s.Stop += r.stop / lotteries
		s.Found += r.atStop / lotteries
	}
	return s
}

// readUntil is the share of a set that is read in an order until so much of what is worthy is found.
func readUntil(set []read, order []int, recall float64) float64 {
	units, found := map[int]bool{}, map[int]bool{}
	for _, c := range set {
		if c.worthy {
			units[c.unit] = true
		}
	}
	for n, i := range order {
		if set[i].worthy {
			found[set[i].unit] = true
		}
		if float64(len(found)) >= recall*float64(len(units)) {
			return ratio(n+1, len(set))
		}
	}
	return 1
}

// reading is somebody who reads a set as the queue shows it.
type reading struct {
	set          []read
	worthy       int
	profiles     []worth.Profile
	tallies      map[worth.Profile]*worth.Tally
	lots         []int // candidates in the order of the lots
	done         []bool
	wait         map[worth.Profile][]int // in the order in which they are read
	n, found     int
	head         int // the next by lot, drawn when the one before was decided
	drawn        worth.Draw
	draws        []worth.Draw
	held, looks  int
	stop, atStop float64
	byLot        int
}

func newReading(set []read, worthy, lottery int) *reading {
	r := &reading{set: set, worthy: worthy, tallies: map[worth.Profile]*worth.Tally{}, done: make([]bool, len(set)),
		stop: 1, atStop: 1}
	for i, c := range set {
		p := worth.Of(c.shown)
		r.profiles = append(r.profiles, p)
		if r.tallies[p] == nil {
			r.tallies[p] = &worth.Tally{Profile: p}
		}
		r.tallies[p].Waiting++
		r.lots = append(r.lots, i)
	}
	r.wait = map[worth.Profile][]int{}
	for i, p := range r.profiles {
		r.wait[p] = append(r.wait[p], i)
	}
	for _, all := range r.wait {
		slices.SortStableFunc(all, func(a, b int) int {
			return cmp.Compare(set[b].shown.CheckWorthy, set[a].shown.CheckWorthy)
		})
	}
	lot := func(i int) int64 { return worth.LotOf(int64(lottery)<<32 + int64(i)) }
	slices.SortFunc(r.lots, func(a, b int) int { return cmp.Compare(lot(a), lot(b)) })
	r.draw()
	return r
}

// draw finds the next by lot.
func (r *reading) draw() {
	for r.byLot < len(r.lots) && r.done[r.lots[r.byLot]] {
		r.byLot++
	}
	if r.byLot < len(r.lots) {
		r.head = r.lots[r.byLot]
		r.drawn = worth.Draw{Waiting: len(r.set) - r.n, Found: r.found, All: len(r.set)}
	}
}

// all reads everything and gives the order in which it was read. A row by worth is the best of the others; a row by lot
// is the one drawn.
func (r *reading) all(learn bool) (order []int) {
	model := worth.First()
	for len(order) < len(r.set) {
		next := r.head
		if !worth.ByLot(r.n, 0) {
			next = r.best(model)
		}
		order = append(order, next)
		r.decide(next)
		if learn && (r.n <= 100 || r.n%worth.OneIn == 0) { // more often would show no more, and take long
			model = worth.Fit(r.counted())
			r.look()
		}
	}
	return order
}

func (r *reading) counted() (all []worth.Tally) {
	for _, t := range r.tallies {
		all = append(all, *t)
	}
	return all
}

// best is the first that waits in the order of the model; within a profile the more check-worthy, then the earlier.
func (r *reading) best(m worth.Model) int {
	var best worth.Profile
	first := true
	for p, all := range r.wait {
		for len(all) > 0 && r.done[all[0]] {
			all = all[1:]
		}
		if r.wait[p] = all; len(all) == 0 {
			delete(r.wait, p)
		} else if first || m.Before(p, best) < 0 {
			first, best = false, p
		}
	}
	return r.wait[best][0]
}

func (r *reading) decide(i int) {
	t := r.tallies[r.profiles[i]]
	t.Waiting--
	r.done[i] = true
	r.n++
	if r.set[i].worthy {
		t.Accepted++
		r.found++
	} else {
		t.Rejected++
	}
	if i == r.head {
		r.drawn.Worth = r.set[i].worthy
		r.draws = append(r.draws, r.drawn)
		r.draw()
	}
}

// look compares what is said to be unseen with what is, once every ten decisions.
func (r *reading) look() {
	if r.n%worth.OneIn != 0 || r.n == len(r.set) {
		return
	}
	left := worth.Unseen(r.draws, len(r.set)-r.n, r.found, len(r.set))
	if !left.Known() {
		return
	}
	r.looks++
	if unseen := r.worthy - r.found; left.Low <= unseen && unseen <= left.High {
		r.held++
	}
	if r.stop == 1 && left.Enough(r.found) {
		r.stop, r.atStop = ratio(r.n, len(r.set)), ratio(r.found, r.worthy)
	}
}
