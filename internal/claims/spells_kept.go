package claims

import (
	"context"
	"strconv"
	"strings"

	"claimbench/internal/history"
	"claimbench/internal/store"
)

// claim_spells follows from the history: an audit compares it, and it can be made anew.

// spellSlice is of how many claims at once.
const spellSlice = 500

// inSlices goes over all claims: do is given the id above which a slice begins and the last of it.
func inSlices(r *store.Rx, do func(above, upTo int64) error) error {
	last, _, err := store.One[int64](r, "SELECT COALESCE(MAX(id), 0) AS id FROM claims")
	for above := int64(0); err == nil && above < last; above += spellSlice {
		err = do(above, above+spellSlice)
	}
	return err
}

// compareSpells names the claims whose spells are not those that the history tells of.
func compareSpells(r *store.Rx, found history.Found) error {
	columns := "collection_id, claim_id, first_seq, until_seq, " + strings.Join(spelt, ", ")
	kept := "SELECT " + columns + " FROM claim_spells WHERE claim_id > ? AND claim_id <= ?"
	told := "SELECT " + columns + " FROM (" + spellsOf(r.Dialect()) + ") AS told"
	name := func(id int64) {
		found(Object(ID(id)), "the spells by which pages of the past find it are not those that its events tell of: "+
			"make them anew (index rebuild)")
	}
	err := inSlices(r, func(above, upTo int64) error {
		differ, err := store.Select[int64](r, "SELECT DISTINCT claim_id FROM (SELECT * FROM ("+kept+" EXCEPT "+told+
			") AS more UNION ALL SELECT * FROM ("+told+" EXCEPT "+kept+") AS less) AS differ ORDER BY claim_id",
			above, upTo, above, upTo, above, upTo, above, upTo)
		for _, id := range differ {
			name(id)
		}
		return err
	})
	if err != nil {
		return err
	}
	strays, err := store.Select[int64](r, "SELECT DISTINCT claim_id FROM claim_spells s WHERE NOT EXISTS "+
		"(SELECT 1 FROM claims c WHERE c.id = s.claim_id) ORDER BY claim_id")
	for _, id := range strays {
		name(id)
	}
	return err
}

// RebuildSpells makes claim_spells anew from the history, a Write for each slice. It asks no permission.
func RebuildSpells(ctx context.Context, db *store.DB) error {
	var slices [][2]int64
	if err := db.Read(ctx, func(r *store.Rx) error {
		return inSlices(r, func(above, upTo int64) error {
			slices = append(slices, [2]int64{above, upTo})
			return nil
		})
	}); err != nil {
		return err
	}
	if err := db.Write(ctx, func(tx *store.Tx) error {
		return tx.Gorm().Exec("DELETE FROM claim_spells WHERE NOT EXISTS (SELECT 1 FROM claims c " +
			"WHERE c.id = claim_id)").Error
	}); err != nil {
		return err
	}
	for _, of := range slices {
		if err := db.Write(ctx, func(tx *store.Tx) error { return respell(tx, of[0], of[1]) }); err != nil {
			return err
		}
	}
	return nil
}

func respell(tx *store.Tx, above, upTo int64) error {
	if err := history.Hold(tx); err != nil { // nobody changes these claims until their spells stand again
		return err
	}
	if err := tx.Gorm().Exec("DELETE FROM claim_spells WHERE claim_id > ? AND claim_id <= ?", above, upTo).
		Error; err != nil {
		return err
	}
	return tx.Gorm().Exec("INSERT INTO claim_spells (collection_id, claim_id, first_seq, until_seq, "+
		strings.Join(spelt, ", ")+") "+spellsOf(tx.Dialect()), above, upTo).Error
}

// standsStill is history.StandsStill in SQL.
var standsStill = strconv.FormatInt(history.StandsStill, 10)
