package auth

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

type sessionRow struct {
	ID        int64        `gorm:"column:id;primaryKey"`
	TokenHash []byte       `gorm:"column:token_hash"`
	UserID    UserID       `gorm:"column:user_id"`
	At        store.Micros `gorm:"column:at"`
	SeenAt    store.Micros `gorm:"column:seen_at"`
}

func (sessionRow) TableName() string { return "sessions" }

func live(begun, seen, now store.Micros) bool {
	return seen > now-store.Micros(Idle.Microseconds()) && begun > now-store.Micros(Absolute.Microseconds())
}

// SignIn checks a name and a password and begins a session; the token is for the cookie. address is where the try came
// from, "" when unknown. Tries beyond the limits are fault.Limited with a RetryAfter; anything else that is wrong, a name
// that nobody has included, is the same fault.Unauthenticated and takes as long.
func (s *Service) SignIn(ctx context.Context, name, password, address string) (token string, a Actor, err error) {
	name = FoldName(name)
	if err := s.tries.take(s.db.Now().Time(), name, address); err != nil {
		return "", Actor{}, err
	}
	var u userRow
	err = s.db.Read(ctx, func(rx *store.Rx) error {
		err := rx.Gorm().Where("name = ?", name).Take(&u).Error
		if errors.Is(err, gorm.ErrRecordNotFound) {
			u = userRow{}
			return nil
		}
		return err
	})
	if err != nil {
		return "", Actor{}, err
	}
	if len(password) > 4*MaxPassword { // no password is longer; do not hash what an attacker made long
		password = ""
	}
	ok, again, err := s.matches(ctx, password, u.PasswordHash)
	if err != nil {
		return "", Actor{}, err
	}
	if !ok || !u.Enabled || u.Demo {
		return "", Actor{}, wrong()
	}
	hash := ""
	if again {
		if hash, err = s.hash(ctx, password); err != nil {
			return "", Actor{}, err
		}
	}
	token, a, err = s.begin(ctx, u.ID, u.PasswordHash, hash)
	if err == nil {
		s.tries.forget(name)
	}
	return token, a, err
}

func wrong() error {
	return fault.New(fault.Unauthenticated, "The name or the password is wrong.")
}

// begin makes a session for a user who is still enabled and whose password is still the one that was checked; rehash
// replaces its hash when not "" (the password is the same, so there is no event).
func (s *Service) begin(ctx context.Context, id UserID, checked, rehash string) (string, Actor, error) {
	token := newToken()
	var a Actor
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		u, err := lockUser(tx, id)
		if err != nil {
			return err
		}
		if !u.Enabled || u.PasswordHash != checked {
			return wrong()
		}
		if rehash != "" {
			if err := tx.Gorm().Model(&userRow{}).Where("id = ?", id).Update("password_hash",
				rehash).Error; err != nil {
				return err
			}
		}
		now := tx.Now()
		err = tx.Gorm().Delete(&sessionRow{}, "seen_at <= ? OR at <= ?", now-store.Micros(Idle.Microseconds()),
			now-store.Micros(Absolute.Microseconds())).Error
		if err != nil {
			return err
		}
		if err := tx.Gorm().Create(&sessionRow{TokenHash: tokenHash(token), UserID: id, At: now,
			SeenAt: now}).Error; err != nil {
			return err
		}
		grants, err := grantsOf(&tx.Rx, id)
		a = u.actor(grants, history.Web)
		return err
	})
	if err != nil {
		return "", Actor{}, err
	}
	return token, a, nil
}

// resumed is one row of what a request asks about its session: one for each grant, or one without.
type resumed struct {
	ID            int64
	At, SeenAt    store.Micros
	UserID        UserID
	Name, Display string
	Enabled, Demo bool
	Role          *Role
	CollectionID  *CollectionID
}

const resumeQuery = `SELECT s.id, s.at, s.seen_at, s.user_id, u.name, u.display, u.enabled, u.demo, g.role, g.collection_id
	FROM sessions s JOIN users u ON u.id = s.user_id LEFT JOIN role_grants g ON g.user_id = u.id
	WHERE s.token_hash = ? ORDER BY g.id`

