package store

import (
	"encoding/hex"
	"fmt"
	"math/bits"
	"strconv"
	"strings"
)

// InsertMany writes n rows without gorm's reflection. into names the table and its columns, “events (seq, at)”; values
// appends those of row i to a list: int64, string, *string (nil: NULL) or []byte (nil: NULL), each column always of one
// type. It is not for what one person does: few rows go as they are.
//
// On SQLite it sends up to batch rows a statement. On PostgreSQL each column goes as one array, for there each
// statement is a round trip, and a list of rows is parsed value by value; casts gives types other than a column's own,
// by place, such as tsvector.
func InsertMany(tx *Tx, into string, n, batch int, values func(args []any, i int) []any, casts map[int]string) error {
	width := strings.Count(into, ",") + 1
	for from := 0; from < n; {
		if left := n - from; tx.Dialect() == Postgres && left >= fewRows {
			to := from + min(left, arrayRows)
			if err := insertArrays(tx, into, width, from, to, values, casts); err != nil {
				return err
			}
			from = to
			continue
		}
		to := from + atOnce(n-from, batch)
		args := make([]any, 0, (to-from)*width)
		for i := from; i < to; i++ {
			args = values(args, i)
		}
		err := tx.Gorm().Exec("INSERT INTO "+into+" VALUES "+tuples(width, to-from, casts), args...).Error
		if err != nil {
			return err
		}
		from = to
	}
	return nil
}

const (
	fewRows   = 8    // from so many rows on they go as arrays
	arrayRows = 1024 // at most in one statement
)

// atOnce is how many of n rows go into one statement: a few all at once, many by powers of two, for each different
// statement is prepared and kept.
func atOnce(n, batch int) int {
	if n < 2*fewRows {
		return min(n, batch)
	}
	return 1 << (bits.Len(uint(min(n, batch))) - 1)
}

func tuples(width, n int, casts map[int]string) string {
	one := make([]string, width)
	for c := range one {
		if one[c] = "?"; casts[c] != "" {
			one[c] = "CAST(? AS " + casts[c] + ")"
		}
	}
	tuple := "(" + strings.Join(one, ",") + ")"
	return tuple + strings.Repeat(","+tuple, n-1)
}

func insertArrays(tx *Tx, into string, width, from, to int, values func(args []any, i int) []any,
	casts map[int]string) error {
	columns := make([][]byte, width)
	kinds := make([]string, width)
	var row []any
	for i := from; i < to; i++ {
		row = values(row[:0], i)
		for c, v := range row {
			columns[c], kinds[c] = appendElement(append(columns[c], ','), v)
		}
	}
	args, list, picked := make([]any, width), make([]string, width), make([]string, width)
	for c := range columns {
		columns[c][0] = '{'
		args[c], list[c] = string(append(columns[c], '}')), "CAST(? AS "+kinds[c]+"[])"
		if picked[c] = fmt.Sprintf("c%d", c); casts[c] != "" {
			picked[c] = "CAST(" + picked[c] + " AS " + casts[c] + ")"
		}
	}
	names := make([]string, width)
	for c := range names {
		names[c] = fmt.Sprintf("c%d", c)
	}
	return tx.Gorm().Exec("INSERT INTO "+into+" SELECT "+strings.Join(picked, ", ")+" FROM unnest("+
		strings.Join(list, ", ")+") AS v ("+strings.Join(names, ", ")+")", args...).Error
}

// appendElement writes a value as an element of a PostgreSQL array, and gives the type of its column.
func appendElement(b []byte, v any) ([]byte, string) {
	switch v := v.(type) {
	case int64:
		return strconv.AppendInt(b, v, 10), "bigint"
	case string:
		return appendElementText(b, v), "text"
	case *string:
		if v == nil {
			return append(b, "NULL"...), "text"
		}
		return appendElementText(b, *v), "text"
	case []byte:
		if v == nil {
			return append(b, "NULL"...), "bytea"
		}
		return append(hex.AppendEncode(append(b, `"\\x`...), v), '"'), "bytea"
	}
	panic(fmt.Sprintf("InsertMany takes no %T", v)) // a programming error: the columns of a call are fixed
}

func appendElementText(b []byte, s string) []byte {
	b = append(b, '"')
	for i := range len(s) {
		if s[i] == '"' || s[i] == '\\' {
			b = append(b, '\\')
		}
		b = append(b, s[i])
	}
	return append(b, '"')
}
