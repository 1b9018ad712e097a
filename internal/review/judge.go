package review

import (
	"fmt"
	"slices"
	"strings"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/text"
)

// Weighed is an item of evidence as the guards see it. Origin 0 is not stated. Own: it is of the claim's own article
// or shares its origin, so it proves nothing by itself.
type Weighed struct {
	ID     evidence.ID
	Stance evidence.Stance
	Kind   evidence.Kind
	Origin evidence.OriginID
	Own    bool
}

// Draft is a verdict on its way: what a reviewer or an adjudicator wants to say. Evidence names the items relied on.
type Draft struct {
	Verdict   claims.Verdict
	Reason    Reason
	Rationale string
	Searched  string
	Evidence  []evidence.ID
}

// Failure is a guard that a draft does not meet, with what would meet it.
type Failure struct {
	Guard  articles.Guard `json:"guard"`
	Lacks  string         `json:"lacks"` // in a few words: “a second known origin”
	Field  string         `json:"field"`
	Msg    string         `json:"message"`
	Remedy string         `json:"remedy"`
	// acts that can mend it, and the items that they are about, if they are about some
	Mends []Mend        `json:"mends"`
	Items []evidence.ID `json:"items,omitempty"`
}

// Check says which guards a draft fails on the evidence linked to the claim. Only items that the draft names can carry
// it; refuting items count whether it names them or not.
func Check(d Draft, linked []Weighed) []Failure {
	var named []Weighed
	for _, w := range linked {
		if slices.Contains(d.Evidence, w.ID) {
			named = append(named, w)
		}
	}
	switch d.Verdict {
	case claims.Corroborated:
		return append(checkCorroborated(d, named), checkAnswered(d, linked)...)
	case claims.Disputed:
		return checkDisputed(d, named)
	case claims.Unverified:
		return checkUnverified(d)
	}
	return nil
}

func checkCorroborated(d Draft, named []Weighed) []Failure {
	var primary, official, own, unstated int
	origins := map[evidence.OriginID]bool{}
	for _, w := range named {
		if w.Stance != evidence.Supports {
			continue
		}
		if w.Own {
			own++
			continue
		}
		switch w.Kind {
		case evidence.PrimaryDocument:
			primary++
		case evidence.OfficialRecord:
			official++
		}
		if w.Origin == 0 {
			unstated++
		} else {
			origins[w.Origin] = true
		}
	}
	fail := func(lacks, msg, remedy string) []Failure {
		return []Failure{{Guard: articles.GuardCorroborated, Lacks: lacks, Field: "evidence", Msg: msg, Remedy: remedy,
			Mends: []Mend{MendLink}}}
	}
	switch d.Reason {
	case PrimaryDocument:
		if primary == 0 {
			return fail("a primary document that supports it",
				"Corroborated by a primary document needs a supporting primary document among the evidence you named.",
				"Link the document and name it, or choose another reason.")
		}
	case OfficialRecord:
		if official == 0 {
			return fail("an official record that supports it",
				"Corroborated by an official record needs a supporting official record among the evidence you named.",
				"Link the record and name it, or choose another reason.")
		}
	default:
		if len(origins) < 2 {
			lacks := "two known origins that support it"
			if len(origins) == 1 {
				lacks = "a second known origin that supports it"
			}
			out := fail(lacks,
				fmt.Sprintf(
					"Corroborated by independent sources needs supporting evidence of two known and different "+
						"origins, none of it the claim's own. You named %s.", countOrigins(len(origins), unstated,
						own)),
				"Link a supporting passage of another origin, state the origins of those you have, or choose "+
					"unverified, single origin.")
			if out[0].Items = withoutOrigin(named); len(out[0].Items) > 0 {
				out[0].Mends = []Mend{MendOrigin, MendLink}
			}
			return out
		}
	}
	return nil
}

func countOrigins(origins, unstated, own int) string {
	parts := []string{fmt.Sprintf("supporting evidence of %s", number(origins, "origin"))}
	if unstated > 0 {
		parts = append(parts, number(unstated, "item")+" whose origin is not stated")
	}
	if own > 0 {
		parts = append(parts, number(own, "item")+" of the claim's own article or origin")
	}
	return strings.Join(parts, ", and ")
}

