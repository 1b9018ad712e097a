package history

import (
	"context"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"claimbench/internal/proof"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// errUndo rolls a tampering back, so that one history serves every case.
var errUndo = errors.New("undo")

// tampered runs an attack in a transaction, verifies inside it, and undoes it.
func (w *world) tampered(attack func(tx *store.Tx) error, c *Checkpoint) Report {
	w.t.Helper()
	var report Report
	err := w.db.Write(context.Background(), func(tx *store.Tx) error {
		if err := unguard(tx); err != nil {
			return err
		}
		if err := attack(tx); err != nil {
			return err
		}
		v := newVerifier(&tx.Rx, w.options(c))
		if err := v.run(context.Background()); err != nil {
			return err
		}
		report = v.report
		return errUndo
	})
	if !errors.Is(err, errUndo) {
		w.t.Fatal(err)
	}
	return report
}

func exec(statements ...string) func(tx *store.Tx) error {
	return func(tx *store.Tx) error {
		for _, s := range statements {
			if err := tx.Gorm().Exec(s).Error; err != nil {
				return err
			}
		}
		return nil
	}
}

func then(attacks ...func(tx *store.Tx) error) func(tx *store.Tx) error {
	return func(tx *store.Tx) error {
		for _, a := range attacks {
			if err := a(tx); err != nil {
				return err
			}
		}
		return nil
	}
}

func named(r Report) []string {
	var out []string
	for _, f := range r.Findings {
		out = append(out, f.Object)
	}
	return out
}

// TestTamper is issue 2's list. A case either is caught by the database alone, naming these objects; or needs a
// checkpoint from elsewhere, and is caught with it. All of it runs as an owner who removed the triggers.
func TestTamper(t *testing.T) {
	// The history of lived(): 1–9 added; 10, 11 thing:2 set; 12 thing:3 removed; 13 text of event 4 erased; 14
	// exported; 15 and 16 set things 6 and 7. Checkpoints at 9 and 14.
	cases := []struct {
		name   string
		attack func(tx *store.Tx) error
		names  []string // objects that must be named without a checkpoint; nil: only a checkpoint shows it
	}{
		{"edit a row of the history", exec("UPDATE events SET user_name = 'mallory' WHERE seq = 5"),
			[]string{"event:5"}},
		{"edit the text of an event", exec("UPDATE event_texts SET text = 'nothing' WHERE seq = 5 AND name = 'reason'"),
			[]string{"event:5"}},
		{"delete an event", exec("DELETE FROM event_texts WHERE seq = 11", "DELETE FROM events WHERE seq = 11"),
			[]string{"event:11"}},
		{"delete the first event", exec("DELETE FROM event_texts WHERE seq = 1", "DELETE FROM events WHERE seq = 1"),
			[]string{"event:1", "thing:1"}},
		{"swap two events", exec("UPDATE events SET seq = 900 WHERE seq = 15",
			"UPDATE events SET seq = 15 WHERE seq = 16", "UPDATE events SET seq = 16 WHERE seq = 900"),
			[]string{"event:15", "event:16"}},
		{"cut the tail off, head left", exec("DELETE FROM events WHERE seq >= 15"), []string{"event:15"}},
		{"cut the tail off with its hashes", exec("DELETE FROM events WHERE seq >= 15",
			"DELETE FROM log_hashes WHERE idx >= 25"), []string{"event:15"}},
		{"flip a stored leaf hash", flipHash(8), []string{"event:6", "hash:9"}},
		{"flip a stored inner hash", flipHash(6), []string{"hash:6"}},
		{"delete a stored hash", exec("DELETE FROM log_hashes WHERE idx = 6"), []string{"hash:6"}},
		{"add a stored hash", exec("INSERT INTO log_hashes SELECT 5000, hash FROM log_hashes WHERE idx = 0"),
			[]string{"hash:31"}},
		{"move the head", exec("UPDATE log_head SET size = 15"), []string{"head"}},
		{"empty the edge", exec("UPDATE log_head SET edge = " + "''"), []string{"head"}},
		{"remove the head", exec("DELETE FROM log_head"), []string{"head"}},
		{"change a stored checkpoint's root",
			exec("UPDATE checkpoints SET root = (SELECT hash FROM log_hashes WHERE idx = 0) WHERE size = 9"),
			[]string{"checkpoint:9"}},
		{"forge a stored checkpoint's note",
			exec("UPDATE checkpoints SET note = REPLACE(note, '9', '8') WHERE size = 9"), []string{"checkpoint:9"}},
		{"change a claim without an event", exec("UPDATE test_things SET state = 'approved' WHERE id = 6"),
			[]string{"thing:6"}},
		{"change a claim's text without an event", exec("UPDATE test_things SET note = 'other' WHERE id = 6"),
			[]string{"thing:6"}},
		{"delete a claim without an event", exec("DELETE FROM test_things WHERE id = 6"), []string{"thing:6"}},
		{"add a claim without an event", exec("INSERT INTO test_things (id, state, note) VALUES (77, 'approved', '')"),
			[]string{"thing:77"}},
		{"bring a removed claim back", exec("INSERT INTO test_things (id, state, note) VALUES (3, 'open', '')"),
			[]string{"thing:3"}},
		{"erase a text without an event",
			exec("UPDATE event_texts SET salt = NULL, text = NULL WHERE seq = 5 AND name = 'reason'"),
			[]string{"text:5/reason"}},
		{"delete a text", exec("DELETE FROM event_texts WHERE seq = 5 AND name = 'reason'"), []string{"event:5"}},
		{"add a text",
			exec("INSERT INTO event_texts (seq, name, salt, text) SELECT 14, 'more', salt, text FROM event_texts " +
				"WHERE seq = 5 AND name = 'reason'"), []string{"event:14"}},
		{"forge an event, recompute",
			then(exec("UPDATE events SET row_after = '{\"id\":\"2\",\"state\":\"rejected\"}' WHERE seq = 10"), rewrite),
			[]string{"event:11"}},
		{"delete the last change of a claim, recompute", then(exec("DELETE FROM events WHERE seq = 16"), rewrite),
			[]string{"thing:7"}},

		{"REWRITE an actor, recompute everything", then(exec("UPDATE events SET user_name = 'mallory' WHERE seq = 5"),
			rewrite), nil},
		{"REWRITE events and rows alike", then(exec(
			"UPDATE events SET row_after = '{\"id\":\"2\",\"state\":\"rejected\"}' WHERE seq = 11",
			"UPDATE test_things SET state = 'rejected' WHERE id = 2"), rewrite), nil},
		{"REWRITE: swap two events, recompute", then(exec("UPDATE events SET seq = 900 WHERE seq = 15",
			"UPDATE events SET seq = 15 WHERE seq = 16", "UPDATE events SET seq = 16 WHERE seq = 900"), rewrite), nil},
		{"REWRITE: leave out one change of a claim, recompute", then(exec("DELETE FROM events WHERE seq = 10",
			"UPDATE events SET row_before = '{\"id\":\"2\",\"state\":\"open\"}' WHERE seq = 11"), renumber, rewrite),
			nil},
		{"ROLLBACK to an older state", then(exec("DELETE FROM event_texts WHERE seq > 9",
			"DELETE FROM events WHERE seq > 9"), rowsOfNine, rewrite), nil},
		{"ROLLBACK, then grow past it", then(exec("DELETE FROM event_texts WHERE seq > 9",
			"DELETE FROM events WHERE seq > 9"), rowsOfNine, rewrite, func(tx *store.Tx) error {
			for i := range 12 {
				if err := setThing(tx, 1+int64(i%3), string(rune('a'+i))); err != nil {
					return err
				}
			}
			return nil
		}), nil},
		{"ROLLBACK to nothing", then(exec("DELETE FROM event_texts", "DELETE FROM events", "DELETE FROM test_things"),
			rewrite), nil},
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.lived()
		elsewhere := w.sign() // of all 16
		if r := w.verify(&elsewhere); !r.OK() {
			t.Fatalf("an honest history has findings: %v", r.Findings)
		}
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				w := *w
				w.t = t
				alone := w.tampered(c.attack, nil)
				if c.names == nil && !alone.OK() {
					t.Errorf("without a checkpoint this is seen (%v): the case no longer shows what a rewrite can do",
						alone.Findings)
				}
				for _, want := range c.names {
					if !slices.Contains(named(alone), want) {
						t.Errorf("without a checkpoint %v is named, not %s", alone.Findings, want)
					}
				}
				with := w.tampered(c.attack, &elsewhere)
				if with.OK() || with.ExitCode() != ExitTampered {
					t.Error("with a checkpoint from elsewhere this is not seen")
				}
				if c.names == nil && !slices.Contains(named(with), "checkpoint:16") {
					t.Errorf("the checkpoint is not named: %v", with.Findings)
				}
			})
		}
		if r := w.verify(&elsewhere); !r.OK() {
			t.Fatalf("a case left its traces: %v", r.Findings)
		}
	})
}

