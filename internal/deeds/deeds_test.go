package deeds_test

import (
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/deeds"
	deskroom "claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// desk is a world with an article that has candidates, and another to link.
type desk struct {
	*roomtest.World
	t     *testing.T
	one   articles.Imported
	other articles.Imported
}

const raw = "The bridge in Ghent fell on 3 March 2021. Twelve people were hurt, the mayor said. The council had " +
	"closed it for repairs in 2019."

func newDesk(t *testing.T, db *store.DB) desk {
	t.Helper()
	w := roomtest.New(t, db, articles.CollectionNew{})
	return desk{w, t, w.Article(articles.Import{Source: "Gazette", Lang: "en", Raw: raw}),
		w.Article(articles.Import{Source: "Courier", Lang: "en", Raw: "Twelve were hurt when it fell. Nobody died."})}
}

// candidate makes a rejected or waiting candidate of the article: the machine's own.
func (d desk) candidates() []claims.Claim {
	d.t.Helper()
	if _, err := d.Claims.Extract(roomtest.Ctx(), d.As("editor-1"), d.one.Article.ID); err != nil {
		d.t.Fatal(err)
	}
	var out []claims.Claim
	if err := d.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		return r.Gorm().Where("state = ?", claims.Candidate).Order("id").Find(&out).Error
	}); err != nil {
		d.t.Fatal(err)
	}
	if len(out) < 2 {
		d.t.Fatalf("only %d candidates", len(out))
	}
	return out
}

func (d desk) now(id claims.ID) claims.Claim {
	d.t.Helper()
	c, err := d.Claims.Get(roomtest.Ctx(), d.As("auditor-1"), id)
	if err != nil {
		d.t.Fatal(err)
	}
	return c
}

func (d desk) ask() deeds.Ask { return deeds.Ask{Collection: d.Collection.ID} }

func (d desk) undo(who string) deeds.Deed {
	d.t.Helper()
	out, err := d.Deeds.Undo(roomtest.Ctx(), d.As(who), d.ask())
	if err != nil {
		d.t.Fatalf("undo by %s: %v", who, err)
	}
	return out
}

func (d desk) redo(who string) deeds.Deed {
	d.t.Helper()
	out, err := d.Deeds.Redo(roomtest.Ctx(), d.As(who), d.ask())
	if err != nil {
		d.t.Fatalf("redo by %s: %v", who, err)
	}
	return out
}

// refused wants an undo to be refused with words.
func (d desk) refused(who string, words ...string) {
	d.t.Helper()
	_, err := d.Deeds.Undo(roomtest.Ctx(), d.As(who), d.ask())
	if fault.KindOf(err) != fault.Conflict {
		d.t.Fatalf("undo by %s gives %v, want a conflict", who, err)
	}
	for _, w := range words {
		if !strings.Contains(fault.Message(err), w) {
			d.t.Errorf("undo by %s says %q, which lacks %q", who, fault.Message(err), w)
		}
	}
}

func (d desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func TestUndoOfCandidates(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		ctx, all := roomtest.Ctx(), d.candidates()
		a, b := all[0], all[1]
		_, err := d.Claims.Accept(ctx, d.As("reviewer-1"), a.ID, a.Version)
		d.must(err)
		_, err = d.Claims.Reject(ctx, d.As("reviewer-1"), b.ID, b.Version, "opinion")
		d.must(err)
		if got := d.undo("reviewer-1"); got.Kind != "candidate.rejected" || d.now(b.ID).State != claims.Candidate {
			t.Errorf("undone %s, claim %s", got.Kind, d.now(b.ID).State)
		}
		d.undo("reviewer-1")
		if c := d.now(a.ID); c.State != claims.Candidate || c.Round != 1 || c.OpenedBy != nil {
			t.Errorf("an acceptance taken back leaves %s, round %d", c.State, c.Round)
		}
		d.refused("reviewer-1", "nothing here")
		d.redo("reviewer-1")
		d.redo("reviewer-1")
		if x, y := d.now(a.ID), d.now(b.ID); x.State != claims.Open || x.Round != 1 || y.State != claims.Rejected {
			t.Errorf("done again: %s and %s", x.State, y.State)
		}
		if _, err := d.Deeds.Redo(ctx, d.As("reviewer-1"), d.ask()); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a third redo gives %v", err)
		}
		d.undo("reviewer-1")
		_, err = d.Claims.Accept(ctx, d.As("reviewer-1"), b.ID, d.now(b.ID).Version)
		d.must(err)
		if _, err := d.Deeds.Redo(ctx, d.As("reviewer-1"), d.ask()); fault.KindOf(err) != fault.Conflict {
			t.Errorf("redo after another act gives %v", err)
		}
		d.Verify()
	})
}

