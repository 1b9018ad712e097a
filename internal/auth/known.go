package auth

import (
	"context"
	"errors"
	"strconv"

	"gorm.io/gorm"

	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// Person is somebody as others name them.
type Person struct {
	ID      UserID // -1: there is nobody like that
	Name    string
	Display string
}

// Known finds somebody by their number, or by the name they sign in with, and says whether the actor may know them: it
// is they themselves, the actor reads all users, or they hold a role everywhere or in a collection that the actor
// reads. Nobody is found for what is neither; that takes the same statements, so that it tells nothing.
func (s *Service) Known(ctx context.Context, a Actor, who string) (p Person, known bool, err error) {
	defer fault.In(&err, "auth.Known(%q)", who)
	err = s.db.Read(ctx, func(rx *store.Rx) (err error) {
		p, known, err = s.KnownIn(rx, a, who)
		return err
	})
	return p, known, err
}

// KnownIn is Known inside a look at the database.
func (s *Service) KnownIn(rx *store.Rx, a Actor, who string) (p Person, known bool, err error) {
	var u userRow
	id, notNumber := strconv.ParseInt(who, 10, 64)
	if notNumber != nil {
		id = -1
	}
	err = rx.Gorm().Where("id = ? OR name = ?", id, FoldName(who)).Order("id").Take(&u).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		u, err = userRow{ID: -1}, nil
	}
	if err != nil {
		return p, false, err
	}
	p = Person{ID: u.ID, Name: u.Name, Display: u.Display}
	known, err = s.knows(rx, a, u.ID)
	return p, known, err
}

func (s *Service) knows(rx *store.Rx, a Actor, id UserID) (bool, error) {
	all, in := s.policy.Collections(a, ThingCollection, Read)
	roles := rx.Gorm().Model(&grantRow{}).Where("user_id = ?", id)
	if !all {
		roles = roles.Where("collection_id IN ?", append(in, 0))
	}
	var n int64
	if err := roles.Limit(1).Count(&n).Error; err != nil {
		return false, err
	}
	everybody := s.policy.Allows(a, ThingUser, Read, 0) && id > 0
	return everybody || n > 0 || id == a.UserID, nil
}
