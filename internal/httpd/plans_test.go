package httpd

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// small are the tables that do not grow with what is read and reviewed: reading them whole is as good as an index.
var small = []string{"users", "role_grants", "collections", "sources", "source_ratings", "store_meta", "log_head",
	"veils", "checkpoints", "revisions_coming", "goose_db_version", "erasures", "fetching", "sending",
	"article_protections", "webhooks"}

// growing are the tables that are made large here, parents first. PostgreSQL chooses by their size.
var growing = []string{"collections", "articles", "revisions", "sentences", "origins", "article_origins", "claims",
	"claim_words", "glosses", "comments", "evidence", "review_rounds", "reviews", "decisions", "claim_sets",
	"claim_set_claims", "proposals", "events", "event_texts", "review_drafts", "review_trails", "review_questions",
	"deeds", "claim_batches", "snoozes", "assignments", "notices", "guidelines", "agreement_rounds",
	"agreement_pairs"}

// knownScan is a statement that reads a table that grows from end to end, and why it still does.
type knownScan struct {
	dialect     string // "": both
	table, part string // part of the statement, as shape writes it
	why         string
}

// knownScans may only shrink: one of both engines that is not seen any more fails the test too. What PostgreSQL alone
// chooses is bound to the sizes here, and is not asked back.
var knownScans = []knownScan{
	{"", "events", "FROM events ORDER BY seq DESC LIMIT",
		"the newest events, by their number: it stops at the limit"},
	{"", "events", "EXISTS (SELECT ? FROM veils WHERE veils.veil = events.veil))) ORDER BY seq DESC LIMIT",
		"the newest events of all collections: it stops at the limit, and passes over what is veiled now"},
	{store.Postgres, "claim_sets", "WITH RECURSIVE up (id, newest)",
		"few sets are here, and most supersede none; among many it takes the index of supersedes"},
	{store.Postgres, "claim_set_claims", "AS becomes", ofFew}, {store.Postgres, "claim_sets", "AS becomes", ofFew},
	{store.Postgres, "claims", "AS becomes", ofFew}, {store.Postgres, "decisions", "AS becomes", ofFew},
	{store.Postgres, "reviews", "AS becomes", ofFew}, {store.Postgres, "review_rounds", "AS becomes", ofFew},
	{store.Postgres, "evidence", "AS becomes", ofFew}, {store.Postgres, "events", "AS becomes", ofFew},
	{store.Postgres, "notices", "FROM notices WHERE user_id = ? ORDER BY id DESC LIMIT",
		"all notices here are one person's, so the newest of all are theirs; of many people it takes notices_user"},
}

// ofFew is why PostgreSQL reads tables whole for the rules of package exceptions here.
const ofFew = "most of the few rows that are copied here are exceptions; on SQLite each rule goes by an index of " +
	"what is exceptional, which its own TestQuestionsGoByIndexes asks"

// copies is how often the world is copied, each time as a collection of its own.
const copies = 150

// parents are copied as often again as manyMore says, into the copied collections: they are few beside what hangs on
// them, and PostgreSQL would read them whole.
var parents = []string{"articles", "origins"}

const manyMore = 4000

// enlarge copies every row of the growing tables, with its numbers moved up, so that indexes are worth it. What the
// copies hold does not matter: no page reads them.
func enlarge(t *testing.T, db *store.DB) {
	t.Helper()
	// Copies of events do not follow the head, and copies of frozen sets come after their freeze.
	lift, given := []string{"DROP TRIGGER events_next", "DROP TRIGGER claim_set_claims_frozen_insert"}, ""
	if db.Dialect() == store.Postgres {
		lift, given = []string{"ALTER TABLE events DISABLE TRIGGER USER",
			"ALTER TABLE claim_set_claims DISABLE TRIGGER USER"}, "OVERRIDING SYSTEM VALUE "
	}
	series := fmt.Sprintf("WITH RECURSIVE k (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < %d) ", copies)
	if err := db.Write(roomtest.Ctx(), func(tx *store.Tx) error {
		for _, statement := range lift {
			if err := tx.Gorm().Exec(statement).Error; err != nil {
				return err
			}
		}
		if err := tx.Gorm().Exec("INSERT INTO glosses (claim_id, lang, words, author_id, changed_at, version) " +
			"SELECT id, 'fr', 'mots', 1, 1, 1 FROM claims").Error; err != nil {
			return err
		}
		for _, table := range growing {
			columns, err := columnsOf(tx, table)
			if err != nil {
				return err
			}
			moved := make([]string, len(columns))
			for i, c := range columns {
				moved[i] = movedUp(table, c)
			}
			if err := tx.Gorm().Exec(fmt.Sprintf("INSERT INTO %s (%s) %s%sSELECT %s FROM %s, k", table,
				strings.Join(columns, ", "), given, series, strings.Join(moved, ", "), table)).Error; err != nil {
				return fmt.Errorf("%s: %w", table, err)
			}
		}
		if err := addParents(tx, given); err != nil {
			return err
		}
		if db.Dialect() == store.Postgres {
			for _, table := range []string{"search_sentences", "search_claims"} {
				if err := tx.Gorm().Exec("INSERT INTO " + table + " (rowid, terms) " + series +
					"SELECT rowid + k.n * CAST(1024000000 AS BIGINT), terms FROM " + table + ", k").Error; err != nil {
					return err
				}
			}
		}
		if db.Dialect() == store.SQLite {
			return nil // nobody analyses a database of ours there: it chooses by the indexes alone
		}
		return tx.Gorm().Exec("ANALYZE").Error
	}); err != nil {
		t.Fatal(err)
	}
}

