package httpd

import (
	"encoding/json"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// readOnce are deeds whose first answer holds a secret that is shown once, or a page made for this one answer: what is
// sent again is led to what was made.
var readOnce = map[string]bool{"/users": true, "/users/:id/link": true, "/settings/tokens": true,
	"/settings/tokens/end": true, "/machines": true, "/machines/:id/token": true,
	"/collections/:collection/webhooks": true, "/webhooks/:id/secret": true}

// unkeyed are deeds at the door, where nobody is signed in yet, or nobody any more: a key of theirs is nobody's.
// A reader's request is the exception: its key leads back to it.
var unkeyed = map[string]bool{"/link/:token": true, "/sign-in": true, "/sign-in/demo": true, "/sign-out": true,
	"/settings/sessions/end": true, "/theme": true}

// unwritten are deeds that write nothing of their own, so that no key is kept: to do them again does nothing more.
var unwritten = map[string]bool{"/settings/zone": true, "/history/verify": true, "/history/export": true,
	"/exceptions/export":   true,
	"/claims/:id/presence": true, "/sets/:id/presence": true}

// readAnew are members that an object has on its page, and not in the first answer, or the other way round: what the
// deed's room does not look up, and what a page veils.
var readAnew = map[string][]string{
	"/claims/:id/approvals":                       {"glosses"},
	"/collections/:collection/guidelines/gaps":    {"rationale"},
	"/collections/:collection/sources/:id/rating": {"collection_name"},
	"/notices/read":                               {"says"},
}

// TestEveryDeedSentAgain does every deed of the table twice under one key, as a program and as a browser. The second
// is answered as the first was: the same status, the same address, the same object. Nothing is done twice.
func TestEveryDeedSentAgain(t *testing.T) {
	t.Parallel()
	for _, accept := range []string{"application/json", "text/html"} {
		t.Run(accept, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				w := fillOn(t, db, 1)
				for i, x := range slices.Concat(w.deedsOfPeople(t), w.deedsOfArrivals(t), w.deedsOfArticles(t),
					w.deedsOfClaims(t),
					w.deedsOfSets(t)) {
					w.sendsTwice(t, x, accept, "a-key-of-its-own-"+itoa(i))
				}
			})
		})
	}
}

func (w full) sendsTwice(t *testing.T, x deedDone, accept, key string) {
	t.Helper()
	body := x.body()
	send := func() reply {
		return w.do(x.who, post, x.path, "application/json", body, "Accept", accept, "Sec-Fetch-Site", "same-origin",
			keyHeader, key)
	}
	if unkeyed[x.route] {
		send()
		return
	}
	one := send()
	if one.status >= http.StatusBadRequest {
		if x.route == "/collections/:collection/undo" || x.route == "/collections/:collection/redo" {
			return
		}
		t.Errorf("%s as %s answers %d: %s", x.route, x.who, one.status, one.body)
		return
	}
	before := w.events(t)
	two := send()
	if after := w.events(t); after != before && !strings.HasSuffix(x.route, "/export") {
		t.Errorf("%s sent again did something: %d events, then %d", x.route, before, after)
	}
	if two.header.Get(replayedHeader) != "true" && !unwritten[x.route] {
		t.Errorf("%s sent again does not say so: %v", x.route, two.header)
	}
	if readOnce[x.route] {
		if strings.Contains(two.body, "/link/") || strings.Contains(two.body, "whsec_") ||
			two.status >= http.StatusBadRequest {
			t.Errorf("%s sent again answers %d: %s", x.route, two.status, two.body)
		}
		return
	}
	if one.status != two.status || one.location != two.location {
		t.Errorf("%s answers %d %q, then %d %q", x.route, one.status, one.location, two.status, two.location)
	}
	if accept != "application/json" || notJSON["POST "+x.route] {
		return
	}
	first, second := one.object(t), two.object(t)
	for name, v := range first {
		if !holdsAll(v, second[name]) && !slices.Contains(readAnew[x.route], name) {
			t.Errorf("%s, sent again, has another %s:\n%.300s\n%.300s", x.route, name, one.body, two.body)
		}
	}
}

func (r reply) object(t *testing.T) (out map[string]any) {
	t.Helper()
	if err := json.Unmarshal([]byte(r.body), &out); err != nil {
		t.Errorf("%v: %s", err, r.body)
	}
	return out
}

