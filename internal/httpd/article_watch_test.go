package httpd

import (
	"fmt"
	"net/http"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/watches"
)

// TestArticleWatch: an editor watches a page until a day, on a page and by JSON; a text that was found is shown beside
// the article's, word by word, and taken or refused; readers see it, and decide nothing.
func TestArticleWatch(t *testing.T) {
	d := newDoor(t)
	a := d.Article(articles.Import{Lang: "en", Title: "Grants", URL: "https://news.example/grants",
		Raw: "The council approved 40 grants.\n\nThe mayor thanked them."}).Article.ID
	at := "/articles/" + itoa(a) + "/watch"
	today := watches.Today(d.DB.Now())
	d.get("editor-1", at).want(t, http.StatusOK, "This workbench fetches no pages", "It is not watched").
		without(t, `name="until"`)
	d.json("admin-1", "POST", "/fetching", `{"allowed":"1","contact":"desk@paper.example","version":0}`).want(t,
		http.StatusOK)
	d.json("admin-1", "POST", "/collections/"+itoa(d.Collection.ID)+"/fetching", `{"allowed":"1","version":0}`).want(t,
		http.StatusOK)
	d.form("editor-1", at, "until", "soon", "version", "0").want(t, http.StatusUnprocessableEntity, `value="soon"`,
		"Write a day as YYYY-MM-DD")
	d.json("reviewer-1", "POST", at, `{"until":"`+today+`","version":0}`).want(t, http.StatusForbidden)
	d.json("editor-1", "POST", at, `{"until":"`+today+`","version":0}`).want(t, http.StatusOK, `"on":true`,
		`"version":1`)
	d.get("editor-1", at).want(t, http.StatusOK, "It is watched until", at+"/end", "Asked for again from")
	d.get("reviewer-1", at).want(t, http.StatusOK, "It is watched until").without(t, at+"/end")
	p := watches.Proposed{ArticleID: a, State: watches.Open, Version: 1, Silent: true, Stated: "2026-11-03",
		Raw: "The council approved 41 grants.\n\nThe mayor thanked them.\n\nThe vote was close.", SHA256: "x"}
	if err := d.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error { return tx.Gorm().Create(&p).Error }); err != nil {
		t.Fatal(err)
	}
	d.get("reviewer-1", at).want(t, http.StatusOK, "<del>40</del>", "<ins>41</ins>", "<ins>The vote was close.</ins>",
		"1 paragraph is the same", "changed in silence", "2026-11-03").without(t, at+"/take")
	d.json("auditor-1", "GET", at, "").want(t, http.StatusOK, `"changed_in_silence":true`, `"text":"The council`)
	d.get("editor-1", "/collections/"+itoa(d.Collection.ID)+"/watches").want(t, http.StatusOK, "another text waits",
		"watched until "+today)
	d.json("editor-1", "GET", "/collections/"+itoa(d.Collection.ID)+"/watches", "").want(t, http.StatusOK,
		`"proposed":true`)
	d.json("reviewer-1", "POST", at+"/take", fmt.Sprintf(`{"proposed":%d,"version":1}`, p.ID)).want(t,
		http.StatusForbidden)
	d.json("editor-1", "POST", at+"/take", fmt.Sprintf(`{"proposed":%d,"version":9}`, p.ID)).want(t,
		http.StatusConflict)
	d.json("editor-1", "POST", at+"/take", fmt.Sprintf(`{"proposed":%d,"version":1}`, p.ID)).want(t, http.StatusOK,
		`"n":2`)
	d.json("editor-1", "POST", at+"/refuse", fmt.Sprintf(`{"proposed":%d}`, p.ID)).want(t, http.StatusConflict, "taken")
	d.get("editor-1", at).want(t, http.StatusOK, "Texts that were found before").without(t, "<ins>")
	d.json("editor-1", "POST", at+"/end", `{"version":1}`).want(t, http.StatusOK, `"on":false`)
}

// TestProtectedArticleTellsNothing: of a protected article its watch says no day, no text and no address, to nobody.
func TestProtectedArticleTellsNothing(t *testing.T) {
	d := newDoor(t)
	a := d.Article(articles.Import{Lang: "en", Title: "Xyzzy", URL: "https://xyzzy.example/grants",
		Raw: "Xyzzy says so."})
	for path, body := range map[string]string{"/fetching": `{"allowed":"1","contact":"desk@paper.example","version":0}`,
		"/collections/" + itoa(d.Collection.ID) + "/fetching": `{"allowed":"1","version":0}`} {
		d.json("admin-1", "POST", path, body).want(t, http.StatusOK)
	}
	at := "/articles/" + itoa(a.Article.ID) + "/watch"
	d.json("editor-1", "POST", at, `{"until":"`+watches.Today(d.DB.Now())+`","version":0}`).want(t, http.StatusOK)
	if _, err := d.Articles.Protect(roomtest.Ctx(), d.As("editor-1"), a.Article.ID, 1, "source at risk"); err != nil {
		t.Fatal(err)
	}
	list := "/collections/" + itoa(d.Collection.ID) + "/watches"
	for _, who := range []string{"editor-1", "reviewer-1", "auditor-1"} {
		for _, path := range []string{at, list} {
			d.get(who, path).want(t, http.StatusOK).without(t, "yzzy")
			d.json(who, "GET", path, "").want(t, http.StatusOK).without(t, "yzzy")
		}
		d.get(who, list).want(t, http.StatusOK, "No page is watched")
	}
}
