package auth_test

import (
	"slices"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// People are called as they say, in any script, from then on and in what happened before; the name to sign in with
// stays in the log, and either is a mention.
func TestSetDisplay(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		ctx, me := roomtest.Ctx(), w.As("reviewer-1")
		a := w.Article(articles.Import{Lang: "en", Raw: "The council approved 12 grants."})
		c := w.Claim(a, "The council approved 12 grants", "The council approved 12 grants.")
		for _, bad := range []string{strings.Repeat("ن", 101), "a\u202eb", "a\x00b", "a\nb"} {
			if _, err := w.Auth.SetDisplay(ctx, me, bad); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%q: %v", bad, err)
			}
		}
		before, err := w.Desk.Past(ctx, w.As("auditor-1"), desk.PastAsk{Object: claims.Object(c.ID)})
		if err != nil {
			t.Fatal(err)
		}
		leaf := func() string {
			one, err := w.Desk.PastEvent(ctx, w.As("auditor-1"), before.Events[0].Seq)
			if err != nil {
				t.Fatal(err)
			}
			return string(one.Leaf)
		}
		was := leaf()
		for _, name := range []string{"شیرین رضایی", "山田 太郎", "Åsa Öberg"} {
			if got, err := w.Auth.SetDisplay(ctx, me, " "+name+" "); err != nil || got != name {
				t.Fatalf("%q becomes %q, %v", name, got, err)
			}
			past, err := w.Desk.Past(ctx, w.As("auditor-1"), desk.PastAsk{Object: claims.Object(c.ID)})
			if err != nil || !slices.ContainsFunc(past.Events, func(e desk.EventSeen) bool {
				return e.Called == name && e.Who.Name == "reviewer-1"
			}) {
				t.Errorf("no event of the history is by %q: %+v, %v", name, past.Events, err)
			}
			story, err := w.Desk.Story(ctx, w.As("editor-1"), desk.StoryAsk{Claim: c.ID})
			if err != nil {
				t.Fatal(err)
			}
			if told, _ := desk.Tell(story.Events[0]); told.Who() != name {
				t.Errorf("the story says %q", told.Who())
			}
			cm, err := w.Claims.AddComment(ctx, w.As("editor-1"), c.ID, "@"+name+" look; @reviewer-1 too")
			if err != nil || len(cm.Mentions) != 1 || cm.Mentions[0] != me.UserID || len(cm.Unknown) > 0 {
				t.Errorf("mentioned: %v, unknown: %v, %v", cm.Mentions, cm.Unknown, err)
			}
			if people := members(t, w, string([]rune(name)[:2])); len(people) != 1 || people[0].Name != "reviewer-1" {
				t.Errorf("offered: %+v", people)
			}
		}
		if leaf() != was || before.Events[0].Who.Name != "reviewer-1" {
			t.Error("an old event changed with the name")
		}
		if got, err := w.Auth.SetDisplay(ctx, me, " "); err != nil || got != "reviewer-1" {
			t.Errorf("no name is %q, %v", got, err)
		}
		w.Verify()
	})
}

func members(t *testing.T, w *roomtest.World, typed string) []auth.Person {
	t.Helper()
	out, err := w.Desk.Members(roomtest.Ctx(), w.As("editor-1"), w.Collection.ID, typed)
	if err != nil {
		t.Fatal(err)
	}
	return out.People
}
