package text

// SentenceKind says what part of an article a sentence is.
type SentenceKind string

// The kinds of sentences.
const (
	KindTitle       SentenceKind = "title"
	KindHeading     SentenceKind = "heading"
	KindCaption     SentenceKind = "caption"
	KindBody        SentenceKind = "body"
	KindLink        SentenceKind = "link"
	KindQuestion    SentenceKind = "question"
	KindBoilerplate SentenceKind = "boilerplate"
)

func setKinds(raw string, segs []segment, out []Sentence)     {}
func setLanguages(raw string, segs []segment, out []Sentence) {}
