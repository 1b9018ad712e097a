package desk

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"

	"claimbench/internal/agree"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/review"
)

// Agreement is how far the reviewers of a collection agree, over closed rounds only. What it rests on, and who sees
// what of it, is written in docs/adr/0326.
type Agreement struct {
	All      Agreed   // Cohen is the mean over pairs
	Langs    []Agreed // Of is a language
	Reasons  Agreed   // every reason a name of its own, in place of its verdict
	ByReason []Agreed // Of is a reason, against all others
	Mine     *Agreed  // the reader's own: what they and others said of the same claims; nil when there is nothing
	Pairs    []Agreed // Who are two people; none but for editors and auditors
	People   []Agreed // Who is one
	More     bool     // there are pairs beyond these
	Named    bool     // people go by their names, not by letters
}

// Agreed is one line of it.
type Agreed struct {
	Of      string        // what: a language, a reason
	Who     []auth.UserID // whom, where people go by their names
	Letters []string      // whom, where they go by letters
	agree.Figures
	Cohen  agree.Number
	CohenN int // what Cohen rests on: rounds whose reviewers are no secret any more
}

// AgreementPage is the agreement of a collection with what stands around it.
type AgreementPage struct {
	Frame Frame
	Agreement
	Names Names
}

// Agreement answers the page of how a collection's reviewers agree.
func (d *Desk) Agreement(ctx context.Context, actor auth.Actor, in auth.CollectionID) (p AgreementPage, err error) {
	defer fault.In(&err, "desk.Agreement(%d)", in)
	key, err := d.pageKey(ctx)
	if err != nil {
		return p, err
	}
	err = d.look(ctx, actor, func(l *look) (err error) {
		p = AgreementPage{Names: l.names}
		if err := l.must(auth.ThingReview, auth.Read, in); err != nil {
			return err
		}
		if p.Frame, err = l.frame(in); err != nil {
			return err
		}
		p.Agreement, err = l.agreement(in, key)
		return err
	})
	return p, err
}

// verdictNames are the categories of all but the line of reasons.
var verdictNames = claims.Verdicts.Names()

// agreement reads and measures a collection's agreement. key draws the letters.
func (l *look) agreement(in auth.CollectionID, key []byte) (a Agreement, err error) {
	rounds, err := review.AgreementIn(l.rx, in)
	if err != nil {
		return a, err
	}
	pairs, more, err := review.AgreementPairsIn(l.rx, in)
	if err != nil {
		return a, err
	}
	a.whole(rounds, pairs)
	a.reasons(rounds)
	own, err := review.AgreementByPerson(l.rx, in, l.actor.UserID)
	if err != nil {
		return a, err
	}
	if len(own) > 0 {
		mine := dyads(own)
		a.Mine = &mine
	}
	a.Named = l.may(auth.ThingReview, auth.ReadOpen, in)
	if !a.Named && !l.may(auth.ThingRound, auth.Adjudicate, in) {
		return a, nil
	}
	a.More = more
	people, err := review.AgreementByPerson(l.rx, in, 0)
	if err != nil {
		return a, err
	}
	a.between(pairs)
	a.each(people)
	l.called(&a, in, key)
	return a, nil
}

// whole measures the collection and its languages.
func (a *Agreement) whole(rounds []review.AgreementRounds, pairs []review.AgreementPair) {
	patterns := map[string][]agree.Pattern{}
	for _, r := range rounds {
		p := patternOf(r, len(verdictNames), func(why review.Reason) int {
			return slices.Index(verdictNames, review.VerdictOf(why))
		})
		patterns[""], patterns[r.Lang] = append(patterns[""], p), append(patterns[r.Lang], p)
	}
	both := map[string][]agree.Pair{}
	for _, lang := range slices.Sorted(maps.Keys(patterns)) {
		both[lang] = pairsOf(pairs, lang)
		x := Agreed{Of: lang, Figures: agree.Of(patterns[lang])}
		x.Cohen, x.CohenN = agree.MeanCohen(both[lang])
		if lang == "" {
			a.All = x
		} else {
			a.Langs = append(a.Langs, x)
		}
	}
	if len(patterns) == 0 {
		a.All = Agreed{Figures: agree.Of(nil)}
		a.All.Cohen, a.All.CohenN = agree.MeanCohen(nil)
	}
	slices.SortStableFunc(a.Langs, func(x, y Agreed) int { return cmp.Compare(y.N, x.N) })
}

// patternOf counts the reviews of rounds by category; a reason of no category is left out.
func patternOf(r review.AgreementRounds, categories int, at func(review.Reason) int) agree.Pattern {
	p := agree.Pattern{Counts: make([]int, categories), Units: r.N}
	for _, why := range r.Given() {
		if i := at(why); i >= 0 {
			p.Counts[i]++
		}
	}
	return p
}

