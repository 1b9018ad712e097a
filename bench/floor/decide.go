package main

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"
)

// voice is a review that stands in a round.
type voice struct {
	by      int64
	verdict string
}

// decide closes a round whose reviews agree, and gives the three events of it. Every event of a claim says all of it.
func (f *floor) decide(tx *sql.Tx, at int64, c *claim, rd int64, public string, all []voice, reason,
	items string) ([]event, error) {
	var counted []int64
	for _, v := range all {
		counted = append(counted, v.by)
		if v.verdict != all[0].verdict {
			return nil, fmt.Errorf("the floor decides no conflict")
		}
	}
	by, _ := json.Marshal(counted)
	for _, change := range []struct {
		query string
		args  []any
	}{
		{closeRound, []any{at, rd}},
		{settle, []any{c.ID, rd}},
		{unveil, []any{rd}},
	} {
		if _, err := f.insert(tx, change.query, change.args...); err != nil {
			return nil, err
		}
	}
	decision, err := f.insert(tx, addDecided, c.ID, rd, all[0].verdict, reason, items, at, string(by))
	if err != nil {
		return nil, err
	}
	if _, err := f.insert(tx, decideClaim, all[0].verdict, reason, at, c.ID, c.Version); err != nil {
		return nil, err
	}
	was := c.fields()
	c.State, c.Verdict, c.Reason, c.ChangedAt, c.Version = "decided", all[0].verdict, reason, moment(at), c.Version+1
	num := func(n int64) string { return strconv.FormatInt(n, 10) }
	open := map[string]string{"claim": num(c.ID), "n": strconv.Itoa(c.Round), "outcome": "", "closed_at": ""}
	closed := map[string]string{"claim": num(c.ID), "n": strconv.Itoa(c.Round), "outcome": "agreed",
		"closed_at": num(at)}
	return []event{
		{action: "round.closed", object: "round:" + public, collection: c.Collection, before: open, after: closed},
		{action: "decision.reached", object: "decision:" + num(decision), collection: c.Collection,
			after: map[string]string{"claim": num(c.ID), "round": public, "verdict": c.Verdict, "reason": reason,
				"evidence": items, "counted": string(by), "decided_at": num(at)},
			texts: map[string]string{"rationale": "", "explanation": ""}},
		{action: "claim.decided", object: "claim:" + num(c.ID), collection: c.Collection, before: was,
			after: c.fields(), texts: map[string]string{"statement": c.Statement, "exact": c.Exact, "prefix": c.Prefix,
				"suffix": c.Suffix, "attribution": c.Attribution, "reasons": string(c.Reasons)}},
	}, nil
}

// fields are a claim as an event has it.
func (c claim) fields() map[string]string {
	num := func(n int64) string { return strconv.FormatInt(n, 10) }
	return map[string]string{"added_at": num(int64(c.AddedAt)), "added_by": num(c.AddedBy), "article": num(c.Article),
		"by_hand": strconv.FormatBool(c.ByHand), "checkworthy": strconv.Itoa(c.CheckWorthy),
		"collection": num(c.Collection), "dir": c.Dir, "end": strconv.Itoa(c.End), "hedge": string(c.Hedge),
		"kind": c.Kind, "lang": c.Lang, "reason": c.Reason, "revision": num(c.Revision),
		"round": strconv.Itoa(c.Round), "sentence": strconv.Itoa(c.Sentence), "start": strconv.Itoa(c.Start),
		"state": c.State, "verdict": c.Verdict, "version": num(c.Version), "words_version": num(c.WordsVersion)}
}
