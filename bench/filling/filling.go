// Package filling fills a database with a collection of any size, through the services that people use, many calls in
// one transaction (store.DB.Together): articles, candidates, accepted claims, evidence, reviews, decisions, approvals,
// origins and frozen sets, each with its event, so that an audit verifies it. It is for measuring; nothing in the
// program imports it.
//
// Equal sizes and seeds make equal rows, times included; what is drawn at random for secrecy (salts, public numbers of
// rounds) differs.
package filling

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"claimbench/bench/news"
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/history"
	"claimbench/internal/house"
	"claimbench/internal/store"
)

// Options says what is made.
type Options struct {
	Claims int    // at least so many; 50 an article
	Seed   uint64 // of the texts and of what people do
	GoOn   bool   // the database holds a filling, which becomes so large
	Say    func(done, of int)
}

// Filled is what was made.
type Filled struct {
	Collection                  auth.CollectionID
	Articles, Sentences, Claims int
	Of                          map[claims.State]int
	Sets                        []SetMade
}

// SetMade is a set and how many claims it holds.
type SetMade struct {
	ID     int64
	Claims int
	State  string
}

const (
	workers, editors = 12, 4
	// articlesAtOnce is how many articles are filled in one transaction.
	articlesAtOnce = 8
	// quoted is how many of the last articles evidence is taken from.
	quoted = 200
	// collectionName begins the name of what is filled.
	collectionName = "Made-up news"
	// second is how much time passes with each look at the clock.
	second = 1_000_000
)

// Waiting is how many standing reviews each of three people has on open claims, when the collection is large enough.
var Waiting = map[string]int{"reviewer-1": 0, "reviewer-2": 150, "editor-2": 500}

// began is when the first of it happened.
var began = time.Date(2026, 1, 1, 6, 0, 0, 0, time.UTC)

// filler is a filling under way.
type filler struct {
	*house.House
	o         Options
	r         *rand.Rand
	made      Filled
	source    string // of the article that is being worked on
	texts     *news.Maker
	clock     time.Time
	editor    auth.Actor
	reviewers []auth.Actor // by turns
	approvers []auth.Actor
	waiting   []waits
	passages  []passage
	approved  []claims.ID
}

// waits is a person and how many reviews of theirs are still to wait for others.
type waits struct {
	who  auth.Actor
	left int
}

// passage is a sentence that evidence may be taken from.
type passage struct {
	article  articles.ID
	revision articles.RevisionID
	at       articles.Sentence
	exact    string
	source   string
}

// Fill fills a database that is up to date, as a collection of its own. While it does, the database has a clock of its
// own.
func Fill(ctx context.Context, h *house.House, o Options) (Filled, error) {
	f := &filler{House: h, o: o, r: rand.New(rand.NewPCG(o.Seed, 0x66696c6c)), texts: news.New(o.Seed), clock: began}
	f.made.Of = map[claims.State]int{}
	if f.o.Say == nil {
		f.o.Say = func(int, int) {}
	}
	h.DB.SetClock(f.now)
	defer h.DB.SetClock(time.Now)
	begin := f.people
	if o.GoOn {
		begin = f.resume
	}
	if err := begin(ctx); err != nil {
		return f.made, err
	}
	for f.made.Claims < o.Claims {
		if err := h.DB.Together(ctx, func(ctx context.Context) error {
			for range articlesAtOnce {
				if f.made.Claims >= o.Claims {
					return nil
				}
				if err := f.article(ctx); err != nil {
					return fmt.Errorf("article %d: %w", f.made.Articles+1, err)
				}
			}
			return nil
		}); err != nil {
			return f.made, err
		}
		f.o.Say(f.made.Claims, o.Claims)
	}
	return f.made, f.sets(ctx)
}

// now is the next moment.
func (f *filler) now() time.Time {
	f.clock = f.clock.Add(second * time.Microsecond)
	return f.clock
}

// people makes the collection and everybody who works on it.
func (f *filler) people(ctx context.Context) error {
	if err := f.Auth.EnsureDemoUsers(ctx); err != nil {
		return err
	}
	admin, err := f.Auth.ActorFor(ctx, "admin-1", history.Web)
	if err != nil {
		return err
	}
	c, err := f.Articles.CreateCollection(ctx, admin, articles.CollectionNew{
		Name: fmt.Sprintf("%s, %d claims", collectionName, f.o.Claims)})
	if err != nil {
		return err
	}
	f.made.Collection = c.ID
	for i := range workers + editors {
		name, role := worker(i)
		if _, err := f.Auth.CreateUser(ctx, admin, auth.NewUser{Name: name, Grants: []auth.Grant{{Role: role,
			Collection: c.ID}}}); err != nil {
			return err
		}
	}
	if err := f.staff(ctx); err != nil {
		return err
	}
	for _, name := range []string{"reviewer-1", "reviewer-2", "editor-2"} {
		who, err := f.Auth.ActorFor(ctx, name, history.Web)
		if err != nil {
			return err
		}
		f.waiting = append(f.waiting, waits{who, Waiting[name]})
	}
	return nil
}

