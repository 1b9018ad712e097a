package exceptions_test

import (
	"fmt"
	"testing"

	"claimbench/internal/captures"
	"claimbench/internal/evidence"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestNotInCapture: the newest capture of what is linked and open is asked, and no other.
func TestNotInCapture(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		c := w.Claim(w.a, "The mayor left", "The mayor left.")
		link := func(n int) evidence.Item {
			it, err := w.Evidence.Link(ctx, w.As("reviewer-1"), evidence.Link{ClaimID: c.ID, Lang: "en",
				URL: fmt.Sprintf("https://example.org/%d", n), Exact: "The mayor left at nine.", ReadOn: "2026-01-01",
				Stance: evidence.Supports, Kind: evidence.Report})
			w.must(err)
			return it
		}
		keep := func(it evidence.Item, words string) captures.Capture {
			got, err := w.Evidence.Capture(ctx, w.As("editor-1"), it.ID, captures.File{Name: "a.txt",
				Body: []byte(words)})
			w.must(err)
			return got
		}
		const holds, holdsNot = "It is said: The mayor left at nine.", "The mayor stayed until ten."
		link(0)
		found, mended, wrong, hidden, gone, withheld := link(1), link(2), link(3), link(4), link(5), link(6)
		keep(found, holds)
		keep(mended, holdsNot)
		keep(mended, holds)
		keep(wrong, holds)
		w.count("not_in_capture", 0, "all are found")
		keep(wrong, holdsNot)
		keep(hidden, holdsNot)
		keep(gone, holdsNot)
		last := keep(withheld, holdsNot)
		w.count("not_in_capture", 4, "four are not")
		_, err := w.Evidence.Protect(ctx, w.As("editor-1"), hidden.ID, hidden.Version, "They would be in danger.")
		w.must(err)
		_, err = w.Evidence.Unlink(ctx, w.As("reviewer-1"), gone.ID, gone.Version, "A mistake.")
		w.must(err)
		_, err = w.Evidence.WithholdCapture(ctx, w.As("editor-1"), withheld.ID, last.ID, 1, "Court order.")
		w.must(err)
		rows := w.count("not_in_capture", 1, "one is left")
		if len(rows) == 1 && (rows[0].Object != evidence.Object(wrong.ID) || rows[0].Claim != int64(c.ID) ||
			rows[0].Who != 0) {
			t.Errorf("%+v", rows[0])
		}
		w.countsAsPages()
	})
}
