package publish_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/net/html"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/history"
	"claimbench/internal/proof"
	"claimbench/internal/publish"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/witness"
)

// carriedBy are what a report carries of each claim, and of its set.
func carriedBy(t *testing.T, report string) (ofClaims []string, ofSet, script, policy string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(report))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		attr := map[string]string{}
		for _, a := range n.Attr {
			attr[a.Key] = a.Val
		}
		switch {
		case n.Data == "meta" && attr["http-equiv"] != "":
			policy = attr["content"]
		case n.Data != "script":
		case attr["id"] == "proof":
			ofSet = n.FirstChild.Data
		case attr["type"] == "application/json":
			ofClaims = append(ofClaims, n.FirstChild.Data)
		case len(n.Attr) == 0:
			script = n.FirstChild.Data
		default:
			t.Errorf("a script: %v", n.Attr)
		}
	}
	return ofClaims, ofSet, script, policy
}

// TestReportCarriesItsProof: the leaves that a report carries make the root that was frozen, its policy runs its own
// script alone, and what it carries of a claim is small.
func TestReportCarriesItsProof(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		set := x.twoClaims(claimset.Imprint{Publisher: "Desk", Note: "A note", People: claimset.Named,
			Rationales: true})
		got := x.export(publish.Options{Format: publish.Report, Lang: "fa"}, set)
		ofClaims, ofSet, script, policy := carriedBy(t, got)
		sum := sha256.Sum256([]byte(script))
		if want := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(policy, want) ||
			!strings.Contains(policy, "default-src 'none'") ||
			regexp.MustCompile(`</?script|<!--`).MatchString(script) {
			t.Errorf("the policy %q is not of the script, %s", policy, want)
		}
		var tree proof.Tree
		for _, c := range ofClaims {
			var in struct{ Leaf, Secret, Sums string }
			if err := json.Unmarshal([]byte(c), &in); err != nil || in.Secret == "" || in.Sums == "" {
				t.Fatalf("%v: %s", err, c)
			}
			leaf, err := base64.StdEncoding.DecodeString(in.Leaf)
			if err != nil || len(leaf) != sha256.Size || len(c) > 4000 {
				t.Errorf("%d bytes, %v", len(c), err)
			}
			tree.Add(proof.Hash(leaf))
		}
		root := tree.Root()
		if got := base64.StdEncoding.EncodeToString(root[:]); len(ofClaims) != 2 || got != set.Root {
			t.Errorf("%d leaves make %s, want %s", len(ofClaims), got, set.Root)
		}
		if !strings.Contains(ofSet, set.Root) || !strings.Contains(ofSet, `"action":"claimset.frozen"`) {
			t.Errorf("of the set: %s", ofSet)
		}
		bundled := files(t, x.export(publish.Options{Format: publish.Bundle}, set))[1].data
		if ofClaims, ofSet, script, _ := carriedBy(t, bundled); len(ofClaims) > 0 || ofSet != "" || script != "" ||
			strings.Contains(bundled, "font/woff2") {
			t.Error("the report in a bundle carries a proof or a font, and cannot be made anew from the claims alone")
		}
	})
}

// TestReportHidesNames: a report of a set that hides names carries none, no account, and no secret of the set.
func TestReportHidesNames(t *testing.T) {
	t.Parallel()
	x := newBench(t, storetest.SQLite(t))
	set := x.twoClaims(claimset.Imprint{People: claimset.Nobody})
	got := x.export(publish.Options{Format: publish.Report}, set)
	for _, hidden := range []string{"Editor One", "editor-1", "reviewer-1", secretWords, set.Salt,
		"the minutes of the year"} {
		if strings.Contains(got, hidden) {
			t.Errorf("the report holds %q", hidden)
		}
	}
	if ofClaims, ofSet, _, _ := carriedBy(t, got); len(ofClaims) != 2 || ofSet == "" {
		t.Errorf("%d claims are proved", len(ofClaims))
	}
}

