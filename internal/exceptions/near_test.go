package exceptions_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/exceptions"
	"claimbench/internal/history"
	"claimbench/internal/review"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// Each rule beside a case that is nearly one: a microsecond too late, of another person, of another role or collection.

const micro = time.Microsecond

// stopped lets the clock stand still but where a test moves it.
func (w *world) stopped() {
	w.DB.SetClock(func() time.Time { return w.at })
}

func (w *world) later(d time.Duration) { w.at = w.at.Add(d) }

// rows are the rows of a rule, for a scope that reads everything.
func (w *world) rows(rule exceptions.Name) []exceptions.Row {
	w.T.Helper()
	return w.page(rule, exceptions.Scope{All: true, Now: store.MicrosOf(w.at)})
}

// count wants so many rows of a rule.
func (w *world) count(rule exceptions.Name, want int, of string) []exceptions.Row {
	w.T.Helper()
	rows := w.rows(rule)
	if len(rows) != want {
		w.T.Errorf("%s: %d rows of %s, want %d: %+v", of, len(rows), rule, want, rows)
	}
	return rows
}

// candidates proposes those of a text by rule.
func (w *world) candidates(raw string) []claims.Claim {
	w.T.Helper()
	a := w.Article(articles.Import{Lang: "en", Raw: raw, Published: "2024-04-02"})
	_, err := w.Claims.Extract(ctx, w.As("reviewer-1"), a.Article.ID)
	w.must(err)
	list, err := w.Claims.List(ctx, w.As("reviewer-1"), claims.Filter{Collection: w.Collection.ID,
		Article: a.Article.ID})
	w.must(err)
	if len(list.Claims) == 0 {
		w.T.Fatal("no candidates")
	}
	return list.Claims
}

func (w *world) accept(c claims.Claim) claims.Claim {
	w.T.Helper()
	c, err := w.Claims.Accept(ctx, w.As("reviewer-1"), c.ID, c.Version)
	w.must(err)
	return c
}

// brackets are those of a claim that wait.
func (w *world) brackets(c claims.Claim) (out []claims.ProposalID) {
	w.T.Helper()
	w.must(w.DB.Read(ctx, func(r *store.Rx) error {
		all, err := claims.BracketsProposed(r, c)
		for _, f := range all {
			out = append(out, f.ID)
		}
		return err
	}))
	return out
}

// TestMachineWords: what a machine had written and somebody accepted at once; not what was read for five seconds, nor
// what a person worded.
func TestMachineWords(t *testing.T) {
	t.Parallel()
	const text = "Angela Merkel opened the archive in Berlin. She lost 14 files on 25 March."
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.stopped()
		w.later(time.Hour)
		quick := w.candidates(text)
		slow := w.candidates("In Bonn 99 files burnt. " + text)
		edited := w.candidates("In Kiel 12 files burnt. " + text)
		w.later(4 * time.Second)
		e := edited[len(edited)-1]
		e, err := w.Claims.Edit(ctx, w.As("reviewer-1"), e.ID, e.WordsVersion, claims.Words{Statement: "My own words."},
			false)
		w.must(err)
		w.accept(e)
		w.count("machine_words", 0, "own words")
		w.later(time.Second - micro)
		got := w.accept(quick[len(quick)-1])
		rows := w.count("machine_words", 1, "a candidate after 4.999999 s")
		if r := rows[0]; r.Claim != int64(got.ID) || r.Was != "claim" || r.Took != 5e6-1 ||
			r.Who != int64(w.As("reviewer-1").UserID) || r.WhoName != "Reviewer One" || r.Event == 0 {
			t.Errorf("%+v", r)
		}
		_, err = w.Claims.Bracket(ctx, w.As("reviewer-1"), got.ID, got.WordsVersion, w.brackets(got)[:1])
		w.must(err)
		rows = w.count("machine_words", 2, "and a bracket of it")
		if r := rows[1]; len(rows) == 2 && (r.Claim != int64(got.ID) || rows[0].Was == r.Was) {
			t.Errorf("%+v", rows)
		}
		w.later(micro)
		c := slow[len(slow)-1]
		w.accept(c)
		c, err = w.Claims.Get(ctx, w.As("reviewer-1"), c.ID)
		w.must(err)
		_, err = w.Claims.Bracket(ctx, w.As("reviewer-1"), c.ID, c.WordsVersion, w.brackets(c)[:1])
		w.must(err)
		hand := w.Claim(w.a, "The mayor left", "The mayor left.")
		if hand.State != claims.Open {
			t.Fatal("not open")
		}
		w.count("machine_words", 2, "five seconds, and by hand")
		// a claim that is reopened waits from then on; how it was accepted stays true
		w.exec("UPDATE claims SET opened_at = opened_at + 3600000000 WHERE id = ?", got.ID)
		w.count("machine_words", 2, "open anew")
	})
}

