package desk_test

import (
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/desk"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestWhoNamedAnOriginIsVeiled, whether or not a round is open: who links evidence from outside names its origin, and
// the event knows no claim. They themselves and auditors read the name.
func TestWhoNamedAnOriginIsVeiled(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Raw: "Twelve grants were approved on Monday.", Lang: "en"})
		if _, err := w.Evidence.SetArticleOrigin(roomtest.Ctx(), w.As("reviewer-1"), a.Article.ID, "Agency",
			0); err != nil {
			t.Fatal(err)
		}
		d := desk.New(w.House, nil)
		for who, named := range map[string]bool{"reviewer-1": true, "auditor-1": true, "reviewer-2": false,
			"editor-1": false} {
			p, err := d.Past(roomtest.Ctx(), w.As(who), desk.PastAsk{Action: "origin.named"})
			if err != nil || len(p.Events) != 1 {
				t.Fatalf("%s sees %d events, %v", who, len(p.Events), err)
			}
			if e := p.Events[0]; (e.Who.UserID != 0) != named {
				t.Errorf("%s reads that %d named the origin, want a name: %t", who, e.Who.UserID, named)
			}
		}
	})
}
