package claimset

import (
	"strconv"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/erasures"
	"claimbench/internal/evidence"
	"claimbench/internal/history"
	"claimbench/internal/review"
	"claimbench/internal/store"
)

// Frozen copies never change. A text that was erased from the history since stands in them still, and is shown and sent
// out to nobody: a mark stands in its place.

// erased are the texts of a collection that were erased and that a frozen claim may print, by the names of the history.
type erased struct {
	claims   map[claims.ID]texts
	glosses  map[claims.ID]texts // by language
	evidence map[evidence.ID]texts
	articles map[articles.ID]texts
	rounds   map[claims.ID]map[int64]texts // of decisions, by the round of the claim
	reviews  map[claims.ID][]history.Fields
	replies  map[claims.ID][]erasedReply
}

// erasedReply is a reply of which texts were erased: a set has no numbers of replies, so that it is found by its row.
type erasedReply struct {
	row  history.Fields
	name string // of the text
}

type texts map[string]bool

// erasedIn gives what was erased of a collection, nil for nothing.
func erasedIn(r *store.Rx, in auth.CollectionID) (*erased, error) {
	all, err := erasures.DoneIn(r.Now(), in)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	objects := make([]string, len(all))
	for i, t := range all {
		objects[i] = t.Object
	}
	rows, err := history.RowsOf(r.Now(), objects)
	if err != nil {
		return nil, err
	}
	rounds, err := review.RoundNumbers(r, namesOf(rows))
	if err != nil {
		return nil, err
	}
	out := &erased{claims: map[claims.ID]texts{}, glosses: map[claims.ID]texts{}, evidence: map[evidence.ID]texts{},
		articles: map[articles.ID]texts{}, rounds: map[claims.ID]map[int64]texts{},
		reviews: map[claims.ID][]history.Fields{}, replies: map[claims.ID][]erasedReply{}}
	for _, t := range all {
		out.add(t, rows[t.Object], rounds)
	}
	return out, nil
}

// namesOf are the public names of the rounds that rows are of.
func namesOf(rows map[string]history.Fields) (out []review.Public) {
	for _, row := range rows {
		if name := row["round"]; name != "" {
			out = append(out, review.Public(name))
		}
	}
	return out
}

func (x *erased) add(t erasures.Text, row history.Fields, rounds map[review.Public]int64) {
	claim := claims.ID(number(row["claim"]))
	switch history.Kind(t.Object) {
	case "claim":
		noteErased(x.claims, claims.ID(numberOf(t.Object)), t.Name)
	case "gloss":
		noteErased(x.glosses, claim, row["lang"])
	case "evidence":
		noteErased(x.evidence, evidence.ID(numberOf(t.Object)), t.Name)
	case "article":
		noteErased(x.articles, articles.ID(numberOf(t.Object)), t.Name)
	case "decision":
		if x.rounds[claim] == nil {
			x.rounds[claim] = map[int64]texts{}
		}
		noteErased(x.rounds[claim], rounds[review.Public(row["round"])], t.Name)
	case "reply":
		x.replies[claim] = append(x.replies[claim], erasedReply{row, t.Name})
	case "review":
		if t.Name == "rationale" {
			x.reviews[claim] = append(x.reviews[claim], row)
		}
	}
}

func noteErased[K comparable](in map[K]texts, key K, name string) {
	if in[key] == nil {
		in[key] = texts{}
	}
	in[key][name] = true
}