// TestAMinute: an approval 59.999999 s after the decision is hasty, one after a minute is not.
func TestAMinute(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.stopped()
		w.approved("The mayor left", "editor-1", time.Minute)
		w.count("hasty_approval", 0, "a minute")
		w.approved("It rained", "editor-1", time.Minute-micro)
		w.count("hasty_approval", 1, "a microsecond less")
	})
}

// TestAnHour: who acts in a new role within an hour, in that role, in its collection, themselves.
func TestAnHour(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.stopped()
		w.later(48 * time.Hour)
		admin := w.As("admin-1")
		other, err := w.Articles.CreateCollection(ctx, admin, articles.CollectionNew{Name: "Another"})
		w.must(err)
		person := func(name string, in auth.CollectionID, roles ...auth.Role) {
			t.Helper()
			u, err := w.Auth.CreateUser(ctx, admin, auth.NewUser{Name: name})
			w.must(err)
			for _, role := range roles {
				w.must(w.Auth.GrantRole(ctx, admin, u.ID, role, in))
			}
		}
		imports := func(name string, in auth.CollectionID, text string) {
			t.Helper()
			_, err := w.Articles.Import(ctx, w.As(name), articles.Import{Collection: in, Raw: text, Lang: "en"})
			w.must(err)
		}
		before := len(w.rows("new_role"))
		person("late", w.Collection.ID, auth.Editor)
		person("early", w.Collection.ID, auth.Editor)
		person("never", w.Collection.ID, auth.Editor)
		person("elsewhere", other.ID, auth.Editor)
		w.later(time.Hour - micro)
		imports("early", w.Collection.ID, "It rained in May.")
		rows := w.count("new_role", before+1, "a microsecond less than an hour")
		if rows[0].WhoName != "early" || rows[0].OtherName != "Admin One" || rows[0].Took != 3600e6-1 ||
			rows[0].Collection != int64(w.Collection.ID) {
			t.Errorf("%+v", rows[0])
		}
		w.later(micro)
		imports("late", w.Collection.ID, "It rained in June.")
		imports("early", w.Collection.ID, "It rained in July.")
		w.count("new_role", before+1, "an hour, and again")
		imports("elsewhere", other.ID, "It rained in August.")
		w.must(w.Auth.GrantRole(ctx, admin, w.As("elsewhere").UserID, auth.Editor, w.Collection.ID))
		imports("elsewhere", other.ID, "It rained in October.")
		w.count("new_role", before+1, "acts in the other collection")
		w.must(w.Auth.GrantRole(ctx, admin, w.As("never").UserID, auth.Reviewer, w.Collection.ID))
		imports("never", w.Collection.ID, "It rained in March.") // as editor
		w.count("new_role", before+1, "acts in the role held for long")
	})
}

// TestGapsAreCounted: 1,000 events or a day without a signature are no gap, one event or one microsecond more is.
func TestGapsAreCounted(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.stopped()
		key, err := history.OpenKey(filepath.Join(t.TempDir(), "log.key"))
		w.must(err)
		signer := history.NewSigner(db, key, nil)
		sign := func() {
			t.Helper()
			_, err := signer.Sign(ctx)
			w.must(err)
		}
		events := func(n int) {
			t.Helper()
			list := make([]history.Event, n)
			for i := range list {
				list[i] = history.Event{Action: "test.happened", Object: fmt.Sprint("test:", i)}
			}
			w.must(db.Write(ctx, func(tx *store.Tx) error {
				_, err := history.AppendAll(tx, history.Who{UserID: 6, Name: "admin-1", Via: history.CLI}, list)
				return err
			}))
		}
		sign()
		events(1000)
		w.count("checkpoint_gap", 0, "1,000 events not signed")
		sign()
		w.count("checkpoint_gap", 0, "1,000 events")
		events(1001)
		rows := w.count("checkpoint_gap", 1, "1,001 events not signed")
		sign()
		if signed := w.count("checkpoint_gap", 1, "1,001 events"); signed[0].Was != rows[0].Was ||
			signed[0].Now != rows[0].Now {
			t.Errorf("%+v, then %+v", rows, signed)
		}
		events(1)
		w.later(24 * time.Hour)
		w.count("checkpoint_gap", 1, "a day")
		w.later(micro)
		w.count("checkpoint_gap", 2, "a microsecond more")
	})
}

