package notices_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/notices"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// box takes mails, or fails.
type box struct {
	mails []string
	fails bool
}

func (b *box) Send(_ context.Context, to, subject, body string) error {
	if b.fails {
		return errors.New("the line is down")
	}
	b.mails = append(b.mails, to+"\n"+subject+"\n"+body)
	return nil
}

// TestDigest: a count and a link, once a day, of what the person may see now; tried again with pauses.
func TestDigest(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		at := time.Date(2026, 11, 29, 8, 0, 0, 0, time.UTC)
		db.SetClock(func() time.Time { return at })
		ctx, w := roomtest.Ctx(), roomtest.New(t, db, articles.CollectionNew{})
		person, b := w.As("reviewer-2"), &box{}
		send := func(want int) {
			t.Helper()
			n, err := w.Notices.SendDigests(ctx, w.Auth, b, "https://desk.example")
			if n != want || err != nil && !b.fails {
				t.Errorf("%s: %d mails, want %d, %v", at.Format(time.DateTime), n, want, err)
			}
		}
		tell := func(ref string) {
			t.Helper()
			if err := db.Write(ctx, func(tx *store.Tx) error {
				return notices.Tell(tx, notices.About{In: w.Collection.ID, Kind: notices.Mentioned, Claim: 1, Ref: ref},
					person.UserID)
			}); err != nil {
				t.Fatal(err)
			}
		}
		for _, bad := range []string{"x", "a b@c", "a@b\r\nBcc: c@d", "Name <a@b>", strings.Repeat("a", 300) + "@b",
			"a\u202eb@desk.example", "a\u200fb@desk.example", "é@desk.example", "a@b\u0085c"} {
			if _, err := w.Notices.ChooseMail(ctx, person, bad, true); fault.KindOf(err) != fault.Invalid {
				t.Errorf("the address %q: %v", bad, err)
			}
		}
		tell("a")
		send(0) // they chose nothing
		if _, err := w.Notices.ChooseMail(ctx, person, "two@desk.example", true); err != nil {
			t.Fatal(err)
		}
		b.fails = true
		send(0)
		b.fails = false
		send(0) // the pause is not over
		at = at.Add(6 * time.Minute)
		send(1)
		send(0)
		if len(b.mails) != 1 || !strings.HasPrefix(b.mails[0], "two@desk.example\nClaimbench: 1 notice not read") ||
			!strings.Contains(b.mails[0], "https://desk.example/notices") {
			t.Errorf("mails: %q", b.mails)
		}
		at = at.Add(25 * time.Hour)
		send(0) // nothing is new
		tell("b")
		at = at.Add(25 * time.Hour)
		send(1)
		tell("c")
		if err := w.Auth.RevokeRole(ctx, w.As("admin-1"), person.UserID, auth.Reviewer, 0, "moved"); err != nil {
			t.Fatal(err)
		}
		at = at.Add(25 * time.Hour)
		send(0) // they may not see it any more
		if _, err := w.Notices.ChooseMail(ctx, person, "", false); err != nil {
			t.Fatal(err)
		}
		if n := w.Count("mail_choices"); n != 0 {
			t.Errorf("%d choices are left", n)
		}
	})
}