func flipHash(idx int64) func(tx *store.Tx) error {
	return func(tx *store.Tx) error {
		var h hashRow
		if err := tx.Gorm().Where("idx = ?", idx).Take(&h).Error; err != nil {
			return err
		}
		h.Hash[7] ^= 1
		return tx.Gorm().Exec("UPDATE log_hashes SET hash = ? WHERE idx = ?", h.Hash, idx).Error
	}
}

// rowsOfNine puts the room back to where the ninth event left it.
func rowsOfNine(tx *store.Tx) error {
	if err := tx.Gorm().Exec("UPDATE test_things SET state = 'open'").Error; err != nil {
		return err
	}
	if err := tx.Gorm().Create(&thingRow{ID: 3, State: "open", Note: "note 3: حدود ۹"}).Error; err != nil {
		return err
	}
	// Event 4's note was erased after; an older file would still hold it, and so would the row.
	if err := tx.Gorm().Exec("UPDATE test_things SET note = 'note 4: حدود ۹' WHERE id = 4").Error; err != nil {
		return err
	}
	salt := []byte("0123456789abcdef")
	h := textHash(salt, "note 4: حدود ۹")
	var ev eventRow
	if err := tx.Gorm().Where("seq = 4").Take(&ev).Error; err != nil {
		return err
	}
	texts, err := decode(ev.Texts)
	if err != nil {
		return err
	}
	texts["note"] = hexOf(h)
	if err := tx.Gorm().Exec("UPDATE events SET texts = ? WHERE seq = 4", encode(texts)).Error; err != nil {
		return err
	}
	return tx.Gorm().Exec("UPDATE event_texts SET salt = ?, text = ? WHERE seq = 4 AND name = 'note'", salt,
		"note 4: حدود ۹").Error
}

