package history

import (
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// maxGap bounds how many missing events are stood in for by their stored hashes.
const maxGap = 1_000_000

// noTexts is the list of texts of an event that has none.
const noTexts = "{}"

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// page checks one stretch: numbers without a gap, texts, leaves, hashes, and what each event says of its row.
func (v *verifier) page(p *page) {
	<-p.done
	stored := hashes{rows: p.hashes}
	for i := range p.texts {
		if t := &p.texts[i]; t.Salt == nil {
			v.erased = append(v.erased, textRow{Seq: t.Seq, Name: strings.Clone(t.Name)})
		}
	}
	at := 0 // the first text that is not looked at yet
	for i := range p.events {
		r := &p.events[i]
		if r.Seq > v.last+1 {
			v.missing(v.last+1, r.Seq-1, &stored)
		}
		v.last = r.Seq
		v.report.Events++
		if r.nameErased() {
			v.report.Erased++
			v.erased = append(v.erased, textRow{Seq: r.Seq, Name: actorName})
		}
		from := v.textsFrom(r, p.texts, at)
		for at = from; at < len(p.texts) && p.texts[at].Seq == r.Seq; {
			at++
		}
		v.leaf(r, p.leaves[i], &stored)
		v.replay(r, v.texts(r, p.texts[from:at], p.sums[from:at]))
	}
}

// hashes walks stored hashes in the order of their index.
type hashes struct{ rows []hashRow }

// at gives the stored hash of an index, which only grows from call to call; false when it is missing.
func (h *hashes) at(idx int64) (tlog.Hash, bool) {
	for len(h.rows) > 0 && h.rows[0].Idx < idx {
		h.rows = h.rows[1:]
	}
	if len(h.rows) == 0 || h.rows[0].Idx != idx || len(h.rows[0].Hash) != tlog.HashSize {
		return tlog.Hash{}, false
	}
	return tlog.Hash(h.rows[0].Hash), true
}

// missing names a gap. Where the hash of a missing event is still stored it stands in for it, so that the rest of the
// tree can be checked; otherwise no root can be computed any more.
func (v *verifier) missing(from, to int64, stored *hashes) {
	if from == to {
		v.report.add(object("event", from), "the event is missing")
	} else {
		v.report.add(object("event", from), "the events %d to %d are missing", from, to)
	}
	for seq := from; seq <= to && !v.broken; seq++ {
		if stored == nil || to-from > maxGap {
			v.broken = true
			return
		}
		h, ok := stored.at(tlog.StoredHashIndex(0, seq-1))
		if !ok {
			v.broken = true
			return
		}
		v.grow(h, stored)
	}
}

// leaf compares an event with its stored leaf hash. A differing event is named once; its stored hash then carries the
// tree on, so that the hashes above are not all named too.
func (v *verifier) leaf(r *eventRow, h tlog.Hash, stored *hashes) {
	if v.broken {
		return
	}
	was, ok := stored.at(tlog.StoredHashIndex(0, r.Seq-1))
	switch {
	case !ok:
		v.report.add(object("event", r.Seq), "its stored hash is missing")
		was = h
	case was != h:
		v.report.add(object("event", r.Seq), "the event (%s on %s) and its stored hash differ: one of them was changed",
			r.Action, r.Object)
	}
	v.grow(was, stored)
}

// grow adds a leaf to the tree and compares each hash above it with the stored one.
func (v *verifier) grow(leaf tlog.Hash, stored *hashes) {
	first := true
	v.tree.add(leaf, func(idx int64, h tlog.Hash) {
		if first { // the leaf itself was compared with its event
			first = false
			return
		}
		was, ok := stored.at(idx)
		if !ok {
			v.report.add(object("hash", idx), "a stored hash of the tree is missing")
		} else if was != h {
			v.report.add(object("hash", idx), "a stored hash of the tree was changed")
		}
	})
	v.compareMarks()
}

// textsFrom finds where the texts of an event begin, at or after one; texts and events come in the same order.
func (v *verifier) textsFrom(r *eventRow, texts []textRow, at int) int {
	for at < len(texts) && texts[at].Seq < r.Seq {
		v.report.add(object("event", texts[at].Seq), "the text “%s” belongs to no event", texts[at].Name)
		at++
	}
	return at
}

// knownText is a text as an event gave it to its row: enough to check the row's own text later.
type knownText struct {
	name   string
	salt   []byte
	hash   [32]byte
	erased bool
}

// texts compares the texts of an event with the salted hashes in its leaf. sums are those of the texts as they are.
func (v *verifier) texts(r *eventRow, rows []textRow, sums [][32]byte) []knownText {
	if r.Texts == noTexts && len(rows) == 0 {
		return nil
	}
	name := object("event", r.Seq)
	if !slices.IsSortedFunc(rows, byTextName) { // PostgreSQL may order names in its own way
		rows, sums = sortedTexts(rows, sums)
	}
	known := v.known[:0] // the caller keeps what it needs of them
	added := func(t textRow) { v.report.add(name, "the text “%s” was added", t.Name) }
	at := 0
	err := eachPair(r.Texts, func(k, hash string) {
		for ; at < len(rows) && rows[at].Name < k; at++ {
			added(rows[at])
		}
		if at == len(rows) || rows[at].Name != k {
			v.report.add(name, "the text “%s” is missing", k)
			return
		}
		t := &rows[at]
		switch {
		case (t.Salt == nil) != (t.Text == nil):
			v.report.add(name, "the text “%s” is erased by half: its salt and its words go together", t.Name)
		case t.Salt == nil:
			v.report.Erased++
			known = append(known, knownText{name: t.Name, erased: true})
		default:
			if !isHex(sums[at], hash) {
				v.report.add(name, "the text “%s” was changed", t.Name)
			}
			known = append(known, knownText{name: t.Name, salt: t.Salt, hash: sums[at]})
		}
		at++
	})
	if err != nil {
		v.report.add(name, "its list of texts cannot be read: %v", err)
		return nil
	}
	for ; at < len(rows); at++ {
		added(rows[at])
	}
	v.known = known
	return known
}

// isHex says whether a text is the hex of a hash.
func isHex(h [32]byte, text string) bool {
	var digits [64]byte
	hex.Encode(digits[:], h[:])
	return string(digits[:]) == text
}

func byTextName(a, b textRow) int { return strings.Compare(a.Name, b.Name) }

// sortedTexts orders the texts of an event by the bytes of their names, with their hashes.
func sortedTexts(rows []textRow, sums [][32]byte) ([]textRow, [][32]byte) {
	order := make([]int, len(rows))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return byTextName(rows[a], rows[b]) })
	outRows, outSums := make([]textRow, len(rows)), make([][32]byte, len(rows))
	for i, from := range order {
		outRows[i], outSums[i] = rows[from], sums[from]
	}
	return outRows, outSums
}