// Resume finds who holds a session's token, with the roles he holds now. A session that ended, was revoked, or whose
// user is disabled is fault.Unauthenticated.
func (s *Service) Resume(ctx context.Context, token string) (Actor, error) {
	var rows []resumed
	err := s.db.Read(ctx, func(rx *store.Rx) error {
		return rx.Gorm().Raw(resumeQuery, tokenHash(token)).Scan(
			&rows).Error
	})
	if err != nil {
		return Actor{}, err
	}
	now := s.db.Now()
	if len(rows) == 0 || !live(rows[0].At, rows[0].SeenAt, now) || !rows[0].Enabled || rows[0].Demo && !s.demo {
		return Actor{}, ended()
	}
	a := Actor{UserID: rows[0].UserID, Name: rows[0].Name, Display: rows[0].Display, Via: history.Web}
	for _, r := range rows {
		if r.Role != nil && r.CollectionID != nil {
			a.Grants = append(a.Grants, Grant{Role: *r.Role, Collection: *r.CollectionID})
		}
	}
	if rows[0].SeenAt < now-store.Micros(seenEvery.Microseconds()) {
		s.seen(ctx, rows[0].ID, rows[0].SeenAt, now)
	}
	return a, nil
}

func ended() error {
	return fault.New(fault.Unauthenticated, "Your session has ended. Sign in again.")
}

// seen notes the last use of a session. It may fail: the request goes on, and the next one notes it.
func (s *Service) seen(ctx context.Context, session int64, was, now store.Micros) {
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		return tx.Gorm().Model(&sessionRow{}).Where("id = ? AND seen_at = ?", session, was).Update("seen_at", now).Error
	})
	if err != nil {
		s.log.Warn("the last use of a session was not noted", "err", err)
	}
}

// SignOut ends the session of a token; one that is not there is no error.
func (s *Service) SignOut(ctx context.Context, token string) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		return tx.Gorm().Delete(&sessionRow{}, "token_hash = ?", tokenHash(token)).Error
	})
}

// EndSessions ends all sessions of a person: his own, or another's by an admin.
func (s *Service) EndSessions(ctx context.Context, a Actor, id UserID) error {
	if a.UserID != id || id == 0 {
		if _, err := s.policy.May(a, ThingUser, Write, 0); err != nil {
			return err
		}
	}
	return s.db.Write(ctx, func(tx *store.Tx) error { return endSessions(tx, id) })
}

func endSessions(tx *store.Tx, id UserID) error {
	return tx.Gorm().Delete(&sessionRow{}, "user_id = ?", id).Error
}

// SetPassword changes one's own password; the old one is asked for. All sessions end, and a new one begins.
func (s *Service) SetPassword(ctx context.Context, a Actor, old, password string) (token string, err error) {
	if err := CheckPassword(a.Name, password); err != nil {
		return "", err
	}
	if err := s.tries.take(s.db.Now().Time(), a.Name, ""); err != nil {
		return "", err
	}
	var u userRow
	err = s.db.Read(ctx, func(rx *store.Rx) error { return store.Take(rx.Gorm(), &u, "such user", "id = ?", a.UserID) })
	if err != nil {
		return "", err
	}
	ok, _, err := s.matches(ctx, old, u.PasswordHash)
	if err != nil {
		return "", err
	}
	if !ok {
		const msg = "The old password is wrong."
		return "", fault.New(fault.Invalid, msg).With("old_password", msg)
	}
	hash, err := s.hash(ctx, password)
	if err != nil {
		return "", err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		return setPassword(tx, a.Who(""), a.UserID, hash, func(now *userRow) bool {
			return now.PasswordHash == u.PasswordHash
		})
	})
	if err != nil {
		return "", err
	}
	s.tries.forget(a.Name)
	token, _, err = s.begin(ctx, a.UserID, hash, "")
	return token, err
}

// setPassword writes a hash with its event and ends all sessions, if the row still is as expected.
func setPassword(tx *store.Tx, who history.Who, id UserID, hash string, expected func(*userRow) bool) error {
	_, err := changeUser(tx, who, id, "user.password_set", "", func(u *userRow) error {
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
