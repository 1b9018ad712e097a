package httpd

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestProtectedArticleIsInNoPast: every page that has a past is the same in two worlds that differ in a source that is
// protected now, at every moment, before the protection too.
func TestProtectedArticleIsInNoPast(t *testing.T) {
	t.Parallel()
	for engine, open := range map[string]func(*testing.T) *store.DB{"sqlite": storetest.SQLite,
		"postgres": storetest.Postgres} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			w := newTwins(t, open)
			names := []informant{"zanzibar", "quetzalcoatl"}
			for i, d := range w.door {
				w.mins = 0
				w.at(d, func(d *door) {
					closedStory(d, names[i], func() { w.mins++; w.at(d, func(*door) {}) })
				})
			}
			w.warm()
			paths := []string{"/claims/3", "/articles/1/revisions", "/sources", "/users", "/checked/1", "/sets/2",
				"/claims/1/checked", "/claims/1/wordings", "/exceptions/protected_source", under(1, "dashboard"),
				under(1, "queue") + "?tab=done&sort=article&lang=fa", under(1, "search") + "?q=clerk",
				under(1, "search") + "?q=zanzibar", under(1, "claims") + "?text=officials",
				under(1, "claims") + "?text=zanzibar", under(1, "articles") + "?text=knew", under(1, "checked")}
			for _, past := range []int{2, 4, 30} {
				at := worldStart.Add(time.Duration(past)*time.Minute + 30*time.Second).Format("2006-01-02T15:04:05Z")
				for _, path := range paths {
					for form, header := range forms {
						sep := "?"
						if strings.Contains(path, "?") {
							sep = "&"
						}
						var got [2]reply
						for i, d := range w.door {
							got[i] = d.do("auditor-1", get, path+sep+"asof="+url.QueryEscape(at), "", "", header...)
							if !strings.Contains(path, "zanzibar") {
								w.lacks(names, path+" at "+at+" "+form, got[i].text())
							}
						}
						w.same(path+" at "+at+" "+form, sameHash(got[0].text()), sameHash(got[1].text()))
						if got[0].status >= 500 {
							t.Errorf("%s at %s: %d", path, at, got[0].status)
						}
					}
				}
			}
		})
	}
}
