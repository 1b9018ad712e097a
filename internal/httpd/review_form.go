package httpd

import (
	"slices"

	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
)

// reviewForm is the form of a reviewer's own verdict, with what they typed before or sent in this round.
func reviewForm(seen desk.Deciding, shown []view.Evidence, me auth.UserID) *view.ReviewForm {
	cl, mine, typed := seen.Claim, seen.Reviewing.Mine, seen.Unsent
	form := &view.ReviewForm{
		Sent:   mine != nil && typed == nil,
		Action: claimURL(cl.ID) + "/reviews", Heading: "Your review", RoundNote: "round " + itoa(cl.Round),
		WordsVersion: cl.WordsVersion, Round: cl.Round,
		Picker: view.NewPicker("", ""), Evidence: append([]view.Evidence(nil), shown...),
		Blind: "Other reviews are not on this page, nor whether there are any. You see them when the round closes.",
		Draft: claimURL(cl.ID) + "/draft", Lacks: len(seen.Lacks) > 0,
	}
	form.Guide = guideOf(seen)
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
	if typed != nil {
		form.Version, form.Back = typed.Version, "What you typed, saved "+moment(typed.SavedAt)+", is in the form."
		form.Fill(typed.Verdict, typed.Reason, typed.Confidence, typed.Rationale, typed.Searched)
	}
	relied := seen.Relied(me)
	for i, it := range seen.Evidence {
		form.Evidence[i].Used, form.Evidence[i].New = slices.Contains(relied, it.ID), seen.Fresh(it, me)
		form.Evidence[i].Usual = form.Evidence[i].Used && !seen.Begun()
	}
	form.Proposed = searchedNote(seen.Trail)
	form.Needs = showNeeds(seen, claimURL(cl.ID)+"/review")
	return form
}

// guideOf leads to the guidelines under which somebody decides now; nil: there are none.
func guideOf(seen desk.Deciding) *view.Link {
	if seen.Guideline == 0 {
		return nil
	}
	return &view.Link{URL: guidelinesURL(seen.Claim.CollectionID, seen.Guideline),
		Word: "Guidelines, version " + itoa(seen.Guideline)}
}
