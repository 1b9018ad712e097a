package publish_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"claimbench/internal/captures"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/publish"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/warc"
)

// outside links an outside document to a claim.
func (x bench) outside(c claims.Claim, name string) evidence.Item {
	x.T.Helper()
	it, err := x.Evidence.Link(roomtest.Ctx(), x.As("reviewer-1"), evidence.Link{ClaimID: c.ID,
		URL: "https://" + name + ".example/page", Exact: "Twelve, says " + name + ".", Lang: "en", ReadOn: "2026-01-01",
		Stance: evidence.Supports, Kind: evidence.Report})
	if err != nil {
		x.T.Fatal(err)
	}
	return it
}

// keep captures the document of an item: a WARC with a cookie in it.
func (x bench) keep(it evidence.Item, words string) captures.Capture {
	x.T.Helper()
	var b bytes.Buffer
	if err := warc.Write(&b, warc.Document{Address: it.URL, Day: time.Date(2026, 2, 3, 4, 5, 6, 0, time.UTC),
		Status: 200, Media: "text/html; charset=utf-8", Body: []byte(`<html lang="en"><head><title>Of ` + it.URL +
			`</title></head><body><main><p>` + words + `</p></main></body></html>`)}, "x"); err != nil {
		x.T.Fatal(err)
	}
	c, err := x.Evidence.Capture(roomtest.Ctx(), x.As("reviewer-1"), it.ID, captures.File{Name: "a.warc.gz",
		Body: b.Bytes()})
	if err != nil {
		x.T.Fatal(err)
	}
	return c
}

// filesOf unpacks a WACZ, its archives too.
func filesOf(t *testing.T, raw string) map[string]string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if g, err := gzip.NewReader(bytes.NewReader(b)); err == nil {
			if b, err = io.ReadAll(g); err != nil {
				t.Fatal(err)
			}
		}
		out[f.Name] = string(b)
	}
	return out
}

// linesOf reads captures.jsonl: why each item of evidence is left out, "" where it is not.
func linesOf(t *testing.T, files map[string]string) map[evidence.ID]string {
	t.Helper()
	out := map[evidence.ID]string{}
	for l := range strings.Lines(files["captures.jsonl"]) {
		var is struct {
			Evidence evidence.ID
			LeftOut  string `json:"left_out"`
		}
		if err := json.Unmarshal([]byte(l), &is); err != nil {
			t.Fatal(err)
		}
		out[is.Evidence] = is.LeftOut
	}
	return out
}

// What is kept of a set's outside documents goes out as the set was frozen, where its settings say so, without what was
// withheld by law or protected since; and it is what an independent reader takes.
func TestWACZ(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		words := "شورا ۱۲ کمک را تصویب کرد"
		c := x.Claim(x.a, words, words+".")
		open, bare, withheld, hidden := x.outside(c, "open"), x.outside(c, "bare"), x.outside(c, "lawful"),
			x.outside(c, "kraken")
		for _, it := range []evidence.Item{open, withheld, hidden} {
			x.keep(it, strings.TrimPrefix(it.Exact, "no ")+" That was all.")
		}
		c = x.approve(c)
		of := claimset.Imprint{People: claimset.Named, Captures: true}
		set, closed := x.frozen("Kept", of, c.ID), x.frozen("Not kept", claimset.Imprint{People: claimset.Named}, c.ID)
		for _, way := range []func() error{
			func() error {
				_, err := x.Publish.Record(roomtest.Ctx(), x.As("editor-1"), closed.ID,
					publish.Options{Format: publish.WACZ})
				return err
			}, func() error {
				return x.Publish.Export(roomtest.Ctx(), x.As("editor-1"), closed.ID, io.Discard,
					publish.Options{Format: publish.WACZ})
			},
		} {
			if err := way(); fault.KindOf(err) != fault.Conflict {
				t.Errorf("captures go with a set that does not say so: %v", err)
			}
		}
		if slices.ContainsFunc(publish.FormatsOf(closed), func(f publish.Format) bool { return f.Kept }) ||
			!slices.ContainsFunc(publish.FormatsOf(set), func(f publish.Format) bool { return f.Kept }) {
			t.Error("the format is offered where it is not to be had, or is not where it is")
		}

		x.keep(open, "Made after the freeze.")
		before := x.export(publish.Options{Format: publish.WACZ}, set)
		got := filesOf(t, before)
		all := strings.Join(slices.Collect(valuesOf(got)), "\n")
		if !strings.Contains(all, "Twelve, says open.") || !strings.Contains(all, "Twelve, says kraken.") ||
			strings.Contains(all, "Made after the freeze.") {
			t.Errorf("the file holds\n%s", all)
		}
		if l := linesOf(t, got); len(l) != 4 || l[open.ID] != "" || !strings.Contains(l[bare.ID], "Nothing was kept") {
			t.Errorf("it says %v", l)
		}

		last := func(it evidence.Item) captures.Capture {
			var newest captures.Capture
			if err := db.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
				newest, _, err = captures.Newest(r, int64(it.ID))
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return newest
		}
		gone := last(withheld)
		if _, err := x.Evidence.WithholdCapture(roomtest.Ctx(), x.As("editor-1"), withheld.ID, gone.ID, gone.Version,
			"A court said so."); err != nil {
			t.Fatal(err)
		}
		if _, err := x.Evidence.Protect(roomtest.Ctx(), x.As("editor-1"), hidden.ID, hidden.Version,
			"source at risk"); err != nil {
			t.Fatal(err)
		}
		raw := x.export(publish.Options{Format: publish.WACZ}, set)
		got = filesOf(t, raw)
		all = strings.Join(slices.Collect(valuesOf(got)), "\n")
		for _, secret := range []string{"kraken", "lawful", "hush"} {
			if strings.Contains(all, secret) {
				t.Errorf("the file holds %q", secret)
			}
		}
		l := linesOf(t, got)
		if l[open.ID] != "" || !strings.Contains(l[withheld.ID], "withheld by law") ||
			l[hidden.ID] != "Its source is protected." {
			t.Errorf("it says %v", l)
		}
		if c, err := warc.VerifyWACZ(strings.NewReader(raw), int64(len(raw))); err != nil || c.Documents != 1 {
			t.Errorf("%+v, %v", c, err)
		}
		docs, err := warc.ReadWACZ([]byte(raw))
		if err != nil || len(docs) != 1 || docs[0].Final() != open.URL {
			t.Errorf("%d documents, %v", len(docs), err)
		}
		if !strings.Contains(got["pages/pages.jsonl"], open.URL) || strings.Count(got["pages/pages.jsonl"], "\n") != 2 {
			t.Errorf("its pages are %s", got["pages/pages.jsonl"])
		}
		x.Verify()
	})
}

