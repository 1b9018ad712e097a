package publish_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/proof"
	"claimbench/internal/publish"
	"claimbench/internal/store/storetest"
)

// forgery is one line of testdata/forged.tsv, which the tests of the browser read too.
type forgery struct {
	what, put   string
	find, named *regexp.Regexp
	all         bool
}

func forgeries(t *testing.T) (out []forgery) {
	t.Helper()
	b, err := os.ReadFile("testdata/forged.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || cells[0] == "what" {
			continue
		}
		find, all := strings.CutPrefix(cells[1], "*")
		out = append(out, forgery{cells[0], cells[2], regexp.MustCompile(find), regexp.MustCompile(cells[3]), all})
	}
	return out
}

// of makes the change.
func (f forgery) of(report string) string {
	if f.all {
		return f.find.ReplaceAllLiteralString(report, f.put)
	}
	at := f.find.FindStringSubmatchIndex(report)
	if at == nil {
		return report
	}
	put := f.put
	for i := 1; 2*i < len(at); i++ {
		put = strings.ReplaceAll(put, fmt.Sprintf("{%d}", i), report[at[2*i]:at[2*i+1]])
	}
	return report[:at[0]] + put + report[at[1]:]
}

// TestReportForged: each change of a report is found and its place is named, by whoever has the key.
func TestReportForged(t *testing.T) {
	t.Parallel()
	x := newBench(t, storetest.SQLite(t))
	set := x.fullSet(claimset.Imprint{Publisher: "Desk", Note: "A note.", People: claimset.Named, Rationales: true})
	got := x.export(publish.Options{Format: publish.Report}, set)
	if r := verifiedReport(t, got, x.key); r.ExitCode() != 0 {
		t.Fatalf("as it was: %+v", r)
	}
	for _, f := range forgeries(t) {
		forged := f.of(got)
		if forged == got {
			t.Errorf("%s: nothing is changed", f.what)
			continue
		}
		r := verifiedReport(t, forged, x.key)
		var said strings.Builder
		if err := r.Write(&said); err != nil {
			t.Fatal(err)
		}
		want := proof.ExitTampered
		if f.what == "another program" { // of which the page cannot be made anew
			want = proof.ExitNotChecked
		}
		if r.ExitCode() != want || want == proof.ExitTampered && !f.named.MatchString(said.String()) {
			t.Errorf("%s: exit %d, want %d naming %s\n%s", f.what, r.ExitCode(), want, f.named, said.String())
		}
	}
	for at := 0; at < len(got); at += 1471 { // any byte, wherever it stands
		forged := got[:at] + string(got[at]^1) + got[at+1:]
		if r := verifiedReport(t, forged, x.key); r.ExitCode() == 0 {
			t.Errorf("byte %d, %q: nothing is found", at, got[max(0, at-20):min(len(got), at+20)])
		}
	}
	for _, cut := range []int{1, 10, 1000, len(got) / 2, len(got) - 200, len(got) - 1} { // the first are no report
		r, err := verifyOf(t, got[:cut], x.key)
		if err == nil && r.ExitCode() == 0 || err != nil && fault.KindOf(err) != fault.Invalid {
			t.Errorf("cut at %d: nothing is found: %v", cut, err)
		}
	}
}
