package requests

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
	"unicode"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Bounds of what a reader sends: code points of words and contact, bytes of the address.
const (
	MostWords   = 2000
	MostAddress = 2000
	MostContact = 200
	// ContactFor is how long it is kept how the one who asked is reached.
	ContactFor = 90 * 24 * time.Hour
)

// reader is who acts where somebody outside asks: nobody who has an account.
const reader = "a reader"

// Asking is what a reader sends by a form.
type Asking struct {
	Form    string // the last part of its address
	Words   string
	Address string
	Contact string // "" they gave none
	Lang    string // in which the form was shown to them
	Sent    string // the key under which it came, and what tells its contents; "" it came without
	Via     history.Via
	Request string
}

// Mistake is what is wrong with a field, by a key of the words.
type Mistake struct{ Field, Key string }

// Tidy takes out what nobody typed: marks of direction that come with words copied from messages, other characters that
// are not seen, and space around.
func (a *Asking) Tidy() {
	for _, s := range []*string{&a.Words, &a.Address, &a.Contact} {
		*s = strings.TrimSpace(strings.Map(func(r rune) rune {
			switch {
			case r == '\n', r == '\t':
				return r
			case unicode.Is(unicode.Bidi_Control, r), unicode.IsControl(r):
				return -1
			}
			return r
		}, strings.ToValidUTF8(*s, "\ufffd")))
	}
}

// Mistakes says what is wrong, in the order of the fields.
func (a Asking) Mistakes() (out []Mistake) {
	add := func(is bool, field, key string) {
		if is {
			out = append(out, Mistake{field, key})
		}
	}
	add(text.Blank(a.Words) && a.Address == "", "words", "nothing asked")
	add(len([]rune(a.Words)) > MostWords, "words", "words too long")
	if a.Address != "" {
		u, is := articles.WebAddress(a.Address)
		switch {
		case len(a.Address) > MostAddress || !is || strings.ContainsFunc(a.Address, unicode.IsSpace):
			add(true, "address", "no address")
		case u.User != nil:
			add(true, "address", "address signs in")
		}
	}
	add(len([]rune(a.Contact)) > MostContact, "contact", "contact too long")
	return out
}

func (a *Asking) check() error {
	a.Tidy()
	if !spoken(a.Lang) {
		a.Lang = Langs()[0]
	}
	var bad fault.Collect
	for _, m := range a.Mistakes() {
		bad.Add(m.Field, "%s", Say("en", m.Key))
	}
	return bad.Err()
}

// hashOf is what is kept of a secret.
func hashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// Receive takes what a reader asks, and gives the secret of the address at which they are told how far it is: 130 bits
// that are kept nowhere. What is sent again under one key is one request, with one secret. It is fault.Limited when as
// many came as are taken in a day.
func (s *Service) Receive(ctx context.Context, a Asking) (secret string, err error) {
	defer fault.In(&err, "requests.Receive")
	if err := a.check(); err != nil {
		return "", err
	}
	drawn, err := s.secretOf(ctx, a)
	if err != nil {
		return "", err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		f, err := published(&tx.Rx, a.Form)
		if err != nil {
			return err
		}
		if err := tx.Alone("requests:" + history.Num(f.CollectionID)); err != nil {
			return err
		}
		if secret = drawn; secret == "" {
			secret = strings.ToLower(rand.Text())
		} else if _, there, err := bySecret(&tx.Rx, secret); err != nil || there {
			return err // the same came a moment ago
		}
		if err := dayIsFull(tx, f); err != nil {
			return err
		}
		x := Request{CollectionID: f.CollectionID, Words: a.Words, Address: a.Address, Lang: a.Lang, State: Received,
			Secret: hashOf(secret), ReceivedAt: tx.Now(), Version: 1}
		if err := tx.Gorm().Create(&x).Error; err != nil {
			return err
		}
		if a.Contact != "" {
			if err := tx.Gorm().Create(&contact{RequestID: x.ID, Words: a.Contact,
				EraseAt: tx.Now() + store.Micros(ContactFor.Microseconds())}).Error; err != nil {
				return err
			}
		}
		s.wakeAfter(tx)
		_, err = history.Append(tx, history.Who{Name: reader, Via: a.Via, Request: a.Request}, history.Event{
			Action: "request.received", Object: Object(x.ID), Collection: int64(x.CollectionID), After: fields(x),
			Texts: texts(x)})
		return err
	})
	return secret, err
}

const aDay = 24 * time.Hour

// dayIsFull refuses what comes after as many as are taken in a day.
func dayIsFull(tx *store.Tx, f Form) error {
	since := tx.Now() - store.Micros(aDay.Microseconds())
	first, full, err := store.One[store.Micros](&tx.Rx, "SELECT received_at FROM requests WHERE collection_id = ? AND "+
		"received_at > ? ORDER BY received_at DESC LIMIT 1 OFFSET ?", f.CollectionID, since, f.PerDay-1)
	if err != nil || !full {
		return err
	}
	wait := time.Duration(first-since) * time.Microsecond
	return fault.New(fault.Limited, "%s", Say("en", "day is full")).WithDetail(auth.RetryAfter(wait))
}

func (s *Service) wakeAfter(tx *store.Tx) {
	tx.AfterCommit(func() {
		select {
		case s.wake <- struct{}{}:
		default:
		}
	})
}
