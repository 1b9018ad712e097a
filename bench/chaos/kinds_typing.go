package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"claimbench/internal/store"
)

// typedAt is a form in which somebody types: a person's, of a claim. Its name is that of the draft's route.
type typedAt struct{ person, about, form string }

// The forms in which people type here.
const reviewForm, commentForm = "review", "comment"

// readIt begins the words of a review that is sent.
const readIt = "Read it, "

// sentBy are the acts that send a form, and erase with that what was typed in it.
var sentBy = map[string]string{"review.submitted": reviewForm, "comment.added": commentForm}

// typed is what an act leaves in a form.
type typed struct{ about, form, words string }

// typeReview keeps a draft of a review of one of the claims that are reviewed next.
func typeReview(p *person, n int) (request, error) {
	c, err := p.claimIn("open", 4)
	words := fmt.Sprintf("I am still reading, %d.", n)
	return p.typing(c, reviewForm, "draft", words, fields{"verdict": "unverified", "rationale": words,
		"since": time.Now().UnixMicro()}), err
}

// typeComment keeps a draft of a comment.
func typeComment(p *person, n int) (request, error) {
	state, _ := some(p, []string{"open", "candidate", "in_conflict", "decided", "approved"}, 0)
	c, err := p.claimIn(state, 6)
	words := fmt.Sprintf("I am not sure yet, %d.", n)
	return p.typing(c, commentForm, "drafts/comment", words, fields{"fields": fields{"text": []string{words}}}), err
}

// typing keeps words in a form of a claim. They build on the version that this person was answered last, as a page has
// it.
func (p *person) typing(c claim, form, act, words string, body fields) request {
	path := on(c, act)
	base, there := p.versions.Load(path)
	if !there {
		base = int64(0)
	}
	body["version"] = base
	return request{path, body, func(a answer) (out left, err error) {
		if !a.lost {
			var said struct{ Version int64 }
			err = a.into(&said)
			p.versions.Store(path, said.Version)
		}
		out.typed = &typed{about(c.ID), form, words}
		return out, err
	}}
}

// learn remembers the version of a form that a refusal tells: it was sent or saved meanwhile.
func (p *person) learn(path string, a answer) {
	var said struct{ Context struct{ Version int64 } }
	if a.status == http.StatusConflict && json.Unmarshal(a.body, &said) == nil && said.Context.Version > 0 {
		p.versions.Store(path, said.Context.Version)
	}
}

// typedInto notes what stands in a form, and what was sent stands there no more. It is called with the report locked.
func (r *report) typedInto(person string, l left) {
	for _, m := range l.marks {
		if form, is := sentBy[m.kind]; is {
			delete(r.typed, typedAt{person, m.about, form})
		}
	}
	if l.typed != nil {
		r.typed[typedAt{person, l.typed.about, l.typed.form}] = l.typed.words
	}
}

// countTyped looks that what was saved and not sent stands in its form, and nothing else does.
func (r *report) countTyped(rx *store.Rx) error {
	all, err := store.Select[struct {
		Person string `gorm:"column:person"`
		Claim  int64  `gorm:"column:claim_id"`
		Form   string `gorm:"column:form"`
		Words  string `gorm:"column:words"`
	}](rx, "SELECT u.name AS person, d.claim_id, '"+reviewForm+"' AS form, d.rationale AS words FROM review_drafts d "+
		"JOIN users u ON u.id = d.user_id UNION ALL SELECT u.name, d.claim_id, d.form, d.fields FROM form_drafts d "+
		"JOIN users u ON u.id = d.user_id WHERE d.sent_at IS NULL")
	if err != nil {
		return err
	}
	there := map[typedAt]string{}
	for _, d := range all {
		words := d.Words
		if d.Form != reviewForm {
			var f struct{ Text []string }
			if err := json.Unmarshal([]byte(words), &f); err != nil {
				return fmt.Errorf("a draft of %s: %w in %.200s", d.Form, err, words)
			}
			words = strings.Join(f.Text, "\n")
		}
		there[typedAt{d.Person, about(d.Claim), d.Form}] = words
	}
	r.compareTyped(there)
	return nil
}

func (r *report) compareTyped(there map[typedAt]string) {
	differ := func(at typedAt, words string, acknowledged, there int) {
		what := fmt.Sprintf("%q of %s in the %s of %s", words, at.person, at.form, at.about)
		r.differ("type a "+at.form, what, acknowledged, there)
	}
	for at, words := range r.typed {
		if there[at] != words {
			differ(at, words, 1, 0)
		}
	}
	for at, words := range there {
		// A review that is taken back is a draft again.
		if r.typed[at] == "" && !strings.HasPrefix(words, readIt) {
			differ(at, words, 0, 1)
		}
	}
}
