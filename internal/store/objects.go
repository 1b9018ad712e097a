package store

import (
	"cmp"
	"embed"
	"slices"
	"strings"
)

// Object is one thing that the schema is made of, with its definition on one line: what a database is compared by.
type Object struct {
	Kind       string // "table", "column", "constraint", "index", "trigger", "function", "view", "rule" …
	Name       string // columns, constraints, triggers and rules of PostgreSQL as TABLE.NAME
	Definition string // line ends as \n, for a comment ends with its line
}

// oneLine keeps every character: what stands after a comment is another thing than what stands in it.
var oneLine = strings.NewReplacer("\\", `\\`, "\n", `\n`, "\t", `\t`, "\r", `\r`)

// The objects as the migrations make them, one a line. After a migration:
// go test ./internal/store -run TestObjects -update.
//
//go:embed schema
var made embed.FS

// Made lists the objects that the migrations of this program make on an engine.
func Made(dialect string) []Object {
	table, _ := made.ReadFile("schema/" + dialect + ".tsv") // embedded: it is there
	var out []Object
	for line := range strings.Lines(string(table)) {
		if f := strings.SplitN(strings.TrimSuffix(line, "\n"), "\t", 3); len(f) == 3 {
			out = append(out, Object{Kind: f[0], Name: f[1], Definition: f[2]})
		}
	}
	return out
}

// Objects reads what the schema of a database is made of, by kind and name. Left out is what the engine keeps for
// itself (statistics), and what came with an extension of PostgreSQL.
func (r *Rx) Objects() ([]Object, error) {
	query := objectsSQLite
	if r.db.dialect == Postgres {
		query = objectsPostgres
	}
	rows, err := r.g.Raw(query).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Object
	for rows.Next() {
		var o Object
		if err := rows.Scan(&o.Kind, &o.Name, &o.Definition); err != nil {
			return nil, err
		}
		o.Definition = oneLine.Replace(o.Definition)
		out = append(out, o)
	}
	slices.SortFunc(out, func(a, b Object) int { // by bytes: the order of a database is that of its language
		return cmp.Or(strings.Compare(a.Kind, b.Kind), strings.Compare(a.Name, b.Name))
	})
	return out, rows.Err()
}

// SQLite keeps the statements that made an object, with all columns and constraints. An index that a constraint makes
// has no statement of its own.
const objectsSQLite = `SELECT type, name, COALESCE(sql, 'made by a constraint of ' || tbl_name) FROM sqlite_master
	WHERE name NOT LIKE 'sqlite!_stat%' ESCAPE '!'`

