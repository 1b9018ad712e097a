package auth

import (
	"context"

	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// SetPassword changes one's own password; the old one is asked for. All sessions end, and a new one begins; device is
// the token of the browser, as in Try.
func (s *Service) SetPassword(ctx context.Context, a Actor, old, password, device string) (in Session, err error) {
	defer fault.In(&err, "auth.SetPassword(%d)", a.UserID)
	if err := CheckPassword(a.Name, password); err != nil {
		return Session{}, err
	}
	counts, err := s.take(ctx, count(oldPassword, false, "old password", decimal(a.UserID)))
	if err != nil {
		return Session{}, err
	}
	var u userRow
	err = s.db.Read(ctx, func(rx *store.Rx) error { return store.Take(rx.Gorm(), &u, "such user", "id = ?", a.UserID) })
	if err != nil {
		return Session{}, err
	}
	ok, _, err := s.matches(ctx, old, u.PasswordHash)
	if err != nil {
		return Session{}, err
	}
	if !ok {
		const msg = "The old password is wrong."
		return Session{}, fault.New(fault.Invalid, msg).With("old_password", msg)
	}
	hash, err := s.hash(ctx, password)
	if err != nil {
		return Session{}, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		return setPassword(tx, a.Who(""), a.UserID, hash, "", func(now *userRow) bool {
			return now.PasswordHash == u.PasswordHash
		})
	})
	if err != nil {
		return Session{}, err
	}
	return s.Enter(ctx, Identity{user: a.UserID, checked: hash, device: device, tries: counts})
}

// setPassword writes a hash with its event, and why, and ends all sessions, if the row still is as expected.
func setPassword(tx *store.Tx, who history.Who, id UserID, hash, why string, expected func(*userRow) bool) error {
	_, err := changeUser(tx, who, id, "user.password_set", why, func(u *userRow) error {
		if !u.Enabled || u.Demo || !expected(u) {
			return fault.New(fault.Conflict, "This account changed meanwhile. Sign in again.")
		}
		u.PasswordHash, u.PasswordAt = hash, tx.Now()
		return nil
	})
	if err != nil {
		return err
	}
	return endSessions(tx, id)
}
