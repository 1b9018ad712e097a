package auth

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Try is what somebody gives at the door.
type Try struct {
	Name, Password string
	Address        string // where the try came from, "" when unknown
	Device         string // the token that the browser keeps, "" when it has none
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
