package desk

import (
	"fmt"
	"strings"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
	"claimbench/internal/history"
	"claimbench/internal/publish"
	"claimbench/internal/review"
)

// Told is an event in plain words: somebody, and what they did. With a verdict the sentence reads Did, Verdict, Then.
type Told struct {
	Event   EventSeen
	Did     string
	Verdict claims.Verdict
	Then    string
	Quotes  []Quote
	Changes []Reworded
}

// Quote is what somebody wrote, or words of an article. Lang is "" where nobody said which language it is.
type Quote struct{ Label, Text, Lang string }

// Reworded is one thing of the claim's words, before and after.
type Reworded struct{ Field, Before, After, Lang string }

// did says what an action was, where nothing of the row is needed for it.
var did = map[string]string{
	"candidate.accepted": "accepted the candidate", "candidate.rejected": "rejected the candidate",
	"candidate.restored": "took the rejection of the candidate back",
	"claim.edited":       "changed the words", "candidate.edited": "changed the words of the candidate",
	"claim.reopened": "reopened the claim", "claim.withdrawn": "withdrew the claim",
	"claim.split": "split the claim", "claim.split_off": "made the claim by splitting another",
	"claim.merged":           "took another claim in, which says the same",
	"claim.reanchored":       "found the claim’s words again in a newer text of its article",
	"claim.anchor_asked":     "did not find the claim’s words unchanged in a newer text, and asks a person",
	"claim.anchor_confirmed": "confirmed where the claim’s words stand in the newer text",
	"claim.anchor_kept":      "kept the claim on the text that it was made from",
	"gloss.confirmed":        "confirmed the gloss",
	"gloss.unconfirmed":      "took the confirming of the gloss back",
	"gloss.withdrawn":        "took the gloss back",
	"proposal.unrefused":     "took back that what a machine proposed was refused",
	"claim.unaccepted":       "took the acceptance back: it is a candidate again",
	"claim.restored":         "made it a claim again",
	"claim.unmerged":         "took the merge back",
	"claim.prioritised":      "gave the claim another priority",
	"evidence.relinked":      "linked the evidence again",
	"review.restored":        "gave their review again",
	"reply.asked":            "wrote down who was asked about the claim",
	"reply.answered":         "wrote down what came of asking",
	"reply.withdrawn":        "took back that somebody was asked",
	"reply.restored":         "wrote down again that somebody was asked",
	"evidence.protected":     "protected the source of evidence",
	"evidence.unprotected":   "showed a protected source again",
	"capture.kept":           "kept the document that evidence quotes",
	"capture.carried":        "took the kept document over with the evidence",
	"capture.stamped":        "got a time stamp for the document that was kept",
	"capture.withheld":       "withheld the document that was kept, by law",
	"comment.added":          "wrote a comment", "comment.resolved": "resolved a comment",
	"comment.reopened":    "opened a comment again",
	"comment.withdrawn":   "took their comment back",
	"review.superseded":   "replaced their review by a new one",
	"review.withdrawn":    "took their review back",
	"evidence.reanchored": "found a passage again in a newer text of its article",
	"round.opened":        "began a round of reviews",
	"round.abandoned":     "left the round without a decision",
	"question.asked":      "asked one of the reviewers about the conflict",
	"question.answered":   "answered what they were asked about the conflict",
	history.TextEmptied:   "erased a text of it, as another admin had asked; a mark stands in its place",
}

// toldElsewhere are events of the claim's row that another event beside them tells better.
var toldElsewhere = map[string]bool{"claim.decided": true, "claim.adjudicated": true, "claim.approved": true,
	"claim.in_conflict": true, "claim.commented": true}

// Tell puts an event into words; ok is false when the event beside it says the same.
func Tell(e EventSeen) (t Told, ok bool) {
	if toldElsewhere[e.Action] {
		return t, false
	}
	t = Told{Event: e, Did: did[e.Action]}
	switch e.Action {
	case "candidate.proposed", "claim.created", "claim.split_off":
		t.made()
	case "claim.edited", "candidate.edited", "claim.split", "candidate.accepted":
		t.worded()
	case "claim.merged_away":
		t.Did = "merged the claim into claim " + e.After["merged_into"]
	case "gloss.set":
		t.Did = "wrote a gloss"
		t.quote("", "words", e.After["lang"])
	case "proposal.refused":
		t.Did = "refused other words that a machine proposed"
		if e.After["kind"] == claims.ProposedGloss {
			t.Did = "refused a gloss that a machine proposed"
		}
	case "comment.added":
		t.quote("", "words", "")
	case "evidence.linked", "evidence.unlinked":
		t.linked()
	case "reply.asked":
		t.quote("Who", "name", "")
	case "reply.answered":
		t.quote("Answer", "words", "")
	case "review.submitted":
		t.reviewed()
	case "round.closed":
		t.Did = "closed the round: " + review.Outcome(e.After["outcome"]).Word()
	case "question.asked":
		t.quote("", "question", "")
	case "question.answered":
		t.quote("Asked", "question", "")
		t.quote("Answer", "answer", "")
	case "decision.reached", "decision.adjudicated":
		t.decided()
	case "decision.approved":
		t.Did = "approved the decision"
		t.quote("Printed as the explanation", "explanation", "")
	case "claimset.frozen", "claimset.superseded", publish.Wrote:
		t.printed()
		return t, true
	case "alarm.raised", "alarm.answered", "alarm.withdrawn":
		t.alarmed()
	}
	if t.Did == "" { // an action that came later: its own name is better than silence
		t.Did = "did “" + strings.ReplaceAll(strings.ReplaceAll(e.Action, ".", ": "), "_", " ") + "”"
	}
	if why := e.Reason; why.Text != "" && !why.Erased {
		t.Quotes = append(t.Quotes, Quote{"Why", why.Text, ""})
	}
	return t, true
}

