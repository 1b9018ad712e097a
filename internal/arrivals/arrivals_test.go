package arrivals_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"claimbench/internal/arrivals"
	"claimbench/internal/articles"
	"claimbench/internal/fault"
	"claimbench/internal/intake"
	"claimbench/internal/jobs"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// desk is a person who brings files.
type desk struct {
	*roomtest.World
	who string
}

func each(t *testing.T, do func(t *testing.T, d *desk)) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		do(t, &desk{roomtest.New(t, db, articles.CollectionNew{}), "editor-1"})
	})
}

func file(name, raw string) arrivals.File {
	return arrivals.File{Name: name, Size: int64(len(raw)),
		Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(raw)), nil }}
}

func archive(t *testing.T, names ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(names); i += 2 {
		w, err := z.Create(names[i])
		if err == nil {
			_, err = io.WriteString(w, names[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// drops brings files, and has them read.
func (d *desk) drops(files ...arrivals.File) []arrivals.Arrival {
	d.T.Helper()
	out, err := d.Arrivals.Drop(roomtest.Ctx(), d.As(d.who), d.Collection.ID, files, "")
	if err != nil {
		d.T.Fatal(err)
	}
	d.work()
	return out
}

// work does every job that waits.
func (d *desk) work() {
	d.T.Helper()
	for {
		var ids []jobs.ID
		if err := d.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
			return r.Gorm().Raw("SELECT id FROM jobs WHERE state IN ('waiting', 'running') ORDER BY id").Scan(
				&ids).Error
		}); err != nil {
			d.T.Fatal(err)
		}
		if len(ids) == 0 {
			return
		}
		for _, id := range ids {
			if j, err := d.Jobs.Finish(roomtest.Ctx(), id); err != nil || j.State != jobs.Done {
				d.T.Fatalf("job %s of %s: %s %q %v", j.Kind, j.Object, j.State, j.Message, err)
			}
		}
	}
}

// has lists what waits for the person.
func (d *desk) has() (out []arrivals.Line) {
	d.T.Helper()
	if err := d.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		out, err = arrivals.List(r, d.Collection.ID, d.As(d.who).UserID, 0, 1000)
		return err
	}); err != nil {
		d.T.Fatal(err)
	}
	return out
}

func (d *desk) sum(query string) (n int) {
	d.T.Helper()
	if err := d.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		return r.Gorm().Raw(query).Scan(
			&n).Error
	}); err != nil {
		d.T.Fatal(err)
	}
	return n
}

const council = "The council of Ghent approved 40 grants on 3 March 2021, the mayor said on Tuesday. Nobody voted " +
	"against it, and the opposition left the hall before the vote, as two people who were there told this paper."

// TestBroughtAndTakenIn: several files are read each by itself, are mended, and become articles; a bad one stops none,
// and no event is written before.
func TestBroughtAndTakenIn(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ctx, editor := roomtest.Ctx(), d.As("editor-1")
		before := d.sum("SELECT COUNT(*) FROM events")
		d.drops(file("a.txt", council), file("b.txt", "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"), file("c.txt", ""),
			file("d.html", "<!doctype html><html lang=fa><title>تراموا</title><main><h1>تراموا</h1><p class=date>۱۵ "+
				"اردیبهشت "+
				"۱۳۹۶</p><p>شورا سه‌شنبه با ۲۱ رأی به ساختن یک خط تراموا از ایستگاه تا بیمارستان رأی داد.</p></main>"))
		got := d.has()
		var states []string
		for _, l := range got {
			states = append(states, string(l.State))
		}
		if s := strings.Join(states, " "); s != "ready refused refused ready" {
			t.Fatalf("states: %s\n%+v", s, got)
		}
		if got[3].Title != "تراموا" || got[3].Published != "2017-05-05" || got[3].PublishedAs != "۱۵ اردیبهشت ۱۳۹۶" ||
			got[3].Lang != "fa" {
			t.Errorf("of the page: %+v", got[3])
		}
		if !strings.Contains(got[1].Message, "PNG") || got[2].Message == "" || got[1].Held != 0 {
			t.Errorf("refused: %q %q", got[1].Message, got[2].Message)
		}
		if n := d.sum("SELECT COUNT(*) FROM events"); n != before {
			t.Errorf("%d events of what is no article yet", n-before)
		}
		if _, err := d.Arrivals.Edit(ctx, editor, d.Collection.ID, got[0].ID, got[0].Version, arrivals.Facts{
			Title: "Grants", Source: "Ghent Paper", Byline: "A. Reporter", URL: "https://paper.example/1", Lang: "en",
			Published: "۱۶ اسفند ۱۳۹۹", Origin: "The agency"}); err != nil {
			t.Fatal(err)
		}
		if now := d.has()[0]; now.Published != "2021-03-06" || now.PublishedAs != "۱۶ اسفند ۱۳۹۹" ||
			now.Title != "Grants" {
			t.Errorf("mended: %+v", now)
		}
		if n, err := d.Arrivals.Take(ctx, editor, d.Collection.ID, nil); err != nil || n != 2 {
			t.Fatalf("%d, %v", n, err)
		}
		d.work()
		a, err := d.Articles.Get(ctx, editor, 1)
		if err != nil || a.Title != "Grants" || a.Published != "2021-03-06" || a.URL != "https://paper.example/1" {
			t.Errorf("%+v, %v", a, err)
		}
		if _, o, err := d.Evidence.ArticleOriginOf(ctx, editor, 1); err != nil || o == nil || o.Name != "The agency" {
			t.Errorf("origin %+v, %v", o, err)
		}
		if n := d.Count("claims"); n == 0 {
			t.Error("no candidate was proposed")
		}
		if n := d.Count("originals"); n != 2 {
			t.Errorf("%d files are kept beside the texts", n)
		}
		if n := d.Count("arrival_bytes"); n != 0 {
			t.Errorf("the bytes of %d arrivals are left", n)
		}
		if n := d.sum("SELECT COUNT(*) FROM arrivals WHERE state = 'taken' AND title || byline || found || name <> " +
			"'{}'"); n != 0 {
			t.Errorf("words of %d are left", n)
		}
		d.Verify()
	})
}

