package history

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// schemaAfter verifies after an attack on the schema, and undoes it.
func schemaAfter(t *testing.T, db *store.DB, attack ...string) (r Report, err error) {
	t.Helper()
	undone := db.Write(context.Background(), func(tx *store.Tx) error {
		if err := exec(attack...)(tx); err != nil {
			return err
		}
		r, err = VerifyIn(context.Background(), &tx.Rx, Options{})
		return errUndo
	})
	if undone != errUndo {
		t.Fatalf("%v: %v", attack, undone)
	}
	return r, err
}

func wantNamed(t *testing.T, db *store.DB, names []string, attack ...string) {
	t.Helper()
	r, err := schemaAfter(t, db, attack...)
	if err != nil {
		t.Errorf("%.300v: %v", attack, err)
	}
	for _, name := range names {
		if !slices.Contains(named(r), name) {
			t.Errorf("%.300s does not name %s: %.1000s", fmt.Sprint(attack), name, fmt.Sprint(r.Findings))
		}
	}
	for _, f := range r.Findings {
		if len(f.Msg) > 600 {
			t.Errorf("%s is told in %d bytes: %s", f.Object, len(f.Msg), f.Msg)
		}
	}
}

// TestSchemaEachObject takes away each object that can be taken away. Each is named.
func TestSchemaEachObject(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if r, err := schemaAfter(t, db, "SELECT 1"); err != nil || !r.OK() {
			t.Fatalf("a fresh database: %v, %v", r.Findings, err)
		}
		type batch struct{ names, drops []string }
		const atOnce = 25
		batches := map[string]*batch{} // by table and kind, for a look at a time would take long
		seen := map[string]int{}
		for _, o := range store.Made(db.Dialect()) {
			if drop := dropOf(o, db.Dialect()); drop != "" {
				table, _, _ := strings.Cut(o.Name, ".")
				key := o.Kind + " " + table
				if o.Kind != "column" && o.Kind != "trigger" && o.Name != listOfMigrations {
					key = fmt.Sprint(o.Kind, " ", seen[o.Kind]/atOnce) // of many, for a report ends after a thousand
					seen[o.Kind]++
				}
				if batches[key] == nil {
					batches[key] = &batch{}
				}
				batches[key].names = append(batches[key].names, o.Kind+":"+o.Name)
				batches[key].drops = append(batches[key].drops, drop)
			}
		}
		for _, b := range batches {
			wantNamed(t, db, b.names, b.drops...)
		}
	})
}

// dropOf takes an object away; "": SQLite lets nobody do it but by writing its own table (TestSchemaEditedFile).
func dropOf(o store.Object, dialect string) string {
	table, name, _ := strings.Cut(o.Name, ".")
	lite := dialect == store.SQLite
	switch {
	case lite && (strings.HasPrefix(o.Definition, "made by a constraint") || strings.HasPrefix(o.Name, "sqlite_") ||
		strings.HasPrefix(o.Name, "search_") && o.Kind == "table"):
		return ""
	case lite && o.Kind == "trigger":
		return "DROP TRIGGER " + o.Name
	case !lite && o.Kind == "index":
		return "ALTER INDEX " + o.Name + " RENAME TO x_" + o.Name
	}
	return map[string]string{
		"constraint": "ALTER TABLE " + table + " DROP CONSTRAINT IF EXISTS " + name + " CASCADE",
		"column":     "ALTER TABLE " + table + " RENAME COLUMN " + name + " TO x_" + name,
		"table":      "ALTER TABLE " + table + " RENAME TO x_" + table,
		"trigger":    "DROP TRIGGER " + name + " ON " + table,
		"index":      "DROP INDEX " + o.Name,
		"sequence":   "ALTER SEQUENCE " + o.Name + " RENAME TO x_" + o.Name,
		"function":   "DROP FUNCTION " + o.Name + " CASCADE",
	}[o.Kind]
}

