package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/status"
)

// statusAsked is which status list is to be verified, and by what.
type statusAsked struct {
	from  string // a file, - or an address, which is asked only when it is given
	keys  []note.Verifier
	known string // a file with the newest list seen so far; "" none, and it need not be there yet
}

// errUnread is in the chain of the error of a list that could not be read: nothing is known of it.
var errUnread = errors.New("the status list could not be read")

// verifiedStatus reads a status list, and refuses one that no key signed, that has expired, or that is older than the
// one known. The newest then lies in the file of the known one.
func verifiedStatus(ctx context.Context, in io.Reader, a statusAsked, now time.Time) (status.List, error) {
	data, err := statusFrom(ctx, in, a.from)
	if err != nil {
		return status.List{}, errors.Join(err, errUnread)
	}
	l, err := status.Open(data, a.keys...)
	if err != nil {
		return l, err
	}
	known, err := knownStatus(a)
	if err != nil {
		return l, errors.Join(err, errUnread)
	}
	if err := status.Current(l, known, now); err != nil || a.known == "" {
		return l, err
	}
	return l, writeWhole(a.known, nil, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

func statusFrom(ctx context.Context, in io.Reader, from string) ([]byte, error) {
	if strings.HasPrefix(from, "http://") || strings.HasPrefix(from, "https://") {
		u, err := webAddress("the status list’s address", from)
		if err != nil {
			return nil, err
		}
		return fetch(ctx, u, status.MaxList)
	}
	if from != "-" {
		f, err := openFile(from)
		if err != nil {
			return nil, err
		}
		defer func() { _ = f.Close() }()
		in = f
	}
	return io.ReadAll(io.LimitReader(in, status.MaxList+1)) // one byte too many is refused
}

// knownStatus is the newest list seen so far, nil when there is none. It may have expired, but it is ours.
func knownStatus(a statusAsked) (*status.List, error) {
	if a.known == "" {
		return nil, nil
	}
	if _, err := os.Stat(a.known); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	data, err := statusFrom(context.Background(), nil, a.known)
	if err != nil {
		return nil, err
	}
	l, err := status.Open(data, a.keys...)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "%s is not the list known: %s", a.known, fault.Message(err))
	}
	return &l, nil
}

// sayStatus writes what became of the claims of a list: how many stand as they were printed, and each other one.
func sayStatus(w io.Writer, l status.List) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Status list %s, number %d, of %s, to be believed until %s.\n", l.Name, l.Number,
		l.Made.Format(time.DateTime+" UTC"), l.Until.Format(time.DateTime+" UTC"))
	for _, s := range l.Sets {
		valid := 0
		for _, c := range s.Claims {
			if c.Standing.What == status.Valid {
				valid++
			}
		}
		fmt.Fprintf(&b, "Set %d (sha256 %s): %d of %d claims are valid as printed.\n", s.ID, s.SHA256, valid,
			len(s.Claims))
		for _, c := range s.Claims {
			if c.Standing.What != status.Valid {
				fmt.Fprintf(&b, "  claim %d: %s\n", c.Claim, c.Standing)
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// publicKeys reads the public keys that flags name.
func publicKeys(named []string) ([]note.Verifier, error) {
	out := make([]note.Verifier, len(named))
	for i, k := range named {
		v, err := history.ParsePublicKey(k)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}
