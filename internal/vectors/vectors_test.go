package vectors_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/breakdowns"
	"claimbench/internal/evidence"
	"claimbench/internal/model"
	"claimbench/internal/model/modeltest"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/vectors"
)

// world is a house whose vectors a fake server makes.
type world struct {
	*roomtest.World
	t      *testing.T
	server *modeltest.Server
	v      *vectors.Service
	reply  func(modeltest.Asked) modeltest.Reply
	ahead  time.Duration
}

// meanings gives texts of floods one direction, all others another each.
func meanings(a modeltest.Asked) modeltest.Reply {
	type vector struct {
		Index     int       `json:"index"`
		Embedding []float64 `json:"embedding"`
	}
	var all []vector
	for i, words := range a.Input {
		r := rand.New(rand.NewPCG(uint64(len(words)), 7))
		v := make([]float64, 16)
		for j := range v {
			v[j] = r.NormFloat64() / 100
		}
		at := 1 + len(words)%15
		if strings.Contains(words, "river") || strings.Contains(words, "Überschwemmung") {
			at = 0
		}
		v[at]++
		all = append(all, vector{i, v})
	}
	return embedded(all)
}

func embedded(all any) modeltest.Reply {
	raw, err := json.Marshal(map[string]any{"data": all})
	if err != nil {
		panic(err)
	}
	return modeltest.Reply{Raw: string(raw)}
}

func newWorld(t *testing.T, db *store.DB) *world {
	t.Helper()
	w := &world{World: roomtest.New(t, db, articles.CollectionNew{}), t: t, reply: meanings}
	w.server = modeltest.New(t, func(a modeltest.Asked) modeltest.Reply { return w.reply(a) })
	db.SetClock(func() time.Time { return time.Now().Add(w.ahead) })
	w.v = w.by("fake-1")
	w.Evidence.HearBy(w.v)
	return w
}

func (w *world) by(name string) *vectors.Service {
	w.t.Helper()
	c, err := model.New(model.Options{Address: w.server.URL, Model: "fake", Vectors: name})
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(c.Close)
	return vectors.New(w.DB, model.NewVectors(c), nil)
}

func (w *world) allow(yes bool) {
	w.t.Helper()
	var now breakdowns.Sending
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		now, err = breakdowns.SendingOf(r, w.Collection.ID)
		return err
	}); err != nil {
		w.t.Fatal(err)
	}
	now.Allowed, now.PerDay = yes, 100
	if _, err := w.Broken.Set(roomtest.Ctx(), w.As("admin-1"), now); err != nil {
		w.t.Fatal(err)
	}
}

// steps does what is due; an outage is no end of it.
func (w *world) steps(v *vectors.Service) (errs int) {
	w.t.Helper()
	for range 100 {
		more, err := v.Step(roomtest.Ctx())
		if err != nil {
			w.t.Log(err)
			errs++
		}
		if !more {
			return errs
		}
	}
	w.t.Fatal("it never ends")
	return errs
}

const flood = "The river rose over its banks on Monday."

func (w *world) fill() (in articles.Imported, german articles.Imported) {
	w.t.Helper()
	in = w.Article(articles.Import{Lang: "en", Raw: flood})
	german = w.Article(articles.Import{Lang: "de", Raw: "Die Überschwemmung traf viele Häuser im Tal."})
	for i := range 5 {
		w.Article(articles.Import{Lang: "en", Raw: fmt.Sprintf("Number %d plays chess%s.", i, strings.Repeat(" well",
			i))})
	}
	return in, german
}

func (w *world) proposed(in articles.Imported) []evidence.Passage {
	w.t.Helper()
	c := w.Claim(in, flood, flood)
	got, err := w.Evidence.Passages(roomtest.Ctx(), w.As("reviewer-1"), c.ID, 8)
	if err != nil {
		w.t.Fatal(err)
	}
	return got.Passages
}

// Nothing is sent before an admin allows it; then each sentence gets a vector, and a passage that shares no word is
// found by its meaning, and says so.
func TestVectors(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		in, german := w.fill()
		w.steps(w.v)
		if len(w.server.Asked()) != 0 {
			t.Fatalf("%d questions before anybody allowed it", len(w.server.Asked()))
		}
		for _, p := range w.proposed(in) {
			if p.Near != 0 || p.Article.ID == german.Article.ID {
				t.Fatalf("found without vectors: %+v", p)
			}
		}
		w.allow(true)
		w.v.Stir(w.Collection.ID)
		w.steps(w.v)
		if n, q := w.Count("vectors"), len(w.server.Asked()); n != 7 || q != 1 || w.server.Asked()[0].Path !=
			"/v1/embeddings" || w.server.Asked()[0].Model != "fake-1" {
			t.Fatalf("%d vectors after %d questions: %+v", n, q, w.server.Asked()[0])
		}
		found := false
		for _, p := range w.proposed(in) {
			found = found || p.Article.ID == german.Article.ID && p.Near > 0.5
		}
		if !found {
			t.Error("a passage that is near in meaning is not proposed")
		}
		w.steps(w.v)
		if q := len(w.server.Asked()); q != 1 {
			t.Errorf("%d questions for the same sentences", q)
		}
		w.Verify()
	})
}