func TestUndoSaysWhatWasBuiltOnIt(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		ctx, all := roomtest.Ctx(), d.candidates()
		a, b := all[0], all[1]
		c, err := d.Claims.Accept(ctx, d.As("reviewer-1"), a.ID, a.Version)
		d.must(err)
		it, err := d.Evidence.Link(ctx, d.As("reviewer-2"), evidence.Link{ClaimID: c.ID, ArticleID: d.other.Article.ID,
			RevisionID: d.other.Revision.ID, Span: d.Find(d.other, "Twelve were hurt"), Stance: evidence.Supports})
		d.must(err)
		d.refused("reviewer-1", "built on it", "evidence was linked")
		_, err = d.Evidence.Unlink(ctx, d.As("reviewer-2"), it.ID, it.Version, "")
		d.must(err)
		_, err = d.Claims.Edit(ctx, d.As("reviewer-2"), c.ID, 1, claims.Words{Statement: "The bridge fell."}, false)
		d.must(err)
		d.refused("reviewer-1", "built on it", "edited it since")
		_, err = d.Claims.Reject(ctx, d.As("editor-1"), b.ID, b.Version, "opinion")
		d.must(err)
		_, err = d.Claims.Restore(ctx, d.As("reviewer-2"), b.ID, b.Version+1)
		d.must(err)
		d.refused("editor-1", "restored it since")
		d.Verify()
	})
}

// TestUndoOfTwoTabs names the deed that a tab saw: the second press of the same key takes nothing else back.
func TestUndoOfTwoTabs(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		ctx, all, me := roomtest.Ctx(), d.candidates(), d.As("reviewer-1")
		for _, c := range all[:2] {
			_, err := d.Claims.Accept(ctx, me, c.ID, c.Version)
			d.must(err)
		}
		var last *deeds.Deed
		d.must(d.DB.Read(ctx, func(r *store.Rx) (err error) {
			last, _, err = deeds.Last(r, me.UserID, d.Collection.ID)
			return err
		}))
		ask := deeds.Ask{Collection: d.Collection.ID, N: last.N}
		_, err := d.Deeds.Undo(ctx, me, ask)
		d.must(err)
		if _, err := d.Deeds.Undo(ctx, me, ask); !fault.IsStale(err) || !strings.Contains(fault.Message(err),
			"taken back already") {
			t.Errorf("the second tab is told %v", err)
		}
		if c := d.now(all[0].ID); c.State != claims.Open {
			t.Errorf("the second tab took back another act: %s", c.State)
		}
		if _, err := d.Deeds.Undo(ctx, d.As("reviewer-2"), ask); fault.KindOf(err) != fault.NotFound {
			t.Errorf("another person's act is %v", err)
		}
		if _, err := d.Deeds.Undo(ctx, d.As("reviewer-2"), d.ask()); fault.KindOf(err) != fault.Conflict {
			t.Errorf("somebody who did nothing is told %v", err)
		}
	})
}

func TestUndoOfEvidence(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		c := d.Claim(d.one, "Twelve people were hurt", "Twelve people were hurt.")
		it := d.Link(c, d.other, "Twelve were hurt", evidence.Supports, evidence.OfficialRecord)
		d.undo("reviewer-1")
		linked := func() int {
			items, err := d.Evidence.ForClaim(roomtest.Ctx(), d.As("auditor-1"), c.ID)
			d.must(err)
			return len(items)
		}
		if linked() != 0 {
			t.Error("an undone link is still there")
		}
		d.redo("reviewer-1")
		_, _, err := d.Submit("reviewer-1", c, review.Draft{Verdict: claims.Corroborated, Reason: review.Reason(
			"official_record"), Rationale: "It says so."})
		d.must(err)
		_, err = d.Evidence.Unlink(roomtest.Ctx(), d.As("reviewer-2"), it.ID, it.Version+2, "")
		d.must(err)
		d.undo("reviewer-2")
		if linked() != 1 {
			t.Error("an undone unlinking left it away")
		}
		_, now, err := d.Submit("reviewer-2", c, review.Draft{Verdict: claims.Corroborated, Reason: review.Reason(
			"official_record"), Rationale: "It says so."})
		d.must(err)
		if now.State != claims.Decided {
			t.Errorf("the first review does not count again: %s", now.State)
		}
		d.Verify()
	})
}

