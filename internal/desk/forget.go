package desk

import (
	"slices"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/history"
	"claimbench/internal/review"
)

// gone gives the texts of a collection that were taken down, nil for none; they are asked for once in a look.
func (l *look) gone(in auth.CollectionID) (*claims.Gone, error) {
	if g, asked := l.goneIn[in]; asked {
		return g, nil
	}
	g, err := l.h.Claims.Gone(l.rx, in)
	if err == nil {
		if l.goneIn == nil {
			l.goneIn = map[auth.CollectionID]*claims.Gone{}
		}
		l.goneIn[in] = g
	}
	return g, err
}

// forget takes what is quoted from texts of a collection that were taken down out of what people wrote there, in place:
// whatever a look shows of somebody's words goes through here.
func (l *look) forget(in auth.CollectionID, words ...*string) error {
	words = slices.DeleteFunc(words, func(w *string) bool { return *w == "" })
	if len(words) == 0 {
		return nil
	}
	g, err := l.gone(in)
	if err == nil {
		_, err = g.TakeOut(words...)
	}
	return err
}

// forgetOn is forget for what was written about one claim. Of the texts that it speaks of shorter stretches go too.
func (l *look) forgetOn(c claims.Claim, words ...*string) error {
	words = slices.DeleteFunc(words, func(w *string) bool { return *w == "" })
	if len(words) == 0 {
		return nil
	}
	if g, err := l.gone(c.CollectionID); err != nil || g == nil {
		return err
	}
	if err := review.ForgetGone(l.rx, c, words...); err != nil {
		return err
	}
	return l.forget(c.CollectionID, words...)
}

// forgetRounds is forgetOn for all that was written in the rounds of a claim.
func (l *look) forgetRounds(v *Reviewing) error {
	var words []*string
	for i := range v.Rounds {
		rd := &v.Rounds[i]
		words = append(words, &rd.ReopenReason)
		for k := range rd.Reviews {
			words = append(words, &rd.Reviews[k].Rationale, &rd.Reviews[k].Searched)
		}
		if d := rd.Decision; d != nil {
			words = append(words, &d.Rationale, &d.Explanation)
		}
		for k := range rd.Questions {
			words = append(words, &rd.Questions[k].Question.Question, &rd.Questions[k].Answer)
		}
	}
	if v.Mine != nil {
		words = append(words, &v.Mine.Rationale, &v.Mine.Searched)
	}
	return l.forgetOn(v.Claim, words...)
}

// forgetMine is forget for the person's own reviews in a list of work.
func (l *look) forgetMine(list []review.Entry, in auth.CollectionID) error {
	var words []*string
	for _, e := range list {
		if e.Mine != nil {
			words = append(words, &e.Mine.Rationale, &e.Mine.Searched)
		}
	}
	return l.forget(in, words...)
}

// forgetNotes is forget for the notes on evidence, and the names of its origins.
func (l *look) forgetNotes(in auth.CollectionID, items []evidence.Shown) error {
	var words []*string
	for i := range items {
		words = append(words, &items[i].Note, &items[i].URL, &items[i].ArchivedURL)
		if o := items[i].Origin; o != nil {
			words = append(words, &o.Name)
		}
	}
	return l.forget(in, words...)
}

// forgetOrigins is forget for origins to choose from: one whose name quotes is not offered, for it would be chosen by
// what stands in its place.
func (l *look) forgetOrigins(in auth.CollectionID, all []evidence.Origin) ([]evidence.Origin, error) {
	was := slices.Clone(all)
	words := make([]*string, len(all))
	for i := range all {
		words[i] = &all[i].Name
	}
	if err := l.forget(in, words...); err != nil {
		return nil, err
	}
	out := all[:0]
	for i, o := range all {
		if o.Name == was[i].Name {
			out = append(out, o)
		}
	}
	return out, nil
}

// forgetPassages is forget for the names of the origins of passages.
func (l *look) forgetPassages(in auth.CollectionID, all []evidence.Passage) error {
	var words []*string
	for i := range all {
		words = append(words, articles.OwnWords(&all[i])...)
	}
	return l.forget(in, words...)
}

// ofTexts are the kinds of objects whose events hold words of their own text, and under which names: what another text
// says in the same words stays. Whatever else is in a text of an event somebody wrote.
var ofTexts = map[string][]string{
	"article": {"raw", "title", "byline"}, "revision": {"raw"},
	"claim": {"statement", "exact", "attribution", "hedge", "words"},
	"gloss": {"words"}, "evidence": {"exact", "differences"},
}

// forgetPast is forget for events of the history; what was done for the whole house, as why a person was disabled, may
// quote the texts of every collection.
func (l *look) forgetPast(events []EventSeen) error {
	for i := range events {
		e := &events[i]
		if err := l.forget(auth.CollectionID(e.Collection), &e.Reason.Text); err != nil {
			return err
		}
		own := ofTexts[history.Kind(e.Object)]
		for name, x := range e.Texts {
			if slices.Contains(own, name) {
				continue
			}
			before := e.Earlier[name]
			if err := l.forget(auth.CollectionID(e.Collection), &x.Text, &before); err != nil {
				return err
			}
			e.Texts[name] = x
			if before != "" {
				e.Earlier[name] = before
			}
		}
	}
	return nil
}
