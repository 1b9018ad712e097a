package view

import (
	"strconv"

	"claimbench/internal/text"
)

// Where is the part of a form in which a person says which words of a text a claim comes from: chosen in the text by
// mouse or keyboard (web/src/choose.ts), or, without script, by numbers.
type Where struct {
	text.Span
	Stretches string    // the other stretches, "120-140 155-160"
	Within    text.Span // between which numbers the words lie
	Of        string    // what the numbers count
	Prefix    string    // "", or "part_": before the names of the fields
	ID        string    // "", or "-2": behind the ids of the fields
	Chosen    []Foreign // the words that stand there
	Wrong     Wrong
}

// Open says that something is wrong with the numbers.
func (w Where) Open() bool {
	return w.Wrong.Of("start") != nil || w.Wrong.Of("end") != nil || w.Wrong.Of("stretches") != nil
}

// Text is a sentence in which words are chosen.
type Text struct {
	N int
	text.Span
	Words Foreign
}

// Where the words of a new claim stand.
func (f NewClaim) Where() Where {
	return Where{Span: f.Span, Stretches: f.Stretches, Within: f.Within, Wrong: f.Wrong, Chosen: f.Chosen,
		Of: "the article; the sentence is " + spanWords(f.Within)}
}

// Where the words of a claim stand.
func (p *ClaimEdit) Where() Where {
	return Where{Span: p.Span, Stretches: p.Stretches, Within: p.Within, Wrong: p.Wrong, Chosen: p.Chosen,
		Of: "the article; its sentences are " + spanWords(p.Within)}
}

// Where the words of a part stand.
func (p SplitPart) Where() Where {
	return Where{Span: p.Span, Stretches: p.Stretches, Within: p.Within, Prefix: "part_", Chosen: p.Chosen,
		ID: "-" + strconv.Itoa(p.N), Of: "the article"}
}

// Where the words stand in the newer text.
func (p *ClaimAnchor) Where() Where {
	return Where{Span: p.Span, Stretches: p.Stretches, Within: text.Span{End: p.Size}, Wrong: p.Wrong, Chosen: p.Chosen,
		Of: "revision " + strconv.Itoa(p.Of) + ", which has " + strconv.Itoa(p.Size)}
}

func spanWords(s text.Span) string { return strconv.Itoa(s.Start) + " to " + strconv.Itoa(s.End) }
