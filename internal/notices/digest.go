package notices

import (
	"context"
	"fmt"
	"log/slog"
	"net/mail"
	"strings"
	"time"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// MailChoice is whether and where a person wants a daily mail that says how many notices wait. It is theirs alone.
type MailChoice struct {
	UserID  auth.UserID  `gorm:"column:user_id;primaryKey;autoIncrement:false"`
	Address string       `gorm:"column:address" words:"own"`
	Daily   bool         `gorm:"column:daily"`
	SentAt  store.Micros `gorm:"column:sent_at"` // when the last one went out, 0 never
	Tries   int          `gorm:"column:tries"`   // how often the present one failed
	NextAt  store.Micros `gorm:"column:next_at"` // not before
}

// TableName names the table.
func (MailChoice) TableName() string { return "mail_choices" }

// Mailer sends one mail of plain text. It reaches the host that an admin named, and no other.
type Mailer interface {
	Send(ctx context.Context, to, subject, body string) error
}

const (
	day          = store.Micros(24 * 3600 * 1e6)
	firstPause   = store.Micros(5 * 60 * 1e6)
	heldWhile    = store.Micros(10 * 60 * 1e6) // so long a server has for the mail that it took up
	digestsEvery = time.Minute
	digestsAtOne = 50
)

// MailOf is what a person chose; without an address when they chose nothing. It asks no permission: show it to nobody
// but that person.
func MailOf(r *store.Rx, user auth.UserID) (MailChoice, error) {
	c, _, err := store.One[MailChoice](r, "SELECT * FROM mail_choices WHERE user_id = ?", user)
	c.UserID = user
	return c, err
}

// ChooseMail keeps whether a person wants the daily mail, and where. An empty address takes both back.
func (s *Service) ChooseMail(ctx context.Context, actor auth.Actor, address string, daily bool) (c MailChoice,
	err error) {
	defer fault.In(&err, "notices.ChooseMail(%t)", daily)
	address = strings.TrimSpace(address)
	if err := checkAddress(address, daily); err != nil {
		return c, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		c = MailChoice{UserID: actor.UserID, Address: address, Daily: daily, NextAt: tx.Now()}
		if address == "" {
			return tx.Gorm().Delete(&MailChoice{}, "user_id = ?", actor.UserID).Error
		}
		return tx.Gorm().Exec("INSERT INTO mail_choices (user_id, address, daily, sent_at, tries, next_at) VALUES "+
			"(?, ?, ?, 0, 0, ?) ON CONFLICT (user_id) DO UPDATE SET address = excluded.address, daily = "+
			"excluded.daily, tries = 0, next_at = excluded.next_at", c.UserID, c.Address, c.Daily, c.NextAt).Error
	})
	return c, err
}

func checkAddress(address string, daily bool) error {
	if address == "" {
		if daily {
			return fault.New(fault.Invalid, "Say to which address the daily mail goes, or leave it off.").With(
				"address", "An address is needed.")
		}
		return nil
	}
	a, err := mail.ParseAddress(address)
	// Only printable ASCII: the mail goes out without SMTPUTF8, and no mark may turn what a page or a log shows.
	odd := strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r > '~' || r == '"' })
	if err != nil || a.Address != address || len(address) > 254 || odd {
		return fault.New(fault.Invalid, "%+.80q is no mail address. Write it as name@host, in the letters a–z.",
			address).With("address", "This is no mail address.")
	}
	return nil
}

