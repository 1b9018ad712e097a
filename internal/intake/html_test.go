package intake

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what the pages of testdata are read as")

// told is what a document says, a line each.
func told(d Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title: %s\nsource: %s\nauthors: %s\nurl: %s\nlang: %s\nday: %s %s\nchanged: %s\n", d.Title,
		d.Source,
		strings.Join(d.Authors, "; "), d.URL, d.Lang, d.Published, d.PublishedAt, d.ChangedAt)
	if d.Partial != "" {
		fmt.Fprintf(&b, "partial: %s\n", d.Partial)
	}
	if o := d.Origin; o != nil {
		fmt.Fprintf(&b, "origin: %s of %s %s\n", o.Kind, o.Name, o.URL)
	}
	for _, r := range d.Reviews {
		fmt.Fprintf(&b, "review: %s\n", r)
	}
	for _, n := range d.Notes {
		fmt.Fprintf(&b, "note: %s\n", n)
	}
	for _, p := range d.Parts {
		fmt.Fprintf(&b, "%s %s| %s\n", p.Element, p.At, d.Text[p.Start:p.End])
	}
	for _, l := range d.LeftOut {
		fmt.Fprintf(&b, "left %s| %s\n", l.Kind, l.Words)
	}
	return b.String()
}

// TestPages: each page of testdata is read as the file beside it says, which was read by a person.
func TestPages(t *testing.T) {
	t.Parallel()
	pages, err := filepath.Glob("testdata/pages/*.html")
	if err != nil || len(pages) < 8 {
		t.Fatal(pages, err)
	}
	for _, name := range pages {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		d, err := Read(File{Name: name, Body: f})
		_ = f.Close()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got, want := told(d), strings.TrimSuffix(name, ".html")+".txt"
		if *update {
			if err := os.WriteFile(want, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if said, err := os.ReadFile(want); err != nil || string(said) != got {
			t.Errorf("%s is read as\n%s\nwant\n%s%v", name, got, said, err)
		}
	}
}

func readPage(t *testing.T, page string) Document {
	t.Helper()
	d, err := Read(File{Name: "a.html", Body: strings.NewReader(page)})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const prose = "<p>The council voted on Tuesday by 21 to 14 to build a tram line from the station to the hospital.</p>" +
	"<p>Work is to begin next spring, and the first trams are to run in 2027, the council said in a statement.</p>"

// TestDayOfAPage: a day is read where it is stated, in the calendar in which it is, and is never made up.
func TestDayOfAPage(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ lang, head, body, day, at string }{
		"nothing says it": {"en", "", prose + "<footer>© 2026 The Sample, 1 May 2026</footer>", "", ""},
		"a day in the text": {"en", "",
			"<p>On 5 March 2024 the council voted by 21 to 14 to build a tram line to the hospital.</p>" + prose, "",
			""},
		"a day in the address": {"en", `<link rel=canonical href="https://a.example/2024/05/10/tram">`, prose, "", ""},
		"a zone": {"en", `<meta property="article:published_time" content="2024-05-10T23:30:00-05:00">`,
			prose, "2024-05-10", "2024-05-10T23:30:00-05:00"},
		"no zone": {"en", `<meta property="article:published_time" content="2024-05-10T23:30:00">`,
			prose, "2024-05-10", ""},
		"microdata": {"en", "", `<span itemprop="datePublished" content="2024-05-10">Friday</span>` +
			prose, "2024-05-10", ""},
		"a time element": {"en", "", `<time datetime="2024-05-10T10:00Z">3 hours ago</time>` + prose,
			"2024-05-10", "2024-05-10T10:00:00Z"},
		"updated only": {"en", "", `<p class="date">Updated 11 May 2024</p>` + prose, "", ""},
		"published, updated": {"en", "", `<p class="date">Published 10 May 2024, updated 11 May 2024</p>` + prose,
			"2024-05-10", ""},
		"which is the month":  {"en", "", `<p class="date">05/06/2024</p>` + prose, "", ""},
		"day and month":       {"fr", "", `<p class="date">05/06/2024</p>` + prose, "2024-06-05", ""},
		"Solar Hijri figures": {"fa", "", `<p class="date">۱۴۰۳/۰۲/۲۱</p>` + prose, "2024-05-10", ""},
		"Solar Hijri in data": {"fa", `<meta property="article:published_time" content="1403-02-21T10:00:00+03:30">`,
			prose, "2024-05-10", ""},
		"Hijri":  {"ar", "", `<p class="date">2 ذو القعدة 1445 هـ</p>` + prose, "2024-05-10", ""},
		"an era": {"ja", "", `<p class="date">令和6年5月10日</p>` + prose, "2024-05-10", ""},
		"of a comment": {"en", "", prose +
			`<div class="comments"><time datetime="2024-05-10">10 May</time><p>No.</p></div>`, "", ""},
		"of another article": {"en", "", prose +
			`<aside><time datetime="2024-05-10">10 May</time> <a href="/b">Bread dearer</a></aside>`, "", ""},
		"no day": {"en", `<meta property="article:published_time" content="0000-00-00">`, prose, "", ""},
	} {
		d := readPage(t, `<!doctype html><html lang="`+c.lang+`"><head><title>Council votes</title>`+c.head+
			`</head><body><article><h1>Council votes for tram line</h1>`+c.body+`</article></body></html>`)
		if d.Published != c.day || d.PublishedAt != c.at {
			t.Errorf("%s: %q at %q, want %q at %q; %q", name, d.Published, d.PublishedAt, c.day, c.at, d.Notes)
		}
	}
}

// TestPageLeavesOut: what is hidden, of others or of the site is no part of the text, and is said.
func TestPageLeavesOut(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		html string
		kind LeftOutKind
	}{
		"hidden":       {`<p hidden>Nobody sees this sentence on the page at all.</p>`, LeftHidden},
		"display none": {`<p style="display: none">Nobody sees this sentence on the page at all.</p>`, LeftHidden},
		"no size":      {`<p style="font-size:0">Nobody sees this sentence on the page at all.</p>`, LeftHidden},
		"cookies":      {`<div id="cookie-banner"><p>Nobody needs this sentence about cookies.</p></div>`, LeftBanner},
		"comment": {`<div class="comments"><p>Nobody agrees with this sentence, and that is all.</p></div>`,
			LeftComment},
		"caption": {`<figure><img><figcaption>Nobody stands in the street. Photo: A</figcaption></figure>`,
			LeftCaption},
		"deleted": {`<p>Nine voted. <del>Nobody voted.</del></p>`, LeftDeleted},
		"related": {`<div class="related"><h3>More</h3><p>Nobody reads this teaser of another ` +
			`article.</p></div>`, LeftMenu},
		"mark":         {`<p>[nobody_1]</p>`, LeftMark},
		"link":         {`<p><a href="/b">Nobody follows this link to another article</a></p>`, LeftMenu},
		"navigation":   {`<nav><ul><li><a href="/">Nobody</a></li></ul></nav>`, LeftMenu},
		"the headline": {`<h2>Council votes for tram line, nobody knows</h2>`, LeftRepeated},
		"paywall words": {`<p>Nobody paid: 49.15% of this article is left to read. The rest is for subscribers ` +
			`only.</p>`, LeftBanner},
	} {
		d := readPage(t, `<!doctype html><html lang="en"><head><title>t</title></head><body><article>`+
			`<h1>Council votes for tram line, nobody knows</h1>`+prose+c.html+prose2+`</article></body></html>`)
		text := strings.TrimPrefix(d.Text, "Council votes for tram line, nobody knows")
		found := false
		for _, l := range d.LeftOut {
			found = found || l.Kind == c.kind && strings.Contains(strings.ToLower(l.Words), "nobody")
		}
		if strings.Contains(strings.ToLower(text), "nobody") || !found || strings.Count(d.Text, "\n\n") < 4 {
			t.Errorf("%s: %q\nleft out: %q", name, d.Text, d.LeftOut)
		}
	}
}

const prose2 = "<p>Patients will be moved in July, once the lifts have been tested by the engineers of the maker.</p>" +
	"<p>The hospital opened a new wing on Monday with 80 beds, two years later than was planned.</p>"

// TestPageOfRows: the paragraphs are where they say that they are, and a table has a line for each row.
func TestPageOfRows(t *testing.T) {
	t.Parallel()
	d := readPage(t,
		`<html lang=en><body><main><h1>Rents rise on</h1>`+prose+`<table><tr><th>Town<th>2022</tr><tr><td>Linn`+
			`<td>11.20</tr></table><ul><li>Build more homes on land of the town.</li><li>Count empty `+
			`ones.</li></ul>`+prose2+`</main>`)
	if !strings.Contains(d.Text,
		"Town\t2022\nLinn\t11.20\n\nBuild more homes on land of the town.\nCount empty ones.\n\n") {
		t.Errorf("%q", d.Text)
	}
	for i, p := range d.Parts {
		if p.Start >= p.End || i > 0 && p.Start <= d.Parts[i-1].End-1 ||
			strings.TrimSpace(d.Text[p.Start:p.End]) == "" {
			t.Errorf("part %d: %+v", i, p)
		}
	}
}

// TestPageReviews: a ClaimReview on the page is given as it stands there.
func TestPageReviews(t *testing.T) {
	t.Parallel()
	review := `{"@type":"ClaimReview","claimReviewed":"Bread is free","reviewRating":{"alternateName":"False"}}`
	d := readPage(t,
		`<html lang=en><head><script type="application/ld+json">{"@context":"https://schema.org","@graph":[`+
			review+`]}</script></head><body><article><h1>Bread is not free</h1>`+prose+`</article></body></html>`)
	if len(d.Reviews) != 1 || string(d.Reviews[0]) != review {
		t.Errorf("%s", d.Reviews)
	}
}

// TestPageOfLies: bytes are believed more than names and declarations, and a lie is said.
func TestPageOfLies(t *testing.T) {
	t.Parallel()
	page := `<!doctype html><html lang="fa"><head><meta ` +
		`charset="windows-1256"><title>نان</title></head><body><article><h1>بهای نان بالا رفت</h1>` +
		`<p>سخنگوی اتحادیهٔ نانوایان روز سه‌شنبه گفت که هیچ نانوایی از این گرانی سود نبرده است و گزارش کامل هفتهٔ ` +
		`آینده می‌آید.</p></article>`
	d := readPage(t, page)
	if d.Encoding != "utf-8" || !strings.Contains(d.Text, "نانوایان") || !strings.Contains(strings.Join(d.Notes, " "),
		"windows-1256") {
		t.Errorf("%s %q %q", d.Encoding, d.Text, d.Notes)
	}
	for name, raw := range map[string]string{"a.txt": page, "b.txt": "\x89PNG\r\n\x1a\n....", "c.html": "%PDF-1.7 ...",
		"d.txt": "PK\x03\x04....", "e.html": "PK\x03\x04....", "f": "\xff\xd8\xff\xe0....", "g.csv": "\x1f\x8b...."} {
		if d, err := Read(File{Name: name, Body: strings.NewReader(raw)}); err == nil ||
			!strings.Contains(err.Error(), "it is a") &&
				!strings.Contains(err.Error(), "is a ") {
			t.Errorf("%s: %q, %v", name, d.Text, err)
		}
	}
	d, err := Read(File{Name: "page", Media: "text/plain", Body: strings.NewReader(page)})
	if err != nil || d.Reader != "html" || !strings.Contains(d.Notes[0], "sent as text/plain") {
		t.Errorf("%s %q %v", d.Reader, d.Notes, err)
	}
}

// TestOrigins: "republished from" and "a translation of" are read in nine languages, and a sentence that speaks of
// another text is none.
func TestOrigins(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ words, kind, name string }{
		{"This article is a translation of “Le pain cher”.", "translation", "Le pain cher"},
		{"Translated from Le Monde by Ann Reed", "translation", "Le Monde by Ann Reed"},
		{"This story was originally published by The Sample.", "republication", "Sample"},
		{"(Republished from The New Paper)", "republication", "New Paper"},
		{"این گزارش ترجمه‌ای از «لوموند» است.", "translation", "لوموند"},
		{"بازنشر از روزنامهٔ نمونه", "republication", "روزنامهٔ نمونه"},
		{"هذه ترجمة عن صحيفة لوموند.", "translation", "صحيفة لوموند"}, {"نقلا عن وكالة الأنباء", "republication",
			"وكالة الأنباء"},
		{"この記事はルモンドの記事の翻訳です。", "translation", "ルモンド"}, {"（共同通信から転載）", "republication", "共同通信"},
		{"Traduit de l’anglais", "", ""}, {"Traduit du Guardian", "translation", "Guardian"},
		{"Cet article est republié à partir de The Conversation.", "republication", "Conversation"},
		{"Dieser Artikel erschien zuerst in Die Neue Zeitung.", "republication", "Die Neue Zeitung"},
		{"Übersetzt aus „Le Monde“", "translation", "Le Monde"},
		{"Publicado originalmente en El Ejemplo.", "republication", "El Ejemplo"},
		{"Перевод статьи «Хлеб подорожал»", "translation", "Хлеб подорожал"},
		{"Впервые опубликовано в «Новой газете»", "republication", "Новой газете"},
		{"本文转载自《样本报》", "republication", "样本报"}, {"翻译自法国《世界报》", "translation", "法国"},
		{"Last year she said that she had published a translation of Homer.", "", ""},
		{"It is a translation of the report.", "", ""}, {"The bread was reprinted from time to time.", "", ""},
	} {
		o := originOf(c.words)
		if o == nil {
			o = &Origin{}
		}
		if o.Kind != c.kind || o.Name != c.name {
			t.Errorf("%q: %s of %q, want %s of %q", c.words, o.Kind, o.Name, c.kind, c.name)
		}
	}
}

// BenchmarkPage reads a page with 5 kB of text.
func BenchmarkPage(b *testing.B) {
	page := `<!doctype html><html lang="en"><head><title>t</title></head><body><nav>` +
		strings.Repeat(`<a href="/a">A</a>`, 60) +
		`</nav><article><h1>Council votes for tram line</h1>` + strings.Repeat(prose, 25) + `</article></body></html>`
	for b.Loop() {
		if _, err := Read(File{Name: "a.html", Body: strings.NewReader(page)}); err != nil {
			b.Fatal(err)
		}
	}
}
