package publish_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"claimbench/internal/claimset"
	"claimbench/internal/methods"
	"claimbench/internal/proof"
	"claimbench/internal/publish"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// withMethod puts a method in force.
func (x bench) withMethod(words string, opened int) methods.Version {
	x.T.Helper()
	m, err := x.Methods.Set(roomtest.Ctx(), x.As("editor-1"), x.Collection.ID, methods.Draft{Words: words, Lang: "en",
		Opened: opened, Scale: methods.Scale{{Name: "unverified", Means: "We could not tell <yet>."}}})
	if err != nil {
		x.T.Fatal(err)
	}
	return m
}

// TestAMethodIsBoundAndProved: a set is bound to the method in force at its freeze, which later versions do not change;
// it stands in the JSON, the report, the feed and the bundle, whose proof covers every word of it.
func TestAMethodIsBoundAndProved(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		m := x.withMethod("# How we check\n\nTwo origins, *or* the document itself. <script>x</script>", 0)
		set := x.twoClaims(claimset.Imprint{Publisher: "Desk"})
		x.withMethod("Otherwise.", 1)
		if set.MethodN != 1 || set.Method != m.SHA256 || len(m.SHA256) != 64 {
			t.Fatalf("the set is bound to version %d, %s", set.MethodN, set.Method)
		}
		for format, want := range map[string][]string{
			publish.JSON: {`"method":{"version":1,"lang":"en","words":"# How we check`, m.SHA256,
				`{"name":"unverified","means":"We could not tell \u003cyet\u003e.","rating":"Unverified"}`},
			publish.Report: {"How this was checked: method, version 1", "<h3 dir=\"auto\">How we check</h3>",
				"We could not tell &lt;yet&gt;.", "(True, 5 of 5)", m.SHA256},
			publish.DataFeed: {`"publishingPrinciples":{"@type":"CreativeWork"`, "sha256:" + m.SHA256,
				"Two origins"},
			publish.ClaimReview: {`"publishingPrinciples":{"@type":"CreativeWork"`, "sha256:" + m.SHA256},
		} {
			got := x.export(publish.Options{Format: format}, set)
			for _, s := range want {
				if !strings.Contains(got, s) {
					t.Errorf("%s lacks %s: %s", format, s, got)
				}
			}
			if strings.Contains(got, "<script>x") || strings.Contains(got, "Otherwise.") {
				t.Errorf("%s has what it must not have", format)
			}
		}
		got := x.export(publish.Options{Format: publish.Bundle, Lang: "fa"}, set)
		if r := x.checks(got); r.ExitCode() != 0 || r.Proved != 2 {
			t.Fatalf("%d: %+v", r.ExitCode(), r)
		}
		if all := unzipped(t, got); !strings.Contains(all, `"format":"claimbench/bundle/2"`) {
			t.Error("the form of a bundle with a method is that of before")
		}
		x.Verify()
		// it quotes an article that is taken down: its words go, and the file says so
		next := x.withMethod("As in “شورا ۱۲ کمک را تصویب کرد شهردار امضا کرد”.", 2)
		bound := x.frozen("Again", claimset.Imprint{}, x.approved("شورا ۱۲ کمک را تصویب کرد", "شورا کمک کرد").ID)
		if err := x.Articles.TakeDown(roomtest.Ctx(), x.As("editor-1"), x.a.Article.ID, x.a.Article.Version,
			"asked"); err != nil {
			t.Fatal(err)
		}
		if bound.MethodN != next.N {
			t.Fatalf("bound to %d", bound.MethodN)
		}
		got = x.export(publish.Options{Format: publish.Bundle}, bound)
		if r := x.checks(got); r.ExitCode() != proof.ExitNotChecked || !r.OK() {
			t.Errorf("with a method that quotes what was taken down: %+v", r)
		}
		if strings.Contains(unzipped(t, got), "شورا") {
			t.Error("the method has words of an article that was taken down")
		}
	})
}

// TestAMethodForgedWithoutAKey: another word of the method, another hash, none at all, or one that nobody bound is
// found.
func TestAMethodForgedWithoutAKey(t *testing.T) {
	t.Parallel()
	x := newBench(t, storetest.SQLite(t))
	bare := x.export(publish.Options{Format: publish.Bundle}, x.twoClaims(claimset.Imprint{Publisher: "Desk"}))
	m := x.withMethod("Two origins.", 0)
	set, err := x.Sets.Correct(roomtest.Ctx(), x.As("editor-1"), 1)
	if err == nil {
		set, err = x.Sets.Freeze(roomtest.Ctx(), x.As("editor-1"), set.ID, set.Version)
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := x.signer.Sign(roomtest.Ctx()); err != nil {
		t.Fatal(err)
	}
	got := x.export(publish.Options{Format: publish.Bundle}, set)
	if r := x.checks(forge(t, got).bundle()); r.ExitCode() != 0 {
		t.Fatalf("as it was: %+v", r)
	}
	method := func(head string) string { // with the comma before it
		at := strings.Index(head, `,"method":{`)
		return head[at : strings.LastIndex(head, "}},")+1]
	}
	for _, c := range []struct {
		name, bundle string
		code         int
		do           func(*forger)
	}{
		{"another word", got, 1, func(f *forger) { f.replace(&f.head, "Two origins.", "One origin.") }},
		{"another meaning", got, 1, func(f *forger) { f.replace(&f.head, "We could not tell", "We could tell") }},
		{"another rating", got, 1, func(f *forger) { f.replace(&f.head, "True, 5 of 5", "True, 4 of 5") }},
		{"another hash", got, 1, func(f *forger) { f.replace(&f.head, m.SHA256, strings.Repeat("0", 64)) }},
		{"another version", got, 1, func(f *forger) {
			f.replace(&f.head, `"method":{"version":1`, `"method":{"version":2`)
		}},
		{"none", got, 1, func(f *forger) { f.replace(&f.head, method(f.head), "") }},
		{"none, and its fields shut", got, 1, func(f *forger) {
			f.replace(&f.head, method(f.head), "")
			f.shutFact("method", m.SHA256)
			f.shutFact("method_n", "1")
		}},
		{"one that nobody bound", bare, 1, func(f *forger) {
			f.replace(&f.head, `},`, method(forge(t, got).head)+"},")
		}},
		{"words hidden beside others", got, 1, func(f *forger) {
			f.replace(&f.head, "Two origins.", "[taken down]")
		}},
		{"a meaning hidden, and other words", got, 1, func(f *forger) {
			f.replace(&f.head, "Evidence bears it out.", "[taken down]")
			f.replace(&f.head, "Two origins.", "One origin.")
		}},
		{"hidden whole", got, proof.ExitNotChecked, func(f *forger) {
			f.replace(&f.head, method(f.head), `,"method":{"version":1,"lang":"","words":"[taken down]","scale":[],`+
				`"sha256":"`+m.SHA256+`"}`)
		}},
	} {
		f := forge(t, c.bundle)
		c.do(f)
		if r := x.checks(f.bundle()); r.ExitCode() != c.code {
			t.Errorf("%s: %d, want %d: %+v", c.name, r.ExitCode(), c.code, r)
		}
	}
}

// shutFact gives the hash of a field of the freeze's row in the place of its salt.
func (f *forger) shutFact(name, value string) {
	g := f.freeze.Event.After
	salt, err := base64.StdEncoding.DecodeString(g.Salts[name])
	f.must(err)
	h, _ := proof.Field(nil, salt, value)
	delete(g.Salts, name)
	if g.Hashes == nil {
		g.Hashes = map[string]string{}
	}
	g.Hashes[name] = proof.B64(h[:])
}
