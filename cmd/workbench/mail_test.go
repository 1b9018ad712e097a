package main

import (
	"bufio"
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// smtpServer is a mail server on this machine that takes mails one after the other, and gives what it was sent of each.
func smtpServer(t *testing.T) (address string, got <-chan string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	out := make(chan string, 10)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			takeMail(c, out)
		}
	}()
	return l.Addr().String(), out
}

func takeMail(c net.Conn, out chan<- string) {
	defer func() { _ = c.Close() }()
	_ = c.SetDeadline(time.Now().Add(20 * time.Second))
	say := func(line string) { _, _ = c.Write([]byte(line + "\r\n")) }
	say("220 desk.example")
	var all strings.Builder
	data := false
	for s := bufio.NewScanner(c); s.Scan(); {
		line := s.Text()
		all.WriteString(line + "\n")
		switch verb, _, _ := strings.Cut(strings.ToUpper(line), " "); {
		case data && line == ".":
			data = false
			say("250 taken")
		case data:
		case verb == "EHLO":
			say("250 desk.example")
		case verb == "DATA":
			data = true
			say("354 go on")
		case verb == "QUIT":
			say("221 bye")
			out <- all.String()
			return
		default:
			say("250 ok")
		}
	}
}

func TestMailer(t *testing.T) {
	t.Parallel()
	address, got := smtpServer(t)
	m, err := newMailer(mailFlags{server: "smtp://" + address, from: "desk@desk.example"})
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Send(context.Background(), "two@desk.example", "Claimbench: 1 notice not read",
		"x/notices"); err != nil {
		t.Fatal(err)
	}
	select {
	case all := <-got:
		for _, part := range []string{"MAIL FROM:<desk@desk.example>", "RCPT TO:<two@desk.example>",
			"Subject: Claimbench: 1 notice not read", "x/notices"} {
			if !strings.Contains(all, part) {
				t.Errorf("without %q:\n%s", part, all)
			}
		}
	case <-time.After(20 * time.Second):
		t.Fatal("no mail came")
	}
	if _, err := m.dial(context.Background(), "tcp", "192.0.2.1:25"); err == nil {
		t.Error("another host is dialled")
	}
}

// TestDigestByMail goes the whole way: a mention in a round that is open, its end, the real client, a mail server. Each
// person's mail says how many notices wait and where, nothing of what they tell, and is of what that person may see
// when it is sent: nothing of an open round, and nothing for who lost their role.
func TestDigestByMail(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := roomtest.Ctx(), roomtest.New(t, db, articles.CollectionNew{Name: "The harbour"})
		address, got := smtpServer(t)
		m, err := newMailer(mailFlags{server: "smtp://" + address, from: "desk@desk.example"})
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"editor-1", "editor-2"} {
			if _, err := w.Notices.ChooseMail(ctx, w.As(name), name+"@desk.example", true); err != nil {
				t.Fatal(err)
			}
		}
		send := func(want int) {
			t.Helper()
			if n, err := w.Notices.SendDigests(ctx, w.Auth, m, "https://desk.example"); n != want || err != nil {
				t.Fatalf("%d mails, want %d: %v", n, want, err)
			}
		}
		a := w.Article(articles.Import{Lang: "en", Raw: "The council approved 12 grants."})
		c := w.Claim(a, "The council approved 12 grants", "The council approved 12 grants.")
		if _, err := w.Claims.AddComment(ctx, w.As("reviewer-1"), c.ID,
			"@editor-1 @editor-2 Which minutes?"); err != nil {
			t.Fatal(err)
		}
		send(0) // the round is open
		for _, name := range []string{"reviewer-1", "reviewer-2"} {
			if _, _, err := w.Submit(name, c, review.Draft{Verdict: claims.Unverified, Reason: review.Insufficient,
				Searched: "The archive."}); err != nil {
				t.Fatal(err)
			}
		}
		lost := w.As("editor-2")
		if err := w.Auth.RevokeRole(ctx, w.As("admin-1"), lost.UserID, lost.Grants[0].Role, lost.Grants[0].Collection,
			"moved away"); err != nil {
			t.Fatal(err)
		}
		db.SetClock(func() time.Time { return time.Now().Add(25 * time.Hour) })
		send(1)
		send(0)
		mail := <-got
		_, text, _ := strings.Cut(mail, "\n\n")
		for _, part := range []string{"RCPT TO:<editor-1@desk.example>", "Subject: Claimbench: 1 notice not read",
			"https://desk.example/notices"} {
			if !strings.Contains(mail, part) {
				t.Errorf("without %q:\n%s", part, mail)
			}
		}
		for _, secret := range []string{"minutes", "grants", "council", "harbour", "eviewer", "nverified", "editor-2",
			"Editor", "claims/"} {
			if strings.Contains(text, secret) || strings.Contains(mail, "To: <editor-2") {
				t.Errorf("the mail tells %q:\n%s", secret, mail)
			}
		}
		select {
		case more := <-got:
			t.Errorf("another mail went out:\n%s", more)
		default:
		}
	})
}

func TestMailFlags(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(file, []byte("secret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if m, err := newMailer(mailFlags{}); m != nil || err != nil {
		t.Errorf("no server: %v, %v", m, err)
	}
	if _, err := newMailer(mailFlags{"smtps://desk@mail.example", "desk@desk.example", file}); err != nil {
		t.Error(err)
	}
	for _, bad := range []mailFlags{{server: "mail.example", from: "a@b"},
		{server: "https://mail.example", from: "a@b"},
		{server: "smtp://mail.example"}, {server: "smtp://u:secret@mail.example", from: "a@b"}, {from: "a@b"},
		{server: "smtp://u@mail.example", from: "a@b"}, {server: "smtp://u@mail.example", from: "a@b",
			password: file + "x"}, {server: "smtp://mail.example/x", from: "a@b"}} {
		_, err := newMailer(bad)
		if err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}
