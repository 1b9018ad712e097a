package evidence_test

import (
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/text"
)

type bench struct {
	*roomtest.World
	a, b  articles.Imported
	claim claims.Claim
}

func newBench(t *testing.T, db *store.DB) bench {
	w := roomtest.New(t, db, articles.CollectionNew{})
	x := bench{World: w}
	x.a = w.Article(articles.Import{Raw: "The council approved 12 grants.", Lang: "en"})
	x.b = w.Article(articles.Import{Raw: "شورا ۱۲ کمک را تصویب کرد.", Lang: "fa", Source: "Radio"})
	x.claim = w.Claim(x.a, "The council approved 12 grants", "The council approved 12 grants.")
	return x
}

func TestLinkBothDirections(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		rev := x.As("reviewer-1")
		it := x.Link(x.claim, x.b, "شورا ۱۲ کمک", evidence.Supports, evidence.Report)
		there, err := x.Evidence.ForClaim(roomtest.Ctx(), rev, x.claim.ID)
		if err != nil || len(there) != 1 || there[0].Lang != "fa" || there[0].Dir != "rtl" ||
			there[0].Source != "Radio" || there[0].Origin != nil {
			t.Fatalf("ForClaim = %+v, %v", there, err)
		}
		back, err := x.Evidence.ForArticle(roomtest.Ctx(), rev, x.b.Article.ID)
		if err != nil || len(back) != 1 || back[0].ClaimID != x.claim.ID {
			t.Fatalf("ForArticle = %+v, %v", back, err)
		}
		if _, err := x.Evidence.SetArticleOrigin(roomtest.Ctx(), rev, x.b.Article.ID, "City radio", 0); err != nil {
			t.Fatal(err)
		}
		if there, _ = x.Evidence.ForClaim(roomtest.Ctx(), rev, x.claim.ID); there[0].Origin == nil ||
			there[0].Origin.Name != "City radio" {
			t.Errorf("the article's origin does not show: %+v", there[0].Origin)
		}
		if _, err := x.Evidence.Unlink(roomtest.Ctx(), rev, it.ID, it.Version+1, ""); fault.KindOf(
			err) != fault.Conflict {
			t.Errorf("unlink of another version: %v", err)
		}
		if _, err := x.Evidence.Unlink(roomtest.Ctx(), rev, it.ID, it.Version, "wrong sentence"); err != nil {
			t.Fatal(err)
		}
		if there, _ = x.Evidence.ForClaim(roomtest.Ctx(), rev, x.claim.ID); len(there) != 0 {
			t.Errorf("unlinked evidence is still there: %+v", there)
		}
		x.Verify()
	})
}

// TestAPassageIsLinkedOnce: two tabs, or two people at once, make one item of one suggested passage with one stance;
// what was unlinked may be linked again.
func TestAPassageIsLinkedOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		first := x.Link(x.claim, x.b, "شورا ۱۲ کمک", evidence.Supports, evidence.Report)
		again := evidence.Link{ClaimID: x.claim.ID, ArticleID: x.b.Article.ID, RevisionID: x.b.Revision.ID,
			Span: x.Find(x.b, "شورا ۱۲ کمک"), Stance: evidence.Supports, Kind: evidence.Report, Proposed: 1}
		link := func(who string, l evidence.Link) error {
			_, err := x.Evidence.Link(roomtest.Ctx(), x.As(who), l)
			return err
		}
		for _, who := range []string{"reviewer-1", "reviewer-2"} {
			if err := link(who, again); fault.KindOf(err) != fault.Conflict {
				t.Errorf("%s links the same passage again: %v", who, err)
			}
		}
		other := again
		other.Stance = evidence.Context
		if err := link("reviewer-2", other); err != nil {
			t.Errorf("the same passage with another stance: %v", err)
		}
		if _, err := x.Evidence.Unlink(roomtest.Ctx(), x.As("reviewer-1"), first.ID, first.Version, ""); err != nil {
			t.Fatal(err)
		}
		if err := link("reviewer-1", again); err != nil {
			t.Errorf("what was unlinked is linked again: %v", err)
		}
	})
}

