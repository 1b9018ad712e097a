package store

// InList is SQL for the right side of IN or NOT IN a list of ids, however many: the one placeholder takes an IDs. A
// placeholder for each id would make another statement of each length, and end at the most that a statement takes.
func InList(r *Rx) string {
	if r.Dialect() == Postgres {
		return "(SELECT CAST(v AS BIGINT) FROM jsonb_array_elements_text(CAST(? AS JSONB)) AS v)"
	}
	return "(SELECT value FROM json_each(?))"
}
