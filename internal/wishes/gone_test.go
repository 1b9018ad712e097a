package wishes_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/model"
	"claimbench/internal/model/modeltest"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/wishes"
)

// between is the model, and does something as soon as it is asked for an order, before anything is sent.
type between struct {
	wishes.Model
	do func()
}

func (b between) Order(ctx context.Context, claim model.Worded, passages []model.Worded,
	spend model.Spend) (model.Ordered, error) {
	b.do()
	return b.Model.Order(ctx, claim, passages, spend)
}

// A passage whose text is taken down or protected after the order was read is not sent, and of one that goes while the
// model answers nothing is kept: the order is asked for again, without it.
func TestOrderOfWhatGoes(t *testing.T) {
	gone := map[string]func(*world, articles.Article) error{
		"taken down": func(w *world, a articles.Article) error {
			return w.Articles.TakeDown(roomtest.Ctx(), w.As("editor-1"), a.ID, a.Version, "a court order")
		},
		"protected": func(w *world, a articles.Article) error {
			_, err := w.Articles.Protect(roomtest.Ctx(), w.As("editor-1"), a.ID, a.Version, "a source is at risk")
			return err
		},
	}
	for name, goes := range gone {
		for _, sent := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, sent %v", name, sent), func(t *testing.T) {
				storetest.Each(t, func(t *testing.T, db *store.DB) { ofWhatGoes(t, db, goes, sent) })
			})
		}
	}
}

func ofWhatGoes(t *testing.T, db *store.DB, goes func(*world, articles.Article) error, sent bool) {
	t.Helper()
	w := newWorld(t, db)
	w.allow(100)
	w.reports(2)
	secret := w.Article(articles.Import{Lang: "en", Raw: "The dam broke on 3 May 2021, a witness said. " +
		"The company paid 5 million dollars."})
	in := w.Article(articles.Import{Lang: "en", Raw: fact})
	c := w.Claim(in, fact, fact)
	w.passages("reviewer-1", c.ID)
	once := sync.OnceFunc(func() {
		if err := goes(w, secret.Article); err != nil {
			t.Error(err)
		}
	})
	if sent {
		turn := w.reply
		w.reply = func(a modeltest.Asked) modeltest.Reply {
			once()
			return turn(a)
		}
	} else {
		w.s = wishes.New(db, w.Policy, w.Auth, w.Claims, w.Evidence, between{w.voices, once}, nil)
	}
	w.steps()
	asked := w.server.Asked()
	if n := len(asked); n != map[bool]int{false: 0, true: 1}[sent] {
		t.Errorf("%d questions", n)
	}
	kept := func() (all []claims.Proposal) {
		if err := db.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
			all, err = claims.OrderOf(r, c.ID)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return all
	}
	if all := kept(); len(all) != 0 {
		t.Errorf("%d passages are kept", len(all))
	}
	w.later(time.Minute)
	w.steps()
	for _, a := range w.server.Asked()[len(asked):] {
		if strings.Contains(a.User, "witness") {
			t.Errorf("it is sent again: %s", a.User)
		}
	}
	if len(w.server.Asked()) != len(asked)+1 || len(kept()) == 0 {
		t.Errorf("not asked again: %d questions", len(w.server.Asked()))
	}
	w.Verify()
}
