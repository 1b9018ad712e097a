package store

// InList is SQL for the right side of IN or NOT IN a list of ids, however many: the one placeholder takes an IDs. A
// placeholder for each id would make another statement of each length, and end at the most that a statement takes.
func InList(r *Rx) string {
	if r.Dialect() == Postgres {
		return "(SELECT CAST(v AS BIGINT) FROM jsonb_array_elements_text(CAST(? AS JSONB)) AS v)"
	}
	return "(SELECT value FROM json_each(?))"
}

// AnyOf is the condition that a column is one of a few ids, given as one JSON array (IDs). PostgreSQL takes the list as
// an array and looks each id up by the column's index; of a join it would guess that the list is long.
func AnyOf(r *Rx, column string) string {
	if r.Dialect() == Postgres {
		return column + " = ANY(ARRAY" + InList(r) + ")"
	}
	return column + " IN " + InList(r)
}

// Seldom is a condition on the last columns of an index, once a value of each column before is asked for. SQLite keeps
// no statistics here: it believes that any comparison leaves a quarter, and may as well go by a shorter index that has
// the last column sooner, and pass over all that it finds. PostgreSQL counts.
func Seldom(r *Rx, condition string) string {
	if r.Dialect() == Postgres {
		return condition
	}
	return "unlikely(" + condition + ")"
}
