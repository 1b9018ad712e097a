package evidence_test

import (
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// What becomes of proposed passages is kept when a person acts, and only then.
func TestFatesOfPassages(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		en, _, other := bridges(w)
		c := w.Claim(en, "The minister of transport opened 14 new bridges in Hamburg on Tuesday",
			"The minister of transport opened 14 new bridges in Hamburg on Tuesday.")
		first := proposals(t, w, c)
		if len(first) < 2 || w.Count("proposals") != 0 {
			t.Fatalf("%d passages, %d rows; want two and none, for nobody has acted", len(first),
				w.Count("proposals"))
		}
		ids := make([]articles.SentenceID, len(first))
		for i, p := range first {
			ids[i] = p.Sentence.ID
		}
		as := w.As("reviewer-1")
		// The second is refused: the first was passed over. A sentence of the claim's own article, and none, are
		// nothing.
		own := articles.SentenceID(1)
		if err := w.Evidence.RefusePassage(roomtest.Ctx(), as, c.ID, ids[1],
			[]articles.SentenceID{ids[0], own, 9999}); err != nil {
			t.Fatal(err)
		}
		m := fatesOf(t, w, claims.ProposedPassage)
		if m[claims.Refused] != 1 || m[claims.Left] != 1 || len(m) != 2 {
			t.Errorf("after the refusal: %v", m)
		}
		again := proposals(t, w, c)
		if last := again[len(again)-1]; last.Sentence.ID != ids[1] || !last.Refused {
			t.Errorf("the refused passage does not stand last, marked: %+v", again)
		}
		// The first is linked after all: what was left is overruled, what was refused is not made left.
		p := first[0]
		if _, err := w.Evidence.Link(roomtest.Ctx(), as, evidence.Link{ClaimID: c.ID, ArticleID: p.Article.ID,
			RevisionID: p.Sentence.RevisionID, Span: p.Sentence.Span, Stance: evidence.Supports,
			Proposed: ids[0], Above: []articles.SentenceID{ids[1]}}); err != nil {
			t.Fatal(err)
		}
		n := fatesOf(t, w, claims.ProposedPassage)
		if n[claims.Refused] != 1 || n[claims.Accepted] != 1 || len(n) != 2 {
			t.Errorf("after the link: %v", n)
		}
		// A person's own find is no proposal.
		w.Link(c, other, "A bakery in Lisbon won a prize", evidence.Context, evidence.Report)
		if n := w.Count("proposals"); n != 2 {
			t.Errorf("%d rows", n)
		}
		if err := w.Evidence.RefusePassage(roomtest.Ctx(), as, c.ID, 0, nil); fault.KindOf(err) != fault.Invalid {
			t.Errorf("no passage: %v", err)
		}
		if err := w.Evidence.RefusePassage(roomtest.Ctx(), w.As("auditor-1"), c.ID, ids[0],
			nil); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("an auditor: %v", err)
		}
	})
}