// holdsAll says whether a value is another, or an object or list of objects whose members all stand in the other.
func holdsAll(one, two any) bool {
	switch x := one.(type) {
	case map[string]any:
		y, _ := two.(map[string]any)
		for name, v := range x {
			if !holdsAll(v, y[name]) {
				return false
			}
		}
		return true
	case []any:
		y, _ := two.([]any)
		for i, v := range x {
			if len(y) != len(x) || !holdsAll(v, y[i]) {
				return false
			}
		}
	}
	return reflect.TypeOf(one) == reflect.TypeOf(two) && (reflect.TypeOf(one) == reflect.TypeFor[[]any]() ||
		reflect.DeepEqual(one, two))
}

// TestSentAgainByOneWhoMayNot: the right to do it is asked again in the collection of the very object, also where the
// first answer was kept. A role elsewhere does not do.
func TestSentAgainByOneWhoMayNot(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := fillOn(t, db, 1)
		ctx, admin, me := roomtest.Ctx(), w.As("admin-1"), w.As("reviewer-1").UserID
		other, err := w.Articles.CreateCollection(ctx, admin, articles.CollectionNew{Name: "Elsewhere"})
		if err == nil {
			err = w.Auth.GrantRole(ctx, admin, me, auth.Reviewer, other.ID)
		}
		if err == nil {
			err = w.Auth.RevokeRole(ctx, admin, me, auth.Reviewer, 0, "of two collections only")
		}
		if err == nil {
			err = w.Auth.GrantRole(ctx, admin, me, auth.Reviewer, w.Collection.ID)
		}
		if err != nil {
			t.Fatal(err)
		}
		deeds := map[string]deedDone{}
		for _, x := range slices.Concat(w.deedsOfArticles(t), w.deedsOfClaims(t)) {
			if x.who == "reviewer-1" && deeds[x.route].path == "" {
				deeds[x.route] = x
			}
		}
		var sent []deedDone
		for _, route := range []string{"/articles/:id/extract", "/articles/:id/origin", "/claims/:id/duplicates/refuse",
			"/claims/:id/comments", "/claims/:id/passages/refuse", "/evidence/:id/unlink", "/claims/:id/accept",
			"/collections/:collection/undo", "/collections/:collection/batches"} {
			x := deeds[route]
			x.body = fixed(x.body())
			w.sendKeyed(x.who, x.path, "k", x.body()).want(t, http.StatusOK)
			sent = append(sent, x)
		}
		again := func(may bool) {
			t.Helper()
			for _, x := range sent {
				if got := w.sendKeyed(x.who, x.path, "k", x.body()); may != (got.status == http.StatusOK) {
					t.Errorf("%s sent again answers %d, may it %t: %s", x.route, got.status, may, got.body)
				}
				got := w.do(x.who, post, x.path, "application/json", x.body(), "Accept", "text/html", "Sec-Fetch-Site",
					"same-origin", keyHeader, "k")
				if may != (got.status == http.StatusSeeOther) {
					t.Errorf("%s sent again by a browser answers %d, may it %t", x.route, got.status, may)
				}
			}
		}
		again(true)
		if err := w.Auth.RevokeRole(ctx, admin, me, auth.Reviewer, w.Collection.ID, "moved"); err != nil {
			t.Fatal(err)
		}
		again(false)
	})
}

// TestAPartOfAnAnswer: a path leads into an answer, or to all of it.
func TestAPartOfAnAnswer(t *testing.T) {
	t.Parallel()
	const whole = `{"a":{"b":[{"id":1,"c":[]},{"id":2,"form":"x","c":[{"id":9007199254740993}]}]}}`
	for path, want := range map[string]string{
		"":                                   whole,
		"/a/b/id=1":                          `{"id":1,"c":[]}`,
		"/a/b/id=2,form=x/c":                 `[{"id":9007199254740993}]`,
		"/a/b/id=1,form=":                    `{"id":1,"c":[]}`,
		"/a/b/id=2,form=":                    whole,
		"/a/b/*/c/id=9007199254740993":       `{"id":9007199254740993}`,
		"/a/no":                              whole,
		"/a/b/id=1/c/id=7/and/more/of/these": whole,
	} {
		if got := strings.TrimSpace(string(partOf([]byte(whole), path))); got != want {
			t.Errorf("%s of it is %s, want %s", path, got, want)
		}
	}
}

// events counts what the history holds.
func (w full) events(t *testing.T) (n int64) {
	t.Helper()
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		return r.Gorm().Raw("SELECT COUNT(*) FROM events").Scan(&n).Error
	}); err != nil {
		t.Fatal(err)
	}
	return n
}
