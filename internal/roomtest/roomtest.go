// Package roomtest sets up the record rooms for tests: the demo's six people, a collection, and what a test adds.
package roomtest

import (
	"context"
	"testing"

	"github.com/alexedwards/argon2id"

	"claimbench/internal/addresses"
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/history"
	"claimbench/internal/house"
	"claimbench/internal/review"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// World is all rooms on one database.
type World struct {
	*house.House
	Desk       *desk.Desk
	T          *testing.T
	Collection articles.Collection
}

// Cheap makes a password's hash cost nothing: what it costs in earnest is tested in package auth.
var Cheap = &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// New opens the rooms and makes a collection under the given rules (zero: quorum 2, unanimous).
func New(t *testing.T, db *store.DB, rules articles.CollectionNew) *World {
	t.Helper()
	return NewOnWeb(t, db, rules, nil)
}

// NewOnWeb is New with somebody who asks for pages.
func NewOnWeb(t *testing.T, db *store.DB, rules articles.CollectionNew, web addresses.Getter) *World {
	t.Helper()
	return NewWith(t, db, rules, house.Options{Web: web})
}

// NewWith is New with what differs from one house to the next; people are those of the demo.
func NewWith(t *testing.T, db *store.DB, rules articles.CollectionNew, o house.Options) *World {
	t.Helper()
	o.Auth = auth.Options{Demo: true, Hash: Cheap}
	h, err := house.Open(db, o)
	if err != nil {
		t.Fatal(err)
	}
	w := &World{House: h, Desk: desk.New(h, nil), T: t}
	if err := w.Auth.EnsureDemoUsers(Ctx()); err != nil {
		t.Fatal(err)
	}
	if rules.Name == "" {
		rules.Name = "Election interference, 2016–2024"
	}
	if w.Collection, err = w.Articles.CreateCollection(Ctx(), w.As("admin-1"), rules); err != nil {
		t.Fatal(err)
	}
	return w
}

// Ctx is the context tests run under.
func Ctx() context.Context { return context.Background() }

// As is a person with the roles held now.
func (w *World) As(name string) auth.Actor {
	w.T.Helper()
	a, err := w.Auth.ActorFor(Ctx(), name, history.Web)
	if err != nil {
		w.T.Fatal(err)
	}
	return a
}

// Count counts the rows of a table.
func (w *World) Count(table string) (n int) {
	w.T.Helper()
	if err := w.DB.Read(Ctx(), func(r *store.Rx) error {
		return r.Gorm().Raw("SELECT COUNT(*) FROM " + table).Scan(&n).Error
	}); err != nil {
		w.T.Fatal(err)
	}
	return n
}

// Article imports a text.
func (w *World) Article(in articles.Import) articles.Imported {
	w.T.Helper()
	in.Collection = w.Collection.ID
	out, err := w.Articles.Import(Ctx(), w.As("editor-1"), in)
	if err != nil {
		w.T.Fatal(err)
	}
	return out
}

// Claim makes an open claim of the words that stand first in an article.
func (w *World) Claim(a articles.Imported, exact, statement string) claims.Claim {
	w.T.Helper()
	c, err := w.Claims.Create(Ctx(), w.As("reviewer-1"), a.Article.ID, a.Revision.ID,
		claims.Words{Span: w.Find(a, exact), Exact: exact, Statement: statement})
	if err != nil {
		w.T.Fatal(err)
	}
	return c
}

// Link links the words that stand first in an article to a claim.
func (w *World) Link(c claims.Claim, a articles.Imported, exact string, stance evidence.Stance,
	kind evidence.Kind) evidence.Item {
	w.T.Helper()
	it, err := w.Evidence.Link(Ctx(), w.As("reviewer-1"), evidence.Link{ClaimID: c.ID, ArticleID: a.Article.ID,
		RevisionID: a.Revision.ID, Span: w.Find(a, exact), Exact: exact, Stance: stance, Kind: kind})
	if err != nil {
		w.T.Fatal(err)
	}
	return it
}

// Find gives the span at which words stand first in an article, in code points.
func (w *World) Find(a articles.Imported, exact string) text.Span {
	w.T.Helper()
	doc, err := text.NewDoc(a.Revision.Raw)
	if err != nil {
		w.T.Fatal(err)
	}
	raw := []rune(doc.Raw())
	want := []rune(exact)
	for i := 0; i+len(want) <= len(raw); i++ {
		if string(raw[i:i+len(want)]) == exact {
			return text.Span{Start: i, End: i + len(want)}
		}
	}
	w.T.Fatalf("%q does not stand in the text", exact)
	return text.Span{}
}

// Submit submits a review in a person's name, naming every item linked.
func (w *World) Submit(name string, c claims.Claim, d review.Draft) (review.Review, claims.Claim, error) {
	w.T.Helper()
	now, err := w.Claims.Get(Ctx(), w.As(name), c.ID)
	if err != nil {
		w.T.Fatal(err)
	}
	if d.Evidence == nil {
		items, err := w.Evidence.ForClaim(Ctx(), w.As(name), c.ID)
		if err != nil {
			w.T.Fatal(err)
		}
		for _, it := range items {
			d.Evidence = append(d.Evidence, it.ID)
		}
	}
	confidence := 70
	return w.Review.Submit(Ctx(), w.As(name), review.Submission{ClaimID: c.ID, WordsVersion: now.WordsVersion,
		Round: now.Round, Draft: d, Confidence: &confidence})
}

// Verify audits the database and fails the test when anything differs.
func (w *World) Verify() history.Report {
	w.T.Helper()
	rep, err := w.Audit(Ctx(), history.Options{})
	if err != nil {
		w.T.Fatal(err)
	}
	if !rep.OK() {
		var b fmtBuilder
		rep.Write(&b)
		w.T.Fatalf("the history does not verify:\n%s", string(b))
	}
	return rep
}

// Differs says how many things an audit of the database finds.
func (w *World) Differs() int64 {
	w.T.Helper()
	rep, err := w.Audit(Ctx(), history.Options{})
	if err != nil {
		w.T.Fatal(err)
	}
	return rep.Found
}

type fmtBuilder []byte

func (b *fmtBuilder) Write(p []byte) (int, error) {
	*b = append(*b, p...)
	return len(p), nil
}
