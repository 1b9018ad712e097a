package history

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"claimbench/internal/proof"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

func (w *world) rotate() (old string, h proof.Handover) {
	w.t.Helper()
	old = w.key.Public()
	h, err := NewSigner(w.db, w.key, nil).Rotate(context.Background(), alice())
	if err != nil {
		w.t.Fatal(err)
	}
	return old, h
}

func public(t *testing.T, line string) note.Verifier {
	t.Helper()
	v, err := note.NewVerifier(line)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestRotate: after a handover checkpoints of before verify by the old key and those after by the new one, and either
// key alone leads to both.
func TestRotate(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.add(1, 3)
		before := w.sign()
		w.add(4, 5)
		old, h := w.rotate()
		if h.From != old || h.To != w.key.Public() || h.Size != 5 || old == h.To {
			t.Errorf("handed over %+v", h)
		}
		w.add(6, 7)
		after := w.sign()
		older, newer := public(t, h.From), public(t, h.To)
		for name, key := range map[string]note.Verifier{"old": older, "new": newer} {
			for _, c := range []*Checkpoint{&before, &after} {
				o := w.options(c)
				o.Keys = []note.Verifier{key}
				r, err := Verify(context.Background(), db, o)
				if err != nil || !r.OK() || len(r.Handovers) != 1 {
					t.Errorf("by the %s key: %v, %v", name, r.Findings, err)
				}
			}
		}
		if _, err := ParseCheckpoint([]byte(after.Note), older); err == nil {
			t.Error("the old key signed after the handover")
		}
		keys, err := ParsePublicKeys(w.key.path + ".pub")
		if err != nil || len(keys) != 2 {
			t.Fatalf("%v, %v", keys, err)
		}
		if _, err := ParseCheckpoint([]byte(before.Note), keys...); err != nil {
			t.Errorf("the file beside the key does not lead to the old one: %v", err)
		}
		again, err := OpenKey(w.key.path)
		if err != nil || again.Public() != h.To {
			t.Errorf("the file holds another key: %v", err)
		}
		if _, err := os.Stat(w.key.path + nextEnding); !os.IsNotExist(err) {
			t.Errorf("the next key is left over: %v", err)
		}
		if _, second := w.rotate(); second.From != h.To {
			t.Errorf("handed over again %+v", second)
		}
		o := w.options(nil)
		o.Keys = []note.Verifier{older}
		if r, err := Verify(context.Background(), db, o); err != nil || !r.OK() || len(r.Handovers) != 2 {
			t.Errorf("%v, %v", r.Findings, err)
		}
	})
}

// TestRotateKilled: whatever files a crash leaves, the next signer goes on with the right key, and asking again ends
// it.
func TestRotateKilled(t *testing.T) {
	for name, crash := range map[string]func(t *testing.T, w *world, dir string){
		"before the event": func(t *testing.T, w *world, _ string) {
			if _, err := w.key.prepare(); err != nil {
				t.Fatal(err)
			}
		},
		"half of the next key": func(t *testing.T, w *world, _ string) {
			write(t, w.key.path+nextEnding+".pub", "claimbench")
		},
		"after the event": func(t *testing.T, w *world, kept string) {
			w.handedOver(t, kept)
			restore(t, kept, w.key.path, "", ".pub", ".last", nextEnding, nextEnding+".pub")
		},
		"between the two files": func(t *testing.T, w *world, kept string) {
			w.handedOver(t, kept)
			restore(t, kept, w.key.path, "", nextEnding, nextEnding+".pub", ".last")
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, storetest.SQLite(t))
			w.add(1, 3)
			w.sign()
			crash(t, w, t.TempDir())
			key, err := OpenKey(w.key.path)
			if err != nil {
				t.Fatal(err)
			}
			w.key = key
			w.add(4, 6)
			w.sign()
			w.rotate()
			w.add(7, 8)
			w.sign()
			o := w.options(nil)
			if r, err := Verify(context.Background(), w.db, o); err != nil || !r.OK() {
				t.Errorf("%v, %v", r.Findings, err)
			}
		})
	}
}

// handedOver keeps the files as they were when the event was written, and hands over.
func (w *world) handedOver(t *testing.T, kept string) {
	t.Helper()
	if _, err := w.key.prepare(); err != nil {
		t.Fatal(err)
	}
	for _, ending := range []string{"", ".pub", ".last", nextEnding, nextEnding + ".pub"} {
		data, err := os.ReadFile(w.key.path + ending)
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(kept, "k"+ending), string(data))
	}
	w.rotate()
	// the first checkpoint of the new key is not there yet either
	w.write(then(unguard, exec("DELETE FROM checkpoints WHERE size > 3"),
		exec("UPDATE log_head SET signed = 3, checkpoints = 1")))
}

