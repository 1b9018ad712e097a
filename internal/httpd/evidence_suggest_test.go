package httpd

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"claimbench/internal/articles"
	"claimbench/internal/desk"
	"claimbench/internal/roomtest"
)

const (
	persianLeak = "هکرها ایمیل‌های کمپین امانوئل مکرون را منتشر کردند. حدود ۹ گیگابایت داده منسوب به کمپین مکرون در " +
		"اینترنت منتشر شد."
	arabicLeak  = "قال فريق ماكرون إنه تعرض للقرصنة. نشر القراصنة 9 غيغابايت من بيانات حملة ماكرون على الإنترنت."
	englishLeak = "Hackers published 7 gigabytes of data of the Macron campaign on the internet."
)

// foreignUnmarked lists the stretches of a page that hold Arabic or Japanese letters outside any element that says
// their language and direction. Values of fields are left out: a field says dir="auto".
func foreignUnmarked(t *testing.T, page string) []string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	var walk func(n *html.Node, marked bool)
	walk = func(n *html.Node, marked bool) {
		if n.Type == html.ElementNode {
			lang, dir := "", ""
			for _, a := range n.Attr {
				switch a.Key {
				case "lang":
					lang = a.Val
				case "dir":
					dir = a.Val
				}
			}
			if lang != "" {
				marked = dir != "" && lang != "en"
			}
			if n.Data == "title" || n.Data == "input" {
				return
			}
		}
		if n.Type == html.TextNode && !marked && strings.ContainsFunc(n.Data, func(r rune) bool {
			return r >= 0x600 &&
				r < 0x700 || r >= 0x3040 && r < 0xa000
		}) {
			out = append(out, strings.TrimSpace(n.Data))
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, marked)
		}
	}
	walk(root, false)
	return out
}

func TestSuggestedPassages(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa := d.Article(articles.Import{Source: "Radio Zamaneh", Lang: "fa", Published: "2017-05-06", Raw: persianLeak})
	ar := d.Article(articles.Import{Source: "القاهرة", Lang: "ar", Published: "2017-05-07", Raw: arabicLeak})
	d.Article(articles.Import{Lang: "en", Raw: englishLeak})
	cl := d.Claim(fa, "حدود ۹ گیگابایت داده منسوب به کمپین مکرون",
		"حدود ۹ گیگابایت داده منسوب به کمپین مکرون در اینترنت منتشر شد.")
	pages := []string{claimURL(cl.ID) + "/passages", claimURL(cl.ID) + "/evidence",
		withQuery(claimURL(cl.ID)+"/evidence", "q", "gigabytes")}
	for _, path := range pages {
		page := d.get("reviewer-1", path).want(t, http.StatusOK, "Suggested passages",
			`<bdi lang="fa" dir="rtl">مکرون</bdi> = <bdi lang="ar" dir="rtl">ماكرون</bdi> <b>name</b>`, `<b>number</b>`,
			"Against: it speaks of another event, number or date",
			`“<bdi lang="en" dir="ltr">7 gigabytes</bdi>”`,
			`<blockquote class="txt" lang="ar" dir="rtl">نشر القراصنة 9 غيغابايت`)
		if got := foreignUnmarked(t, page.body); len(got) > 0 {
			t.Errorf("%s: without language and direction: %q", path, got)
		}
		if strings.Index(page.body, "9 غيغابايت") > strings.Index(page.body, "Hackers published 7") &&
			!strings.Contains(path, "q=") {
			t.Errorf("%s: what is against comes first", path)
		}
	}
	queue := withQuery(under(d.Collection.ID, "queue"), "claim", itoa(cl.ID))
	for path, panel := range map[string]string{claimURL(cl.ID): passagesLater(cl.ID, claimURL(cl.ID)).URL,
		queue: passagesInQueue(t, d.get("reviewer-1", queue).body)} {
		d.get("reviewer-1", path).want(t, http.StatusOK, `hx-get="`+panel+`"`, `href="`+panel+`"`)
		part := d.do("reviewer-1", get, panel, "", "", "HX-Request", "true").want(t, http.StatusOK,
			"Suggested passages", "نشر القراصنة 9 غيغابايت")
		if !strings.HasPrefix(part.body, "<section") || strings.Contains(part.body, "<title>") {
			t.Errorf("the panel of %s is more than that:\n%.200s", path, part.body)
		}
		if !strings.Contains(part.body, `hx-target="#work"`) || !strings.Contains(part.body, "data-renew=") {
			t.Errorf("%s: what is linked there changes another page:\n%.500s", path, part.body)
		}
	}
	if page := d.get("auditor-1", claimURL(cl.ID)); strings.Contains(page.body, "Suggested passages") {
		t.Error("an auditor, who links nothing, is proposed passages")
	}
	at := d.Find(ar, "نشر القراصنة 9 غيغابايت من بيانات حملة ماكرون على الإنترنت.")
	d.form("reviewer-1", claimURL(cl.ID)+"/evidence", "article", itoa(ar.Article.ID), "revision", itoa(ar.Revision.ID),
		"start", itoa(at.Start), "end", itoa(at.End), "stance", "supports", "kind", "report", "back",
		claimURL(cl.ID)).want(
		t, http.StatusSeeOther)
	d.form("reviewer-1", "/articles/"+itoa(ar.Article.ID)+"/same-origin", "as", itoa(fa.Article.ID)+":0", "version",
		"0",
		"back", claimURL(cl.ID)).want(t, http.StatusSeeOther)
	d.get("reviewer-1", claimURL(cl.ID)+"/passages").want(t, http.StatusOK,
		"Same origin as the claim’s own article: it would not count.",
		"origin: <bdi lang=\"en\" dir=\"ltr\">Radio Zamaneh</bdi>")
	d.form("reviewer-1", "/articles/"+itoa(ar.Article.ID)+"/same-origin", "as", "x").want(t,
		http.StatusUnprocessableEntity)
	d.form("reviewer-1", "/articles/"+itoa(ar.Article.ID)+"/same-origin").want(t, http.StatusUnprocessableEntity)
	d.Verify()
}

