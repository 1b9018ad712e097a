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
)

// smtpServer is a mail server on this machine that takes one mail, and gives what it was sent.
func smtpServer(t *testing.T) (address string, got <-chan string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	out := make(chan string, 1)
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
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
	}()
	return l.Addr().String(), out
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