// renumber closes the gaps that deleted events left, as an owner would before recomputing.
func renumber(tx *store.Tx) error {
	var seqs []int64
	if err := tx.Gorm().Raw("SELECT seq FROM events ORDER BY seq").Scan(&seqs).Error; err != nil {
		return err
	}
	for i, seq := range seqs {
		to := int64(i + 1)
		if to == seq {
			continue
		}
		for _, s := range []string{"UPDATE events SET seq = ? WHERE seq = ?",
			"UPDATE event_texts SET seq = ? WHERE seq = ?"} {
			if err := tx.Gorm().Exec(s, to, seq).Error; err != nil {
				return err
			}
		}
	}
	return nil
}

// TestVerifierMutation changes every column of every row that carries the history, one at a time, and wants each to be
// found: a verifier that forgets to look at one of them fails here.
func TestVerifierMutation(t *testing.T) {
	columns := map[string][]string{
		"events": {"seq", "at", "user_id", "user_name", "role", "via", "request", "batch", "action", "object",
			"collection_id",
			"veil", "row_before", "row_after", "texts", "salt", "token"},
		"event_texts": {"seq", "name", "salt", "text"},
		"log_hashes":  {"idx", "hash"},
		"log_head":    {"size", "edge", "signed", "checkpoints"},
		"checkpoints": {"size", "root", "at", "note"},
		"test_things": {"id", "state", "note"},
	}
	keys := map[string]string{"events": "seq", "event_texts": "seq * 1000 + length(name)", "log_hashes": "idx",
		"log_head":    "id",
		"checkpoints": "size", "test_things": "id"}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.lived()
		for table, cols := range columns {
			var rows []int64
			err := db.Read(context.Background(), func(rx *store.Rx) error {
				return rx.Gorm().Raw("SELECT " + keys[table] + " FROM " + table).Scan(&rows).Error
			})
			if err != nil || len(rows) == 0 {
				t.Fatalf("%s: %d rows, %v", table, len(rows), err)
			}
			for _, row := range rows {
				for _, col := range cols {
					if erasedCell(t, db, table, keys[table], col, row) {
						continue
					}
					r := w.tampered(mutate(table, keys[table], col, row), nil)
					if r.OK() {
						t.Errorf("%s.%s of row %d was changed, and nothing found", table, col, row)
					}
				}
				r := w.tampered(exec("DELETE FROM "+table+" WHERE "+keys[table]+" = "+itoa(row)), nil)
				if r.OK() {
					t.Errorf("row %d of %s was deleted, and nothing found", row, table)
				}
			}
		}
	})
}