var unverified = review.Draft{Verdict: claims.Unverified, Reason: "insufficient", Searched: "All papers.",
	Evidence: []evidence.ID{}}

func TestUndoOfAReview(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		ctx := roomtest.Ctx()
		c := d.Claim(d.one, "Twelve people were hurt", "Twelve people were hurt.")
		_, _, err := d.Submit("reviewer-1", c, unverified)
		d.must(err)
		second := unverified
		second.Rationale = "Looked twice."
		_, _, err = d.Submit("reviewer-1", c, second)
		d.must(err)
		d.undo("reviewer-1")
		standing := func() (out []review.Review) {
			d.must(d.DB.Read(ctx, func(r *store.Rx) error {
				return r.Gorm().Where("claim_id = ? AND superseded_at IS NULL", c.ID).Find(&out).Error
			}))
			return out
		}
		if s := standing(); len(s) != 1 || s[0].Rationale != "" {
			t.Errorf("after the second was taken back there stand %+v", s)
		}
		d.undo("reviewer-1")
		if s := standing(); len(s) != 0 {
			t.Errorf("after both were taken back there stand %+v", s)
		}
		d.must(d.DB.Read(ctx, func(r *store.Rx) error {
			u, err := review.UnsentOf(r, d.As("reviewer-1").UserID, c)
			if err == nil && (u == nil || u.Rationale != "Looked twice." || u.Verdict != claims.Unverified) {
				t.Errorf("what was typed is not there again: %+v", u)
			}
			return err
		}))
		_, now, err := d.Submit("reviewer-2", c, unverified)
		d.must(err)
		if now.State != claims.Open {
			t.Errorf("a review that was taken back counts: %s", now.State)
		}
		d.redo("reviewer-1")
		if now := d.now(c.ID); now.State != claims.Decided {
			t.Errorf("a review given again does not close the round: %s", now.State)
		}
		d.refused("reviewer-1", "closed", "reopen")
		d.refused("reviewer-2", "closed", "reopen")
		d.Verify()
	})
}

// TestUndoOfAReviewTellsNothing takes a review back with and without another's: the answers are the same.
func TestUndoOfAReviewTellsNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		three := d.Collection
		three.Quorum = 3
		var err error
		d.Collection, err = d.Articles.SetRules(roomtest.Ctx(), d.As("admin-1"), three)
		d.must(err)
		c := d.Claim(d.one, "Twelve people were hurt", "Twelve people were hurt.")
		e := d.Claim(d.one, "The council had closed", "The council had closed it.")
		_, _, err = d.Submit("reviewer-2", c, unverified)
		d.must(err)
		for _, x := range []claims.Claim{c, e} {
			_, _, err = d.Submit("reviewer-1", x, unverified)
			d.must(err)
		}
		with, without := d.undo("reviewer-1"), d.undo("reviewer-1")
		if a, b := d.now(e.ID), d.now(c.ID); a.State != b.State || a.Version != b.Version {
			t.Errorf("claims differ: %s %d, %s %d", a.State, a.Version, b.State, b.Version)
		}
		if with.Kind != without.Kind || with.State != without.State || with.Version != without.Version {
			t.Errorf("answers differ: %+v, %+v", with, without)
		}
		d.must(d.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
			seen, err := history.List(r, history.Filter{ActionPrefix: "review.withdrawn",
				Viewer: history.Viewer{UserID: int64(d.As("reviewer-2").UserID)}})
			if err == nil && len(seen) != 0 {
				t.Errorf("another sees %d events of it", len(seen))
			}
			return err
		}))
		d.Verify()
	})
}

