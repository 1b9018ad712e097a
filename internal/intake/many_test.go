package intake

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestFeeds(t *testing.T) {
	t.Parallel()
	rss := `<?xml version="1.0"?><rss version="2.0" ` +
		`xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>` +
		`<title>The Sample</title><language>en-GB</language><link>https://a.example/</link><item><title>Council ` +
		`votes</title>` +
		`<link>https://a.example/1</link><pubDate>Fri, 10 May 2024 23:30:00 ` +
		`-0500</pubDate><content:encoded><![CDATA[` + prose +
		`<script>alert(1)</script>]]></content:encoded></item><item><title>Bread dearer</title><description>By a ` +
		`tenth…` +
		`</description></item><item><title>Empty</title></item></channel></rss>`
	atom := `<feed ` +
		`xmlns="http://www.w3.org/2005/Atom"><title>نمونه</title><entry><title>نان</title><author><name>مریم رستگار` +
		`</name></author><published>2024-05-10T10:00:00+03:30</published><content type="html">&lt;p&gt;بهای نان ` +
		`بالا رفت.&lt;/p&gt;` +
		`</content></entry></feed>`
	jsonFeed := `{"version":"https://jsonfeed.org/version/1.1","title":"みほん","items":[{"id":"1","title":"パン",` +
		`"content_text":"パンの価格が上がった。","date_published":"2024-05-10T10:00:00+09:00"}]}`
	d, err := Read(File{Name: "a.rss", Body: strings.NewReader(rss)})
	if err != nil || len(d.Items) != 2 || d.Items[0].Published != "2024-05-10" || d.Items[0].Name != "a.rss/1" ||
		d.Items[0].PublishedAt != "2024-05-10T23:30:00-05:00" || strings.Contains(d.Items[0].Text, "alert") ||
		!strings.Contains(d.Items[0].Text, "21 to 14") || d.Items[0].Partial != "" || d.Items[1].Partial == "" ||
		d.Items[0].Source != "The Sample" || d.Items[0].Lang != "en" || len(d.Notes) != 1 {
		t.Errorf("%v %+v", err, d)
	}
	for name, body := range map[string]string{"b.atom": atom, "c": jsonFeed, "feed": rss} {
		d, err := Read(File{Name: name, Body: strings.NewReader(body)})
		if err != nil || len(d.Items) == 0 || d.Items[0].Published != "2024-05-10" || d.Items[0].Title == "" {
			t.Errorf("%s: %v %+v", name, err, d)
		}
	}
	for name, body := range map[string]string{"cut": rss[:len(rss)/2],
		"none": "<rss version='2.0'><channel></channel></rss>",
		"bomb": `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>` +
			`<rss version="2.0"><channel><item><description>&b;</description></item></channel></rss>`} {
		if d, err := Read(File{Name: "a.rss", Body: strings.NewReader(body)}); err == nil &&
			len(d.All()[0].Text) > 1000 {
			t.Errorf("%s: %+v", name, d)
		}
	}
}

