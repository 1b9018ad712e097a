package desk

import (
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
)

// secrets are the names and addresses of the protected sources of a collection that the person may see; none where they
// link no evidence.
func (l *look) secrets(in auth.CollectionID) (evidence.Secrets, error) {
	if !l.may(auth.ThingEvidence, auth.Link, in) {
		return nil, nil
	}
	return evidence.SecretsOf(l.rx, in, l.actor.UserID, l.may(auth.ThingEvidence, auth.Protect, in))
}

// tells says where what people wrote of a claim names a protected source that the person may see.
func (l *look) tells(c *Claim) (out []string, err error) {
	known, err := l.secrets(c.Claim.CollectionID)
	if err != nil || len(known) == 0 {
		return nil, err
	}
	words := func(all []*string) (out []string) {
		for _, w := range all {
			out = append(out, *w)
		}
		return out
	}
	var glosses, notes []string
	for _, g := range c.Claim.Glosses {
		glosses = append(glosses, g.Words)
	}
	for _, x := range c.Evidence {
		if x.Protected == "" {
			notes = append(notes, x.Note)
		}
	}
	for _, x := range []struct {
		where string
		words []string
	}{{"the statement", []string{c.Claim.Statement}}, {"a gloss", glosses}, {"a note on evidence", notes},
		{"a review or decision", words(articles.OwnWords(&c.Reviewing))}, {"a " +
			"reply", words(articles.OwnWords(&c.Replies))},
		{"a comment", words(articles.OwnWords(&c.Comments))}} {
		if known.In(x.words...) {
			out = append(out, x.where)
		}
	}
	return out, nil
}

// telling are those of some claims that would be printed with words that name a protected source.
func (l *look) telling(in auth.CollectionID, all []claimset.Entry) (out []claims.ID, err error) {
	known, err := l.secrets(in)
	if err != nil || len(known) == 0 {
		return nil, err
	}
	for i := range all {
		words := []string{all[i].Statement}
		for _, g := range all[i].Glosses {
			words = append(words, g.Words)
		}
		for _, w := range articles.OwnWords(&all[i]) {
			words = append(words, *w)
		}
		if known.In(words...) {
			out = append(out, all[i].Claim)
		}
	}
	return out, nil
}
