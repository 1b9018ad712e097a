package history

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// state is a row as its events left it.
type state struct {
	after *string     // canonical JSON; nil: the row is gone
	seq   int64       // the event that left it so
	at    int64       // when it happened
	texts []knownText // by name
	seen  bool        // the room's table has it
}

// replay checks that an event continues where the one before on its row ended, and keeps what it left.
func (v *verifier) replay(r *eventRow, texts []knownText) {
	if r.RowBefore == nil && r.RowAfter == nil {
		return // something was done; no row changed
	}
	s := v.states[r.Object]
	if s == nil {
		s = &state{}
		v.states[r.Object] = s
	}
	if !v.sameRow(r.Object, s.after, r.RowBefore) {
		v.report.add(object("event", r.Seq), "it begins from another state of %s than event %d left: %s", r.Object,
			s.seq, difference(r.RowBefore, s.after, "this event", "that one"))
	}
	s.after, s.seq, s.at = r.RowAfter, r.Seq, r.At
	if r.RowAfter == nil {
		s.texts = nil
		return
	}
	for _, t := range texts {
		if t.name != reasonText {
			s.keep(t)
		}
	}
}

// keep puts a text in the place of the one of its name.
func (s *state) keep(t knownText) {
	at, there := slices.BinarySearchFunc(s.texts, t.name, func(k knownText, name string) int {
		return strings.Compare(k.name, name)
	})
	if there {
		s.texts[at] = t
		return
	}
	s.texts = slices.Insert(s.texts, at, t)
}

// sameRow says whether two events have one state of a row: in the same form, or in two forms of it.
func (v *verifier) sameRow(object string, a, b *string) bool {
	if same(a, b) {
		return true
	}
	now := v.formsNow[Kind(object)]
	return now != nil && a != nil && b != nil && same(inForm(now, a), inForm(now, b))
}

// inForm brings a row of an event into the form of today; one that cannot be read stays as it is.
func inForm(now func(Fields) Fields, row *string) *string {
	f, err := decodeRow(row)
	if err != nil || f == nil {
		return row
	}
	return encodeRow(now(f))
}

func same(a, b *string) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// replayRooms compares the rows of each room with what the events left.
func (v *verifier) replayRooms() error {
	rooms := append(slices.Clone(v.o.Rooms), erasedRows(v.erased))
	kinds, cut := map[string]bool{}, map[string]bool{}
	for _, room := range rooms {
		if room.Derived != nil {
			if err := v.orFinding("derived", room.Derived(v.rx, v.report.add)); err != nil {
				return fmt.Errorf("a derived table cannot be read: %w", err)
			}
			continue
		}
		kinds[room.Kind] = true
		err := v.compareRoom(room)
		if cut[room.Kind] = unreadable(err); cut[room.Kind] {
			v.report.add(room.Kind, "a row cannot be read, so the rows after it were not compared: %v", err)
		} else if err != nil {
			return fmt.Errorf("the rows of kind %s cannot be read: %w", room.Kind, err)
		}
	}
	for _, object := range slices.Sorted(maps.Keys(v.states)) {
		s := v.states[object]
		kind := Kind(object)
		switch {
		case !kinds[kind]:
			v.report.Unknown[kind]++
		case s.after != nil && !s.seen && !cut[kind]:
			v.report.add(object, "its events (the last is %d) say that it exists, but the row is missing", s.seq)
		}
	}
	return nil
}

// comparedAhead is how many rows are read before they are compared.
const comparedAhead = 256

// compareRoom compares each row of a room: one core reads, another compares, in the order in which they come.
func (v *verifier) compareRoom(room Rows) error {
	type row struct {
		object string
		f      Fields
		t      Texts
	}
	rows, done := make(chan row, comparedAhead), make(chan struct{})
	go func() {
		defer close(done)
		for r := range rows {
			v.report.Compared[room.Kind]++
			v.compareRow(room, r.object, r.f, r.t)
		}
	}()
	err := room.List(v.rx, func(object string, f Fields, t Texts) error {
		rows <- row{object, f, t}
		return nil
	})
	close(rows)
	<-done
	return err
}

func (v *verifier) compareRow(room Rows, object string, f Fields, t Texts) {
	s := v.states[object]
	switch {
	case s == nil:
		v.report.add(object, "the row exists, but no event made it")
		return
	case s.seen:
		v.report.add(object, "two rows go by this name")
		return
	case s.after == nil:
		s.seen = true
		v.report.add(object, "the row exists, but event %d says that it is gone", s.seq)
		return
	}
	s.seen = true
	if at := itoa(s.at); room.Stamp != "" && f[room.Stamp] != at {
		v.report.add(object, "its %s is %s, but its last event (%d) happened at %s", room.Stamp, f[room.Stamp], s.seq,
			at)
	}
	delete(f, room.Stamp)
	if bytes := v.rows.encode(f); string(bytes) != *s.after { // as good as never: what they are compared by is no copy
		v.compareForms(object, string(bytes), s)
	}
	met := 0
	for _, want := range s.texts {
		text, there := t[want.name]
		if there {
			met++
		}
		switch {
		case want.erased: // nothing is left to compare it with
		case !there:
			v.report.add(object, "its text “%s” is missing from the row", want.name)
		default:
			var sum [32]byte
			if sum, v.buf = textHashIn(v.buf, want.salt, text); sum != want.hash {
				v.report.add(object, "its text “%s” differs from its events", want.name)
			}
		}
	}
	if met == len(t) {
		return
	}
	for name, text := range t {
		earlier, later := room.Earlier[name]
		known := slices.ContainsFunc(s.texts, func(k knownText) bool { return k.name == name })
		if !known && !(later && text == earlier) {
			v.report.add(object, "its text “%s” came by no event", name)
		}
	}
}

// compareForms compares a row that is not what its events left byte for byte.
func (v *verifier) compareForms(object, row string, s *state) {
	if !v.sameRow(object, &row, s.after) {
		v.report.add(object, "the row differs from its events (the last is %d): %s", s.seq, difference(&row, s.after,
			"the row", "the history"))
	}
}

// difference names the fields in which two states of a row differ.
func difference(a, b *string, nameA, nameB string) string {
	fa, errA := decodeRow(a)
	fb, errB := decodeRow(b)
	switch {
	case errA != nil || errB != nil:
		return "one of them cannot be read"
	case fa == nil:
		return nameA + " has no row"
	case fb == nil:
		return nameB + " has no row"
	}
	keys := maps.Clone(fa)
	maps.Copy(keys, fb)
	var out []string
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		va, inA := fa[k]
		vb, inB := fb[k]
		if inA != inB || va != vb {
			out = append(out, fmt.Sprintf("%s is %s in %s and %s in %s", k, orNone(va, inA), nameA, orNone(vb, inB),
				nameB))
		}
	}
	return strings.Join(out, "; ")
}

func orNone(v string, there bool) string {
	if !there {
		return "not there"
	}
	return "“" + v + "”"
}