func addParents(tx *store.Tx, given string) error {
	series := fmt.Sprintf("WITH RECURSIVE k (n) AS (SELECT CAST(%d AS BIGINT) UNION ALL SELECT n + 1 "+
		"FROM k WHERE n < %d) ",
		copies+1,
		copies+manyMore)
	for _, table := range parents {
		columns, err := columnsOf(tx, table)
		if err != nil {
			return err
		}
		moved := make([]string, len(columns))
		for i, c := range columns {
			switch moved[i] = movedUp(table, c); c {
			case "collection_id":
				moved[i] = fmt.Sprintf("%s.%s + (k.n %% %d + 1) * 1000000", table, c, copies)
			case "revision_id":
				moved[i] = "NULL"
			case "name":
				moved[i] = table + ".name || '-' || CAST(k.n AS TEXT)"
			}
		}
		if err := tx.Gorm().Exec(fmt.Sprintf("INSERT INTO %s (%s) %s%sSELECT %s FROM %s, k WHERE %s.id < 1000000",
			table, strings.Join(columns, ", "), given, series, strings.Join(moved, ", "), table,
			table)).Error; err != nil {
			return fmt.Errorf("more of %s: %w", table, err)
		}
	}
	return nil
}

func columnsOf(tx *store.Tx, table string) ([]string, error) {
	rows, err := tx.Gorm().Raw("SELECT * FROM " + table + " LIMIT 0").Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	return rows.Columns()
}

// movedUp gives the expression of a column in the copies.
func movedUp(table, column string) string {
	numbers := []string{"id", "collection_id", "article_id", "revision_id", "claim_id", "round_id", "set_id",
		"origin_id", "seq", "anchor_revision"}
	switch {
	case slices.Contains(numbers, column):
		return table + "." + column + " + k.n * 1000000"
	case column == "public" || column == "object" || table == "collections" && column == "name":
		return table + "." + column + " || '-' || CAST(k.n AS TEXT)"
	}
	return table + "." + column
}

// asked gathers statements by their shape.
type asked struct {
	dialect string

	mu   sync.Mutex
	all  map[string]string // shape → one statement
	from map[string]string // shape → who asked it first
	who  string
	last []string // shapes in their order, since who was set
}

func (a *asked) counter() *store.Counter {
	return &store.Counter{Each: func(sql string) {
		a.mu.Lock()
		defer a.mu.Unlock()
		if a.dialect == store.SQLite {
			sql = singly(sql)
		}
		s := shape(sql)
		a.last = append(a.last, s)
		if _, ok := a.all[s]; !ok && planned.MatchString(s) {
			a.all[s], a.from[s] = sql, a.who
		}
	}}
}

var (
	planned  = regexp.MustCompile(`(?s)^(SELECT|UPDATE|DELETE|WITH|INSERT .* SELECT)\b`)
	quoted   = regexp.MustCompile(`'(?:[^']|'')*'|"(?:[^"]|"")*"`)
	literal  = regexp.MustCompile(`'(?:[^']|'')*'|\b\d+\b`)
	repeated = regexp.MustCompile(`\((\?|\((?:\?,? ?)+\))(, ?(\?|\((?:\?,? ?)+\)))*\)`)
	spaces   = regexp.MustCompile(`\s+`)
)

// singly puts values into single quotes: gorm tells those of SQLite in double ones, which mean names first.
func singly(sql string) string {
	return quoted.ReplaceAllStringFunc(sql, func(v string) string {
		if v[0] == '\'' {
			return v
		}
		v = strings.ReplaceAll(v[1:len(v)-1], `""`, `"`)
		return "'" + strings.ReplaceAll(v, "'", "''") + "'"
	})
}