// TestBelowQuorum: those whose reviews were counted are fewer than the quorum now; a review that was stale then counts
// for nothing, nor does a person who is back.
func TestBelowQuorum(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		admin := w.As("admin-1")
		who := map[string]auth.UserID{}
		for _, name := range []string{"reviewer-1", "reviewer-2", "editor-1"} {
			who[name] = w.As(name).UserID
		}
		disable := func(name string) { w.must(w.Auth.DisableUser(ctx, admin, who[name], "Left the house.")) }
		enable := func(name string) { w.must(w.Auth.EnableUser(ctx, admin, who[name], "They are back.")) }
		c := w.Claim(w.a, "The mayor left", "The mayor left.")
		w.Link(c, w.b, "The minutes list 12 grants", evidence.Refutes, evidence.OfficialRecord)
		w.review("editor-1", c, claims.Disputed, review.Refuted) // goes stale
		w.Link(c, w.b, "The mayor was there", evidence.Supports, evidence.Report)
		w.review("reviewer-1", c, claims.Disputed, review.Refuted)
		c = w.review("reviewer-2", c, claims.Disputed, review.Refuted)
		if c.State != claims.Decided {
			t.Fatalf("claim is %s", c.State)
		}
		disable("editor-1") // whose review did not count
		w.count("below_quorum", 0, "a stale review's author")
		enable("editor-1")
		disable("reviewer-2")
		rows := w.count("below_quorum", 1, "one of two")
		if len(rows) == 1 && (rows[0].Who != int64(who["reviewer-2"]) || rows[0].Was != "2" || rows[0].Now != "1") {
			t.Errorf("%+v", rows[0])
		}
		enable("reviewer-2")
		w.count("below_quorum", 0, "back again")
		w.exec("UPDATE decisions SET counted = '[]'") // as an earlier program made it: all that stand are counted
		disable("reviewer-2")
		w.count("below_quorum", 0, "three reviews, nobody knows which counted")
		enable("reviewer-2")

		odd := w.Claim(w.a, "It rained", "It rained.")
		w.Link(odd, w.b, "It was dry", evidence.Refutes, evidence.OfficialRecord)
		w.review("reviewer-1", odd, claims.Disputed, review.Refuted)
		odd = w.review("reviewer-2", odd, claims.Unverified, review.Insufficient)
		_, err := w.Review.Adjudicate(ctx, w.As("editor-2"), review.Adjudication{ClaimID: odd.ID, Round: odd.Round,
			Draft: review.Draft{Verdict: claims.Unverified, Reason: review.Insufficient, Rationale: "Too little."}})
		w.must(err)
		disable("reviewer-2")
		for _, r := range w.rows("below_quorum") {
			if r.Claim == int64(odd.ID) {
				t.Errorf("decided by an adjudicator: %+v", r)
			}
		}
	})
}

// TestOwnEvidence: a review that rests on its author's own links alone, and on some.
func TestOwnEvidence(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		c := w.Claim(w.a, "The mayor left", "The mayor left.")
		w.Link(c, w.b, "The minutes list 12 grants", evidence.Refutes, evidence.OfficialRecord) // by reviewer-1
		w.review("reviewer-2", c, claims.Disputed, review.Refuted)
		w.count("own_evidence", 0, "on another's link")
		c = w.review("reviewer-1", c, claims.Disputed, review.Refuted)
		rows := w.count("own_evidence", 1, "on their own link")
		if len(rows) == 1 && (rows[0].Who != int64(w.As("reviewer-1").UserID) || rows[0].Claim != int64(c.ID)) {
			t.Errorf("%+v", rows)
		}
		both := w.Claim(w.a, "It rained", "It rained.")
		w.Link(both, w.b, "It was dry", evidence.Refutes, evidence.OfficialRecord)
		_, err := w.Evidence.Link(ctx, w.As("reviewer-2"), evidence.Link{ClaimID: both.ID, ArticleID: w.b.Article.ID,
			RevisionID: w.b.Revision.ID, Span: w.Find(w.b, "The mayor was there"), Exact: "The mayor was there",
			Stance: evidence.Refutes, Kind: evidence.Report})
		w.must(err)
		w.review("reviewer-1", both, claims.Disputed, review.Refuted)
		w.count("own_evidence", 1, "on one of each")
		none := w.Claim(w.a, "Ten said so", "Ten said so.")
		w.review("reviewer-1", none, claims.Unverified, review.NoEvidence)
		w.count("own_evidence", 1, "on nothing")
	})
}

