package history

import (
	"context"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"claimbench/internal/fault"
	"claimbench/internal/proof"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

func TestKeyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deep", "log.key")
	key, err := OpenKey(path)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("the key's mode is %v, %v", info.Mode(), err)
	}
	again, err := OpenKey(path)
	if err != nil || again.Public() != key.Public() || again.Origin() != key.Origin() {
		t.Fatalf("opened again it is another key: %v", err)
	}
	for name, from := range map[string]string{"the line": key.Public(), "the file": path + ".pub"} {
		if v, err := ParsePublicKey(from); err != nil || v.KeyHash() != key.half().verifier.KeyHash() {
			t.Errorf("ParsePublicKey(%s): %v", name, err)
		}
	}
	if _, err := ParsePublicKey(path); err == nil {
		t.Error("the secret key passes for a public one")
	}
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenKey(path); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("a key that others may read opens: %v", err)
	}
	if err := os.WriteFile(path, []byte("not a key\n"), 0o600); err != nil || os.Chmod(path, 0o600) != nil {
		t.Fatal(err)
	}
	if _, err := OpenKey(path); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a broken key: %v", err)
	}
}

// TestSweep: what a crash left beside the key goes at the next start; what somebody writes just now stays.
func TestSweep(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a[b]*.log.key")
	if _, err := OpenKey(path); err != nil {
		t.Fatal(err)
	}
	left, fresh, others := path+".last-0001", path+".last-0002", filepath.Join(filepath.Dir(path), "abx.log.key.last-1")
	for _, name := range []string{left, fresh, others, path + ".last"} {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if old := time.Now().Add(-time.Hour); name != fresh && os.Chtimes(name, old, old) != nil {
			t.Fatal("the time cannot be set")
		}
	}
	if _, err := OpenKey(path); err != nil {
		t.Fatal(err)
	}
	for name, stays := range map[string]bool{left: false, fresh: true, others: true, path + ".last": true} {
		if _, err := os.Stat(name); (err == nil) != stays {
			t.Errorf("%s: stays %v, %v", filepath.Base(name), stays, err)
		}
	}
}