// erasedCell: what was erased by an event is NULL and stays so; the note of an erased thing has nothing to be compared
// with.
func erasedCell(t *testing.T, db *store.DB, table, key, col string, row int64) bool {
	if table == "test_things" && col == "note" && row == 4 {
		return true
	}
	if table != "event_texts" || col == "seq" || col == "name" {
		return false
	}
	var n int64
	err := db.Read(context.Background(), func(rx *store.Rx) error {
		return rx.Gorm().Raw("SELECT COUNT(*) FROM event_texts WHERE salt IS NULL AND "+key+" = ?", row).Scan(&n).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	return n > 0
}

// mutate changes one cell to another value of its kind.
func mutate(table, key, col string, row int64) func(tx *store.Tx) error {
	return func(tx *store.Tx) error {
		set := "COALESCE(" + col + ", '{}') || 'x'"
		args := []any{}
		switch col {
		case "seq", "at", "user_id", "collection_id", "veil", "token", "idx", "id", "size", "signed", "checkpoints":
			set = col + " + 100000"
		case "salt", "hash", "root", "edge":
			var b []byte
			if err := tx.Gorm().Raw("SELECT " + col + " FROM " + table + " WHERE " + key + " = " +
				itoa(row)).Row().Scan(&b); err != nil {
				return err
			}
			b[0] ^= 0x80
			set, args = "?", append(args, b)
		}
		return tx.Gorm().Exec("UPDATE "+table+" SET "+col+" = "+set+" WHERE "+key+" = "+itoa(row), args...).Error
	}
}

// TestBesideTheKey: the checkpoint that the signer keeps outside the database shows a rollback without anything given.
func TestBesideTheKey(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.lived()
	if c, err := LastBeside(filepath.Join(t.TempDir(), "no.key")); c != nil || err != nil {
		t.Errorf("without a key: %+v, %v", c, err)
	}
	w.sign()
	beside, err := LastBeside(w.key.path)
	if err != nil || beside == nil || beside.Size != 16 {
		t.Fatalf("LastBeside = %+v, %v", beside, err)
	}
	err = w.db.Write(context.Background(), func(tx *store.Tx) error {
		if err := then(unguard, exec("UPDATE events SET user_name = 'mallory' WHERE seq = 5"),
			rewrite)(tx); err != nil {
			return err
		}
		o := w.options(nil)
		o.Beside = beside
		v := newVerifier(&tx.Rx, o)
		if err := v.run(context.Background()); err != nil {
			return err
		}
		if v.report.Found != 1 || !strings.Contains(v.report.Findings[0].Msg, "beside the signer's key") {
			t.Errorf("findings: %v", v.report.Findings)
		}
		return errUndo
	})
	if !errors.Is(err, errUndo) {
		t.Fatal(err)
	}
	if err := os.WriteFile(w.key.path+".last", []byte("forged"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := LastBeside(w.key.path); err == nil {
		t.Error("a forged file beside the key passes")
	}
	if _, err := w.signer.Sign(context.Background()); err == nil {
		t.Error("the signer signs beside a forged file")
	}
}

// TestFindingsSay wants each finding in its own words, so that a person is told what happened and not only that.
func TestFindingsSay(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.lived()
	thing := Fields{"id": "5", "state": "open"}
	room := func(rows ...Texts) *Rows {
		return &Rows{Kind: "thing", List: func(_ *store.Rx, yield func(string, Fields, Texts) error) error {
			for _, r := range rows {
				if err := yield("thing:5", thing, r); err != nil {
					return err
				}
			}
			return nil
		}}
	}
	note := Texts{"note": "note 5: حدود ۹"}
	for _, c := range []struct {
		name, object, says string
		attack             func(tx *store.Tx) error
		room               *Rows
	}{
		{"the head gone", "head", "is gone", exec("DELETE FROM log_head"), nil},
		{"an event and its hash gone", "checkpoint:9", "cannot be compared", exec("DELETE FROM events WHERE seq = 5",
			"DELETE FROM log_hashes WHERE idx = 7"), nil},
		{"the tail gone, checkpoint left", "checkpoint:14", "events were cut off, or an older database was put back",
			exec("DELETE FROM events WHERE seq > 10", "DELETE FROM log_hashes WHERE idx >= 18"), nil},
		{"an event below 1", "event:0", "a number below 1", exec("UPDATE events SET seq = -5 WHERE seq = 5"), nil},
		{"a text beyond the end", "event:0", "texts belong to no event",
			exec("INSERT INTO event_texts VALUES (99, 'x', x'00', 'x')"), nil},
		{"an event gone, its text left", "event:5", "“note” belongs to no event",
			exec("DELETE FROM events WHERE seq = 5"), nil},
		{"a list of texts that is none", "event:5", "cannot be read",
			then(exec("UPDATE events SET texts = '[]' WHERE seq = 5"), rewrite), nil},
		{"an event of a kind nobody knows", "event:5", "and its stored hash differ",
			exec("UPDATE events SET object = 'x:1' WHERE seq = 5"), nil},
		{"an honest row", "", "", exec("SELECT 1"), room(note)},
		{"a row twice", "thing:5", "two rows go by this name", exec("SELECT 1"), room(note, note)},
		{"a row without its text", "thing:5", "“note” is missing from the row", exec("SELECT 1"), room(nil)},
		{"a row with a text too many", "thing:5", "“more” came by no event", exec("SELECT 1"),
			room(Texts{"note": note["note"], "more": ""})},
	} {
		err := w.db.Write(context.Background(), func(tx *store.Tx) error {
			if err := then(unguard, c.attack)(tx); err != nil {
				return err
			}
			o := w.options(nil)
			if c.room != nil {
				o.Rooms = []Rows{*c.room}
			}
			v := newVerifier(&tx.Rx, o)
			if err := v.run(context.Background()); err != nil {
				return err
			}
			said := slices.ContainsFunc(v.report.Findings, func(f Finding) bool {
				return f.Object == c.object &&
					strings.Contains(f.Msg, c.says)
			})
			about5 := slices.ContainsFunc(v.report.Findings, func(f Finding) bool { return f.Object == "thing:5" })
			if c.object != "" && !said || c.object == "" && about5 {
				t.Errorf("%s: %v, want %q of %s", c.name, v.report.Findings, c.says, c.object)
			}
			return errUndo
		})
		if !errors.Is(err, errUndo) {
			t.Fatal(err)
		}
	}
}

func TestReportSpeaks(t *testing.T) {
	db := storetest.SQLite(t)
	w := newWorld(t, db)
	w.lived()
	var b strings.Builder
	r := w.verify(nil)
	if err := r.Write(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Verified: 16 events", "1 texts were erased",
		"No checkpoint from elsewhere was given", "newest 2 events are not signed", "8 rows of kind thing"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the report does not say %q:\n%s", want, &b)
		}
	}
	c := w.sign()
	r = w.verify(&c)
	b.Reset()
	if err := r.Write(&b); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "No checkpoint") || !strings.Contains(b.String(), "the history continues it") {
		t.Errorf("with a checkpoint the report says:\n%s", &b)
	}
}

// TestFindingsAreSafeToPrint: what stands in a changed database neither commands the terminal nor fills it.
func TestFindingsAreSafeToPrint(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ن", 1<<20)
	row := func(v string) *string { return encodeRow(Fields{"a": v, "b": "1"}) }
	for _, value := range []string{"\x1b[2J\x1b]0;owned\a", "a\r\nTAMPERED: nothing", "\u009b2J", "\u202eabc",
		"\xff\xfe", long} {
		r := Report{Unknown: map[string]int64{value: 1}}
		r.add(value, "the text “%s” of %v: %s", value, errors.New(value),
			difference(row(value), row("x"), "here", "there"))
		var b strings.Builder
		if err := r.Write(&b); err != nil {
			t.Fatal(err)
		}
		if i := strings.IndexFunc(b.String(), func(r rune) bool {
			return r != '\n' && !unicode.IsPrint(r) || r == utf8.RuneError
		}); i >= 0 || b.Len() > 5000 || strings.Contains(b.String(), "\nTAMPERED: n") {
			t.Errorf("%.20q is printed in %d bytes, at %d: %.300q", value, b.Len(), i, b.String())
		}
	}
	if got := proof.Visible("یک «claim» 日本 é"); got != "یک «claim» 日本 é" {
		t.Errorf("harmless words become %q", got)
	}
}

func hexOf(h [32]byte) string { return hex.EncodeToString(h[:]) }
