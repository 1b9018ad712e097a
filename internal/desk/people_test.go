package desk_test

import (
	"fmt"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestPeople: people come a page at a time by name, with their roles by the collections' names; only those who may read
// users get them.
func TestPeople(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{Name: "One"})
		ctx, admin := roomtest.Ctx(), w.As("admin-1")
		for i := range 210 {
			n := auth.NewUser{Name: fmt.Sprintf("person-%03d", i)}
			if i%2 == 0 {
				n.Grants = []auth.Grant{{Role: auth.Reviewer, Collection: w.Collection.ID}}
			}
			if _, err := w.Auth.CreateUser(ctx, admin, n); err != nil {
				t.Fatal(err)
			}
		}
		d := desk.New(w.House, nil)
		seen, after, pages := map[string]desk.Person{}, "", 0
		for {
			p, err := d.People(ctx, admin, after)
			if err != nil || !p.Writes || !p.Grants {
				t.Fatalf("People = %+v, %v", p, err)
			}
			for _, u := range p.List.Items {
				seen[u.Name] = u
			}
			pages++
			if after = p.List.Next; after == "" {
				break
			}
		}
		if len(seen) != 216 || pages != 2 {
			t.Errorf("%d people on %d pages", len(seen), pages)
		}
		if g := seen["person-208"].Grants; len(g) != 1 || g[0].CollectionName != "One" {
			t.Errorf("the roles of person-208: %+v", g)
		}
		if g := seen["person-209"].Grants; len(g) != 0 {
			t.Errorf("the roles of person-209: %+v", g)
		}
		audits, err := d.People(ctx, w.As("auditor-1"), "")
		if err != nil || audits.Writes || audits.Grants {
			t.Errorf("an auditor may change people: %+v, %v", audits, err)
		}
		for _, who := range []string{"reviewer-1", "editor-1"} {
			if _, err := d.People(ctx, w.As(who), ""); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s lists people: %v", who, err)
			}
			if _, err := d.Person(ctx, w.As(who), admin.UserID); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s reads a person: %v", who, err)
			}
		}
		if _, err := d.Person(ctx, admin, 999_999); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a person who is not: %v", err)
		}
	})
}

// TestPeopleInOneLook: each page is one read transaction of few statements, whatever the data.
func TestPeopleInOneLook(t *testing.T) {
	w := roomtest.New(t, storetest.SQLite(t), articles.CollectionNew{Name: "One"})
	admin := w.As("admin-1")
	for i := range 30 {
		if _, err := w.Articles.CreateCollection(roomtest.Ctx(), admin, articles.CollectionNew{
			Name: fmt.Sprintf("Collection %d", i)}); err != nil {
			t.Fatal(err)
		}
	}
	d := desk.New(w.House, nil)
	for name, ask := range map[string]func(*store.Counter) error{
		"people": func(c *store.Counter) error {
			_, err := d.People(store.WithCounter(roomtest.Ctx(), c), admin, "")
			return err
		},
		"person": func(c *store.Counter) error {
			_, err := d.Person(store.WithCounter(roomtest.Ctx(), c), admin, admin.UserID)
			return err
		},
		"settings": func(c *store.Counter) error {
			_, err := d.Settings(store.WithCounter(roomtest.Ctx(), c), admin)
			return err
		},
		"collections": func(c *store.Counter) error {
			_, err := d.Collections(store.WithCounter(roomtest.Ctx(), c), admin)
			return err
		},
		"sources": func(c *store.Counter) error {
			_, err := d.Sources(store.WithCounter(roomtest.Ctx(), c), admin, "")
			return err
		},
	} {
		var c store.Counter
		if err := ask(&c); err != nil || c.Reads.Load() != 1 || c.Statements.Load() > 6 {
			t.Errorf("%s: %d reads, %d statements, %v", name, c.Reads.Load(), c.Statements.Load(), err)
		}
	}
}

// TestCollectionsAreCounted: 501 articles are 501, and those who read no articles are told no number.
func TestCollectionsAreCounted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{Name: "One"})
		w.Article(articles.Import{Lang: "en", Raw: "Some text."})
		if err := w.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error {
			var a articles.Article
			if err := tx.Gorm().Take(&a).Error; err != nil {
				return err
			}
			more := make([]articles.Article, 500)
			for i := range more {
				more[i] = a
				more[i].ID, more[i].RevisionID = 0, new(articles.RevisionID(1000+i))
			}
			return tx.Gorm().CreateInBatches(more, 100).Error
		}); err != nil {
			t.Fatal(err)
		}
		d := desk.New(w.House, nil)
		got, err := d.Collections(roomtest.Ctx(), w.As("editor-1"))
		if err != nil || len(got.List) != 1 || got.List[0].Articles == nil ||
			*got.List[0].Articles != 501 {
			t.Errorf("an editor: %+v, %v", got.List, err)
		}
		got, err = d.Collections(roomtest.Ctx(), w.As("admin-1"))
		if err != nil || got.List[0].Articles != nil {
			t.Errorf("an admin: %+v, %v", got.List, err)
		}
	})
}