func TestWhatIsUndoneByItsOwnActs(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		ctx := roomtest.Ctx()
		c := d.Claim(d.one, "Twelve people were hurt", "Twelve people were hurt.")
		for _, who := range []string{"reviewer-1", "reviewer-2"} {
			_, _, err := d.Submit(who, c, unverified)
			d.must(err)
		}
		_, err := d.Review.Approve(ctx, d.As("editor-1"), review.Approval{ClaimID: c.ID, Version: 1,
			Reason: "insufficient", Explanation: "Nothing settles it."})
		d.must(err)
		d.refused("editor-1", "approved claim", "reopen")
		_, err = d.Review.Reopen(ctx, d.As("editor-1"), c.ID, d.now(c.ID).Version, "a new source")
		d.must(err)
		d.refused("editor-1", "reopened claim")
		d.Verify()
	})
}

// TestUndoLetsTheRoundGoOn: a round rests while the claim is not open, and goes on: nobody reads what is hidden in it,
// and nothing of the claim differs from one that nobody reviewed.
func TestUndoLetsTheRoundGoOn(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		ctx, both := roomtest.Ctx(), d.candidates()[:2]
		for i, c := range both {
			_, err := d.Claims.Accept(ctx, d.As("reviewer-1"), c.ID, c.Version)
			d.must(err)
			if i == 0 {
				_, err = d.Claims.AddComment(ctx, d.As("reviewer-2"), c.ID, "Which bridge?")
				d.must(err)
				_, _, err = d.Submit("reviewer-2", d.now(c.ID), unverified)
				d.must(err)
			}
			d.undo("reviewer-1")
			d.blindTo("reviewer-1", c.ID)
			d.redo("reviewer-1")
			d.blindTo("reviewer-1", c.ID)
			now := d.now(c.ID)
			_, err = d.Claims.Withdraw(ctx, d.As("reviewer-1"), c.ID, now.Version, "said twice")
			d.must(err)
			d.blindTo("reviewer-1", c.ID)
			d.undo("reviewer-1")
			d.blindTo("reviewer-1", c.ID)
			if now := d.now(c.ID); now.Round != 1 || now.State != claims.Open || now.Version != c.Version+5 {
				t.Errorf("claim %d is %s in round %d, version %d", i, now.State, now.Round, now.Version)
			}
		}
		_, now, err := d.Submit("reviewer-1", d.now(both[0].ID), unverified)
		d.must(err)
		if now.State != claims.Decided {
			t.Errorf("the review before the undo does not count: %s", now.State)
		}
		said, _, err := d.Claims.Comments(ctx, d.As("reviewer-1"), both[0].ID, "")
		if err != nil || len(said) != 1 {
			t.Errorf("after the round %d comments are shown: %v", len(said), err)
		}
		d.Verify()
	})
}

// blindTo wants a person to see no round, review or comment of others in a claim, and no event of them.
func (d desk) blindTo(who string, id claims.ID) {
	d.t.Helper()
	ctx := roomtest.Ctx()
	v, err := d.Desk.Reviewing(ctx, d.As(who), id)
	d.must(err)
	for _, rd := range v.Rounds {
		if !rd.Unknown || rd.N != 1 {
			d.t.Errorf("%s sees round %+v of a claim that is %s", who, rd, v.Claim.State)
		}
	}
	if said, _, err := d.Claims.Comments(ctx, d.As(who), id, ""); err != nil || len(said) != 0 {
		d.t.Errorf("%s sees %d comments: %v", who, len(said), err)
	}
	for _, action := range []string{"round.", "review.", "comment."} {
		p, err := d.Desk.Past(ctx, d.As(who), deskroom.PastAsk{Action: action})
		if d.must(err); len(p.Events) != 0 {
			d.t.Errorf("%s sees %d events %s", who, len(p.Events), action)
		}
	}
}

// TestUndoAsksThePermissionAgain takes the role away between the act and its undoing.
func TestUndoAsksThePermissionAgain(t *testing.T) {
	t.Parallel()
	d := newDesk(t, storetest.SQLite(t))
	c := d.candidates()[0]
	me := d.As("reviewer-1")
	_, err := d.Claims.Accept(roomtest.Ctx(), me, c.ID, c.Version)
	d.must(err)
	me.Grants = []auth.Grant{{Role: auth.Auditor}}
	if _, err := d.Deeds.Undo(roomtest.Ctx(), me, d.ask()); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("without the role it is %v", err)
	}
}
