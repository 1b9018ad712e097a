package deeds_test

import (
	"fmt"
	"slices"
	"testing"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	deskroom "claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// glosses reads the glosses of a claim as people read them.
func (d desk) glosses(id claims.ID) (out []string) {
	d.t.Helper()
	for _, g := range d.now(id).Glosses {
		by := "nobody"
		if g.ConfirmedBy != nil {
			by = fmt.Sprint(*g.ConfirmedBy)
		}
		out = append(out, fmt.Sprintf("%s %q by %d, confirmed by %s", g.Lang, g.Words, g.AuthorID, by))
	}
	return out
}

// backAndForth takes the last act of somebody back and does it again, twice, and wants what read gives to be as it was
// before the act, and as it was after it.
func (d desk) backAndForth(who string, read func() string, act func()) {
	d.t.Helper()
	before := read()
	act()
	after := read()
	if before == after {
		d.t.Fatalf("the act changes nothing of %s", before)
	}
	for range 2 {
		d.undo(who)
		if now := read(); now != before {
			d.t.Errorf("taken back it is\n%s, was\n%s", now, before)
		}
		d.redo(who)
		if now := read(); now != after {
			d.t.Errorf("done again it is\n%s, was\n%s", now, after)
		}
	}
}

func TestUndoOfGlosses(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		ctx, me, other := roomtest.Ctx(), d.As("reviewer-1"), d.As("reviewer-2")
		c := d.Claim(d.one, "Twelve people were hurt", "Twelve people were hurt.")
		version := func() (v int64) {
			for _, g := range d.now(c.ID).Glosses {
				v = g.Version
			}
			return v
		}
		set := func(words string) func() {
			return func() {
				_, err := d.Claims.SetGloss(ctx, me, c.ID, "fr", words, version())
				d.must(err)
			}
		}
		read := func() string {
			found, err := d.Claims.List(ctx, me, claims.Filter{Collection: d.Collection.ID, Text: "douze"})
			d.must(err)
			return fmt.Sprint(d.glosses(c.ID), len(found.Claims))
		}
		d.backAndForth("reviewer-1", read, set("Douze blessés."))
		d.backAndForth("reviewer-1", read, set("Une douzaine."))
		for range 2 { // both back, and both again
			d.undo("reviewer-1")
			d.undo("reviewer-1")
			if got := d.glosses(c.ID); len(got) != 0 {
				t.Errorf("both taken back, there is %v", got)
			}
			d.redo("reviewer-1")
			d.redo("reviewer-1")
		}
		d.backAndForth("reviewer-2", read, func() {
			_, err := d.Claims.ConfirmGloss(ctx, other, c.ID, "fr", version())
			d.must(err)
		})
		d.refused("reviewer-1", "built on it", "confirmed since")
		d.undo("reviewer-2")
		d.undo("reviewer-1")
		d.undo("reviewer-1")
		_, err := d.Claims.SetGloss(ctx, other, c.ID, "fr", "Autre chose.", 0)
		d.must(err)
		if _, err := d.Deeds.Redo(ctx, me, d.ask()); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a gloss that somebody else wrote meanwhile is written over: %v", err)
		}
		d.Verify()
	})
}

func TestUndoOfARefusedDuplicate(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		ctx, me := roomtest.Ctx(), d.As("reviewer-1")
		a := d.Claim(d.one, "Twelve people were hurt", "Twelve people were hurt.")
		b := d.Claim(d.other, "Twelve were hurt", "Twelve were hurt.")
		read := func() (out string) {
			d.must(d.DB.Read(ctx, func(r *store.Rx) error {
				not, err := claims.NotSame(r, b.ID, []claims.ID{a.ID})
				var fates []string
				out = fmt.Sprint(not)
				if err == nil {
					err = r.Gorm().Raw("SELECT fate FROM proposals WHERE claim_id = ? AND other_id = ?", b.ID,
						a.ID).Scan(&fates).Error
				}
				out += fmt.Sprint(fates)
				return err
			}))
			return out
		}
		d.backAndForth("reviewer-1", read, func() {
			_, err := d.Claims.RefuseDuplicate(ctx, me, b.ID, a.ID, "another bridge")
			d.must(err)
		})
		// Somebody who says the same after them has done nothing, and takes nothing of theirs back.
		_, err := d.Claims.RefuseDuplicate(ctx, d.As("reviewer-2"), a.ID, b.ID, "")
		d.must(err)
		d.refused("reviewer-2", "nothing here")
		d.undo("reviewer-1")
		_, err = d.Claims.RefuseDuplicate(ctx, d.As("reviewer-2"), a.ID, b.ID, "")
		d.must(err)
		if _, err := d.Deeds.Redo(ctx, me, d.ask()); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a pair that another refused meanwhile is refused again: %v", err)
		}
		d.Verify()
	})
}

// approved is a claim that two reviewed and an editor approved.
func (d desk) approved(exact string) claims.Claim {
	d.t.Helper()
	c := d.Claim(d.one, exact, exact+".")
	for _, who := range []string{"reviewer-1", "reviewer-2"} {
		_, _, err := d.Submit(who, c, unverified)
		d.must(err)
	}
	_, err := d.Review.Approve(roomtest.Ctx(), d.As("editor-1"), review.Approval{ClaimID: c.ID, Version: 1,
		Reason: "insufficient", Explanation: "Nothing settles it."})
	d.must(err)
	return d.now(c.ID)
}

