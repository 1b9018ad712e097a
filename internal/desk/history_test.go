package desk_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/history"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// pastWorld is a claim with a comment and evidence, made at one time; with secret, somebody reviewed it too.
func pastWorld(t *testing.T, db *store.DB, secret bool) (*roomtest.World, *desk.Desk, claims.Claim) {
	t.Helper()
	at := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	db.SetClock(func() time.Time { return at })
	w := roomtest.New(t, db, articles.CollectionNew{})
	a := w.Article(articles.Import{Raw: "Twelve grants were approved on Monday. The mayor said so.", Lang: "en"})
	c := w.Claim(a, "Twelve grants were approved on Monday", "Twelve grants were approved.")
	d := review.Draft{Verdict: claims.Unverified, Reason: review.Insufficient, Searched: "xyzzy"}
	if secret {
		if _, _, err := w.Submit("reviewer-1", c, d); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Claims.AddComment(roomtest.Ctx(), w.As("reviewer-1"), c.ID, "Which Monday?"); err != nil {
		t.Fatal(err)
	}
	closed := w.Claim(a, "The mayor said so", "The mayor said so.")
	for _, who := range []string{"reviewer-1", "reviewer-2"} {
		if _, _, err := w.Submit(who, closed, d); err != nil {
			t.Fatal(err)
		}
	}
	return w, desk.New(w.House, nil), c
}

var drawn = regexp.MustCompile(`web-[A-Za-z0-9_-]{12}|\b[a-z2-7]{12}\b|"letter":"[A-Z]"`)

// TestTheDeskIsBlind compares what the desk answers in two worlds, with and without another's review of an open round.
func TestTheDeskIsBlind(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		other := storetest.SQLite(t)
		if db.Dialect() == store.Postgres {
			other = storetest.Postgres(t)
		}
		var said [2]map[string]string
		for i, on := range []*store.DB{db, other} {
			w, d, c := pastWorld(t, on, i == 0)
			said[i] = map[string]string{}
			for _, who := range []string{"reviewer-2", "editor-1"} {
				say := func(what string, answer any, err error) {
					if err != nil {
						t.Fatalf("%s: %v", what, err)
					}
					b, err := json.Marshal(answer)
					if err != nil {
						t.Fatal(err)
					}
					said[i][who+" "+what] = drawn.ReplaceAllString(string(b), "…")
				}
				actor := w.As(who)
				for _, ask := range []desk.PastAsk{{}, {Object: claims.Object(c.ID)}, {Action: "review."},
					{Action: "round."}, {Action: "comment."}} {
					p, err := d.Past(roomtest.Ctx(), actor, ask)
					say(fmt.Sprintf("history %+v", ask), p.JSON(), err)
				}
				page, err := d.Claim(roomtest.Ctx(), actor, desk.ClaimAsk{ID: c.ID})
				say("claim", page.JSON(), err)
				q, err := d.Queue(roomtest.Ctx(), actor, desk.QueueAsk{
					QueueFilter: review.QueueFilter{Collection: w.Collection.ID}})
				say("queue", q.JSON(), err)
				r, err := d.Read(roomtest.Ctx(), actor, desk.ReadAsk{Article: c.ArticleID, Claim: c.ID})
				say("reader", r.JSON(), err)
			}
			if _, err := d.PastEvent(roomtest.Ctx(), w.As("editor-1"), 1); err == nil {
				t.Error("an editor reads a single event")
			}
		}
		for what, with := range said[0] {
			if with != said[1][what] || strings.Contains(with, "xyzzy") && !strings.Contains(said[1][what], "xyzzy") {
				t.Errorf("%s tells the worlds apart:\n%s\n%s", what, with, said[1][what])
			}
		}
	})
}

