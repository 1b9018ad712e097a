package deeds_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/deeds"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// world is what people see of a database, by the thing that a row is about: no ids of rows, versions and times.
type world map[string]string

// views are what is read of it: each gives a thing, and what is seen of it. A round rests while the claim is
// none (ADR 317).
var views = []string{
	`SELECT 'claim ' || c.id, c.state || ' “' || c.statement || '” ' || c.kind || ' words ' || c.words_version ||
		' at ' ||
		c.start_cp || '-' || c.end_cp ||
		 ' round ' || CASE WHEN c.state IN ('candidate', 'rejected', 'merged', 'withdrawn') THEN 0
			ELSE c.round END || ' priority ' || c.priority || ' in ' ||
		COALESCE(c.merged_into, 0) || ' ' || c.verdict FROM claims c`,
	`SELECT 'claim ' || claim_id || ' evidence ' || COALESCE(article_id, 0) || ' ' || start_cp || ' ' || stance ||
		' by ' || linked_by,
		COUNT(*) || ' linked' FROM evidence WHERE unlinked_at IS NULL GROUP BY 1`,
	`SELECT 'claim ' || claim_id || ' gloss ' || lang, words || ' by ' || author_id || ' confirmed by ' ||
		COALESCE(confirmed_by, 0) FROM glosses`,
	`SELECT 'claim ' || claim_id || ' comment ' || public, words || ' by ' || author_id || ' resolved by ' ||
		COALESCE(resolved_by, 0) FROM comments`,
	`SELECT 'claim ' || claim_id || ' review of ' || reviewer_id || ' round ' || round_id, verdict || ' ' || rationale
		FROM reviews WHERE superseded_at IS NULL`,
	`SELECT 'claim ' || claim_id || ' given to ' || user_id, 'given' FROM assignments`,
	`SELECT 'claim ' || claim_id || ' put off by ' || user_id, 'put off' FROM snoozes`,
	`SELECT 'claim ' || claim_a || ' is not ' || claim_b, 'two' FROM duplicate_refusals`,
	`SELECT 'set ' || id, title || ' ' || state FROM claim_sets`,
	`SELECT 'set ' || set_id || ' claim ' || claim_id, 'in it' FROM claim_set_claims`,
}

func (d desk) world() world {
	d.t.Helper()
	out := world{}
	d.must(d.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		for _, q := range views {
			rows, err := r.Gorm().Raw(q).Rows()
			if err != nil {
				return err
			}
			for rows.Next() {
				var thing, seen string
				if err := rows.Scan(&thing, &seen); err != nil {
					return err
				}
				out[thing] = seen
			}
			if err := errors.Join(rows.Err(), rows.Close()); err != nil {
				return err
			}
		}
		return nil
	}))
	return out
}

// change is one thing before and after.
type change struct{ before, after string }

// changed is what differs between two worlds.
func changed(before, after world) map[string]change {
	out := map[string]change{}
	for thing := range maps.Keys(before) {
		if before[thing] != after[thing] {
			out[thing] = change{before[thing], after[thing]}
		}
	}
	for thing := range maps.Keys(after) {
		if before[thing] != after[thing] {
			out[thing] = change{before[thing], after[thing]}
		}
	}
	return out
}

// like says whether a thing is as it was. A claim that an act made is ended when that is taken back, not gone.
func like(now, was string) bool {
	ended := strings.HasPrefix(now, "withdrawn") || strings.HasPrefix(now, "merged")
	return now == was || was == "" && ended
}

// done is a deed of the walk: what it changed, of which claims and sets, and which later acts of others touched these.
type done struct {
	who     string
	what    string
	changes map[string]change
	about   map[string]bool
	turns   []int // when it was done, taken back, done again and so on
}

// walk is a random sequence of acts of several people, some taken back and done again.
type walk struct {
	desk
	rand   *rand.Rand
	set    claimset.ID
	free   []claims.ID // approved claims for the set
	deeds  map[string]*done
	said   []string
	all    []*done // also those whose deeds are gone
	count  map[string]int
	moment int // counts acts and turns
}

var people = []string{"reviewer-1", "reviewer-2", "editor-1"}

func newWalk(t *testing.T, db *store.DB, seed uint64) *walk {
	w := &walk{desk: newDesk(t, db), rand: rand.New(rand.NewPCG(seed, 1)), deeds: map[string]*done{},
		count: map[string]int{}}
	w.candidates()
	w.free = []claims.ID{w.approved("The council had closed").ID, w.approved("the mayor said").ID}
	w.Claim(w.one, "Twelve people were hurt", "Twelve people were hurt.")
	w.Claim(w.other, "Twelve were hurt", "Twelve were hurt.")
	set, err := w.Sets.Create(roomtest.Ctx(), w.As("editor-1"), w.Collection.ID, "May")
	w.must(err)
	w.set = set.ID
	w.must(db.Write(roomtest.Ctx(), func(tx *store.Tx) error { return tx.Gorm().Exec("DELETE FROM deeds").Error }))
	return w
}

