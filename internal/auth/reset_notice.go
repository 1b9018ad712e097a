package auth

import (
	"context"
	"fmt"

	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// ResetNotice tells a person that their password was reset by a link that somebody else made. It is shown from their
// next sign-in on until they put it away: an admin who makes a reset link could use it themselves.
type ResetNotice struct {
	Link int64        // its number, for putting it away
	By   string       // who made the link, "" when that is not known
	At   store.Micros // when the password was set by it
}

// DismissReset puts a notice of one's own away. One that is not there, or not one's own, is fault.NotFound.
func (s *Service) DismissReset(ctx context.Context, a Actor, link int64) (err error) {
	defer fault.In(&err, "auth.DismissReset(%d, link %d)", a.UserID, link)
	return s.db.Write(ctx, func(tx *store.Tx) error {
		res := tx.Gorm().Model(&linkRow{}).Where("id <= ? AND user_id = ? AND kind = ? AND spent_at IS NOT NULL AND "+
			"dismissed_at IS NULL", link, a.UserID, Reset).Update("dismissed_at", tx.Now())
		if res.Error != nil || res.RowsAffected > 0 {
			return res.Error
		}
		return fault.New(fault.NotFound, "There is no such notice, or it was put away already.")
	})
}

// makerOf says, for the history, by whose link a password was set.
func makerOf(tx *store.Tx, row linkRow) (string, error) {
	if row.MadeBy == 0 {
		return "", nil
	}
	var maker userRow
	if err := store.Take(tx.Gorm(), &maker, "such user", "id = ?", row.MadeBy); err != nil {
		return "", err
	}
	return fmt.Sprintf("by a link (%s) that %s made", row.Kind, maker.Name), nil
}
