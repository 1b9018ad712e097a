// Package erasures is the door of history.Erase: one admin asks for a text to be erased from the history, a second one
// confirms it within a week or refuses it, and the auditors are told of both. The reason stays, and so does the hash.
//
// A tour of the files: erasures.go has the rows and the service, rows.go what the history keeps of them.
//
// The one rule not to break: nothing is erased by one person alone, and nothing without an event that says who asked,
// who confirmed and why. A mark stands in the row from then on (history.Empty); what an article says in its text is not
// touched: it is taken down.
package erasures

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/notices"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// State says how far an erasure is.
type State string

// The states. One that was asked and not confirmed in time is void, and stays asked.
const (
	Asked   State = "asked"
	Done    State = "done"
	Refused State = "refused"
)

// Erasure is one text that somebody asks to be erased.
type Erasure struct {
	ID      int64         `gorm:"column:id;primaryKey"` // never shown
	Public  store.Drawn   `gorm:"column:public"`
	In      int64         `gorm:"column:collection_id"` // the collection of the object, 0: none
	Object  string        `gorm:"column:object" words:"fact"`
	Name    string        `gorm:"column:name" words:"fact"`
	Reason  string        `gorm:"column:reason" words:"own"`
	State   State         `gorm:"column:state"`
	AskedBy auth.UserID   `gorm:"column:asked_by"`
	AskedAt store.Micros  `gorm:"column:asked_at"`
	Until   store.Micros  `gorm:"column:until"`
	EndedBy *auth.UserID  `gorm:"column:ended_by"` // who confirmed or refused it
	EndedAt *store.Micros `gorm:"column:ended_at"`
	Erased  int64         `gorm:"column:erased"` // how many texts went
	Version int64         `gorm:"column:version"`
}

// TableName names the table.
func (Erasure) TableName() string { return "erasures" }

// Waits says whether an erasure can still be confirmed.
func (e Erasure) Waits(now store.Micros) bool { return e.State == Asked && now < e.Until }

// life is how long an erasure waits for the second admin.
const life = 7 * 24 * time.Hour

// mostNamed bounds an object's name and that of a text, in bytes.
const mostNamed = 100

// Service is what may be done with erasures.
type Service struct {
	db     *store.DB
	policy *auth.Policy
	rooms  []history.Versioned
}

// New makes the service. rooms say where the texts stand in the rows of the rooms.
func New(db *store.DB, policy *auth.Policy, rooms []history.Versioned) *Service {
	return &Service{db: db, policy: policy, rooms: rooms}
}

// Ask asks for a text of an object (“reason” is one, too) to be erased from all events. A text that the history does
// not hold is fault.NotFound.
func (s *Service) Ask(ctx context.Context, actor auth.Actor, object, name, reason string) (e Erasure, err error) {
	defer fault.In(&err, "erasures.Ask(%q, %q)", object, name)
	who, err := s.policy.May(actor, auth.ThingHistory, auth.Erase, 0)
	if err != nil {
		return e, err
	}
	object, name = strings.TrimSpace(object), strings.TrimSpace(name)
	if err := check(object, name, &reason); err != nil {
		return e, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		in, err := s.holds(&tx.Rx, object, name)
		if err != nil {
			return err
		}
		waiting, there, err := store.One[Erasure](&tx.Rx, "SELECT * FROM erasures WHERE object = ? AND name = ? AND "+
			"state = 'asked' AND until > ? ORDER BY id DESC LIMIT 1", object, name, tx.Now())
		if err != nil {
			return err
		}
		if there {
			there, err = s.admin(&tx.Rx, waiting.AskedBy) // else nobody can confirm it
		}
		if err != nil {
			return err
		}
		if there {
			return fault.New(fault.Conflict, "That is asked already (%s). Another admin confirms or refuses it.",
				waiting.Public)
		}
		e = Erasure{Public: store.Draw(), In: in, Object: object, Name: name, Reason: reason, State: Asked,
			AskedBy: actor.UserID, AskedAt: tx.Now(), Until: store.MicrosOf(tx.Now().Time().Add(life)), Version: 1}
		if err := tx.Gorm().Create(&e).Error; err != nil {
			return err
		}
		if err := s.tell(tx, e, notices.EraseAsked, actor.UserID); err != nil {
			return err
		}
		_, err = history.Append(tx, who, history.Event{Action: "erasure.asked", Object: Object(e), After: fields(e),
			Texts: texts(e)})
		return err
	})
	return e, err
}

