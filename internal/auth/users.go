package auth

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

type userRow struct {
	ID           UserID       `gorm:"column:id;primaryKey"`
	Name         string       `gorm:"column:name"`
	Display      string       `gorm:"column:display"`
	Enabled      bool         `gorm:"column:enabled"`
	Demo         bool         `gorm:"column:demo"`
	PasswordHash string       `gorm:"column:password_hash"` // "": no password yet
	PasswordAt   store.Micros `gorm:"column:password_at"`   // 0: never set
	Reads        string       `gorm:"column:reads"`         // languages by commas, "": all
	At           store.Micros `gorm:"column:at"`
	Version      int64        `gorm:"column:version"`
}

func (userRow) TableName() string { return "users" }

// User is a person as admins see them.
type User struct {
	ID          UserID
	Name        string
	Display     string
	Enabled     bool
	Demo        bool
	HasPassword bool
	Grants      []Grant
	At          store.Micros
	Version     int64
}

func (u userRow) user(grants []Grant) User {
	return User{ID: u.ID, Name: u.Name, Display: u.Display, Enabled: u.Enabled, Demo: u.Demo,
		HasPassword: u.PasswordHash != "", Grants: grants, At: u.At, Version: u.Version}
}

func (u userRow) actor(grants []Grant, via history.Via) Actor {
	return Actor{UserID: u.ID, Name: u.Name, Display: u.Display, Grants: grants, Via: via,
		Reads: languagesOf(u.Reads)}
}

// fields are what the history guards of a user: neither the hash nor any token.
func (u userRow) fields() history.Fields {
	return history.Fields{
		"name": u.Name, "enabled": bit(u.Enabled), "demo": bit(u.Demo), "at": decimal(u.At),
		"password_at": decimal(u.PasswordAt), "version": decimal(u.Version),
	}.Later("reads", u.Reads, "")
}

func bit(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

func decimal[T ~int64](n T) string { return strconv.FormatInt(int64(n), 10) }

// Object names a user in the history.
func Object(id UserID) string { return fmt.Sprintf("user:%d", id) }

// NewUser is a person to be added; they get a password by the link of an invitation.
type NewUser struct {
	Name    string // 2 to 64 of a-z, 0-9, . _ - @, beginning with a letter or digit; folded to lower case
	Display string // what others call them; "" is the name; at most 100 code points
	Grants  []Grant
}

var nameShape = regexp.MustCompile(`^[a-z0-9][a-z0-9._@-]{1,63}$`)

// FoldName gives the form in which a name is kept and looked up.
func FoldName(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

func (n *NewUser) check() error {
	var c fault.Collect
	n.Name = FoldName(n.Name)
	if !nameShape.MatchString(n.Name) {
		c.Add("name", "“%s” cannot be a name to sign in with. Use 2 to 64 of the letters a to z, digits, and . _ - @",
			n.Name)
	}
	if err := checkDisplay(&n.Display); err != nil {
		c.Add("display", "%s", fault.Message(err))
	}
	if n.Display == "" {
		n.Display = n.Name
	}
	return c.Err()
}

// given are the names of a new person, each with its field.
func (n NewUser) given() []naming {
	if n.Display == n.Name {
		return []naming{naming{"name", n.Name}}
	}
	return []naming{naming{"name", n.Name}, naming{"display", n.Display}}
}

// CreateUser adds a person without a password, with the roles given, or not at all.
func (s *Service) CreateUser(ctx context.Context, a Actor, n NewUser) (u User, err error) {
	defer fault.In(&err, "auth.CreateUser(%q)", n.Name)
	who, err := s.policy.May(a, ThingUser, Write, 0)
	if err != nil {
		return User{}, err
	}
	if err := n.check(); err != nil {
		return User{}, err
	}
	granters := make([]history.Who, len(n.Grants))
	for i, g := range n.Grants {
		if granters[i], err = s.mayGrant(a, g); err != nil {
			return User{}, err
		}
	}
	var row userRow
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if row, err = insertUser(tx, who, n, userRow{}); err != nil {
			return err
		}
		for i, g := range n.Grants {
			if err := s.grant(tx, granters[i], row.ID, g); err != nil {
				return err
			}
		}
		return nil
	})
	return row.user(n.Grants), err
}

// insertUser adds a person whose names nobody takes for another's; the fields name where they were typed.
func insertUser(tx *store.Tx, who history.Who, n NewUser, u userRow) (userRow, error) {
	u.Name, u.Display = n.Name, n.Display
	if err := nameFree(tx, u.Name); err != nil {
		return u, err
	}
	if err := nameApart(tx, 0, n.given()...); err != nil {
		return u, err
	}
	return addUser(tx, who, u)
}

