package house_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/deeds"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/house"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// notOfThen are columns that are as they are now in every past (docs/history.md), the inner number of a comment,
// which no event has (one that was withdrawn since has another), and the salt of a set, which no event may have.
var notOfThen = map[string][]string{"claim_sets": {"salt"}, "articles": {"state"}, "reviews": {"settled"},
	"comments": {"id"}, "shelf_files": {"look"}}

// dump writes every row of the versioned tables, a line each, sorted, as a look at the database sees them.
func dump(t *testing.T, rx *store.Rx) string {
	t.Helper()
	var lines []string
	for _, v := range house.Versioned() {
		query := "SELECT * FROM " + v.Table
		if v.Table == "claim_set_claims" { // the past knows the order, and not the places that make it
			query = "SELECT set_id, claim_id, frozen, ROW_NUMBER() OVER (PARTITION BY set_id ORDER BY place, " +
				"claim_id) AS place FROM claim_set_claims"
		}
		if v.Table == "shelf_matches" { // what no person has decided on has no event
			query += " WHERE version > 1"
		}
		rows, err := rx.Gorm().Raw(query).Rows()
		if err != nil {
			t.Fatalf("%s: %v", v.Table, err)
		}
		names, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		sorted := slices.Sorted(slices.Values(names))
		for rows.Next() {
			values, into := make([]any, len(names)), make([]any, len(names))
			for i := range values {
				into[i] = &values[i]
			}
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			by := map[string]any{}
			for i, name := range names {
				by[name] = plain(values[i])
			}
			var b strings.Builder
			for _, name := range sorted {
				if !slices.Contains(notOfThen[v.Table], name) {
					fmt.Fprintf(&b, " %s=%v", name, by[name])
				}
			}
			lines = append(lines, v.Table+b.String())
		}
		if err := rows.Err(); err != nil {
			t.Fatalf("%s: %v", v.Table, err)
		}
		_ = rows.Close()
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// plain is a value as both engines write it.
func plain(v any) any {
	switch v := v.(type) {
	case []byte:
		return string(v)
	case bool:
		if v {
			return int64(1)
		}
		return int64(0)
	}
	return v
}

// player does random things in a house, and remembers the tables as they were after each.
type player struct {
	*roomtest.World
	r     *rand.Rand
	at    time.Time
	arts  []articles.Imported
	all   []claims.ID
	items []evidence.ID
	sets  []claimset.ID
	did   map[string]int

	approved []claims.ID // at some time
}

func (p *player) some(names ...string) string { return names[p.r.IntN(len(names))] }

// step does one thing, which chance chooses where none is named; what the rooms refuse is no step.
func (p *player) step(named string) (what string, err error) {
	ctx := roomtest.Ctx()
	reviewer, editor := p.some("reviewer-1", "reviewer-2", "editor-1"), p.some("editor-1", "editor-2")
	claim := func() claims.Claim {
		c, err := p.Claims.Get(ctx, p.As("auditor-1"), p.all[p.r.IntN(len(p.all))])
		if err != nil {
			p.T.Fatal(err)
		}
		return c
	}
	what = p.some("claim", "claim", "edit", "gloss", "confirm", "comment", "link", "unlink", "review", "review",
		"review", "review", "adjudicate", "approve", "approve", "reopen", "set", "add", "remove", "move",
		"freeze", "withdraw", "origin",
		"undo", "priority", "alarm", p.some(aroundIt...), p.some(aroundIt...), p.some(aroundIt...))
	if p.r.IntN(4) == 0 { // these are refused more often than not
		what = p.some("adjudicate", "remove", "freeze", "freeze", "add", "add", "move", "move", "reopen", "alarm",
			"alarm", "alarm", "question", "answer")
	}
	if named != "" {
		what = named
	}
	if len(p.all) == 0 {
		what = "claim"
	}
	if isAround(what) {
		return what, p.around(what)
	}
	switch what {
	case "claim":
		a := p.arts[p.r.IntN(len(p.arts))]
		words := p.some("Twelve grants were approved", "The mayor left", "Nine aides stayed")
		c, err := p.Claims.Create(ctx, p.As(reviewer), a.Article.ID, a.Revision.ID,
			claims.Words{Span: p.Find(a, words), Exact: words, Statement: fmt.Sprintf("%s (%d).", words, len(p.all))})
		if err == nil {
			p.all = append(p.all, c.ID)
		}
		return what, err
	case "edit":
		c := claim()
		_, err = p.Claims.Edit(ctx, p.As(reviewer), c.ID, c.WordsVersion, claims.Words{Statement: c.Statement + "!",
			Attribution: "the mayor"}, false)
	case "gloss":
		c := claim()
		version := int64(0)
		for _, g := range c.Glosses {
			if g.Lang == "fa" {
				version = g.Version
			}
		}
		_, err = p.Claims.SetGloss(ctx, p.As(reviewer), c.ID, "fa", fmt.Sprint("واژه ", p.r.IntN(99)), version)
	case "confirm":
		c := claim()
		for _, g := range c.Glosses {
			_, err = p.Claims.ConfirmGloss(ctx, p.As(reviewer), c.ID, g.Lang, g.Version)
		}
	case "comment":
		_, err = p.Claims.AddComment(ctx, p.As(reviewer), claim().ID, "What of this? @reviewer-2")
	case "link":
		c, a := claim(), p.arts[p.r.IntN(len(p.arts))]
		words := p.some("The mayor left", "Nine aides stayed")
		var it evidence.Item
		it, err = p.Evidence.Link(ctx, p.As(reviewer), evidence.Link{ClaimID: c.ID, ArticleID: a.Article.ID,
			RevisionID: a.Revision.ID, Span: p.Find(a, words), Exact: words,
			Stance: evidence.Stance(p.some("supports", "refutes")), Kind: evidence.PrimaryDocument})
		if err == nil {
			p.items = append(p.items, it.ID)
		}
	default:
		err = p.decide(what, reviewer, editor, claim())
	}
	return what, err
}

func (p *player) decide(what, reviewer, editor string, c claims.Claim) (err error) {
	ctx := roomtest.Ctx()
	d := review.Draft{Verdict: claims.Unverified, Reason: review.Insufficient, Rationale: "Nothing.",
		Searched: "archive"}
	if p.r.IntN(3) == 0 {
		d = review.Draft{Verdict: claims.Disputed, Reason: review.Refuted, Rationale: "It says otherwise."}
	}
	switch what {
	case "unlink":
		if len(p.items) > 0 {
			_, err = p.Evidence.Unlink(ctx, p.As(reviewer), p.items[p.r.IntN(len(p.items))], 1, "a mistake")
		}
	case "review":
		_, _, err = p.Submit(reviewer, c, d)
	case "adjudicate":
		_, err = p.Review.Adjudicate(ctx, p.As(editor), review.Adjudication{ClaimID: c.ID, Round: c.Round, Draft: d,
			Causes: []review.Cause{review.Guideline}})
	case "approve":
		seen, err := p.Desk.Reviewing(ctx, p.As(editor), c.ID)
		if err != nil || len(seen.Rounds) == 0 || seen.Rounds[len(seen.Rounds)-1].Decision == nil {
			return err
		}
		decision := seen.Rounds[len(seen.Rounds)-1].Decision
		_, err = p.Review.Approve(ctx, p.As(editor), review.Approval{ClaimID: c.ID, Version: decision.Version,
			Reason: decision.Reason, Explanation: "So it is."})
		if err == nil {
			p.approved = append(p.approved, c.ID)
		}
		return err
	case "reopen":
		_, err = p.Review.Reopen(ctx, p.As(editor), c.ID, c.Version, "New words came.")
	case "withdraw":
		if p.r.IntN(4) == 0 {
			_, err = p.Claims.Withdraw(ctx, p.As(reviewer), c.ID, c.Version, "Not worth it.")
		}
	case "origin":
		_, err = p.Evidence.SetArticleOrigin(ctx, p.As(reviewer), p.arts[p.r.IntN(len(p.arts))].Article.ID,
			p.some("the agency", "the council"), 0)
	case "undo":
		_, err = p.Deeds.Undo(ctx, p.As(p.some(reviewer, editor)), deeds.Ask{Collection: p.Collection.ID})
	case "alarm":
		var all []claimset.Alarm
		if err := p.DB.Read(ctx, func(rx *store.Rx) (err error) {
			all, err = claimset.Waiting(rx, p.Collection.ID, 0, 5)
			return err
		}); err != nil {
			return err
		}
		if len(all) == 0 {
			return fault.New(fault.NotFound, "No alarm waits.")
		}
		_, err = p.Sets.Answer(ctx, p.As(editor), all[0].ID, all[0].Version, claimset.Reply(p.some("stands",
			"withdrawn")), "It is so.")
	case "priority":
		_, err = p.Claims.Prioritise(ctx, p.As(editor), c.ID, claims.Priority(p.r.IntN(2)))
	default:
		err = p.set(what, editor, c)
	}
	return err
}

func (p *player) set(what, editor string, c claims.Claim) (err error) {
	ctx := roomtest.Ctx()
	if len(p.sets) == 0 || what == "set" && len(p.sets) < 4 {
		set, err := p.Sets.Create(ctx, p.As(editor), p.Collection.ID, "In print")
		if err == nil {
			p.sets = append(p.sets, set.ID)
		}
		return err
	}
	id := p.sets[p.r.IntN(len(p.sets))]
	if len(p.approved) > 0 && p.r.IntN(4) > 0 {
		c.ID = p.approved[p.r.IntN(len(p.approved))]
	}
	var version int64
	if err := p.DB.Read(ctx, func(rx *store.Rx) (err error) {
		version, _, err = store.One[int64](rx, "SELECT version FROM claim_sets WHERE id = ?", id)
		return err
	}); err != nil {
		p.T.Fatal(err)
	}
	switch what {
	case "add":
		_, err = p.Sets.Add(ctx, p.As(editor), id, version, []claims.ID{c.ID})
	case "remove":
		in := row[struct {
			SetID   claimset.ID
			ClaimID claims.ID
			Version int64
		}](p, "SELECT sc.set_id, sc.claim_id, s.version FROM claim_set_claims sc JOIN claim_sets s "+
			"ON s.id = sc.set_id WHERE s.frozen_at IS NULL ORDER BY sc.claim_id LIMIT 1")
		_, err = p.Sets.Remove(ctx, p.As(editor), in.SetID, in.Version, []claims.ID{in.ClaimID})
	case "move":
		_, err = p.Sets.Move(ctx, p.As(editor), id, version, claimset.Move{Claim: c.ID,
			Way: claimset.Way(p.some("top", "end", "up"))})
	case "set":
		_, err = p.Sets.Correct(ctx, p.As(editor), id)
	case "freeze":
		_, err = p.Sets.Freeze(ctx, p.As(editor), id, version)
	}
	return err
}

// TestThePastIsAsItWas plays a random history, and wants the tables at random moments of it to be as they were then.
func TestThePastIsAsItWas(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		steps, moments := 1100, 200
		if db.Dialect() == store.Postgres {
			steps, moments = 120, 40
		}
		p := &player{r: rand.New(rand.NewPCG(11, 4)), at: time.Date(2026, 3, 4, 5, 0, 0, 0, time.UTC),
			did: map[string]int{}}
		db.SetClock(func() time.Time { p.at = p.at.Add(time.Second); return p.at })
		p.World = roomtest.New(t, db, articles.CollectionNew{Advice: articles.Guards.Names()})
		for i := range 2 {
			p.arts = append(p.arts, p.Article(articles.Import{Lang: "en", Source: "Ledger",
				Title: fmt.Sprint("Article ", i), Raw: fmt.Sprintf(
					"Twelve grants were approved. The mayor left. Nine aides stayed. It rained %d.", i)}))
		}
		type moment struct {
			at  store.Micros
			was string
		}
		var kept []moment
		do := func(named string) {
			what, err := p.step(named)
			if err == nil {
				p.did[what]++
			}
			if err := db.Read(roomtest.Ctx(), func(rx *store.Rx) error {
				kept = append(kept, moment{store.MicrosOf(p.at), dump(t, rx)})
				return nil
			}); err != nil {
				t.Fatal(err)
			}
		}
		for range steps {
			do("")
		}
		for _, what := range append([]string{"claim", "edit", "gloss", "confirm", "comment", "link", "unlink", "review",
			"adjudicate", "approve", "reopen", "set", "add", "remove", "move", "freeze", "withdraw", "origin", "undo",
			"priority", "alarm"}, aroundIt...) {
			if db.Dialect() != store.SQLite {
				break
			}
			for range 100 { // what chance left out, behind what it needs
				if p.did[what] > 0 {
					break
				}
				for _, named := range []string{"set", "add", "freeze", "reopen", "withdraw", what} {
					do(named)
				}
			}
			if p.did[what] == 0 {
				t.Errorf("nobody did %q, so nothing is known of it: %v", what, p.did)
			}
		}
		p.r.Shuffle(len(kept), func(i, j int) { kept[i], kept[j] = kept[j], kept[i] })
		for _, m := range kept[:moments] {
			same(t, db, m.at, m.was)
		}
	})
}

func same(t *testing.T, db *store.DB, at store.Micros, was string) {
	t.Helper()
	var past *store.Past
	if err := db.Read(roomtest.Ctx(), func(rx *store.Rx) (err error) {
		past, err = house.PastAt(rx, at)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := db.Read(store.InPast(roomtest.Ctx(), past), func(rx *store.Rx) error {
		is := dump(t, rx)
		if is == was {
			return nil
		}
		then, now := strings.Split(was, "\n"), strings.Split(is, "\n")
		for _, line := range then {
			if !slices.Contains(now, line) {
				t.Errorf("after event %d, missing: %s", past.Seq, line)
			}
		}
		for _, line := range now {
			if !slices.Contains(then, line) {
				t.Errorf("after event %d, too much: %s", past.Seq, line)
			}
		}
		t.FailNow()
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}