// TestSchema alters, adds and switches off, one thing of each sort.
func TestSchema(t *testing.T) {
	const lie = "CREATE OR REPLACE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
	cases := map[string][]struct {
		name   string
		attack []string
	}{
		store.SQLite: {
			{"index:claims_by_source", []string{"CREATE INDEX claims_by_source ON claims (article_id)"}},
			{"index:reviews_one", []string{"DROP INDEX reviews_one",
				"CREATE INDEX reviews_one ON reviews (round_id, reviewer_id)"}},
			{"trigger:events_lie", []string{"CREATE TRIGGER events_lie BEFORE UPDATE ON events BEGIN SELECT 1; END"}},
			{"trigger:events_next", []string{"DROP TRIGGER events_next",
				"CREATE TRIGGER events_next BEFORE UPDATE ON events BEGIN SELECT 1; END"}},
			{"view:claims_seen", []string{"CREATE VIEW claims_seen AS SELECT * FROM claims"}},
			{"table:shadow", []string{"CREATE TABLE shadow (id INTEGER)"}},
			{"table:comments", []string{"ALTER TABLE comments ADD COLUMN more TEXT"}},
			{"table:comments", []string{"ALTER TABLE comments ADD COLUMN more TEXT AS (id) VIRTUAL"}},
			{"table:claims", []string{"ALTER TABLE claims RENAME TO claims_real",
				"CREATE VIEW claims AS SELECT * FROM claims_real"}},
		},
		store.Postgres: {
			{"index:claims_by_source", []string{"CREATE INDEX claims_by_source ON claims (article_id)"}},
			{"trigger:events.events_lie", []string{"CREATE TRIGGER events_lie BEFORE UPDATE ON events " +
				"FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()"}},
			{"trigger:events.events_next", []string{"ALTER TABLE events DISABLE TRIGGER events_next"}},
			{"trigger:events.events_next", []string{"ALTER TABLE events ENABLE REPLICA TRIGGER events_next"}},
			{"trigger:events.events_next", []string{"ALTER TRIGGER events_next ON events RENAME TO x"}},
			{"trigger:events.events_next", []string{"ALTER TABLE events DISABLE TRIGGER USER"}},
			{"constraint:comments.comments_author_id_fkey", []string{"ALTER TABLE comments DISABLE TRIGGER ALL"}},
			{"constraint:claims.claims_state_check", []string{"ALTER TABLE claims DROP CONSTRAINT claims_state_check",
				"ALTER TABLE claims ADD CONSTRAINT claims_state_check CHECK (state <> 'x')"}},
			{"constraint:claims.claims_state_check", []string{"ALTER TABLE claims DROP CONSTRAINT claims_state_check",
				"ALTER TABLE claims ADD CONSTRAINT claims_state_check CHECK (state = ANY (ARRAY['candidate'::text, " +
					"'open'::text, 'in_conflict'::text, 'decided'::text, 'approved'::text, 'rejected'::text, " +
					"'withdrawn'::text, 'merged'::text])) NOT VALID"}},
			{"constraint:users.users_name_key", []string{"ALTER TABLE users DROP CONSTRAINT users_name_key",
				"ALTER TABLE users ADD CONSTRAINT users_name_key UNIQUE (name) DEFERRABLE INITIALLY DEFERRED"}},
			{"function:history_refuse()", []string{fmt.Sprintf(lie, "history_refuse")}},
			{"function:history_next()", []string{"ALTER FUNCTION history_next() SET search_path = evil"}},
			{"function:lower(bigint)", []string{
				"CREATE FUNCTION lower(bigint) RETURNS text LANGUAGE sql AS 'SELECT 1'"}},
			{"view:claims_seen", []string{"CREATE VIEW claims_seen AS SELECT * FROM claims"}},
			{"view:claims_kept", []string{"CREATE MATERIALIZED VIEW claims_kept AS SELECT * FROM claims"}},
			{"rule:claims.no_change", []string{"CREATE RULE no_change AS ON UPDATE TO claims DO INSTEAD NOTHING"}},
			{"policy:claims.half", []string{"CREATE POLICY half ON claims USING (id > 5)"}},
			{"table:claims", []string{"ALTER TABLE claims ENABLE ROW LEVEL SECURITY"}},
			{"table:store_meta", []string{"ALTER TABLE store_meta SET UNLOGGED"}},
			{"table:more", []string{"CREATE TABLE more () INHERITS (claims)"}},
			{"table:shadow", []string{"CREATE TABLE shadow (id BIGINT)"}},
			{"table:claims", []string{"ALTER TABLE claims RENAME TO claims_real",
				"CREATE VIEW claims AS SELECT * FROM claims_real"}},
			{"column:claims.more", []string{"ALTER TABLE claims ADD COLUMN more TEXT"}},
			{"column:claims.state", []string{"ALTER TABLE claims ALTER COLUMN state DROP NOT NULL"}},
			{"column:claims.state", []string{"ALTER TABLE claims ALTER COLUMN state SET DEFAULT 'approved'"}},
			{"column:glosses.lang", []string{`ALTER TABLE glosses ALTER COLUMN lang TYPE text COLLATE "C"`}},
			{"column:comments.added_at", []string{"ALTER TABLE comments ALTER COLUMN added_at TYPE numeric"}},
			{"sequence:claims_id_seq", []string{"ALTER SEQUENCE claims_id_seq INCREMENT BY -1 MINVALUE -9 START 1"}},
			{"type:text", []string{"CREATE DOMAIN text AS pg_catalog.text"}},
			{"setting:session_replication_role", []string{"SET LOCAL session_replication_role = replica"}},
			{"setting:session_replication_role",
				[]string{"DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET session_replication_role = replica', " +
					"current_database()); END $$"}},
		},
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for _, c := range cases[db.Dialect()] {
			wantNamed(t, db, []string{c.name}, c.attack...)
		}
	})
}

