package httpd

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"claimbench/internal/history"
	"claimbench/internal/jobs"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
)

// noTrail are deeds of the table that this walk does not do by token: nobody is signed in, or only hands may.
var noTrail = []string{"/sign-in", "/sign-in/demo", "/link/:token", "/ask/:name"}

// TestEveryEventNamesItsToken does every deed of the table by token, and all the work that follows in jobs: each event
// that comes of it names the token, or is the program's own.
func TestEveryEventNamesItsToken(t *testing.T) {
	t.Parallel()
	w := fill(t, 1)
	tokens := map[string]string{}
	did, seen := 0, 0
	for _, x := range slices.Concat(w.deedsOfPeople(t), w.deedsOfArrivals(t), w.deedsOfArticles(t), w.deedsOfClaims(t),
		w.deedsOfSets(t)) {
		body := x.body()
		w.finishJobs(t) // what came before, by hand
		from := w.events(t)
		if slices.Contains(handOnly, "POST "+x.route) || slices.Contains(noTrail, x.route) || x.who == "" ||
			x.who == "matcher" && !strings.Contains(x.route, "/machine/") {
			w.json(x.who, post, x.path, body)
			continue
		}
		if x.who == "matcher" {
			w.json(x.who, post, x.path, body) // comes with a token by itself
		} else {
			if tokens[x.who] == "" {
				tokens[x.who] = w.token(x.who, false, w.As(x.who).Grants...)
			}
			from = w.events(t)
			if got := w.bearer(tokens[x.who], post, x.path, body); got.status >= http.StatusBadRequest &&
				!strings.HasSuffix(x.route, "/undo") && !strings.HasSuffix(x.route, "/redo") {
				t.Errorf("%s by a token of %s: %d %s", x.route, x.who, got.status, got.body)
			}
		}
		did++
		w.finishJobs(t)
		for _, e := range w.eventsAfter(t, from) {
			if seen++; e.Who.Token == 0 && e.Who.UserID != 0 {
				t.Errorf("%s by a token of %s: %s of %s by %s names no token", x.route, x.who, e.Action, e.Object,
					e.Who.Name)
			}
		}
	}
	if did < 60 || seen < 60 {
		t.Errorf("%d deeds were done by token, with %d events", did, seen)
	}
}

// finishJobs does all work that waits.
func (w full) finishJobs(t *testing.T) {
	t.Helper()
	var all []jobs.ID
	for more := true; more; {
		if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
			all, err = store.Select[jobs.ID](r, "SELECT id FROM jobs WHERE state IN ('waiting', 'running') ORDER BY id")
			return err
		}); err != nil {
			t.Fatal(err)
		}
		for _, id := range all {
			if _, err := w.Jobs.Finish(roomtest.Ctx(), id); err != nil {
				t.Fatal(err)
			}
		}
		more = len(all) > 0
	}
}

// eventsAfter are the events after so many, in their order.
func (w full) eventsAfter(t *testing.T, n int64) (out []history.Entry) {
	t.Helper()
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		size, err := history.Size(r)
		for seq := n + 1; err == nil && seq <= size; seq++ {
			var e history.Entry
			e, err = history.Get(r, seq, history.Viewer{ReadAll: true})
			out = append(out, e)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}