// holds says that there is something to erase, and of which collection it is: a text of the history, or words that
// stand in a row whose text was erased.
func (s *Service) holds(rx *store.Rx, object, name string) (in int64, err error) {
	if in, err = history.Holds(rx, object, name); fault.KindOf(err) != fault.NotFound {
		return in, err
	}
	stands, otherwise := history.StandsErased(rx, object, name, s.rooms)
	if otherwise != nil || !stands {
		return 0, errors.Join(otherwise, err)
	}
	return history.Had(rx, object, name)
}

// erase erases a text from the history and from the row in which it stands. The texts may be erased from the history
// already, and stand in the row all the same.
func (s *Service) erase(tx *store.Tx, who history.Who, e Erasure) (int, error) {
	n, err := history.Erase(tx, who, e.Object, e.Name, e.Reason)
	gone := fault.KindOf(err) == fault.NotFound
	if err != nil && !gone {
		return n, err
	}
	emptied, otherwise := history.Empty(tx, who, e.Object, e.Name, s.rooms)
	if otherwise != nil || gone && !emptied {
		return n, errors.Join(otherwise, err)
	}
	return n, nil
}

func check(object, name string, reason *string) error {
	var bad fault.Collect
	for _, f := range []struct{ field, typed, says string }{
		{"object", object, "Write what it is and its number, as claim:42."},
		{"text", name, "Write the name of the text, as the event shows it: statement, rationale, reason."},
	} {
		if f.typed == "" || len(f.typed) > mostNamed || text.CheckTyped(f.field, f.typed) != nil {
			bad.Add(f.field, "%s", f.says)
		}
	}
	if err := bad.Err(); err != nil {
		return err
	}
	if err := erasable(object); err != nil {
		return err
	}
	return text.CheckReason(reason, "Say why the text is erased; auditors read it for ever.",
		"Erasing needs a reason, which stays.")
}

// erasable refuses what says that a text was erased, and why: that stays.
func erasable(object string) error {
	if kind := history.Kind(object); kind == kindOf || kind == history.Erasures {
		return fault.New(fault.Invalid, "Why a text was erased stays in the history; %s cannot be erased.", object).
			With("object", "This says why a text was erased, and stays.")
	}
	return nil
}

// Confirm erases what another admin asked for, and says how many texts went.
func (s *Service) Confirm(ctx context.Context, actor auth.Actor, name store.Drawn) (e Erasure, err error) {
	defer fault.In(&err, "erasures.Confirm(%s)", name)
	return s.end(ctx, actor, name, func(tx *store.Tx, who history.Who, e *Erasure) error {
		if e.AskedBy == actor.UserID {
			return fault.New(fault.Forbidden, "You asked for it, so another admin has to confirm it. You may take "+
				"it back.")
		}
		if tx.Now() >= e.Until {
			return fault.New(fault.Conflict, "It was not confirmed in time and is void. Ask again, with the reason.")
		}
		if err := erasable(e.Object); err != nil { // asked in an earlier program
			return err
		}
		still, err := s.still(tx, actor, *e)
		if err != nil {
			return err
		}
		if !still {
			return fault.New(fault.Conflict, "Who asked for it is no admin any more, so it is void. Ask again, with "+
				"the reason.")
		}
		n, err := s.erase(tx, who, *e)
		e.State, e.Erased = Done, int64(n)
		return err
	}, "erasure.confirmed", notices.EraseDone)
}

// still says whether who asked for an erasure is an admin yet; who confirms it must be one, too. Nobody is disabled and
// no role revoked until the Write has ended.
func (s *Service) still(tx *store.Tx, confirms auth.Actor, e Erasure) (bool, error) {
	if _, err := history.Still(tx); err != nil {
		return false, err
	}
	if _, err := s.policy.Still(tx, confirms, auth.ThingHistory, auth.Erase, 0); err != nil {
		return false, err
	}
	return s.admin(&tx.Rx, e.AskedBy)
}

// admin says whether a person may ask for erasures now.
func (s *Service) admin(r *store.Rx, id auth.UserID) (bool, error) {
	all, err := s.policy.Members(r, auth.ThingHistory, auth.Erase, 0)
	return slices.ContainsFunc(all, func(p auth.Person) bool { return p.ID == id }), err
}