// TestKeyCannotBeMade: where the public half cannot be written, no secret half is left behind alone.
func TestKeyCannotBeMade(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log.key")
	if err := os.Mkdir(path+".pub", 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenKey(path); fault.KindOf(err) != fault.Unavailable || !strings.Contains(err.Error(),
		"cannot be made") {
		t.Errorf("OpenKey = %v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a secret half is left: %v", err)
	}
}

func TestSignAndProve(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.add(1, 5)
		five := w.sign()
		if same := w.sign(); same.Note != five.Note || five.Size != 5 {
			t.Errorf("signing twice gives %q and %q", five.Note, same.Note)
		}
		w.add(6, 13)
		all := w.sign()
		parsed, err := ParseCheckpoint([]byte(all.Note), w.key.half().verifier)
		if err != nil || !parsed.Signed || parsed.Size != 13 || parsed.Root != all.Root ||
			parsed.Origin != w.key.Origin() {
			t.Fatalf("ParseCheckpoint = %+v, %v", parsed, err)
		}
		err = db.Read(context.Background(), func(rx *store.Rx) error {
			for seq := int64(1); seq <= 13; seq++ {
				if err := checkProof(rx, seq, all); err != nil {
					return fmt.Errorf("event %d: %w", seq, err)
				}
			}
			proof, err := Consistency(rx, 5, 13)
			if err != nil {
				return err
			}
			if err := CheckConsistency(proof, five, all); err != nil {
				return err
			}
			if CheckConsistency(proof, Checkpoint{Size: 5, Root: all.Root}, all) == nil {
				t.Error("a consistency proof holds for another root")
			}
			if _, err := Consistency(rx, 6, 5); fault.KindOf(err) != fault.Invalid {
				t.Errorf("a proof backwards: %v", err)
			}
			if _, err := Inclusion(rx, 6, five); fault.KindOf(err) != fault.NotFound {
				t.Errorf("a proof of an event after the checkpoint: %v", err)
			}
			at, err := CheckpointAt(rx, 4)
			if err != nil || at == nil || at.Size != 5 {
				t.Errorf("CheckpointAt(4) = %+v, %v", at, err)
			}
			list, err := Checkpoints(rx, 0, 10)
			if err != nil || len(list) != 2 || list[0].Size != 13 {
				t.Errorf("Checkpoints = %+v, %v", list, err)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// checkProof checks an event as someone without the database does: by its leaf, the proof's text and the public key.
func checkProof(rx *store.Rx, seq int64, c Checkpoint) error {
	p, err := Inclusion(rx, seq, c)
	if err != nil {
		return err
	}
	leaf, hash, err := Leaf(rx, seq)
	if err != nil {
		return err
	}
	if hash != tlog.RecordHash(leaf) || hash != p.LeafHash {
		return errors.New("the leaf's hash differs")
	}
	if err := p.Check(hash); err != nil {
		return err
	}
	other := hash
	other[3] ^= 1
	if p.Check(other) == nil {
		return errors.New("the proof holds for another leaf")
	}
	head, signed, _ := strings.Cut(p.Text(), "\n\n")
	lines := strings.Split(head, "\n")
	if lines[0] != "c2sp.org/tlog-proof@v1" || lines[1] != fmt.Sprintf("index %d", seq-1) || signed != c.Note {
		return fmt.Errorf("the proof reads %q", p.Text())
	}
	for i, l := range lines[2:] {
		if b, err := base64.StdEncoding.DecodeString(l); err != nil || string(b) != string(p.Hashes[i][:]) {
			return fmt.Errorf("line %d of the proof is %q", i+3, l)
		}
	}
	return nil
}

func TestParseCheckpointRefuses(t *testing.T) {
	db := storetest.SQLite(t)
	w, other := newWorld(t, db), newWorld(t, db)
	w.add(1, 2)
	c := w.sign()
	for name, text := range map[string]string{
		"nothing": "", "no signature": "a\n1\nAAAA\n", "words": "hello", "cut short": c.Note[:len(c.Note)/2],
		"another size":  strings.Replace(c.Note, "\n2\n", "\n3\n", 1),
		"a size of 02":  strings.Replace(c.Note, "\n2\n", "\n02\n", 1),
		"not a note":    strings.Replace(c.Note, "\n\n", "\n", 1),
		"very long":     c.Note + strings.Repeat("x", proof.MaxCheckpoint),
		"a broken root": strings.Replace(c.Note, "=\n", "\n", 1),
	} {
		if got, err := ParseCheckpoint([]byte(text), w.key.half().verifier); err == nil {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if _, err := ParseCheckpoint([]byte(c.Note),
		other.key.half().verifier); err == nil || !strings.Contains(err.Error(),
		"not by the key given") {
		t.Errorf("another's key: %v", err)
	}
	if got, err := ParseCheckpoint([]byte(c.Note)); err != nil || got.Signed || got.Size != 2 {
		t.Errorf("without a key: %+v, %v", got, err)
	}
	if got, err := ParseCheckpoint([]byte(c.Note), other.key.half().verifier,
		w.key.half().verifier); err != nil || !got.Signed {
		t.Errorf("with both keys: %+v, %v", got, err)
	}
}

func FuzzParseCheckpoint(f *testing.F) {
	f.Add([]byte("claimbench/history/00\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— x AAAAAAAA\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := ParseCheckpoint(data)
		if err == nil && !strings.HasPrefix(string(data), checkpointBody(c.Origin, c.Size, c.Root)) {
			t.Errorf("%q parses as %+v", data, c)
		}
	})
}

// TestSignerRefusesARollback: an older database put back is noticed when the next checkpoint is due, for the key's file
// remembers; and it is not signed.
func TestSignerRefusesARollback(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.lived()
		w.sign()
		for name, attack := range map[string]func(tx *store.Tx) error{
			"rolled back": exec("DELETE FROM event_texts WHERE seq > 9", "DELETE FROM events WHERE seq > 9"),
			"rewritten":   exec("UPDATE events SET user_name = 'mallory' WHERE seq = 5"),
			"emptied":     exec("DELETE FROM event_texts", "DELETE FROM events"),
			"rewritten and longer": then(exec("UPDATE events SET user_name = 'mallory' WHERE seq = 5"), rewrite,
				func(tx *store.Tx) error { return setThing(tx, 2, "x") }),
		} {
			err := db.Write(context.Background(), func(tx *store.Tx) error {
				if err := then(unguard, attack, rewrite)(tx); err != nil {
					return err
				}
				_, err := w.signer.sign(tx)
				if !errors.Is(err, ErrRewritten) || fault.KindOf(err) != fault.Unavailable {
					t.Errorf("%s: signing gives %v", name, err)
				}
				return errUndo
			})
			if !errors.Is(err, errUndo) {
				t.Fatal(err)
			}
		}
		w.sign()
	})
}

// TestRestoredFile puts a real older copy of the file in place.
func TestRestoredFile(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.lived()
	w.sign()
	copied := filepath.Join(t.TempDir(), "backup.db")
	data, err := backup(w.db, copied)
	if err != nil {
		t.Fatal(err)
	}
	w.set(6, "approved")
	elsewhere := w.sign()
	restored := filepath.Join(t.TempDir(), "restored.db")
	if err := os.WriteFile(restored, data, 0o600); err != nil {
		t.Fatal(err)
	}
	old, err := store.Open(context.Background(), "sqlite:"+restored, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	alone, err := Verify(context.Background(), old, w.options(nil))
	if err != nil || !alone.OK() {
		t.Fatalf("an older file verifies by itself; here: %v, %v", alone.Findings, err)
	}
	with, err := Verify(context.Background(), old, w.options(&elsewhere))
	if err != nil || with.OK() || !strings.Contains(with.Findings[0].Msg, "an older database was put back") {
		t.Errorf("with a checkpoint from elsewhere: %v, %v", with.Findings, err)
	}
	if _, err := NewSigner(old, w.key, nil).Sign(context.Background()); !errors.Is(err, ErrRewritten) {
		t.Errorf("the signer signs an older file: %v", err)
	}
}

// backup copies the database with SQLite's own VACUUM INTO.
func backup(db *store.DB, to string) ([]byte, error) {
	c, err := sql.Open("sqlite3", db.Target())
	if err != nil {
		return nil, err
	}
	defer c.Close()
	if _, err := c.Exec("VACUUM INTO ?", to); err != nil {
		return nil, err
	}
	return os.ReadFile(to)
}

// TestVerifyWithAnotherKey: checkpoints that the given key did not sign are findings, unless both keys are given.
func TestVerifyWithAnotherKey(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.add(1, 3)
	w.sign()
	newKey, err := OpenKey(filepath.Join(t.TempDir(), "new.key"))
	if err != nil {
		t.Fatal(err)
	}
	w.add(4, 5)
	second := NewSigner(w.db, newKey, nil)
	for name, refused := range map[string]func(context.Context) error{"Check": second.Check,
		"Sign": func(ctx context.Context) error { _, err := second.Sign(ctx); return err }} {
		if err := refused(context.Background()); !errors.Is(err, ErrOtherKey) || !strings.Contains(err.Error(),
			"copy the key file") {
			t.Errorf("%s with another key: %v", name, err)
		}
	}
	if err := w.signer.Check(context.Background()); err != nil {
		t.Errorf("the key that signed is refused: %v", err)
	}
	if _, err := second.Adopt(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := second.Check(context.Background()); err != nil {
		t.Errorf("the key that follows is refused: %v", err)
	}
	for _, c := range []struct {
		name string
		keys []note.Verifier
		ok   bool
	}{
		{"no key", nil, true},
		{"the old key", []note.Verifier{w.key.half().verifier}, false},
		{"the new key", []note.Verifier{newKey.half().verifier}, false},
		{"both", []note.Verifier{w.key.half().verifier, newKey.half().verifier}, true},
	} {
		r, err := Verify(context.Background(), w.db, Options{Rooms: []Rows{thingRows()}, Keys: c.keys,
			schemaOff: true})
		if err != nil || r.OK() != c.ok {
			t.Errorf("%s: %v, %v", c.name, r.Findings, err)
		}
	}
}

// TestSignerRuns waits for the checkpoints that Run signs: at the start, after SignEvents, and at the end.
func TestSignerRuns(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.add(1, 3)
	w.signer.poll = time.Millisecond
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { w.signer.Run(ctx); close(done) }()
	signedAt := func(size int64) bool {
		c, err := w.key.Last()
		if err != nil {
			t.Fatal(err)
		}
		return c != nil && c.Size == size
	}
	waitFor(t, "the first checkpoint", func() bool { return signedAt(3) })
	w.add(4, 3+SignEvents)
	waitFor(t, "a checkpoint after SignEvents", func() bool { return signedAt(3 + SignEvents) })
	w.add(500, 501)
	cancel()
	<-done
	if !signedAt(5 + SignEvents) {
		t.Error("the end left events unsigned")
	}
}

func waitFor(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s does not come", what)
		}
	}
}