// TestSchemaListOfMigrations: when only the list of migrations is wrong, that is a finding; a database that is older or
// newer in truth cannot be checked.
func TestSchemaListOfMigrations(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for _, attack := range []string{
			"DELETE FROM goose_db_version",
			"DROP TABLE goose_db_version",
			"DELETE FROM goose_db_version WHERE version_id = (SELECT MAX(version_id) FROM goose_db_version)",
			"DELETE FROM goose_db_version WHERE version_id = 40",
			"UPDATE goose_db_version SET version_id = 9999 WHERE version_id = 40",
			"UPDATE goose_db_version SET is_applied = FALSE WHERE version_id = 40",
			"INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, TRUE)",
			"INSERT INTO goose_db_version (version_id, is_applied) VALUES (40, TRUE)",
		} {
			wantNamed(t, db, []string{listOfMigrations}, attack)
		}
		for _, column := range []string{"is_applied", "version_id"} {
			drop := "ALTER TABLE goose_db_version DROP COLUMN " + column
			r, err := schemaAfter(t, db, drop)
			if err != nil || !strings.Contains(strings.Join(named(r), " "), listOfMigrations) {
				t.Errorf("%s: %v, %v", drop, r.Findings, err)
			}
		}
		for attack, want := range map[string]string{
			"DELETE FROM goose_db_version WHERE version_id >= 90":                       "older",
			"INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, TRUE)": "newer",
			"DELETE FROM goose_db_version WHERE version_id = 40":                        "between two versions",
		} {
			_, err := schemaAfter(t, db, attack, "DROP TABLE proposals")
			if fault.KindOf(err) != fault.Unavailable || !strings.Contains(fault.Message(err), want) {
				t.Errorf("%s, and another schema: %v", attack, err)
			}
		}
	})
}

// TestSchemaEditedFile: who writes SQLite's own table of contents can take away what makes values single, put two rows
// in, and put it back. The file then disagrees with itself.
func TestSchemaEditedFile(t *testing.T) {
	db := storetest.SQLite(t)
	for name, attack := range map[string][]string{
		"an index without its rows": {"INSERT INTO store_meta VALUES ('a', '1')", "PRAGMA writable_schema = 1",
			"UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'jobs') " +
				"WHERE name = 'sqlite_autoindex_store_meta_1'"},
	} {
		if err := db.Write(context.Background(), exec(attack...)); err != nil {
			t.Fatal(name, err)
		}
		other, err := store.Open(context.Background(), storetest.URL(t, db), store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer other.Close()
		r, err := Verify(context.Background(), other, Options{})
		if err != nil || !slices.Contains(named(r), "file") {
			t.Errorf("%s: %v, %v", name, r.Findings, err)
		}
	}
}
