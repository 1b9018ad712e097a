package claims

import (
	"fmt"
	"strconv"
	"strings"

	"claimbench/internal/history"
	"claimbench/internal/store"
)

// spelt are the columns of a claim by which lists, queues and sums find it. A row of claim_spells says from which event
// to which they stood unchanged, so that those of a moment that has been are found by an index as those of now are
// (docs/adr/0490-a-claim-has-spells.md). Whatever else is asked of a claim of then is read from its events.
var spelt = []string{"state", "lang", "verdict", "kind", "round", "priority", "checkworthy", "start_cp", "opened_at",
	"opened_by"}

// Summed is the name of the table that sums over claims are asked of: in the past it has id, collection_id and the
// columns above, and nothing else.
func Summed(r *store.Rx) string {
	if store.PastOf(r.Context()) != nil {
		return "claim_spells"
	}
	return "claims"
}

// spellOf are the fields of an event of a claim under those columns, in their order, and what a field is that is not
// there.
func spellOf(f history.Fields) (out [10]string) {
	for i, name := range [...]string{"state", "lang", "verdict", "kind", "round", "priority", "checkworthy", "start",
		"opened_at", "opened_by"} {
		if out[i] = f[name]; name == "priority" && out[i] == "" {
			out[i] = "0"
		}
	}
	return out
}

// spell is one row of claim_spells.
type spell struct {
	Collection, Claim, First int64
	Of                       [10]string `words:"fact"` // as spellOf has them
}

// TableName names the table.
func (spell) TableName() string { return "claim_spells" }

// Spell is told of events as history.Listener says, and begins a spell for each claim that changed in what is looked
// for (spelt). The trigger claim_spells_next ends the one before.
func Spell(tx *store.Tx, first int64, events []history.Event) error {
	var rows []spell
	for i, e := range events {
		id, is := strings.CutPrefix(e.Object, "claim:")
		if !is || e.After == nil {
			continue
		}
		of := spellOf(e.After)
		if e.Before != nil && spellOf(e.Before) == of {
			continue
		}
		claim, err := strconv.ParseInt(id, 10, 64)
		if err != nil {
			return fmt.Errorf("claims: %q names no claim", e.Object)
		}
		rows = append(rows, spell{e.Collection, claim, first + int64(i), of})
	}
	return insertSpells(tx, rows)
}

// spellsAtOnce keeps an INSERT below the engines' limits on placeholders.
const spellsAtOnce = 256

func insertSpells(tx *store.Tx, rows []spell) error {
	return store.InsertMany(tx, "claim_spells (collection_id, claim_id, first_seq, until_seq, "+
		strings.Join(spelt, ", ")+")", len(rows), spellsAtOnce,
		func(args []any, i int) []any {
			r := &rows[i]
			args = append(args, r.Collection, r.Claim, r.First, int64(history.StandsStill))
			for n, s := range r.Of {
				args = append(args, spellValue(n, s))
			}
			return args
		}, map[int]string{8: "BIGINT", 9: "BIGINT", 10: "BIGINT", 11: "BIGINT", 12: "BIGINT", 13: "BIGINT"})
}

// texts of a spell come before its numbers.
const spellTexts = 4

// spellValue is a field as its column takes it; nil for none.
func spellValue(n int, s string) any {
	if n >= spellTexts && s == "" {
		return (*string)(nil)
	}
	return &s
}

// spellsOf is SQL for the rows that claim_spells has to have of the claims whose ids are above one and up to another
// (two placeholders), as the history tells them.
func spellsOf(dialect string) string {
	var columns, all []string
	of := Past()[0].Whole
	for _, c := range spelt {
		columns = append(columns, of[c].SQL(dialect, "e.row_after")+" AS "+c)
		all = append(all, "COALESCE(CAST(k."+c+" AS TEXT), '')")
	}
	list := strings.Join(spelt, ", ")
	return "SELECT collection_id, claim_id, first_seq, COALESCE(LEAD(first_seq) OVER (PARTITION BY claim_id ORDER BY " +
		"first_seq), " + standsStill + ") AS until_seq, " + list + " FROM (SELECT m.*, LAG(said) OVER (PARTITION BY " +
		"claim_id ORDER BY first_seq) AS before FROM (SELECT k.*, " + strings.Join(all, " || ' ' || ") +
		" AS said FROM (SELECT c.collection_id, c.id AS claim_id, e.seq AS first_seq, " + strings.Join(columns, ", ") +
		" FROM claims c JOIN events e ON e.object = 'claim:' || c.id AND e.row_after IS NOT NULL " +
		"WHERE c.id > ? AND c.id <= ?) k) m) n WHERE before IS NULL OR before <> said"
}
