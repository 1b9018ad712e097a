package httpd

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"claimbench/internal/review"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// queueSaid is what a program reads of a page of the queue.
type queueSaid struct {
	Counts map[review.Tab]int `json:"counts"`
	Fit    int                `json:"fit"`
	Langs  []string           `json:"langs"`
	Items  []struct {
		Claim struct {
			ID   int64  `json:"id"`
			Lang string `json:"lang"`
		} `json:"claim"`
		Why string `json:"why"`
	} `json:"items"`
	Next string `json:"next"`
}

func (d *door) queueSaid(who, query string) (q queueSaid) {
	d.t.Helper()
	r := d.do(who, get, under(d.Collection.ID, "queue")+query, "", "", "Accept", "application/json").
		want(d.t, http.StatusOK)
	if err := json.Unmarshal([]byte(r.body), &q); err != nil {
		d.t.Fatal(err)
	}
	return q
}

// TestQueueReadsMyLanguages: the queue shows the languages that a person said they read, counts them, says so, and
// shows all on request; the conditions stay in every link of the page.
func TestQueueReadsMyLanguages(t *testing.T) {
	t.Parallel()
	d := newDoorOn(t, storetest.SQLite(t))
	fa, ar := d.twoArticles()
	d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	d.Claim(ar, "نشر وثائق داخلية", "نشر وثائق داخلية")
	if q := d.queueSaid("reviewer-1", ""); len(q.Items) != 2 || len(q.Langs) != 0 {
		t.Fatalf("who said nothing sees %+v", q)
	}
	d.form("reviewer-1", "/settings/languages", "lang", "fa", "other", "not a language").want(t,
		http.StatusUnprocessableEntity, "is no language")
	d.form("reviewer-1", "/settings/languages", "lang", "fa", "other", "am، ka").want(t, http.StatusSeeOther)
	d.get("reviewer-1", "/settings").want(t, http.StatusOK, `value="fa" checked`, `am, ka`)
	q := d.queueSaid("reviewer-1", "")
	if len(q.Items) != 1 || q.Items[0].Claim.Lang != "fa" || q.Counts[review.TabTurn] != 1 || q.Fit != 1 ||
		!slices.Equal(q.Langs, []string{"am", "fa", "ka"}) {
		t.Errorf("who reads Persian sees %+v", q)
	}
	if q := d.queueSaid("reviewer-1", "?lang=all"); len(q.Items) != 2 || q.Counts[review.TabTurn] != 2 {
		t.Errorf("of all languages they see %+v", q)
	}
	if q := d.queueSaid("reviewer-2", ""); len(q.Items) != 2 {
		t.Errorf("somebody else sees %+v", q)
	}
	page := d.get("reviewer-1", under(d.Collection.ID, "queue")+"?lang=ar&sort=article&text="+url.QueryEscape("وثائق"))
	page.want(t, http.StatusOK, "1 fit, by article", ">Arabic</bdi>", "“وثائق”</bdi>",
		"lang=ar&amp;sort=article&amp;tab=turn")
	d.get("reviewer-1", under(d.Collection.ID, "queue")+"?lang=ja").want(t, http.StatusOK,
		"Nothing stands here in Japanese.", "Look at all languages")
	d.get("reviewer-1", under(d.Collection.ID, "queue")+"?verdict=disputed").want(t, http.StatusOK,
		"No claim fits these conditions.")
	for query, wrong := range map[string]string{"?sort=bogus": "bogus", "?article=x": "article",
		"?state=bogus": "bogus", "?lang=" + strings.Repeat("fa,", 50): "languages"} {
		d.get("reviewer-1", under(d.Collection.ID, "queue")+query).want(t, http.StatusUnprocessableEntity, wrong)
	}
}

// TestTurns: a reviewer takes a claim and gives it back, puts it off and takes it back, all from the queue; an editor
// says what comes first and gives many claims out. Claims of other collections are not there.
func TestTurns(t *testing.T) {
	t.Parallel()
	d := newDoorOn(t, storetest.SQLite(t))
	fa, ar := d.twoArticles()
	one := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	two := d.Claim(ar, "نشر وثائق داخلية", "نشر وثائق داخلية")
	queue, turns := under(d.Collection.ID, "queue"), func(of string) string { return under(d.Collection.ID, of) }
	d.form("reviewer-1", turns("assignments"), "claim", itoa(one.ID), "back", queue).want(t, http.StatusSeeOther)
	d.get("reviewer-1", queue+"?claim="+itoa(one.ID)).want(t, http.StatusOK, "Give it back", "<bdi>you</bdi>")
	d.get("reviewer-2", queue).want(t, http.StatusOK, "for <bdi>Reviewer One</bdi>", "Take it")
	if q := d.queueSaid("reviewer-1", "?assignee=me"); len(q.Items) != 1 || q.Items[0].Claim.ID != int64(one.ID) {
		t.Errorf("given to me: %+v", q)
	}
	if q := d.queueSaid("reviewer-1", "?assignee=none"); len(q.Items) != 1 || q.Items[0].Claim.ID != int64(two.ID) {
		t.Errorf("given to nobody: %+v", q)
	}
	d.form("reviewer-1", turns("assignments"), "claim", itoa(one.ID), "take_back", "true").want(t,
		http.StatusSeeOther)
	d.form("reviewer-1", turns("snoozes"), "claim", itoa(one.ID), "until", "7").want(t, http.StatusSeeOther)
	d.form("reviewer-1", turns("snoozes"), "claim", itoa(one.ID), "until", "never").want(t,
		http.StatusUnprocessableEntity, "is no day ahead")
	d.get("reviewer-1", queue+"?tab=snoozed").want(t, http.StatusOK, "Back to my", "until ")
	if q := d.queueSaid("reviewer-2", "?tab=snoozed"); len(q.Items) != 0 {
		t.Errorf("somebody else sees what was put off: %+v", q)
	}
	d.form("editor-1", claimURL(two.ID)+"/priority", "priority", "1").want(t, http.StatusSeeOther)
	d.get("reviewer-2", queue).want(t, http.StatusOK, `<span class="chip">first</span>`)
	if q := d.queueSaid("reviewer-2", ""); q.Items[0].Claim.ID != int64(two.ID) {
		t.Errorf("put first, it comes %+v", q.Items)
	}
	d.form("editor-1", turns("assignments/strategy"), "how", "share", "share", "100").want(t, http.StatusSeeOther)
	d.form("reviewer-1", turns("assignments/strategy"), "how", "share").want(t, http.StatusForbidden)
	d.form("reviewer-1", turns("assignments"), "claim", "4711").want(t, http.StatusNotFound)
}

// TestWaited: what came a moment ago waits for no minutes.
func TestWaited(t *testing.T) {
	t.Parallel()
	at := func(d time.Duration) store.Micros { return store.Micros((time.Hour + d).Microseconds()) }
	for since, want := range map[time.Duration]string{0: "just now", 59 * time.Second: "just now",
		61 * time.Second: "1 min", 3 * time.Hour: "3 h", 49 * time.Hour: "2 d 1 h"} {
		if got := waited(at(0), at(since)); got != want {
			t.Errorf("after %s: %q, want %q", since, got, want)
		}
	}
}
