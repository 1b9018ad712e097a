package claimset

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/replies"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// thaw reads a frozen claim. What this program wrote has its fields in one order without space, and is read by that
// order, several times faster than by encoding/json; whatever has another form is left to that.
func thaw(frozen []byte) (e Entry, err error) {
	if q := quickly(frozen); q.entry(&e) {
		return e, nil
	}
	e = Entry{}
	return e, json.Unmarshal(frozen, &e)
}

// quick reads JSON that it knows beforehand. After something else than it expects, bad is true and stays so. The
// strings that it gives share the memory of one copy.
type quick struct {
	b   string
	bad bool
}

// quickly begins. Control characters do not stand in JSON as they are.
func quickly(frozen []byte) quick {
	q := quick{b: string(frozen)}
	q.bad = !utf8.ValidString(q.b)
	for i := 0; i < len(q.b); i++ {
		q.bad = q.bad || q.b[i] < 0x20
	}
	return q
}

// has passes over what stands next, if it stands there.
func (q *quick) has(s string) bool {
	after, found := strings.CutPrefix(q.b, s)
	q.b = after
	return found
}

func (q *quick) must(s string) {
	if !q.has(s) {
		q.bad = true
	}
}

// text reads a string behind what must stand before it. Escapes are left to encoding/json.
func (q *quick) text(before string) string {
	q.must(before)
	q.must(`"`)
	end := strings.IndexByte(q.b, '"')
	if q.bad || end < 0 {
		q.bad = true
		return ""
	}
	if s := q.b[:end]; strings.IndexByte(s, '\\') < 0 {
		q.b = q.b[end+1:]
		return s
	}
	return q.escaped()
}

