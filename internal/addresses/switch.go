package addresses

import (
	"context"
	"fmt"
	"net/mail"
	"strings"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Switch says whether pages are fetched: for the workbench (collection 0) and for each collection. Both must be on.
type Switch struct {
	CollectionID auth.CollectionID `gorm:"column:collection_id;primaryKey" json:"-"`
	Allowed      bool              `gorm:"column:allowed" json:"allowed"`
	// of the workbench: a mail address or a page, by which sites reach whoever runs it. "" of a collection
	Contact string `gorm:"column:contact" json:"contact" words:"fact"`
	Version int64  `gorm:"column:version" json:"version"` // 0: nobody has set it
}

// TableName names the table.
func (Switch) TableName() string { return "fetching" }

// SwitchOf reads the switch of a collection, or with 0 of the workbench; off where nobody has set it. It asks no
// permission.
func SwitchOf(r *store.Rx, in auth.CollectionID) (Switch, error) {
	sw, _, err := store.One[Switch](r, "SELECT * FROM fetching WHERE collection_id = ?", in)
	sw.CollectionID = in
	return sw, err
}

// Set turns fetching on or off: for the workbench, with a contact, or for a collection, without. It is fault.Conflict
// when somebody was faster.
func (s *Service) Set(ctx context.Context, actor auth.Actor, want Switch) (_ Switch, err error) {
	defer fault.In(&err, "addresses.Set(%d)", want.CollectionID)
	who, err := s.policy.May(actor, auth.ThingSettings, auth.Write, want.CollectionID)
	if err != nil {
		return Switch{}, err
	}
	if err := want.check(); err != nil {
		return Switch{}, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if want.CollectionID != 0 {
			if _, err := articles.CollectionByID(&tx.Rx, want.CollectionID); err != nil {
				return err
			}
		}
		if err := tx.Alone("fetching"); err != nil {
			return err
		}
		now, err := SwitchOf(&tx.Rx, want.CollectionID)
		if err != nil {
			return err
		}
		if now.Version != want.Version {
			return fault.Stale("Somebody else changed whether pages are fetched. Look again, and choose.").
				WithDetail(now)
		}
		after := want
		after.Version++
		// by hand, for gorm leaves out a key of 0
		if err := tx.Gorm().Exec("INSERT INTO fetching (collection_id, allowed, contact, version) VALUES (?, ?, ?, ?) "+
			"ON CONFLICT (collection_id) DO UPDATE SET allowed = excluded.allowed, contact = excluded.contact, "+
			"version = excluded.version", after.CollectionID, after.Allowed, after.Contact,
			after.Version).Error; err != nil {
			return err
		}
		event := history.Event{Action: "fetching.set", Object: switchObject(after.CollectionID),
			Collection: int64(after.CollectionID), After: switchFields(after),
			Texts: history.Texts{"contact": after.Contact}}
		if now.Version > 0 {
			event.Before = switchFields(now)
		}
		if _, err = history.Append(tx, who, event); err != nil {
			return err
		}
		want = after
		s.wakeAfter(tx)
		return nil
	})
	return want, err
}

// Contact is how sites reach whoever runs the workbench; "" where nobody said. It asks no permission.
func Contact(r *store.Rx) (string, error) {
	sw, err := SwitchOf(r, 0)
	return sw.Contact, err
}

const longestContact = 200

// check says what is wrong with a switch, by field.
func (w *Switch) check() error {
	w.Contact = strings.TrimSpace(w.Contact)
	if w.CollectionID != 0 {
		if w.Contact != "" {
			return fault.New(fault.Invalid, "The contact is that of the whole workbench.").With("contact",
				"A collection has none of its own.")
		}
		return nil
	}
	if w.Contact == "" && !w.Allowed {
		return nil
	}
	if !isContact(w.Contact) {
		return fault.New(fault.Invalid, "Give an address by which sites reach you when the fetching troubles them: a "+
			"mail address, or a page that begins with https://.").With("contact",
			"A mail address, or a page that begins with https://, in plain letters.")
	}
	return nil
}

// isContact says whether a word may stand in a header and leads to somebody.
func isContact(s string) bool {
	if len(s) > longestContact || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
		return false
	}
	if strings.HasPrefix(s, "https://") {
		u, is := articles.WebAddress(s)
		return is && u.User == nil
	}
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s
}

// Fetches reads whether pages of a collection are fetched, and the contact; a fault that says who can change it where
// they are not. It asks no permission.
func Fetches(r *store.Rx, in auth.CollectionID) (contact string, err error) {
	house, err := SwitchOf(r, 0)
	if err != nil {
		return "", err
	}
	if !house.Allowed {
		return "", fault.New(fault.Forbidden, "This workbench fetches no pages. An admin can switch it on, under "+
			"Fetching; or save the page, and upload the file.")
	}
	here, err := SwitchOf(r, in)
	if err == nil && !here.Allowed {
		err = fault.New(fault.Forbidden, "Pages are not fetched for this collection. An admin can allow it, at the "+
			"rules of the collection; or save the page, and upload the file.")
	}
	return house.Contact, err
}

func switchObject(in auth.CollectionID) string { return fmt.Sprintf("fetching:%d", in) }

func switchFields(sw Switch) history.Fields {
	return history.Fields{"allowed": fmt.Sprint(sw.Allowed), "version": history.Num(sw.Version)}
}