// Vectors go with their text, with the permission, and with the model.
func TestVectorsGo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		in, german := w.fill()
		w.allow(true)
		w.steps(w.v)
		if err := w.Articles.TakeDown(roomtest.Ctx(), w.As("editor-1"), german.Article.ID, german.Article.Version,
			"a court order"); err != nil {
			t.Fatal(err)
		}
		if n := w.Count("vectors"); n != 6 {
			t.Errorf("%d vectors after a take-down", n)
		}
		w.v.Forget(w.Collection.ID)
		w.steps(w.v)
		for _, p := range w.proposed(in) {
			if p.Article.ID == german.Article.ID {
				t.Errorf("a text that was taken down is found: %+v", p)
			}
		}
		if q := len(w.server.Asked()); q != 1 {
			t.Errorf("%d questions", q)
		}
		if _, err := w.Articles.Revise(roomtest.Ctx(), w.As("editor-1"), in.Article.ID, in.Article.Version,
			flood+" It fell on Tuesday.", false); err != nil {
			t.Fatal(err)
		}
		w.v.Stir(w.Collection.ID)
		w.steps(w.v)
		if n := w.Count("vectors"); n != 7 {
			t.Errorf("%d vectors after a new text of two sentences", n)
		}
		other := w.by("fake-2")
		w.steps(other)
		if n, last := w.Count("vectors"), w.server.Asked()[len(w.server.Asked())-1]; n != 7 || last.Model != "fake-2" {
			t.Errorf("%d vectors, the last by %s", n, last.Model)
		}
		w.allow(false)
		other.Stir(w.Collection.ID)
		w.steps(other)
		if n := w.Count("vectors"); n != 0 {
			t.Errorf("%d vectors of a collection that sends nothing", n)
		}
		w.Verify()
	})
}

// When an admin allows no sending any more, the vectors go within a minute, from the database and from memory;
// allowed again, they are made anew.
func TestVectorsGoWithThePermission(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		in, _ := w.fill()
		w.allow(true)
		w.steps(w.v)
		if w.Count("vectors") != 7 || w.v.Version(w.Collection.ID) == 0 {
			t.Fatalf("%d vectors", w.Count("vectors"))
		}
		w.allow(false)
		w.ahead += 2 * time.Minute
		w.steps(w.v)
		if n, v := w.Count("vectors"), w.v.Version(w.Collection.ID); n != 0 || v != 0 {
			t.Errorf("%d vectors in the database, version %d in memory", n, v)
		}
		for _, p := range w.proposed(in) {
			if p.Near != 0 {
				t.Errorf("found by vectors: %+v", p)
			}
		}
		w.allow(true)
		w.ahead += 2 * time.Minute
		w.steps(w.v)
		if n := w.Count("vectors"); n != 7 {
			t.Errorf("%d vectors when it is allowed again", n)
		}
		w.Verify()
	})
}

// What is no vector is not kept, and what is proposed stays what keys and letters find.
func TestNoVectors(t *testing.T) {
	list := func(n, dims int, x float64) modeltest.Reply {
		var all []any
		for i := range n {
			v := make([]float64, dims)
			for j := range v {
				v[j] = x
			}
			all = append(all, map[string]any{"index": i, "embedding": v})
		}
		return embedded(all)
	}
	nan := `{"data":[` + strings.Repeat(`{"index":0,"embedding":[NaN]},`, 6) + `{"index":6,"embedding":[NaN]}]}`
	for name, reply := range map[string]modeltest.Reply{
		"too few":         list(3, 16, 1),
		"too many":        list(9, 16, 1),
		"no numbers":      list(7, 0, 1),
		"10,000 numbers":  list(7, 10_000, 1),
		"5,000 numbers":   list(7, 5000, 1),
		"nothing but 0":   list(7, 16, 0),
		"beyond a float":  list(7, 16, math.MaxFloat64),
		"NaN":             {Raw: nan},
		"10 MB":           {Raw: `{"data":[` + strings.Repeat(" ", 10<<20) + `]}`},
		"no JSON":         {Raw: "Of course!"},
		"a page":          {Raw: "<html>", Media: "text/html"},
		"not there":       {Status: 404, Raw: "{}"},
		"asks for a rest": modeltest.Busy(3600),
		"of other length": {Raw: `{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1,2]}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, storetest.SQLite(t))
			in, _ := w.fill()
			w.allow(true)
			before := w.proposed(in)
			w.reply = func(modeltest.Asked) modeltest.Reply { return reply }
			w.steps(w.v)
			if n := w.Count("vectors"); n != 0 {
				t.Errorf("%d vectors", n)
			}
			if q := len(w.server.Asked()); q == 0 || q > 4 {
				t.Errorf("%d questions", q)
			}
			after := w.proposed(in)
			a, _ := json.Marshal(before)
			b, _ := json.Marshal(after)
			if string(a) != string(b) {
				t.Errorf("%s\n%s", a, b)
			}
		})
	}
}

// A model that gives other lengths than it gave is refused; those that are there stay.
func TestOtherLength(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.fill()
	w.allow(true)
	w.steps(w.v)
	w.reply = func(modeltest.Asked) modeltest.Reply {
		return modeltest.Reply{Raw: `{"data":[{"index":0,"embedding":[1,2,3]}]}`}
	}
	w.Article(articles.Import{Lang: "en", Raw: "A bridge closed."})
	w.v.Stir(w.Collection.ID)
	w.steps(w.v)
	if n := w.Count("vectors"); n != 7 {
		t.Errorf("%d vectors", n)
	}
}
