package main

import "fmt"

// passages are what the machine proposes for a claim.
type passages struct {
	Passages struct {
		Items []struct {
			Article, Revision int64
			SentenceID        int64 `json:"sentence_id"`
			Start, End        int
			Words             string
		}
	}
}

func (p *person) passagesOf(n int) (c claim, all passages, err error) {
	if c, err = p.claimIn("open", n); err == nil {
		err = p.get(on(c, "passages"), &all)
	}
	return c, all, err
}

func link(p *person, _ int) (request, error) {
	c, all, err := p.passagesOf(12)
	if err != nil {
		return request{}, err
	}
	it, err := some(p, all.Passages.Items, 0)
	stance, _ := some(p, []string{"supports", "refutes", "context"}, 0)
	return request{on(c, "evidence"), fields{"article": it.Article, "revision": it.Revision, "start": it.Start,
		"end": it.End, "exact": it.Words, "stance": stance, "kind": "report", "proposed": it.SentenceID},
		of("evidence.linked", about(c.ID))}, err
}

func linkOutside(p *person, n int) (request, error) {
	c, err := p.claimIn("open", 6)
	return request{on(c, "evidence/outside"), fields{"url": fmt.Sprintf("https://records.example/%d", n),
		"quotation": "It is recorded so.", "lang": "en", "read_on": "2026-11-20", "origin": "Public records",
		"stance": "supports", "kind": "primary_document"}, of("evidence.linked", about(c.ID))}, err
}

func unlink(p *person, _ int) (request, error) {
	got, err := p.pageIn("open", 12)
	if err != nil {
		return request{}, err
	}
	it, err := some(p, got.Evidence.Items, 0)
	return request{fmt.Sprintf("/evidence/%d/unlink", it.ID), fields{"version": it.Version},
		of("evidence.unlinked", about(got.Claim.ID))}, err
}

func refusePassage(p *person, _ int) (request, error) {
	c, all, err := p.passagesOf(0)
	if err != nil {
		return request{}, err
	}
	it, err := some(p, all.Passages.Items, 0)
	return request{on(c, "passages/refuse"), fields{"proposed": it.SentenceID}, of("passage.refused", about(c.ID))},
		err
}

// stateOrigin states the origin of one of the demo's articles anew. No answer tells the version of a statement that
// somebody else made, so it is the one that was answered last.
func stateOrigin(p *person, n int) (request, error) {
	article := 1 + p.chance.IntN(4)
	last, _ := p.origins.LoadOrStore(article, int64(1))
	done := of("origin.confirmed", fmt.Sprintf("article_origin:%d", article))
	return request{fmt.Sprintf("/articles/%d/origin", article), fields{"new_origin": fmt.Sprintf("Agency %d", n),
		"version": last}, func(a answer) (left, error) {
		var said struct{ Version int64 }
		if err := a.into(&said); err == nil && !a.lost {
			p.origins.Store(article, said.Version)
		}
		return done(a)
	}}, nil
}

// reviewClaim reviews one of the oldest open claims, so that several people meet there.
func reviewClaim(p *person, n int) (request, error) {
	got, err := p.pageIn("open", 4)
	if err != nil {
		return request{}, err
	}
	c, rationale := got.Claim, fmt.Sprintf(readIt+"%d.", n)
	for _, it := range got.Evidence.Items {
		rationale += fmt.Sprintf(" #%d does not settle it.", it.ID)
	}
	body := fields{"verdict": "unverified", "reason": "insufficient", "rationale": rationale,
		"searched": "All four articles.", "words_version": c.WordsVersion, "round": c.Round, "evidence": []int64{}}
	for _, it := range got.Evidence.Items {
		if it.Kind == "primary_document" && p.chance.IntN(2) == 0 {
			body["verdict"], body["reason"], body["evidence"] = "corroborated", "primary_document", []int64{it.ID}
			delete(body, "searched")
			break
		}
	}
	return request{on(c, "reviews"), body, of("review.submitted", about(c.ID))}, nil
}

// lastRound opens a claim in a state, and gives its last round.
func (p *person) lastRound(state string) (c claim, last round, err error) {
	got, err := p.pageIn(state, 0)
	for _, rd := range got.Rounds.Items {
		if rd.N >= last.N {
			last = rd
		}
	}
	return got.Claim, last, err
}

func ask(p *person, n int) (request, error) {
	c, rd, err := p.lastRound("in_conflict")
	if err != nil {
		return request{}, err
	}
	rv, err := some(p, rd.Reviews.Items, 0)
	return request{on(c, "questions"), fields{"letter": rv.Letter, "round": rd.N,
		"question": fmt.Sprintf("Where does it say so? (%d)", n)}, of("question.asked", about(c.ID))}, err
}

// answerQuestion answers what was put to this person; the page of the claim says which that is.
func answerQuestion(p *person, n int) (request, error) {
	var list struct{ Items []claim }
	if err := p.get("/collections/1/claims?all=1&state=in_conflict", &list); err != nil {
		return request{}, err
	}
	for _, c := range list.Items {
		var got struct {
			Rounds struct {
				Items []struct {
					Questions struct {
						Items []struct {
							Question    string
							Mine, Waits bool
						}
					}
				}
			}
		}
		if err := p.get(fmt.Sprintf("/claims/%d", c.ID), &got); err != nil {
			return request{}, err
		}
		for _, rd := range got.Rounds.Items {
			for _, q := range rd.Questions.Items {
				if q.Mine && q.Waits {
					return request{on(c, "answers"), fields{"question": q.Question,
						"answer": fmt.Sprintf("In line %d.", n)}, of("question.answered", "question:"+q.Question)}, nil
				}
			}
		}
	}
	return request{}, errNone
}

