package claims

import (
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"claimbench/internal/auth"
	"claimbench/internal/store"
	"claimbench/internal/worth"
)

// tallied says what a change of a tally is: so many more, or fewer.
type tallied struct{ waiting, accepted, rejected int }

// enter puts new candidates on the list by worth, in a number of statements that does not grow with them (but for their
// rows, a hundred a statement). Claims that are none are left out.
func enter(tx *store.Tx, all []Claim) error {
	var rows []waits
	by := map[worth.Profile]tallied{}
	for _, c := range all {
		if c.State != Candidate {
			continue
		}
		w := waitsOf(c)
		rows = append(rows, w)
		t := by[w.Profile]
		t.waiting++
		by[w.Profile] = t
	}
	if len(rows) == 0 {
		return nil
	}
	b, err := lockInbox(tx, rows[0].CollectionID)
	if err != nil {
		return err
	}
	if err := tx.Gorm().CreateInBatches(rows, 128).Error; err != nil {
		return err
	}
	if err := countBy(tx, b.CollectionID, by); err != nil {
		return err
	}
	b.Waiting += len(rows)
	return keepInbox(tx, b)
}

// weigh keeps the list by worth in step with a change of a claim, in the Write of the change, and learns from it when
// somebody accepted or rejected a candidate. A change that concerns no candidate costs no statement.
func weigh(tx *store.Tx, before, after Claim) error {
	switch was, is := before.State == Candidate, after.State == Candidate; {
	case was && is:
		return shownAnew(tx, before, after)
	case was:
		return leave(tx, before, after)
	case is && before.State.Ended() || is && before.State == Open:
		return back(tx, before, after)
	}
	return nil
}

// leave takes a candidate off the list: it was accepted, rejected, or went into another claim, which tells nothing of
// what it is worth.
func leave(tx *store.Tx, before, after Claim) error {
	b, err := lockInbox(tx, before.CollectionID)
	if err != nil {
		return err
	}
	var gone []waits
	if err := tx.Gorm().Clauses(clause.Returning{}).Where("claim_id = ?", before.ID).Delete(&gone).Error; err != nil {
		return err
	}
	if len(gone) == 0 {
		return nil // a list that only orders keeps nobody from deciding
	}
	t := tallied{waiting: -1}
	switch after.State {
	case Rejected:
		t.rejected = 1
	case Merged:
	default:
		t.accepted = 1
	}
	if err := countBy(tx, b.CollectionID, map[worth.Profile]tallied{gone[0].Profile: t}); err != nil {
		return err
	}
	if b.Head == before.ID && after.State != Merged {
		b.Draws++
		if err := tx.Gorm().Create(&drawn{CollectionID: b.CollectionID, N: b.Draws, Waiting: b.HeadWaiting,
			Found: b.HeadFound, All: b.HeadAll, Worth: t.accepted == 1}).Error; err != nil {
			return err
		}
	}
	b.Waiting, b.Accepted, b.Rejected = b.Waiting-1, b.Accepted+t.accepted, b.Rejected+t.rejected
	if b.Head == before.ID {
		b.Head = 0
	}
	return keepInbox(tx, b)
}

// back puts a candidate on the list again that had been rejected, accepted or merged, and forgets that it was.
func back(tx *store.Tx, before, after Claim) error {
	b, err := lockInbox(tx, before.CollectionID)
	if err != nil {
		return err
	}
	row := waitsOf(after)
	if old, err := notWeighed(&tx.Rx, before.ID); err != nil {
		return err
	} else if old {
		row.Profile = 0
	}
	if err := tx.Gorm().Create(&row).Error; err != nil {
		return err
	}
	t := tallied{waiting: 1}
	switch before.State {
	case Rejected:
		t.rejected = -1
	case Open:
		t.accepted = -1
	}
	if err := countBy(tx, b.CollectionID, map[worth.Profile]tallied{row.Profile: t}); err != nil {
		return err
	}
	b.Waiting, b.Accepted, b.Rejected = b.Waiting+1, b.Accepted+t.accepted, b.Rejected+t.rejected
	return keepInbox(tx, b)
}

// shownAnew moves a candidate whose words were edited to the profile of the new ones, and one whose worth is another
// to its place.
func shownAnew(tx *store.Tx, before, after Claim) error {
	was, is := profileOf(before), profileOf(after)
	if before.CheckWorthy != after.CheckWorthy {
		if _, err := lockInbox(tx, before.CollectionID); err != nil {
			return err
		}
		if err := tx.Gorm().Model(&waits{}).Where("claim_id = ?", before.ID).Update("place", waitsOf(after).Place).
			Error; err != nil {
			return err
		}
	}
	if was == is {
		return nil
	}
	if _, err := lockInbox(tx, before.CollectionID); err != nil {
		return err
	}
	res := tx.Gorm().Model(&waits{}).Where("claim_id = ? AND profile = ?", before.ID, was).Update("profile", is)
	if res.Error != nil || res.RowsAffected == 0 { // it is not weighed yet, and will be by its new words
		return res.Error
	}
	return countBy(tx, before.CollectionID, map[worth.Profile]tallied{was: {waiting: -1}, is: {waiting: 1}})
}

// lockInbox reads and locks the counts of a collection; they come before the tallies in every Write, so that no two
// wait for each other.
func lockInbox(tx *store.Tx, c auth.CollectionID) (b inbox, err error) {
	if err := tx.Gorm().Clauses(clause.OnConflict{DoNothing: true}).Create(&inbox{CollectionID: c}).Error; err != nil {
		return b, err
	}
	return b, store.Take(tx.Lock(), &b, "such collection", "collection_id = ?", c)
}

// keepInbox writes the counts of a collection. When nobody is first by lot, or it was another day's first, another is.
func keepInbox(tx *store.Tx, b inbox) error {
	if day := dayOf(tx.Now()); b.Head == 0 || b.Day != day {
		first := worth.FirstLot(int64(b.CollectionID), day)
		head, err := byLot(&tx.Rx, b.CollectionID, first, 0, 1)
		if err != nil {
			return err
		}
		b.Head, b.Day, b.HeadWaiting, b.HeadFound, b.HeadAll = 0, day, b.Waiting, b.Accepted, b.all()
		if len(head) > 0 {
			b.Head = head[0].ClaimID
		}
	}
	return tx.Gorm().Model(&inbox{}).Where("collection_id = ?", b.CollectionID).Select("*").Omit("collection_id").
		Updates(&b).Error
}

// dayOf is the day of a moment, counted from 1970.
func dayOf(at store.Micros) int { return int(at / store.Micros((24 * time.Hour).Microseconds())) }

// countBy changes tallies of a collection, in one statement a hundred profiles.
func countBy(tx *store.Tx, c auth.CollectionID, by map[worth.Profile]tallied) error {
	rows := make([]tally, 0, len(by))
	for p, t := range by {
		rows = append(rows, tally{c, worth.Tally{Profile: p, Waiting: t.waiting, Accepted: t.accepted,
			Rejected: t.rejected}})
	}
	slices.SortFunc(rows, func(a, b tally) int { return int(a.Profile - b.Profile) })
	more := func(column string) clause.Assignment {
		return clause.Assignment{Column: clause.Column{Name: column},
			Value: gorm.Expr("worth_tallies." + column + " + excluded." + column)}
	}
	return tx.Gorm().Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "collection_id"}, {Name: "profile"}},
		DoUpdates: clause.Set{more("waiting"), more("accepted"), more("rejected")}}).CreateInBatches(rows, 100).Error
}