func nameFree(tx *store.Tx, name string) error {
	var taken int64
	if err := tx.Gorm().Model(&userRow{}).Where("name = ?", name).Count(&taken).Error; err != nil {
		return err
	}
	if taken > 0 {
		msg := fmt.Sprintf("The name “%s” is taken. Choose another.", name)
		return fault.New(fault.Conflict, "%s", msg).With("name", msg)
	}
	return nil
}

func addUser(tx *store.Tx, who history.Who, u userRow) (userRow, error) {
	u.ID, u.Enabled, u.At, u.Version = 0, true, tx.Now(), 1
	if err := tx.Gorm().Create(&u).Error; err != nil {
		return u, err
	}
	_, err := history.Append(tx, who, history.Event{
		Action: "user.added", Object: Object(u.ID), After: u.fields(), Texts: history.Texts{"display": u.Display},
	})
	return u, err
}

// changeUser locks a user, lets change alter the row, and writes it with its event.
func changeUser(tx *store.Tx, who history.Who, id UserID, action, reason string, change func(*userRow) error) (userRow,
	error) {
	u, err := lockUser(tx, id)
	if err != nil {
		return u, err
	}
	before, display := u.fields(), u.Display
	if err := change(&u); err != nil {
		return u, err
	}
	was := u.Version
	u.Version++
	res := tx.Gorm().Model(&userRow{}).Where("id = ? AND version = ?", id, was).Updates(map[string]any{
		"display": u.Display, "enabled": u.Enabled, "password_hash": u.PasswordHash, "password_at": u.PasswordAt,
		"reads": u.Reads, "version": u.Version,
	})
	if err := store.Changed(res, "this user"); err != nil {
		return u, err
	}
	e := history.Event{Action: action, Object: Object(id), Before: before, After: u.fields(), Reason: reason}
	if u.Display != display {
		e.Texts = history.Texts{"display": u.Display}
	}
	_, err = history.Append(tx, who, e)
	return u, err
}

func lockUser(tx *store.Tx, id UserID) (userRow, error) {
	var u userRow
	err := store.Take(tx.Lock(), &u, "such user", "id = ?", id)
	return u, err
}

// maxReason is the most code points of a reason.
const maxReason = 2000

func checkReason(reason string) error {
	err := text.CheckTyped("reason", reason)
	if n := utf8.RuneCountInString(reason); err == nil && n > maxReason {
		err = fmt.Errorf("reason: %d characters are too many; use at most %d", n, maxReason)
	}
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "%s.", err).With("reason", err.Error())
	}
	return nil
}

// changeFor is one change of a person by an admin, for a reason.
func (s *Service) changeFor(ctx context.Context, a Actor, reason string, do func(*store.Tx, history.Who) error) error {
	who, err := s.policy.May(a, ThingUser, Write, 0)
	if err != nil {
		return err
	}
	if err := checkReason(reason); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error { return do(tx, who) })
}

// DisableUser shuts a person out at once: their sessions end, and their links are void. The last enabled admin stays.
func (s *Service) DisableUser(ctx context.Context, a Actor, id UserID, reason string) (err error) {
	defer fault.In(&err, "auth.DisableUser(%d)", id)
	return s.changeFor(ctx, a, reason, func(tx *store.Tx, who history.Who) error {
		if err := s.keepAnAdmin(tx, id); err != nil {
			return err
		}
		_, err := changeUser(tx, who, id, "user.disabled", reason, func(u *userRow) error {
			if !u.Enabled {
				return fault.New(fault.Conflict, "%s is disabled already.", u.Name)
			}
			u.Enabled = false
			return nil
		})
		if err != nil {
			return err
		}
		if err := endSessions(tx, id); err != nil {
			return err
		}
		if err := forgetDevices(tx, id); err != nil {
			return err
		}
		if err := endTokens(tx, who, id); err != nil {
			return err
		}
		if err := endMachines(tx, who, id); err != nil {
			return err
		}
		return voidLinks(tx, id)
	})
}

// EnableUser lets a person in again, with the roles they had.
func (s *Service) EnableUser(ctx context.Context, a Actor, id UserID, reason string) (err error) {
	defer fault.In(&err, "auth.EnableUser(%d)", id)
	return s.changeFor(ctx, a, reason, func(tx *store.Tx, who history.Who) error {
		_, err := changeUser(tx, who, id, "user.enabled", reason, func(u *userRow) error {
			if u.Enabled {
				return fault.New(fault.Conflict, "%s is enabled already.", u.Name)
			}
			u.Enabled = true
			return nil
		})
		return err
	})
}

// Users lists everybody by name, with the roles held.
func (s *Service) Users(ctx context.Context, a Actor) (all []User, err error) {
	defer fault.In(&err, "auth.Users()")
	if _, err := s.policy.May(a, ThingUser, Read, 0); err != nil {
		return nil, err
	}
	return s.Everybody(ctx)
}