func adjudicate(p *person, _ int) (request, error) {
	c, rd, err := p.lastRound("in_conflict")
	if err != nil {
		return request{}, err
	}
	rv, err := some(p, rd.Reviews.Items, 0)
	return request{on(c, "adjudications"), fields{"adopt": rv.Letter, "round": rd.N, "version": c.Version,
		"rationale": "The document decides.", "causes": []string{"guideline"}},
		of("decision.adjudicated", about(c.ID))}, err
}

func approve(p *person, _ int) (request, error) {
	c, rd, err := p.lastRound("decided")
	if err == nil && rd.Decision == nil {
		err = errNone
	}
	if err != nil {
		return request{}, err
	}
	return request{on(c, "approvals"), fields{"version": rd.Decision.Version, "reason": rd.Decision.Reason,
		"explanation": "Two people read what there is, and agree."}, of("decision.approved", about(c.ID))}, err
}

func reopen(p *person, _ int) (request, error) {
	state, _ := some(p, []string{"approved", "decided", "in_conflict"}, 0)
	c, err := p.claimIn(state, 0)
	return request{on(c, "rounds"), fields{"version": c.Version, "reason": "A new document came out."},
		of("claim.reopened", about(c.ID))}, err
}

func prioritise(p *person, _ int) (request, error) {
	c, err := p.claimIn("open", 0)
	to := []int{1, -1, 0}[(c.Priority+1)%3] // another than it has
	return request{on(c, "priority"), fields{"priority": to}, of("claim.prioritised", about(c.ID))}, err
}

func assign(p *person, _ int) (request, error) {
	c, err := p.claimIn("open", 20)
	body := fields{"claims": []int64{c.ID}}
	if p.name[0] == 'e' {
		body["to"], _ = some(p, []string{"reviewer-1", "reviewer-2"}, 0)
	}
	return request{"/collections/1/assignments", body, counted("assignment.given", about(c.ID))}, err
}

func unassign(p *person, _ int) (request, error) {
	c, err := p.claimIn("open", 20)
	return request{"/collections/1/assignments", fields{"claims": []int64{c.ID}, "take_back": true},
		counted("assignment.taken_back", about(c.ID))}, err
}

func snooze(p *person, _ int) (request, error) {
	c, err := p.claimIn("open", 20)
	return request{"/collections/1/snoozes", fields{"claims": []int64{c.ID}, "until": "3"},
		of("claim.snoozed", about(c.ID))}, err
}

func unsnooze(p *person, _ int) (request, error) {
	c, err := p.claimIn("open", 20)
	return request{"/collections/1/snoozes", fields{"claims": []int64{c.ID}, "take_back": true},
		counted("claim.unsnoozed", about(c.ID))}, err
}

// set is what is read of a claim set.
type set struct {
	ID, Version int64
	State       string
	Claims      struct{ Items []claim } // of a draft
}

func (p *person) draftSet() (out set, err error) {
	var list struct{ Items []set }
	if err := p.get("/collections/1/sets", &list); err != nil {
		return out, err
	}
	var drafts []set
	for _, s := range list.Items {
		if s.State == "draft" {
			drafts = append(drafts, s)
		}
	}
	if out, err = some(p, drafts, 3); err == nil {
		err = p.get(fmt.Sprintf("/sets/%d", out.ID), &out)
	}
	return out, err
}

func onSet(s set, act, kind string, body fields) request {
	body["version"] = s.Version
	return request{fmt.Sprintf("/sets/%d/%s", s.ID, act), body, of(kind, fmt.Sprintf("claimset:%d", s.ID))}
}

func newSet(_ *person, n int) (request, error) {
	return request{"/collections/1/sets", fields{"title": fmt.Sprintf("Set %d", n)},
		numbered("claimset.created", "claimset")}, nil
}

func addToSet(p *person, _ int) (request, error) {
	s, err := p.draftSet()
	if err != nil {
		return request{}, err
	}
	c, err := p.claimIn("approved", 0)
	for _, e := range s.Claims.Items {
		if e.ID == c.ID {
			return request{}, errNone
		}
	}
	return onSet(s, "claims", "claimset.claims_added", fields{"claims": []int64{c.ID}}), err
}

func takeFromSet(p *person, _ int) (request, error) {
	s, err := p.draftSet()
	if err != nil {
		return request{}, err
	}
	e, err := some(p, s.Claims.Items, 0)
	return onSet(s, "claims/remove", "claimset.claims_removed", fields{"claims": []int64{e.ID}}), err
}

func renameSet(p *person, n int) (request, error) {
	s, err := p.draftSet()
	return onSet(s, "title", "claimset.renamed", fields{"title": fmt.Sprintf("Set %d", n)}), err
}

func freeze(p *person, _ int) (request, error) {
	s, err := p.draftSet()
	if err == nil && len(s.Claims.Items) == 0 {
		err = errNone
	}
	return onSet(s, "freeze", "claimset.frozen", fields{}), err
}
