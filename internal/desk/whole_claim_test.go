package desk_test

import (
	"slices"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestHistoryOfAClaimIsWhole: asked for a claim, the history gives all that belongs to it, as the claim's own history
// does: evidence, reviews, the question and its answer, decision, comments and set; and nothing of another claim.
func TestHistoryOfAClaimIsWhole(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		c, _ := told(t, w)
		a := w.Article(articles.Import{Lang: "en", Raw: "The mayor signed it."})
		other := w.Claim(a, "The mayor signed it", "The mayor signed it.")
		if _, err := w.Claims.AddComment(roomtest.Ctx(), w.As("reviewer-1"), other.ID, "ELSEWHERE"); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"reviewer-1", "reviewer-2", "editor-1", "auditor-1"} {
			past, err := w.Desk.Past(roomtest.Ctx(), w.As(name), desk.PastAsk{Object: claims.Object(c.ID)})
			if err != nil {
				t.Fatal(err)
			}
			story, err := w.Desk.Story(roomtest.Ctx(), w.As(name), desk.StoryAsk{Claim: c.ID})
			if err != nil {
				t.Fatal(err)
			}
			if len(past.Events) != len(story.Events) || past.Claim == nil {
				t.Errorf("%s reads %d events here and %d there", name, len(past.Events), len(story.Events))
			}
			for _, want := range []string{"claim.created", "evidence.linked", "comment.added", "review.submitted",
				"round.closed", "question.asked", "question.answered", "decision.adjudicated", "decision.approved",
				"claimset.frozen", "claim.reopened"} {
				if !slices.ContainsFunc(past.Events, func(e desk.EventSeen) bool { return e.Action == want }) {
					t.Errorf("%s does not read %s", name, want)
				}
			}
			for _, e := range past.Events {
				if strings.Contains(e.Texts["words"].Text, "ELSEWHERE") {
					t.Errorf("%s reads of another claim", name)
				}
			}
			only, err := w.Desk.Past(roomtest.Ctx(), w.As(name), desk.PastAsk{Object: claims.Object(c.ID),
				Action: "question."})
			if err != nil || len(only.Events) != 2 {
				t.Errorf("%s reads %d events of questions, %v", name, len(only.Events), err)
			}
		}
	})
}

// TestAQuestionIsToldWhenItsConflictIsOver: while it waits the history tells it to auditors only; who asked and who was
// asked read it on the claim.
func TestAQuestionIsToldWhenItsConflictIsOver(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		c, letter := inConflict(t, w)
		ask(t, w, c, letter, "Which minutes?")
		for name, n := range map[string]int{"reviewer-1": 0, "reviewer-2": 0, "editor-1": 0, "editor-2": 0,
			"auditor-1": 1} {
			past, err := w.Desk.Past(roomtest.Ctx(), w.As(name), desk.PastAsk{Object: claims.Object(c.ID),
				Action: "question."})
			if err != nil || len(past.Events) != n {
				t.Errorf("%s reads %d questions, not %d: %v", name, len(past.Events), n, err)
			}
		}
	})
}
