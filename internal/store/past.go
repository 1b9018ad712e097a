package store

import (
	"context"
	"database/sql"
	"regexp"
	"slices"
	"strings"

	"gorm.io/gorm"
)

// Past is a moment at which tables are read as they were: each of its tables is taken, in every statement of a read
// transaction, for a query over versions of its rows. The statements are those of the present, so that a page of the
// past is the page (docs/adr/0396-the-past-behind-the-same-statements.md).
type Past struct {
	At     Micros            // the moment
	Seq    int64             // the last event that has happened
	Tables map[string]string // table → the query that gives its rows at that moment, in the names of its columns
	Aside  map[string]string // the same where the table stands at the right of a LEFT JOIN; of those that need another
}

type pastKey struct{}

// InPast gives a context whose read transactions see the past; a Write under it is refused.
func InPast(ctx context.Context, p *Past) context.Context {
	return context.WithValue(ctx, pastKey{}, p)
}

// PastOf is the moment of a context, nil for now.
func PastOf(ctx context.Context) *Past {
	p, _ := ctx.Value(pastKey{}).(*Past)
	return p
}

// Now is the same look at the database at the present moment: for what today decides, such as take-downs.
func (r *Rx) Now() *Rx {
	pool, past := r.g.Statement.ConnPool.(pastPool)
	if !past {
		return r
	}
	g := r.g.Session(&gorm.Session{NewDB: true, Context: r.Context()})
	g.Statement.ConnPool = pool.ConnPool
	return &Rx{db: r.db, g: g, kept: r.kept}
}

// into makes a transaction see the past.
func (p *Past) into(g *gorm.DB) *gorm.DB {
	g = g.Session(&gorm.Session{NewDB: true, Context: g.Statement.Context})
	g.Statement.ConnPool = pastPool{g.Statement.ConnPool, p}
	return g
}

// pastPool sends statements with the tables of the past before them.
type pastPool struct {
	gorm.ConnPool
	past *Past
}

// QueryContext asks a statement of the past.
func (p pastPool) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return p.ConnPool.QueryContext(ctx, p.past.statement(query), args...)
}

// QueryRowContext asks a statement of the past for one row.
func (p pastPool) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return p.ConnPool.QueryRowContext(ctx, p.past.statement(query), args...)
}

// PrepareContext prepares a statement of the past.
func (p pastPool) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	return p.ConnPool.PrepareContext(ctx, p.past.statement(query))
}

var (
	joinedAside = regexp.MustCompile("(?i)\\bLEFT JOIN\\s+([\"`]?)([a-z_]+)[\"`]?(\\s+(?:AS\\s+)?[a-z_]+)?(\\s+ON\\b)")
	tableNamed  = regexp.MustCompile("(?i)\\b(?:FROM|JOIN)\\s+[\"`]?([a-z_]+)\\b")
	tableAfter  = regexp.MustCompile("(?i)\\bFROM\\s+[^()]*?,\\s*[\"`]?([a-z_]+)\\b")
	beginsWith  = regexp.MustCompile(`(?is)^\s*WITH\s+(RECURSIVE\s+)?`)
)

// statement puts before a statement, as common table expressions, the tables that it names. Their queries name the
// tables themselves with their schema, which no such expression hides.
func (p *Past) statement(query string) string {
	if asked, plan := strings.CutPrefix(query, explain); plan {
		return explain + p.statement(asked)
	}
	query, aside := p.joined(query)
	named := map[string]bool{}
	for _, shape := range []*regexp.Regexp{tableNamed, tableAfter} {
		for _, m := range shape.FindAllStringSubmatch(query, -1) {
			named[strings.ToLower(m[1])] = true
		}
	}
	var with []string
	for table := range named {
		if of, ok := p.Tables[table]; ok {
			with = append(with, table+" AS NOT MATERIALIZED ("+of+")")
		}
	}
	for _, table := range aside {
		with = append(with, asideOf+table+" AS NOT MATERIALIZED ("+p.Aside[table]+")")
	}
	if len(with) == 0 {
		return query
	}
	if m := beginsWith.FindStringSubmatchIndex(query); m != nil {
		recursive := ""
		if m[2] >= 0 {
			recursive = "RECURSIVE "
		}
		return "WITH " + recursive + strings.Join(with, ", ") + ", " + query[m[1]:]
	}
	return "WITH " + strings.Join(with, ", ") + " " + query
}

// explain begins a question for the plan of a statement, on SQLite.
const explain = "EXPLAIN QUERY PLAN "

// asideOf begins the name of a table at the right of a LEFT JOIN.
const asideOf = "aside_"

// joined names such tables apart, under the names by which the statement calls them.
func (p *Past) joined(query string) (string, []string) {
	var aside []string
	out := joinedAside.ReplaceAllStringFunc(query, func(join string) string {
		m := joinedAside.FindStringSubmatch(join)
		table := strings.ToLower(m[2])
		if p.Aside[table] == "" {
			return join
		}
		if !slices.Contains(aside, table) {
			aside = append(aside, table)
		}
		alias := m[3]
		if alias == "" {
			alias = " AS " + table
		}
		return "LEFT JOIN " + asideOf + table + alias + m[4]
	})
	return out, aside
}