// last names what somebody would take back, or do again, now.
func (w *walk) last(who string, again bool) *deeds.Deed {
	w.t.Helper()
	var back, forth *deeds.Deed
	w.must(w.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		back, forth, err = deeds.Last(r, w.As(who).UserID, w.Collection.ID)
		return err
	}))
	if again {
		return forth
	}
	return back
}

func key(who string, n deeds.N) string { return fmt.Sprint(who, " ", n) }

func (w *walk) failf(format string, args ...any) {
	w.t.Helper()
	w.t.Errorf(format+"\nafter:\n%s", append(args, strings.Join(w.said[max(0, len(w.said)-25):], "\n"))...)
}

// step does something, or takes something back or does it again.
func (w *walk) step() {
	who := people[w.rand.IntN(len(people))]
	switch w.rand.IntN(10) {
	case 0, 1:
		for range 1 + w.rand.IntN(3) {
			w.turn(who, false)
		}
	case 2, 3:
		for range 1 + w.rand.IntN(3) {
			w.turn(who, true)
		}
	default:
		w.act(who)
	}
}

// act does something, and keeps what it changed.
func (w *walk) act(who string) {
	names := slices.Sorted(maps.Keys(acts))
	what := names[w.rand.IntN(len(names))]
	before, had := w.world(), w.last(who, false)
	err := acts[what](w, w.As(who))
	now, has := w.world(), w.last(who, false)
	diff := changed(before, now)
	w.said = append(w.said, fmt.Sprintf("%s: %s, %v: %v", who, what, diff, err))
	if err != nil {
		switch fault.KindOf(err) {
		case fault.Conflict, fault.Invalid, fault.NotFound, fault.Forbidden:
		default:
			w.failf("%s by %s fails: %v", what, who, err)
		}
		if len(diff) > 0 {
			w.failf("%s by %s is refused (%v) and changes %v", what, who, err, diff)
		}
		return
	}
	if has == nil || had != nil && has.N == had.N {
		if len(diff) > 0 {
			w.failf("%s by %s changes %v and cannot be taken back", what, who, diff)
		}
		return
	}
	w.count[what]++
	w.moment++
	x := &done{who: who, what: what, changes: diff, about: aboutOf(diff), turns: []int{w.moment}}
	w.deeds[key(who, has.N)], w.all = x, append(w.all, x)
}

// aboutOf names the claims and sets that changes are about: “claim 3”.
func aboutOf(diff map[string]change) map[string]bool {
	out := map[string]bool{}
	for thing, c := range diff {
		if i := strings.LastIndex(c.after, " in "); i > 0 && strings.HasPrefix(c.after, "merged") {
			// the one that is kept
			out["claim "+strings.Fields(c.after[i:])[1]] = true
		}
		words := strings.Fields(thing)
		out[words[0]+" "+words[1]] = true
		if strings.Contains(thing, " is not ") {
			out["claim "+words[4]] = true
		}
	}
	return out
}

// stood says whether an act stood at a moment.
func (x *done) stood(at int) bool {
	n, _ := slices.BinarySearch(x.turns, at+1)
	return n%2 == 1
}

// builtOn says whether an act of others about the same stands now and did not when this one was done last, or the
// other way round.
func (w *walk) builtOn(x *done) bool {
	last := x.turns[len(x.turns)-1]
	if len(x.turns)%2 == 0 {
		last = x.turns[len(x.turns)-2]
	}
	for _, y := range w.all {
		if y.who == x.who || y.stood(last) == y.stood(w.moment) {
			continue
		}
		for about := range x.about {
			if y.about[about] {
				return true
			}
		}
	}
	return false
}