// TestReportOfWithheldWords: a claim whose article was taken down has no secret, which would open its words, but the
// proof of each field that is printed, and nothing of its words.
func TestReportOfWithheldWords(t *testing.T) {
	t.Parallel()
	x := newBench(t, storetest.SQLite(t))
	set := x.twoClaims(claimset.Imprint{})
	if err := x.Articles.TakeDown(roomtest.Ctx(), x.As("editor-1"), x.a.Article.ID, x.a.Article.Version,
		"asked"); err != nil {
		t.Fatal(err)
	}
	got := x.export(publish.Options{Format: publish.Report}, set)
	ofClaims, _, _, _ := carriedBy(t, got)
	for _, c := range ofClaims {
		if !regexp.MustCompile(`^\{"leaf":"[^"]{44}","fields":\[\{"path":"claim","salt":`).MatchString(c) ||
			!strings.Contains(c, `{"path":"statement","hash":`) || strings.Contains(c, `"secret"`) {
			t.Errorf("it carries %s", c)
		}
	}
	if len(ofClaims) != 2 || strings.Contains(got, "شورا") {
		t.Errorf("%d claims, or words of the article", len(ofClaims))
	}
}

// TestReportWithoutAProof: a set that nothing proves has a report that says so, and runs nothing.
func TestReportWithoutAProof(t *testing.T) {
	t.Parallel()
	x := newBench(t, storetest.SQLite(t))
	set := x.twoClaims(claimset.Imprint{})
	if err := x.DB.Write(t.Context(), func(tx *store.Tx) error {
		return tx.Gorm().Exec("UPDATE claim_sets SET root = '', salt = ''").Error
	}); err != nil {
		t.Fatal(err)
	}
	got := x.export(publish.Options{Format: publish.Report}, set)
	if ofClaims, ofSet, script, _ := carriedBy(t, got); len(ofClaims) > 0 || ofSet != "" || script != "" {
		t.Error("it carries a proof")
	}
	if !strings.Contains(got, "holds no proof of itself") {
		t.Error("it does not say so")
	}
}

// TestReportNamesItsKey: where the key that signs is known, the report names it.
func TestReportNamesItsKey(t *testing.T) {
	t.Parallel()
	x := newBench(t, storetest.SQLite(t))
	set := x.twoClaims(claimset.Imprint{})
	var b bytes.Buffer
	keyed := publish.New(x.DB, x.Sets, x.key.Public())
	o := publish.Options{Format: publish.Report}
	if err := keyed.Export(t.Context(), x.As("editor-1"), set.ID, &b, o); err != nil {
		t.Fatal(err)
	}
	command := fmt.Sprintf("workbench verify claim-set-%d-version-%d.report.html --key %s", set.ID, set.N,
		x.key.Public())
	if _, err := history.ParsePublicKey(x.key.Public()); err != nil ||
		!strings.Contains(html.UnescapeString(b.String()), command) {
		t.Errorf("%v: the command is not there", err)
	}
}

// TestExportsCarryCosignatures: a checkpoint that a witness signed is carried rather than an older one that none did,
// in the JSON, the report and the bundle, and verification counts it.
func TestExportsCarryCosignatures(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		set := x.twoClaims(claimset.Imprint{})
		x.frozen("Another", claimset.Imprint{}, claims.ID(1)) // which signs a newer checkpoint
		var newest *history.Checkpoint
		if err := db.Read(t.Context(), func(r *store.Rx) (err error) {
			newest, err = history.LatestCheckpoint(r)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		own, err := note.NewVerifier(x.key.Public())
		if err != nil {
			t.Fatal(err)
		}
		by, line := cosigned(t, own, newest.Note)
		signed, err := witness.Cosignatures([]byte(newest.Note+line), []*witness.Verifier{by})
		if err != nil || len(signed) != 1 {
			t.Fatal(signed, err)
		}
		if err := db.Write(t.Context(), func(tx *store.Tx) error {
			return history.KeepCosignature(tx, newest.Size, signed[0])
		}); err != nil {
			t.Fatal(err)
		}
		for _, format := range []string{publish.JSON, publish.Report} {
			if got := x.export(publish.Options{Format: format}, set); !strings.Contains(html.UnescapeString(got),
				strings.TrimSpace(line)[len("— "):]) {
				t.Errorf("%s carries no cosignature", format)
			}
		}
		bundle := x.export(publish.Options{Format: publish.Bundle}, set)
		r, err := proof.Verify(strings.NewReader(bundle), int64(len(bundle)), proof.Options{Keys: []note.Verifier{own},
			Witnesses: []note.Verifier{by}, Report: publish.WriteReport, ReportForm: publish.ReportForm()})
		if err != nil || r.ExitCode() != 0 || len(r.Cosigned) != 1 {
			t.Errorf("%v, exit %d, %d cosignatures: %+v", err, r.ExitCode(), len(r.Cosigned), r.Findings)
		}
	})
}

