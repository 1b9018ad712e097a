package clause

import "unicode"

// buckets is how many features are told apart; two that share a bucket share their weights.
const buckets = 1 << 16

// sentence is a line made ready for the tagger: for each word its hashes.
type sentence struct {
	lang  uint32
	forms []uint32 // lower case
	ends  []uint32 // the last three letters
	tails []uint32 // the last two
	shape []uint32 // capital, digit, mark …; marks by themselves
	marks []bool
	next  []uint32 // the mark that comes next, and how far it is
}

func newSentence(line []rune, words []word, lang uint32) *sentence {
	s := &sentence{lang: lang}
	n := len(words)
	cells := make([]uint32, 5*n)
	s.forms, s.ends, s.tails, s.shape, s.next = cells[:n], cells[n:2*n], cells[2*n:3*n], cells[3*n:4*n], cells[4*n:]
	s.marks = make([]bool, n)
	for i, w := range words {
		r := line[w.start:w.end]
		s.forms[i] = hashRunes(r)
		s.ends[i] = hashRunes(r[max(0, len(r)-3):])
		s.tails[i] = hashRunes(r[max(0, len(r)-2):])
		s.marks[i] = !inWord(r[0])
		s.shape[i] = shapeOf(r, s.marks[i])
	}
	mark, far := uint32(0), uint32(9)
	for i := n - 1; i >= 0; i-- {
		s.next[i] = mix(mark, min(far, 9))
		if far++; s.marks[i] {
			mark, far = s.forms[i], 0
		}
	}
	return s
}

func shapeOf(r []rune, mark bool) uint32 {
	switch {
	case mark:
		return hashRunes(r)
	case unicode.IsDigit(r[0]):
		return 1
	case unicode.IsUpper(r[0]):
		return 2
	}
	return 3
}

func hashRunes(r []rune) uint32 {
	h := uint32(2166136261)
	for _, c := range r {
		h = (h ^ uint32(unicode.ToLower(c))) * 16777619
	}
	return h
}

func mix(a, b uint32) uint32 {
	h := a*0x9E3779B1 ^ b*0x85EBCA77
	return h ^ h>>15
}

// state is what the tagger remembers of the words before.
type state struct {
	kind        Kind   // of the clause that is open
	last, last2 Kind   // the labels of the two words before
	since       uint32 // words since the clause began
	first       uint32 // the form of its first word
	mark        uint32 // the last mark
	markAt      int
	quoted      bool
}

// at gives a cell of a row, and a sign for what lies outside the sentence.
func at(row []uint32, i int) uint32 {
	if i < 0 {
		return 11
	}
	if i >= len(row) {
		return 13
	}
	return row[i]
}

// features appends the buckets of word i to out.
func (s *sentence) features(i int, st *state, out []uint32) []uint32 {
	n := uint32(0)
	add := func(parts ...uint32) {
		n++
		h := mix(n, s.lang)
		for _, p := range parts {
			h = mix(h, p)
		}
		out = append(out, h%buckets)
	}
	kind, last := uint32(st.kind), uint32(st.last)
	for d := -3; d <= 3; d++ {
		add(at(s.forms, i+d))
	}
	for d := -2; d <= 2; d++ {
		add(at(s.ends, i+d))
	}
	for d := -1; d <= 1; d++ {
		add(at(s.tails, i+d))
		add(at(s.shape, i+d), kind)
	}
	add(at(s.forms, i-1), at(s.forms, i))
	add(at(s.forms, i), at(s.forms, i+1))
	add(at(s.ends, i-1), at(s.ends, i))
	add(at(s.ends, i), at(s.ends, i+1))
	add(at(s.shape, i-1), at(s.forms, i))
	add(at(s.shape, i-1), at(s.forms, i), at(s.ends, i+1))
	add(at(s.shape, i-1), at(s.shape, i), at(s.shape, i+1))
	add(last, uint32(st.last2), kind)
	add(kind, at(s.forms, i))
	add(kind, at(s.ends, i))
	add(kind, at(s.forms, i-1))
	add(kind, at(s.shape, i-1), at(s.forms, i))
	add(kind, min(st.since, 8))
	add(kind, st.first)
	add(st.first, at(s.shape, i-1), at(s.forms, i))
	add(st.mark, uint32(min(i-st.markAt, 6)), kind)
	add(at(s.next, i), kind)
	add(at(s.next, i), at(s.shape, i-1))
	if st.quoted {
		add(kind, at(s.shape, i-1))
	}
	return out
}

// step moves the state over word i, which was given a label.
func (s *sentence) step(i int, label Kind, st *state) {
	if s.marks[i] {
		st.mark, st.markAt = s.forms[i], i
		switch s.forms[i] {
		case quoteOpen, quoteOpen2, quoteOpen3:
			st.quoted = true
		case quoteClose, quoteClose2, quoteClose3:
			st.quoted = false
		}
	}
	if label != None || i == 0 {
		st.kind, st.since, st.first = label, 0, s.forms[i]
	}
	st.since++
	st.last2, st.last = st.last, label
}

var (
	quoteOpen, quoteClose   = hashRunes([]rune("«")), hashRunes([]rune("»"))
	quoteOpen2, quoteClose2 = hashRunes([]rune("„")), hashRunes([]rune("”"))
	quoteOpen3, quoteClose3 = hashRunes([]rune("“")), hashRunes([]rune("\""))
)
