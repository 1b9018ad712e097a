package replies_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/replies"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

var ctx = roomtest.Ctx()

const phone = "+49 30 555 0199"

// opened is a world with one open claim, at noon of 20 March 2026.
func opened(t *testing.T, db *store.DB) (*roomtest.World, claims.Claim) {
	db.SetClock(func() time.Time { return time.Date(2026, 3, 20, 12, 0, 0, 0, time.UTC) })
	w := roomtest.New(t, db, articles.CollectionNew{})
	a := w.Article(articles.Import{Raw: "Minister Weber took twelve grants.", Lang: "en"})
	return w, w.Claim(a, "Minister Weber took twelve grants", "Minister Weber took twelve grants.")
}

func asked(c claims.Claim) replies.Ask {
	return replies.Ask{ClaimID: c.ID, Name: "Anna Weber", Role: "minister", Way: replies.Phone, AskedOn: "2026-03-10",
		Until: "2026-03-15", Contact: phone}
}

// Who was asked, and what they answered, is written down, compared by an audit, and taken back; how they are reached is
// in no event that anybody reads.
func TestAskAndAnswer(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, c := opened(t, db)
		one := w.As("reviewer-1")
		x, err := w.Replies.Ask(ctx, one, asked(c))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Replies.Answer(ctx, w.As("auditor-1"), replies.Answer{ID: x.ID, Version: 1,
			Outcome: replies.Silent}); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("an auditor writes: %v", err)
		}
		x, err = w.Replies.Answer(ctx, one, replies.Answer{ID: x.ID, Version: 1, Outcome: replies.Answered,
			On: "2026-03-12", Words: "I took none."})
		if err != nil || x.Version != 2 {
			t.Fatal(x, err)
		}
		if _, err := w.Replies.Answer(ctx, one, replies.Answer{ID: x.ID, Version: 1,
			Outcome: replies.Silent}); fault.KindOf(err) != fault.Conflict {
			t.Errorf("an answer is written over a newer one: %v", err)
		}
		it, err := w.Replies.Use(ctx, one, x.ID, evidence.Refutes, w.Evidence.Link)
		if err != nil || it.Exact != "I took none." || it.OriginID == nil || it.URL != "" {
			t.Errorf("the answer as evidence is %+v, %v", it, err)
		}
		if _, err := w.Replies.Use(ctx, one, x.ID, evidence.Refutes, w.Evidence.Link); fault.KindOf(err) !=
			fault.Conflict || !strings.Contains(fault.Message(err), "evidence #1") {
			t.Errorf("an answer is linked twice: %v", err)
		}
		if _, err := w.Evidence.Protect(ctx, w.As("editor-1"), it.ID, it.Version, "at risk"); fault.KindOf(err) !=
			fault.Conflict {
			t.Errorf("an answer is protected that the replies name: %v", err)
		}
		contacts(t, db, c, one.UserID, w.As("reviewer-2").UserID)
		tells(t, db)
		w.Verify()
	})
}

func contacts(t *testing.T, db *store.DB, c claims.Claim, writer, other auth.UserID) {
	t.Helper()
	if err := db.Read(ctx, func(r *store.Rx) error {
		for _, k := range []struct {
			all    bool
			reader auth.UserID
			want   int
		}{{true, other, 1}, {false, writer, 1}, {false, other, 0}} {
			got, err := replies.ContactsFor(r, c.ID, k.all, k.reader)
			if err != nil || len(got) != k.want {
				t.Errorf("%d contacts for %+v, %v", len(got), k, err)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// tells says that the history tells who was asked, and not how they are reached.
func tells(t *testing.T, db *store.DB) {
	t.Helper()
	all := history.Filter{Viewer: history.Viewer{ReadAll: true}}
	var out strings.Builder
	if _, err := history.Export(ctx, db, &out, all); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "Anna Weber") || strings.Contains(out.String(), "555 0199") {
		t.Error("the exported history lacks who was asked, or has how they are reached")
	}
	if err := db.Read(ctx, func(r *store.Rx) error {
		events, err := history.List(r, all)
		for _, e := range events {
			for _, x := range e.Texts {
				if strings.Contains(x.Text, "555 0199") {
					t.Errorf("the event %s tells how they are reached", e.Action)
				}
			}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	w, c := opened(t, storetest.SQLite(t))
	one := w.As("reviewer-1")
	for field, spoil := range map[string]func(*replies.Ask){
		"name":     func(a *replies.Ask) { a.Name = " " },
		"way":      func(a *replies.Ask) { a.Way = "pigeon" },
		"asked_on": func(a *replies.Ask) { a.AskedOn = "2026-04-01" },
		"until":    func(a *replies.Ask) { a.Until = "2026-03-01" },
		"contact":  func(a *replies.Ask) { a.Contact = "x\u202ey" },
		"role":     func(a *replies.Ask) { a.Role = strings.Repeat("x", 201) },
	} {
		a := asked(c)
		spoil(&a)
		_, err := w.Replies.Ask(ctx, one, a)
		if f, is := fault.As(err); !is || f.Kind != fault.Invalid || !names(f, field) {
			t.Errorf("%s: %v", field, err)
		}
	}
	a := asked(c)
	a.Until = "2026-03-25"
	x, err := w.Replies.Ask(ctx, one, a)
	if err != nil {
		t.Fatal(err)
	}
	for field, given := range map[string]replies.Answer{
		"outcome":     {Outcome: replies.Silent}, // the day is not over
		"answered_on": {Outcome: replies.Answered, Words: "No.", On: "2026-03-01"},
		"words":       {Outcome: replies.Answered, On: "2026-03-12"},
	} {
		given.ID, given.Version = x.ID, 1
		_, err := w.Replies.Answer(ctx, one, given)
		if f, is := fault.As(err); !is || f.Kind != fault.Invalid || !names(f, field) {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, err := w.Replies.Use(ctx, one, x.ID, evidence.Context, w.Evidence.Link); fault.KindOf(err) != fault.Conflict {
		t.Errorf("no answer is linked as evidence: %v", err)
	}
}

// names says whether a fault names a field.
func names(f *fault.Error, field string) bool {
	return slices.ContainsFunc(f.Fields, func(x fault.Field) bool { return x.Name == field })
}
