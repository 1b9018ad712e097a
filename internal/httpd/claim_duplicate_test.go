package httpd

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/roomtest"
)

// A claim that says what another says is proposed as one with it: beside both, in JSON, and when it is accepted.
func TestDuplicatesOnThePage(t *testing.T) {
	d := newDoor(t)
	fa := d.Article(articles.Import{Source: "Radio Zamaneh", Lang: "fa", Published: "2017-05-06", Raw: persianLeak})
	ar := d.Article(articles.Import{Source: "القاهرة", Lang: "ar", Published: "2017-05-07", Raw: arabicLeak})
	const own, same = "حدود ۹ گیگابایت داده منسوب به کمپین مکرون در اینترنت منتشر شد.",
		"نشر القراصنة 9 غيغابايت من بيانات حملة ماكرون على الإنترنت."
	one := d.Claim(fa, "حدود ۹ گیگابایت داده منسوب به کمپین مکرون", own)
	two := d.Claim(ar, strings.TrimSuffix(same, "."), same)
	alike := claimURL(one.ID) + "/duplicates"
	d.get("reviewer-1", claimURL(one.ID)).want(t, http.StatusOK, `hx-get="`+alike+`"`, `href="`+alike+`"`)
	page := d.do("reviewer-1", get, alike, "", "", "HX-Request", "true").want(t, http.StatusOK, "Perhaps the same as",
		`<p class="txt" lang="ar" dir="rtl">`+same, `aria-keyshortcuts="m"`, `aria-keyshortcuts="n"`,
		"One claim: claim "+itoa(one.ID)+" stays", `action="`+claimURL(two.ID)+`/merge"`,
		`<bdi lang="fa" dir="rtl">مکرون</bdi> = <bdi lang="ar" dir="rtl">ماكرون</bdi>`)
	if got := foreignUnmarked(t, page.body); len(got) > 0 {
		t.Errorf("without language and direction: %q", got)
	}
	d.get("reviewer-1", alike).want(t, http.StatusOK, "<title>Claims like "+itoa(one.ID), "Perhaps the same as")
	notThere(t, d.get("auditor-1", claimURL(one.ID)).want(t, http.StatusOK), "Perhaps there already")
	d.get("auditor-1", alike).want(t, http.StatusForbidden)
	var seen struct {
		PerhapsSame []struct {
			Claim      struct{ ID claims.ID }
			Kept, Gone claims.ID
		} `json:"perhaps_same"`
	}
	answer := d.json("reviewer-1", "GET", claimURL(two.ID)+"/duplicates", "").want(t, http.StatusOK)
	if err := json.Unmarshal([]byte(answer.body), &seen); err != nil {
		t.Fatal(err)
	}
	if all := seen.PerhapsSame; len(all) != 1 || all[0].Claim.ID != one.ID || all[0].Kept != one.ID ||
		all[0].Gone != two.ID {
		t.Errorf("JSON: %+v", seen)
	}
	// Sent as the button sends it.
	d.form("reviewer-1", claimURL(two.ID)+"/merge", "into", itoa(one.ID)+":"+itoa(one.WordsVersion), "version",
		itoa(two.Version), "proposed", itoa(one.ID)).want(t, http.StatusSeeOther)
	d.get("reviewer-1", claimURL(one.ID)).want(t, http.StatusOK, "1 linked", "نشر القراصنة 9 غيغابايت")
	notThere(t, d.get("reviewer-1", alike).want(t, http.StatusOK, "No other claim"), "Perhaps the same as")
	notThere(t, d.get("reviewer-1", claimURL(two.ID)).want(t, http.StatusOK, "Merged into"), "Perhaps there already")
	d.get("reviewer-1", claimURL(two.ID)+"/duplicates").want(t, http.StatusOK, "No other claim")
	d.Verify()
}

func notThere(t *testing.T, r reply, words string) {
	t.Helper()
	if strings.Contains(r.body, words) {
		t.Errorf("the page says %q", words)
	}
}

func TestDuplicateRefusedOnThePage(t *testing.T) {
	d := newDoor(t)
	fa := d.Article(articles.Import{Source: "Radio Zamaneh", Lang: "fa", Published: "2017-05-06", Raw: persianLeak})
	ar := d.Article(articles.Import{Source: "القاهرة", Lang: "ar", Published: "2017-05-07", Raw: arabicLeak})
	one := d.Claim(fa, "حدود ۹ گیگابایت داده منسوب به کمپین مکرون",
		"حدود ۹ گیگابایت داده منسوب به کمپین مکرون در اینترنت منتشر شد.")
	if _, err := d.Claims.Extract(roomtest.Ctx(), d.As("editor-1"), ar.Article.ID); err != nil {
		t.Fatal(err)
	}
	if err := d.Evidence.CatchUp(roomtest.Ctx(), d.Collection.ID); err != nil {
		t.Fatal(err)
	}
	// Accepting a candidate says so at once.
	p, err := d.Claims.List(roomtest.Ctx(), d.As("reviewer-1"), claims.Filter{Collection: d.Collection.ID,
		State: claims.Candidate, Text: "غيغابايت"})
	if err != nil || len(p.Claims) != 1 {
		t.Fatalf("candidates: %+v, %v", p, err)
	}
	two := p.Claims[0]
	d.get("reviewer-1", claimURL(two.ID)+"/duplicates").want(t, http.StatusOK, "Perhaps the same as")
	d.form("reviewer-1", claimURL(two.ID)+"/accept", "version", itoa(two.Version)).want(t, http.StatusSeeOther)
	d.get("reviewer-1", claimURL(two.ID)).want(t, http.StatusOK, "perhaps the same as claim "+itoa(one.ID))
	d.form("reviewer-1", claimURL(two.ID)+"/duplicates/refuse", "other", itoa(two.ID)).want(t,
		http.StatusUnprocessableEntity, "Choose another")
	d.form("reviewer-1", claimURL(two.ID)+"/duplicates/refuse", "other", "999").want(t, http.StatusNotFound)
	d.form("reviewer-1", claimURL(two.ID)+"/duplicates/refuse", "other", itoa(one.ID)).want(t, http.StatusSeeOther)
	for _, id := range []claims.ID{one.ID, two.ID} {
		notThere(t, d.get("reviewer-2", claimURL(id)+"/duplicates").want(t, http.StatusOK), "Perhaps the same as")
	}
	d.form("auditor-1", claimURL(two.ID)+"/duplicates/refuse", "other", itoa(one.ID)).want(t, http.StatusForbidden)
	d.Verify()
}
