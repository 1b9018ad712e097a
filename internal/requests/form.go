package requests

import (
	"context"
	"crypto/rand"
	"strings"

	"claimbench/internal/addresses"
	"claimbench/internal/arrivals"
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Bounds of a form.
const (
	UsualPerDay = 200
	MostPerDay  = 2000
	mostTitle   = 120
	mostIntro   = 2000
)

// Service is what may be done with requests.
type Service struct {
	db     *store.DB
	policy *auth.Policy
	web    *addresses.Service
	// what waits to be taken in
	brought *arrivals.Service
	wake    chan struct{}
}

// New makes the service.
func New(db *store.DB, policy *auth.Policy, web *addresses.Service, brought *arrivals.Service) *Service {
	return &Service{db: db, policy: policy, web: web, brought: brought, wake: make(chan struct{}, 1)}
}

// FormOf reads the form of a collection; one that is not published where nobody has set it. It asks no permission.
func FormOf(r *store.Rx, in auth.CollectionID) (Form, error) {
	f, there, err := store.One[Form](r, "SELECT * FROM request_forms WHERE collection_id = ?", in)
	if !there {
		f = Form{CollectionID: in, Lang: Langs()[0], PerDay: UsualPerDay}
	}
	return f, err
}

// FormSet is what an admin wants of a form. Version is that of the form as it was seen.
type FormSet struct {
	In        auth.CollectionID
	Published bool
	Lang      string
	Title     string
	Intro     string
	PerDay    int
	Version   int64
}

// SetForm publishes the form of a collection at a random address, changes its words, or takes it from its address.
// Published again, it is at another. It is fault.Conflict when somebody was faster.
func (s *Service) SetForm(ctx context.Context, actor auth.Actor, want FormSet) (f Form, err error) {
	defer fault.In(&err, "requests.SetForm(%d)", want.In)
	who, err := s.policy.May(actor, auth.ThingSettings, auth.Write, want.In)
	if err != nil {
		return f, err
	}
	if err := want.check(); err != nil {
		return f, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := articles.CollectionByID(&tx.Rx, want.In); err != nil {
			return err
		}
		if err := tx.Alone(formObject(want.In)); err != nil {
			return err
		}
		now, err := FormOf(&tx.Rx, want.In)
		if err != nil {
			return err
		}
		if now.Version != want.Version {
			return fault.Stale("Somebody else changed this form. Look again, and choose.")
		}
		f = Form{CollectionID: want.In, Name: now.Name, Lang: want.Lang, Title: want.Title, Intro: want.Intro,
			PerDay: want.PerDay, Version: now.Version + 1}
		if !want.Published {
			f.Name = ""
		} else if f.Name == "" {
			f.Name = strings.ToLower(rand.Text())
		}
		event := history.Event{Action: "request_form.set", Object: formObject(f.CollectionID),
			Collection: int64(f.CollectionID), After: formFields(f), Texts: formTexts(f)}
		if now.Version == 0 {
			err = tx.Gorm().Create(&f).Error
		} else {
			event.Before = formFields(now)
			err = tx.Gorm().Save(&f).Error
		}
		if err != nil {
			return err
		}
		_, err = history.Append(tx, who, event)
		return err
	})
	return f, err
}

// check trims and looks at what was typed.
func (f *FormSet) check() error {
	var bad fault.Collect
	f.Title, f.Intro = strings.TrimSpace(f.Title), strings.TrimSpace(strings.ReplaceAll(f.Intro, "\r\n", "\n"))
	if f.Published && text.Blank(f.Title) {
		bad.Add("title", "Say who asks: readers see it above the form.")
	}
	typed(&bad, "title", f.Title, mostTitle)
	typed(&bad, "intro", f.Intro, mostIntro)
	if !spoken(f.Lang) {
		bad.Add("lang", "Choose one of the languages that the form has words in: %s.", strings.Join(Langs(), ", "))
	}
	if f.PerDay < 1 || f.PerDay > MostPerDay {
		bad.Add("per_day", "Choose a number from 1 to %d.", MostPerDay)
	}
	return bad.Err()
}

func typed(bad *fault.Collect, field, v string, most int) {
	if err := text.CheckTyped(field, v); err != nil {
		bad.Add(field, "%s", err)
	} else if n := len([]rune(v)); n > most {
		bad.Add(field, "This has %d characters; at most %d are kept.", n, most)
	}
}

// Published gives the form at an address, for anybody who has it.
func (s *Service) Published(ctx context.Context, name string) (f Form, err error) {
	defer fault.In(&err, "requests.Published")
	err = s.db.Read(ctx, func(r *store.Rx) (err error) {
		f, err = published(r, name)
		return err
	})
	return f, err
}

func published(r *store.Rx, name string) (f Form, err error) {
	there := false
	if name != "" {
		f, there, err = store.One[Form](r, "SELECT * FROM request_forms WHERE name = ? AND name <> ''", name)
	}
	if err == nil && !there {
		err = notHere()
	}
	return f, err
}

func notHere() error {
	return fault.New(fault.NotFound, "There is nothing at this address. Compare it with the one that you were given.")
}
