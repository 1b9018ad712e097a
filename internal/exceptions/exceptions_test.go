package exceptions_test

import (
	"bytes"
	"encoding/csv"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
	"claimbench/internal/exceptions"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

var ctx = roomtest.Ctx()

// world is a collection in which every rule but one finds something; what the guards refuse is written past them.
type world struct {
	*roomtest.World
	at time.Time
	a  articles.Imported // the article of the claims
	b  articles.Imported // and that of the evidence
}

func newWorld(t *testing.T, db *store.DB) *world {
	t.Helper()
	w := &world{at: time.Date(2026, 3, 4, 5, 0, 0, 0, time.UTC)}
	db.SetClock(func() time.Time { w.at = w.at.Add(time.Second); return w.at })
	quorum := 2
	w.World = roomtest.New(t, db, articles.CollectionNew{Quorum: &quorum,
		Advice: []articles.Guard{articles.GuardUnverified}})
	w.a = w.Article(articles.Import{Raw: "Twelve grants were approved. The mayor left. Nine aides stayed. It rained. " +
		"Ten said so.", Lang: "en"})
	w.b = w.Article(articles.Import{Raw: "The minutes list 12 grants. The mayor was there. It was dry.", Lang: "en"})
	return w
}

func (w *world) must(err error) {
	w.T.Helper()
	if err != nil {
		w.T.Fatal(err)
	}
}

func (w *world) review(who string, c claims.Claim, v claims.Verdict, reason review.Reason) claims.Claim {
	w.T.Helper()
	d := review.Draft{Verdict: v, Reason: reason, Rationale: "Read both.", Searched: "minutes, archive"}
	if v == claims.Unverified {
		d.Evidence = review.EvidenceIDs{}
	}
	_, c, err := w.Submit(who, c, d)
	w.must(err)
	return c
}

// decided decides a claim as disputed on what reviewer-1 linked, and approves it after a while.
func (w *world) approved(exact string, by string, after time.Duration) claims.Claim {
	w.T.Helper()
	c := w.Claim(w.a, exact, exact+".")
	w.Link(c, w.b, "The minutes list 12 grants", evidence.Refutes, evidence.OfficialRecord)
	w.review("reviewer-1", c, claims.Disputed, review.Refuted)
	c = w.review("reviewer-2", c, claims.Disputed, review.Refuted)
	w.at = w.at.Add(after)
	return w.approve(c, by, review.Refuted)
}

func (w *world) approve(c claims.Claim, by string, reason review.Reason) claims.Claim {
	w.T.Helper()
	v, err := w.Desk.Reviewing(ctx, w.As(by), c.ID)
	w.must(err)
	c, err = w.Review.Approve(ctx, w.As(by), review.Approval{ClaimID: c.ID,
		Version: v.Rounds[len(v.Rounds)-1].Decision.Version, Reason: reason, Explanation: "So the minutes say."})
	w.must(err)
	return c
}

func (w *world) frozen(of ...claims.ID) claimset.Set {
	w.T.Helper()
	ed := w.As("editor-1")
	set, err := w.Sets.Create(ctx, ed, w.Collection.ID, "In print")
	w.must(err)
	set, err = w.Sets.Add(ctx, ed, set.ID, set.Version, of)
	w.must(err)
	set, err = w.Sets.Freeze(ctx, ed, set.ID, set.Version)
	w.must(err)
	return set
}

func (w *world) scope(who string) exceptions.Scope {
	w.T.Helper()
	s, err := exceptions.ScopeOf(w.Policy, w.As(who), w.DB.Now())
	w.must(err)
	return s
}

// page gives all rows of a rule by pages of two, so that a row that a page leaves out is missed.
func (w *world) page(rule exceptions.Name, s exceptions.Scope) (out []exceptions.Row) {
	w.T.Helper()
	r, err := exceptions.Find(rule)
	w.must(err)
	w.must(w.DB.Read(ctx, func(rx *store.Rx) error {
		for at := (&exceptions.Place{}); at != nil; {
			rows, next, err := exceptions.Page(rx, r, s, *at, 2)
			if err != nil {
				return err
			}
			out, at = append(out, rows...), next
		}
		return nil
	}))
	return out
}

func (w *world) exec(statement string, args ...any) {
	w.T.Helper()
	w.must(w.DB.Write(ctx, func(tx *store.Tx) error { return tx.Gorm().Exec(statement, args...).Error }))
}

func (w *world) hold(rule exceptions.Name, want ...string) {
	w.T.Helper()
	r, err := exceptions.Find(rule)
	w.must(err)
	var got []string
	for _, row := range w.page(rule, w.scope("auditor-1")) {
		fields := r.Fields(row)
		delete(fields, "at")
		delete(fields, "event")
		var parts []string
		for _, c := range r.Columns {
			if v := fields[c.Name]; v != "" {
				parts = append(parts, c.Name+" "+v)
			}
		}
		got = append(got, strings.Join(parts, ", "))
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		w.T.Errorf("%s:\n%s\nwant\n%s", rule, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestEveryRule plays what each rule is about, and wants the rows that it should have and no other.
func TestEveryRule(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.hold("hasty_approval")
		printed := w.approved("Twelve grants were approved", "editor-1", time.Hour) // 1
		hasty := w.approved("The mayor left", "editor-1", 30*time.Second)           // 2
		set, second := w.frozen(printed.ID, hasty.ID), w.frozen(printed.ID)
		if set.ID == second.ID {
			t.Fatal("one set")
		}
		w.hold("reopened")
		again, err := w.Review.Reopen(ctx, w.As("editor-2"), printed.ID, printed.Version, "New minutes came to light.")
		w.must(err)
		w.hold("verdict_changed")
		w.review("reviewer-1", again, claims.Unverified, review.Insufficient)
		again = w.review("reviewer-2", again, claims.Disputed, review.Refuted)
		again, err = w.Review.Adjudicate(ctx, w.As("editor-2"), review.Adjudication{ClaimID: again.ID,
			Round: again.Round, Draft: review.Draft{Verdict: claims.Unverified, Reason: review.Insufficient,
				Rationale: "Too little."}})
		w.must(err)
		w.hold("hasty_approval", "claim 2, becomes disputed, seconds 31, other Editor One (user 3)")
		w.hold("reopened", "claim 1, set 2, who Editor Two (user 4)", "claim 1, set 1, who Editor Two (user 4)")
		w.hold("verdict_changed",
			"claim 1, set 2, was disputed, becomes unverified, who Editor Two (user 4)",
			"claim 1, set 1, was disputed, becomes unverified, who Editor Two (user 4)")
		w.hold("overruled",
			"claim 1, was disputed, becomes unverified, who Reviewer Two (user 2), other Editor Two (user 4)")
		w.hold("advised_decisions", "claim 1, was unverified, becomes unverified, who Editor Two (user 4)")
		w.hold("advised_reviews")
		w.hold("own_evidence", "claim 2, becomes disputed, who Reviewer One (user 1)",
			"claim 1, becomes disputed, who Reviewer One (user 1)")

		w.hold("same_person")
		w.hold("reviewer_approved")
		own := w.Claim(w.a, "Nine aides stayed", "Nine aides stayed.") // 3
		_, own, err = w.Submit("editor-1", own, review.Draft{Verdict: claims.Unverified, Reason: review.Insufficient,
			Rationale: "Nothing."})
		w.must(err)
		own = w.review("reviewer-2", own, claims.Unverified, review.Insufficient)
		w.hold("advised_reviews", "claim 3, was unverified, becomes unverified, who Editor One (user 3)")
		own = w.approve(own, "editor-1", review.Insufficient)
		w.hold("reviewer_approved", "claim 3, who Editor One (user 3)")
		w.exec("UPDATE decisions SET adjudicator_id = 2, approver_id = 2, counted = '[2]' WHERE claim_id = ?", own.ID)
		w.hold("same_person",
			"claim 3, was approved as the only reviewer, who Reviewer Two (user 2)",
			"claim 3, was approved what they had adjudicated, who Reviewer Two (user 2)",
			"claim 3, was adjudicated what they had reviewed, who Reviewer Two (user 2)")
		w.hold("reviewer_approved")

		w.hold("below_quorum")
		w.must(w.Auth.DisableUser(ctx, w.As("admin-1"), w.As("reviewer-1").UserID, "Left the house."))
		w.hold("below_quorum", "claim 2, was 2, becomes 1, who Reviewer One (user 1)")

		w.hold("taken_down")
		w.must(w.Articles.TakeDown(ctx, w.As("editor-1"), w.b.Article.ID, w.b.Article.Version, "Court order."))
		w.hold("taken_down", "object article:2, who Editor One (user 3)")
		w.hold("erased")
		w.must(w.DB.Write(ctx, func(tx *store.Tx) error {
			_, err := history.Erase(tx, history.Who{UserID: 6, Name: "admin-1", Via: history.CLI},
				claims.Object(own.ID), "statement", "It named a child.")
			return err
		}))
		if rows := w.page("erased", w.scope("auditor-1")); len(rows) == 0 ||
			!strings.HasSuffix(rows[0].Object, "/statement") || rows[0].Claim != 0 {
			t.Errorf("erased: %+v", rows)
		}
		w.countsAsPages()
	})
}

// countsAsPages wants the counts of the overview to be those of the pages.
func (w *world) countsAsPages() {
	w.T.Helper()
	for _, who := range []string{"auditor-1"} {
		var counts []exceptions.Counted
		w.must(w.DB.Read(ctx, func(rx *store.Rx) (err error) {
			counts, err = exceptions.Count(rx, w.scope(who))
			return err
		}))
		if len(counts) != len(exceptions.Rules()) {
			w.T.Errorf("%d rules are counted", len(counts))
		}
		for _, c := range counts {
			if n := len(w.page(c.Name, w.scope(who))); int64(n) != c.Rows || c.More {
				w.T.Errorf("%s: %d counted, %d there", c.Name, c.Rows, n)
			}
		}
	}
}

// TestRolesAndGaps: a role that is used at once, and signatures that were missing.
func TestRolesAndGaps(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		key, err := history.OpenKey(filepath.Join(t.TempDir(), "log.key"))
		w.must(err)
		signer := history.NewSigner(db, key, nil)
		_, err = signer.Sign(ctx)
		w.must(err)
		w.hold("checkpoint_gap")
		admin := w.As("admin-1")
		made, err := w.Auth.CreateUser(ctx, admin, auth.NewUser{Name: "mina"})
		w.must(err)
		before := len(w.page("new_role", w.scope("auditor-1")))
		w.must(w.Auth.GrantRole(ctx, admin, made.ID, auth.Editor, w.Collection.ID))
		w.at = w.at.Add(20 * time.Minute)
		_, err = w.Articles.Import(ctx, w.As("mina"), articles.Import{Collection: w.Collection.ID, Raw: "It rained.",
			Lang: "en"})
		w.must(err)
		rows := w.page("new_role", w.scope("auditor-1"))
		if len(rows) != before+1 || rows[0].Now != "editor" || rows[0].WhoName != "mina" ||
			rows[0].OtherName != "Admin One" || rows[0].Took < 20*60e6 || rows[0].Took > 21*60e6 {
			t.Errorf("%d before, now %+v", before, rows)
		}
		w.at = w.at.Add(25 * time.Hour)
		if rows = w.page("checkpoint_gap", w.scope("auditor-1")); len(rows) != 1 || rows[0].Took < 25*3600e6 {
			t.Errorf("not signed yet: %+v", rows)
		}
		_, err = signer.Sign(ctx)
		w.must(err)
		if rows = w.page("checkpoint_gap", w.scope("auditor-1")); len(rows) != 1 || rows[0].Was == "1" {
			t.Errorf("signed late: %+v", rows)
		}
	})
}

