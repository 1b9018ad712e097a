package claimset

import (
	"strings"

	"claimbench/internal/articles"
	"claimbench/internal/captures"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/extract"
	"claimbench/internal/replies"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Entry is a claim as it is frozen: its words, where they stand, its verdict and what it rests on. The order of its
// fields is the order of the exported JSON and part of the frozen hash.
type Entry struct {
	Claim        claims.ID       `json:"claim"`
	Statement    string          `json:"statement" words:"article"`
	Lang         string          `json:"lang" words:"fact"`
	Dir          string          `json:"dir" words:"fact"`
	Glosses      []EntryGloss    `json:"glosses"`
	Attribution  string          `json:"attribution" words:"article"`
	Hedge        store.Strings   `json:"hedge" words:"article"`
	Kind         claims.Kind     `json:"kind"`
	Verdict      claims.Verdict  `json:"verdict"`
	Reason       claims.Reason   `json:"reason"`
	Explanation  string          `json:"explanation" words:"own"`
	Quotation    EntryQuotation  `json:"quotation"`
	Article      EntryArticle    `json:"article"`
	Evidence     []EntryEvidence `json:"evidence" words:"other"`
	Decision     EntryDecision   `json:"decision"`
	Reviews      []EntryReview   `json:"reviews"`
	Round        int             `json:"round"`
	WordsVersion int64           `json:"words_version"`
	// what a person put into the statement in [ ]; none in sets of earlier programs
	Brackets []EntryBracket `json:"brackets,omitempty"`
	// all the stretches of a claim that stands at several, in the order of the text; the first is the quotation
	Stretches []EntryQuotation `json:"stretches,omitempty"`
	// what the explanation is written in, "und" when that cannot be told
	ExplanationLang string `json:"explanation_lang,omitempty" words:"fact"`
	Collection      string `json:"collection,omitempty" words:"fact"` // its name
	// what stands in the sentence of the quotation before its first and behind its last word
	Around articles.Around `json:"around,omitzero"`
	// the article was taken down: its words are left out of this copy
	Withheld bool `json:"withheld,omitempty"`
	// who was asked about the claim, and what they answered
	Replies []EntryReply `json:"replies,omitempty"`
	// what others found of the same claim, as a person confirmed; it is no evidence
	AlreadyChecked []EntryChecked `json:"already_checked,omitempty"`
	// which of the words printed here a machine wrote and a person accepted as they were
	ByMachines []EntryMachine `json:"by_machines,omitempty"`
}

// EntryMachine says of printed words which machine wrote them: a program with a token, by its name, a language model,
// or both. Of is “statement” or “gloss”.
type EntryMachine struct {
	Of      string `json:"of" words:"fact"`
	Lang    string `json:"lang" words:"fact"`
	Machine string `json:"machine" words:"fact"` // its name; "" the model that this workbench asks
	Model   string `json:"model" words:"fact"`   // "" not stated
}

// Name is the machine as a report names it.
func (m EntryMachine) Name() string {
	switch {
	case m.Machine == "":
		return m.Model
	case m.Model == "":
		return m.Machine
	}
	return m.Machine + " (" + m.Model + ")"
}

// EntryChecked is a fact-check of somebody else, from the shelf of the collection. Each text is as its file has it, ""
// when that does not say.
type EntryChecked struct {
	Publisher string `json:"publisher" words:"own"`
	URL       string `json:"url" words:"own"`
	Rating    string `json:"rating" words:"own"` // as they print it
	Day       string `json:"day" words:"fact"`
	SHA256    string `json:"sha256" words:"fact"` // of the bytes that came in
}

// EntryReply is somebody who was asked about the claim before it was printed. How they are reached is not frozen.
type EntryReply struct {
	Asked      string          `json:"asked" words:"own"` // who
	Role       string          `json:"role" words:"own"`
	Way        replies.Way     `json:"way"`
	AskedOn    string          `json:"asked_on" words:"fact"`
	Until      string          `json:"until" words:"fact"`
	Outcome    replies.Outcome `json:"outcome"` // "" nothing had come when it was printed
	AnsweredOn string          `json:"answered_on" words:"fact"`
	Words      string          `json:"words" words:"own"`
}

// withhold puts marks in the place of the words of a fact-check.
func (x *EntryChecked) withhold() {
	for _, words := range []*string{&x.Publisher, &x.URL, &x.Rating, &x.Day} {
		if *words != "" {
			*words = claims.GoneWords
		}
	}
}

// Quotations are the stretches at which the claim stands, at least one.
func (e Entry) Quotations() []EntryQuotation {
	if len(e.Stretches) > 0 {
		return e.Stretches
	}
	return []EntryQuotation{e.Quotation}
}

// Gloss gives the claim's words in a language, or "".
func (e Entry) Gloss(lang string) string {
	for _, g := range e.Glosses {
		if g.Lang == lang {
			return g.Words
		}
	}
	return ""
}

// EntryBracket is what stands in [ ] in the statement, from code point At. Start and End are where it came from, in the
// revision Revision; an empty span is the article's day of publication.
type EntryBracket struct {
	Words string `json:"words" words:"article"`
	At    int    `json:"at"`
	text.Span
	Revision articles.RevisionID `json:"revision"`
}

// EntryGloss is the claim's words in another language.
type EntryGloss struct {
	Lang      string `json:"lang" words:"fact"`
	Words     string `json:"words" words:"article"`
	Confirmed bool   `json:"confirmed"`
	// who confirmed it; left out when nobody did, and in sets of an earlier program
	ConfirmedBy string `json:"confirmed_by,omitempty" words:"fact"`
}

// EntryQuotation is where the claim stands in its article. Its words come before its span, as in every set that was
// frozen so far.
type EntryQuotation struct {
	text.Quote
	text.Span
}

// EntryArticle is the article a claim or a passage is of.
type EntryArticle struct {
	Article     articles.ID `json:"article"`
	Title       string      `json:"title" words:"fact"`
	Source      string      `json:"source" words:"fact"`
	Reliability string      `json:"reliability" words:"fact"`
	Byline      string      `json:"byline" words:"fact"`
	URL         string      `json:"url" words:"fact"`
	Lang        string      `json:"lang" words:"fact"`
	Published   string      `json:"published" words:"fact"`
	Revision    int         `json:"revision"`
	SHA256      string      `json:"sha256" words:"fact"`
	// why the source is protected, in public words: nothing else here says who it is; "" it is not
	Protected string `json:"protected,omitempty" words:"fact"`
}

// protect leaves of an article that its source is protected, and why.
func (a *EntryArticle) protect(why string) {
	*a = EntryArticle{Article: a.Article, Source: evidence.Masked, Lang: a.Lang, Revision: a.Revision, Protected: why}
}

// protect hides the source of a claim that was printed openly: this copy tells no more of it than one that was printed
// when it was protected already.
func (e *Entry) protect(why string) {
	statement, hedge, glosses := e.Statement, e.Hedge, e.Glosses
	brackets, article := e.Brackets, e.Article
	articles.Withhold(e)
	e.Statement, e.Hedge, e.Glosses, e.Brackets = statement, hedge, glosses, brackets
	for i := range e.Brackets {
		e.Brackets[i].Span = text.Span{}
	}
	article.protect(why)
	e.Article, e.Attribution = article, extract.Article
	e.Quotation, e.Stretches, e.Around = EntryQuotation{}, nil, articles.Around{}
}

// EntryEvidence is an item of evidence linked to the claim. Relied says that the decision rests on it.
type EntryEvidence struct {
	Evidence   evidence.ID     `json:"evidence"`
	Stance     evidence.Stance `json:"stance"`
	Kind       evidence.Kind   `json:"kind"`
	Origin     string          `json:"origin" words:"own"` // "" not stated
	text.Quote                 // around it: nothing of an outside document, nor in sets of an earlier program
	Lang       string          `json:"lang" words:"fact"`
	Article    *EntryArticle   `json:"article,omitempty" words:"other"`
	text.Span
	URL         string        `json:"url" words:"own"`
	ArchivedURL string        `json:"archived_url" words:"own"`
	ReadOn      string        `json:"read_on" words:"fact"`
	Note        string        `json:"note" words:"own"`
	Differences store.Strings `json:"differences" words:"article"`
	Relied      bool          `json:"relied"`
	Withheld    bool          `json:"withheld,omitempty"`
	// what stands around the words in their sentence; nothing of an outside document
	Around articles.Around `json:"around,omitzero"`
	// of an outside document
	Title     string `json:"title,omitempty" words:"own"`
	Publisher string `json:"publisher,omitempty" words:"own"`
	// why the source is protected, in public words: nothing here says who it is; "" it is not
	Protected string `json:"protected,omitempty" words:"fact"`
	// of an outside document of which the bytes are kept: how the words stand in them (captures.Found, or “withheld”),
	// the day of the bytes, and the day of the document as it states it. None in sets of an earlier program.
	Capture    string `json:"capture,omitempty" words:"fact"`
	CapturedOn string `json:"captured_on,omitempty" words:"fact"`
	Published  string `json:"published,omitempty" words:"fact"`
	// who wrote it, as the document says
	Byline string `json:"byline,omitempty" words:"fact"`
}

// outside says what is known of a document that is no article, and what is kept of it.
func (x *EntryEvidence) outside(it evidence.Shown) error {
	about, err := it.About()
	x.Title, x.Byline, x.Publisher, x.Published = about.Title, about.Authors, about.Source, about.Published
	if err != nil || it.Capture == nil {
		return err
	}
	if it.Capture.State != captures.Kept {
		x.Capture = string(it.Capture.State)
		return nil
	}
	kept, err := it.Capture.About()
	x.Capture = string(it.Capture.Found)
	x.CapturedOn, _, _ = strings.Cut(kept.TakenAt, "T")
	return err
}

// protect hides the source of an item that was printed openly: this copy tells no more of it than one that was printed
// when it was protected already.
func (x *EntryEvidence) protect(why string) {
	articles.Withhold(x)
	x.Withheld, x.Protected = true, why
	x.URL, x.ArchivedURL, x.Title, x.ReadOn, x.Note, x.Lang = "", "", "", "", "", "und"
	x.Capture, x.CapturedOn, x.Published, x.Byline = "", "", "", ""
	if x.Publisher != "" {
		x.Publisher = evidence.Masked
	}
	if x.Origin != "" {
		x.Origin = evidence.Masked
	}
	if x.Article != nil {
		x.Article.protect(why)
		x.Span, x.Around = text.Span{}, articles.Around{}
	}
}

// Address is where the words can be read: of the outside document, or of the article; "" not known.
func (x EntryEvidence) Address() string {
	if x.Article != nil {
		return x.Article.URL
	}
	return x.URL
}

// EntryDecision is how the verdict came about.
type EntryDecision struct {
	How         string        `json:"how" words:"fact"` // rule or adjudication
	Adjudicator string        `json:"adjudicator" words:"fact"`
	Approver    string        `json:"approver" words:"fact"`
	DecidedAt   string        `json:"decided_at" words:"fact"`
	ApprovedAt  string        `json:"approved_at" words:"fact"`
	Rationale   string        `json:"rationale" words:"own"`
	Quorum      int           `json:"quorum"`
	Rule        articles.Rule `json:"rule"`
}

// EntryReview is one reviewer's verdict. The names are in the history; a set that goes out carries none.
type EntryReview struct {
	Verdict    claims.Verdict `json:"verdict"`
	Reason     claims.Reason  `json:"reason"`
	Confidence *int           `json:"confidence,omitempty"`            // left out: not stated
	Rationale  string         `json:"rationale,omitempty" words:"own"` // left out unless the set prints rationales
}