// passagesInQueue is the address of the panel in a page of the queue.
func passagesInQueue(t *testing.T, page string) string {
	t.Helper()
	found := regexp.MustCompile(`hx-get="(/claims/\d+/passages[^"]*)"`).FindStringSubmatch(page)
	if found == nil {
		t.Fatal("the queue has no panel of passages")
	}
	return html.UnescapeString(found[1])
}

// A program asks for the passages apart; a claim that takes no evidence has none, and whoever may not link is told so.
func TestPassagesForPrograms(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa := d.Article(articles.Import{Source: "Radio Zamaneh", Lang: "fa", Raw: persianLeak})
	ar := d.Article(articles.Import{Source: "القاهرة", Lang: "ar", Raw: arabicLeak})
	cl := d.Claim(fa, "حدود ۹ گیگابایت داده منسوب به کمپین مکرون",
		"حدود ۹ گیگابایت داده منسوب به کمپین مکرون در اینترنت منتشر شد.")
	var got desk.PassagesJSON
	answer := d.json("reviewer-1", get, claimURL(cl.ID)+"/passages", "").want(t, http.StatusOK)
	if err := json.Unmarshal([]byte(answer.body), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Passages.Items) == 0 || got.Claim != cl.ID || got.Pending != 0 {
		t.Fatalf("%s", answer.body)
	}
	if p := got.Passages.Items[0]; p.Article != ar.Article.ID || p.Revision != ar.Revision.ID || p.Lang != "ar" ||
		p.SentenceID == 0 || len(p.Keys) == 0 || !strings.Contains(p.Words, "9 غيغابايت") {
		t.Errorf("%+v", p)
	}
	d.json("auditor-1", get, claimURL(cl.ID)+"/passages", "").want(t, http.StatusForbidden)
	d.json("reviewer-1", get, claimURL(999)+"/passages", "").want(t, http.StatusNotFound)
	d.form("reviewer-1", claimURL(cl.ID)+"/withdraw", "version", itoa(cl.Version), "reason", "x").want(t,
		http.StatusSeeOther)
	d.json("reviewer-1", get, claimURL(cl.ID)+"/passages", "").want(t, http.StatusOK, `"items":[]`)
}