func TestRows(t *testing.T) {
	t.Parallel()
	want := "Bread, and salt.|Bread|Ann|2024-05-10|en"
	for name, raw := range map[string]string{
		"a.csv": "\ufeffTitle,Text,Author,Date,Lang\nBread,\"Bread, and salt.\",Ann,2024-05-10,en\nNone,,,,\n",
		"b.csv": "title;text;author;date;lang\r\nBread;Bread, and salt.;Ann;10 May 2024;en-GB\r\nNone\r\n",
		"c.tsv": "title\ttext\tauthor\tdate\tlang\nBread\tBread, and salt.\tAnn\t2024-05-10T10:00:00Z\ten\n\tx\n",
		"d.jsonl": `{"title":"Bread","text":"Bread, and salt.","author":["Ann"],"date":"2024-05-10","lang":"en"}` +
			"\n\n{]\n",
	} {
		d, err := Read(File{Name: name, Body: strings.NewReader(raw)})
		if err != nil || len(d.Items) < 1 || d.Chosen["text"] == "" || len(d.Columns) != 5 {
			t.Errorf("%s: %v %+v", name, err, d)
			continue
		}
		x := d.Items[0]
		if got := strings.Join([]string{x.Text, x.Title, x.Byline, x.Published, x.Lang}, "|"); got != want {
			t.Errorf("%s: %s", name, got)
		}
		if name != "c.tsv" && len(d.Notes) != 1 {
			t.Errorf("%s: %q", name, d.Notes)
		}
	}
	rows := "kop;inhoud\nBrood;Brood en zout.\n"
	if _, err := Read(File{Name: "a.csv", Body: strings.NewReader(rows)}); err == nil ||
		!strings.Contains(err.Error(), "kop, inhoud") {
		t.Errorf("it does not say which columns there are: %v", err)
	}
	d, err := Read(File{Name: "a.csv", Body: strings.NewReader(rows), Columns: Columns{"text": "inhoud",
		"title": "kop"}})
	if err != nil || d.Items[0].Text != "Brood en zout." || d.Items[0].Title != "Brood" {
		t.Errorf("%v %+v", err, d)
	}
	for _, c := range []Columns{{"text": "none"}, {"weight": "kop"}} {
		if _, err := Read(File{Name: "a.csv", Body: strings.NewReader(rows), Columns: c}); err == nil {
			t.Errorf("%v was taken", c)
		}
	}
}

