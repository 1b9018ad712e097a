package intake

import (
	"fmt"
	"strings"
	"testing"
)

// prosePara is a paragraph that is long enough to be taken for one of an article.
func prosePara(n int) string {
	return fmt.Sprintf("<p>Paragraph %d says that the council of the town will count the boats of the harbour again "+
		"in the spring, when the ice has gone and the ferries carry passengers once more, as it did in other years."+
		"</p>", n)
}

// pageRead is the text of a page, and its notes.
func pageRead(t *testing.T, body string) (text, notes string) {
	t.Helper()
	d, err := Read(File{Name: "a.html", Body: strings.NewReader("<!doctype html><html lang=en><title>The boats of " +
		"the harbour are counted</title><body>" + body)})
	if err != nil {
		t.Fatal(err)
	}
	return d.Text, strings.Join(d.Notes, " ")
}

const counted = "<h1>The boats of the harbour are counted</h1>"

// TestPageOfPosts: every post of a live blog belongs to it, also where no data say that it is one; a row of news
// beside them does not, and one below an article makes it no live blog.
func TestPageOfPosts(t *testing.T) {
	t.Parallel()
	post := func(n int, words string) string {
		return fmt.Sprintf("<section class=post><time datetime='2024-05-10T0%d:00:00Z'>0%d:00</time>%s</section>", n, n,
			words)
	}
	var news strings.Builder
	for n := range 4 {
		fmt.Fprintf(&news, "<li><time datetime='2024-05-09T0%d:00:00Z'>0%d:00</time> Elsewhere %d</li>", n, n, n)
	}
	var posts strings.Builder
	for n := 1; n < 6; n++ {
		posts.WriteString(post(n, fmt.Sprintf("<h2>Update %d</h2>%s", n, prosePara(n))))
	}
	got, _ := pageRead(t, "<main>"+counted+"<div>"+posts.String()+post(6, "<p>Forty-one so far.</p>")+
		"</div></main><div><ul>"+news.String()+"</ul></div>")
	for _, want := range []string{"Paragraph 1", "Paragraph 3", "Paragraph 5", "Forty-one so far."} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
	if strings.Contains(got, "Elsewhere") {
		t.Errorf("news beside the posts: %q", got)
	}
	got, _ = pageRead(t, "<main>"+counted+prosePara(1)+prosePara(2)+prosePara(3)+"</main><div><ul>"+news.String()+
		"</ul></div>")
	if !strings.Contains(got, "Paragraph 3") || strings.Contains(got, "Elsewhere") {
		t.Errorf("an article with news below it: %q", got)
	}
}

// TestPageEndsInFigures: the figures that a press release ends in belong to it, with their heading; how its
// writers are reached does not.
func TestPageEndsInFigures(t *testing.T) {
	t.Parallel()
	release := "<div>" + counted + prosePara(1) + prosePara(2) + prosePara(3)
	for name, c := range map[string]struct {
		behind     string
		want, none []string
	}{
		"list": {"<h2>Boats</h2><dl><dt>May</dt><dd>40</dd><dt>June</dt><dd>412</dd></dl>",
			[]string{"Boats", "June", "412"}, nil},
		"table": {"<h2>Boats</h2><table><tr><td>May<td>40<tr><td>June<td>412</table>",
			[]string{"Boats", "June\t412"}, nil},
		"contact": {"<h2>Contact</h2><dl><dt>Mail</dt><dd>press1@harbour.example</dd><dt>Telephone</dt>" +
			"<dd>+44 20 7946 0000</dd></dl>", nil, []string{"Contact", "press1", "7946"}},
		"words": {"<h2>Press office</h2><dl><dt>Head</dt><dd>Ruth Adeyemi</dd><dt>Room</dt><dd>Three</dd></dl>", nil,
			[]string{"Press office", "Adeyemi"}},
	} {
		got, _ := pageRead(t, release+c.behind+"</div><div><p>© The Almery Post</p></div>")
		for _, s := range c.want {
			if !strings.Contains(got, s) {
				t.Errorf("%s: no %q in %q", name, s, got)
			}
		}
		for _, s := range c.none {
			if strings.Contains(got, s) {
				t.Errorf("%s: %q in %q", name, s, got)
			}
		}
	}
}

// TestPageInATable: of a page that a table lays out, the cell with the menu is none of its text.
func TestPageInATable(t *testing.T) {
	t.Parallel()
	got, _ := pageRead(t, "<table><tr><td><a href=a>Home</a><br><a href=b>Sport</a><td><b>The boats of the harbour "+
		"are counted</b><br><br>"+strings.NewReplacer("<p>", "", "</p>", "<br><br>").Replace(prosePara(1)+prosePara(2))+
		"</table>")
	if !strings.Contains(got, "Paragraph 2") || strings.Contains(got, "Sport") {
		t.Errorf("%q", got)
	}
}

// TestPageOfTeasers: boxes that lead to others make a list of a page only where it has no article.
func TestPageOfTeasers(t *testing.T) {
	t.Parallel()
	boxes := strings.Repeat("<div class=teaser><h2><a href=a>Another story of the town</a></h2>"+
		"<p>It began on…</p></div>",
		6)
	if _, notes := pageRead(t, "<main>"+counted+boxes+"</main>"); !strings.Contains(notes, "a list of articles") {
		t.Errorf("a list of boxes: %q", notes)
	}
	if _, notes := pageRead(t, "<main>"+counted+prosePara(1)+"</main>"+boxes); strings.Contains(notes, "a list") {
		t.Errorf("a short article with boxes below it: %q", notes)
	}
}
