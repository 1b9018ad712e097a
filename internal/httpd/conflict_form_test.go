package httpd

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"claimbench/internal/claims"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestAConflictIsDecidedInTheQueue: the form stands beside the list; what is refused comes back in #work with what was
// typed, what is taken leads to where the form goes on, and whoever reviewed is told why they cannot.
func TestAConflictIsDecidedInTheQueue(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDoorOn(t, db)
		fa, _ := d.twoArticles()
		first := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
		second := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت ایمیل منتشر شد")
		d.inConflict(first)
		d.inConflict(second)
		queue := under(d.Collection.ID, "queue")
		here := func(cl claims.Claim) string { return withQuery(queue, "tab", "conflict", "claim", itoa(cl.ID)) }
		page := d.get("editor-1", here(first)).want(t, http.StatusOK, `id="decide"`, `name="adopt" value="A"`,
			`name="adopt" value="B"`, `data-kept`, "used by", "1 corroborated, 1 unverified", `id="send-back"`)
		doc := goqueryOf(t, page.body)
		if said := doc.Find("#review, #work .ev").Text(); strings.Contains(said, "Reviewer One") {
			t.Errorf("it names a reviewer before it is decided: %s", said)
		}
		next, _ := doc.Find(`#decide input[name="next"]`).Attr("value")
		if !strings.Contains(next, "claim="+itoa(second.ID)) {
			t.Errorf("it goes on at %q", next)
		}
		send := func(who, path string, pairs ...string) reply {
			v := url.Values{"round": {"1"}, "next": {next}, "here": {here(first)}}
			if path == "/adjudications" {
				v.Set("version", itoa(d.now(first.ID).Version))
			}
			for i := 0; i < len(pairs); i += 2 {
				v.Set(pairs[i], pairs[i+1])
			}
			return d.do(who, post, claimURL(first.ID)+path, "application/x-www-form-urlencoded", v.Encode(),
				"Sec-Fetch-Site", "same-origin", "HX-Request", "true", "HX-Target", "div#work", "HX-Current-URL",
				"http://desk.example"+here(first), "Prefer", "return=minimal")
		}
		refused := send("editor-1", "/adjudications", "verdict", "disputed", "reason_disputed", "refuted", "cause",
			"slip").want(t, http.StatusUnprocessableEntity, "wrong-rationale", `id="decide"`)
		if strings.Contains(refused.body, "<html") || strings.Contains(refused.body, `id="rows"`) {
			t.Error("a refusal is more than the work")
		}
		form := goqueryOf(t, refused.body).Find("#decide")
		if form.Find(`input[value="disputed"][checked]`).Length() != 1 || form.Find(`input[value="slip"][checked]`).
			Length() != 1 {
			t.Error("what was chosen is lost")
		}
		send("editor-1", "/questions", "letter", "Z", "question", "Which?").want(t, http.StatusUnprocessableEntity,
			"Which?", `id="decide"`)
		if r := send("editor-1", "/questions", "letter", "A", "question", "Which?"); r.location != next {
			t.Errorf("a question goes on at %q (%d): %s", r.location, r.status, r.body)
		}
		if r := send("editor-1", "/adjudications", "next", "https://elsewhere.example/x", "adopt", "A"); r.status !=
			http.StatusNoContent || strings.Contains(r.location, "elsewhere") {
			t.Errorf("%d, it goes on at %q", r.status, r.location)
		}
		if now := d.now(first.ID); now.State != claims.Decided {
			t.Errorf("it is %s", now.State)
		}
		// Somebody was faster: said in its place.
		late := send("editor-2", "/adjudications", "adopt", "A")
		if late.status != http.StatusConflict && late.status != http.StatusUnprocessableEntity {
			t.Errorf("decided twice: %d", late.status)
		}
	})
}

// TestWhoReviewedDecidesNothing: an editor who reviewed is told so in the queue, and is given no form there.
func TestWhoReviewedDecidesNothing(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	d.conflictBy(cl, "editor-1", "reviewer-2")
	at := withQuery(under(d.Collection.ID, "queue"), "tab", "conflict", "claim", itoa(cl.ID))
	page := d.get("editor-1", at).want(t, http.StatusOK, "You reviewed claim")
	for _, not := range []string{`id="decide"`, `name="adopt"`, "data-kept", `id="send-back"`} {
		if strings.Contains(page.body, not) {
			t.Errorf("they are offered %s", not)
		}
	}
}