// TestWhoCommentsUnderReviewIsSomeone: the history does not tell of comments while a round is open, nor name who
// commented on a claim in conflict, also not by being asked for that person's acts; auditors and the author read it.
func TestWhoCommentsUnderReviewIsSomeone(t *testing.T) {
	t.Parallel()
	w, d, c := pastWorld(t, storetest.SQLite(t), false)
	for who, n := range map[string]int{"reviewer-2": 0, "editor-1": 0, "auditor-1": 1} {
		p, err := d.Past(roomtest.Ctx(), w.As(who), desk.PastAsk{Action: "comment."})
		if err != nil || len(p.Events) != n {
			t.Errorf("%s sees %d comments of an open round, want %d, %v", who, len(p.Events), n, err)
		}
	}
	b := w.Article(articles.Import{Raw: "The minutes list twelve grants.", Lang: "en"})
	w.Link(c, b, "twelve grants", evidence.Supports, evidence.PrimaryDocument)
	for who, say := range map[string]review.Draft{
		"reviewer-1": {Verdict: claims.Unverified, Reason: review.Insufficient, Searched: "The archive."},
		"reviewer-2": {Verdict: claims.Corroborated, Reason: review.PrimaryDocument}} {
		if _, _, err := w.Submit(who, c, say); err != nil {
			t.Fatal(err)
		}
	}
	for who, named := range map[string]bool{"reviewer-2": false, "editor-1": false, "reviewer-1": true,
		"auditor-1": true} {
		for _, by := range []string{"", "reviewer-1"} {
			p, err := d.Past(roomtest.Ctx(), w.As(who), desk.PastAsk{Action: "comment.", Actor: by})
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case by != "" && !named && len(p.Events) != 0:
				t.Errorf("%s is told that reviewer-1 commented", who)
			case by == "" && (len(p.Events) != 1 || p.Events[0].Someone == named ||
				(p.Events[0].Who.Name != "") != named):
				t.Errorf("%s sees %+v", who, p.Events)
			}
			for _, e := range p.Events {
				if _, told := e.After["author"]; told != named {
					t.Errorf("%s is told by the row who commented: %v", who, e.After)
				}
			}
		}
	}
}

// TestOlderPagesGoOnAtAnotherServer: an address of an older page is read by every server of the database, and an answer
// costs a bounded number of statements however many events differ from those before.
func TestOlderPagesGoOnAtAnotherServer(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, d, c := pastWorld(t, db, true)
		if err := db.Write(roomtest.Ctx(), func(tx *store.Tx) error {
			var events []history.Event
			for i := range 120 {
				row := history.Fields{"claim": fmt.Sprint(c.ID)}
				events = append(events, history.Event{Action: "gloss.set", Object: fmt.Sprintf("gloss:%d", 100+i%60),
					Collection: int64(w.Collection.ID), Before: row, After: row,
					Texts: history.Texts{"words": fmt.Sprint("words ", i)}})
			}
			_, err := history.AppendAll(tx, history.Who{UserID: 1, Name: "reviewer-1", Via: history.API}, events)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		for _, who := range []string{"reviewer-2", "auditor-1"} {
			first, err := d.Past(roomtest.Ctx(), w.As(who), desk.PastAsk{})
			if err != nil || first.Older == "" || len(first.Events) != history.DefaultLimit {
				t.Fatalf("%d events, then %q, %v", len(first.Events), first.Older, err)
			}
			if got := first.Events[0].Earlier["words"]; got != "words 59" {
				t.Errorf("%s: before the newest event its row said %q", who, got)
			}
			var n store.Counter
			second, err := desk.New(w.House, nil).Past(store.WithCounter(roomtest.Ctx(), &n), w.As(who),
				desk.PastAsk{Before: first.Older})
			if err != nil || len(second.Events) != history.DefaultLimit ||
				second.Events[0].Texts["words"].Text != "words 69" {
				t.Errorf("%s: the second page begins with %+v, %v", who, second.Events, err)
			}
			if n.Statements.Load() > 16 {
				t.Errorf("%s: a page costs %d statements", who, n.Statements.Load())
			}
		}
	})
}