// PostgreSQL keeps objects taken apart; it writes each definition itself. A constraint or trigger that is switched off
// says so.
const objectsPostgres = `
WITH here AS (SELECT oid FROM pg_namespace WHERE nspname = current_schema()),
	foreigners AS (SELECT classid, objid FROM pg_depend WHERE deptype = 'e'),
	relations AS (SELECT c.* FROM pg_class c WHERE c.relnamespace = (SELECT oid FROM here)
		AND (c.oid NOT IN (SELECT objid FROM foreigners WHERE classid = 'pg_class'::regclass)))
SELECT CASE relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'view' WHEN 'S' THEN 'sequence' ELSE 'table' END, relname::text,
	CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(r.oid, true) WHEN relkind = 'S' THEN
		(SELECT concat_ws(' ', 'from', seqstart, 'by', seqincrement, 'between', seqmin, 'and', seqmax, 'cache',
			seqcache,
			CASE WHEN seqcycle THEN 'cycle' END) FROM pg_sequence q WHERE q.seqrelid = r.oid)
	ELSE concat_ws(' ', 'kind', relkind::text, 'kept', relpersistence::text, CASE WHEN relrowsecurity THEN 'by rows'
		END,
		CASE WHEN relforcerowsecurity THEN 'for its owner too' END,
		(SELECT 'from ' || string_agg(inhparent::regclass::text, ', ') FROM pg_inherits WHERE inhrelid = r.oid)) END
	FROM relations r WHERE relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
UNION ALL
SELECT 'column', r.relname || '.' || a.attname, concat_ws(' ', format_type(a.atttypid, a.atttypmod),
	CASE WHEN a.attnotnull THEN 'not null' END, 'default ' || pg_get_expr(d.adbin, d.adrelid),
	'identity ' || NULLIF(a.attidentity::text, ''), 'generated ' || NULLIF(a.attgenerated::text, ''),
	(SELECT 'collation ' || l.collname FROM pg_collation l, pg_type t WHERE l.oid = a.attcollation
		AND t.oid = a.atttypid AND t.typcollation <> a.attcollation))
	FROM relations r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
	LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum WHERE r.relkind IN ('r', 'p', 'f')
UNION ALL
SELECT 'constraint', r.relname || '.' || c.conname, concat_ws(' ', pg_get_constraintdef(c.oid, true),
	CASE WHEN NOT c.convalidated THEN 'not validated' END, (SELECT 'switched off' WHERE EXISTS (SELECT 1 FROM
		pg_trigger t
		WHERE t.tgconstraint = c.oid AND t.tgenabled <> 'O')))
	FROM relations r JOIN pg_constraint c ON c.conrelid = r.oid WHERE c.contype <> 'n'
UNION ALL
SELECT 'index', r.relname::text, concat_ws(' ', pg_get_indexdef(r.oid, 0, true),
	CASE WHEN NOT (i.indisvalid AND i.indisready AND i.indislive) THEN 'switched off' END,
	CASE WHEN NOT i.indimmediate THEN 'deferred' END)
	FROM relations r JOIN pg_index i ON i.indexrelid = r.oid
UNION ALL
SELECT 'trigger', r.relname || '.' || t.tgname, concat_ws(' ', pg_get_triggerdef(t.oid, true),
	CASE t.tgenabled WHEN 'O' THEN NULL WHEN 'D' THEN 'switched off' ELSE 'switched to ' || t.tgenabled::text END)
	FROM relations r JOIN pg_trigger t ON t.tgrelid = r.oid WHERE NOT t.tgisinternal
UNION ALL
SELECT 'rule', r.relname || '.' || w.rulename, concat_ws(' ', pg_get_ruledef(w.oid, true), w.ev_enabled::text)
	FROM relations r JOIN pg_rewrite w ON w.ev_class = r.oid WHERE w.rulename <> '_RETURN'
UNION ALL
SELECT 'policy', r.relname || '.' || p.polname, concat_ws(' ', p.polcmd::text, p.polpermissive::text,
	pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
	FROM relations r JOIN pg_policy p ON p.polrelid = r.oid
UNION ALL
SELECT 'function', p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')',
	concat_ws(' ', 'returns', pg_get_function_result(p.oid), (SELECT lanname FROM pg_language WHERE oid = p.prolang),
	CASE WHEN p.prosecdef THEN 'as its owner' END, array_to_string(p.proconfig, ' '), p.prosrc)
	FROM pg_proc p WHERE p.pronamespace = (SELECT oid FROM here)
	AND p.oid NOT IN (SELECT objid FROM foreigners WHERE classid = 'pg_proc'::regclass)
UNION ALL
SELECT 'operator', oprname || '(' || oprleft::regtype || ', ' || oprright::regtype || ')', oprcode::text
	FROM pg_operator o WHERE o.oprnamespace = (SELECT oid FROM here)
	AND o.oid NOT IN (SELECT objid FROM foreigners WHERE classid = 'pg_operator'::regclass)
UNION ALL
SELECT 'cast', castsource::regtype || ' to ' || casttarget::regtype, castfunc::regproc::text || ' ' || castcontext::text
	FROM pg_cast k WHERE k.oid >= 16384 AND k.oid NOT IN (SELECT objid FROM foreigners WHERE classid =
		'pg_cast'::regclass)
UNION ALL
SELECT 'type', typname::text, format_type(typbasetype, typtypmod) FROM pg_type y
	WHERE y.typnamespace = (SELECT oid FROM here) AND y.typtype IN ('d', 'e', 'r', 'b') AND y.typcategory <> 'A'
	AND y.oid NOT IN (SELECT objid FROM foreigners WHERE classid = 'pg_type'::regclass)
UNION ALL
SELECT 'setting', 'session_replication_role', setting FROM (SELECT setting FROM pg_settings
	WHERE name = 'session_replication_role' AND setting <> 'origin' UNION SELECT unnest(setconfig) FROM
		pg_db_role_setting
	WHERE setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))) s(setting)
	WHERE setting IN ('replica', 'local') OR setting LIKE 'session_replication_role=%'`
