package main

import "fmt"

// claim is what is read of one.
type claim struct {
	ID           int64
	Article      int64
	Revision     int64
	Start, End   int
	Exact        string
	Lang         string
	Statement    string
	Kind         string
	State        string
	Round        int
	Version      int64
	WordsVersion int64 `json:"words_version"`
	Priority     int
	Glosses      []struct {
		Lang      string
		Confirmed bool
		Version   int64
	}
}

// page is what is read of the page of a claim.
type page struct {
	Claim    claim
	Evidence struct {
		Items []struct {
			ID, Version int64
			Kind        string
		}
	}
	Rounds   struct{ Items []round }
	Comments struct {
		Items []struct {
			ID         string
			Version    int64
			ResolvedAt *string `json:"resolved_at"`
		}
	}
}

// round is what is read of one.
type round struct {
	N        int
	Reviews  struct{ Items []struct{ Letter string } }
	Decision *struct {
		Reason  string
		Version int64
	}
}

// some picks one of the first n of a list, of all when n is 0.
func some[T any](p *person, from []T, n int) (out T, err error) {
	if n > 0 && len(from) > n {
		from = from[:n]
	}
	if len(from) == 0 {
		return out, errNone
	}
	return from[p.chance.IntN(len(from))], nil
}

// claimIn picks one of the first n claims in a state.
func (p *person) claimIn(state string, n int) (claim, error) {
	var list struct{ Items []claim }
	if err := p.get("/collections/1/claims?all=1&state="+state, &list); err != nil {
		return claim{}, err
	}
	return some(p, list.Items, n)
}

// pageIn picks one of the first n claims in a state, and opens its page.
func (p *person) pageIn(state string, n int) (out page, err error) {
	c, err := p.claimIn(state, n)
	if err != nil {
		return out, err
	}
	return out, p.get(fmt.Sprintf("/claims/%d", c.ID), &out)
}

func on(c claim, act string) string { return fmt.Sprintf("/claims/%d/%s", c.ID, act) }

func accept(p *person, _ int) (request, error) {
	c, err := p.claimIn("candidate", 0)
	return request{on(c, "accept"), fields{"version": c.Version}, of("candidate.accepted", about(c.ID))}, err
}

func reject(p *person, _ int) (request, error) {
	c, err := p.claimIn("candidate", 0)
	why, _ := some(p, []string{"not_checkable", "opinion", "wrong_span", "not_a_claim"}, 0)
	return request{on(c, "reject"), fields{"version": c.Version, "reason": why},
		of("candidate.rejected", about(c.ID))}, err
}

func restore(p *person, _ int) (request, error) {
	c, err := p.claimIn("rejected", 0)
	return request{on(c, "restore"), fields{"version": c.Version}, of("candidate.restored", about(c.ID))}, err
}

func edit(p *person, n int) (request, error) {
	state, _ := some(p, []string{"candidate", "candidate", "open"}, 0)
	c, err := p.claimIn(state, 0)
	return request{on(c, "edit"), fields{"words_version": c.WordsVersion, "revision": c.Revision, "start": c.Start,
		"end": c.End, "statement": fmt.Sprintf("%s (%d)", c.Exact, n), "kind": c.Kind}, of(edited, about(c.ID))}, err
}

func split(p *person, n int) (request, error) {
	c, err := p.claimIn("candidate", 0)
	middle := (c.Start + c.End) / 2
	return request{on(c, "split"), fields{"words_version": c.WordsVersion, "revision": c.Revision,
		"part_statement": []string{fmt.Sprintf("%s (%d a)", c.Exact, n), fmt.Sprintf("%s (%d b)", c.Exact, n)},
		"part_start":     []int{c.Start, middle}, "part_end": []int{middle, c.End}},
		of("claim.split", about(c.ID))}, err
}

// merge merges a candidate into another of the same article.
func merge(p *person, _ int) (request, error) {
	c, err := p.claimIn("candidate", 0)
	if err != nil {
		return request{}, err
	}
	var list struct{ Items []claim }
	beside := fmt.Sprintf("/collections/1/claims?all=1&state=candidate&article=%d", c.Article)
	if err := p.get(beside, &list); err != nil {
		return request{}, err
	}
	into, err := some(p, list.Items, 0)
	if into.ID == c.ID {
		err = errNone
	}
	return request{on(c, "merge"), fields{"into": fmt.Sprintf("%d:%d", into.ID, into.WordsVersion),
		"version": c.Version}, of("claim.merged", about(into.ID))}, err
}

