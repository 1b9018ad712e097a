package httpd

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestStretches goes through the doors with a claim that stands at three stretches: by JSON and by forms, on its page,
// in the reader, in a newer text.
func TestStretches(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDoorOn(t, db)
		raw := "The port spoke. It named 𝔗 ships that were held. A gap. Another. Copper was on board. Nobody was hurt."
		a := d.Article(articles.Import{Raw: raw, Lang: "en"})
		art := "/articles/" + itoa(a.Article.ID)
		at := func(words string) claims.Stretch { return claims.Stretch{Span: d.Find(a, words)} }
		one, two, three := at("It named 𝔗 ships"), at("were held"), at("Copper")
		body := `{"revision":%d,"start":%d,"end":%d,"statement":"Ships were held.","stretches":[%s]}`
		list := fmt.Sprintf(`{"start":%d,"end":%d,"exact":"were held"},{"start":%d,"end":%d}`, two.Start, two.End,
			three.Start, three.End)
		made := d.json("reviewer-1", "POST", art+"/claims", fmt.Sprintf(body, a.Revision.ID, one.Start, one.End,
			list)).want(t, http.StatusOK)
		var c struct {
			ID        claims.ID
			Exact     string
			Stretches []struct {
				Exact    string
				Sentence int
			}
		}
		if err := json.Unmarshal([]byte(made.body), &c); err != nil || len(c.Stretches) != 3 ||
			c.Stretches[0].Exact != c.Exact || c.Stretches[2].Exact != "Copper" || c.Stretches[2].Sentence != 5 {
			t.Fatalf("%s %v", made.body, err)
		}
		refused := d.json("reviewer-1", "POST", art+"/claims", fmt.Sprintf(body, a.Revision.ID, one.Start, one.End,
			fmt.Sprintf(`{"start":%d,"end":%d,"exact":"was held"}`, two.Start, two.End))).want(t,
			http.StatusUnprocessableEntity)
		if !strings.Contains(refused.body, `"/stretches`) {
			t.Errorf("not refused at its field: %s", refused.body)
		}

		// The claim's page shows each stretch in its sentence; the reader marks each, with one number.
		page := goqueryOf(t, d.get("reviewer-1", claimURL(c.ID)).want(t, http.StatusOK).body)
		if marked := page.Find(".passage mark").Text(); marked != "It named 𝔗 shipswere heldCopper" {
			t.Errorf("the claim's page marks %q", marked)
		}
		reader := goqueryOf(t, d.get("reviewer-1", art).want(t, http.StatusOK).body)
		if n := reader.Find(`mark[data-claims="` + itoa(c.ID) + `"]`).Length(); n != 3 {
			t.Errorf("the reader has %d marks", n)
		}
		if n := reader.Find(".gut a").Length(); n != 1 {
			t.Errorf("the reader has %d numbers", n)
		}
		if note := reader.Find("#cov-h + span").Text(); !strings.HasPrefix(note, "Of 6 sentences, 2 have a claim") {
			t.Errorf("coverage: %s", note)
		}

		// The form has them, and sends them again; a person takes one out.
		edit := claimURL(c.ID) + "/edit"
		shown := d.get("reviewer-1", edit).want(t, http.StatusOK).body
		if got := valueOf(t, shown, "stretches"); got != writeSpans([]claims.Stretch{two, three}) {
			t.Errorf("the form has %q", got)
		}
		form := func(version int64, typed string) []string {
			return []string{"words_version", itoa(version), "statement", "Ships were held.", "start", itoa(one.Start),
				"end", itoa(one.End), "stretches", typed}
		}
		d.form("reviewer-1", edit, form(1, "12 to 14")...).want(t, http.StatusUnprocessableEntity, "wrong-stretches",
			`value="12 to 14"`)
		d.form("reviewer-1", edit, form(1, writeSpans([]claims.Stretch{three, two}))...).want(t,
			http.StatusUnprocessableEntity, "wrong-stretches", "in the order of the text")
		d.form("reviewer-1", edit, form(1, writeSpans([]claims.Stretch{two, three}))...).want(t, http.StatusSeeOther)
		if now := d.now(c.ID); now.WordsVersion != 1 {
			t.Errorf("the same stretches are another wording: %+v", now)
		}
		d.form("reviewer-1", edit, form(1, writeSpans([]claims.Stretch{three}))...).want(t, http.StatusSeeOther)
		if now := d.now(c.ID); now.WordsVersion != 2 || len(now.More) != 1 {
			t.Errorf("%+v", now)
		}
		d.json("reviewer-1", "POST", edit, `{"words_version":2,"statement":"Ships were held there."}`).want(t,
			http.StatusOK)
		if now := d.now(c.ID); len(now.More) != 1 {
			t.Errorf("who says nothing of stretches keeps them: %+v", now)
		}
		d.json("reviewer-1", "POST", claimURL(c.ID)+"/split", fmt.Sprintf(`{"words_version":3,"part_statement":`+
			`["One.","Two."],"part_start":[%d,%d],"part_end":[%d,%d],"part_stretches":["","%d-%d"]}`, one.Start,
			one.Start, one.End, one.End, three.Start, three.End)).want(t, http.StatusOK, `"stretches":[{`)

		// In a newer text one is gone: the page proposes the rest, and says so.
		d.form("editor-1", art+"/revisions", "version", "1", "text", strings.Replace(raw, "Copper was", "Tin was",
			1)).want(t, http.StatusSeeOther)
		moved := d.json("reviewer-1", "GET", claimURL(c.ID+1)+"/anchor", "").want(t, http.StatusOK,
			"needs_confirmation")
		if strings.Contains(moved.body, `"exact":"Copper","prefix":"r. ","suffix"`) {
			t.Errorf("what is gone is proposed: %s", moved.body)
		}
		d.get("reviewer-1", claimURL(c.ID+1)+"/anchor").want(t, http.StatusOK, `name="stretches"`)
		d.Verify()
	})
}

func goqueryOf(t *testing.T, body string) *goquery.Document {
	t.Helper()
	page, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return page
}
