package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"text/tabwriter"
)

// row is what became of one kind of act.
type row struct{ sent, acknowledged, refused, repeated, lost, doubled int }

// place is where a mark of a person is.
type place struct {
	person string
	mark
}

// owner is a deed of a person, by its number. Where an answer was lost, that is 0 or, of one done again, someRedo.
type owner struct {
	person string
	act    int64
}

const someRedo = -1

// report is what a run found.
type report struct {
	mu       sync.Mutex
	rows     map[string]*row
	marks    map[place]int      // how often each was acknowledged
	typed    map[typedAt]string // what stands in forms, saved and not sent
	turns    map[owner]int      // how often each was taken back, less how often it was done again
	turned   map[place]int      // how often a person took back, and did again, acts that have events
	unsure   map[place]int      // of marks and turned: how many may have left nothing
	names    map[string]string  // the kind of act that leaves a kind of mark
	refusals map[string]int

	doubles, tabs atomic.Int64
	kills         int
	unknown       int // acts whose answer died with its server
	drops         map[cut]int
	odd           []string // what does not fit, in words
	verified      bool
	said          string // by audit verify
}

func newReport() *report {
	return &report{rows: map[string]*row{}, marks: map[place]int{}, turns: map[owner]int{}, turned: map[place]int{},
		unsure: map[place]int{}, typed: map[typedAt]string{}, names: map[string]string{},
		refusals: map[string]int{}}
}

// heard keeps what became of an act.
func (r *report) heard(person, name string, a answer, l left) {
	r.mu.Lock()
	defer r.mu.Unlock()
	x := r.row(name)
	x.sent++
	x.repeated += a.tries - 1
	if !a.acknowledged() {
		x.refused++
		var why struct{ Detail string }
		_ = json.Unmarshal(a.body, &why) // it is for people who look into it
		r.refusals[fmt.Sprintf("%s: %d %s", name, a.status, why.Detail)]++
		return
	}
	x.acknowledged++
	if a.lost {
		r.unknown++
	}
	r.typedInto(person, l)
	for _, m := range l.marks {
		r.marks[place{person, m}]++
		r.names[m.kind] = name
		if m.about == "" {
			r.unsure[place{person, m}]++
		}
	}
	if l.turn != nil {
		step := 1
		if !l.turn.back {
			step = -1
		}
		if l.turn.act == 0 {
			l.turn.act = min(0, int64(step)) * -someRedo
		}
		r.turns[owner{person, l.turn.act}] += step
		at := place{person, mark{kind: name}}
		if !quiet(l.turn.kind) {
			r.turned[at]++
		}
		if l.turn.act <= 0 { // perhaps of one without events
			r.unsure[at]++
		}
	}
}

func (r *report) row(name string) *row {
	x, there := r.rows[name]
	if !there {
		x = &row{}
		r.rows[name] = x
	}
	return x
}

// batchesOf are the numbers of a person's batches.
func (r *report) batchesOf(person string) (out []string) {
	for at := range r.marks {
		if n, is := strings.CutPrefix(at.about, "batch:"); is && at.person == person {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out
}

// differ notes that something is there more or less often than was acknowledged.
func (r *report) differ(name, what string, acknowledged, there int) {
	if acknowledged == there {
		return
	}
	x := r.row(name)
	x.lost += max(0, acknowledged-there)
	x.doubled += max(0, there-acknowledged)
	r.odd = append(r.odd, fmt.Sprintf("%s: %s acknowledged %d times, there %d times", name, what, acknowledged, there))
}

// fault says whether anything is wrong.
func (r *report) fault() error {
	if len(r.odd) > 0 {
		return fmt.Errorf("acts were lost or done twice:\n  %s", strings.Join(r.odd, "\n  "))
	}
	if !r.verified {
		return fmt.Errorf("the history does not verify:\n%s", r.said)
	}
	return nil
}

// String is the table.
func (r *report) String() string {
	var out strings.Builder
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "act\tsent\tacknowledged\trefused\trepeated\tlost\tdoubled")
	var all row
	for _, k := range kinds {
		x, there := r.rows[k.name]
		if !there {
			continue
		}
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%d\n", k.name, x.sent, x.acknowledged, x.refused, x.repeated, x.lost,
			x.doubled)
		all = row{all.sent + x.sent, all.acknowledged + x.acknowledged, all.refused + x.refused,
			all.repeated + x.repeated, all.lost + x.lost, all.doubled + x.doubled}
	}
	fmt.Fprintf(w, "all\t%d\t%d\t%d\t%d\t%d\t%d\n", all.sent, all.acknowledged, all.refused, all.repeated, all.lost,
		all.doubled)
	_ = w.Flush()
	fmt.Fprintf(&out, "%d kills (%d answers died with their server), %d double submits, %d acts in two tabs; lines "+
		"dropped:", r.kills, r.unknown, r.doubles.Load(), r.tabs.Load())
	for _, c := range cuts {
		fmt.Fprintf(&out, " %d %s,", r.drops[c], c)
	}
	fmt.Fprintf(&out, "\nhistory verified: %t\n", r.verified)
	return out.String()
}

// why lists what was refused, the most frequent first.
func (r *report) why() string {
	var out strings.Builder
	for _, what := range slices.SortedFunc(maps.Keys(r.refusals), func(a, b string) int {
		return cmp.Or(r.refusals[b]-r.refusals[a], strings.Compare(a, b))
	}) {
		fmt.Fprintf(&out, "%4d  %s\n", r.refusals[what], what)
	}
	return out.String()
}