// worker is the nth of those who review, and behind them of those who approve.
func worker(n int) (string, auth.Role) {
	if n < workers {
		return fmt.Sprintf("worker-%d", n+1), auth.Reviewer
	}
	return fmt.Sprintf("desk-%d", n-workers+1), auth.Editor
}

// staff finds the people who work on the collection.
func (f *filler) staff(ctx context.Context) (err error) {
	if f.editor, err = f.Auth.ActorFor(ctx, "editor-1", history.Web); err != nil {
		return err
	}
	for i := range workers + editors {
		name, role := worker(i)
		who, err := f.Auth.ActorFor(ctx, name, history.Web)
		if err != nil {
			return err
		}
		if role == auth.Reviewer {
			f.reviewers = append(f.reviewers, who)
		} else {
			f.approvers = append(f.approvers, who)
		}
	}
	return nil
}

// article imports the next article, proposes its candidates, and has people work on them.
func (f *filler) article(ctx context.Context) error {
	a := f.texts.Next(38 + f.r.IntN(10))
	got, err := f.Articles.Import(ctx, f.editor, articles.Import{Collection: f.made.Collection, Source: a.Source,
		Lang: a.Lang, Published: a.Published, Raw: a.Text, Name: fmt.Sprintf("made-up-%d.txt", a.N)})
	if err != nil {
		return err
	}
	f.made.Articles++
	f.source = a.Source
	if f.made.Articles%3 == 0 {
		if _, err := f.Evidence.SetArticleOrigin(ctx, f.editor, got.Article.ID, "Agency of "+a.Source, 0); err != nil {
			return err
		}
	}
	if _, err := f.Claims.Extract(ctx, f.editor, got.Article.ID); err != nil {
		return err
	}
	var found []claims.Claim
	var t articles.Text
	if err := f.DB.Read(ctx, func(r *store.Rx) (err error) {
		if t, err = articles.TextOf(r, got.Article.ID, 0); err == nil {
			found, err = claims.OfText(r, got.Article.ID, got.Revision.ID)
		}
		return err
	}); err != nil {
		return err
	}
	f.made.Sentences += len(t.Sentences)
	for _, c := range found {
		now, err := f.work(ctx, c)
		if err != nil {
			return fmt.Errorf("claim %d: %w", c.ID, err)
		}
		f.made.Of[now]++
	}
	f.made.Claims += len(found)
	for range 4 {
		s := t.Sentences[f.r.IntN(len(t.Sentences))]
		f.passages = append(f.passages, passage{got.Article.ID, got.Revision.ID, s, t.Doc.Slice(s.Span), a.Source})
	}
	if len(f.passages) > quoted {
		f.passages = f.passages[len(f.passages)-quoted:]
	}
	return nil
}

// link links one to three items to a claim and names them; the first is a primary document.
func (f *filler) link(ctx context.Context, c claims.Claim, stance evidence.Stance) ([]evidence.ID, error) {
	var out []evidence.ID
	for i := range 1 + f.r.IntN(5)/2 {
		l := evidence.Link{ClaimID: c.ID, Stance: stance, Kind: evidence.PrimaryDocument}
		if i > 0 {
			l.Stance, l.Kind = evidence.Supports, evidence.Report
			if stance == evidence.Refutes {
				l.Stance = evidence.Context
			}
		}
		p, there := f.passage()
		if !there || f.r.IntN(5) == 0 {
			l.URL, l.ReadOn, l.Lang = fmt.Sprintf("https://example.org/records/%d", c.ID), "2026-01-01", "en"
			l.Exact = fmt.Sprintf("Record %d bears on the matter.", f.r.IntN(100_000))
		} else {
			l.ArticleID, l.RevisionID, l.Span, l.Exact = p.article, p.revision, p.at.Span, p.exact
		}
		it, err := f.Evidence.Link(ctx, f.reviewer(c, i), l)
		if err != nil {
			return nil, err
		}
		out = append(out, it.ID)
	}
	return out, nil
}

// passage is one of another source than the article's: what shares its origin proves nothing.
func (f *filler) passage() (p passage, there bool) {
	if len(f.passages) > 0 {
		p = f.passages[f.r.IntN(len(f.passages))]
	}
	return p, p.exact != "" && p.source != f.source
}

// reviewer is the nth person on a claim; two neighbours differ.
func (f *filler) reviewer(c claims.Claim, n int) auth.Actor {
	return f.reviewers[(int(c.ID)+n)%len(f.reviewers)]
}
