package articles_test

import (
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestSourceDirectory: the directory is the admins'; what is wrong with a source is said at its field.
func TestSourceDirectory(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		ctx, admin := roomtest.Ctx(), w.As("admin-1")
		for _, who := range []string{"editor-1", "reviewer-1", "auditor-1"} {
			if _, err := w.Articles.CreateSource(ctx, w.As(who), articles.SourceNew{Name: "Radio"}); fault.KindOf(
				err) != fault.Forbidden {
				t.Errorf("%s adds a source: %v", who, err)
			}
		}
		s, err := w.Articles.CreateSource(ctx, admin, articles.SourceNew{Name: " Radio ", Country: "fr"})
		if err != nil || s.Name != "Radio" || s.Country != "FR" {
			t.Fatalf("CreateSource = %+v, %v", s, err)
		}
		if _, err := w.Articles.CreateSource(ctx, admin, articles.SourceNew{Name: "Radio"}); fault.KindOf(
			err) != fault.Invalid {
			t.Errorf("the same name twice: %v", err)
		}
		if _, err := w.Articles.UpdateSource(ctx, w.As("editor-1"), s); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("an editor changes the directory: %v", err)
		}
		s.Country = "Nowhere"
		if _, err := w.Articles.UpdateSource(ctx, admin, s); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a country of seven letters: %v", err)
		}
		s.Country, s.Kind = "de", "broadcaster"
		if s, err = w.Articles.UpdateSource(ctx, admin, s); err != nil || s.Version != 2 || s.Country != "DE" {
			t.Errorf("UpdateSource = %+v, %v", s, err)
		}
		w.Verify()
	})
}

// TestRatingsArePerCollection: editors of one collection rate for theirs alone, and only sources that its articles
// name.
func TestRatingsArePerCollection(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		ctx, admin, editor := roomtest.Ctx(), w.As("admin-1"), w.As("editor-1")
		other, err := w.Articles.CreateCollection(ctx, admin, articles.CollectionNew{Name: "Other"})
		if err != nil {
			t.Fatal(err)
		}
		here := w.Article(articles.Import{Source: "Radio", Lang: "en", Raw: "One text."})
		there, err := w.Articles.Import(ctx, editor, articles.Import{Collection: other.ID, Source: "Radio", Lang: "en",
			Raw: "Another text."})
		if err != nil {
			t.Fatal(err)
		}
		unused, err := w.Articles.CreateSource(ctx, admin, articles.SourceNew{Name: "Unused"})
		if err != nil {
			t.Fatal(err)
		}
		rate := func(who auth.Actor, c auth.CollectionID, src articles.SourceID, letter string, version int64) error {
			_, err := w.Articles.RateSource(ctx, who, articles.Rating{CollectionID: c, SourceID: src,
				Reliability: letter, Version: version})
			return err
		}
		radio := *here.Article.SourceID
		local := auth.Actor{UserID: editor.UserID, Name: editor.Name, Via: editor.Via,
			Grants: []auth.Grant{{Role: auth.Editor, Collection: w.Collection.ID}}}
		for what, c := range map[string]struct {
			err  error
			want fault.Kind
		}{
			"another collection's":      {rate(local, other.ID, radio, "A", 0), fault.Forbidden},
			"a reviewer":                {rate(w.As("reviewer-1"), w.Collection.ID, radio, "A", 0), fault.Forbidden},
			"an admin":                  {rate(admin, w.Collection.ID, radio, "A", 0), fault.Forbidden},
			"a source of no article":    {rate(local, w.Collection.ID, unused.ID, "A", 0), fault.NotFound},
			"a source that is not":      {rate(local, w.Collection.ID, 9999, "A", 0), fault.NotFound},
			"no letter":                 {rate(local, w.Collection.ID, radio, "G", 0), fault.Invalid},
			"a version that is not yet": {rate(local, w.Collection.ID, radio, "B", 3), fault.Conflict},
		} {
			if fault.KindOf(c.err) != c.want {
				t.Errorf("%s: %v, want %s", what, c.err, c.want)
			}
		}
		if err := rate(local, w.Collection.ID, radio, "b", 0); err != nil {
			t.Fatal(err)
		}
		if err := rate(local, w.Collection.ID, radio, "D", 0); fault.KindOf(err) != fault.Conflict {
			t.Errorf("over a newer rating: %v", err)
		}
		if err := rate(local, w.Collection.ID, radio, "C", 1); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			a    articles.Imported
			want string
		}{{here, "C"}, {there, ""}} {
			text, err := w.Articles.Read(ctx, editor, c.a.Article.ID)
			if err != nil || text.Source.Reliability != c.want {
				t.Errorf("article %d: %+v, %v, want rating %q", c.a.Article.ID, text.Source, err, c.want)
			}
			list, err := w.Articles.List(ctx, editor, articles.Filter{Collection: c.a.Article.CollectionID})
			if err != nil || len(list) != 1 || list[0].Rating != c.want {
				t.Errorf("the list of collection %d: %+v, %v", c.a.Article.CollectionID, list, err)
			}
		}
		w.Verify()
	})
}

// TestOldRatingsSpeak: a source that was rated for the whole house before keeps that rating where no collection has
// rated it.
func TestOldRatingsSpeak(t *testing.T) {
	w := roomtest.New(t, storetest.SQLite(t), articles.CollectionNew{})
	a := w.Article(articles.Import{Source: "Radio", Lang: "en", Raw: "One text."})
	if err := w.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error {
		return tx.Gorm().Exec("UPDATE sources SET reliability = 'E'").Error
	}); err != nil {
		t.Fatal(err)
	}
	used, err := w.Articles.SourcesIn(roomtest.Ctx(), w.As("reviewer-1"), w.Collection.ID)
	if err != nil || len(used) != 1 || used[0].Reliability != "E" || used[0].RatingVersion != 0 {
		t.Fatalf("SourcesIn = %+v, %v", used, err)
	}
	if _, err := w.Articles.RateSource(roomtest.Ctx(), w.As("editor-1"), articles.Rating{CollectionID: w.Collection.ID,
		SourceID: *a.Article.SourceID}); err != nil {
		t.Fatal(err)
	}
	used, err = w.Articles.SourcesIn(roomtest.Ctx(), w.As("reviewer-1"), w.Collection.ID)
	if err != nil || used[0].Reliability != "" || used[0].RatingVersion != 1 {
		t.Errorf("after “not rated” was chosen: %+v, %v", used, err)
	}
}
