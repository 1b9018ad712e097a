package exceptions

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Scope says of which collections the exceptions are asked.
type Scope struct {
	All bool // of all, and of what is in none
	In  []auth.CollectionID
	Now store.Micros // the moment of asking
}

// Holds says whether a rule is for somebody with this scope.
func (s Scope) Holds(r Rule) bool { return s.All || !r.House && len(s.In) > 0 }

// MostCounted is how far the rows of a rule are counted.
const MostCounted = 1000

// PageSize is how many rows a page of a rule has.
const PageSize = 50

// from is the question of a rule about the collections of a scope.
func (r Rule) from(rx *store.Rx, s Scope) string {
	sql := strings.ReplaceAll(r.sql(rx), "{now}", "CAST("+strconv.FormatInt(int64(s.Now), 10)+" AS BIGINT)")
	then := store.PastOf(rx.Context())
	if then != nil {
		sql = until(rx, sql, then.Seq)
	}
	sql = everSo.ReplaceAllStringFunc(sql, func(found string) string {
		if then == nil {
			return ""
		}
		cond := everSo.FindStringSubmatch(found)[1]
		return strings.ReplaceAll(cond, "{itself}", history.Itself(rx.Dialect())) + " AND "
	})
	for {
		before, rest, found := strings.Cut(sql, "{in:")
		if !found {
			return sql
		}
		column, after, _ := strings.Cut(rest, "}")
		cond := "1 = 1"
		if !s.All {
			ids := make([]string, len(s.In))
			for i, id := range s.In {
				ids[i] = strconv.FormatInt(int64(id), 10)
			}
			cond = column + " IN (" + strings.Join(ids, ", ") + ")"
		}
		sql = before + cond + after
	}
}

// ofHistory are the tables of the history in a question, with their names there.
var ofHistory = regexp.MustCompile(`\b(FROM|JOIN) (events|checkpoints|log_head) (\w+)\b`)

// everSo is what ever wrote.
var everSo = regexp.MustCompile(`\{ever:((?:[^{}]|\{itself\})*)\}`)

// until narrows the history in a question to its first events; the tables of the rooms are those of then by themselves.
// With the plus SQLite takes the index of what is exceptional, and not one that ends at the number.
func until(rx *store.Rx, sql string, seq int64) string {
	n, plus := strconv.FormatInt(seq, 10), "+"
	if rx.Dialect() == store.Postgres {
		plus = ""
	}
	of := map[string]string{"events": "SELECT * FROM events WHERE " + plus + "seq <= " + n,
		"checkpoints": "SELECT * FROM checkpoints WHERE size <= " + n,
		"log_head":    "SELECT CAST(" + n + " AS BIGINT) AS size"}
	return ofHistory.ReplaceAllStringFunc(sql, func(found string) string {
		m := ofHistory.FindStringSubmatch(found)
		return m[1] + " (" + of[m[2]] + ") " + m[3]
	})
}

// Counted is a rule with how many rows it has: at most MostCounted, More says that there are more.
type Counted struct {
	Rule
	Rows int64
	More bool
}

// Count counts the rows of every rule that the scope holds, in one statement.
func Count(rx *store.Rx, s Scope) (out []Counted, err error) {
	defer fault.In(&err, "exceptions.Count()")
	var parts []string
	for _, r := range rules {
		if s.Holds(r) {
			out = append(out, Counted{Rule: r})
			parts = append(parts, fmt.Sprintf("SELECT '%s' AS rule, (SELECT COUNT(*) FROM (SELECT k FROM (%s) AS q "+
				"WHERE k <= %d ORDER BY k DESC LIMIT %d) AS l) AS n", r.Name, r.from(rx, s), beginning.First,
				MostCounted+1))
		}
	}
	if len(parts) == 0 {
		return nil, nil
	}
	var rows []struct {
		Rule string `gorm:"column:rule"`
		N    int64  `gorm:"column:n"`
	}
	if err := rx.Gorm().Raw(strings.Join(parts, " UNION ALL ")).Scan(&rows).Error; err != nil {
		return nil, err
	}
	for i := range out {
		for _, row := range rows {
			if row.Rule == string(out[i].Name) {
				out[i].Rows, out[i].More = min(row.N, MostCounted), row.N > MostCounted
			}
		}
	}
	return out, nil
}

// Place is where a page begins: after the row with these numbers; zero is the beginning.
type Place struct{ First, Second int64 }

// beginning is before every row. It is written into the statement of the first page too, so that all go by the same
// index.
var beginning = Place{math.MaxInt64, math.MaxInt64}

// String is the place in an address.
func (p Place) String() string { return fmt.Sprintf("%d.%d", p.First, p.Second) }

// ParsePlace reads a place from an address; "" is the beginning.
func ParsePlace(s string) (p Place, err error) {
	if s == "" {
		return p, nil
	}
	first, second, _ := strings.Cut(s, ".")
	p.First, err = strconv.ParseInt(first, 10, 64)
	if err == nil {
		p.Second, err = strconv.ParseInt(second, 10, 64)
	}
	if err != nil || p.First <= 0 || p.String() != s {
		return Place{}, fault.New(fault.Invalid, "“%.20s” is no place in this list. Begin with the first page.",
			s).With("before", "Begin with the first page.")
	}
	return p, nil
}

// Page gives rows of a rule, newest first, after a place, at most limit; next is where the page that follows begins,
// nil on the last. People are named as they are called now.
func Page(rx *store.Rx, r Rule, s Scope, after Place, limit int) (rows []Row, next *Place, err error) {
	defer fault.In(&err, "exceptions.Page(%s)", r.Name)
	if !s.Holds(r) {
		return nil, nil, nil
	}
	if after.First == 0 {
		after = beginning
	}
	if err := rx.Gorm().Raw("SELECT * FROM ("+r.from(rx, s)+") AS q WHERE k <= ? AND (k < ? OR s < ?) "+
		"ORDER BY k DESC, s DESC LIMIT ?", after.First, after.First, after.Second, limit+1).
		Scan(&rows).Error; err != nil {
		return nil, nil, err
	}
	if len(rows) > limit {
		rows = rows[:limit]
		last := rows[limit-1]
		next = &Place{last.First, last.Second}
	}
	return rows, next, called(rx, rows)
}

// called names the people of rows, in one query.
func called(rx *store.Rx, rows []Row) error {
	var ids []auth.UserID
	for _, row := range rows {
		ids = append(ids, auth.UserID(row.Who), auth.UserID(row.Other))
	}
	names, err := auth.Names(rx.Now(), ids)
	for i := range rows {
		rows[i].WhoName, rows[i].OtherName = names[auth.UserID(rows[i].Who)], names[auth.UserID(rows[i].Other)]
	}
	return err
}