// RunDigests sends the daily mails that are due, until ctx ends. base is the address under which people reach the
// server.
func (s *Service) RunDigests(ctx context.Context, users *auth.Service, m Mailer, base string, log *slog.Logger) {
	tick := time.NewTicker(digestsEvery)
	defer tick.Stop()
	for {
		if _, err := s.SendDigests(ctx, users, m, base); err != nil && ctx.Err() == nil {
			log.Warn("a daily mail could not be sent; it is tried again", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// SendDigests sends the daily mails that are due now, and says how many. The last failure comes back when all were
// tried: each is tried again after a pause that doubles, at most a day.
func (s *Service) SendDigests(ctx context.Context, users *auth.Service, m Mailer, base string) (sent int, err error) {
	defer fault.In(&err, "notices.SendDigests()")
	var due []MailChoice
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		due, err = store.Select[MailChoice](r, "SELECT * FROM mail_choices WHERE daily AND next_at <= ? ORDER BY "+
			"next_at LIMIT ?", s.db.Now(), digestsAtOne)
		return err
	}); err != nil {
		return 0, err
	}
	for _, c := range due {
		if ctx.Err() != nil {
			return sent, ctx.Err()
		}
		went, failed := s.digest(ctx, users, m, base, c)
		if failed != nil {
			err = failed
		}
		if went {
			sent++
		}
	}
	return sent, err
}

// digest sends one person's mail, unless nothing is new or another server has taken it up.
func (s *Service) digest(ctx context.Context, users *auth.Service, m Mailer, base string, c MailChoice) (bool, error) {
	if mine, err := s.takeUp(ctx, c); err != nil || !mine {
		return false, err
	}
	n, err := s.newFor(ctx, users, c)
	switch {
	case fault.KindOf(err) == fault.Forbidden || fault.KindOf(err) == fault.NotFound: // disabled, or gone
		return false, s.settle(ctx, c, map[string]any{"next_at": s.db.Now() + day})
	case err != nil:
		return false, err
	case n == 0:
		return false, s.settle(ctx, c, map[string]any{"next_at": s.db.Now() + day, "tries": 0})
	}
	subject, body := digestText(n, base)
	if err := m.Send(ctx, c.Address, subject, body); err != nil {
		pause := min(firstPause<<min(c.Tries, 10), day)
		if kept := s.settle(ctx, c, map[string]any{"next_at": s.db.Now() + pause, "tries": c.Tries + 1}); kept != nil {
			return false, kept
		}
		return false, err
	}
	return true, s.settle(ctx, c, map[string]any{"next_at": s.db.Now() + day, "sent_at": s.db.Now(), "tries": 0})
}

// takeUp keeps other servers of the database from sending the same mail.
func (s *Service) takeUp(ctx context.Context, c MailChoice) (mine bool, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		res := tx.Gorm().Model(&MailChoice{}).Where("user_id = ? AND daily AND next_at = ?", c.UserID, c.NextAt).
			Update("next_at", tx.Now()+heldWhile)
		mine = res.RowsAffected == 1
		return res.Error
	})
	return mine, err
}

func (s *Service) settle(ctx context.Context, c MailChoice, set map[string]any) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		return tx.Gorm().Model(&MailChoice{}).Where("user_id = ?", c.UserID).Updates(set).Error
	})
}

// newFor counts what a person has not read and was told since the last mail, among what they may see at this moment.
func (s *Service) newFor(ctx context.Context, users *auth.Service, c MailChoice) (n int, err error) {
	actor, err := users.ActorByID(ctx, c.UserID, history.System, "digest")
	if err != nil {
		return 0, err
	}
	err = s.db.Read(ctx, func(r *store.Rx) error {
		cond, args := For(s.policy, actor).where(c.UserID)
		var since int
		if since, _, err = store.One[int](r, fmt.Sprintf("SELECT COUNT(*) FROM (SELECT 1 FROM notices WHERE %s AND "+
			"read_at IS NULL AND told_at > ? LIMIT 1) n", cond), append(args, c.SentAt)...); err != nil || since == 0 {
			return err
		}
		n, err = Unread(r, c.UserID, For(s.policy, actor))
		return err
	})
	return n, err
}

// digestText is a count and a link: no words, names or verdicts leave the machine.
func digestText(n int, base string) (subject, body string) {
	count := fmt.Sprint(n)
	if n >= CountCap {
		count += "+"
	}
	subject = "Claimbench: " + count + " notices not read"
	if n == 1 {
		subject = "Claimbench: 1 notice not read"
	}
	return subject, subject + "\n\n" + base + "/notices\n\nYou chose this mail, at most one a day. Turn it off: " +
		base + "/settings\n"
}
