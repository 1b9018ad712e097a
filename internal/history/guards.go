package history

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"maps"
	"slices"
	"strings"

	"claimbench/internal/store"
)

// The guards are the triggers of every room, each with the hash of its definition, as the migrations make them.
// After a migration that touches a trigger: go test ./internal/history -run TestGuards -update.
var (
	//go:embed guards_sqlite.tsv
	guardsSQLite string
	//go:embed guards_postgres.tsv
	guardsPostgres string
)

// guardsOf gives the triggers that an engine must have: name → hash of the definition.
func guardsOf(dialect string) map[string]string {
	table := guardsSQLite
	if dialect == store.Postgres {
		table = guardsPostgres
	}
	out := map[string]string{}
	for line := range strings.Lines(table) {
		if name, hash, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
			out[name] = hash
		}
	}
	return out
}

// A trigger's definition is its own text on SQLite. On PostgreSQL it is when it fires, on what, under which condition,
// whether it is switched on, and the body of its function.
const (
	triggersSQLite   = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
	triggersPostgres = `SELECT t.tgname, c.relname || ' ' || t.tgtype || ' ' || t.tgenabled::text || ' ' ||
		COALESCE(pg_get_expr(t.tgqual, t.tgrelid), '') || ' ' || encode(t.tgargs, 'hex') || ' ' ||
		t.tgattr::text || ' ' || p.proname || ' ' || p.prosrc
		FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
		JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE NOT t.tgisinternal AND n.nspname = current_schema()`
)

// triggersIn reads the triggers that a database has: name → hash of the definition.
func triggersIn(rx *store.Rx) (map[string]string, error) {
	query := triggersSQLite
	if rx.Dialect() == store.Postgres {
		query = triggersPostgres
	}
	out := map[string]string{}
	err := scan(rx, query, nil, func(scan func(...any) error) error {
		var name, definition string
		if err := scan(&name, &definition); err != nil {
			return err
		}
		sum := sha256.Sum256([]byte(strings.Join(strings.Fields(definition), " ")))
		out[name] = hex.EncodeToString(sum[:])
		return nil
	})
	return out, err
}

// guards compares the triggers with those that this program makes. One that is gone, altered or added changes nothing
// yet, but nobody with a right to does it.
func (v *verifier) guards() error {
	if v.o.guardsOff {
		return nil
	}
	have, err := triggersIn(v.rx)
	if err != nil {
		return err
	}
	want := guardsOf(v.rx.Dialect())
	for _, name := range slices.Sorted(maps.Keys(want)) {
		switch hash, there := have[name]; {
		case !there:
			v.report.add("trigger:"+name, "the trigger is gone: the database no longer refuses what it refused")
		case hash != want[name]:
			v.report.add("trigger:"+name, "the trigger was altered or switched off")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(have)) {
		if _, known := want[name]; !known {
			v.report.add("trigger:"+name, "this program makes no such trigger")
		}
	}
	return nil
}