func (q *quick) escaped() (out string) {
	end := 0
	for end < len(q.b) && q.b[end] != '"' {
		if q.b[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(q.b) {
		q.bad = true
		return ""
	}
	whole := make([]byte, 0, end+2)
	whole = append(append(append(whole, '"'), q.b[:end]...), '"')
	if json.Unmarshal(whole, &out) != nil {
		q.bad = true
	}
	q.b = q.b[end+1:]
	return out
}

func (q *quick) number(before string) int64 {
	q.must(before)
	i := 0
	for i < len(q.b) && (q.b[i] == '-' || q.b[i] >= '0' && q.b[i] <= '9') {
		i++
	}
	n, err := strconv.ParseInt(q.b[:i], 10, 64)
	if err != nil || i > 1 && (q.b[0] == '0' || q.b[0] == '-' && q.b[1] == '0') { // JSON has no leading zeros
		q.bad = true
	}
	q.b = q.b[i:]
	return n
}

func (q *quick) truth(before string) bool {
	q.must(before)
	if q.has("true") {
		return true
	}
	q.must("false")
	return false
}

// list reads the items of a list behind what must stand before it.
func (q *quick) list(before string, item func()) {
	q.must(before)
	q.must("[")
	for first := true; !q.bad && !q.has("]"); first = false {
		if !first {
			q.must(",")
		}
		item()
	}
}

func (q *quick) texts(before string) store.Strings {
	out := store.Strings{}
	q.list(before, func() { out = append(out, q.text("")) })
	return out
}

func (q *quick) span(before string) text.Span {
	q.must(before)
	return text.Span{Start: int(q.number(`"start":`)), End: int(q.number(`,"end":`))}
}

func (q *quick) entry(e *Entry) bool {
	e.Claim = claims.ID(q.number(`{"claim":`))
	e.Statement = q.text(`,"statement":`)
	e.Lang = q.text(`,"lang":`)
	e.Dir = q.text(`,"dir":`)
	e.Glosses = []EntryGloss{}
	q.list(`,"glosses":`, func() { e.Glosses = append(e.Glosses, q.gloss()) })
	e.Attribution = q.text(`,"attribution":`)
	e.Hedge = q.texts(`,"hedge":`)
	e.Kind = claims.Kind(q.text(`,"kind":`))
	e.Verdict = claims.Verdict(q.text(`,"verdict":`))
	e.Reason = claims.Reason(q.text(`,"reason":`))
	e.Explanation = q.text(`,"explanation":`)
	e.Quotation = q.quotation(`,"quotation":`)
	e.Article = q.article(`,"article":`)
	e.Evidence = []EntryEvidence{}
	q.list(`,"evidence":`, func() { e.Evidence = append(e.Evidence, q.item()) })
	e.Decision = q.decision()
	e.Reviews = []EntryReview{}
	q.list(`,"reviews":`, func() { e.Reviews = append(e.Reviews, q.review()) })
	e.Round = int(q.number(`,"round":`))
	e.WordsVersion = q.number(`,"words_version":`)
	if q.has(`,"brackets":`) {
		q.list("", func() { e.Brackets = append(e.Brackets, q.bracket()) })
	}
	if q.has(`,"stretches":`) {
		q.list("", func() { e.Stretches = append(e.Stretches, q.quotation("")) })
	}
	e.ExplanationLang, e.Collection = q.maybe(`,"explanation_lang":`), q.maybe(`,"collection":`)
	e.Around = q.around()
	if q.has(`,"replies":`) {
		q.list("", func() { e.Replies = append(e.Replies, q.reply()) })
	}
	if q.has(`,"already_checked":`) {
		q.list("", func() { e.AlreadyChecked = append(e.AlreadyChecked, q.checked()) })
	}
	if q.has(`,"by_machines":`) {
		q.list("", func() { e.ByMachines = append(e.ByMachines, q.machine()) })
	}
	q.must("}")
	return !q.bad && len(q.b) == 0 // withheld is never frozen
}

func (q *quick) machine() EntryMachine {
	m := EntryMachine{Of: q.text(`{"of":`), Lang: q.text(`,"lang":`), Machine: q.text(`,"machine":`),
		Model: q.text(`,"model":`)}
	q.must("}")
	return m
}

// maybe reads a string that is left out when it is empty.
func (q *quick) maybe(before string) string {
	if !q.has(before) {
		return ""
	}
	return q.text("")
}

// quote reads words, and what stands around them where that was written down.
func (q *quick) quote() text.Quote {
	return text.Quote{Exact: q.text(`,"exact":`), Prefix: q.maybe(`,"prefix":`), Suffix: q.maybe(`,"suffix":`)}
}

func (q *quick) around() (a articles.Around) {
	if q.has(`,"around":`) {
		a.Before, a.After = q.text(`{"before":`), q.text(`,"after":`)
		q.must("}")
	}
	return a
}

func (q *quick) quotation(before string) EntryQuotation {
	q.must(before)
	out := EntryQuotation{Quote: text.Quote{Exact: q.text(`{"exact":`), Prefix: q.text(`,"prefix":`),
		Suffix: q.text(`,"suffix":`)}, Span: q.span(",")}
	q.must("}")
	return out
}

func (q *quick) gloss() EntryGloss {
	g := EntryGloss{Lang: q.text(`{"lang":`), Words: q.text(`,"words":`), Confirmed: q.truth(`,"confirmed":`)}
	if q.has(`,"confirmed_by":`) {
		g.ConfirmedBy = q.text("")
	}
	q.must("}")
	return g
}

func (q *quick) article(before string) EntryArticle {
	q.must(before)
	a := EntryArticle{Article: articles.ID(q.number(`{"article":`)), Title: q.text(`,"title":`),
		Source: q.text(`,"source":`), Reliability: q.text(`,"reliability":`), Byline: q.text(`,"byline":`),
		URL: q.text(`,"url":`), Lang: q.text(`,"lang":`), Published: q.text(`,"published":`),
		Revision: int(q.number(`,"revision":`)), SHA256: q.text(`,"sha256":`)}
	a.Protected = q.maybe(`,"protected":`)
	q.must("}")
	return a
}

func (q *quick) item() EntryEvidence {
	x := EntryEvidence{Evidence: evidence.ID(q.number(`{"evidence":`)), Stance: evidence.Stance(q.text(`,"stance":`)),
		Kind: evidence.Kind(q.text(`,"kind":`)), Origin: q.text(`,"origin":`), Quote: q.quote()}
	x.Lang = q.text(`,"lang":`)
	if q.has(`,"article":`) {
		a := q.article("")
		x.Article = &a
	}
	x.Span = q.span(",")
	x.URL, x.ArchivedURL, x.ReadOn = q.text(`,"url":`), q.text(`,"archived_url":`), q.text(`,"read_on":`)
	x.Note, x.Differences = q.text(`,"note":`), q.texts(`,"differences":`)
	x.Relied = q.truth(`,"relied":`)
	if q.has(`,"withheld":true`) {
		x.Withheld = true
	}
	x.Around = q.around()
	x.Title, x.Publisher = q.maybe(`,"title":`), q.maybe(`,"publisher":`)
	x.Protected = q.maybe(`,"protected":`)
	x.Capture, x.CapturedOn = q.maybe(`,"capture":`), q.maybe(`,"captured_on":`)
	x.Published, x.Byline = q.maybe(`,"published":`), q.maybe(`,"byline":`)
	q.must("}")
	return x
}

func (q *quick) decision() EntryDecision {
	d := EntryDecision{How: q.text(`,"decision":{"how":`), Adjudicator: q.text(`,"adjudicator":`),
		Approver: q.text(`,"approver":`), DecidedAt: q.text(`,"decided_at":`), ApprovedAt: q.text(`,"approved_at":`),
		Rationale: q.text(`,"rationale":`), Quorum: int(q.number(`,"quorum":`)),
		Rule: articles.Rule(q.text(`,"rule":`))}
	q.must("}")
	return d
}

func (q *quick) review() EntryReview {
	rv := EntryReview{Verdict: claims.Verdict(q.text(`{"verdict":`)), Reason: claims.Reason(q.text(`,"reason":`))}
	if q.has(`,"confidence":`) {
		n := int(q.number(""))
		rv.Confidence = &n
	}
	rv.Rationale = q.maybe(`,"rationale":`)
	q.must("}")
	return rv
}

func (q *quick) reply() EntryReply {
	x := EntryReply{Asked: q.text(`{"asked":`), Role: q.text(`,"role":`), Way: replies.Way(q.text(`,"way":`)),
		AskedOn: q.text(`,"asked_on":`), Until: q.text(`,"until":`),
		Outcome: replies.Outcome(q.text(`,"outcome":`)), AnsweredOn: q.text(`,"answered_on":`),
		Words: q.text(`,"words":`)}
	q.must("}")
	return x
}

func (q *quick) checked() EntryChecked {
	x := EntryChecked{q.text(`{"publisher":`), q.text(`,"url":`), q.text(`,"rating":`), q.text(`,"day":`),
		q.text(`,"sha256":`)}
	q.must("}")
	return x
}

func (q *quick) bracket() EntryBracket {
	b := EntryBracket{Words: q.text(`{"words":`), At: int(q.number(`,"at":`)), Span: q.span(",")}
	b.Revision = articles.RevisionID(q.number(`,"revision":`))
	q.must("}")
	return b
}
