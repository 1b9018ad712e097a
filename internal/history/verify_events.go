package history

import (
	"encoding/hex"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"
)

// maxGap bounds how many missing events are stood in for by their stored hashes.
const maxGap = 1_000_000

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// page checks one stretch: numbers without a gap, texts, leaves, hashes, and what each event says of its row.
func (v *verifier) page(p page) {
	stored := hashes{rows: p.hashes}
	texts := p.texts
	for i := range p.events {
		r := &p.events[i]
		if r.Seq > v.last+1 {
			v.missing(v.last+1, r.Seq-1, &stored)
		}
		v.last = r.Seq
		v.report.Events++
		var mine []textRow
		mine, texts = v.textsOf(r, texts)
		v.leaf(r, &stored)
		known := v.texts(r, mine)
		v.replay(r, known)
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
func (v *verifier) leaf(r *eventRow, stored *hashes) {
	var h tlog.Hash
	h, v.buf = leafHash(v.buf, r)
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

// textsOf splits off the texts of one event; texts and events come in the same order.
func (v *verifier) textsOf(r *eventRow, texts []textRow) (mine, rest []textRow) {
	for len(texts) > 0 && texts[0].Seq < r.Seq {
		v.report.add(object("event", texts[0].Seq), "the text “%s” belongs to no event", texts[0].Name)
		texts = texts[1:]
	}
	n := 0
	for n < len(texts) && texts[n].Seq == r.Seq {
		n++
	}
	return texts[:n], texts[n:]
}

// knownText is a text as an event gave it to its row: enough to check the row's own text later.
type knownText struct {
	salt   []byte
	hash   [32]byte
	erased bool
}

// texts compares the texts of an event with the salted hashes in its leaf.
func (v *verifier) texts(r *eventRow, rows []textRow) map[string]knownText {
	if r.Texts == "{}" && len(rows) == 0 {
		return nil
	}
	name := object("event", r.Seq)
	want, err := decode(r.Texts)
	if err != nil {
		v.report.add(name, "its list of texts cannot be read: %v", err)
		return nil
	}
	known := make(map[string]knownText, len(want))
	for _, t := range rows {
		hash, listed := want[t.Name]
		delete(want, t.Name)
		switch {
		case !listed:
			v.report.add(name, "the text “%s” was added", t.Name)
		case (t.Salt == nil) != (t.Text == nil):
			v.report.add(name, "the text “%s” is erased by half: its salt and its words go together", t.Name)
		case t.Salt == nil:
			v.report.Erased++
			known[t.Name] = knownText{erased: true}
		default:
			h := textHash(t.Salt, *t.Text)
			if hex.EncodeToString(h[:]) != hash {
				v.report.add(name, "the text “%s” was changed", t.Name)
			}
			known[t.Name] = knownText{salt: t.Salt, hash: h}
		}
	}
	for missing := range want {
		v.report.add(name, "the text “%s” is missing", missing)
	}
	return known
}
