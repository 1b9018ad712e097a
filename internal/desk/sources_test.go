package desk_test

import (
	"fmt"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestSources: people see the sources of their own collections, with those collections' ratings; admins the directory.
func TestSources(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{Name: "Mine"})
		ctx, editor := roomtest.Ctx(), w.As("editor-1")
		other, err := w.Articles.CreateCollection(ctx, w.As("admin-1"), articles.CollectionNew{Name: "Theirs"})
		if err != nil {
			t.Fatal(err)
		}
		w.Article(articles.Import{Source: "Shared", Lang: "en", Raw: "One."})
		w.Article(articles.Import{Source: "Own", Lang: "en", Raw: "Two."})
		for i, name := range []string{"Shared", "Foreign"} {
			if _, err := w.Articles.Import(ctx, editor, articles.Import{Collection: other.ID, Source: name, Lang: "en",
				Raw: fmt.Sprint("Text ", i)}); err != nil {
				t.Fatal(err)
			}
		}
		d := desk.New(w.House, nil)
		in := func(role auth.Role, c auth.CollectionID) auth.Actor {
			return auth.Actor{UserID: editor.UserID, Name: "x", Grants: []auth.Grant{{Role: role, Collection: c}}}
		}
		for _, c := range []struct {
			who   string
			actor auth.Actor
			want  string
		}{
			{"a reviewer of one", in(auth.Reviewer, w.Collection.ID), "Own[Mine] Shared[Mine]"},
			{"an editor of one", in(auth.Editor, w.Collection.ID), "Own[Mine!] Shared[Mine!]"},
			{"an editor of the other", in(auth.Editor, other.ID), "Foreign[Theirs!] Shared[Theirs!]"},
			{"an auditor", w.As("auditor-1"), "Foreign[Theirs] Own[Mine] Shared[Mine Theirs]"},
			{"an admin", w.As("admin-1"), "Foreign[] Own[] Shared[]"},
			{"nobody", auth.Actor{UserID: editor.UserID}, ""},
		} {
			got, err := d.Sources(ctx, c.actor, "")
			if err != nil {
				t.Fatal(err)
			}
			if words := sourcesIn(got); words != c.want {
				t.Errorf("%s: %s, want %s", c.who, words, c.want)
			}
		}
		if got, err := d.Sources(ctx, w.As("auditor-1"), "Foreign"); err != nil || len(got.List.Items) != 2 {
			t.Errorf("after Foreign: %s, %v", sourcesIn(got), err)
		}
	})
}

func sourcesIn(s desk.Sources) string {
	var out []string
	for _, src := range s.List.Items {
		var in []string
		for _, r := range src.Ratings {
			name := r.CollectionName
			if r.May {
				name += "!"
			}
			in = append(in, name)
		}
		out = append(out, fmt.Sprintf("%s[%s]", src.Name, strings.Join(in, " ")))
	}
	return strings.Join(out, " ")
}

// TestSourcesPaged: pages hold together, and no source is lost between two.
func TestSourcesPaged(t *testing.T) {
	w := roomtest.New(t, storetest.SQLite(t), articles.CollectionNew{})
	admin := w.As("admin-1")
	for i := range 450 {
		if _, err := w.Articles.CreateSource(roomtest.Ctx(), admin, articles.SourceNew{
			Name: fmt.Sprintf("Source %03d", i)}); err != nil {
			t.Fatal(err)
		}
	}
	d := desk.New(w.House, nil)
	seen, after, pages := map[string]bool{}, "", 0
	for {
		page, err := d.Sources(roomtest.Ctx(), admin, after)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range page.List.Items {
			seen[s.Name] = true
		}
		pages++
		if after = page.List.Next; after == "" {
			break
		}
	}
	if len(seen) != 450 || pages != 3 {
		t.Errorf("%d sources on %d pages", len(seen), pages)
	}
}