// reasons measures how far reviews agree on the reason, on all of them and on each against all others.
func (a *Agreement) reasons(rounds []review.AgreementRounds) {
	var names []review.Reason
	for _, v := range verdictNames {
		names = append(names, review.Reasons(v).Names()...)
	}
	var all []agree.Pattern
	for _, r := range rounds {
		all = append(all, patternOf(r, len(names), func(why review.Reason) int { return slices.Index(names, why) }))
	}
	a.Reasons = Agreed{Figures: agree.Of(all)}
	for _, name := range names {
		var one []agree.Pattern
		given := false
		for _, r := range rounds {
			given = given || slices.Contains(r.Given(), name)
			one = append(one, patternOf(r, 2, func(why review.Reason) int {
				if why == name {
					return 0
				}
				return 1
			}))
		}
		if given {
			a.ByReason = append(a.ByReason, Agreed{Of: string(name), Figures: agree.Of(one)})
		}
	}
}

// cell counts what two people said into a table.
func cell(p *agree.Pair, x review.AgreementPair) {
	for len(p.Cells) < len(verdictNames) {
		p.Cells = append(p.Cells, make([]int, len(verdictNames)))
	}
	i, j := slices.Index(verdictNames, x.FirstVerdict), slices.Index(verdictNames, x.SecondVerdict)
	if i >= 0 && j >= 0 {
		p.Cells[i][j] += x.N
	}
}

// pairsOf makes a table of each pair of people, of claims in a language, "" for all.
func pairsOf(all []review.AgreementPair, lang string) (out []agree.Pair) {
	at := map[[2]auth.UserID]int{}
	for _, x := range all {
		if lang != "" && x.Lang != lang {
			continue
		}
		who := [2]auth.UserID{x.FirstID, x.SecondID}
		if _, there := at[who]; !there {
			at[who], out = len(out), append(out, agree.Pair{})
		}
		cell(&out[at[who]], x)
	}
	return out
}

// between measures the pairs of people.
func (a *Agreement) between(all []review.AgreementPair) {
	var who [][]auth.UserID
	for _, x := range all { // sorted by people
		if n := len(who); n == 0 || who[n-1][0] != x.FirstID || who[n-1][1] != x.SecondID {
			who = append(who, []auth.UserID{x.FirstID, x.SecondID})
		}
	}
	for i, p := range pairsOf(all, "") {
		x := Agreed{Who: who[i], Figures: agree.Of(p.Patterns()), Cohen: p.Cohen(), CohenN: p.N()}
		a.Pairs = append(a.Pairs, x)
	}
}

// each measures people, each with all others.
func (a *Agreement) each(all []review.AgreementPair) {
	of := map[auth.UserID][]review.AgreementPair{}
	for _, x := range all {
		of[x.FirstID] = append(of[x.FirstID], x)
	}
	for _, id := range slices.Sorted(maps.Keys(of)) {
		x := dyads(of[id])
		x.Who = []auth.UserID{id}
		a.People = append(a.People, x)
	}
}

// dyads measures what one person and others said of the same claims, each other by themselves.
func dyads(all []review.AgreementPair) Agreed {
	var p agree.Pair
	for _, x := range all {
		cell(&p, x)
	}
	return Agreed{Figures: agree.Of(p.Patterns()), Cohen: p.Cohen(), CohenN: p.N()}
}

// called gives people their names or letters. Letters follow from a hash with a key, so that neither names nor numbers
// nor figures tell whose they are; they are the same at every visit of this reader, and others for another one. Lines
// under letters stand in the order of the letters.
func (l *look) called(a *Agreement, in auth.CollectionID, key []byte) {
	lines := [][]Agreed{a.Pairs, a.People}
	if a.Named {
		for _, all := range lines {
			for _, x := range all {
				l.name(x.Who...)
			}
		}
		return
	}
	var ids []auth.UserID
	for _, all := range lines {
		for _, x := range all {
			ids = append(ids, x.Who...)
		}
	}
	letters := lettersOf(key, l.actor.UserID, in, ids)
	for _, all := range lines {
		for i, x := range all {
			for _, id := range x.Who {
				all[i].Letters = append(all[i].Letters, letters[id])
			}
			slices.SortFunc(all[i].Letters, byLetter)
			all[i].Who = nil
		}
		slices.SortFunc(all, func(x, y Agreed) int { return slices.CompareFunc(x.Letters, y.Letters, byLetter) })
	}
}

// byLetter sorts A before Z before A1.
func byLetter(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) }

// lettersOf gives people letters for one reader.
func lettersOf(key []byte, reader auth.UserID, in auth.CollectionID, ids []auth.UserID) map[auth.UserID]string {
	mark := func(id auth.UserID) string {
		h := hmac.New(sha256.New, key)
		_, _ = fmt.Fprintf(h, "letter of %d for %d in %d", id, reader, in) // a hash takes everything
		return string(h.Sum(nil))
	}
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	slices.SortFunc(ids, func(a, b auth.UserID) int { return cmp.Compare(mark(a), mark(b)) })
	out := make(map[auth.UserID]string, len(ids))
	for i, id := range ids {
		out[id] = string(rune('A' + i%26))
		if i >= 26 {
			out[id] += fmt.Sprint(i / 26)
		}
	}
	return out
}
