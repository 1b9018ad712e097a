package shelf_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/shelf"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// packed gives a file that is small and holds much.
func packed(t *testing.T, kind string, much int64) []byte {
	t.Helper()
	var b bytes.Buffer
	var in io.Writer
	var end func() error
	switch kind {
	case "zip":
		z := zip.NewWriter(&b)
		f, err := z.Create("facts.json")
		if err != nil {
			t.Fatal(err)
		}
		in, end = f, z.Close
	default:
		z := gzip.NewWriter(&b)
		in, end = z, z.Close
	}
	if _, err := io.CopyN(in, zeros{}, much); err != nil {
		t.Fatal(err)
	}
	if err := end(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return copy(p, bytes.Repeat([]byte{'0'}, len(p))), nil }

// TestPackedBombs: a packed file is refused by its first bytes, whatever it holds; nothing of it is unpacked or kept.
func TestPackedBombs(t *testing.T) {
	t.Parallel()
	w := roomtest.New(t, storetest.SQLite(t), articles.CollectionNew{})
	for _, kind := range []string{"zip", "gzip"} {
		bomb := packed(t, kind, 64<<20)
		if len(bomb) > 1<<20 {
			t.Fatalf("%s: %d bytes are no bomb", kind, len(bomb))
		}
		read := &counted{Reader: bytes.NewReader(bomb)}
		_, _, err := w.Shelf.Bring(roomtest.Ctx(), w.As("editor-1"), w.Collection.ID, "facts.zip", read)
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(fault.Message(err), "Unpack it") ||
			read.n > 128<<10 {
			t.Errorf("%s: %v, %d bytes were read", kind, err, read.n)
		}
	}
	if n := w.Count("shelf_pieces") + w.Count("shelf_files"); n != 0 {
		t.Errorf("%d rows are left", n)
	}
}

type counted struct {
	io.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}

// TestMoreThanAFileMayHold: a file beyond the bound is refused with the bound, and leaves nothing.
func TestMoreThanAFileMayHold(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		shelf.Most(w.Shelf, 3<<20)
		read := &counted{Reader: &reviewsOf{left: 64 << 20}}
		_, _, err := w.Shelf.Bring(roomtest.Ctx(), w.As("editor-1"), w.Collection.ID, "facts.json", read)
		if fault.KindOf(err) != fault.TooLarge || !strings.Contains(fault.Message(err), "larger than 3 MB") ||
			read.n > 4<<20 {
			t.Errorf("%v, %d bytes were read", err, read.n)
		}
		if n := w.Count("shelf_pieces") + w.Count("shelf_files"); n != 0 {
			t.Errorf("%d rows are left", n)
		}
	})
}

// reviewsOf gives ClaimReviews up to a size, one a line.
type reviewsOf struct {
	left, n int
	rest    []byte
}

func (r *reviewsOf) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		if r.left <= 0 {
			return 0, io.EOF
		}
		r.n++
		r.rest = fmt.Appendf(nil, `{"@type":"ClaimReview","claimReviewed":"<p>Claim %d of the series.</p>","url":`+
			`"https://facts.example/%d","reviewRating":{"ratingValue":1,"bestRating":1,"worstRating":5,`+
			`"alternateName":"False"},"text":%q}`+"\n", r.n, r.n, strings.Repeat("word ", 4000))
		r.left -= len(r.rest)
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// TestFileIsStreamed: a file is kept and looked at in bounded memory, 20 MB here; 200 MB where CLAIMBENCH_LARGE is set.
func TestFileIsStreamed(t *testing.T) {
	size := 20 << 20
	if os.Getenv("CLAIMBENCH_LARGE") != "" {
		size = 200 << 20
	}
	w := roomtest.New(t, storetest.SQLite(t), articles.CollectionNew{})
	held := &heldMost{Reader: &reviewsOf{left: size}}
	f, look, err := w.Shelf.Bring(roomtest.Ctx(), w.As("editor-1"), w.Collection.ID, "facts.json", held)
	if err != nil || f.Bytes < int64(size) || look.Good < size/21000 || look.BadOnes != 0 ||
		look.Format != shelf.FormatReview {
		t.Fatalf("%v: %d bytes, %d good, %d bad", err, f.Bytes, look.Good, look.BadOnes)
	}
	if look.First[0].Claim != "Claim 1 of the series." || !look.First[0].Rating.Odd() {
		t.Errorf("%+v", look.First[0])
	}
	t.Logf("%d MB, %d fact-checks: at most %d kB more were held", size>>20, look.Good, held.most>>10)
	if held.most > 16<<20 {
		t.Errorf("%d MB more were held", held.most>>20)
	}
}

// heldMost measures how much more is held while it is read than at its first byte.
type heldMost struct {
	io.Reader
	n           int
	first, most int64
}

func (h *heldMost) Read(p []byte) (int, error) {
	if h.n%256 == 0 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		if now := int64(m.HeapAlloc); h.n == 0 {
			h.first = now
		} else {
			h.most = max(h.most, now-h.first)
		}
	}
	h.n++
	return h.Reader.Read(p)
}
