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

	"github.com/spf13/cobra"
	"golang.org/x/mod/sumdb/note"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/proof"
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

// sayBecame writes what became of each claim of a bundle that is as it was signed, by the status list asked for. Its
// errors are exit codes.
func sayBecame(cmd *cobra.Command, r *proof.Result, a statusAsked) error {
	l, err := verifiedStatus(contextOf(cmd), cmd.InOrStdin(), a, time.Now())
	switch {
	case errors.Is(err, errUnread):
		return exitError{proof.ExitNotChecked, err}
	case err != nil:
		return exitError{proof.ExitTampered, err}
	}
	text, err := became(r, l)
	if _, failed := io.WriteString(cmd.OutOrStdout(), text); failed != nil {
		return exitError{proof.ExitNotChecked, failed}
	}
	return err
}

// became says of each claim of a bundle what a list says. A list of another log, or that has another set under the
// number, is refused; of one that does not have the set, or a claim of it, nothing was checked.
func became(r *proof.Result, l status.List) (string, error) {
	if l.Log != r.Origin {
		return "", exitError{proof.ExitTampered, fmt.Errorf("the status list is of the log %s, and the bundle of %s; "+
			"ask its publisher for their list", l.Log, proof.Visible(r.Origin))}
	}
	set, there := l.SetOf(claimset.ID(r.Set))
	if !there {
		return "", exitError{proof.ExitNotChecked, fmt.Errorf("the status list %s does not have set %d; ask for the "+
			"list of this set, or of all", l.Name, r.Set)}
	}
	if set.SHA256 != r.SHA256 {
		return "", exitError{proof.ExitTampered, fmt.Errorf("the status list has another set %d, with sha256 %s; the "+
			"bundle has %s", r.Set, set.SHA256, proof.Visible(r.SHA256))}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "What became of the claims, by status list %s, number %d, of %s, to be believed until %s:\n",
		l.Name, l.Number, l.Made.Format(time.DateTime+" UTC"), l.Until.Format(time.DateTime+" UTC"))
	unsaid := 0
	for _, id := range r.Printed {
		at, said := l.Of(set.ID, claims.ID(id))
		if !said {
			unsaid++
			fmt.Fprintf(&b, "  claim %d: the list does not say\n", id)
			continue
		}
		fmt.Fprintf(&b, "  claim %d: %s\n", id, at)
	}
	if unsaid > 0 {
		return b.String(), exitError{proof.ExitNotChecked, fmt.Errorf("of %d claims the status list does not say what "+
			"became of them", unsaid)}
	}
	return b.String(), nil
}

// publicKeys reads the public keys that flags name, with those that each was handed over from.
func publicKeys(named []string) ([]note.Verifier, error) {
	var out []note.Verifier
	for _, k := range named {
		all, err := history.ParsePublicKeys(k)
		if err != nil {
			return nil, err
		}
		out = append(out, all...)
	}
	return out, nil
}
