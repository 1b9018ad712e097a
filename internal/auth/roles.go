package auth

import (
	"context"
	"fmt"

	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

type grantRow struct {
	ID           int64        `gorm:"column:id;primaryKey"`
	UserID       UserID       `gorm:"column:user_id"`
	Role         Role         `gorm:"column:role"`
	CollectionID CollectionID `gorm:"column:collection_id"`
	At           store.Micros `gorm:"column:at"`
}

func (grantRow) TableName() string { return "role_grants" }

func (g grantRow) grant() Grant { return Grant{Role: g.Role, Collection: g.CollectionID} }

func (g grantRow) object() string { return fmt.Sprintf("role:%d", g.ID) }

func (g grantRow) fields() history.Fields {
	return history.Fields{"user": decimal(g.UserID), "role": string(g.Role), "collection": decimal(g.CollectionID),
		"at": decimal(g.At)}
}

func grantsOf(rx *store.Rx, id UserID) ([]Grant, error) {
	var rows []grantRow
	if err := rx.Gorm().Where("user_id = ?", id).Order("id").Find(&rows).Error; err != nil {
		return nil, err
	}
	out := make([]Grant, len(rows))
	for i, r := range rows {
		out[i] = r.grant()
	}
	return out, nil
}

// GrantRole gives a person a role in a collection, or everywhere (0).
func (s *Service) GrantRole(ctx context.Context, a Actor, to UserID, role Role, c CollectionID) (err error) {
	defer fault.In(&err, "auth.GrantRole(%q in %d to %d)", role, c, to)
	g := Grant{Role: role, Collection: c}
	who, err := s.mayGrant(a, g)
	if err != nil {
		return err
	}
	if a.UserID == to {
		return fault.New(fault.Forbidden, "Nobody grants a role to themselves. Ask another admin.")
	}
	return s.db.Write(ctx, func(tx *store.Tx) error { return s.grant(tx, who, to, g) })
}

func (s *Service) mayGrant(a Actor, g Grant) (history.Who, error) {
	who, err := s.policy.May(a, ThingRole, GrantRole, g.Collection)
	if err != nil {
		return who, err
	}
	return who, Roles.Check("role", g.Role)
}

// grant is grantRole in a collection that there is.
func (s *Service) grant(tx *store.Tx, who history.Who, to UserID, g Grant) error {
	if g.Collection != 0 && s.has != nil {
		if ok, err := s.has(&tx.Rx, g.Collection); err != nil || !ok {
			return firstOf(err, fault.New(fault.NotFound, "There is no collection %d.", g.Collection))
		}
	}
	return grantRole(tx, who, to, g)
}

func firstOf(err error, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// grantRole locks the person, so that two grants at once cannot get past the guards.
func grantRole(tx *store.Tx, who history.Who, to UserID, g Grant) error {
	u, err := lockUser(tx, to)
	if err != nil {
		return err
	}
	if err := noMachine(&tx.Rx, to, "role"); err != nil {
		return err
	}
	held, err := grantsOf(&tx.Rx, to)
	if err != nil {
		return err
	}
	if err := mayHold(u.Name, held, g); err != nil {
		return err
	}
	row := grantRow{UserID: to, Role: g.Role, CollectionID: g.Collection, At: tx.Now()}
	if err := tx.Gorm().Create(&row).Error; err != nil {
		return err
	}
	_, err = history.Append(tx, who, history.Event{
		Action: "role.granted", Object: row.object(), Collection: int64(g.Collection), After: row.fields(),
	})
	return err
}

// mayHold keeps apart who judges and who watches or runs the house: auditor and admin exclude reviewer and editor for
// one person, wherever they are held.
func mayHold(name string, held []Grant, g Grant) error {
	for _, h := range held {
		if h == g {
			return fault.New(fault.Conflict, "%s is %s %s already.", name, g.Role, whereOf(g.Collection))
		}
		if judges(h.Role) != judges(g.Role) {
			return fault.New(fault.Invalid,
				"%s is %s %s and so cannot be %s: those who judge claims neither audit nor administer. Take that "+
					"role away first, or choose another person.",
				name, h.Role, whereOf(h.Collection), g.Role).With("role",
				"This role and one that is held exclude each other.")
		}
	}
	return nil
}

func whereOf(c CollectionID) string {
	if c == 0 {
		return "everywhere"
	}
	return fmt.Sprintf("in collection %d", c)
}

// RevokeRole takes a role away; it ends with the person's next request. The last enabled admin keeps theirs.
func (s *Service) RevokeRole(ctx context.Context, a Actor, from UserID, role Role, c CollectionID,
	reason string) (err error) {
	defer fault.In(&err, "auth.RevokeRole(%q in %d from %d)", role, c, from)
	who, err := s.policy.May(a, ThingRole, GrantRole, c)
	if err != nil {
		return err
	}
	if err := checkReason(reason); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if role == Admin && c == 0 {
			if err := s.keepAnAdmin(tx, from); err != nil {
				return err
			}
		}
		var row grantRow
		err := store.Take(tx.Lock(), &row, fmt.Sprintf("role %s %s for this person", role, whereOf(c)),
			"user_id = ? AND role = ? AND collection_id = ?", from, role, c)
		if err != nil {
			return err
		}
		if err := store.Changed(tx.Gorm().Delete(&grantRow{}, "id = ?", row.ID), "these roles"); err != nil {
			return err
		}
		_, err = history.Append(tx, who, history.Event{
			Action: "role.revoked", Object: row.object(), Collection: int64(c), Before: row.fields(), Reason: reason,
		})
		return err
	})
}

// keepAnAdmin refuses to lose the last enabled admin. It locks the admins' grants, so that two admins cannot disable
// each other at once.
func (s *Service) keepAnAdmin(tx *store.Tx, losing UserID) error {
	var grants []grantRow
	if err := tx.Lock().Where("role = ? AND collection_id = ?", Admin, 0).Order("id").Find(&grants).Error; err != nil {
		return err
	}
	ids := []UserID{}
	is := false
	for _, g := range grants {
		if g.UserID == losing {
			is = true
		} else {
			ids = append(ids, g.UserID)
		}
	}
	if !is {
		return nil
	}
	var others int64
	err := tx.Gorm().Model(&userRow{}).Where("id IN ? AND enabled = ?", ids, true).Count(&others).Error
	if err != nil {
		return err
	}
	if others == 0 {
		return fault.New(fault.Conflict, "This is the last enabled admin. Make another person admin first.")
	}
	return nil
}
