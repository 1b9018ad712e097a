package wishes_test

import (
	"context"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/model/modeltest"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// An order that failed once is looked at again when texts come in, and a look that could not be written is not lost.
func TestOrderComesAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.allow(100)
		w.reports(3)
		good := w.reply
		w.reply = func(modeltest.Asked) modeltest.Reply { return modeltest.Reply{Status: 500, Raw: "{}"} }
		in := w.Article(articles.Import{Lang: "en", Raw: fact})
		c := w.Claim(in, fact, fact)
		w.passages("reviewer-1", c.ID)
		w.steps()
		if got := w.passages("reviewer-1", c.ID); got[0].Ordered != nil || w.all(c.ID)[0].State != "failed" {
			t.Fatalf("%+v", w.all(c.ID))
		}
		w.reply = good
		w.reports(1)
		w.passages("reviewer-1", c.ID)
		w.s.Stir(w.Collection.ID)
		ended, end := context.WithCancel(roomtest.Ctx())
		end()
		if _, err := w.s.Step(ended); err == nil {
			t.Fatal("a step of a server that ends is done")
		}
		w.steps()
		w.later(2 * time.Minute)
		w.steps()
		if got := w.passages("reviewer-1", c.ID); got[0].Ordered == nil {
			t.Errorf("no order: %+v", w.all(c.ID))
		}
		w.Verify()
	})
}
