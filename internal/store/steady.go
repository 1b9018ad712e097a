package store

/*
#cgo LDFLAGS: -Wl,--unresolved-symbols=ignore-all

typedef struct sqlite3 sqlite3;
int sqlite3_auto_extension(void (*)(void));
int sqlite3_db_config(sqlite3 *, int, ...);

enum { ENABLE_QPSG = 1007 }; // SQLITE_DBCONFIG_ENABLE_QPSG

static int steady(sqlite3 *db) { return sqlite3_db_config(db, ENABLE_QPSG, 1, (int *)0); }

static int steady_plans(void) { return sqlite3_auto_extension((void (*)(void))steady); }
*/
import "C"

// SQLite notes for each parameter whether another value could lead to another plan, and parses the statement anew when
// that parameter is set. The driver clears all parameters before it keeps a statement, which counts as such a change:
// of fifteen statements of a claim's page it kept, nine were parsed at every use, and that was half of what the page
// cost. With its “query planner stability guarantee” SQLite plans each statement once, for any values. So a plan may
// rest on a literal (state = 'candidate' and a partial index), and never on a parameter. See ADR 285.
//
// The driver offers no way to ask for it. An automatic extension is told every connection as it is opened.
func init() {
	if C.steady_plans() != 0 {
		panic("SQLite takes no extension") // out of memory
	}
}