func number(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

func numberOf(object string) int64 {
	n, _ := history.Number(object, history.Kind(object))
	return n
}

// touches says whether a frozen claim may print any of it.
func (x *erased) touches(id claims.ID) bool {
	return x != nil && (x.claims[id] != nil || x.glosses[id] != nil || x.rounds[id] != nil || x.reviews[id] != nil ||
		x.replies[id] != nil || len(x.evidence) > 0 || len(x.articles) > 0)
}

// mark puts marks into a frozen claim, and says whether it had any of it.
func (x *erased) mark(e *Entry) bool {
	if x == nil || !x.touches(e.Claim) {
		return false
	}
	m := marking{}
	m.texts(x.claims[e.Claim], map[string]*string{"statement": &e.Statement, "attribution": &e.Attribution,
		"exact": &e.Quotation.Exact, "prefix": &e.Quotation.Prefix, "suffix": &e.Quotation.Suffix})
	m.around(x.claims[e.Claim], &e.Around)
	if x.claims[e.Claim]["statement"] { // which they are words of
		for i := range e.Brackets {
			m.all(&e.Brackets[i].Words)
		}
	}
	for i := range e.Stretches {
		s := &e.Stretches[i]
		if i == 0 { // the quotation once more
			m.texts(x.claims[e.Claim], map[string]*string{"exact": &s.Exact, "prefix": &s.Prefix, "suffix": &s.Suffix})
		} else if x.claims[e.Claim]["stretches"] {
			m.all(&s.Exact, &s.Prefix, &s.Suffix)
		}
	}
	for i := range e.Glosses {
		if x.glosses[e.Claim][e.Glosses[i].Lang] {
			m.all(&e.Glosses[i].Words)
		}
	}
	m.texts(x.rounds[e.Claim][int64(e.Round)], map[string]*string{"explanation": &e.Explanation,
		"rationale": &e.Decision.Rationale})
	for i := range e.Reviews {
		if x.gave(e, e.Reviews[i]) {
			m.all(&e.Reviews[i].Rationale)
		}
	}
	for i := range e.Replies {
		r := &e.Replies[i]
		m.texts(x.answered(e.Claim, *r), map[string]*string{"name": &r.Asked, "role": &r.Role, "words": &r.Words})
	}
	m.article(x, &e.Article)
	for i := range e.Evidence {
		v := &e.Evidence[i]
		m.texts(x.evidence[v.Evidence], map[string]*string{"exact": &v.Exact, "prefix": &v.Prefix, "suffix": &v.Suffix,
			"url": &v.URL, "archived_url": &v.ArchivedURL, "note": &v.Note, "title": &v.Title,
			"publisher": &v.Publisher, "protected": &v.Protected})
		m.around(x.evidence[v.Evidence], &v.Around)
		if x.evidence[v.Evidence]["differences"] {
			for k := range v.Differences {
				m.all(&v.Differences[k])
			}
		}
		if v.Article != nil {
			m.article(x, v.Article)
		}
	}
	return m.changed
}

// gave says whether a frozen review may be one whose rationale was erased: it has the same verdict, reason and
// confidence, for a set names no reviews.
func (x *erased) gave(e *Entry, of EntryReview) bool {
	for _, row := range x.reviews[e.Claim] {
		sure := ""
		if of.Confidence != nil {
			sure = strconv.Itoa(*of.Confidence)
		}
		if row["verdict"] == string(of.Verdict) && row["reason"] == string(of.Reason) && row["confidence"] == sure {
			return true
		}
	}
	return false
}

// answered gives the texts that were erased of replies which a frozen one may be: they were asked in the same way, on
// the same day, until the same day.
func (x *erased) answered(of claims.ID, r EntryReply) texts {
	out := texts{}
	for _, was := range x.replies[of] {
		if was.row["way"] == string(r.Way) && was.row["asked_on"] == r.AskedOn && was.row["until"] == r.Until {
			out[was.name] = true
		}
	}
	return out
}

type marking struct{ changed bool }

func (m *marking) all(words ...*string) {
	for _, w := range words {
		if *w != "" {
			*w, m.changed = history.ErasedMark, true
		}
	}
}

func (m *marking) texts(of texts, words map[string]*string) {
	for name := range of {
		if w := words[name]; w != nil {
			m.all(w)
		}
	}
}

// around marks what stands in the sentence beside a quotation, which begins or ends with what stood next to it.
func (m *marking) around(of texts, a *articles.Around) {
	if of["prefix"] {
		m.all(&a.Before)
	}
	if of["suffix"] {
		m.all(&a.After)
	}
}

func (m *marking) article(x *erased, a *EntryArticle) {
	m.texts(x.articles[a.Article], map[string]*string{"title": &a.Title, "byline": &a.Byline, "url": &a.URL})
}
