package review

import (
	"fmt"
	"strings"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/notices"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Call is something beside the rounds that asks for a person about a claim: they were mentioned, or a review of theirs
// was sent back to them. A claim that was sent back is their turn, whatever its state; a mention is shown where the
// claim stands, and brings back one that waits on others. Who keeps a call ends it; callsQuery gathers them all. A call
// must never come of another's review while its round is open.
type Call struct {
	Claim  claims.ID    `gorm:"column:claim_id"`
	Why    Why          `gorm:"column:why"` // WhySentBack or WhyMentioned
	Detail string       `gorm:"-"`          // a sentence more, for whoever shows it
	At     store.Micros `gorm:"column:at"`
}

// MostCalls is how many calls of a person the queue takes in.
const MostCalls = 200

// callsQuery reads what calls a person in a collection, each kind the oldest first: the questions of adjudicators that
// wait for their answer, and the comments that name them, until they have read the notice. Another kind is another part
// of it; its word is in Whys, where it stands among the others in the table of reasons below, and the sentence that
// says it in internal/desk/calls.go.
var callsQuery = fmt.Sprintf("SELECT * FROM (SELECT q.claim_id, '%s' AS why, q.asked_at AS at FROM %s ORDER BY q.id "+
	"LIMIT %d) AS asked UNION ALL SELECT * FROM (SELECT claim_id, '%s' AS why, told_at AS at FROM notices WHERE "+
	"user_id = ? AND collection_id = ? AND kind = ? AND read_at IS NULL ORDER BY id LIMIT %d) AS told",
	WhySentBack, sentBackFrom, MostSentBack, WhyMentioned, MostCalls)

// CallsOf reads them in one statement, without details. It asks no permission: show it to nobody but that person.
func CallsOf(r *store.Rx, user auth.UserID, in auth.CollectionID) ([]Call, error) {
	return store.Select[Call](r, callsQuery, user, in, claims.InConflict, user, in, notices.Mentioned)
}

// standing is what the reason of a row is found by: a claim, and what this very person has to do with it. Nothing of
// others is in it, so no reason can tell of another's review.
type standing struct {
	claims.Claim
	mine  *Review
	stale string // why their own review is
	calls []Call
	// changed says that evidence was linked or unlinked after the round was over
	changed bool
	back    store.Micros // since when one that they had put off is back; 0: they had not
}

// turns are the reasons for which a claim is a person's turn. The first that holds is shown. Another reason is another
// line here.
var turns = []struct {
	why   Why
	holds func(standing) (detail string, ok bool)
}{
	{WhyMoved, func(s standing) (string, bool) {
		if s.State != claims.Open || s.Standing == nil || !s.Standing.Asks {
			return "", false
		}
		return moved(s.Claim), true
	}},
	{WhyWordsChanged, func(s standing) (string, bool) {
		return s.stale, s.open() && s.stale != "" && s.mine != nil && s.mine.WordsVersion != s.WordsVersion
	}},
	{WhyEvidenceChanged, func(s standing) (string, bool) {
		return s.stale, s.open() && s.stale != "" && s.mine != nil
	}},
	{WhyEvidenceChanged, func(s standing) (string, bool) {
		said := "Evidence was linked or unlinked after the decision."
		if s.State == claims.InConflict {
			said = "Evidence was linked or unlinked after the reviews."
		}
		return beside(said, s.Claim), s.changed
	}},
	{WhySentBack, func(s standing) (string, bool) { return s.called(WhySentBack) }},
	{WhyMentioned, func(s standing) (string, bool) { return s.called(WhyMentioned) }},
	{WhyToReview, func(s standing) (string, bool) {
		switch {
		case !s.open() || s.mine != nil:
			return "", false
		case s.Round > 1:
			return fmt.Sprintf("It is in round %d.", s.Round), true // how it came there is not known here
		case s.CheckWorthy > 0 && !s.ByHand:
			return fmt.Sprintf("worth a check: %d of 100", s.CheckWorthy), true
		}
		return "", true
	}},
}

func (s standing) open() bool { return s.State == claims.Open }

func (s standing) called(why Why) (string, bool) {
	for _, c := range s.calls {
		if c.Why == why {
			return c.Detail, true
		}
	}
	return "", false
}

// because says why a claim stands in the queue.
func (e *Entry) because(s standing) {
	e.Why, e.Detail = why(s)
	if s.back != 0 {
		e.Detail = strings.TrimSpace(fmt.Sprintf("Back since %s. %s", s.back.Time().UTC().Format("2 Jan"), e.Detail))
	}
}

func why(s standing) (Why, string) {
	for _, t := range turns {
		if detail, ok := t.holds(s); ok {
			return t.why, detail
		}
	}
	switch s.State {
	case claims.InConflict:
		return WhyInConflict, beside("The reviewers disagree on the verdict.", s.Claim)
	case claims.Decided:
		return WhyDecided, beside("Decided, and wants a second pair of eyes.", s.Claim)
	case claims.Approved:
		return WhyApproved, beside("", s.Claim)
	case claims.Candidate:
		return WhyWorth, fmt.Sprintf("%d of 100", s.CheckWorthy)
	}
	return WhyWaiting, "Your review is in."
}

// moved says of a claim whose passage moved what changed there; a number, a negation or a Latin name before the rest.
func moved(c claims.Claim) string {
	weight := []string{string(text.ChangeDigit), string(text.ChangeNegation), string(text.ChangeLatin),
		string(text.ChangeMissing), string(text.ChangeRepeated)}
	words := []string{"a number differs there", "a negation differs there", "a Latin name differs there",
		"the words are gone", "the words stand there more than once"}
	for i, kind := range weight {
		for _, ch := range c.AnchorChanges {
			if ch.Kind == kind {
				return fmt.Sprintf("article has a new revision, %d; %s", c.Standing.Of, words[i])
			}
		}
	}
	return fmt.Sprintf("article has a new revision, %d", c.Standing.Of)
}

// beside adds to a reason that the claim stands in an older text.
func beside(detail string, c claims.Claim) string {
	if c.Standing == nil {
		return detail
	}
	return strings.TrimSpace(fmt.Sprintf("%s It stands in revision %d of %d.", detail, c.Standing.N, c.Standing.Of))
}
