package history

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// replay checks that an event continues where the one before on its row ended, and keeps what it left.
func (v *verifier) replay(r *eventRow, texts []knownText) {
	if r.RowBefore == nil && r.RowAfter == nil {
		return // something was done; no row changed
	}
	s := v.states.at(r.Object)
	if s.there != (r.RowBefore != nil) || s.there && v.states.text(s.after) != *r.RowBefore {
		if after := v.after(s); !v.sameRow(r.Object, after, r.RowBefore) {
			v.report.add(object("event", r.Seq), "it begins from another state of %s than event %d left: %s", r.Object,
				s.seq, difference(r.RowBefore, after, "this event", "that one"))
		}
	}
	s.seq, s.at = r.Seq, r.At
	if s.there = r.RowAfter != nil; !s.there {
		s.texts.n = 0
		return
	}
	s.after = v.states.put(s.after, *r.RowAfter)
	if len(texts) > 0 {
		v.states.keepTexts(s, texts)
	}
}

// after is the row that the events left, until something else is kept; nil: it is gone.
func (v *verifier) after(s *state) *string {
	if !s.there {
		return nil
	}
	row := v.states.text(s.after)
	return &row
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
	rooms := append(slices.Clone(v.o.Rooms), erasedRows(v.erased), logRows())
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
	var missing []string
	for object, s := range v.states.of {
		kind := Kind(object)
		switch {
		case !kinds[kind]:
			v.report.Unknown[kind]++
		case s.there && !s.seen && !cut[kind]:
			missing = append(missing, object)
		}
	}
	slices.Sort(missing)
	for _, object := range missing {
		v.report.add(object, "its events (the last is %d) say that it exists, but the row is missing",
			v.states.of[object].seq)
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
	s := v.states.of[object]
	switch {
	case s == nil:
		v.report.add(object, "the row exists, but no event made it")
		return
	case s.seen:
		v.report.add(object, "two rows go by this name")
		return
	case !s.there:
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
	if bytes := v.rows.encode(f); string(bytes) != v.states.text(s.after) { // compared without a copy
		v.compareForms(object, string(bytes), s)
	}
	met, known := 0, v.states.textsOf(s)
	for _, want := range known {
		text, there := t[want.name]
		if there {
			met++
		}
		switch {
		case want.erased:
			if there && !wordless(text) {
				v.report.add(object, "words stand in its text “%s”, which was erased: somebody put them there, or an "+
					"earlier program left them. If nobody did, ask to erase it once more (audit erase)", want.name)
			}
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
		told := slices.ContainsFunc(known, func(k knownText) bool { return k.name == name })
		if !told && !(later && text == earlier) {
			v.report.add(object, "its text “%s” came by no event", name)
		}
	}
}

// compareForms compares a row that is not what its events left byte for byte.
func (v *verifier) compareForms(object, row string, s *state) {
	if after := v.after(s); !v.sameRow(object, &row, after) {
		v.report.add(object, "the row differs from its events (the last is %d): %s", s.seq, difference(&row, after,
			"the row", "the history"))
	}
}

// difference names the fields in which two states of a row differ.
func difference(a, b *string, nameA, nameB string) composed {
	fa, errA := decodeRow(a)
	fb, errB := decodeRow(b)
	switch {
	case errA != nil || errB != nil:
		return "one of them cannot be read"
	case fa == nil:
		return composed(nameA + " has no row")
	case fb == nil:
		return composed(nameB + " has no row")
	}
	keys := maps.Clone(fa)
	maps.Copy(keys, fb)
	var out []string
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		va, inA := fa[k]
		vb, inB := fb[k]
		if inA != inB || va != vb {
			out = append(out, fmt.Sprintf("%s is %s in %s and %s in %s", cut(k), orNone(va, inA), nameA,
				orNone(vb, inB), nameB))
		}
	}
	return composed(strings.Join(out, "; "))
}

func orNone(v string, there bool) string {
	if !there {
		return "not there"
	}
	return "“" + cut(v) + "”"
}
