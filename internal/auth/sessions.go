package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"maps"
	"slices"

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

// Try is what somebody gives at the door.
type Try struct {
	Name, Password string
	Address        string // where the try came from, "" when unknown
	Device         string // the token that the browser keeps, "" when it has none
}

// Session is what a browser gets when somebody was let in.
type Session struct {
	Token  string // of the session, for its cookie
	Device string // of the browser, for a cookie that lasts DeviceLife; "" for a demo user
	Actor  Actor
}

// Identity is whom a way of signing in has found. Enter begins a session for them.
type Identity struct {
	user    UserID
	device  string
	checked string  // the password's hash when it was checked; the session begins only if it is still that
	rehash  string  // the same password hashed at today's cost, or ""
	tries   tickets // what the try was counted on
}

// SignIn checks a name and a password and begins a session. Tries beyond the limits wait, the right password included,
// and are fault.Limited with a RetryAfter when they would wait too long. Anything else that is wrong, a name that
// nobody has included, is the same fault.Unauthenticated and takes as long.
func (s *Service) SignIn(ctx context.Context, t Try) (in Session, err error) {
	defer fault.In(&err, "auth.SignIn(from %q)", t.Address)
	who, err := s.ByPassword(ctx, t)
	if err != nil {
		return Session{}, err
	}
	return s.Enter(ctx, who)
}

// ByPassword finds who has this name and password: see SignIn for what is refused, and how.
func (s *Service) ByPassword(ctx context.Context, t Try) (who Identity, err error) {
	defer fault.In(&err, "auth.ByPassword(from %q)", t.Address)
	name := FoldName(t.Name)
	var u userRow
	var device deviceRow
	err = s.db.Read(ctx, func(rx *store.Rx) error {
		u = userRow{}
		err := rx.Gorm().Where("name = ?", name).Take(&u).Error
		if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
			return err
		}
		device, err = knownTo(rx.Gorm(), t.Device, u.ID, s.db.Now())
		return err
	})
	if err != nil {
		return who, err
	}
	counts, err := s.take(ctx, countsOf(name, t.Address, device)...)
	if err != nil {
		return who, err
	}
	password := t.Password
	if len(password) > 4*MaxPassword { // no password is longer; do not hash what an attacker made long
		password = ""
	}
	ok, again, err := s.matches(ctx, password, u.PasswordHash)
	if err != nil {
		return who, err
	}
	if !ok || !u.Enabled || u.Demo {
		return who, wrong()
	}
	who = Identity{user: u.ID, device: t.Device, checked: u.PasswordHash, tries: counts}
	if again {
		who.rehash, err = s.hash(ctx, password)
	}
	return who, err
}

// countsOf are the limits that a try on a name meets: its own from a browser that is known to the person, else those
// of the address and the name.
func countsOf(name, address string, device deviceRow) []counted {
	if device.ID != 0 {
		return []counted{count(knownDevice, false, "device", decimal(device.ID))}
	}
	where := network(address)
	out := []counted{count(addressAndName, false, "address and name", where, name), count(oneName, true, "name", name)}
	if where != "" {
		out = append(out, count(oneAddress, true, "address", where))
	}
	return out
}

func wrong() error {
	return fault.New(fault.Unauthenticated, "The name or the password is wrong.")
}

// Enter begins a session for whom a way of signing in has found, if they are still enabled and their password is still
// the one that was checked. What their try was counted on is forgiven.
func (s *Service) Enter(ctx context.Context, who Identity) (in Session, err error) {
	defer fault.In(&err, "auth.Enter(%d)", who.user)
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		in = Session{Token: newToken()}
		u, err := lockUser(tx, who.user)
		if err != nil {
			return err
		}
		if !u.Enabled || u.PasswordHash != who.checked || u.Demo && !s.demo {
			return wrong()
		}
		if err := rehash(tx, u.ID, who.rehash); err != nil {
			return err
		}
		if err := beginSession(tx, u.ID, in.Token); err != nil {
			return err
		}
		if err := who.tries.forgive(tx); err != nil {
			return err
		}
		if !u.Demo {
			if in.Device, err = knowDevice(tx, who.device, u.ID); err != nil {
				return err
			}
		}
		grants, err := grantsOf(&tx.Rx, u.ID)
		in.Actor = u.actor(grants, history.Web)
		return err
	})
	if err != nil {
		return Session{}, err
	}
	return in, nil
}

// rehash keeps the same password at another cost, so there is no event.
func rehash(tx *store.Tx, id UserID, hash string) error {
	if hash == "" {
		return nil
	}
	return tx.Gorm().Model(&userRow{}).Where("id = ?", id).Update("password_hash", hash).Error
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
	Role          *Role
	CollectionID  *CollectionID
	ResetID       *int64 // the newest link by which the password was reset, if its owner has not put the notice away
	ResetAt       *store.Micros
	ResetBy       *string
}

const resumeQuery = `SELECT s.id, s.at, s.seen_at, s.user_id, u.name, u.display, u.enabled, u.demo, g.role,
	g.collection_id,
	l.id AS reset_id, l.spent_at AS reset_at, m.name AS reset_by
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
			var rows []resumed
			if err := rx.Gorm().Raw(resumeAllQuery, args).Scan(&rows).Error; err != nil {
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
	err = s.db.Read(ctx, func(rx *store.Rx) error {
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
	a = Actor{UserID: rows[0].UserID, Name: rows[0].Name, Display: rows[0].Display, Via: history.Web}
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