func TestUndoOfASet(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		ctx, ed := roomtest.Ctx(), d.As("editor-1")
		one, two := d.approved("Twelve people were hurt"), d.approved("The bridge in Ghent fell")
		set, err := d.Sets.Create(ctx, ed, d.Collection.ID, "May")
		d.must(err)
		now := func() (out claimset.Set, in []claims.ID) {
			d.must(d.DB.Read(ctx, func(r *store.Rx) (err error) {
				if out, err = claimset.ByID(r, set.ID); err == nil {
					in, err = store.Numbers[claims.ID](r.Gorm().Table("claim_set_claims").Select("claim_id").
						Where("set_id = ?", set.ID).Order("claim_id"))
				}
				return err
			}))
			return out, in
		}
		read := func() string {
			s, in := now()
			return fmt.Sprint(s.Title, s.State, in)
		}
		version := func() int64 { s, _ := now(); return s.Version }
		d.backAndForth("editor-1", read, func() {
			_, err := d.Sets.Add(ctx, ed, set.ID, version(), []claims.ID{one.ID, two.ID})
			d.must(err)
		})
		if _, err := d.Sets.Add(ctx, ed, set.ID, version(), []claims.ID{one.ID}); err != nil {
			t.Fatal(err) // it is in it: no deed
		}
		d.backAndForth("editor-1", read, func() {
			_, err := d.Sets.Remove(ctx, ed, set.ID, version(), []claims.ID{two.ID})
			d.must(err)
		})
		d.backAndForth("editor-1", read, func() {
			_, err := d.Sets.Rename(ctx, ed, set.ID, version(), "June")
			d.must(err)
		})
		d.undo("editor-1")
		d.undo("editor-1")
		if _, in := now(); !slices.Equal(in, []claims.ID{one.ID, two.ID}) {
			t.Errorf("two acts taken back leave %v", in)
		}
		_, err = d.Sets.Rename(ctx, d.As("editor-2"), set.ID, version(), "July")
		d.must(err)
		d.refused("editor-1", "built on it", "July")
		d.undo("editor-2")
		d.redo("editor-1")
		_, err = d.Review.Reopen(ctx, d.As("editor-2"), two.ID, two.Version, "news")
		d.must(err)
		d.refused("editor-1", "only approved claims")
		_, err = d.Sets.Freeze(ctx, ed, set.ID, version())
		d.must(err)
		d.refused("editor-1", "froze claim set", "correction")
		d.Verify()
	})
}

func TestUndoOfAQuestion(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		ctx, ed := roomtest.Ctx(), d.As("editor-1")
		c := d.Claim(d.one, "Twelve people were hurt", "Twelve people were hurt.")
		it := d.Link(c, d.other, "Twelve were hurt", "supports", "official_record")
		_, _, err := d.Submit("reviewer-1", c, unverified)
		d.must(err)
		_, now, err := d.Submit("reviewer-2", c, review.Draft{Verdict: claims.Corroborated, Reason: "official_record",
			Rationale: "It says so.", Evidence: []evidence.ID{it.ID}})
		d.must(err)
		if now.State != claims.InConflict {
			t.Fatalf("the claim is %s", now.State)
		}
		v, err := d.Desk.Reviewing(ctx, ed, c.ID)
		d.must(err)
		i := slices.IndexFunc(v.Standing(), func(rv deskroom.ReviewSeen) bool {
			return rv.Verdict == claims.Unverified
		})
		waiting := func() (out string) {
			d.must(d.DB.Read(ctx, func(r *store.Rx) error {
				all, err := review.SentBack(r, d.As("reviewer-1").UserID, d.Collection.ID)
				for _, q := range all {
					out += fmt.Sprint(q.Public, q.Question, q.AskedBy, q.AskedAt)
				}
				return err
			}))
			return out
		}
		d.backAndForth("editor-1", waiting, func() {
			_, err := d.Review.SendBack(ctx, ed, review.Asking{ClaimID: c.ID, Round: 1, Letter: v.Standing()[i].Letter,
				Question: "Which archive?"})
			d.must(err)
		})
		seen, err := d.Desk.Reviewing(ctx, d.As("reviewer-1"), c.ID)
		d.must(err)
		_, err = d.Review.Answer(ctx, d.As("reviewer-1"), c.ID, seen.ToMe()[0].Public, "The city's.")
		d.must(err)
		d.refused("editor-1", "built on it", "answered")
		d.Verify()
	})
}

func TestUndoOfResolvingAndPriority(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		ctx, me, ed := roomtest.Ctx(), d.As("reviewer-1"), d.As("editor-1")
		c := d.candidates()[0]
		_, err := d.Claims.AddComment(ctx, d.As("reviewer-2"), c.ID, "Which bridge?")
		d.must(err)
		comment := func() claims.Comment { return d.comments(c.ID)[0] }
		resolved := func() string { return fmt.Sprint(comment().ResolvedBy != nil, comment().Words) }
		for _, done := range []bool{true, false} {
			d.backAndForth("reviewer-1", resolved, func() {
				_, err := d.Claims.ResolveComment(ctx, me, c.ID, comment().Public, comment().Version, done)
				d.must(err)
			})
		}
		d.refused("reviewer-2", "answered or resolved")
		d.undo("reviewer-1")
		d.undo("reviewer-1")
		d.undo("reviewer-2")
		d.refused("reviewer-1", "nothing here")
		if _, err := d.Deeds.Redo(ctx, me, d.ask()); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a comment that was taken back is resolved: %v", err)
		}
		open := d.Claim(d.one, "Twelve people were hurt", "Twelve people were hurt.")
		d.backAndForth("editor-1", func() string { return fmt.Sprint(d.now(open.ID).Priority) }, func() {
			_, err := d.Claims.Prioritise(ctx, ed, open.ID, claims.First)
			d.must(err)
		})
		d.Verify()
	})
}