// TestOthersSeeNothing: what one person brought is not there for another, whatever their role.
func TestOthersSeeNothing(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ctx := roomtest.Ctx()
		d.drops(file("a.txt", council))
		id := d.has()[0].ID
		for _, other := range []string{"editor-2", "admin-1", "reviewer-1", "auditor-1"} {
			who := d.As(other)
			_, edit := d.Arrivals.Edit(ctx, who, d.Collection.ID, id, 2, arrivals.Facts{})
			_, take := d.Arrivals.Take(ctx, who, d.Collection.ID, []arrivals.ID{id})
			_, gone := d.Arrivals.Discard(ctx, who, d.Collection.ID, []arrivals.ID{id})
			_, job := d.Jobs.Get(ctx, who, 1)
			for what, err := range map[string]error{"edit": edit, "take": take, "discard": gone, "job": job} {
				if k := fault.KindOf(err); k != fault.NotFound && k != fault.Forbidden && k != fault.Conflict {
					t.Errorf("%s may %s: %v", other, what, err)
				}
			}
		}
		if l := d.has(); len(l) != 1 || l[0].State != arrivals.Ready {
			t.Errorf("%+v", l)
		}
		if _, err := d.Jobs.Get(ctx, d.As("editor-1"), 1); err != nil {
			t.Errorf("the owner's own job: %v", err)
		}
	})
}

// TestFilesInFiles: an archive becomes its files, what is refused in it is said, and what is discarded while it is read
// comes to nothing.
func TestFilesInFiles(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ctx, editor := roomtest.Ctx(), d.As("editor-1")
		var many []string
		for i := range 40 {
			many = append(many, fmt.Sprintf("%d.txt", i), fmt.Sprintf("Number %d. %s", i, council))
		}
		d.drops(file("good.zip", archive(t, many...)))
		if l := d.has(); len(l) != 40 || l[0].Name != "good.zip/0.txt" || l[39].State != arrivals.Ready {
			t.Fatalf("%d: %+v", len(l), l[0])
		}
		if _, err := d.Arrivals.Take(ctx, editor, d.Collection.ID, nil); err != nil {
			t.Fatal(err)
		}
		d.work()
		if n := d.Count("articles"); n != 40 {
			t.Errorf("%d articles", n)
		}
		d.drops(file("half.zip", archive(t, "ok.txt", "It rained.", "bad.txt", "\x89PNG\r\n\x1a\n\x00")))
		l := d.has()
		if len(l) != 2 || l[0].State != arrivals.Split || !strings.Contains(strings.Join(l[0].Read().Notes, " "),
			"PNG") ||
			l[1].State != arrivals.Ready {
			t.Errorf("%+v", l)
		}
		if n, err := d.Arrivals.Discard(ctx, editor, d.Collection.ID, []arrivals.ID{l[0].ID, l[1].ID}); err != nil ||
			n != 2 {
			t.Error(n, err)
		}
		out, err := d.Arrivals.Drop(ctx, editor, d.Collection.ID, []arrivals.File{file("late.txt", "It snowed.")}, "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Arrivals.Discard(ctx, editor, d.Collection.ID, []arrivals.ID{out[0].ID}); err != nil {
			t.Fatal(err)
		}
		d.work()
		if l := d.has(); len(l) != 0 {
			t.Errorf("%+v", l)
		}
	})
}

