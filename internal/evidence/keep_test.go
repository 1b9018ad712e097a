package evidence_test

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// serve runs a server's work beside the requests until somebody was proposed something, and stops it.
func serve(t *testing.T, w *roomtest.World, c claims.Claim) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		w.Evidence.Follow(ctx, slog.Default(), w.Jobs.Beside)
	}()
	for {
		got, err := w.Evidence.Passages(roomtest.Ctx(), w.As("reviewer-1"), c.ID, 5)
		if err != nil {
			t.Fatal(err)
		}
		if got.Pending == 0 {
			break
		}
	}
	stop()
	<-ended
}

// The index of a collection is kept when the server stops, gives the same passages after the next start, takes in what
// came meanwhile, and goes with the text that is taken down.
func TestIndexIsKept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, ar, c := leak(t, db)
		w.Evidence.KeepIn(filepath.Join(t.TempDir(), "kept"))
		file := w.Evidence.KeepFrom(1, w.Collection.ID)
		want := proposals(t, w, c)
		serve(t, w, c)
		info, err := os.Stat(file)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Fatalf("%v, %v; want a file of mode 0600", info, err)
		}
		if len(want) == 0 || w.Evidence.TakenUp(w.Collection.ID) == 0 {
			t.Fatalf("%d passages, and nothing in the file", len(want))
		}
		w.Evidence.Forgotten()
		if got := proposals(t, w, c); !reflect.DeepEqual(got, want) {
			t.Errorf("after a new start: %+v\n want %+v", got, want)
		}
		w.Evidence.Forgotten()
		en := w.Article(articles.Import{Lang: "en", Raw: english})
		if got := proposals(t, w, c); len(got) <= len(want) {
			t.Errorf("%d passages after another article came in, want more than %d", len(got), len(want))
		}
		if err := w.Articles.TakeDown(roomtest.Ctx(), w.As("editor-1"), ar.Article.ID, ar.Article.Version,
			"A wrong text."); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the index is kept after a text was taken down: %v", err)
		}
		for _, p := range proposals(t, w, c) {
			if p.Article.ID != en.Article.ID {
				t.Errorf("%q of an article that was taken down is proposed", p.Words)
			}
		}
	})
}

// A file of another program, or a damaged one, is made anew.
func TestKeptIndexOfAnotherIsMadeAnew(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, _, c := leak(t, db)
		w.Evidence.KeepIn(t.TempDir())
		file := w.Evidence.KeepFrom(1, w.Collection.ID)
		serve(t, w, c)
		whole, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, data := range [][]byte{nil, whole[:len(whole)/2], append([]byte("x"), whole...)} {
			if err := os.WriteFile(file, data, 0o600); err != nil {
				t.Fatal(err)
			}
			w.Evidence.Forgotten()
			if n := w.Evidence.TakenUp(w.Collection.ID); n != 0 {
				t.Errorf("%d sentences of a damaged file are taken", n)
			}
			if len(proposals(t, w, c)) == 0 {
				t.Error("nothing is proposed")
			}
		}
	})
}