// printed tells of a set that the claim is printed in.
func (t *Told) printed() {
	e := t.Event
	set := "set " + strings.TrimPrefix(e.Object, "claimset:")
	if n := e.After["n"]; n != "" {
		set += ", version " + n
	}
	switch e.Action {
	case "claimset.frozen":
		t.Did = "froze " + set + "; the claim is printed in it"
	case "claimset.superseded":
		t.Did = "replaced " + set + ", with this claim, by a later version"
	default:
		what := publish.TakenOf(e.Reason.Text)
		t.Did = "exported " + set + ", in which the claim is printed, as " + what.Word()
		if what.Claim != 0 {
			t.Did = "exported the claim alone, of " + set + ", as " + what.Word()
		}
		if what.SHA256 != "" {
			t.Quotes = append(t.Quotes, Quote{"The file", fmt.Sprintf("%d bytes, sha256 %s", what.Bytes, what.SHA256),
				"en"})
		}
	}
}

// alarmed tells of an alarm on a set that prints the claim.
func (t *Told) alarmed() {
	e := t.Event
	set, why := "set "+e.After["set"], claimset.Cause(e.After["cause"]).Word()
	switch e.Action {
	case "alarm.raised":
		t.Did = "raised an alarm on " + set + ", which prints the claim: " + why
	case "alarm.answered":
		t.Did = "answered the alarm on " + set + " (" + why + "): " + claimset.Reply(e.After["answer"]).Word()
	default:
		t.Did = "withdrew the claim from " + set + ", which had printed it"
	}
	t.quote("Why", "answer_reason", "")
}

// quote adds a text of the event, if it has one.
func (t *Told) quote(label, name, lang string) {
	if x, there := t.Event.Texts[name]; there && x.Erased {
		t.Quotes = append(t.Quotes, Quote{label, "(this text was withdrawn)", "en"})
	} else if x.Text != "" {
		t.Quotes = append(t.Quotes, Quote{label, x.Text, lang})
	}
}

// made tells how the claim came about.
func (t *Told) made() {
	switch {
	case t.Event.Action == "claim.split_off":
	case t.Event.Action == "candidate.proposed":
		t.Did = "proposed the candidate"
	default:
		t.Did = "wrote the claim"
	}
	if n := t.Event.After["sentence"]; n != "" && n != "0" {
		t.Did += " from sentence " + n
	}
	t.quote("", "statement", t.Event.After["lang"])
}

// changeable are the fields of a claim's words, as people know them.
var changeable = []struct{ name, word string }{{"statement", "statement"}, {"exact", "words in the article"},
	{"attribution", "who said it"}, {"hedge", "hedge"}, {"kind", "kind"}}

// worded tells what of the words changed.
func (t *Told) worded() {
	e := t.Event
	for _, c := range changeable {
		before, after := e.Before[c.name], e.After[c.name]
		if x, there := e.Texts[c.name]; there {
			before, after = e.Earlier[c.name], x.Text
		}
		if e.Before != nil && before != after && !e.Withheld {
			t.Changes = append(t.Changes, Reworded{c.word, before, after, e.After["lang"]})
		}
	}
}

func (t *Told) linked() {
	e := t.Event
	n := strings.TrimPrefix(e.Object, "evidence:")
	if e.Action == "evidence.unlinked" {
		t.Did = "unlinked #" + n
		return
	}
	as := map[evidence.Stance]string{evidence.Supports: "as supporting", evidence.Refutes: "as refuting",
		evidence.Context: "as context"}[evidence.Stance(e.After["stance"])]
	t.Did = fmt.Sprintf("linked #%s %s", n, as)
	if kind := e.After["kind"]; kind != "" {
		t.Did += ", " + strings.ReplaceAll(kind, "_", " ")
	}
	t.quote("", "exact", e.After["lang"])
	t.quote("Note", "note", "")
}

func (t *Told) reviewed() {
	e := t.Event
	t.Did, t.Verdict = "said", claims.Verdict(e.After["verdict"])
	t.Then = because(e.After)
	if c := e.After["confidence"]; c != "" {
		t.Then += ", confidence " + c
	}
	t.Then += relying(e.After)
	t.quote("", "rationale", "")
	t.quote("Searched", "searched", "")
}

func (t *Told) decided() {
	e := t.Event
	t.Verdict, t.Then = claims.Verdict(e.After["verdict"]), because(e.After)+relying(e.After)
	t.Did = "decided the conflict as"
	if e.Action == "decision.reached" {
		t.Did = "gave the last review that the rule needed:"
	}
	t.quote("", "rationale", "")
}

func because(row history.Fields) string {
	if row["reason"] == "" {
		return ""
	}
	return ", " + review.ReasonWord(review.Reason(row["reason"]))
}

// relying names the evidence that a verdict rests on.
func relying(row history.Fields) string {
	list := strings.Trim(row["evidence"], "[]")
	if list == "" {
		return ""
	}
	return ", relying on #" + strings.Join(strings.Split(list, ","), ", #")
}

// Who is who did it, in words.
func (t Told) Who() string {
	switch e := t.Event; {
	case e.Someone:
		return "Someone"
	case e.Who.UserID == 0:
		return "The program"
	default:
		return e.Called
	}
}

// Sentence is the whole of it as one line.
func (t Told) Sentence() string {
	s := t.Who() + " " + t.Did
	if t.Verdict != "" {
		s += " " + string(t.Verdict) + t.Then
	}
	return s + "."
}