// TestRowsAreMapped: rows wait until a person says which column is which, with a dry run, and then become arrivals.
func TestRowsAreMapped(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ctx, editor := roomtest.Ctx(), d.As("editor-1")
		d.drops(file("a.csv", "kop,verhaal,when\nOne,\"It rained in Ghent.\",2020-01-02\nTwo,,2020\n"))
		a := d.has()[0]
		if a.State != arrivals.Asks || strings.Join(a.Read().Columns, " ") != "kop verhaal when" {
			t.Fatalf("%+v", a)
		}
		if _, err := d.Arrivals.Map(ctx, editor, d.Collection.ID, a.ID, a.Version, intake.Columns{"title": "kop"},
			false); fault.KindOf(err) != fault.Invalid {
			t.Errorf("without a text: %v", err)
		}
		columns := intake.Columns{"text": "verhaal", "title": "kop", "published": "when"}
		if _, err := d.Arrivals.Map(ctx, editor, d.Collection.ID, a.ID, a.Version, columns, false); err != nil {
			t.Fatal(err)
		}
		d.work()
		a = d.has()[0]
		if f := a.Read(); a.State != arrivals.Asks || f.Rows != 1 || f.Sample[0].Title != "One" ||
			!strings.Contains(strings.Join(f.Notes, " "), "Row 2 has no text") {
			t.Fatalf("dry run: %+v", f)
		}
		if _, err := d.Arrivals.Map(ctx, editor, d.Collection.ID, a.ID, a.Version, columns, true); err != nil {
			t.Fatal(err)
		}
		d.work()
		if l := d.has(); len(l) != 2 || l[1].Title != "One" || l[1].Published != "2020-01-02" || l[1].State !=
			arrivals.Ready {
			t.Errorf("%+v", l)
		}
	})
}

// TestLettersAreAsked: a file whose letters are not certain waits for its owner's answer, and is never guessed.
func TestLettersAreAsked(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ctx, editor := roomtest.Ctx(), d.As("editor-1")
		d.drops(file("pain.txt", "Le minist\xe8re a d\xe9clar\xe9 mardi que le prix du pain avait augment\xe9 de 12 "+
			"% en un an."))
		a := d.has()[0]
		if a.State != arrivals.Asks || len(a.Read().Readings) < 2 {
			t.Fatalf("%+v", a)
		}
		if _, err := d.Arrivals.ReadAs(ctx, editor, d.Collection.ID, a.ID, a.Version, "koi8-r-no"); fault.KindOf(err) !=
			fault.Invalid {
			t.Errorf("a charset that was not offered: %v", err)
		}
		if _, err := d.Arrivals.ReadAs(ctx, editor, d.Collection.ID, a.ID, a.Version, "windows-1252"); err != nil {
			t.Fatal(err)
		}
		d.work()
		if a := d.has()[0]; a.State != arrivals.Ready || !strings.Contains(a.Read().Begins, "ministère") {
			t.Errorf("%+v", a)
		}
	})
}

