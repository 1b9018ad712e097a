package publish_test

import (
	"bytes"
	"html"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/exceptions"
	"claimbench/internal/history"
	"claimbench/internal/proof"
	"claimbench/internal/publish"
	"claimbench/internal/roomtest"
	"claimbench/internal/status"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/witness"
)

// reportKey is the key that the report of a set names.
func (x bench) reportKey(set claimset.Set, of string) string {
	x.T.Helper()
	var b bytes.Buffer
	if err := publish.New(x.DB, x.Sets, of).Export(roomtest.Ctx(), x.As("editor-1"), set.ID, &b,
		publish.Options{Format: publish.Report}); err != nil {
		x.T.Fatal(err)
	}
	_, rest, _ := strings.Cut(html.UnescapeString(b.String()), ".report.html --key ")
	key, _, _ := strings.Cut(rest, "<")
	return key
}

// TestPrintOverARotation: what was printed before the log key was handed over, and what is printed after it, is proved
// by either key, and a report names the key that signed its checkpoint.
func TestPrintOverARotation(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		path := filepath.Join(t.TempDir(), "log.key")
		key, err := history.OpenKey(path)
		if err != nil {
			t.Fatal(err)
		}
		x.key, x.signer = key, history.NewSigner(db, key, nil)
		verifier := func(of string) note.Verifier {
			v, err := note.NewVerifier(of)
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
		first, old := x.twoClaims(claimset.Imprint{}), key.Public()
		before := x.export(publish.Options{Format: publish.Bundle}, first)
		beforeReport := x.sealedReport()
		if got := x.reportKey(first, old); got != old {
			t.Errorf("before the handover the report names %q, want %q", got, old)
		}
		for range 2 {
			if _, err := x.signer.Rotate(roomtest.Ctx(), history.Who{Via: history.CLI}); err != nil {
				t.Fatal(err)
			}
		}
		now := x.key.Public()
		second := x.frozen("Another", claimset.Imprint{}, claims.ID(1))
		for _, of := range []string{old, now} { // a server that began before the handover, and one after it
			if got := x.reportKey(first, of); got != old {
				t.Errorf("after the handover the report of the first set names %q, want %q", got, old)
			}
			if got := x.reportKey(second, of); got != now {
				t.Errorf("the report of the second set names %q, want %q", got, now)
			}
		}
		all := map[string]string{"again": x.export(publish.Options{Format: publish.Bundle}, first),
			"after": x.export(publish.Options{Format: publish.Bundle}, second)}
		for name, bundle := range all {
			for _, of := range []string{old, now} {
				if r := verifiedBy(t, bundle, verifier(of)); r.ExitCode() != 0 {
					t.Errorf("%s, by %s: %d %+v", name, of, r.ExitCode(), r)
				}
			}
		}
		if r := verifiedBy(t, before, verifier(old)); r.ExitCode() != 0 {
			t.Errorf("the bundle of before by the old key: %d %+v", r.ExitCode(), r)
		}
		if r := verifiedBy(t, before, verifier(now)); r.ExitCode() == 0 {
			t.Errorf("the bundle of before, which has no handover, by the new key alone: %+v", r)
		}
		given, err := history.ParsePublicKeys(path + ".pub") // the new key, with the handovers behind it
		if err != nil {
			t.Fatal(err)
		}
		for name, bundle := range map[string]string{"before": before, "again": all["again"], "after": all["after"]} {
			if r := verifiedBy(t, bundle, given...); r.ExitCode() != 0 {
				t.Errorf("%s, by the new file: %d %+v", name, r.ExitCode(), r)
			}
		}
		if found, err := exceptions.Check(beforeReport, verifier(old)); err != nil || !found.Signed {
			t.Errorf("the signed report of before: %+v, %v", found, err)
		}
		if found, err := exceptions.Check(x.sealedReport(), verifier(now)); err != nil || !found.Signed {
			t.Errorf("the signed report of after: %+v, %v", found, err)
		}
		if found, err := exceptions.Check(beforeReport, given...); err != nil || !found.Signed {
			t.Errorf("the signed report of before by the new file: %+v, %v", found, err)
		}
		if _, err := exceptions.Check(beforeReport, verifier(now)); err == nil {
			t.Error("the new key alone is said to have signed a report of before")
		}
	})
}