func restore(t *testing.T, kept, path string, endings ...string) {
	t.Helper()
	for _, ending := range endings {
		data, err := os.ReadFile(filepath.Join(kept, "k"+ending))
		if err != nil {
			t.Fatal(err)
		}
		write(t, path+ending, string(data))
	}
}

func write(t *testing.T, path, data string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestRunningServerFollows: a signer that still has the old key in memory goes on with the new one.
func TestRunningServerFollows(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.add(1, 3)
	w.sign()
	running := NewSigner(w.db, w.key, nil)
	other, err := OpenKey(w.key.path)
	if err != nil {
		t.Fatal(err)
	}
	h, err := NewSigner(w.db, other, nil).Rotate(context.Background(), alice())
	if err != nil {
		t.Fatal(err)
	}
	w.add(4, 4)
	c, err := running.Sign(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ParseCheckpoint([]byte(c.Note), public(t, h.To)); err != nil || w.key.Public() != h.To {
		t.Errorf("signed by another key: %v", err)
	}
	elsewhere := w.copied(t, "old")
	if _, err := NewSigner(w.db, elsewhere, nil).Sign(context.Background()); err == nil ||
		!strings.Contains(err.Error(), "another key signed") {
		t.Errorf("a key of elsewhere signs: %v", err)
	}
}

// copied is a key of the same log that nobody handed over to.
func (w *world) copied(t *testing.T, name string) *Key {
	t.Helper()
	k, err := makeNamed(filepath.Join(t.TempDir(), name), w.key.Origin())
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// TestForgedHandovers: a handover that its old key did not sign, or that does not hang on the chain, is found.
func TestForgedHandovers(t *testing.T) {
	forge := func(t *testing.T, w *world, from, to *Key, signers ...note.Signer) {
		t.Helper()
		w.write(func(tx *store.Tx) error {
			h := proof.Handover{From: from.Public(), To: to.Public(), Size: 3, At: 1}
			c, err := CheckpointOf(&tx.Rx, 3)
			if err != nil {
				return err
			}
			h.Root = proof.Hash(c.Root)
			signed, err := note.Sign(&note.Note{Text: h.Text()}, signers...)
			if err != nil {
				return err
			}
			h.Note = string(signed)
			_, err = Append(tx, alice(), Event{Action: handedOn, Object: logObject, After: handoverFields(h)})
			return err
		})
	}
	for name, do := range map[string]func(t *testing.T, w *world){
		"signed by the new key only": func(t *testing.T, w *world) {
			evil := w.copied(t, "evil")
			forge(t, w, w.key, evil, evil.half().signer)
		},
		"from a key that signed nothing": func(t *testing.T, w *world) {
			one, two := w.copied(t, "one"), w.copied(t, "two")
			forge(t, w, one, two, one.half().signer, two.half().signer)
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, storetest.SQLite(t))
			w.add(1, 3)
			w.sign()
			trusted := w.key.half().verifier
			do(t, w)
			o := w.options(nil)
			o.Keys = []note.Verifier{trusted}
			r, err := Verify(context.Background(), w.db, o)
			if err != nil || r.OK() {
				t.Errorf("not found: %v, %v", r.Findings, err)
			}
		})
	}
}

// TestOldKeySignsNoMore: a checkpoint by the old key of more events than it was handed over at is found.
func TestOldKeySignsNoMore(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.add(1, 3)
	w.sign()
	stolen := &Key{path: filepath.Join(t.TempDir(), "stolen"), of: w.key.half()}
	w.rotate()
	w.add(4, 5)
	w.write(func(tx *store.Tx) error {
		head, err := readHead(tx.Lock())
		if err != nil {
			return err
		}
		tree, err := openEdge(head)
		if err != nil {
			return err
		}
		c, err := stolen.sign(tree.size, tree.root(), tx.Now(), head.Signed)
		if err != nil {
			return err
		}
		return tx.Gorm().Create(&checkpointRow{Size: c.Size, Root: c.Root[:], At: int64(c.At), Note: c.Note}).Error
	})
	w.write(exec("UPDATE log_head SET signed = 6, checkpoints = checkpoints + 1"))
	r, err := Verify(context.Background(), w.db, w.options(nil))
	if err != nil || r.OK() || !strings.Contains(r.Findings[0].Msg, "handed over") {
		t.Errorf("%v, %v", r.Findings, err)
	}
}
