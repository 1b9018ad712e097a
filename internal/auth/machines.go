package auth

import (
	"context"
	"fmt"
	"slices"

	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

type machineRow struct {
	UserID      UserID                  `gorm:"column:user_id;primaryKey"`
	OwnerID     UserID                  `gorm:"column:owner_id"`
	Collections store.IDs[CollectionID] `gorm:"column:collections"`
	MadeBy      UserID                  `gorm:"column:made_by"`
	MadeAt      store.Micros            `gorm:"column:made_at"`
	Version     int64                   `gorm:"column:version"`
}

func (machineRow) TableName() string { return "machines" }

func (r machineRow) object() string { return fmt.Sprintf("machine:%d", r.UserID) }

func (r machineRow) fields() history.Fields {
	return history.Fields{"user": decimal(r.UserID), "owner": decimal(r.OwnerID), "collections": r.Collections.String(),
		"made_by": decimal(r.MadeBy), "made_at": decimal(r.MadeAt), "version": decimal(r.Version)}
}

// Machine is a user of whom no person is behind: it imports, proposes and reads what is listed for machines.
type Machine struct {
	User        User
	Owner       UserID
	Collections []CollectionID
	Tokens      []Token
}

// machineGrants are what a machine holds: the role of machines in its collections, which nobody is granted.
func machineGrants(kept string) []Grant {
	var in store.IDs[CollectionID]
	_ = in.Scan(kept) // as it was written
	out := make([]Grant, len(in))
	for i, c := range in {
		out[i] = Grant{AsMachine, c}
	}
	return out
}

// NewMachine is a machine to be made.
type NewMachine struct {
	Name        string // as NewUser has it
	Display     string
	Owner       string // who answers for it: the name of an enabled person
	Collections []CollectionID
	Days        int // how long its token lives, 1 to TokenDays
}

// MakeMachine makes a machine with its first token. The secret is given here and nowhere else.
func (s *Service) MakeMachine(ctx context.Context, a Actor, n NewMachine) (secret string, m Machine, err error) {
	defer fault.In(&err, "auth.MakeMachine(%q)", n.Name)
	who, err := s.policy.May(a, ThingMachine, Write, 0)
	if err == nil {
		err = byHand(a)
	}
	if err != nil {
		return "", m, err
	}
	person := NewUser{Name: n.Name, Display: n.Display}
	var c fault.Collect
	if err := person.check(); err != nil {
		return "", m, err
	}
	checkDays(&c, n.Days)
	if len(n.Collections) == 0 {
		c.Add("collection", "Say in which collections the machine works.")
	}
	if err := c.Err(); err != nil {
		return "", m, err
	}
	slices.Sort(n.Collections)
	n.Collections = slices.Compact(n.Collections)
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		secret, m, err = s.makeMachine(tx, who, person, n)
		return err
	})
	return secret, m, err
}

func (s *Service) makeMachine(tx *store.Tx, who history.Who, person NewUser, n NewMachine) (string, Machine, error) {
	owner, err := s.mayOwn(tx, n.Owner)
	if err != nil {
		return "", Machine{}, err
	}
	for _, in := range n.Collections {
		if s.has == nil {
			break
		}
		if ok, err := s.has(&tx.Rx, in); err != nil || !ok {
			return "", Machine{}, firstOf(err, fault.New(fault.NotFound, "There is no collection %d.", in))
		}
	}
	u, err := insertUser(tx, who, person, userRow{})
	if err != nil {
		return "", Machine{}, err
	}
	row := machineRow{u.ID, owner, n.Collections, UserID(who.UserID), tx.Now(), 1}
	if err := tx.Gorm().Create(&row).Error; err != nil {
		return "", Machine{}, err
	}
	if _, err := history.Append(tx, who, history.Event{Action: "machine.made", Object: row.object(),
		After: row.fields()}); err != nil {
		return "", Machine{}, err
	}
	secret := MachinePrefix + newToken()
	t, err := addToken(tx, who, secret, tokenRow{UserID: u.ID, Name: u.Name, MadeBy: UserID(who.UserID)}, n.Days)
	return secret, Machine{u.user(nil), owner, n.Collections, []Token{t}}, err
}

// mayOwn finds an owner by their name, and refuses one who is no person that is enabled.
func (s *Service) mayOwn(tx *store.Tx, name string) (UserID, error) {
	var u userRow
	err := store.Take(tx.Lock(), &u, "such user", "name = ?", FoldName(name))
	if fault.KindOf(err) == fault.NotFound {
		msg := fmt.Sprintf("There is nobody who signs in as “%s”.", name)
		return 0, fault.New(fault.Invalid, "%s", msg).With("owner", msg)
	}
	if err != nil {
		return 0, err
	}
	is, err := isMachine(&tx.Rx, u.ID)
	if err == nil && (is || !u.Enabled) {
		err = fault.New(fault.Invalid, "%s cannot own a machine.", u.Name).With("owner", "Name an enabled person.")
	}
	return u.ID, err
}

