package deeds_test

import (
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

func (d desk) originOf(a articles.Imported) (ao evidence.ArticleOrigin, name string) {
	d.t.Helper()
	ao, o, err := d.Evidence.ArticleOriginOf(roomtest.Ctx(), d.As("auditor-1"), a.Article.ID)
	d.must(err)
	if o != nil {
		name = o.Name
	}
	return ao, name
}

func (d desk) state(who string, a articles.Imported, name string) {
	d.t.Helper()
	ao, _ := d.originOf(a)
	_, err := d.Evidence.SetArticleOrigin(roomtest.Ctx(), d.As(who), a.Article.ID, name, ao.Version)
	d.must(err)
}

// TestUndoOfOrigins: what stood before stands again, a review that saw it counts again and closes its round, and a new
// statement never passes for one that was taken back.
func TestUndoOfOrigins(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		c := d.Claim(d.one, "Twelve people were hurt", "Twelve people were hurt.")
		it := d.Link(c, d.other, "Twelve were hurt", evidence.Supports, evidence.OfficialRecord)
		yes := review.Draft{Verdict: claims.Corroborated, Reason: review.Reason("official_record"),
			Rationale: "It says so.", Evidence: []evidence.ID{it.ID}}
		_, _, err := d.Submit("reviewer-1", c, yes)
		d.must(err)
		d.state("editor-1", d.other, "Agency")
		_, now, err := d.Submit("reviewer-2", c, yes)
		d.must(err)
		if now.State != claims.Open {
			t.Fatalf("the first review counts beside a new origin: %s", now.State)
		}
		d.undo("editor-1")
		if ao, _ := d.originOf(d.other); ao.Version != 0 {
			t.Errorf("taken back, version %d of the origin stands", ao.Version)
		}
		if now := d.now(c.ID); now.State != claims.Open {
			t.Errorf("a review that saw the origin counts without it: %s", now.State)
		}
		d.state("editor-1", d.other, "Another agency")
		if ao, _ := d.originOf(d.other); ao.Version < 2 {
			t.Errorf("a new statement has version %d, that of the one taken back", ao.Version)
		}
		d.undo("editor-1")
		d.Verify()
		e := d.Claim(d.one, "The council had closed", "The council had closed it.")
		_, _, err = d.Submit("reviewer-1", e, unverified)
		d.must(err)
		d.state("editor-1", d.one, "Agency")
		_, _, err = d.Submit("reviewer-2", e, unverified)
		d.must(err)
		d.undo("editor-1")
		d.redo("editor-1")
		if _, name := d.originOf(d.one); name != "Agency" {
			t.Errorf("stated again it is %q", name)
		}
		d.state("reviewer-1", d.one, "Somebody else")
		d.refused("editor-1", "built on it", "stated anew")
		d.Verify()
	})
}

func TestUndoOfOneOrigin(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		ctx := roomtest.Ctx()
		_, err := d.Evidence.ConfirmOrigin(ctx, d.As("reviewer-1"), evidence.OneOrigin{A: d.one.Article.ID,
			B: d.other.Article.ID, Name: "Agency"})
		d.must(err)
		d.undo("reviewer-1")
		a, _ := d.originOf(d.one)
		b, _ := d.originOf(d.other)
		if a.Version != 0 || b.Version != 0 {
			t.Errorf("taken back, versions %d and %d stand", a.Version, b.Version)
		}
		x, err := d.Evidence.RefuseOrigin(ctx, d.As("reviewer-1"), d.one.Article.ID, d.other.Article.ID, "two papers")
		d.must(err)
		count := func() (n int64) {
			d.must(d.DB.Read(ctx, func(r *store.Rx) error {
				return r.Gorm().Model(&evidence.OriginRefusal{}).Where("id = ?", x.ID).Count(&n).Error
			}))
			return n
		}
		d.undo("reviewer-1")
		if count() != 0 {
			t.Error("a refusal that was taken back is still there")
		}
		d.redo("reviewer-1")
		if count() != 1 {
			t.Error("refused again it is not there")
		}
		d.Verify()
	})
}

func TestUndoOfARefusedPassage(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		ctx, me := roomtest.Ctx(), d.As("reviewer-1")
		c := d.Claim(d.one, "Twelve people were hurt", "Twelve people were hurt.")
		var at []articles.SentenceID
		d.must(d.DB.Read(ctx, func(r *store.Rx) error {
			return r.Gorm().Model(&articles.Sentence{}).Where("revision_id = ?", d.other.Revision.ID).Order("n").
				Pluck("id", &at).Error
		}))
		fates := func() (out map[articles.SentenceID]claims.Fate) {
			d.must(d.DB.Read(ctx, func(r *store.Rx) (err error) {
				out, err = claims.FatesOf(r, c.ID, at)
				return err
			}))
			return out
		}
		d.must(d.Evidence.RefusePassage(ctx, me, c.ID, at[1], at[:1]))
		if f := fates(); f[at[1]] != claims.Refused || f[at[0]] != claims.Left {
			t.Fatalf("refused: %v", f)
		}
		d.undo("reviewer-1")
		if f := fates(); len(f) != 0 {
			t.Errorf("taken back, it leaves %v", f)
		}
		d.redo("reviewer-1")
		if f := fates(); f[at[1]] != claims.Refused {
			t.Errorf("refused again: %v", f)
		}
		d.Link(c, d.other, "Nobody died", evidence.Context, evidence.Report)
		if _, err := d.Deeds.Undo(ctx, me, d.ask()); err != nil { // the link itself
			t.Fatal(err)
		}
		if _, err := d.Deeds.Undo(ctx, me, d.ask()); fault.KindOf(err) != fault.Conflict && err != nil {
			t.Errorf("a passage that was linked since: %v", err)
		}
		d.Verify()
	})
}
