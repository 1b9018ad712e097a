package history

import (
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// agedTo makes the events up to one into those of a program that wrote version 1, with all that follows from it.
func (w *world) agedTo(seq int64) {
	w.t.Helper()
	w.write(func(tx *store.Tx) error {
		if err := unguard(tx); err != nil {
			return err
		}
		if err := tx.Gorm().Exec("UPDATE events SET salt = NULL WHERE seq <= ?", seq).Error; err != nil {
			return err
		}
		return rewrite(tx)
	})
	key, err := OpenKey(filepath.Join(w.t.TempDir(), "log.key")) // the other signed what is no more
	if err != nil {
		w.t.Fatal(err)
	}
	w.key, w.signer = key, NewSigner(w.db, key, nil)
}

// TestBothVersionsVerify: a history whose first events are of version 1 goes on in version 2, and verifies; also when
// names of version 2 were erased.
func TestBothVersionsVerify(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.lived()
		w.agedTo(7)
		w.add(20, 25)
		c := w.sign()
		if r := w.verify(&c); !r.OK() {
			t.Fatalf("%+v", r.Findings)
		}
		w.set(21, "decided")
		erased := 0
		w.write(func(tx *store.Tx) error {
			for {
				n, kept, err := EraseNames(tx, Who{UserID: 2, Name: "admin", Role: "admin", Via: CLI}, 1, 5, "they ask")
				if err != nil || n == 0 {
					return err
				}
				if erased += n; kept != 7 {
					t.Errorf("%d events of version 1 are said to hold the name, want 7", kept)
				}
			}
		})
		r := w.verify(&c)
		if !r.OK() || erased == 0 || r.Erased < int64(erased) {
			t.Fatalf("%d names erased, %d said: %+v", erased, r.Erased, r.Findings)
		}
		var out bytes.Buffer
		if _, err := Export(context.Background(), db, &out, Filter{Viewer: Viewer{ReadAll: true}}); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(out.String(), `"name":"alice"`); n != 7 {
			t.Errorf("the name stands in %d events after it was erased, want the 7 of version 1", n)
		}
		lines := strings.Split(strings.TrimSpace(out.String()), "\n")
		var first, last map[string]any
		if err := json.Unmarshal([]byte(lines[0]), &first); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil {
			t.Fatal(err)
		}
		if first["leaf_version"] != nil || last["leaf_version"] != 2.0 || len(last["secret"].(string)) != 32 ||
			len(last["name_salt"].(string)) != 32 {
			t.Errorf("the first and last line are %v and %v", first, last)
		}
	})
}

// TestNamesGoByTheirEventOnly: a name that goes without the event that says so is found, and the database lets nothing
// else of an event be changed.
func TestNamesGoByTheirEventOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.lived()
		r := w.tampered(func(tx *store.Tx) error {
			var row eventRow
			if err := tx.Gorm().Where("seq = 5").Take(&row).Error; err != nil {
				return err
			}
			h, _ := row.nameHash(nil)
			return tx.Gorm().Exec("UPDATE events SET user_name = '', salt = ? WHERE seq = 5",
				append(row.Salt[:saltSize:saltSize], h[:]...)).Error
		}, nil)
		if r.OK() || !strings.Contains(r.Findings[0].Object, "text:5/"+actorName) {
			t.Errorf("found %+v", r.Findings)
		}
		for _, set := range []string{"at = 7", "user_name = ''", "user_name = 'bob'", "salt = NULL",
			"texts = '{}'", "user_name = '', action = 'thing.gone'"} {
			if db.Write(context.Background(), func(tx *store.Tx) error {
				return tx.Gorm().Exec("UPDATE events SET " + set + " WHERE seq = 6").Error
			}) == nil {
				t.Errorf("UPDATE events SET %s goes through", set)
			}
		}
	})
}