// RenewMachine ends the tokens of a machine and makes a new one, which is shown here and nowhere else.
func (s *Service) RenewMachine(ctx context.Context, a Actor, id UserID, days int) (secret string, t Token, err error) {
	defer fault.In(&err, "auth.RenewMachine(%d)", id)
	who, err := s.policy.May(a, ThingMachine, Write, 0)
	if err == nil {
		err = byHand(a)
	}
	if err != nil {
		return "", t, err
	}
	var c fault.Collect
	if checkDays(&c, days); c.Err() != nil {
		return "", t, c.Err()
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		var row machineRow
		if err := store.Take(tx.Lock(), &row, "such machine", "user_id = ?", id); err != nil {
			return err
		}
		if err := endTokens(tx, who, id); err != nil {
			return err
		}
		u, err := lockUser(tx, id)
		if err != nil {
			return err
		}
		secret = MachinePrefix + newToken()
		t, err = addToken(tx, who, secret, tokenRow{UserID: id, Name: u.Name, MadeBy: a.UserID}, days)
		return err
	})
	return secret, t, err
}

// endMachines ends the tokens of the machines of a person who is shut out: let in again, the person answers for them
// anew, by making them other tokens.
func endMachines(tx *store.Tx, who history.Who, owner UserID) error {
	var rows []machineRow
	if err := tx.Gorm().Where("owner_id = ?", owner).Order("user_id").Find(&rows).Error; err != nil {
		return err
	}
	for _, m := range rows {
		if err := endTokens(tx, who, m.UserID); err != nil {
			return err
		}
	}
	return nil
}

func isMachine(rx *store.Rx, id UserID) (bool, error) {
	var n int64
	err := rx.Gorm().Model(&machineRow{}).Where("user_id = ?", id).Count(&n).Error
	return n > 0, err
}

// noMachine refuses what is for people: a role, a password.
func noMachine(rx *store.Rx, id UserID, what string) error {
	is, err := isMachine(rx, id)
	if err == nil && is {
		err = fault.New(fault.Invalid, "This is a machine: it gets no %s. What it may do is listed, and no more.", what)
	}
	return err
}

// machinesShown is how many machines are listed.
const machinesShown = 100

// Machines lists the machines by their numbers, at most 100, with their newest tokens. It asks no permission.
func Machines(rx *store.Rx) ([]Machine, error) {
	var rows []machineRow
	if err := rx.Gorm().Where("user_id > 0").Order("user_id").Limit(machinesShown).Find(&rows).Error; err != nil ||
		len(rows) == 0 {
		return nil, err
	}
	ids := make([]UserID, len(rows))
	for i, r := range rows {
		ids[i] = r.UserID
	}
	var users []userRow
	if err := rx.Gorm().Where("id IN ?", ids).Find(&users).Error; err != nil {
		return nil, err
	}
	var tokens []tokenRow
	if err := rx.Gorm().Where("user_id IN ? AND ended_at = 0", ids).Order("id DESC").Find(&tokens).Error; err != nil {
		return nil, err
	}
	out := make([]Machine, len(rows))
	for i, r := range rows {
		out[i] = Machine{Owner: r.OwnerID, Collections: r.Collections}
		for _, u := range users {
			if u.ID == r.UserID {
				out[i].User = u.user(nil)
			}
		}
		for _, t := range tokens {
			if t.UserID == r.UserID {
				out[i].Tokens = append(out[i].Tokens, t.token())
			}
		}
	}
	return out, nil
}

// asMachine are the grants of a machine whose owner is enabled; nobody else has any.
func asMachine(rx *store.Rx, id UserID) ([]Grant, error) {
	kept, err := store.Select[struct{ Collections string }](rx, `SELECT m.collections FROM machines m
		JOIN users o ON o.id = m.owner_id WHERE m.user_id = ? AND o.enabled`, id)
	if err != nil || len(kept) == 0 {
		return nil, err
	}
	return machineGrants(kept[0].Collections), nil
}

// OwnerOf finds who answers for a machine, with the roles they hold at this moment, to do what it may not do alone.
func (s *Service) OwnerOf(ctx context.Context, machine Actor) (a Actor, err error) {
	defer fault.In(&err, "auth.OwnerOf(%d)", machine.UserID)
	err = s.db.Read(ctx, func(rx *store.Rx) error {
		row, err := store.Get[machineRow](rx, "such machine", "SELECT * FROM machines WHERE user_id = ?",
			machine.UserID)
		if err == nil {
			a, err = actorNow(rx, row.OwnerID, machine.Via)
		}
		return err
	})
	a.Request = machine.Request
	return a, err
}
