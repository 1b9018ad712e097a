package shelf

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// seat is where an entry of a set stood in its file.
type seat struct {
	id   EntryID
	file FileID
	n    int64
}

// mostFiles is how many files that say they are one set are tried.
const mostFiles = 20

// exportSet writes the claims of a set, a line each, when they hash to what was asked for. Everybody can write that
// hash at the head of other lines, and these may have come first: so each file is tried, with what earlier files had
// brought of it already.
func (s *Service) exportSet(ctx context.Context, ask ExportAsk, w io.Writer) error {
	says := `"sha256":"` + ask.Set + `"`
	var all []seat
	if err := s.eachKept(ctx, ask.In, "file_id, n", func(e Entry) error {
		if strings.Contains(e.Source, says) {
			all = append(all, seat{e.ID, e.FileID, e.N})
		}
		return nil
	}); err != nil {
		return err
	}
	if len(all) == 0 {
		return fault.New(fault.NotFound, "No fact-check of this shelf is of the set %s.", ask.Set)
	}
	for _, ids := range orders(all) {
		sum, err := s.linesOf(ctx, ids, io.Discard)
		if err != nil {
			return err
		}
		if sum != ask.Set {
			continue
		}
		if sum, err = s.linesOf(ctx, ids, w); err == nil && sum != ask.Set {
			err = fault.New(fault.Conflict, "The shelf was changed while the set was written. Export it again.")
		}
		return err
	}
	return fault.New(fault.Conflict, "The lines that this shelf has of the set do not hash to %s: the file that "+
		"came in was altered, or a claim was left out or taken off. Export the whole shelf, or ask the "+
		"publisher for the set.",
		ask.Set)
}

// orders are the ways in which entries may be the lines of one file: what it brought, and in the places where it
// brought nothing new, what stood there first; or that file alone.
func orders(all []seat) (out [][]EntryID) {
	files := map[FileID]bool{}
	for _, x := range all {
		files[x.file] = true
	}
	for i, file := range slices.Sorted(maps.Keys(files)) {
		if i == mostFiles {
			break
		}
		rank := func(x seat) int {
			if x.file == file {
				return 0
			}
			return 1
		}
		sorted := slices.SortedFunc(slices.Values(all), func(a, b seat) int {
			return cmp.Or(cmp.Compare(a.n, b.n), cmp.Compare(rank(a), rank(b)), cmp.Compare(a.id, b.id))
		})
		var own, merged []EntryID
		last := int64(-1)
		for _, x := range sorted {
			if x.file == file {
				own = append(own, x.id)
			}
			if x.n != last {
				merged, last = append(merged, x.id), x.n
			}
		}
		out = append(out, merged)
		if len(own) != len(merged) {
			out = append(out, own)
		}
	}
	return out
}

// linesOf writes the bytes of entries, a line each, and gives their SHA-256.
func (s *Service) linesOf(ctx context.Context, ids []EntryID, w io.Writer) (string, error) {
	sum := sha256.New()
	w = io.MultiWriter(sum, w)
	for some := range slices.Chunk(ids, exportedAtOnce) {
		by := make(map[EntryID][]byte, len(some))
		if err := s.db.Read(ctx, func(r *store.Rx) error {
			rows, err := store.Select[Entry](r,
				"SELECT id, raw FROM shelf_entries WHERE state = 'kept' AND id IN ?", some)
			for _, e := range rows {
				by[e.ID] = e.Raw
			}
			return err
		}); err != nil {
			return "", err
		}
		for _, id := range some {
			if _, err := fmt.Fprintf(w, "%s\n", by[id]); err != nil {
				return "", err
			}
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