// shape is a statement without its values.
func shape(sql string) string {
	sql = strings.ReplaceAll(strings.ReplaceAll(sql, "`", ""), `"`, "")
	sql = repeated.ReplaceAllString(literal.ReplaceAllString(sql, "?"), "(?)")
	return strings.TrimSpace(spaces.ReplaceAllString(sql, " "))
}

// tablesOf names the tables that there are.
func tablesOf(t *testing.T, db *sql.DB, dialect string) map[string]bool {
	t.Helper()
	ask := "SELECT name FROM sqlite_master WHERE type = 'table'"
	if dialect == store.Postgres {
		ask = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
	}
	rows, err := db.Query(ask)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	out := map[string]bool{}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		out[name] = true
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// scans names the tables that a statement reads from end to end.
func scans(t *testing.T, db *sql.DB, dialect, statement string) (out []string) {
	t.Helper()
	explain := "EXPLAIN QUERY PLAN "
	if dialect == store.Postgres {
		explain = "EXPLAIN "
	}
	rows, err := db.Query(explain + pgMoment.ReplaceAllString(statement, "0"))
	if err != nil {
		t.Errorf("%v\n%s", err, statement)
		return nil
	}
	defer rows.Close()
	var lines []string
	for rows.Next() {
		var line string
		var id, parent, unused int
		if dialect == store.Postgres {
			err = rows.Scan(&line)
		} else {
			err = rows.Scan(&id, &parent, &unused, &line)
		}
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	if err := rows.Err(); err != nil {
		t.Errorf("%v\n%s", err, statement)
	}
	for i, line := range lines {
		if table := scanned(line, strings.Join(lines[i+1:], "\n"), statement); table != "" {
			out = append(out, table)
		}
	}
	return out
}

var (
	seqScan  = regexp.MustCompile(`Seq Scan on (\w+)`)
	pgIndex  = regexp.MustCompile(`Index (?:Only )?Scan (?:Backward )?using \w+ on (\w+)`)
	pgBounds = regexp.MustCompile(`^\s+Index Cond:`)
	pgMoment = regexp.MustCompile(`'\d{4}-\d\d-\d\dT[\d:.]+Z'`) // gorm tells numbers of microseconds as times
	liteScan = regexp.MustCompile(`^SCAN (\w+)(.*)`)
)

// scanned reads one line of a plan, with those that follow it.
func scanned(line, next, statement string) string {
	if m := seqScan.FindStringSubmatch(line); m != nil {
		return m[1]
	}
	if m := pgIndex.FindStringSubmatch(line); m != nil && !pgBounds.MatchString(next) {
		return m[1] // an index read from end to end
	}
	m := liteScan.FindStringSubmatch(line)
	if m == nil || strings.Contains(m[2], "VIRTUAL TABLE INDEX") {
		return ""
	}
	// SQLite names the alias.
	alias := regexp.MustCompile("(?i)(?:from|join|,)\\s+[`\"]?(\\w+)[`\"]?\\s+(?:as\\s+)?" + m[1] + `\b`)
	if a := alias.FindStringSubmatch(statement); a != nil {
		return a[1]
	}
	return m[1]
}

// pagesAsk has every page asked by those who may.
func (w full) pagesAsk(a *asked) {
	for _, r := range w.server.routes() {
		if r.method != get || r.path == livePath || strings.HasPrefix(r.path, "/link") || r.access.open {
			continue
		}
		for _, path := range w.paths(r.path) {
			w.askOnce(context.Background(), "auditor-1", path, "text/html") // which may fill an index in memory
			for _, who := range []string{"reviewer-1", "editor-2", "auditor-1", "admin-1"} {
				for _, accept := range []string{"text/html", "application/json"} {
					a.who = path + " as " + accept + " for " + who
					w.askOnce(store.WithCounter(context.Background(), a.counter()), who, path, accept)
				}
			}
		}
	}
}

// peopleWrite does the writes that are done all day.
func (w full) peopleWrite(a *asked) {
	w.t.Helper()
	ctx := store.WithCounter(roomtest.Ctx(), a.counter())
	must := func(what string, err error) {
		w.t.Helper()
		if err != nil {
			w.t.Fatalf("%s: %v", what, err)
		}
	}
	editor, reviewer := w.As("editor-1"), w.As("reviewer-1")
	a.who = "import"
	in, err := w.Articles.Import(ctx, editor, articles.Import{Collection: w.Collection.ID, Source: "Late Paper",
		Lang: "en", Raw: "The council approved 12 grants in May 2016. The mayor of Arden denied it. Nobody spoke."})
	must(a.who, err)
	a.who = "extract"
	_, err = w.Claims.Extract(ctx, reviewer, in.Article.ID)
	must(a.who, err)
	page, err := w.Claims.List(ctx, reviewer, claims.Filter{Collection: w.Collection.ID, State: claims.Candidate,
		Limit: 1})
	if must(a.who, err); len(page.Claims) == 0 {
		w.t.Fatal("no candidate")
	}
	a.who = "accept"
	c, err := w.Claims.Accept(ctx, reviewer, page.Claims[0].ID, page.Claims[0].Version)
	must(a.who, err)
	a.who = "link"
	item, err := w.Evidence.Link(ctx, reviewer, evidence.Link{ClaimID: c.ID, ArticleID: in.Article.ID,
		RevisionID: in.Revision.ID, Span: w.Find(in, "approved 12 grants"), Exact: "approved 12 grants",
		Stance: evidence.Supports, Kind: evidence.PrimaryDocument})
	must(a.who, err)
	a.who = "comment"
	_, err = w.Claims.AddComment(ctx, reviewer, c.ID, "Seen.")
	must(a.who, err)
	a.who = "review"
	sure := 70
	for _, who := range []string{"reviewer-1", "reviewer-2"} {
		_, _, err = w.Review.Submit(ctx, w.As(who), review.Submission{ClaimID: c.ID, WordsVersion: c.WordsVersion,
			Round: c.Round, Confidence: &sure, Draft: review.Draft{Verdict: claims.Corroborated,
				Reason: review.PrimaryDocument, Rationale: "It says so.", Evidence: []evidence.ID{item.ID}}})
		must(a.who, err)
	}
	a.who = "freeze"
	set, err := w.Desk.Set(ctx, editor, claimset.ID(w.set), 0)
	must(a.who, err)
	_, err = w.Sets.Freeze(ctx, editor, set.Opened.Set.ID, set.Opened.Set.Version)
	must(a.who, err)
	a.who = "take down"
	err = w.Articles.TakeDown(ctx, editor, in.Article.ID, in.Article.Version, "asked for")
	must(a.who, err)
}

// TestPlans: no page and no write of every day reads a table that grows from end to end.
func TestPlans(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	seen := map[knownScan]bool{}
	t.Run("engines", func(t *testing.T) {
		storetest.Each(t, func(t *testing.T, db *store.DB) {
			t.Parallel()
			w := fillOn(t, db, 2)
			enlarge(t, db)
			a := &asked{dialect: db.Dialect(), all: map[string]string{}, from: map[string]string{}}
			w.pagesAsk(a)
			w.peopleWrite(a)
			for k := range w.refuseScans(a) {
				mu.Lock()
				seen[k] = true
				mu.Unlock()
			}
		})
	})
	for _, k := range knownScans {
		if k.dialect == "" && !seen[k] && !t.Failed() {
			t.Errorf("%s is read by an index now (%s); take it out of knownScans", k.table, k.part)
		}
	}
}

// refuseScans fails for each scan that is not known, and gives those that are.
func (w full) refuseScans(a *asked) map[knownScan]bool {
	w.t.Helper()
	driver, url := "sqlite3", w.DB.Target()
	if w.DB.Dialect() == store.Postgres {
		driver, url = "pgx", storetest.URL(w.t, w.DB)
	}
	db, err := sql.Open(driver, url)
	if err != nil {
		w.t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if w.DB.Dialect() == store.Postgres {
		// So that it reads a whole table only where no index would do, however small the tables are here.
		if _, err := db.Exec("SET enable_seqscan = off; SET enable_hashjoin = off; " +
			"SET enable_mergejoin = off"); err != nil {
			w.t.Fatal(err)
		}
	}
	known, tables := map[knownScan]bool{}, tablesOf(w.t, db, w.DB.Dialect())
	parts := 0
	for s, statement := range a.all {
		if w.DB.Dialect() == store.SQLite {
			parts += refuseShortIndexes(w.t, db, a.from[s], statement)
		}
		for _, table := range scans(w.t, db, w.DB.Dialect(), statement) {
			if !tables[table] || slices.Contains(small, table) ||
				w.DB.Dialect() == store.Postgres && !slices.Contains(growing, table) {
				continue // a part of the statement itself, or a table that is not large here
			}
			i := slices.IndexFunc(knownScans, func(k knownScan) bool {
				return (k.dialect == "" || k.dialect == w.DB.Dialect()) && k.table == table &&
					strings.Contains(s, k.part)
			})
			if i < 0 {
				w.t.Errorf("%s reads %s from end to end:\n%s", a.from[s], table, s)
				continue
			}
			known[knownScans[i]] = true
		}
	}
	w.t.Logf("%d statements, %d parts of one table", len(a.all), parts)
	return known
}
