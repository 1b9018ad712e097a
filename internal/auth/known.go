package auth

import (
	"context"
	"strconv"

	"gorm.io/gorm/clause"

	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// Person is somebody as others name them.
type Person struct {
	ID      UserID // -1: there is nobody like that
	Name    string
	Display string
}

// Known finds somebody by their number, by the name they sign in with, or by what they are called when nobody else is
// called so, and says whether the actor may know them: it
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
	var found []userRow
	id, notNumber := strconv.ParseInt(who, 10, 64)
	if notNumber != nil {
		id = -1
	}
	if err := rx.Gorm().Where("id = ? OR name = ? OR display = ?", id, FoldName(who), who).
		Order(clause.OrderBy{Expression: clause.Expr{SQL: "CASE WHEN id = ? OR name = ? THEN 0 ELSE 1 END, id",
			Vars: []any{id, FoldName(who)}}}).
		Limit(2).Find(&found).Error; err != nil {
		return p, false, err
	}
	u := userRow{ID: -1}
	if len(found) == 1 || len(found) > 1 && (int64(found[0].ID) == id || found[0].Name == FoldName(who)) {
		u = found[0]
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
