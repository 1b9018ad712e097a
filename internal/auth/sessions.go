package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"slices"

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

// Session is what a browser gets when somebody was let in.
type Session struct {
	Token  string // of the session, for its cookie
	Device string // of the browser, for a cookie that lasts DeviceLife; "" for a demo user
	Actor  Actor
}

// beginSession writes a session, and deletes those that ended by themselves.
func beginSession(tx *store.Tx, id UserID, token string) error {
	now := tx.Now()
	err := tx.Gorm().Delete(&sessionRow{}, "seen_at <= ? OR at <= ?", now-store.Micros(Idle.Microseconds()),
		now-store.Micros(Absolute.Microseconds())).Error
	if err != nil {
		return err
	}
	return tx.Gorm().Create(&sessionRow{TokenHash: tokenHash(token), UserID: id, At: now, SeenAt: now}).Error
}

// resumed is one row of what a request asks about its session: one for each grant, or one without.
type resumed struct {
	TokenHash     []byte // of resumeAllQuery only
	ID            int64
	At, SeenAt    store.Micros
	UserID        UserID
	Name, Display string
	Enabled, Demo bool
	Reads         string
	Role          *Role
	CollectionID  *CollectionID
	ResetID       *int64 // the newest link by which the password was reset, if its owner has not put the notice away
	ResetAt       *store.Micros
	ResetBy       *string
}

const resumeQuery = `SELECT s.id, s.at, s.seen_at, s.user_id, u.name, u.display, u.enabled, u.demo,
	u.reads, g.role, g.collection_id, l.id AS reset_id, l.spent_at AS reset_at, m.name AS reset_by
	FROM sessions s JOIN users u ON u.id = s.user_id LEFT JOIN role_grants g ON g.user_id = u.id
	LEFT JOIN user_links l ON l.id = (SELECT MAX(id) FROM user_links WHERE user_id = u.id AND kind = 'reset' AND
		spent_at IS NOT NULL AND dismissed_at IS NULL)
	LEFT JOIN users m ON m.id = l.made_by
	WHERE s.token_hash = ? ORDER BY g.id`

const resumeAllQuery = `SELECT s.token_hash, s.id, s.at, s.seen_at, s.user_id, u.name, u.display, u.enabled, u.demo,
	g.role, g.collection_id
	FROM sessions s JOIN users u ON u.id = s.user_id LEFT JOIN role_grants g ON g.user_id = u.id
	WHERE s.token_hash IN ? ORDER BY s.id, g.id`

// resumeAtOnce bounds how many sessions one statement asks for.
const resumeAtOnce = 500

// ResumeAll is Resume for many sessions, a statement for each 500. Sessions that ended are not in the answer. It does
// not note that they were used: a stream that stays open is no act of its person.
func (s *Service) ResumeAll(ctx context.Context, tokens []string) (_ map[string]Actor, err error) {
	defer fault.In(&err, "auth.ResumeAll(%d sessions)", len(tokens))
	of := map[string]string{} // the hash → the token
	for _, t := range tokens {
		of[string(tokenHash(t))] = t
	}
	out := map[string]Actor{}
	now := s.db.Now()
	err = s.db.Read(ctx, func(rx *store.Rx) error {
		for hashes := range slices.Chunk(slices.Collect(maps.Keys(of)), resumeAtOnce) {
			args := make([][]byte, len(hashes))
			for i, h := range hashes {
				args[i] = []byte(h)
			}
			rows, err := store.Select[resumed](rx, resumeAllQuery, args)
			if err != nil {
				return err
			}
			for _, r := range rows {
				if !live(r.At, r.SeenAt, now) || !r.Enabled || r.Demo && !s.demo {
					continue
				}
				token := of[string(r.TokenHash)]
				a := out[token]
				a.UserID, a.Name, a.Display, a.Via = r.UserID, r.Name, r.Display, history.Web
				if r.Role != nil && r.CollectionID != nil {
					a.Grants = append(a.Grants, Grant{Role: *r.Role, Collection: *r.CollectionID})
				}
				out[token] = a
			}
		}
		return nil
	})
	return out, err
}

// Resume finds who holds a session's token, with the roles they hold now. A session that ended, was revoked, or whose
// user is disabled is fault.Unauthenticated.
func (s *Service) Resume(ctx context.Context, token string) (a Actor, err error) {
	defer fault.In(&err, "auth.Resume()")
	var rows []resumed
	err = s.db.Read(ctx, func(rx *store.Rx) (err error) {
		rows, err = store.Select[resumed](rx, resumeQuery, tokenHash(token))
		return err
	})
	if err != nil {
		return Actor{}, err
	}
	now := s.db.Now()
	if len(rows) == 0 || !live(rows[0].At, rows[0].SeenAt, now) || !rows[0].Enabled || rows[0].Demo && !s.demo {
		return Actor{}, ended()
	}
	a = Actor{UserID: rows[0].UserID, Name: rows[0].Name, Display: rows[0].Display, Via: history.Web,
		Reads: languagesOf(rows[0].Reads)}
	if r := rows[0]; r.ResetID != nil && r.ResetAt != nil {
		a.Reset = &ResetNotice{Link: *r.ResetID, At: *r.ResetAt}
		if r.ResetBy != nil {
			a.Reset.By = *r.ResetBy
		}
	}
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
func (s *Service) SignOut(ctx context.Context, token string) (err error) {
	defer fault.In(&err, "auth.SignOut()")
	return s.db.Write(ctx, func(tx *store.Tx) error {
		return tx.Gorm().Delete(&sessionRow{}, "token_hash = ?", tokenHash(token)).Error
	})
}

// EndSessions ends all sessions of a person and forgets their browsers: one's own, or another's by an admin.
func (s *Service) EndSessions(ctx context.Context, a Actor, id UserID) (err error) {
	defer fault.In(&err, "auth.EndSessions(%d)", id)
	if a.UserID != id || id == 0 {
		if _, err := s.policy.May(a, ThingUser, Write, 0); err != nil {
			return err
		}
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if err := forgetDevices(tx, id); err != nil {
			return err
		}
		return endSessions(tx, id)
	})
}

func endSessions(tx *store.Tx, id UserID) error {
	return tx.Gorm().Delete(&sessionRow{}, "user_id = ?", id).Error
}

// newToken makes 256 random bits, as text for a cookie or a link.
func newToken() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails (crypto/rand since Go 1.24)
	return base64.RawURLEncoding.EncodeToString(b)
}

// tokenHash is what the database keeps of a token: whoever reads it cannot use it.
func tokenHash(token string) []byte {
	h := sha256.Sum256([]byte(token))
	return h[:]
}