// TestScope: an auditor of one collection is asked of nothing else; others are refused.
func TestScope(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.approved("The mayor left", "editor-1", 30*time.Second)
		admin := w.As("admin-1")
		other, err := w.Articles.CreateCollection(ctx, admin, articles.CollectionNew{Name: "Another"})
		w.must(err)
		for name, in := range map[string]auth.CollectionID{"here": w.Collection.ID, "there": other.ID} {
			u, err := w.Auth.CreateUser(ctx, admin, auth.NewUser{Name: name})
			w.must(err)
			w.must(w.Auth.GrantRole(ctx, admin, u.ID, auth.Auditor, in))
		}
		if n := len(w.page("hasty_approval", w.scope("here"))); n != 1 {
			t.Errorf("%d rows of their own collection", n)
		}
		for _, r := range exceptions.Rules() {
			if rows := w.page(r.Name, w.scope("there")); len(rows) > 0 && r.Name != "new_role" {
				t.Errorf("%s shows rows of another collection: %+v", r.Name, rows)
			}
			for _, row := range w.page(r.Name, w.scope("here")) {
				if row.Collection != int64(w.Collection.ID) {
					t.Errorf("%s shows a row of collection %d", r.Name, row.Collection)
				}
			}
		}
		if _, err := exceptions.ScopeOf(w.Policy, w.As("editor-1"), 0); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("an editor: %v", err)
		}
		var b bytes.Buffer
		err = w.Audits.Write(ctx, &b, exceptions.Ask{Form: exceptions.Signed, Scope: w.scope("here")})
		if fault.KindOf(err) != fault.Forbidden || b.Len() > 0 {
			t.Errorf("a signed report for an auditor of one collection: %v", err)
		}
	})
}

