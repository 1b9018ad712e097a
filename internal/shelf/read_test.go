package shelf

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"claimbench/internal/claims"
	"claimbench/internal/fault"
)

// readAll gives all that a file holds, and what is bad in it.
func readAll(t *testing.T, file string) (out []Record, bad []Bad, x *Reading) {
	t.Helper()
	x, err := Open(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	for {
		r, err := x.Next()
		var b Bad
		switch {
		case errors.Is(err, io.EOF):
			return out, bad, x
		case errors.As(err, &b):
			bad = append(bad, b)
		case err != nil:
			t.Fatal(err)
		default:
			r.Raw = bytes.Clone(r.Raw)
			out = append(out, r)
		}
	}
}

func review(claim, rating string) string {
	return fmt.Sprintf(`{"@context":"https://schema.org","@type":"ClaimReview","claimReviewed":%q,"url":`+
		`"https://facts.example/%d","author":{"@type":"Organization","name":"Example Facts"},"datePublished":`+
		`"2025-03-04T10:00:00Z","itemReviewed":{"@type":"Claim","inLanguage":"en","author":{"name":"A minister"},`+
		`"appearance":[{"url":"https://talk.example/1"},"https://talk.example/2"]},"reviewRating":{"@type":"Rating",`+
		`"ratingValue":1,"bestRating":"5","worstRating":1,"alternateName":%q}}`, claim, len(claim), rating)
}

// TestReadClaimReviews: a ClaimReview is found wherever files have it, and its bytes are as they came.
func TestReadClaimReviews(t *testing.T) {
	t.Parallel()
	a, b := review("The bridge was closed in May.", "False"), review("Nine ships left the port.", "Mostly so")
	spread := strings.ReplaceAll(a, `,"`, ",\n  \"")
	for name, c := range map[string]struct {
		file string
		want []string
	}{
		"one":    {a, []string{a}},
		"spread": {spread, []string{spread}},
		"list":   {"\ufeff[" + a + ",\n" + b + "]", []string{a, b}},
		"graph": {`{"@context":"https://schema.org","@graph":[{"@type":"WebPage","name":"x"},` + a + `]}`,
			[]string{a}},
		"lines":     {a + "\n" + b + "\n", []string{a, b}},
		"type list": {strings.Replace(a, `"ClaimReview"`, `["Review","ClaimReview"]`, 1), []string{"["}},
		"feed": {`{"@type":"DataFeed","name":"f","dataFeedElement":[{"@type":"DataFeedItem","item":` + a + `},` +
			`{"item":[` + b + `],"url":"https://x.example"}],"dateModified":"2025-01-01"}`, []string{a, b}},
		"page": {"<!doctype html><html><head><script>if (a<b) {}</script>\n<script type=\"application/ld+json\">\n" +
			a + "\n</script><SCRIPT type='application/ld+json'>[" + b + "]</SCRIPT></head><body>{}</body></html>",
			[]string{a, b}},
		"nested list": {"[[" + a + "],[]," + b + "]", []string{a, b}},
	} {
		got, bad, _ := readAll(t, c.file)
		if len(bad) != 0 || len(got) != len(c.want) {
			t.Errorf("%s: %d records, bad %v", name, len(got), bad)
			continue
		}
		for i, r := range got {
			if c.want[i] != "[" && string(r.Raw) != c.want[i] {
				t.Errorf("%s: the bytes of record %d are %s", name, i, r.Raw)
			}
		}
		r := got[0]
		if r.Claim != "The bridge was closed in May." || r.Lang != "en" || r.Detected ||
			r.Publisher != "Example Facts" || r.Day != "2025-03-04" || r.Author != "A minister" ||
			r.Verdict != claims.Disputed ||
			r.Appeared != "https://talk.example/1\nhttps://talk.example/2" ||
			r.Rating != (Rating{"False", "1", "5", "1"}) {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

// TestReadBroken: what is broken is named with its number and line, and what stands around it is kept.
func TestReadBroken(t *testing.T) {
	t.Parallel()
	a, b, c := review("One.", "True"), review("Two.", "True"), review("Three.", "True")
	as := func(two string) string { return strings.Replace(b, "Two.", two, 1) }
	for name, x := range map[string]struct {
		file    string
		good    int
		n, line int
		why     string
	}{
		"cut member":     {"[" + a + ",\n" + b[:len(b)-30] + "\n,\n" + c + "]", 2, 2, 2, ""},
		"quote missing":  {"[\n" + a + ",\n" + strings.Replace(b, `Two."`, `Two.`, 1) + ",\n" + c + "\n]", 2, 2, 3, ""},
		"line":           {a + "\n{\"@type\": }\n" + c + "\n", 2, 2, 2, "A value is missing."},
		"cut at the end": {a + "\n" + b[:50], 1, 2, 2, "The file ends in the middle of it."},
		"no object":      {"[" + a + ",\n17,\n" + c + "]", 2, 2, 2, "There is no object"},
		"too deep":       {a + "\n{\"a\":" + strings.Repeat("[", 100000) + "\n" + c, 2, 2, 2, "nested deeper"},
		"too large":      {a + "\n" + as(strings.Repeat("x", mostEntry)) + "\n" + c, 2, 2, 2, "larger than"},
		"no claim":       {"[" + a + "," + as(" <br/> ") + "," + c + "]", 2, 2, 1, "no claim"},
		"long claim":     {"[" + a + "," + as(strings.Repeat("y", 6000)) + "]", 1, 2, 1, "6000 characters"},
		"not utf-8":      {"[" + a + "," + as("T\xffo") + "]", 1, 2, 1, "UTF-8"},
	} {
		good, bad, _ := readAll(t, x.file)
		if len(good) != x.good || len(bad) != 1 {
			t.Errorf("%s: %d good, bad %+v", name, len(good), bad)
			continue
		}
		if got := bad[0]; got.N != x.n || got.Line != x.line || !strings.Contains(got.Why, x.why) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// TestReadWords: HTML in a claim becomes text, a language that is not said is found and marked.
func TestReadWords(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"<p>The <b>bridge</b> was<br>closed &amp;amp; sold</p>": "The bridge was closed & sold",
		"5 < 6 and 7 > 2":                               "5 < 6 and 7 > 2",
		"<script>alert(1)</script>Calm":                 "Calm",
		"a\u202eb\u0000c\u200cd":                        "abc\u200cd",
		"&lt;img src=x onerror=alert(1)&gt; It is so. ": "It is so.",
	} {
		if got := plain(in); got != want {
			t.Errorf("plain(%q) = %q, want %q", in, got, want)
		}
	}
	got, bad, _ := readAll(t, `{"@type":"ClaimReview","claimReviewed":"<i>پل در ماه مه بسته شد</i>",`+
		`"url":"javascript:alert(1)","reviewRating":{"alternateName":"نادرست"}}`)
	if len(bad) != 0 || len(got) != 1 || got[0].Lang != "fa" || !got[0].Detected || got[0].URL != "" ||
		got[0].Claim != "پل در ماه مه بسته شد" || got[0].Verdict != claims.Disputed {
		t.Errorf("%+v, bad %+v", got, bad)
	}
}

// TestVerdicts: a rating comes to a verdict where that is certain, and is kept as it is printed otherwise.
func TestVerdicts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		r    Rating
		want claims.Verdict
		odd  bool
	}{
		{Rating{"False", "1", "5", "1"}, claims.Disputed, false},
		{Rating{"FALSE!", "", "", ""}, claims.Disputed, false},
		{Rating{"True", "5", "5", "1"}, claims.Corroborated, false},
		{Rating{"True", "1", "5", "1"}, "", false}, // the words and the scale contradict each other
		{Rating{"Half true", "3", "5", "1"}, "", false},
		{Rating{"Four Pinocchios", "1", "5", "1"}, "", false},
		{Rating{"1", "1", "5", "1"}, claims.Disputed, false},
		{Rating{"", "5", "5", "1"}, claims.Corroborated, false},
		{Rating{"1", "1", "1", "5"}, "", true}, // upside down
		{Rating{"False", "5", "1", "5"}, claims.Disputed, true},
		{Rating{"0", "0", "5", "0"}, "", true}, // 0 as the worst may be: not rated
		{Rating{"غير صحيح", "", "", ""}, claims.Disputed, false},
		{Rating{"誤り", "1", "5", "1"}, claims.Disputed, false},
		{Rating{"درست", "", "", ""}, claims.Corroborated, false},
		{Rating{"Unproven", "3", "5", "1"}, claims.Unverified, false},
		{Rating{"", "", "", ""}, "", false},
	} {
		if got := c.r.verdict(); got != c.want || c.r.Odd() != c.odd {
			t.Errorf("%+v comes to %q, odd %v", c.r, got, c.r.Odd())
		}
	}
}

const set = `{"claim_set":{"format":"claimbench/claimset/1","set":7,"title":"Leaks","version":2,"state":"frozen",` +
	`"frozen_at":"2025-04-05T06:07:08Z","frozen_seq":9,"sha256":"SUM","checkpoint":"bench.example/log\n12\nabc\n",` +
	`"offsets":"x","publisher":"The Desk","note":"","address":"https://desk.example/{set}/{claim}","people":"names"},
"claims":[
{"claim":14,"statement":"حدود ۹ گیگابایت داده منتشر شد","lang":"fa","attribution":"article",` +
	`"verdict":"disputed","reason":"refuted","article":{"source":"Example","url":"https://paper.example/1"}},
{"claim":15,"statement":"Nine ships left.","lang":"en","attribution":"A captain","verdict":"corroborated",` +
	`"reason":"official_record","article":{"source":"Example","url":""}}
]}
`

// TestReadSet: a set of a workbench is read with its origin, and its claims hash to what it says.
func TestReadSet(t *testing.T) {
	t.Parallel()
	lines := strings.Split(set, "\n")
	first := strings.TrimSuffix(lines[2], ",")
	sum := hashOf([]byte(first + "\n" + lines[3] + "\n"))
	file := strings.Replace(set, "SUM", sum, 1)
	got, bad, x := readAll(t, file)
	if len(bad) != 0 || len(got) != 2 || x.Format != FormatSet || !x.Whole() {
		t.Fatalf("%d, %+v, %s, whole %v", len(got), bad, x.Format, x.Whole())
	}
	if r := got[0]; string(r.Raw) != first || r.Publisher != "The Desk" || r.URL != "https://desk.example/7/14" ||
		r.Verdict != claims.Disputed || r.Day != "2025-04-05" || r.Source.Workbench != "bench.example/log" ||
		r.Source.Set != "7/2" || r.Source.SHA256 != sum || r.Author != "Example" {
		t.Errorf("%+v", r)
	}
	if _, _, y := readAll(t, strings.Replace(file, "ships", "boats", 1)); y.Whole() {
		t.Error("a set with another word is whole")
	}
	var out bytes.Buffer
	out.WriteString("{\"shelf\":{\"format\":\"claimbench/shelf/1\"},\n\"entries\":[")
	for i, r := range got {
		line, err := r.Source.line(r.Raw)
		if err != nil {
			t.Fatal(err)
		}
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString("\n" + string(line))
	}
	out.WriteString("\n]}\n")
	again, bad, _ := readAll(t, out.String())
	if len(bad) != 0 || len(again) != 2 {
		t.Fatalf("the shelf's file: %d, %+v", len(again), bad)
	}
	for i, r := range again {
		if fmt.Sprintf("%+v", r) != fmt.Sprintf("%+v", withLine(got[i], r.Line)) {
			t.Errorf("came in again as\n%+v, was\n%+v", r, got[i])
		}
	}
}

func withLine(r Record, line int) Record { r.Line = line; return r }

// TestReadTables: columns are known by their names, cells are parted by a comma, a semicolon or a tab.
func TestReadTables(t *testing.T) {
	t.Parallel()
	for _, comma := range []string{",", ";", "\t"} {
		rows := [][]string{{"Claim", "Rating", "Review URL", "publisher", "Date", "claimant"},
			{`"Nine ships, ""all"" new; left"`, "False", "https://facts.example/1", "Facts", "2025-01-02", "A captain"},
			{"'=2+2 is five", "true", "", "", "", ""}}
		file := "\ufeff"
		for _, row := range rows {
			file += strings.Join(row, comma) + "\r\n"
		}
		got, bad, x := readAll(t, file)
		if len(bad) != 0 || len(got) != 2 || x.Format != FormatTable {
			t.Fatalf("%q: %d, %+v", comma, len(got), bad)
		}
		if r := got[0]; r.Claim != `Nine ships, "all" new; left` || r.URL != "https://facts.example/1" ||
			r.Verdict != claims.Disputed || r.Author != "A captain" || string(r.Raw) != strings.Join(rows[1], comma) {
			t.Errorf("%q: %+v", comma, r)
		}
		if got[1].Claim != "=2+2 is five" {
			t.Errorf("%q: %q", comma, got[1].Claim)
		}
	}
	got, bad, _ := readAll(t, "claim,rating\n\"One\nof two lines\",true\n\"Two,true\nThree,true\nFour,true,more\n")
	if len(got) != 2 || got[0].Claim != "One of two lines" || got[1].Claim != "Three" || len(bad) != 2 ||
		bad[0].N != 2 || bad[0].Line != 4 || bad[1].Line != 6 {
		t.Errorf("%+v, bad %+v", got, bad)
	}
}

// TestRefusedFiles: what cannot be read at all is refused with the remedy.
func TestRefusedFiles(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{"": "empty", " \n": "empty", "PK\x03\x04xxxx": "Unpack",
		"\x1f\x8b\x08\x00": "Unpack", "\xff\xfe{\x00": "UTF-8", "name;rating\nx;y\n": "No column"} {
		x, err := Open(strings.NewReader(file))
		if err == nil {
			_, err = x.Next()
		}
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(fault.Message(err), want) {
			t.Errorf("%q: %v", file, err)
		}
	}
}

// endless gives ClaimReviews without end, up to a size.
type endless struct{ left, n int }

func (e *endless) Read(p []byte) (int, error) {
	if e.left <= 0 {
		return 0, io.EOF
	}
	e.n++
	n := copy(p, review(fmt.Sprintf("Claim %d says much.", e.n), "False")+"\n")
	e.left -= n
	return n, nil
}

// TestReadInBoundedMemory: a file of 200 MB is read with less than 16 MB of memory.
func TestReadInBoundedMemory(t *testing.T) {
	size := 20 << 20
	if os.Getenv("CLAIMBENCH_LARGE") != "" {
		size = 200 << 20
	}
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	most := uint64(0)
	x, err := Open(&endless{left: size})
	if err != nil {
		t.Fatal(err)
	}
	for n := 0; ; n++ {
		_, err := x.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		var b Bad
		if err != nil && !errors.As(err, &b) {
			t.Fatal(err)
		}
		if n%5000 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&now)
			most = max(most, now.HeapAlloc)
		}
	}
	if more := int64(most) - int64(before.HeapAlloc); more > 16<<20 {
		t.Errorf("%d bytes more are held than before", more)
	}
}

// FuzzRead: whatever a file holds, reading ends, says what is bad, and gives the same twice.
func FuzzRead(f *testing.F) {
	a := review("The bridge was closed.", "False")
	for _, s := range []string{a, "[" + a + "]", set, "claim,rating\nx,true\n",
		"<script type=application/ld+json>" + a + "</script>", `{"dataFeedElement":[{"item":` + a + `}]}`,
		`{"shelf":{},"entries":[{"source":{"format":"csv",` +
			`"columns":["claim"],"comma":","},"entry":"x"}]}`, "{\"@graph\":[{\n{\"a\"", "claim;x\n\"a;b\nc"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		a, errA := LookAt(bytes.NewReader(file))
		b, errB := LookAt(bytes.NewReader(file))
		if fmt.Sprint(a, errA) != fmt.Sprint(b, errB) {
			t.Fatalf("read twice: %v, %v and %v, %v", a, errA, b, errB)
		}
		if errA != nil && fault.KindOf(errA) != fault.Invalid {
			t.Fatalf("%v", errA)
		}
		x, err := Open(bytes.NewReader(file))
		for err == nil {
			var r Record
			var bad Bad
			if r, err = x.Next(); errors.As(err, &bad) {
				err = nil
				continue
			}
			if err != nil {
				break
			}
			line, err := r.Source.line(r.Raw)
			if err != nil {
				t.Fatal(err)
			}
			again, err := entryOfShelf(line)
			if err != nil || again.Claim != r.Claim || !bytes.Equal(again.Raw, r.Raw) || again.Verdict != r.Verdict {
				t.Fatalf("%+v came again as %+v: %v", r, again, err)
			}
		}
	})
}

func TestRatingsTable(t *testing.T) {
	t.Parallel()
	for word, v := range ratings() {
		if !claims.Verdicts.Has(v) || word == "" {
			t.Errorf("%q means %q", word, v)
		}
	}
	if _, err := os.Stat(filepath.Join("testdata", "pairs.tsv")); err != nil {
		t.Error(err)
	}
}
