package httpd

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"claimbench/internal/httpd/view"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// formsWithoutKey names the forms of a page that send something and do not carry one key of their own.
func formsWithoutKey(page string) (out []string) {
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(page))
	if err != nil {
		return []string{err.Error()}
	}
	seen := map[string]bool{}
	doc.Find(`form[method="post"]`).Each(func(_ int, form *goquery.Selection) {
		key := form.Find(`input[type="hidden"][name="` + keyField + `"]`)
		value := key.AttrOr("value", "")
		if key.Length() != 1 || !strings.HasPrefix(value, view.FormKey) || seen[value] {
			out = append(out, fmt.Sprintf("the form to %s has %d keys, %q", form.AttrOr("action", "?"), key.Length(),
				value))
		}
		seen[value] = true
	})
	return out
}

// formOn reads the key of the form of a page that is sent to an address.
func (d *door) formOn(user, page, action string) string {
	d.t.Helper()
	key, there := goqueryOf(d.t, d.get(user, page).want(d.t, http.StatusOK).body).Find(
		`form[action="` + action + `"] input[name="` + keyField + `"]`).First().Attr("value")
	if !there {
		d.t.Fatalf("%s has no form to %s with a key", page, action)
	}
	return key
}

// TestFormsAreSentOnce: without script a form that is sent twice, after a step back or by loading the page again, is
// done once, and answered as the first time. With other words in it, mended after a refusal, or from a page that was
// opened anew, it is another.
func TestFormsAreSentOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDoorOn(t, db)
		fa, _ := d.twoArticles()
		cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
		page, comments := claimURL(cl.ID), claimURL(cl.ID)+"/comments"
		key := d.formOn("reviewer-1", page, comments)
		send := func(words string) reply {
			return d.form("reviewer-1", comments, "text", words, keyField, key)
		}
		count := func(words string, want int) {
			t.Helper()
			if n := strings.Count(d.get("auditor-1", page).body, words); n != want {
				t.Errorf("%q stands there %d times, want %d", words, n, want)
			}
		}
		send("").want(t, http.StatusUnprocessableEntity)
		first := send("Only once.").want(t, http.StatusSeeOther)
		again := send("Only once.").want(t, http.StatusSeeOther)
		if again.location != first.location || again.header.Get(replayedHeader) != "true" ||
			!strings.Contains(strings.Join(again.header["Set-Cookie"], " "), "sent="+key) {
			t.Errorf("%q, then %q %v", first.location, again.location, again.header)
		}
		count("Only once.", 1)
		send("Other words.").want(t, http.StatusSeeOther)
		count("Other words.", 1)
		if anew := d.formOn("reviewer-1", page, comments); anew == key {
			t.Error("a page that was opened anew has the key of before")
		}
		d.form("reviewer-1", comments, "text", "Only once.", keyField, d.formOn("reviewer-1", page, comments)).want(t,
			http.StatusSeeOther)
		count("Only once.", 2)
		d.Verify()
	})
}

// TestReviewSentTwice: a program that sends a review again reads its review and the claim, in the shape of the first
// answer, whether or not the round ended by it.
func TestReviewSentTwice(t *testing.T) {
	t.Parallel()
	for _, quorum := range []int{1, 2} {
		d := newDoor(t)
		d.rules(quorum)
		fa, _ := d.twoArticles()
		cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
		send := func() string {
			r := d.sendKeyed("reviewer-1", claimURL(cl.ID)+"/reviews", "k-1", `{"words_version":1,"round":1,`+
				`"verdict":"unverified","reason":"no_evidence","searched":"the archive"}`).want(t, http.StatusOK)
			return regexp.MustCompile(`"perhaps_same":.*?\],|"unsupported":.*?\],`).ReplaceAllString(r.body, "")
		}
		if one, two := send(), send(); one != two || !strings.HasPrefix(one, `{"review":{`) {
			t.Errorf("quorum %d: first\n%s\nthen\n%s", quorum, one, two)
		}
	}
}