func TestLinkRefuses(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		span := x.Find(x.b, "شورا ۱۲ کمک")
		inside := evidence.Link{ClaimID: x.claim.ID, ArticleID: x.b.Article.ID, RevisionID: x.b.Revision.ID, Span: span,
			Stance: evidence.Supports}
		outside := evidence.Link{ClaimID: x.claim.ID, URL: "https://example.org/minutes", Exact: "12 grants",
			ReadOn: "2026-01-02", Stance: evidence.Supports, Kind: evidence.OfficialRecord}
		for _, c := range []struct {
			name string
			link evidence.Link
			set  func(*evidence.Link)
			want fault.Kind
		}{
			{"no stance", inside, func(l *evidence.Link) { l.Stance = "" }, fault.Invalid},
			{"kind", inside, func(l *evidence.Link) { l.Kind = "hearsay" }, fault.Invalid},
			{"own article", inside, func(l *evidence.Link) {
				l.ArticleID, l.RevisionID, l.Span = x.a.Article.ID, x.a.Revision.ID, text.Span{Start: 0, End: 5}
			}, fault.Invalid},
			{"span outside", inside, func(l *evidence.Link) { l.Span.End = 999 }, fault.Invalid},
			{"quotation not there", inside, func(l *evidence.Link) { l.Exact = "کتاب" }, fault.Invalid},
			{"older text", inside, func(l *evidence.Link) { l.RevisionID = 99 }, fault.Conflict},
			{"no article", inside, func(l *evidence.Link) { l.ArticleID = 99 }, fault.NotFound},
			{"nothing", inside, func(l *evidence.Link) { l.ArticleID = 0 }, fault.Invalid},
			{"javascript", outside, func(l *evidence.Link) { l.URL = "javascript:alert(1)" }, fault.Invalid},
			{"data", outside, func(l *evidence.Link) { l.ArchivedURL = "data:text/html,x" }, fault.Invalid},
			{"no quotation", outside, func(l *evidence.Link) { l.Exact = " " }, fault.Invalid},
			{"no day", outside, func(l *evidence.Link) { l.ReadOn = "" }, fault.Invalid},
			{"a day to come", outside, func(l *evidence.Link) { l.ReadOn = "2999-01-01" }, fault.Invalid},
			{"U+202E", outside, func(l *evidence.Link) { l.Note = "a\u202eb" }, fault.Invalid},
			{"no claim", outside, func(l *evidence.Link) { l.ClaimID = 99 }, fault.NotFound},
		} {
			l := c.link
			c.set(&l)
			if _, err := x.Evidence.Link(roomtest.Ctx(), x.As("reviewer-1"), l); fault.KindOf(err) != c.want {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		if _, err := x.Evidence.Link(roomtest.Ctx(), x.As("auditor-1"), inside); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("an auditor links: %v", err)
		}
		outside.Origin, outside.ArchivedURL = "The council", "http://archive.example/1"
		it, err := x.Evidence.Link(roomtest.Ctx(), x.As("reviewer-1"), outside)
		if err != nil || it.OriginID == nil || it.Lang == "" {
			t.Errorf("an outside page: %+v, %v", it, err)
		}
		x.Verify()
	})
}

func TestArticleOfAnotherCollectionIsNoEvidence(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		other, err := x.Articles.CreateCollection(roomtest.Ctx(), x.As("admin-1"),
			articles.CollectionNew{Name: "Another"})
		if err != nil {
			t.Fatal(err)
		}
		far, err := x.Articles.Import(roomtest.Ctx(), x.As("editor-1"), articles.Import{Collection: other.ID,
			Raw: "12 grants.", Lang: "en"})
		if err != nil {
			t.Fatal(err)
		}
		l := evidence.Link{ClaimID: x.claim.ID, ArticleID: far.Article.ID, RevisionID: far.Revision.ID,
			Span: text.Span{Start: 0, End: 9}, Stance: evidence.Supports}
		if _, err := x.Evidence.Link(roomtest.Ctx(), x.As("reviewer-1"), l); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a passage of another collection: %v", err)
		}
		u, err := x.Auth.CreateUser(roomtest.Ctx(), x.As("admin-1"), auth.NewUser{Name: "stranger",
			Grants: []auth.Grant{{Role: auth.Reviewer, Collection: other.ID}}})
		if err != nil {
			t.Fatal(err)
		}
		it := x.Link(x.claim, x.b, "شورا", evidence.Context, evidence.Report)
		for name, err := range map[string]error{
			"link":   second(x.Evidence.Link(roomtest.Ctx(), x.As(u.Name), l)),
			"unlink": second(x.Evidence.Unlink(roomtest.Ctx(), x.As(u.Name), it.ID, it.Version, "")),
			"list":   second(x.Evidence.ForClaim(roomtest.Ctx(), x.As(u.Name), x.claim.ID)),
			"origin": second(x.Evidence.SetArticleOrigin(roomtest.Ctx(), x.As(u.Name), x.b.Article.ID, "x", 0)),
		} {
			if fault.KindOf(err) != fault.NotFound {
				t.Errorf("a stranger: %s: %v", name, err)
			}
		}
	})
}

func second[T any](_ T, err error) error { return err }