var fontFaceRule = regexp.MustCompile(`(?s)@font-face\{font-family:"?([^;"]+)"?;.*?unicode-range:([^;]+);` +
	`src:url\(data:font/woff2;base64,([A-Za-z0-9+/=]+)\)`)

// TestReportHoldsItsFonts: those of the signs that it prints, and no others; the licences stand in it; what no font has
// is counted; it loads nothing.
func TestReportHoldsItsFonts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		lang, words string
		want, not   []string
		other       bool
	}{
		{"en", "Twelve grants", []string{"Noto Sans JP Latin"},
			[]string{"Vazirmatn", "Noto Naskh Arabic", "Noto Sans JP"}, false},
		{"en", "شورا ۱۲ کمک را تصویب کرد", []string{"Noto Sans JP Latin", "Vazirmatn", "Noto Naskh Arabic"},
			[]string{"Noto Sans JP"}, false},
		{"ja", "政府は関与していない", []string{"Noto Sans JP Latin", "Noto Sans JP"}, []string{"Vazirmatn"}, false},
		{"en", "Правительство 정부", []string{"Noto Sans JP Latin"}, []string{"Vazirmatn"}, true},
	} {
		p := made(t, 1)
		p.Each = func(do func(claimset.Kept) error) error {
			k, err := claimset.Keep(claimset.Entry{Claim: 1, Statement: c.words, Lang: "en", Dir: "ltr",
				Verdict: claims.Unverified, Reason: "no_evidence"})
			if err != nil {
				return err
			}
			return do(k)
		}
		b := string(written(t, p, publish.Options{Format: publish.Report, Lang: c.lang}))
		var families []string
		size := 0
		for _, m := range fontFaceRule.FindAllStringSubmatch(b, -1) {
			data, err := base64.StdEncoding.DecodeString(m[3])
			if err != nil || !bytes.HasPrefix(data, []byte("wOF2")) {
				t.Fatalf("%q: a font is none: %v", c.words, err)
			}
			families, size = append(families, m[1]), size+len(m[3])
		}
		if len(families) == 0 {
			t.Skip("the web assets are not built")
		}
		for _, want := range c.want {
			if !slices.Contains(families, want) {
				t.Errorf("%q lacks %s: %q", c.words, want, families)
			}
		}
		for _, not := range c.not {
			if slices.Contains(families, not) {
				t.Errorf("%q holds %s: %q", c.words, not, families)
			}
		}
		if size > 1_600_000 || c.lang == "en" && size > 200_000 {
			t.Errorf("%q in %s: %d bytes of fonts", c.words, c.lang, size)
		}
		if !strings.Contains(b, "SIL Open Font License, Version 1.1") ||
			!strings.Contains(b, "Noto Sans JP, under the SIL") && c.lang == "en" && len(c.want) == 1 {
			t.Errorf("%q: no licence is named", c.words)
		}
		if strings.Contains(b, "fonts of its own") != c.other && c.lang == "en" {
			t.Errorf("%q: what is in no font is not said, or is said: %v", c.words, c.other)
		}
		if regexp.MustCompile(`(?i)url\((?:"|')?(?:https?:|//)|@import|<link`).MatchString(b) {
			t.Errorf("%q loads something", c.words)
		}
	}
}

// TestEveryHanOfAReportHasItsFont: each ideograph that is printed is in the range of a font that the report holds, or
// is counted.
func TestEveryHanOfAReportHasItsFont(t *testing.T) {
	t.Parallel()
	words := "米国政府は、ロシアの関与を確信している。鬱蒼たる森林、薔薇、麒麟、憂鬱、齟齬、贔屓、曖昧模糊。"
	p := made(t, 1)
	p.Set.Title = words
	b := string(written(t, p, publish.Options{Format: publish.Report, Lang: "ja"}))
	held := map[rune]bool{}
	found := fontFaceRule.FindAllStringSubmatch(b, -1)
	if len(found) == 0 {
		t.Skip("the web assets are not built")
	}
	for _, m := range found {
		for part := range strings.SplitSeq(m[2], ",") {
			var first, last rune
			part = strings.TrimPrefix(strings.ToLower(part), "u+")
			if n, _ := fmt.Sscanf(part, "%x-%x", &first, &last); n == 1 {
				last = first
			}
			for r := first; r <= last; r++ {
				held[r] = true
			}
		}
	}
	for _, r := range words {
		if unicode.Is(unicode.Han, r) && !held[r] {
			t.Errorf("%c is in no font of the report", r)
		}
	}
}