// Refuse ends an erasure without erasing. Whoever asked for it may take it back so.
func (s *Service) Refuse(ctx context.Context, actor auth.Actor, name store.Drawn) (e Erasure, err error) {
	defer fault.In(&err, "erasures.Refuse(%s)", name)
	return s.end(ctx, actor, name, func(_ *store.Tx, _ history.Who, e *Erasure) error {
		e.State = Refused
		return nil
	}, "erasure.refused", notices.EraseRefused)
}

// end is what confirming and refusing have in common.
func (s *Service) end(ctx context.Context, actor auth.Actor, name store.Drawn,
	do func(*store.Tx, history.Who, *Erasure) error, action string, tells notices.Kind) (e Erasure, err error) {
	who, err := s.policy.May(actor, auth.ThingHistory, auth.Erase, 0)
	if err != nil {
		return e, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		e = Erasure{}
		if err := store.Take(tx.Lock(), &e, "such erasure", "public = ?", name); err != nil {
			return err
		}
		if e.State != Asked {
			return fault.New(fault.Conflict, "That erasure is %s already. Ask for a new one if words have to go.",
				e.State)
		}
		before := fields(e)
		if err := do(tx, who, &e); err != nil {
			return err
		}
		now, by := tx.Now(), actor.UserID
		e.EndedBy, e.EndedAt = &by, &now
		e.Version++
		if err := store.Changed(tx.Gorm().Model(&Erasure{}).Where("id = ? AND version = ?", e.ID, e.Version-1).
			Updates(map[string]any{"state": e.State, "ended_by": by, "ended_at": now, "erased": e.Erased,
				"version": e.Version}), "this erasure"); err != nil {
			return err
		}
		if err := s.tell(tx, e, tells, actor.UserID); err != nil {
			return err
		}
		_, err := history.Append(tx, who, history.Event{Action: action, Object: Object(e), Before: before,
			After: fields(e), Texts: texts(e)})
		return err
	})
	return e, err
}

// tell tells the auditors, of everything and of the collection that it is about, and the other admins.
func (s *Service) tell(tx *store.Tx, e Erasure, kind notices.Kind, by auth.UserID) error {
	auditors, err := s.policy.Members(&tx.Rx, auth.ThingHistory, auth.ReadAll, auth.CollectionID(e.In))
	if err != nil {
		return err
	}
	admins, err := s.policy.Members(&tx.Rx, auth.ThingHistory, auth.Erase, 0)
	if err != nil {
		return err
	}
	var all []auth.UserID
	for _, p := range append(auditors, admins...) {
		if p.ID != by && len(all) < notices.MostTold {
			all = append(all, p.ID)
		}
	}
	return notices.Tell(tx, notices.About{Kind: kind, Ref: Object(e)}, all...)
}

// List gives erasures, the newest first, those before one of them ("": the newest), at most limit; within some
// collections, or nil for all. It asks no permission.
func List(r *store.Rx, within []auth.CollectionID, before store.Drawn, limit int) ([]Erasure, error) {
	cond, args := "1 = 1", []any(nil)
	if within != nil {
		cond, args = "collection_id IN ?", []any{within}
	}
	if before != "" {
		cond, args = cond+" AND id < (SELECT id FROM erasures WHERE public = ?)", append(args, before)
	}
	return store.Select[Erasure](r, "SELECT * FROM erasures WHERE "+cond+" ORDER BY id DESC LIMIT ?",
		append(args, limit)...)
}

// ByName reads one erasure. It asks no permission.
func ByName(r *store.Rx, name store.Drawn) (e Erasure, err error) {
	return e, store.Take(r.Gorm(), &e, "such erasure", "public = ?", name)
}

// Text is a text that was erased: of which object, and which.
type Text struct {
	Object string `gorm:"column:object"`
	Name   string `gorm:"column:name"`
}

// DoneIn gives every text of objects of a collection that was erased. Each took two admins, so that they are few. It
// asks no permission.
func DoneIn(r *store.Rx, in auth.CollectionID) ([]Text, error) {
	return store.Select[Text](r, "SELECT object, name FROM erasures WHERE collection_id = ? AND state = 'done'", in)
}