// TestAdvisedOnly: a guard that advises and is not met; one that is met, or that refuses, leaves no row.
func TestAdvisedOnly(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db) // the guard of unverified advises, the others refuse
		c := w.Claim(w.a, "The mayor left", "The mayor left.")
		draft := review.Draft{Verdict: claims.Unverified, Reason: review.Insufficient, Rationale: "Read both."}
		draft.Searched = "minutes, archive"
		_, _, err := w.Submit("reviewer-2", c, draft)
		w.must(err)
		w.count("advised_reviews", 0, "the guard is met")
		if _, _, err := w.Submit("reviewer-1", c, review.Draft{Verdict: claims.Corroborated,
			Reason: review.OfficialRecord, Rationale: "So it is."}); err == nil {
			t.Fatal("a guard that refuses took it")
		}
		w.count("advised_reviews", 0, "the guard refused")
		draft.Searched = ""
		_, _, err = w.Submit("reviewer-1", c, draft)
		w.must(err)
		rows := w.count("advised_reviews", 1, "the guard advised")
		if len(rows) == 1 && rows[0].Who != int64(w.As("reviewer-1").UserID) {
			t.Errorf("%+v", rows)
		}
		w.count("advised_decisions", 0, "decided by the rule")
	})
}

// TestPrintedProtected: an item that stood in the set when it was frozen, and whose source is protected.
func TestPrintedProtected(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		outside := func(c claims.Claim, url string) evidence.Item {
			t.Helper()
			it, err := w.Evidence.Link(ctx, w.As("reviewer-1"), evidence.Link{ClaimID: c.ID, URL: url,
				Title: "A letter", ReadOn: "2026-03-01", Exact: "They said so.", Lang: "en", Stance: evidence.Refutes,
				Kind: evidence.OfficialRecord})
			w.must(err)
			return it
		}
		decide := func(c claims.Claim) claims.Claim {
			t.Helper()
			w.review("reviewer-1", c, claims.Disputed, review.Refuted)
			return w.approve(w.review("reviewer-2", c, claims.Disputed, review.Refuted), "editor-1", review.Refuted)
		}
		protect := func(it evidence.Item) {
			t.Helper()
			_, err := w.Evidence.Protect(ctx, w.As("editor-1"), it.ID, it.Version, "They would be in danger.")
			w.must(err)
		}
		unlink := func(it evidence.Item) {
			t.Helper()
			_, err := w.Evidence.Unlink(ctx, w.As("reviewer-1"), it.ID, it.Version, "A mistake.")
			w.must(err)
		}
		printed, other := w.Claim(w.a, "The mayor left", "The mayor left."), w.Claim(w.a, "It rained", "It rained.")
		before, open := outside(printed, "https://example.org/a"), outside(printed, "https://example.org/b")
		gone := outside(printed, "https://example.org/c")
		elsewhere := outside(other, "https://example.org/d")
		protect(gone)
		gone, err := w.Evidence.Unprotect(ctx, w.As("editor-1"), gone.ID, gone.Version+1)
		w.must(err)
		unlink(gone)
		protect(before)
		printed, _ = decide(printed), decide(other)
		w.count("protected_source", 0, "nothing is printed")
		set := w.frozen(printed.ID)
		printed, err = w.Review.Reopen(ctx, w.As("editor-2"), printed.ID, printed.Version, "New letters came.")
		w.must(err)
		late := outside(printed, "https://example.org/e")
		rows := w.count("protected_source", 1, "printed as protected")
		if len(rows) == 1 && (rows[0].Set != int64(set.ID) || rows[0].Was != "printed as protected" ||
			rows[0].Object != fmt.Sprint("evidence:", before.ID)) {
			t.Errorf("%+v", rows[0])
		}
		protect(elsewhere)
		protect(late)
		w.count("protected_source", 1, "not printed")
		protect(open)
		rows = w.count("protected_source", 2, "protected since")
		if rows[0].Was != "printed openly, protected since" {
			t.Errorf("%+v", rows[0])
		}
	})
}