// sealedReport is a report of exceptions as the log key signs it.
func (x bench) sealedReport() []byte {
	x.T.Helper()
	var b bytes.Buffer
	audits := exceptions.New(x.DB, x.Policy, x.signer)
	if err := audits.Write(roomtest.Ctx(), &b, exceptions.Ask{Form: exceptions.Signed,
		Scope: audits.Everything()}); err != nil {
		x.T.Fatal(err)
	}
	return b.Bytes()
}

func verifiedBy(t *testing.T, bundle string, keys ...note.Verifier) proof.Result {
	t.Helper()
	r, err := proof.Verify(strings.NewReader(bundle), int64(len(bundle)), proof.Options{Report: publish.WriteReport,
		ReportForm: publish.ReportForm(), Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestRotationWithAWitnessAndAStatusList: after the log key was handed over a witness signs the new checkpoints, and a
// status list is signed by the new key. What was exported before is proved with the keys of the new file, what is
// exported after it is proved and counted as co-signed too, and of both the list says what became of their claims.
func TestRotationWithAWitnessAndAStatusList(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		ctx, path := roomtest.Ctx(), filepath.Join(t.TempDir(), "log.key")
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		var err error
		x.key, err = history.OpenKey(path)
		must(err)
		x.signer = history.NewSigner(db, x.key, nil)
		first, old := x.twoClaims(claimset.Imprint{}), x.key.Public()
		before := [2]string{x.export(publish.Options{Format: publish.Bundle}, first),
			x.export(publish.Options{Format: publish.Report}, first)}
		_, err = x.signer.Rotate(ctx, history.Who{Via: history.CLI})
		must(err)
		second := x.frozen("Another", claimset.Imprint{}, x.claimsOf(first)...)
		var newest *history.Checkpoint
		must(db.Read(ctx, func(r *store.Rx) (err error) {
			newest, err = history.LatestCheckpoint(r)
			return err
		}))
		own, err := note.NewVerifier(x.key.Public())
		must(err)
		by, line := cosigned(t, own, newest.Note)
		signed, err := witness.Cosignatures([]byte(newest.Note+line), []*witness.Verifier{by})
		must(err)
		must(db.Write(ctx, func(tx *store.Tx) error { return history.KeepCosignature(tx, newest.Size, signed[0]) }))

		given, err := history.ParsePublicKeys(path + ".pub") // the new key, with the handover behind it
		must(err)
		x.Status.SealBy(x.key)
		list, err := x.Status.Make(ctx, 0)
		must(err)
		was, err := note.NewVerifier(old)
		must(err)
		if _, err := status.Open([]byte(list), was); err == nil {
			t.Error("the old key alone is said to have signed the list")
		}
		l, err := status.Open([]byte(list), given...)
		must(err)
		after := [2]string{x.export(publish.Options{Format: publish.Bundle}, second),
			x.export(publish.Options{Format: publish.Report}, second)}
		for i, c := range []struct {
			name     string
			files    [2]string
			set      claimset.Set
			cosigned int
		}{{"before", before, first, 0}, {"after", after, second, 1}} {
			for _, witnesses := range [][]note.Verifier{nil, {by}} {
				o := proof.Options{Keys: given, Witnesses: witnesses, Report: publish.WriteReport,
					ReportForm: publish.ReportForm()}
				bundle, err := proof.Verify(strings.NewReader(c.files[0]), int64(len(c.files[0])), o)
				must(err)
				report, err := publish.VerifyReport(strings.NewReader(c.files[1]), int64(len(c.files[1])), o)
				must(err)
				// one that a witness should have signed and did not, or that was signed by one who is not known here
				want := proof.ExitNotChecked
				if len(witnesses) == i {
					want = proof.ExitVerified
				}
				for kind, r := range map[string]proof.Result{"bundle": bundle, "report": report} {
					if r.ExitCode() != want || !r.Signed || len(r.Cosigned) != c.cosigned*len(witnesses) {
						t.Errorf("%s, %s, %d witnesses: exit %d, want %d: %+v", kind, c.name, len(witnesses),
							r.ExitCode(), want, r)
					}
				}
			}
			said, there := l.SetOf(c.set.ID)
			if !there || said.SHA256 != c.set.SHA256 || len(said.Claims) != 2 ||
				said.Claims[0].Standing.What != status.Valid {
				t.Errorf("%s: the list says %+v", c.name, said)
			}
		}
		x.Verify()
	})
}
