package httpd

import (
	"slices"

	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/httpd/view"
)

// reviewForm is the form of a reviewer's own verdict, with what they typed before or sent in this round.
func reviewForm(seen desk.Deciding, shown []view.Evidence, me auth.UserID) *view.ReviewForm {
	cl, mine, typed := seen.Claim, seen.Reviewing.Mine, seen.Unsent
	form := &view.ReviewForm{
		Action: claimURL(cl.ID) + "/reviews", Heading: "Your review", RoundNote: "round " + itoa(cl.Round),
		WordsVersion: cl.WordsVersion, Round: cl.Round,
		Picker: view.NewPicker("", ""), Evidence: append([]view.Evidence(nil), shown...),
		Blind: "Other reviews are not on this page, nor whether there are any. You see them when the round closes.",
		Draft: claimURL(cl.ID) + "/draft",
	}
	for i, it := range seen.Evidence {
		form.Evidence[i].Mine = it.LinkedBy == me
		form.Seen = max(form.Seen, int64(it.ID))
	}
	if mine != nil {
		form.Since = int64(mine.SubmittedAt)
		form.Fill(mine.Verdict, mine.Reason, confidenceText(mine.Confidence), mine.Rationale, mine.Searched)
		form.Submitted = "You reviewed this as " + mine.Verdict.Word() + ", " + moment(mine.SubmittedAt) +
			". Sending the form replaces it while the round is open."
		if mine.Stale != "" {
			form.Submitted = "Your review of " + moment(mine.SubmittedAt) + " does not count any more. " + mine.Stale +
				" Look again, and send it anew."
		}
	}
	switch {
	case typed != nil:
		form.Version, form.Back = typed.Version, "What you typed, saved "+moment(typed.SavedAt)+", is in the form."
		form.Fill(typed.Verdict, typed.Reason, typed.Confidence, typed.Rationale, typed.Searched)
		relyOn(form, seen, typed.Evidence, typed.SeenEvidence)
	case mine != nil:
		relyOn(form, seen, mine.Evidence, mine.SeenEvidence)
	default:
		for i := range form.Evidence {
			form.Evidence[i].Used = true
		}
	}
	return form
}

// relyOn ticks the items that a review relied on, when it was begun before some of them were linked: of those since,
// the ones that the person linked themselves. What others linked since is marked, and left to them.
func relyOn(form *view.ReviewForm, seen desk.Deciding, named []evidence.ID, newest evidence.ID) {
	for i, it := range seen.Evidence {
		e := &form.Evidence[i]
		since := it.ID > newest
		e.Used = slices.Contains(named, it.ID) || since && e.Mine
		e.New = since && !e.Mine
	}
}
