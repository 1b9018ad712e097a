package articles_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/files"
	"claimbench/internal/history"
	"claimbench/internal/intake"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// brought takes in a text file, which is kept beside its text.
func brought(t *testing.T, w *roomtest.World, words string) (articles.Imported, error) {
	t.Helper()
	doc, err := intake.Read(intake.File{Name: "a.txt", Body: strings.NewReader(words)})
	if err != nil {
		t.Fatal(err)
	}
	in := articles.Import{Collection: w.Collection.ID, Lang: "en"}
	in.Fill(doc)
	return w.Articles.Import(roomtest.Ctx(), w.As("editor-1"), in)
}

func original(t *testing.T, w *roomtest.World, id articles.RevisionID) string {
	t.Helper()
	var b bytes.Buffer
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		return articles.OriginalBytes(r, id,
			&b)
	}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestOriginalsOutside: with a folder, originals lie there and are read, audited and erased as those in the
// database; an older one is read where it lies, until it is moved.
func TestOriginalsOutside(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		const older, newer = "It rained in Ghent on 3 March 2021.", "It snowed in Deinze on 4 March 2021."
		first, err := brought(t, w, older)
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(t.TempDir(), "files")
		d, err := files.OpenDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = d.Close() }()
		files.Use(db, d)
		second, err := brought(t, w, newer)
		if err != nil {
			t.Fatal(err)
		}
		if n := w.Count("original_bytes"); n != 1 || original(t, w, first.Revision.ID) != older ||
			original(t, w, second.Revision.ID) != newer {
			t.Errorf("%d originals lie in the database", n)
		}
		w.Verify()
		if n, err := articles.MoveOut(roomtest.Ctx(), db); err != nil || n != 1 {
			t.Fatal(n, err)
		}
		if w.Count("original_bytes") != 0 || original(t, w, first.Revision.ID) != older {
			t.Error("what was moved is not read")
		}
		w.Verify()

		// Missing or changed, it is told.
		file := filepath.Join(dir, files.Sum([]byte(newer))[:2], files.Sum([]byte(newer))+".gz")
		good, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		if n := w.Differs(); n != 1 {
			t.Errorf("missing: an audit finds %d", n)
		}
		if err := os.WriteFile(file, good[:len(good)-9], 0o600); err != nil {
			t.Fatal(err)
		}
		if n := w.Differs(); n != 1 {
			t.Errorf("changed: an audit finds %d", n)
		}
		if err := os.WriteFile(file, good, 0o600); err != nil {
			t.Fatal(err)
		}
		w.Verify()

		// Erased by law, it goes with the words of the history.
		other, err := w.Auth.CreateUser(roomtest.Ctx(), w.As("admin-1"), auth.NewUser{Name: "admin-2"})
		if err == nil {
			err = w.Auth.GrantRole(roomtest.Ctx(), w.As("admin-1"), other.ID, auth.Admin, 0)
		}
		if err != nil {
			t.Fatal(err)
		}
		e, err := w.Erasures.Ask(roomtest.Ctx(), w.As("admin-1"), "original:"+history.Num(second.Revision.ID), "sha256",
			"A court asked.")
		if err == nil {
			_, err = w.Erasures.Confirm(roomtest.Ctx(), w.As("admin-2"), e.Public)
		}
		if err != nil {
			t.Fatal(err)
		}
		db.SetClock(func() time.Time { return time.Now().Add(2 * time.Hour) })
		if n, err := files.Sweep(roomtest.Ctx(), db); err != nil || n != 1 {
			t.Errorf("%d files went, %v", n, err)
		}
		if _, err := os.Stat(file); !os.IsNotExist(err) {
			t.Errorf("the file is there: %v", err)
		}
		if n := w.Differs(); n != 0 {
			t.Errorf("erased: an audit finds %d", n)
		}
	})
}

// TestNothingIsLostWhenTheFolderIsFull: a text whose original cannot be kept does not come in, and says why.
func TestNothingIsLostWhenTheFolderIsFull(t *testing.T) {
	w := roomtest.New(t, storetest.SQLite(t), articles.CollectionNew{})
	dir := filepath.Join(t.TempDir(), "files")
	d, err := files.OpenDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	files.Use(w.DB, d)
	const words = "It rained in Ghent on 3 March 2021."
	in := filepath.Join(dir, files.Sum([]byte(words))[:2]) // a file stands where its folder would
	if err := os.WriteFile(in, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := brought(t, w, words); fault.KindOf(err) != fault.Unavailable ||
		!strings.Contains(fault.Message(err), "Files cannot be kept in") || w.Count("articles") != 0 {
		t.Errorf("%v, %d articles", err, w.Count("articles"))
	}
	if err := os.Remove(in); err != nil {
		t.Fatal(err)
	}
	if _, err := brought(t, w, words); err != nil {
		t.Error(err)
	}
}
