package wishes_test

import (
	"strings"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/wishes"
)

// token makes a token of a person with everything that they may.
func (w *world) token(who string) (auth.Actor, auth.Token) {
	w.t.Helper()
	secret, k, err := w.Auth.MakeToken(roomtest.Ctx(), w.As(who), auth.NewToken{Name: "writer", Days: 3,
		Scopes: w.As(who).Grants})
	if err != nil {
		w.t.Fatal(err)
	}
	by, err := w.Auth.ResumeToken(roomtest.Ctx(), secret)
	if err != nil {
		w.t.Fatal(err)
	}
	return by, k
}

// all are the wishes of a claim, in their order.
func (w *world) all(id claims.ID) (out []wishes.Wish) {
	w.t.Helper()
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		return r.Gorm().Where("claim_id = ?", id).Order("id").Find(&out).Error
	}); err != nil {
		w.t.Fatal(err)
	}
	return out
}

// What was asked for by a token ends with it: nothing is sent any more. Asked for again by a person it is theirs.
func TestWhatATokenAskedForEndsWithIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.allow(100)
		report := w.Article(articles.Import{Lang: "en", Raw: fact + " The mayor said so."})
		in := w.Article(articles.Import{Lang: "en", Raw: fact})
		by, k := w.token("reviewer-1")
		c, err := w.Claims.Create(roomtest.Ctx(), by, in.Article.ID, in.Revision.ID,
			claims.Words{Span: w.Find(in, fact), Exact: fact, Statement: fact})
		if err != nil {
			t.Fatal(err)
		}
		w.passages("reviewer-1", c.ID)
		read, err := w.Articles.Read(roomtest.Ctx(), w.As("reviewer-1"), report.Article.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.s.AskGloss(roomtest.Ctx(), by, c.ID, "fa"); err != nil {
			t.Fatal(err)
		}
		if _, err := w.s.AskPassage(roomtest.Ctx(), by, c.ID, read.Sentences[0].ID, "fa"); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Auth.EndToken(roomtest.Ctx(), w.As("reviewer-1"), k.ID); err != nil {
			t.Fatal(err)
		}
		w.steps()
		if n := len(w.server.Asked()); n != 0 {
			t.Errorf("%d questions by a token that was ended", n)
		}
		ended := w.all(c.ID)
		if len(ended) != 3 {
			t.Errorf("%d wishes: of the claim that was opened, its gloss and its passage's", len(ended))
		}
		for _, x := range ended {
			if x.State != wishes.Failed || !strings.Contains(x.Message, "token") || x.Token != int64(k.ID) {
				t.Errorf("%s %d: %s by %d: %q", x.Kind, x.SentenceID, x.State, x.Token, x.Message)
			}
		}
		w.later(time.Minute)
		if _, err := w.s.AskGloss(roomtest.Ctx(), w.As("reviewer-1"), c.ID, "fa"); err != nil {
			t.Fatal(err)
		}
		w.steps()
		if n := len(w.server.Asked()); n != 1 || w.asked(c.ID)[0].Token != 0 || len(w.beside(c.ID)) != 1 {
			t.Errorf("%d questions by the person", n)
		}
		w.Verify()
	})
}
