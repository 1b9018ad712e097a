package evidence_test

import (
	"bytes"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"claimbench/internal/captures"
	"claimbench/internal/evidence"
	"claimbench/internal/history"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// Withheld by law, the plain SHA-256 of a document goes with its bytes: it stands in no column of any table, in no form
// of writing, and in no event; the salted hash of the history stays, and the audit holds.
func TestNoHashIsLeft(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, _, it := captureWorld(t, db)
		c, err := w.Evidence.Capture(roomtest.Ctx(), w.As("reviewer-1"), it.ID,
			words("It was cold. Twelve, says kraken. The vault is under the chapel."))
		if err != nil {
			t.Fatal(err)
		}
		about, err := c.About()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := hex.DecodeString(about.SHA256)
		if err != nil {
			t.Fatal(err)
		}
		looks := map[string][]byte{"hexadecimal": []byte(about.SHA256), "bytes": raw, "in base64": []byte(
			base64.RawStdEncoding.EncodeToString(raw)), "in base32": []byte(base32.StdEncoding.WithPadding(
			base32.NoPadding).EncodeToString(raw)), "of its text": []byte(about.Words), "words": []byte("chapel")}
		if got := columnsWith(t, db, looks); len(got) == 0 {
			t.Fatal("the search finds nothing where the capture is kept")
		}
		if _, err := w.Evidence.WithholdCapture(roomtest.Ctx(), w.As("editor-1"), it.ID, c.ID, c.Version,
			"A court said so."); err != nil {
			t.Fatal(err)
		}
		for _, where := range columnsWith(t, db, looks) {
			t.Errorf("still there: %s", where)
		}
		var out strings.Builder
		if _, err := history.Export(roomtest.Ctx(), db, &out, history.Filter{
			Viewer: history.Viewer{ReadAll: true}}); err != nil {
			t.Fatal(err)
		}
		for how, is := range looks {
			if strings.Contains(out.String(), string(is)) {
				t.Errorf("the exported history holds the hash, %s", how)
			}
		}
		n := w.Count("event_texts WHERE name = 'document' AND text IS NULL AND salt IS NULL AND seq IN (SELECT seq " +
			"FROM events WHERE object = '" + captures.Object(c.ID) + "')")
		if n == 0 {
			t.Error("no text of the capture is erased")
		}
		if x := shownItem(t, w, evidence.ID(c.EvidenceID)); x.Capture == nil || x.Capture.State != captures.Withheld {
			t.Errorf("it is %+v", x.Capture)
		}
		w.Verify()
	})
}

// columnsWith reads every column of every table, and says which hold one of these bytes.
func columnsWith(t *testing.T, db *store.DB, looks map[string][]byte) (out []string) {
	t.Helper()
	names := "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND " +
		"sql LIKE 'CREATE TABLE%'"
	if db.Dialect() == store.Postgres {
		names = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
	}
	if err := db.Read(roomtest.Ctx(), func(r *store.Rx) error {
		var tables []string
		if err := r.Gorm().Raw(names).Scan(&tables).Error; err != nil {
			return err
		}
		if len(tables) < 50 {
			t.Errorf("only %d tables are read", len(tables))
		}
		for _, table := range tables {
			var rows []map[string]any
			if err := r.Gorm().Raw(`SELECT * FROM "` + table + `"`).Scan(&rows).Error; err != nil {
				return err
			}
			for _, row := range rows {
				for column, value := range row {
					var is []byte
					switch v := value.(type) {
					case []byte:
						is = v
					default:
						is = fmt.Append(nil, v)
					}
					for how, what := range looks {
						if bytes.Contains(is, what) {
							out = append(out, table+"."+column+", "+how)
						}
					}
				}
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return out
}