func TestOriginProposalsOnThePage(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	const story = "The council of the northern city approved twelve grants on Tuesday evening. The mayor, Anna " +
		"Berg, said that schools will get most of the money. Two members voted against it because the report came late."
	a := d.Article(articles.Import{Source: "Northern Wire", Lang: "en", Published: "2024-03-01", Raw: story})
	b := d.Article(articles.Import{Source: "Evening Paper", Lang: "en", Published: "2024-03-02",
		Raw: story + " Read more."})
	c := d.Article(articles.Import{Source: "Late Paper", Lang: "en", Published: "2024-03-03",
		Raw: story + " More will follow."})
	for {
		if _, pending, err := d.Evidence.OriginProposals(roomtest.Ctx(), d.As("reviewer-1"), b.Article.ID); err != nil {
			t.Fatal(err)
		} else if !pending {
			break
		}
	}
	url := "/articles/" + itoa(b.Article.ID)
	d.get("reviewer-1", url).want(t, http.StatusOK, "Perhaps one origin", "Much the same words", "overlap ",
		`value="Northern Wire"`, "Confirm one origin")
	if page := d.get("auditor-1", url).want(t, http.StatusOK, "Perhaps one origin", "overlap "); strings.Contains(
		page.body, "Confirm one origin") {
		t.Error("an auditor may confirm")
	}
	d.form("reviewer-1", url+"/same-origin", "other", itoa(a.Article.ID), "version", "0", "other_version", "0",
		"origin",
		"Northern Wire").want(t, http.StatusSeeOther)
	d.form("reviewer-2", url+"/same-origin", "other", itoa(a.Article.ID), "version", "0", "other_version", "0",
		"origin",
		"Another").want(t, http.StatusConflict)
	d.form("reviewer-1", url+"/origin-refusals", "other", itoa(c.Article.ID), "reason",
		"Both quote the minutes.").want(t,
		http.StatusSeeOther)
	if page := d.get("reviewer-1", url); strings.Contains(page.body, "Perhaps one origin") {
		t.Error("answered proposals come back")
	}
	_, o, err := d.Evidence.ArticleOriginOf(roomtest.Ctx(), d.As("reviewer-1"), a.Article.ID)
	if err != nil || o == nil || o.Name != "Northern Wire" {
		t.Errorf("the origin is %+v, %v", o, err)
	}
	d.Verify()
}

func TestSearchFilters(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	d.Article(articles.Import{Source: "Radio Zamaneh", Lang: "fa", Published: "2017-05-06", Raw: persianLeak})
	ar := d.Article(articles.Import{Source: "القاهرة", Lang: "ar", Published: "2017-05-07", Raw: arabicLeak})
	search, pick := under(d.Collection.ID, "search"),
		claimURL(d.Claim(d.Article(articles.Import{Lang: "en", Raw: englishLeak}), "7 gigabytes", "7 gigabytes").ID)+
			"/evidence"
	for _, path := range []string{search, pick} {
		for name, pairs := range map[string][]string{
			"language": {"lang", "ar"}, "article": {"article", itoa(ar.Article.ID)}, "source": {"source",
				itoa(*ar.Article.SourceID)}, "from": {"from", "2017-05-07"},
		} {
			page := d.get("reviewer-1", withQuery(path, append(pairs, "q", "9")...)).want(t, http.StatusOK, "غيغابايت")
			found := page.body
			if path == pick {
				found = found[strings.Index(found, "find-h"):] // below what is suggested
			}
			if strings.Contains(found, `class="found">۹`) || !strings.Contains(found, `class="found">9`) {
				t.Errorf("%s by %s: wrong hits", path, name)
			}
		}
		d.get("reviewer-1", withQuery(path, "q", "9", "to", "2017-05-06")).want(t, http.StatusOK, `class="found">۹`)
		d.get("reviewer-1", withQuery(path, "q", "9", "from", "yesterday")).want(t, http.StatusUnprocessableEntity,
			"YYYY-MM-DD")
	}
}
