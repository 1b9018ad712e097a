package auth

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// LinkKind says what a link is for.
type LinkKind string

// The links: each may be spent once, within LinkLife, by POST.
const (
	FirstAdmin LinkKind = "first_admin" // makes the first admin
	Invite     LinkKind = "invite"      // lets a new person choose a password
	Reset      LinkKind = "reset"       // lets a person choose a new one
)

type linkRow struct {
	ID        int64         `gorm:"column:id;primaryKey"`
	TokenHash []byte        `gorm:"column:token_hash"`
	Kind      LinkKind      `gorm:"column:kind"`
	UserID    UserID        `gorm:"column:user_id"`
	At        store.Micros  `gorm:"column:at"`
	SpentAt   *store.Micros `gorm:"column:spent_at"`
	MadeBy    UserID        `gorm:"column:made_by"` // 0: nobody
	// DismissedAt is when the owner put the notice of a reset away.
	DismissedAt *store.Micros `gorm:"column:dismissed_at"`
}

func (linkRow) TableName() string { return "user_links" }

func (r linkRow) live(now store.Micros) bool {
	return r.SpentAt == nil && r.At > now-store.Micros(LinkLife.Microseconds())
}

// UserLink is a link just made; only here the token is readable.
type UserLink struct {
	Kind    LinkKind
	Token   string
	Expires time.Time
}

// Path is the page at which the link is spent.
func (l UserLink) Path() string { return LinkPath(l.Token) }

// LinkPath is the page at which a token is spent.
func LinkPath(token string) string { return "/link/" + token }

// MakeLink makes a link for a person: Invite while they have no password, Reset when they have one; "" chooses. Links
// made for them before are void.
func (s *Service) MakeLink(ctx context.Context, a Actor, kind LinkKind, to UserID) (link UserLink, err error) {
	defer fault.In(&err, "auth.MakeLink(%q for %d)", kind, to)
	who, err := s.policy.May(a, ThingUser, Write, 0)
	if err != nil {
		return UserLink{}, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		u, err := lockUser(tx, to)
		if err != nil {
			return err
		}
		if err := noMachine(&tx.Rx, to, "password"); err != nil {
			return err
		}
		k := kind
		if k == "" {
			k = Reset
			if u.PasswordHash == "" {
				k = Invite
			}
		}
		switch {
		case k != Invite && k != Reset:
			return fault.New(fault.Invalid, "There is no link of kind “%s” for a person. There are invite and reset.",
				k)
		case !u.Enabled:
			return fault.New(fault.Conflict, "%s is disabled, and a link would not let them in. Enable the account "+
				"first, on their page or by “workbench user enable %s”.", u.Name, u.Name)
		case u.Demo:
			return fault.New(fault.Conflict, "%s is a demo user, who has no password: the demo's sign-in page "+
				"offers them by one click.", u.Name)
		}
		if err := voidLinks(tx, to); err != nil {
			return err
		}
		if link, err = insertLink(tx, k, to, a.UserID); err != nil {
			return err
		}
		_, err = history.Append(tx, who, history.Event{Action: "user.link_made", Object: Object(to),
			Texts: history.Texts{"kind": string(k)}})
		return err
	})
	return link, err
}

func insertLink(tx *store.Tx, kind LinkKind, to, by UserID) (UserLink, error) {
	token := newToken()
	row := linkRow{TokenHash: tokenHash(token), Kind: kind, UserID: to, At: tx.Now(), MadeBy: by}
	if err := tx.Gorm().Create(&row).Error; err != nil {
		return UserLink{}, err
	}
	return UserLink{Kind: kind, Token: token, Expires: tx.Now().Time().Add(LinkLife)}, nil
}

func voidLinks(tx *store.Tx, id UserID) error {
	return tx.Gorm().Delete(&linkRow{}, "user_id = ? AND spent_at IS NULL", id).Error
}

// FirstAdminLink makes a fresh link for the first admin; false when there is an enabled admin who can sign in.
func (s *Service) FirstAdminLink(ctx context.Context) (link UserLink, needed bool, err error) {
	defer fault.In(&err, "auth.FirstAdminLink()")
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		has, err := s.hasAdmin(&tx.Rx)
		if needed = !has; err != nil || has {
			return err
		}
		if err := voidLinks(tx, 0); err != nil {
			return err
		}
		link, err = insertLink(tx, FirstAdmin, 0, 0)
		return err
	})
	return link, needed, err
}

func (s *Service) hasAdmin(rx *store.Rx) (bool, error) {
	g := rx.Gorm().Model(&userRow{}).Where("enabled = ? AND id IN (?)", true,
		rx.Gorm().Session(&gorm.Session{NewDB: true}).Model(&grantRow{}).Select("user_id").Where(
			"role = ? AND collection_id = ?", Admin, 0))
	if !s.demo {
		g = g.Where("demo = ?", false)
	}
	var n int64
	err := g.Count(&n).Error
	return n > 0, err
}