func number(n int, what string) string {
	switch n {
	case 0:
		return "no " + what
	case 1:
		return "one " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// checkAnswered wants every refuting item named in the rationale by its number, as #12.
func checkAnswered(d Draft, linked []Weighed) []Failure {
	var items []evidence.ID
	var open []string
	for _, w := range linked {
		if w.Stance == evidence.Refutes && !mentions(d.Rationale, w.ID) {
			items, open = append(items, w.ID), append(open, fmt.Sprintf("#%d", w.ID))
		}
	}
	if len(open) == 0 {
		return nil
	}
	list := strings.Join(open, ", ")
	return []Failure{{Guard: articles.GuardUnanswered, Lacks: "an answer to " + list, Field: "rationale",
		Msg:    fmt.Sprintf("Refuting evidence is not answered in the rationale: %s.", list),
		Remedy: "Say in the rationale why it does not stand, naming it as " + open[0] + ".",
		Mends:  []Mend{MendAnswer}, Items: items}}
}

// mentions looks for #ID that is not the beginning of a longer number.
func mentions(s string, id evidence.ID) bool {
	mark := fmt.Sprintf("#%d", id)
	for {
		i := strings.Index(s, mark)
		if i < 0 {
			return false
		}
		s = s[i+len(mark):]
		if s == "" || s[0] < '0' || s[0] > '9' {
			return true
		}
	}
}

func checkDisputed(d Draft, named []Weighed) []Failure {
	has := map[evidence.Stance]bool{}
	for _, w := range named {
		has[w.Stance] = true
	}
	switch {
	case d.Reason == Conflicting && (!has[evidence.Supports] || !has[evidence.Refutes]):
		return []Failure{{Guard: articles.GuardConflicting, Lacks: "one item each way", Field: "evidence",
			Msg:    "Disputed as conflicting needs one supporting and one refuting item among the evidence you named.",
			Remedy: "Link and name one each way, or choose another reason.",
			Mends:  []Mend{MendLink}}}
	case d.Reason == OutOfContext && !has[evidence.Context] && !has[evidence.Refutes]:
		return []Failure{{Guard: articles.GuardOutOfContext, Lacks: "an item that gives the context", Field: "evidence",
			Msg:    "Disputed as out of context needs an item that gives the context.",
			Remedy: "Link the passage that shows the context, as context, and name it.",
			Mends:  []Mend{MendLink}}}
	case d.Reason != OutOfContext && d.Reason != Conflicting && !has[evidence.Refutes]:
		return []Failure{{Guard: articles.GuardDisputed, Lacks: "an item that refutes it", Field: "evidence",
			Msg:    "Disputed needs a refuting item among the evidence you named.",
			Remedy: "Link a passage that refutes the claim and name it, or choose unverified.",
			Mends:  []Mend{MendLink}}}
	}
	return nil
}

func checkUnverified(d Draft) []Failure {
	if d.Reason == NotCheckable {
		if text.Blank(d.Rationale) {
			return []Failure{{Guard: articles.GuardNotCheckable, Lacks: "a sentence why nothing could settle it",
				Field:  "rationale",
				Msg:    "Not checkable needs a reason in the rationale.",
				Remedy: "Say in a sentence why nothing could settle it: an opinion, a prediction, a feeling.",
				Mends:  []Mend{MendReason}}}
		}
		return nil
	}
	if text.Blank(d.Searched) {
		return []Failure{{Guard: articles.GuardUnverified, Lacks: "a note of what was searched", Field: "searched",
			Msg:    "Unverified needs a note of what was searched.",
			Remedy: "Say what you searched, in a sentence or two.",
			Mends:  []Mend{MendNote}}}
	}
	return nil
}

// Voice is a review as the rule counts it.
type Voice struct {
	Verdict claims.Verdict
	Reason  Reason
	Stale   bool
}

// Terms are the rules a round is held under.
type Terms struct {
	Quorum int
	Rule   articles.Rule
}

// Judgment says where a round stands. State is claims.Open, claims.Decided or claims.InConflict.
type Judgment struct {
	State   claims.State
	Verdict claims.Verdict // when decided
	Reason  Reason         // the one most reviews of that verdict gave
	Counted int            // reviews that are not stale
}

// Judge counts the reviews of a round: it stays open below the quorum of reviews that are not stale; at the quorum it
// is decided when they agree on the verdict (unanimous: all; majority: more than half), else in conflict. Agreement is
// on the verdict, not on the reason.
func Judge(voices []Voice, t Terms) Judgment {
	tally := map[claims.Verdict]int{}
	why := map[claims.Verdict]map[Reason]int{}
	out := Judgment{State: claims.Open}
	for _, v := range voices {
		if v.Stale {
			continue
		}
		out.Counted++
		tally[v.Verdict]++
		if why[v.Verdict] == nil {
			why[v.Verdict] = map[Reason]int{}
		}
		why[v.Verdict][v.Reason]++
	}
	if out.Counted < t.Quorum {
		return out
	}
	for _, verdict := range claims.Verdicts.Names() {
		if tally[verdict] == out.Counted || t.Rule == articles.Majority && 2*tally[verdict] > out.Counted {
			out.State, out.Verdict = claims.Decided, verdict
			for _, r := range reasons[verdict].Names() {
				if why[verdict][r] > why[verdict][out.Reason] {
					out.Reason = r
				}
			}
			return out
		}
	}
	out.State = claims.InConflict
	return out
}