// Everybody is Users without asking who wants to know: for the command line, where whoever reads the database may.
func (s *Service) Everybody(ctx context.Context) (out []User, err error) {
	defer fault.In(&err, "auth.Everybody()")
	err = s.db.Read(ctx, func(rx *store.Rx) (err error) {
		out, err = users(rx)
		return err
	})
	return out, err
}

func users(rx *store.Rx) ([]User, error) { return UsersAfter(rx, "", 0) }

// UsersAfter lists users by name, after a name, with the roles held; at most limit, 0 for no limit. It asks no
// permission.
func UsersAfter(rx *store.Rx, after string, limit int) ([]User, error) {
	q := rx.Gorm().Where("name > ?", after).Order("name")
	if limit > 0 {
		q = q.Limit(limit)
	}
	var rows []userRow
	if err := q.Find(&rows).Error; err != nil {
		return nil, err
	}
	return withGrants(rx, rows)
}

// UserByID reads one user with the roles held. It asks no permission.
func UserByID(rx *store.Rx, id UserID) (User, error) {
	var row userRow
	if err := store.Take(rx.Gorm(), &row, "such user", "id = ?", id); err != nil {
		return User{}, err
	}
	all, err := withGrants(rx, []userRow{row})
	if err != nil {
		return User{}, err
	}
	return all[0], nil
}

func withGrants(rx *store.Rx, rows []userRow) ([]User, error) {
	out := make([]User, len(rows))
	if len(rows) == 0 {
		return out, nil
	}
	var grants []grantRow // by name, not by a list of ids: a list may hold more than a statement takes
	first, last := rows[0].Name, rows[len(rows)-1].Name
	err := rx.Gorm().Where("user_id IN (SELECT id FROM users WHERE name BETWEEN ? AND ?)", first, last).Order("id").
		Find(&grants).Error
	by := map[UserID][]Grant{}
	for _, g := range grants {
		by[g.UserID] = append(by[g.UserID], g.grant())
	}
	for i, r := range rows {
		out[i] = r.user(by[r.ID])
	}
	return out, err
}

// Names gives what people are called, for lists that name them; ids that are unknown are left out.
func Names(rx *store.Rx, ids []UserID) (map[UserID]string, error) {
	out := map[UserID]string{}
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := store.Select[userRow](rx, "SELECT id, display FROM users WHERE id IN ?", ids)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		out[r.ID] = r.Display
	}
	return out, nil
}

// ActorFor is the person whom a command names by --as. Whoever can run commands on the database needs no password; the
// history says that the act came by the command line.
func (s *Service) ActorFor(ctx context.Context, name string, via history.Via) (a Actor, err error) {
	defer fault.In(&err, "auth.ActorFor(%q)", name)
	err = s.db.Read(ctx, func(rx *store.Rx) error {
		var u userRow
		if err := store.Take(rx.Gorm(), &u, fmt.Sprintf("user “%s”; see “workbench user list”", name), "name = ?",
			FoldName(name)); err != nil {
			return err
		}
		if !u.Enabled {
			return fault.New(fault.Forbidden, "The user %s is disabled. Name another with --as.", u.Name)
		}
		grants, err := grantsOf(rx, u.ID)
		a = u.actor(grants, via)
		a.Request = string(via) + "-" + newToken()[:12] // ties together what one command does
		return err
	})
	return a, err
}

// ActorByID finds the person who asked for work that is done later, with the roles held at this moment. Whoever was
// disabled since is fault.Forbidden.
func (s *Service) ActorByID(ctx context.Context, id UserID, via history.Via, request string) (a Actor, err error) {
	defer fault.In(&err, "auth.ActorByID(%d, %q)", id, request)
	err = s.db.Read(ctx, func(rx *store.Rx) (err error) {
		a, err = actorNow(rx, id, via)
		return err
	})
	a.Request = request
	return a, err
}

// ActorLater is ActorByID for work that was asked for by a token, which its events name; 0: by none. It is done with
// what the token may do at this moment. One that was ended or has expired since is fault.Forbidden: whoever ends a
// token ends what it began.
func (s *Service) ActorLater(ctx context.Context, id UserID, via history.Via, request string, token int64) (a Actor,
	err error) {
	defer fault.In(&err, "auth.ActorLater(%d, %q)", id, request)
	if token == 0 {
		return s.ActorByID(ctx, id, via, request)
	}
	err = s.db.Read(ctx, func(rx *store.Rx) (err error) {
		a, err = tokenNow(rx, id, TokenID(token), s.db.Now())
		return err
	})
	a.Via, a.Request = via, request
	return a, err
}