// LinkInfo is what the page of a link shows. Looking spends nothing.
type LinkInfo struct {
	Kind    LinkKind
	Name    string // whose it is; "" for the first admin, who chooses a name
	Display string // what others call them now
}

// LookAtLink says what a link is for; one that is unknown, spent or too old is fault.NotFound.
func (s *Service) LookAtLink(ctx context.Context, token string) (info LinkInfo, err error) {
	defer fault.In(&err, "auth.LookAtLink()")
	err = s.db.Read(ctx, func(rx *store.Rx) error {
		row, err := liveLink(rx.Gorm(), token, s.db.Now())
		if err != nil {
			return err
		}
		info = LinkInfo{Kind: row.Kind}
		if row.UserID == 0 {
			return nil
		}
		var u userRow
		err = store.Take(rx.Gorm(), &u, "such user", "id = ? AND enabled = ?", row.UserID, true)
		info.Name, info.Display = u.Name, u.Display
		return err
	})
	return info, err
}

func liveLink(g *gorm.DB, token string, now store.Micros) (linkRow, error) {
	var row linkRow
	err := g.Where("token_hash = ?", tokenHash(token)).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) || err == nil && !row.live(now) {
		return row, fault.New(fault.NotFound,
			"This link was used already, or is older than a day. Ask for a new one.")
	}
	return row, err
}

// Spend is what the person with a link gives.
type Spend struct {
	Token    string
	Name     string // the first admin's name to sign in with; ignored otherwise
	Display  string // what others call them, of the first admin and of who is invited; "" as it is; else ignored
	Password string
	Address  string // where the request came from
}

// SpendLink sets the password that a link allows, once, and gives the name to sign in with. Every session of the person
// ends. A password or name that is refused spends nothing.
func (s *Service) SpendLink(ctx context.Context, in Spend) (name string, err error) {
	defer fault.In(&err, "auth.SpendLink(from %q)", in.Address)
	info, err := s.LookAtLink(ctx, in.Token)
	if fault.KindOf(err) == fault.NotFound { // whoever guesses waits; whoever has a link does not
		_, tooMany := s.take(ctx, count(linkToken, true, "link", network(in.Address)))
		return "", firstOf(tooMany, err)
	}
	if err != nil {
		return "", err
	}
	first := NewUser{Name: in.Name, Display: in.Display}
	name = info.Name
	if info.Kind == FirstAdmin {
		if err := first.check(); err != nil {
			return "", err
		}
		name = first.Name
	}
	if err := checkDisplay(&in.Display); err != nil {
		return "", err
	}
	if err := CheckPassword(name, in.Password); err != nil {
		return "", err
	}
	hash, err := s.hash(ctx, in.Password)
	if err != nil {
		return "", err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		row, err := liveLink(tx.Lock(), in.Token, tx.Now())
		if err != nil {
			return err
		}
		if err := store.Changed(tx.Gorm().Model(&linkRow{}).Where("id = ? AND spent_at IS NULL",
			row.ID).Update("spent_at", tx.Now()), "this link"); err != nil {
			return err
		}
		if row.Kind == FirstAdmin {
			return s.makeFirstAdmin(tx, first, hash)
		}
		if err := forgetDevices(tx, row.UserID); err != nil {
			return err
		}
		who := history.Who{UserID: int64(row.UserID), Name: name, Via: history.Web}
		by, err := makerOf(tx, row)
		if err != nil {
			return err
		}
		called := row.Kind == Invite && in.Display != "" && in.Display != name && in.Display != info.Display
		if called {
			if err := nameApart(tx, row.UserID, naming{"display", in.Display}); err != nil {
				return err
			}
		}
		return setPassword(tx, who, row.UserID, hash, by, func(u *userRow) bool {
			if row.Kind == Invite && in.Display != "" {
				u.Display = in.Display
			}
			return true
		})
	})
	return name, err
}

func (s *Service) makeFirstAdmin(tx *store.Tx, n NewUser, hash string) error {
	if has, err := s.hasAdmin(&tx.Rx); err != nil || has {
		return firstOf(err, fault.New(fault.Conflict, "There is an admin already. Sign in, or ask for an invitation."))
	}
	who := history.Who{Name: "first admin link", Via: history.System}
	u, err := insertUser(tx, who, n, userRow{PasswordHash: hash, PasswordAt: tx.Now()})
	if err != nil {
		return err
	}
	return grantRole(tx, who, u.ID, Grant{Role: Admin})
}
