package httpd

import (
	"net/http"
	"net/url"

	"claimbench/internal/claims"
	"claimbench/internal/guidelines"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
)

// busy adds what people have at their desks, so that pages pay for all that they can show: guidelines, drafts and
// trails, claims put off and given, mentions, a question to a reviewer and a batch of each person.
func (w *full) busy() {
	w.t.Helper()
	ctx, in, editor := roomtest.Ctx(), w.Collection.ID, w.As("editor-1")
	must := func(what string, err error) {
		w.t.Helper()
		if err != nil {
			w.t.Fatalf("%s: %v", what, err)
		}
	}
	for _, words := range []string{"Ask for two papers.", "Ask for two papers of two origins."} {
		newest := 0
		must("guidelines", w.DB.Read(ctx, func(r *store.Rx) (err error) {
			newest, err = guidelines.InForce(r, in)
			return err
		}))
		_, err := w.Guide.Set(ctx, editor, in, guidelines.Draft{Words: words, Lang: "en", Opened: newest})
		must("guidelines", err)
	}
	_, err := w.Review.SendBack(ctx, editor, review.Asking{ClaimID: w.conflict, Round: 1, Letter: "A",
		Question: "Which minutes?"})
	must("a question", err)
	_, err = w.Review.Distribute(ctx, editor, in, review.ByReading, 0)
	must("distribute", err)
	for _, name := range []string{"reviewer-1", "reviewer-2", "editor-2"} {
		actor := w.As(name)
		var sent int64
		must("a review sent", w.DB.Read(ctx, func(r *store.Rx) (err error) {
			sent, _, err = store.One[int64](r, "SELECT MAX(submitted_at) FROM reviews WHERE claim_id = ? AND "+
				"reviewer_id = ?", w.open, actor.UserID)
			return err
		}))
		_, err := w.Review.KeepUnsent(ctx, actor, review.Typing{Since: sent, Unsent: review.Unsent{ClaimID: w.open,
			Verdict: claims.Disputed, Rationale: "The minutes say otherwise."}})
		must("a draft", err)
		must("a trail", w.Review.Note(ctx, actor, w.open, review.Step{Words: "grants"}))
		_, err = w.Claims.AddComment(ctx, editor, w.open, "Look at the date, @"+name+".")
		must("a mention", err)
		_, err = w.Review.PutOffTill(ctx, actor, w.Collection.ID, "3", w.conflict)
		must("put off", err)
		made := w.form(name, under(in, "batches"), "claim", itoa(w.open)).want(w.t, http.StatusSeeOther)
		at, err := url.Parse(made.location)
		must("a batch", err)
		w.batches = append(w.batches, at.Path)
	}
}