func newClaim(p *person, n int) (request, error) {
	c, err := p.claimIn("candidate", 0)
	if err == errNone {
		c, err = p.claimIn("open", 0)
	}
	return request{fmt.Sprintf("/articles/%d/claims", c.Article), fields{"revision": c.Revision, "start": c.Start,
		"end": c.End, "exact": c.Exact, "statement": fmt.Sprintf("%s (new %d)", c.Exact, n), "kind": "fact"},
		numbered("claim.created", "claim")}, err
}

func withdraw(p *person, _ int) (request, error) {
	c, err := p.claimIn("open", 0)
	return request{on(c, "withdraw"), fields{"version": c.Version, "reason": "It is not checked after all."},
		of("claim.withdrawn", about(c.ID))}, err
}

func refuseDuplicate(p *person, _ int) (request, error) {
	c, err := p.claimIn("open", 0)
	if err != nil {
		return request{}, err
	}
	other, err := p.claimIn("open", 0)
	if other.ID == c.ID {
		err = errNone
	}
	return request{on(c, "duplicates/refuse"), fields{"other": other.ID, "reason": "They say two things."},
		of("duplicate.refused", about(c.ID))}, err
}

func gloss(p *person, n int) (request, error) {
	c, err := p.claimIn("open", 12)
	version := int64(0)
	for _, g := range c.Glosses {
		if g.Lang == "fr" {
			version = g.Version
		}
	}
	return request{on(c, "glosses"), fields{"lang": "fr", "gloss": fmt.Sprintf("Ce que dit l'affirmation, %d", n),
		"version": version}, of("gloss.set", about(c.ID))}, err
}

func confirmGloss(p *person, _ int) (request, error) {
	c, err := p.claimIn("open", 12)
	for _, g := range c.Glosses {
		if !g.Confirmed {
			return request{on(c, "glosses/confirm"), fields{"lang": g.Lang, "version": g.Version},
				of("gloss.confirmed", about(c.ID))}, err
		}
	}
	return request{}, errNone
}

func comment(p *person, n int) (request, error) {
	state, _ := some(p, []string{"open", "candidate", "in_conflict", "decided", "approved"}, 0)
	c, err := p.claimIn(state, 6)
	return request{on(c, "comments"), fields{"text": fmt.Sprintf("What was said %d times, by %s.", n, p.name)},
		of("comment.added", about(c.ID))}, err
}

// commentOn finds a comment that is resolved, or one that is not.
func (p *person) commentOn(resolved bool, act, mark string) (request, error) {
	state, _ := some(p, []string{"open", "candidate", "in_conflict", "decided", "approved"}, 0)
	got, err := p.pageIn(state, 6)
	for _, c := range got.Comments.Items {
		if (c.ResolvedAt != nil) == resolved {
			return request{on(got.Claim, "comments/"+act), fields{"comment": c.ID, "version": c.Version},
				of(mark, about(got.Claim.ID))}, err
		}
	}
	return request{}, errOr(err)
}

func errOr(err error) error {
	if err != nil {
		return err
	}
	return errNone
}

func resolve(p *person, _ int) (request, error) {
	return p.commentOn(false, "resolve", "comment.resolved")
}

func reopenComment(p *person, _ int) (request, error) {
	return p.commentOn(true, "reopen", "comment.reopened")
}

// batch does an act to a few claims at once, which it has looked at before.
func batch(act string) func(*person, int) (request, error) {
	state := map[string]string{"accept": "candidate", "reject": "candidate", "withdraw": "open"}[act]
	return func(p *person, n int) (request, error) {
		chosen := map[int64]bool{}
		for range 2 + p.chance.IntN(5) {
			c, err := p.claimIn(state, 0)
			if err != nil {
				return request{}, err
			}
			chosen[c.ID] = true
		}
		var ids []int64
		for id := range chosen {
			ids = append(ids, id)
		}
		a, err := p.send(p.sure, "/collections/1/batches", fields{"claims": ids, "act": act},
			fmt.Sprintf("look-%d", n), drop{})
		if err != nil || !a.acknowledged() {
			return request{}, errOr(err)
		}
		var b struct{ ID int64 }
		if err := a.into(&b); err != nil {
			return request{}, err
		}
		body := fields{"act": act}
		switch act {
		case "reject":
			body["reason"] = "opinion"
		case "withdraw":
			body["reason"] = "They are not checked after all."
		}
		return request{fmt.Sprintf("/batches/%d", b.ID), body, of("batch."+act, fmt.Sprintf("batch:%d", b.ID))}, nil
	}
}