// turn takes somebody's last act back, or does it again, and looks that exactly what it changed is as it was.
func (w *walk) turn(who string, again bool) {
	w.t.Helper()
	d := w.last(who, again)
	if d == nil {
		return
	}
	x, do := w.deeds[key(who, d.N)], w.Deeds.Undo
	if again {
		do = w.Deeds.Redo
	}
	ask := deeds.Ask{Collection: w.Collection.ID, N: d.N}
	w.notByAnother(who, ask, do)
	before := w.world()
	out, err := do(roomtest.Ctx(), w.As(who), ask)
	if together := strings.HasPrefix(out.Kind, "batch."); together && err == nil {
		if w.finish(claims.BatchID(out.ObjectID())); w.builtOn(x) {
			x.changes = nil // what others built on is kept, the rest is not
		}
	}
	now := w.world()
	diff := changed(before, now)
	w.said = append(w.said, fmt.Sprintf("%s: %s %s, again %t, %v: %v", who, d.Kind, x.what, again, diff, err))
	if err != nil {
		w.refusedTurn(x, d, diff, err)
		return
	}
	w.count[fmt.Sprint("turned, again ", again)]++
	for thing, c := range x.changes {
		want := c.before
		if again {
			want = c.after
		}
		ok := like(now[thing], want)
		if strings.Contains(thing, " evidence ") { // a merge of another may add one that is alike
			other := linked(c.before) + linked(c.after) - linked(want)
			ok = ok || linked(now[thing])-linked(before[thing]) == linked(want)-other
		}
		if !ok && !over(now[thing]) {
			w.failf("%s: %s (again %t) leaves of %s\n%s, want\n%s", who, x.what, again, thing, now[thing], want)
		}
	}
	for thing, c := range diff {
		if _, own := x.changes[thing]; !own && !over(c.after) && x.changes != nil {
			w.failf("%s: %s (again %t) changes %s from %q to %q", who, x.what, again, thing, c.before, c.after)
		}
	}
	if _, err := do(roomtest.Ctx(), w.As(who), ask); !fault.IsStale(err) || fault.Message(err) == "" {
		w.failf("%s: %s is turned twice: %v", who, x.what, err)
	}
	w.moment++
	x.turns = append(x.turns, w.moment)
}

// linked reads how many items there are: “2 linked”.
func linked(seen string) (n int) {
	_, _ = fmt.Sscan(seen, &n) // "" is none
	return n
}

// over says that a claim's round has ended: reviews that count again may do that.
func over(seen string) bool {
	return strings.HasPrefix(seen, string(claims.Decided)) || strings.HasPrefix(seen, string(claims.InConflict))
}

// notByAnother wants that nobody else can turn the act.
func (w *walk) notByAnother(who string, ask deeds.Ask, do func(context.Context, auth.Actor, deeds.Ask) (deeds.Deed,
	error)) {
	w.t.Helper()
	for _, other := range people {
		if w.deeds[key(other, ask.N)] != nil || other == who {
			continue
		}
		if _, err := do(roomtest.Ctx(), w.As(other), ask); err == nil {
			w.failf("%s turns an act of %s", other, who)
		}
	}
}

// refusedTurn wants a refusal to have words and a cause, and to change nothing.
func (w *walk) refusedTurn(x *done, d *deeds.Deed, diff map[string]change, err error) {
	w.t.Helper()
	w.count["refused"]++
	if k := fault.KindOf(err); k != fault.Conflict || fault.Message(err) == "" {
		w.failf("%s of %s is refused by %v", d.Kind, x.who, err)
	}
	if len(diff) > 0 {
		w.failf("a refusal changes %v", diff)
	}
	for about := range x.about {
		if seen := w.world()[about]; over(seen) || strings.HasPrefix(seen, string(claims.Approved)) {
			return
		}
	}
	if !w.builtOn(x) {
		w.failf("%s of %s, which nobody built on, is refused: %v", x.what, x.who, err)
	}
}

// finish does the job of a batch to its end.
func (w *walk) finish(id claims.BatchID) {
	w.t.Helper()
	w.work(claims.Batch{ID: id})
}

// walks is how many walks are made; CLAIMBENCH_WALKS asks for more.
func walks(t *testing.T) int {
	n, err := strconv.Atoi(cmp.Or(os.Getenv("CLAIMBENCH_WALKS"), "4"))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestUndoOfWalks: after undo everything that an act changed is as it was, and nothing else is touched; redo brings it
// again; what is refused says why, changes nothing, and only because others built on it; nobody takes back what another
// did.
func TestUndoOfWalks(t *testing.T) {
	t.Parallel()
	for seed := range walks(t) {
		for engine, open := range map[string]func(*testing.T) *store.DB{"sqlite": storetest.SQLite,
			"postgres": storetest.Postgres} {
			if engine == "postgres" && seed%4 > 0 {
				continue
			}
			t.Run(fmt.Sprint(engine, " ", seed), func(t *testing.T) {
				t.Parallel()
				w := newWalk(t, open(t), uint64(seed))
				for range 120 {
					if w.step(); t.Failed() {
						break
					}
				}
				w.Verify()
				t.Logf("%v", w.count)
				if w.count["turned, again false"]+w.count["turned, again true"] < 3 {
					t.Error("too little was taken back, so this test would not notice much")
				}
			})
		}
	}
}

// some draws one claim of those in some states; 0 when there is none.
func (w *walk) some(states ...claims.State) claims.Claim {
	var all []claims.Claim
	w.must(w.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		return r.Gorm().Where("state IN ?", states).Order("id").Find(&all).Error
	}))
	if len(all) == 0 {
		return claims.Claim{}
	}
	return all[w.rand.IntN(len(all))]
}

