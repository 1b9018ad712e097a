package claimset

import (
	"slices"
	"strings"

	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// The order of a set. Its claims stand by their place, then by their number (inOrder): so they are shown, weighed and
// frozen, so the root has its leaves, and so every export, the report and a bundle print them. Nothing else orders
// them. A draft's order is changed by Move; claims that are added stand at its end. Places are far apart, so that a
// claim that is moved takes one between two others, and no other row changes; only where many were moved to one spot
// do some beside it make room. Sets of earlier programs have the place 0 throughout, and so stand by their numbers.

// inOrder is the SQL of the one order.
const inOrder = "place, claim_id"

// slot is the place of a claim in a set.
type slot struct {
	Claim claims.ID `gorm:"column:claim_id"`
	Place int64     `gorm:"column:place"`
}

// Bounds of places.
const (
	placeStep = int64(1) << 40 // between two claims of which one was put behind the other
	placeMost = int64(1) << 61 // no place is farther from 0
	placeRoom = int64(1) << 10 // at least, between claims that make room
)

// beginning is the cursor before all claims.
var beginning = slot{Place: -placeMost - 1}

// slotsOf gives the claims of a set in its order.
func slotsOf(r *store.Rx, id ID) ([]slot, error) {
	return store.Select[slot](r, "SELECT claim_id, place FROM claim_set_claims WHERE set_id = ? ORDER BY "+inOrder, id)
}

// membersOf gives the numbers of a set's claims, in its order.
func membersOf(r *store.Rx, id ID) ([]claims.ID, error) {
	return store.Numbers[claims.ID](r.Gorm().Model(&member{}).Select("claim_id").Where("set_id = ?", id).
		Order(inOrder))
}

func idsOf(all []slot) []claims.ID {
	out := make([]claims.ID, len(all))
	for i, s := range all {
		out[i] = s.Claim
	}
	return out
}

// among gives where each of some claims stands, from 0.
func among(ids []claims.ID) map[claims.ID]int {
	at := make(map[claims.ID]int, len(ids))
	for i, id := range ids {
		at[id] = i
	}
	return at
}

// cursor is the place behind which a page of a set begins: that of a claim, or with 0 the place before all. A claim
// that is not in the set is fault.Invalid.
func cursor(r *store.Rx, id ID, after claims.ID) (slot, error) {
	if after == 0 {
		return beginning, nil
	}
	s, there, err := store.One[slot](r, "SELECT claim_id, place FROM claim_set_claims WHERE set_id = ? AND "+
		"claim_id = ?", id, after)
	if err == nil && !there {
		err = fault.New(fault.Invalid, "Claim %d is not in this set, so no page begins after it. Begin at the first "+
			"page again.", after).With("after", "Begin at the first page again.")
	}
	return s, err
}

// behind is the SQL of the claims that stand behind a cursor, and its arguments.
func (s slot) behind() (string, []any) { return "(place, claim_id) > (?, ?)", []any{s.Place, s.Claim} }

// before counts the claims of a set that stand before a page.
func (s slot) before(r *store.Rx, id ID) (int, error) {
	if s.Claim == 0 {
		return 0, nil
	}
	n, _, err := store.One[int](r, "SELECT COUNT(*) FROM claim_set_claims WHERE set_id = ? AND (place, claim_id) <= "+
		"(?, ?)", id, s.Place, s.Claim)
	return n, err
}

// settle gives places to those of all, which stand in their order, that are fresh, and marks those as fresh, too, that
// had to make room. Each is given one behind that before it.
func settle(all []slot, fresh []bool) {
	for i := 0; i < len(all); i++ {
		if !fresh[i] {
			continue
		}
		from, to := i, upTo(fresh, i)
		for wide := 1; !spread(all, from, to, wide > 1); wide *= 2 {
			from, to = max(0, from-wide), min(len(all), to+wide)
			for k := from; k < to; k++ {
				fresh[k] = true
			}
			to = upTo(fresh, to)
		}
		i = to - 1
	}
}

// upTo gives where a run of fresh slots ends.
func upTo(fresh []bool, i int) int {
	for i < len(fresh) && fresh[i] {
		i++
	}
	return i
}

// spread gives the slots from..to places between those beside them; false when there is no room. With amply they must
// come to stand so far apart that the next claims find room, too.
func spread(all []slot, from, to int, amply bool) bool {
	n := int64(to - from)
	first, step := placeStep, placeStep
	switch {
	case from == 0 && to == len(all):
	case to == len(all):
		first = all[from-1].Place + step
	case from == 0:
		first = all[to].Place - step*n
	default:
		lo, hi := all[from-1].Place, all[to].Place
		step = (hi - lo) / (n + 1)
		if step < 1 || amply && step < placeRoom {
			return false
		}
		first = lo + step
	}
	if first < -placeMost || first+step*n > placeMost {
		return false
	}
	for k := range all[from:to] {
		all[from+k].Place = first + step*int64(k)
	}
	return true
}

// put writes the fresh slots of a draft whose claims were was before: those that are new, and those that stand
// elsewhere.
func put(tx *store.Tx, set ID, was, all []slot, fresh []bool) error {
	settle(all, fresh)
	there := among(idsOf(was))
	var added []member
	var moved []slot
	for i, s := range all {
		if _, in := there[s.Claim]; !in {
			added = append(added, member{SetID: set, ClaimID: s.Claim, Place: s.Place})
		} else if fresh[i] {
			moved = append(moved, s)
		}
	}
	for part := range slices.Chunk(moved, idsAtOnce) {
		if err := movePlaces(tx, set, part); err != nil {
			return err
		}
	}
	if len(added) == 0 {
		return nil
	}
	return tx.Gorm().CreateInBatches(added, idsAtOnce).Error
}

func movePlaces(tx *store.Tx, set ID, all []slot) error {
	args := make([]any, 0, 2*len(all)+1)
	for _, s := range all {
		args = append(args, int64(s.Claim), s.Place)
	}
	values := strings.Repeat(", (CAST(? AS BIGINT), CAST(? AS BIGINT))", len(all))[2:]
	return tx.Gorm().Exec("UPDATE claim_set_claims AS m SET place = v.column2 FROM (VALUES "+values+
		") AS v WHERE m.set_id = ? AND m.claim_id = v.column1", append(args, set)...).Error
}
