package history

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

func TestAppendReadsBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		who := Who{UserID: 7, Name: "کاربر", Role: "editor", Via: CLI, Request: "req"}
		e := Event{Action: "thing.added", Object: "thing:1", Collection: 3, Batch: "b", Before: nil,
			After: Fields{"state": "a\"b\\\n🙂"},
			Texts: Texts{"note": "حدود ۹", "empty": ""}, Reason: "why"}
		var first, second int64
		w.write(func(tx *store.Tx) (err error) {
			if first, err = Append(tx, who, e); err != nil {
				return err
			}
			second, err = AppendAll(tx, who, []Event{{Action: "thing.seen", Object: "thing:1"}, {Action: "thing.seen",
				Object: "thing:2"}})
			return err
		})
		if first != 1 || second != 2 {
			t.Fatalf("numbers %d, %d; want 1, 2", first, second)
		}
		err := db.Read(context.Background(), func(rx *store.Rx) error {
			got, err := Get(rx, 1, Viewer{ReadAll: true})
			if err != nil {
				return err
			}
			if got.Who != who || got.Action != e.Action || got.Object != e.Object || got.Collection != 3 ||
				got.Batch != "b" ||
				got.Before != nil || got.After["state"] != e.After["state"] || got.Texts["note"].Text != "حدود ۹" ||
				got.Texts["empty"].Erased || got.Reason.Text != "why" || len(got.Texts) != 2 {
				t.Errorf("Get = %+v", got)
			}
			if _, err := Get(rx, 4, Viewer{ReadAll: true}); fault.KindOf(err) != fault.NotFound {
				t.Errorf("an event that is not there: %v", err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestAppendRefuses(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	ok := Event{Action: "thing.added", Object: "thing:1"}
	with := func(f func(*Event)) Event { e := ok; f(&e); return e }
	for name, c := range map[string]struct {
		who  Who
		e    Event
		want fault.Kind
	}{
		"an action of one word":  {alice(), with(func(e *Event) { e.Action = "added" }), fault.Internal},
		"an object without id":   {alice(), with(func(e *Event) { e.Object = "thing:" }), fault.Internal},
		"an object with a space": {alice(), with(func(e *Event) { e.Object = "thing:1 2" }), fault.Internal},
		"a field's name":         {alice(), with(func(e *Event) { e.After = Fields{"State": "x"} }), fault.Internal},
		"the text reason":        {alice(), with(func(e *Event) { e.Texts = Texts{"reason": "x"} }), fault.Internal},
		"an unknown door":        {Who{Via: "window"}, ok, fault.Internal},
		"NUL in a text":          {alice(), with(func(e *Event) { e.Texts = Texts{"note": "a\x00b"} }), fault.Invalid},
		"NUL in a field":         {alice(), with(func(e *Event) { e.After = Fields{"a": "\x00"} }), fault.Invalid},
		"no UTF-8 in a reason":   {alice(), with(func(e *Event) { e.Reason = "\xff" }), fault.Invalid},
		"no UTF-8 in a name":     {Who{Name: "\xff", Via: Web}, ok, fault.Invalid},
	} {
		err := w.db.Write(context.Background(), func(tx *store.Tx) error {
			_, err := Append(tx, c.who, c.e)
			return err
		})
		if fault.KindOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	if r := w.verify(nil); r.Events != 0 || !r.OK() {
		t.Errorf("refused events left %+v", r)
	}
}

// TestAppendOnly tries every way of changing the history that a statement has, with the triggers in place.
func TestAppendOnly(t *testing.T) {
	both := []string{
		"UPDATE events SET role = 'x' WHERE seq = 2",
		"DELETE FROM events WHERE seq = 9",
		"INSERT INTO events SELECT * FROM events WHERE seq = 2",
		"INSERT INTO events SELECT 100, at, user_id, user_name, role, via, request, batch, action, object, " +
			"collection_id, veil, row_before, row_after, texts, salt, token FROM events WHERE seq = 2",
		"INSERT INTO events (seq, at, user_id, user_name, role, via, request, batch, action, object, collection_id, " +
			"veil, texts) " +
			"SELECT seq, 0, 0, 'x', '', '', '', '', '', '', 0, 0, '' FROM events WHERE seq = 2 ON CONFLICT (seq) DO " +
			"UPDATE SET user_name = 'x'",
		"UPDATE event_texts SET text = 'x' WHERE seq = 2",
		"UPDATE event_texts SET seq = 3, salt = NULL, text = NULL WHERE seq = 2 AND name = 'note'",
		"DELETE FROM event_texts",
		"UPDATE log_hashes SET idx = 99 WHERE idx = 1",
		"DELETE FROM log_hashes",
		"UPDATE log_head SET size = 3",
		"UPDATE log_head SET edge = ''",
		"DELETE FROM log_head",
		"UPDATE checkpoints SET note = 'x'",
		"DELETE FROM checkpoints",
	}
	lite := []string{
		"INSERT OR REPLACE INTO events SELECT seq, at, user_id, 'mallory', role, via, request, batch, action, " +
			"object, collection_id, veil, row_before, row_after, texts, salt, token FROM events WHERE seq = 2",
		"REPLACE INTO event_texts SELECT seq, name, salt, 'x' FROM event_texts WHERE seq = 2",
		"INSERT OR REPLACE INTO log_hashes SELECT 0, hash FROM log_hashes WHERE idx = 1",
		"INSERT OR REPLACE INTO log_head VALUES (1, 0, '', 0, 0)",
		"INSERT OR REPLACE INTO checkpoints SELECT size, root, at, 'x' FROM checkpoints",
		"UPDATE OR REPLACE events SET seq = 3 WHERE seq = 2",
	}
	pg := []string{"TRUNCATE events CASCADE", "TRUNCATE log_hashes", "TRUNCATE log_head", "TRUNCATE checkpoints",
		"TRUNCATE event_texts"}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.add(1, 9)
		w.sign()
		for _, s := range append(both, map[string][]string{store.SQLite: lite, store.Postgres: pg}[db.Dialect()]...) {
			err := db.Write(context.Background(), func(tx *store.Tx) error {
				if err := tx.Gorm().Exec(s).Error; err != nil {
					return err
				}
				t.Errorf("the database takes: %s", s)
				return errUndo
			})
			if !errors.Is(err, errUndo) && !strings.Contains(err.Error(), "append-only") {
				t.Errorf("%s is refused for another reason: %v", s, err)
			}
		}
		if r := w.verify(nil); !r.OK() {
			t.Errorf("findings: %v", r.Findings)
		}
	})
}

func TestErase(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.add(1, 3)
		w.write(func(tx *store.Tx) error {
			if n, err := Erase(tx, alice(), "thing:2", "note", "court order 7"); err != nil || n != 1 {
				t.Errorf("Erase = %d, %v", n, err)
			}
			if err := emptied(tx, 2); err != nil {
				return err
			}
			return EraseAt(tx, alice(), 3, "reason", "")
		})
		for name, again := range map[string]func(tx *store.Tx) error{
			"the same again": func(tx *store.Tx) error {
				_, err := Erase(tx, alice(), "thing:2", "note",
					"")
				return err
			},
			"no such object": func(tx *store.Tx) error {
				_, err := Erase(tx, alice(), "thing:9", "note",
					"")
				return err
			},
			"no such text":    func(tx *store.Tx) error { return EraseAt(tx, alice(), 1, "raw", "") },
			"that text again": func(tx *store.Tx) error { return EraseAt(tx, alice(), 3, "reason", "") },
		} {
			if err := db.Write(context.Background(), again); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s: %v", name, err)
			}
		}
		c := w.sign()
		r := w.verify(&c)
		if !r.OK() || r.Erased != 2 || r.Events != 5 {
			t.Errorf("after erasing: %+v", r)
		}
		err := db.Read(context.Background(), func(rx *store.Rx) error {
			e, err := Get(rx, 2, Viewer{ReadAll: true})
			if err != nil {
				return err
			}
			if n := e.Texts["note"]; !n.Erased || n.Text != "" || n.Salt != nil || len(n.Hash) != 64 ||
				e.Reason.Erased {
				t.Errorf("the erased text reads %+v", n)
			}
			e, err = Get(rx, 4, Viewer{ReadAll: true})
			if err == nil && (e.Action != "text.erased" || e.Object != "text:2/note" || e.Collection != 1 ||
				e.Reason.Text != "court order 7") {
				t.Errorf("the event of the erasure is %+v", e)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// TestErasedBytesAreGone: on SQLite an erased text is overwritten in the file, not only unlinked.
func TestErasedBytesAreGone(t *testing.T) {
	db := storetest.SQLite(t)
	w := newWorld(t, db)
	secret := strings.Repeat("the-secret-of-the-source ", 400) // over several pages
	w.write(func(tx *store.Tx) error {
		_, err := Append(tx, alice(), Event{Action: "thing.noted", Object: "thing:1", Texts: Texts{"note": secret}})
		return err
	})
	holds := func() bool {
		t.Helper()
		if err := checkpointFile(db.Target()); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(db.Target())
		if err != nil {
			t.Fatal(err)
		}
		return bytes.Contains(data, []byte("the-secret-of-the-source"))
	}
	if !holds() {
		t.Fatal("the test does not find the text even before it is erased")
	}
	w.write(func(tx *store.Tx) error { return EraseAt(tx, alice(), 1, "note", "") })
	if holds() {
		t.Error("the file still holds the erased text")
	}
}

// checkpointFile folds SQLite's write-ahead log into the file.
func checkpointFile(path string) error {
	c, err := sql.Open("sqlite3", path)
	if err != nil {
		return err
	}
	defer c.Close()
	_, err = c.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
	return err
}

// TestAppendRace: many Writes at once leave one history without a gap that verifies.
func TestAppendRace(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		const writers, each = 8, 10
		var wg sync.WaitGroup
		errs := make(chan error, writers*each)
		for n := range writers {
			wg.Go(func() {
				for i := range each {
					errs <- db.Write(context.Background(), func(tx *store.Tx) error {
						r := thingRow{ID: int64(n*each + i), State: "open"}
						if err := tx.Gorm().Create(&r).Error; err != nil {
							return err
						}
						_, err := Append(tx, alice(), Event{Action: "thing.added", Object: r.object(),
							After: r.fields(), Texts: r.texts()})
						return err
					})
				}
			})
		}
		wg.Wait()
		close(errs)
		for err := range errs {
			if err != nil {
				t.Error(err)
			}
		}
		if r := w.verify(nil); !r.OK() || r.Events != writers*each {
			t.Errorf("%d events, findings %v", r.Events, r.Findings)
		}
	})
}

// veiled makes a history with rounds 1 (open) and 2 (closed): event 1 is alice's under round 1, 2 bob's under round 1,
// 3 bob's under round 2, 4 bob's under one that nobody lifted, 5 bob's and open.
func veiled(t *testing.T, db *store.DB) *world {
	w := newWorld(t, db)
	w.write(func(tx *store.Tx) error {
		return Lift(tx, 2)
	})
	bob := Who{UserID: 2, Name: "bob", Role: "reviewer", Via: Web, Request: "r-2"}
	w.write(func(tx *store.Tx) error {
		for i, e := range []struct {
			who  Who
			veil int64
		}{{alice(), 1}, {bob, 1}, {bob, 2}, {bob, 77}, {bob, 0}} {
			_, err := Append(tx, e.who, Event{Action: "review.submitted", Object: fmt.Sprintf("review:%d", i+1),
				Collection: int64(i%2 + 1),
				After:      Fields{"verdict": "secret"}, Texts: Texts{"rationale": "secret"}, Veil: e.veil})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return w
}

func TestListVeilAndFilters(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		veiled(t, db)
		all := Viewer{UserID: 9, ReadAll: true}
		for name, c := range map[string]struct {
			f    Filter
			want string
		}{
			"an auditor sees all":              {Filter{Viewer: all}, "5 4 3 2 1"},
			"alice sees her own":               {Filter{Viewer: Viewer{UserID: 1}}, "5 3 1"},
			"bob sees his own":                 {Filter{Viewer: Viewer{UserID: 2}}, "5 4 3 2"},
			"an auditor of collection 2":       {Filter{Viewer: Viewer{UserID: 3, ReadAllIn: []int64{2}}}, "5 4 3 2"},
			"another sees neither":             {Filter{Viewer: Viewer{UserID: 3}}, "5 3"},
			"nobody sees neither":              {Filter{}, "5 3"},
			"of one object":                    {Filter{Object: "review:3", Viewer: all}, "3"},
			"of a veiled object":               {Filter{Object: "review:2", Viewer: Viewer{UserID: 1}}, ""},
			"of one collection":                {Filter{Collection: 2, Viewer: all}, "4 2"},
			"within no collection":             {Filter{Within: []int64{}, Viewer: all}, ""},
			"within one":                       {Filter{Within: []int64{1}, Viewer: all}, "5 3 1"},
			"within one, asked of another":     {Filter{Within: []int64{1}, Collection: 2, Viewer: all}, ""},
			"of one person":                    {Filter{Actor: 1, Viewer: all}, "1"},
			"of one request":                   {Filter{Request: "r-1", Viewer: all}, "1"},
			"of an action":                     {Filter{ActionPrefix: "review.", Viewer: all}, "5 4 3 2 1"},
			"an underscore is no wildcard":     {Filter{ActionPrefix: "review_", Viewer: all}, ""},
			"a quotation mark does no harm":    {Filter{ActionPrefix: "'; DROP", Viewer: all}, ""},
			"the first page":                   {Filter{Limit: 2, Viewer: all}, "5 4"},
			"the next page":                    {Filter{Limit: 2, BeforeSeq: 4, Viewer: all}, "3 2"},
			"newer ones":                       {Filter{AfterSeq: 3, Viewer: all}, "5 4"},
			"a page skips what cannot be seen": {Filter{Limit: 2, Viewer: Viewer{UserID: 1}}, "5 3"},
		} {
			var got []string
			err := db.Read(context.Background(), func(rx *store.Rx) error {
				list, err := List(rx, c.f)
				for _, e := range list {
					got = append(got, fmt.Sprint(e.Seq))
				}
				return err
			})
			if err != nil || strings.Join(got, " ") != c.want {
				t.Errorf("%s: %v, %v; want %s", name, got, err, c.want)
			}
		}
		err := db.Read(context.Background(), func(rx *store.Rx) error {
			_, err := Get(rx, 2, Viewer{UserID: 1})
			return err
		})
		if fault.KindOf(err) != fault.NotFound {
			t.Errorf("a veiled event by its number: %v", err)
		}
	})
}

func TestExport(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := veiled(t, db)
		var out bytes.Buffer
		n, err := Export(context.Background(), db, &out, Filter{Viewer: Viewer{UserID: 1}})
		if err != nil || n != 3 || strings.Contains(out.String(), `"seq":2,`) {
			t.Errorf("alice's export: %d, %v\n%s", n, err, &out)
		}
		w.add(1, 1100) // more than a page
		w.write(func(tx *store.Tx) error { return EraseAt(tx, alice(), 10, "note", "") })
		out.Reset()
		if n, err = Export(context.Background(), db, &out, Filter{Viewer: Viewer{ReadAll: true}}); err != nil ||
			n != 1106 {
			t.Fatalf("Export = %d, %v", n, err)
		}
		seq := int64(0)
		for sc := bufio.NewScanner(&out); sc.Scan(); {
			seq++
			var line exportLine
			if err := json.Unmarshal(sc.Bytes(), &line); err != nil || line.Seq != seq {
				t.Fatalf("line %d: %v\n%s", seq, err, sc.Text())
			}
			if got := leafOfLine(t, line); got != line.LeafHash {
				t.Fatalf("line %d does not lead to its leaf hash", seq)
			}
			if erased := line.Texts["note"].Erased; erased != (seq == 10) {
				t.Errorf("line %d: erased %v", seq, erased)
			}
		}
	})
}

// canonical is a row of an exported line in the form that is hashed, whatever blanks and order the line has.
func canonical(t *testing.T, row json.RawMessage) *string {
	t.Helper()
	var f Fields
	if err := json.Unmarshal(row, &f); err != nil {
		t.Fatal(err)
	}
	return encodeRow(f)
}

// leafOfLine makes the leaf's hash from an exported line alone, as a reader of the export would, and checks its texts.
func leafOfLine(t *testing.T, l exportLine) string {
	t.Helper()
	hashes := map[string]string{}
	for name, x := range l.Texts {
		hashes[name] = x.Hash
		if x.Erased {
			continue
		}
		var salt []byte
		if _, err := fmt.Sscanf(x.Salt, "%x", &salt); err != nil {
			t.Fatal(err)
		}
		if h := textHash(salt, *x.Text); hexOf(h) != x.Hash {
			t.Errorf("event %d: the text %s does not lead to its hash", l.Seq, name)
		}
	}
	row := eventRow{Seq: l.Seq, At: l.At, UserID: l.User, UserName: l.Name, Role: l.Role,
		Via: string(l.Via), Request: l.Request,
		Batch: l.Batch, Action: l.Action, Object: l.Object, CollectionID: l.Collection, Veil: l.Veil,
		RowBefore: canonical(t, l.Before), RowAfter: canonical(t, l.After), Texts: encode(hashes)}
	if l.LeafVersion == 2 {
		if _, err := fmt.Sscanf(l.Secret+l.NameSalt+l.NameHash, "%x", &row.Salt); err != nil {
			t.Fatal(err)
		}
	}
	h, _ := leafHash(nil, &row)
	return h.String()
}