func (w *walk) words() claims.Words {
	return claims.Words{Statement: fmt.Sprintf("It was said for the time %d.", w.rand.IntN(1000))}
}

func (w *walk) items(c claims.Claim) []evidence.Shown {
	if c.ID == 0 {
		return nil
	}
	items, err := w.Evidence.ForClaim(roomtest.Ctx(), w.As("auditor-1"), c.ID)
	w.must(err)
	return items
}

var living = []claims.State{claims.Candidate, claims.Open}

// acts are what people do at the desk, each to something drawn.
var acts = map[string]func(w *walk, by auth.Actor) error{
	"accept": func(w *walk, by auth.Actor) error {
		c := w.some(claims.Candidate)
		_, err := w.Claims.Accept(roomtest.Ctx(), by, c.ID, c.Version)
		return err
	},
	"reject": func(w *walk, by auth.Actor) error {
		c := w.some(claims.Candidate)
		_, err := w.Claims.Reject(roomtest.Ctx(), by, c.ID, c.Version, claims.AnOpinion)
		return err
	},
	"reject together": func(w *walk, by auth.Actor) error {
		b, err := w.Claims.LookAtBatch(roomtest.Ctx(), by, w.Collection.ID, []claims.ID{w.some(claims.Candidate).ID,
			w.some(claims.Candidate).ID})
		if err != nil {
			return err
		}
		_, err = w.Claims.DoBatch(roomtest.Ctx(), by, b.ID, claims.BatchReject, string(claims.AnOpinion))
		if err == nil {
			w.finish(b.ID)
		}
		return err
	},
	"restore": func(w *walk, by auth.Actor) error {
		c := w.some(claims.Rejected)
		_, err := w.Claims.Restore(roomtest.Ctx(), by, c.ID, c.Version)
		return err
	},
	"withdraw": func(w *walk, by auth.Actor) error {
		c := w.some(claims.Open)
		_, err := w.Claims.Withdraw(roomtest.Ctx(), by, c.ID, c.Version, "said twice")
		return err
	},
	"edit": func(w *walk, by auth.Actor) error {
		c := w.some(living...)
		_, err := w.Claims.Edit(roomtest.Ctx(), by, c.ID, c.WordsVersion, w.words(), false)
		return err
	},
	"edit and accept": func(w *walk, by auth.Actor) error {
		c := w.some(claims.Candidate)
		_, err := w.Claims.Edit(roomtest.Ctx(), by, c.ID, c.WordsVersion, w.words(), true)
		return err
	},
	"split": func(w *walk, by auth.Actor) error {
		c := w.some(living...)
		_, err := w.Claims.Split(roomtest.Ctx(), by, c.ID, c.WordsVersion, []claims.Words{w.words(), w.words()})
		return err
	},
	"merge": func(w *walk, by auth.Actor) error {
		into, gone := w.some(living...), w.some(living...)
		_, err := w.Claims.Merge(roomtest.Ctx(), by, into.ID, into.WordsVersion, []claims.Opened{{ID: gone.ID,
			Version: gone.Version}}, nil)
		return err
	},
	"create": func(w *walk, by auth.Actor) error {
		_, err := w.Claims.Create(roomtest.Ctx(), by, w.one.Article.ID, w.one.Revision.ID,
			claims.Words{Span: w.Find(w.one, "Ghent"), Exact: "Ghent", Statement: w.words().Statement})
		return err
	},
	"link": func(w *walk, by auth.Actor) error {
		c, exact := w.some(claims.Open), []string{"Twelve", "were hurt", "Nobody died"}[w.rand.IntN(3)]
		if slices.ContainsFunc(w.items(c), func(it evidence.Shown) bool { return it.Exact == exact }) {
			return nil
		}
		_, err := w.Evidence.Link(roomtest.Ctx(), by, evidence.Link{ClaimID: c.ID, ArticleID: w.other.Article.ID,
			RevisionID: w.other.Revision.ID, Span: w.Find(w.other, exact), Exact: exact, Stance: evidence.Context})
		return err
	},
	"unlink": func(w *walk, by auth.Actor) error {
		items := w.items(w.some(claims.Open))
		if len(items) == 0 {
			return nil
		}
		it := items[w.rand.IntN(len(items))]
		_, err := w.Evidence.Unlink(roomtest.Ctx(), by, it.ID, it.Version, "")
		return err
	},
	"review": func(w *walk, by auth.Actor) error {
		c := w.some(claims.Open)
		if c.ID == 0 {
			return nil
		}
		d := unverified
		d.Rationale = w.words().Statement
		for _, it := range w.items(c) {
			d.Evidence = append(d.Evidence, it.ID)
		}
		_, _, err := w.Review.Submit(roomtest.Ctx(), by, review.Submission{ClaimID: c.ID, WordsVersion: c.WordsVersion,
			Round: c.Round, Draft: d})
		return err
	},
	"comment": func(w *walk, by auth.Actor) error {
		_, err := w.Claims.AddComment(roomtest.Ctx(), by, w.some(living...).ID, w.words().Statement)
		return err
	},
	"resolve": func(w *walk, by auth.Actor) error {
		all, _, err := w.Claims.Comments(roomtest.Ctx(), by, w.some(living...).ID, "")
		if err != nil || len(all) == 0 {
			return err
		}
		cm := all[len(all)-1]
		_, err = w.Claims.ResolveComment(roomtest.Ctx(), by, cm.ClaimID, cm.Public, cm.Version, cm.ResolvedAt == nil)
		return err
	},
	"gloss": func(w *walk, by auth.Actor) error {
		c := w.some(living...)
		var version int64
		for _, g := range w.glossesOf(c) {
			version = g.Version
		}
		_, err := w.Claims.SetGloss(roomtest.Ctx(), by, c.ID, "fr", w.words().Statement, version)
		return err
	},
	"confirm a gloss": func(w *walk, by auth.Actor) error {
		c := w.some(living...)
		for _, g := range w.glossesOf(c) {
			_, err := w.Claims.ConfirmGloss(roomtest.Ctx(), by, c.ID, g.Lang, g.Version)
			return err
		}
		return nil
	},
	"not the same": func(w *walk, by auth.Actor) error {
		_, err := w.Claims.RefuseDuplicate(roomtest.Ctx(), by, w.some(living...).ID, w.some(living...).ID, "")
		return err
	},
	"assign": func(w *walk, by auth.Actor) error {
		_, err := w.Review.Assign(roomtest.Ctx(), by, w.Collection.ID, w.As("reviewer-2").UserID,
			[]claims.ID{w.some(claims.Open).ID})
		return err
	},
	"unassign": func(w *walk, by auth.Actor) error {
		_, err := w.Review.Unassign(roomtest.Ctx(), by, w.Collection.ID, w.As("reviewer-2").UserID,
			[]claims.ID{w.some(claims.Open).ID})
		return err
	},
	"put off": func(w *walk, by auth.Actor) error {
		return w.Review.PutOff(roomtest.Ctx(), by, w.DB.Now()+store.Micros((48*time.Hour).Microseconds()),
			w.some(claims.Open).ID)
	},
	"take back from later": func(w *walk, by auth.Actor) error {
		_, err := w.Review.TakeBack(roomtest.Ctx(), by, w.Collection.ID, w.some(claims.Open).ID)
		return err
	},
	"priority": func(w *walk, by auth.Actor) error {
		_, err := w.Claims.Prioritise(roomtest.Ctx(), by, w.some(claims.Open).ID, claims.Priority(w.rand.IntN(3)-1))
		return err
	},
	"add to the set": func(w *walk, by auth.Actor) error {
		_, err := w.Sets.Add(roomtest.Ctx(), by, w.set, w.setNow().Version, w.free[:1+w.rand.IntN(2)])
		return err
	},
	"take out of the set": func(w *walk, by auth.Actor) error {
		_, err := w.Sets.Remove(roomtest.Ctx(), by, w.set, w.setNow().Version, w.free[1:])
		return err
	},
	"rename the set": func(w *walk, by auth.Actor) error {
		_, err := w.Sets.Rename(roomtest.Ctx(), by, w.set, w.setNow().Version, w.words().Statement)
		return err
	},
}

func (w *walk) glossesOf(c claims.Claim) []claims.Gloss {
	if c.ID == 0 {
		return nil
	}
	return w.now(c.ID).Glosses
}

func (w *walk) setNow() (s claimset.Set) {
	w.must(w.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		s, err = claimset.ByID(r, w.set)
		return err
	}))
	return s
}