func zipOf(t testing.TB, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestArchives(t *testing.T) {
	t.Parallel()
	inner := zipOf(t, "c.txt", "Third text.")
	raw := zipOf(t, "../../a.txt", "First text.", "dir/b.html", "<html><body><h1>Bread is dear</h1>"+prose,
		"dir/.hidden", "x",
		"__MACOSX/a.txt", "x", "in.zip", inner, "d.txt", "\x89PNG\r\n\x1a\n", "e\u202etxt.exe", "MZ\x90\x00")
	d, err := Read(File{Name: "all.zip", Body: strings.NewReader(raw)})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, x := range d.All() {
		names = append(names, x.Name)
	}
	if got := strings.Join(names, " "); got != "all.zip/a.txt all.zip/dir/b.html all.zip/in.zip/c.txt" {
		t.Errorf("%s", got)
	}
	if len(d.Notes) != 2 || !strings.Contains(d.Notes[0], "d.txt") || strings.Contains(d.Notes[1], "\u202e") {
		t.Errorf("%q", d.Notes)
	}
	deep := zipOf(t, "x.zip", zipOf(t, "y.zip", zipOf(t, "z.txt", "Deep.")))
	if _, err := Read(File{Name: "a.zip", Body: strings.NewReader(deep)}); err == nil ||
		!strings.Contains(err.Error(), "other archives") {
		t.Errorf("%v", err)
	}
	for name, raw := range map[string]string{"empty": zipOf(t), "cut": raw[:len(raw)-30], "none": "PK\x03\x04"} {
		if _, err := Read(File{Name: "a.zip", Body: strings.NewReader(raw)}); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}

// TestArchiveBomb: an archive that unpacks to gigabytes stops in bounded memory.
func TestArchiveBomb(t *testing.T) {
	zeros := strings.Repeat("bread and salt. ", 4<<20/16)
	var files []string
	for i := range 10 {
		files = append(files, fmt.Sprintf("%d.txt", i), zeros)
	}
	bomb := zipOf(t, files...)
	nested := zipOf(t, "a.zip", bomb, "b.zip", bomb)
	for name, raw := range map[string]string{"bomb": bomb, "nested": nested} {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		_, err := Read(File{Name: "a.zip", Body: strings.NewReader(raw)})
		runtime.ReadMemStats(&after)
		if err == nil || !strings.Contains(err.Error(), "unpacked") {
			t.Errorf("%s of %d bytes: %v", name, len(raw), err)
		}
		if sys := int64(after.HeapSys) - int64(before.HeapSys); sys > 64<<20 {
			t.Errorf("%s took %d MiB", name, sys>>20)
		}
	}
	var many []string
	for i := range 1200 {
		many = append(many, fmt.Sprintf("%d.txt", i), "x")
	}
	if _, err := Read(File{Name: "a.zip", Body: strings.NewReader(zipOf(t, many...))}); err == nil || errors.Is(err,
		errUnpacked) {
		t.Errorf("1,200 files: %v", err)
	}
}

// TestEntityBombs: entities that stand for each other a thousand million times are never written out, in whatever holds
// XML.
func TestEntityBombs(t *testing.T) {
	laughs := `<!DOCTYPE l [<!ENTITY l0 "bread and salt. ">`
	for i := range 10 {
		laughs += fmt.Sprintf("<!ENTITY l%d %q>", i+1, strings.Repeat(fmt.Sprintf("&l%d;", i), 10))
	}
	laughs += "]>"
	quadratic := `<!DOCTYPE l [<!ENTITY l10 "` + strings.Repeat("a", 100_000) + `">]>`
	head := `<?xml version="1.0"?>`
	for kind, dtd := range map[string]string{"laughs": laughs, "quadratic": quadratic} {
		words := "&l10;"
		if kind == "quadratic" {
			words = strings.Repeat(words, 10_000)
		}
		for name, raw := range map[string]string{
			"a.rss": head + dtd + `<rss version="2.0"><channel><item><title>` + words +
				`</title></item></channel></rss>`,
			"a.atom": head + dtd + `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>` + words +
				`</title></entry></feed>`,
			"a.docx": zipOf(t, "word/document.xml", head+dtd+"<w:document "+nsW+"><w:body><w:p><w:r><w:t>"+words+
				"</w:t></w:r></w:p></w:body></w:document>"),
			"a.odt": zipOf(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", head+dtd+
				"<office:document-content><office:body><office:text>"+words),
		} {
			took, grew := measured(t, func() error {
				d, err := Read(File{Name: name, Size: int64(len(raw)), Body: strings.NewReader(raw)})
				if all := d.All(); strings.Contains(d.Text, "bread") ||
					len(all) > 0 && strings.Contains(all[0].Text, "bread") {
					t.Errorf("%s of %s: it was written out", kind, name)
				}
				return err
			})
			if took > time.Minute || grew > 64<<20 {
				t.Errorf("%s of %s: took %s and %s", kind, name, took, MiB(grew))
			}
		}
	}
}

// TestArchivesInArchives: the tenth archive in another is not opened, however little each holds.
func TestArchivesInArchives(t *testing.T) {
	raw := zipOf(t, "a.txt", "The engine runs.")
	for range 10 {
		raw = zipOf(t, "a.zip", raw, "b.zip", raw)
	}
	took, grew := measured(t, func() error {
		_, err := Read(File{Name: "a.zip", Size: int64(len(raw)), Body: strings.NewReader(raw)})
		return err
	})
	if took > time.Minute || grew > 64<<20 {
		t.Errorf("took %s and %s", took, MiB(grew))
	}
}

// TestClean: marks, paywall lines, addresses and the headline again are left out of a pasted text when it is asked for.
func TestClean(t *testing.T) {
	t.Parallel()
	raw := "Bread dearer by a tenth in three towns\n\nBread dearer by a tenth in three towns\n\n[ad_1]\n\nThe " +
		"price of bread rose " +
		"by a tenth in a year, the ministry said on Tuesday.\n\nhttps://a.example/bread\n\nBakers do not know why " +
		"it rose, a spokeswoman said.\n\nYou have 49.15% of this article left to read. The rest is for subscribers " +
		"only.\n\n[ad_2]\n"
	d, err := Read(File{Name: "a.txt", Clean: true, Body: strings.NewReader(raw)})
	if err != nil ||
		d.Text != "Bread dearer by a tenth in three towns\n\nThe price of bread rose by a tenth in a year, the "+
			"ministry said on Tuesday.\n\nBakers do not know why it rose, a spokeswoman said.\n" || len(d.LeftOut) < 5 {
		t.Errorf("%v %q\n%q", err, d.Text, d.LeftOut)
	}
	if d, err := Read(File{Name: "a.txt", Body: strings.NewReader(raw)}); err != nil || d.Text != raw {
		t.Errorf("a file that nobody asked to clean was changed: %v", err)
	}
}