// TestWarnings: what is here already is named, unless it is not open; what is closed is refused.
func TestWarnings(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ctx, editor := roomtest.Ctx(), d.As("editor-1")
		first := d.Article(articles.Import{Lang: "en", URL: "https://paper.example/1", Raw: council, Title: "Grants"})
		near := strings.Replace(council, "Tuesday", "Wednesday", 1)
		html := func(url, body string) string {
			return "<!doctype html><html lang=en><title>News</title><link rel=canonical href=\"" + url +
				"\"><main><h1>News</h1><p>" +
				body + "</p></main>"
		}
		other := "The mill at Deinze burned down on Friday night and nobody was hurt, the fire brigade of the town " +
			"said."
		d.drops(file("same.txt", council), file("near.txt", near),
			file("address.html", html("http://www.paper.example/1/", other+" It had stood there since 1850.")),
			file("again.txt", near))
		l := d.has()
		if l[0].SameText != first.Article.ID || len(l[0].Like) != 0 {
			t.Errorf("same text: %+v", l[0])
		}
		if l[1].SameText != 0 || len(l[1].Like) != 1 || l[1].Like[0].Kind != "copy" ||
			l[1].Titles[1].Title != "Grants" {
			t.Errorf("near-copy: %+v", l[1])
		}
		if l[2].SameAddress != first.Article.ID {
			t.Errorf("same address: %+v", l[2])
		}
		if l[3].SameHere != l[1].ID || l[1].SameHere != 0 {
			t.Errorf("brought twice: %+v", l[3])
		}
		if _, err := d.Articles.Protect(ctx, editor, first.Article.ID, first.Article.Version, "at risk"); err != nil {
			t.Fatal(err)
		}
		for _, l := range d.has() {
			if l.SameText+l.SameAddress != 0 || len(l.Like) != 0 {
				t.Errorf("a protected article is named: %+v", l)
			}
		}
		if _, err := d.Arrivals.Take(ctx, editor, d.Collection.ID, nil); err != nil {
			t.Fatal(err)
		}
		d.work()
		for _, l := range d.has() {
			if l.State != arrivals.Refused || l.Held != 0 || !strings.Contains(l.Message, "protected") {
				t.Errorf("what is closed: %+v", l)
			}
		}
		d.drops(file("late.txt", council))
		if l := d.has(); l[len(l)-1].State != arrivals.Refused || d.Count("articles") != 1 {
			t.Errorf("what is closed: %+v", l[len(l)-1])
		}
	})
}

// TestStrangeNames: whatever a sender calls a file, it is kept and shown under a name that can be.
func TestStrangeNames(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		odd := file("../a\x00\xff\u202eb.csv", "title,text,date\n\"T\u202e\",It rained.,\"a\u00ad\"\n")
		odd.Media = "text/csv\xff\x00"
		d.drops(odd, file("\xff\xfe", "It \xffrained\x00."), file("...", "It snowed."))
		for _, l := range d.has() {
			if l.State == arrivals.Reading || strings.ContainsAny(l.Name+l.Message, "\x00\u202e/") || l.Name == "" {
				t.Errorf("%q %q %q", l.State, l.Name, l.Message)
			}
		}
	})
}

// TestForgotten: what was left lying is erased, and no sooner.
func TestForgotten(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ctx := roomtest.Ctx()
		d.drops(file("a.txt", council), file("b.txt", "It rained."))
		if _, err := d.Arrivals.Take(ctx, d.As("editor-1"), d.Collection.ID, []arrivals.ID{2}); err != nil {
			t.Fatal(err)
		}
		d.work()
		for _, c := range [][2]int{{0, 2}, {2, 1}, {29, 1}, {31, 0}} {
			d.DB.SetClock(func() time.Time { return time.Now().AddDate(0, 0, c[0]) })
			if err := d.Arrivals.Forget(ctx); err != nil || d.Count("arrivals") != c[1] {
				t.Errorf("after %d days: %d, want %d, %v", c[0], d.Count("arrivals"), c[1], err)
			}
		}
		if n := d.Count("arrival_bytes"); n != 0 {
			t.Errorf("the bytes of %d are left", n)
		}
	})
}

// TestReadOnceAcrossCrashes: a job that is begun again after it was broken off makes no document twice.
func TestReadOnceAcrossCrashes(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		var many []string
		for i := range 60 {
			many = append(many, fmt.Sprintf("%d.txt", i), fmt.Sprintf("Number %d. It rained.", i))
		}
		out, err := d.Arrivals.Drop(roomtest.Ctx(), d.As("editor-1"), d.Collection.ID, []arrivals.File{file("many.zip",
			archive(t, many...))}, "")
		if err != nil {
			t.Fatal(err)
		}
		for n := range 60 { // broken off ever later
			ctx, cancel := context.WithTimeout(roomtest.Ctx(), time.Duration(n)*4*time.Millisecond)
			_, _ = d.Jobs.Finish(ctx, 1)
			cancel()
			if l := d.has(); len(l) == 60 && l[0].ID != out[0].ID {
				break
			}
		}
		d.work()
		names := map[string]bool{}
		for _, l := range d.has() {
			names[l.Name] = true
		}
		if l := d.has(); len(l) != 60 || len(names) != 60 {
			t.Errorf("%d arrivals of %d names", len(l), len(names))
		}
	})
}