// TestSavedReport: a report is checked without a database, and every byte that is changed is noticed.
func TestSavedReport(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	w := newWorld(t, db)
	w.approved("The mayor left", "editor-1", 30*time.Second)
	key, err := history.OpenKey(filepath.Join(t.TempDir(), "log.key"))
	w.must(err)
	verifier, err := history.ParsePublicKey(key.Public())
	w.must(err)
	service := exceptions.New(db, w.Policy, history.NewSigner(db, key, nil))
	var b bytes.Buffer
	w.must(service.Write(ctx, &b, exceptions.Ask{Form: exceptions.Signed, Scope: service.Everything(),
		By: "auditor-1"}))
	report := b.Bytes()
	found, err := exceptions.Check(report, verifier)
	if err != nil || !found.Signed || found.Rows["hasty_approval"] != 1 || found.By != "auditor-1" ||
		found.Checkpoint.Size == 0 {
		t.Fatalf("%+v, %v", found, err)
	}
	for i := 0; i < len(report); i += 7 {
		changed := bytes.Clone(report)
		changed[i] ^= 1
		if _, err := exceptions.Check(changed, verifier); err == nil {
			t.Fatalf("byte %d was changed, and nobody noticed: %q", i, changed[max(0, i-20):min(len(changed), i+20)])
		}
	}
	for _, cut := range []int{1, 50, len(report) / 2} {
		if _, err := exceptions.Check(report[:len(report)-cut], verifier); err == nil {
			t.Errorf("%d bytes were cut, and nobody noticed", cut)
		}
	}
	other, err := history.OpenKey(filepath.Join(t.TempDir(), "other.key"))
	w.must(err)
	strange, err := history.ParsePublicKey(other.Public())
	w.must(err)
	if _, err := exceptions.Check(report, strange); err == nil {
		t.Error("another key")
	}
	if found, err := exceptions.Check(report); err != nil || found.Signed {
		t.Errorf("without a key: %+v, %v", found, err)
	}
	if _, err := history.ParseCheckpoint([]byte(sealOf(report)), []note.Verifier{verifier}...); err == nil {
		t.Error("the signature of a report passes for a checkpoint")
	}
	w.csvHasNoFormula(service)
}

func sealOf(report []byte) string {
	lines := strings.Split(strings.TrimSpace(string(report)), "\n")
	last := strings.TrimSuffix(strings.TrimPrefix(lines[len(lines)-1], `{"signature":"`), `"}`)
	return strings.ReplaceAll(last, `\n`, "\n")
}

func (w *world) csvHasNoFormula(service *exceptions.Service) {
	w.T.Helper()
	_, err := w.Auth.SetDisplay(ctx, w.As("editor-1"), "=1+2")
	w.must(err)
	var b bytes.Buffer
	w.must(service.Write(ctx, &b, exceptions.Ask{Form: exceptions.CSV, Scope: service.Everything()}))
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\ufeff"))).ReadAll()
	w.must(err)
	if len(rows) < 2 {
		w.T.Fatal("no rows")
	}
	for _, row := range rows {
		for _, cell := range row {
			if strings.HasPrefix(cell, "=") {
				w.T.Errorf("a formula: %q", cell)
			}
		}
	}
}
