package httpd

import (
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/auth"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestWhatNoTextHolds: NUL and bytes that are not UTF-8 are refused by name on both engines, wherever they stand.
func TestWhatNoTextHolds(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDoorOn(t, db)
		fa, _ := d.twoArticles()
		url := claimURL(d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد").ID)
		for _, bad := range []string{"a%00b", "a%ffb"} {
			d.get("auditor-1", under(d.Collection.ID, "claims?lang=")+bad).want(t, http.StatusUnprocessableEntity,
				"“lang”")
			d.get("auditor-1", "/history?object="+bad).want(t, http.StatusUnprocessableEntity, "“object”")
			d.get("auditor-1", under(d.Collection.ID, "articles?text=")+bad).want(t, http.StatusUnprocessableEntity,
				"“text”")
			d.get("auditor-1", "/claims/"+bad).want(t, http.StatusNotFound)
			d.get("", "/link/"+bad).want(t, http.StatusNotFound)
			d.do("", post, "/sign-in", "application/x-www-form-urlencoded", "password=x&user="+bad, "Sec-Fetch-Site",
				"same-origin").want(t, http.StatusUnprocessableEntity, "“user”")
			d.do("reviewer-1", post, url+"/comments", "application/x-www-form-urlencoded", "text="+bad,
				"Sec-Fetch-Site", "same-origin").want(t, http.StatusUnprocessableEntity, "text")
		}
		d.json("reviewer-1", post, url+"/comments", `{"text":"a\u0000b"}`).want(t, http.StatusUnprocessableEntity,
			"“text”", "NUL")
	})
}

// TestUserWithARoleOrNotAtAll: a person whose first role cannot be given is not added, and the form keeps its words.
func TestUserWithARoleOrNotAtAll(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	d.form("admin-1", "/users", "name", "zoe", "role", "emperor", "collection", itoa(d.Collection.ID)).
		want(t, http.StatusUnprocessableEntity, `value="zoe"`, "“emperor” is no role", `value="`+itoa(d.Collection.ID)+
			`" selected`)
	if page := d.get("admin-1", "/users"); strings.Contains(page.body, "<bdi>zoe</bdi>") {
		t.Error("a person was added without the role that was refused")
	}
	d.form("admin-1", "/users", "name", "zoe", "role", string(auth.Reviewer), "collection",
		itoa(d.Collection.ID)).want(t,
		http.StatusCreated, "Reviewer")
}
