package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"
)

// mailFlags is the mail server that an admin named.
type mailFlags struct{ server, from, password string }

// mailTimeout is how long one mail may take.
const mailTimeout = 30 * time.Second

// mailer sends mails by one server.
type mailer struct {
	from    string
	address string // host:port, the only one that is dialled
	client  *mail.Client
}

// newMailer makes the mailer of the flags, nil when no server is named. The password is read from a file, for others
// on the machine read the arguments of a program.
func newMailer(f mailFlags) (*mailer, error) {
	if f.server == "" {
		if f.from != "" || f.password != "" {
			return nil, usageError{errors.New("--mail-from and --mail-password go with --mail")}
		}
		return nil, nil
	}
	u, err := url.Parse(f.server)
	if err != nil || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Hostname() == "" || u.Path != "" ||
		u.RawQuery != "" {
		return nil, usageError{fmt.Errorf("--mail %q is no mail server: write smtp://HOST[:PORT] or "+
			"smtps://HOST[:PORT], with USER@ before the host where it asks who sends", redacted(u))}
	}
	if _, there := u.User.Password(); there {
		return nil, usageError{errors.New("--mail holds a password, which others on this machine could read: " +
			"write it into a file, and name that by --mail-password")}
	}
	if f.from == "" {
		return nil, usageError{errors.New("--mail needs --mail-from, the address that mails come from")}
	}
	port, opts := 587, []mail.Option{mail.WithTimeout(mailTimeout), mail.WithTLSPolicy(mail.TLSMandatory)}
	if u.Scheme == "smtps" {
		port, opts = 465, append(opts, mail.WithSSL())
	} else if ip := net.ParseIP(u.Hostname()); ip.IsLoopback() {
		opts = append(opts, mail.WithTLSPolicy(mail.NoTLS)) // nothing leaves the machine on the way there
	}
	if p := u.Port(); p != "" {
		if port, err = strconv.Atoi(p); err != nil {
			return nil, usageError{fmt.Errorf("--mail: %q is no port", p)}
		}
	}
	m := &mailer{from: f.from, address: net.JoinHostPort(u.Hostname(), strconv.Itoa(port))}
	if user := u.User.Username(); user != "" {
		raw, err := os.ReadFile(f.password)
		if err != nil {
			return nil, usageError{fmt.Errorf("--mail names a user, so --mail-password must name a file with the "+
				"password: %w", err)}
		}
		opts = append(opts, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(user),
			mail.WithPassword(strings.TrimRight(string(raw), "\r\n")))
	}
	opts = append(opts, mail.WithPort(port), mail.WithDialContextFunc(m.dial))
	m.client, err = mail.NewClient(u.Hostname(), opts...)
	return m, err
}

func redacted(u *url.URL) string {
	if u == nil {
		return ""
	}
	return u.Redacted()
}

// dial reaches the server that was named, and refuses any other address.
func (m *mailer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	if address != m.address {
		return nil, fmt.Errorf("mail goes to %s only, not to %s", m.address, address)
	}
	return (&net.Dialer{Timeout: mailTimeout}).DialContext(ctx, network, address)
}

// Send sends one mail of plain text.
func (m *mailer) Send(ctx context.Context, to, subject, body string) error {
	msg := mail.NewMsg()
	if err := msg.From(m.from); err != nil {
		return err
	}
	if err := msg.To(to); err != nil {
		return err
	}
	msg.Subject(subject)
	msg.SetBodyString(mail.TypeTextPlain, body)
	return m.client.DialAndSendWithContext(ctx, msg)
}
