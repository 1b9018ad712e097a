package store

import "gorm.io/gorm"

// Numbers reads a question's one column of whole numbers, without what Pluck costs for each: lists of numbers may be
// long.
func Numbers[T ~int64](q *gorm.DB) (out []T, err error) {
	rows, err := q.Rows()
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var value any
	into := []any{&value}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		n, ok := value.(int64)
		if !ok { // read as database/sql reads it, with its error
			if err := rows.Scan(&n); err != nil {
				return nil, err
			}
		}
		out = append(out, T(n))
	}
	return out, rows.Err()
}