func valuesOf(m map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, v := range m {
			if !yield(v) {
				return
			}
		}
	}
}

// A protected item goes out alike whether something is kept of it or not.
func TestWACZTellsNothingOfProtected(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		words := "شورا ۱۲ کمک را تصویب کرد"
		c := x.Claim(x.a, words, words+".")
		with, without := x.outside(c, "kraken"), x.outside(c, "medusa")
		x.keep(with, with.Exact)
		c = x.approve(c)
		set := x.frozen("Kept", claimset.Imprint{People: claimset.Named, Captures: true}, c.ID)
		for _, it := range []evidence.Item{with, without} {
			if _, err := x.Evidence.Protect(roomtest.Ctx(), x.As("editor-1"), it.ID, it.Version,
				"at risk"); err != nil {
				t.Fatal(err)
			}
		}
		got := filesOf(t, x.export(publish.Options{Format: publish.WACZ}, set))
		l := strings.Split(strings.TrimSpace(got["captures.jsonl"]), "\n")
		alike := func(l string, id evidence.ID) string {
			return strings.ReplaceAll(l, fmt.Sprintf(`"evidence":%d,`, id), `"evidence":#,`)
		}
		if len(l) != 2 || alike(l[0], with.ID) != alike(l[1], without.ID) ||
			got["archive/captures-0001.warc.gz"] != "" {
			t.Errorf("it says %q, and holds %q", l, got["archive/captures-0001.warc.gz"])
		}
	})
}

// However much is kept of a set's documents, its export holds one of them in memory: five of 8 MiB go out in less
// than 64 MiB.
func TestWACZIsStreamed(t *testing.T) {
	x := newBench(t, storetest.SQLite(t))
	words := "شورا ۱۲ کمک را تصویب کرد"
	c := x.Claim(x.a, words, words+".")
	noise := make([]byte, 6<<20)
	for i := range noise {
		noise[i] = byte(rand.Uint32()) //nolint:gosec // noise that is not packed
	}
	long := "<!--" + base64.StdEncoding.EncodeToString(noise) + "-->"
	for i := range 5 {
		it := x.outside(c, fmt.Sprintf("site%d", i))
		x.keep(it, it.Exact+long)
	}
	c = x.approve(c)
	set := x.frozen("Kept", claimset.Imprint{People: claimset.Named, Captures: true}, c.ID)
	noise, long = nil, ""
	defer debug.SetGCPercent(debug.SetGCPercent(25))
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	watch := &watched{from: m.HeapAlloc}
	if _, err := x.Publish.Record(roomtest.Ctx(), x.As("editor-1"), set.ID,
		publish.Options{Format: publish.WACZ}); err != nil {
		t.Fatal(err)
	}
	if err := x.Publish.Export(roomtest.Ctx(), x.As("editor-1"), set.ID, watch,
		publish.Options{Format: publish.WACZ}); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d MiB went out, with %d MiB more in memory at most", watch.n>>20, watch.most>>20)
	if watch.n < 28<<20 || watch.most > 64<<20 {
		t.Errorf("%d MiB went out with %d MiB more in memory", watch.n>>20, watch.most>>20)
	}
}

// watched counts what goes out, and looks how much is in memory meanwhile.
type watched struct{ n, from, most, looked uint64 }

func (w *watched) Write(p []byte) (int, error) {
	if w.n += uint64(len(p)); w.n-w.looked > 1<<20 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		w.looked = w.n
		if m.HeapAlloc > w.from {
			w.most = max(w.most, m.HeapAlloc-w.from)
		}
	}
	return len(p), nil
}
