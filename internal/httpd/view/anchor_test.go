package view

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"claimbench/internal/claims"
)

func TestDifference(t *testing.T) {
	show := func(parts []DiffPart) string {
		var b strings.Builder
		for _, p := range parts {
			if p.Changed {
				b.WriteString("[" + p.Text + "]")
			} else {
				b.WriteString(p.Text)
			}
		}
		return b.String()
	}
	for _, c := range []struct{ old, new, was, is string }{
		{"حدود ۹ گیگابایت", "حدود ۷ گیگابایت", "حدود [۹] گیگابایت", "حدود [۷] گیگابایت"},
		{"被害はない", "被害はある", "被害は[ない]", "被害は[ある]"},
		{"a b c d", "a x c", "a [b] c[ d]", "a [x] c"},
		{"", "new", "", "[new]"}, {"same", "same", "same", "same"}, {"gone", "", "[gone]", ""},
	} {
		was, is := Difference(c.old, c.new)
		if show(was) != c.was || show(is) != c.is {
			t.Errorf("%q, %q: %s, %s; want %s, %s", c.old, c.new, show(was), show(is), c.was, c.is)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[ab ۹ない,.]{0,30}`)
		old, now := text.Draw(t, "old"), text.Draw(t, "new")
		was, is := Difference(old, now)
		var whole, kept [2]string
		for i, side := range [][]DiffPart{was, is} {
			for _, p := range side {
				whole[i] += p.Text
				if !p.Changed {
					kept[i] += p.Text
				}
			}
		}
		if whole != [2]string{old, now} || kept[0] != kept[1] {
			t.Fatalf("%q, %q: %q, %q", old, now, whole, kept)
		}
	})
}

func anchorSamples() []Page {
	rows := []RevisionRow{{N: 2, URL: "/articles/1?revision=2", Newest: true, Added: "added by editor-1, 21 Nov 2026",
		Size: "2,551 characters", SHA256: "5b5dcff13acb", Claims: "41 claims and candidates stand in it"},
		{N: 1, URL: "/articles/1?revision=1",
			Claims: "1 claim or candidate stands in it, of which 1 asks where it belongs"}}
	gone := sampleArticle()
	gone.TakenDown, gone.Title = "Taken down.", Foreign{}
	older := sampleReader()
	older.Older = []Older{{Note: "This is revision 1 of 2.", Link: Link{URL: "/articles/1", Word: "Read the newest"}}}
	was, is := Difference("حدود ۹ گیگابایت", "حدود ۷ گیگابایت")
	moved := &ClaimAnchor{Shell: shell("Moved passage", "Claims"), Claim: sampleClaim(), N: 1, Of: 2,
		Summary: "A number changed.", Notes: []AnchorNote{{"A number differs", Foreign{"۹", "fa", "rtl"},
			Foreign{"۷", "fa", "rtl"}, true}, {"The words stand elsewhere", Foreign{}, Foreign{}, false},
			{"Other words differ", Foreign{"۹", "fa", "rtl"}, Foreign{}, false}},
		Diff: &Diff{was, is, "fa", "rtl", "fa", "rtl", "Revision 1", "Revision 2"}, Context: sampleClaim().Context,
		Place: Link{URL: "/articles/1?sentence=2#s2", Word: "sentence 2"}, Confirm: "/claims/40/anchor/confirm",
		Keep: "/claims/40/anchor/keep", Ending: "/claims/40/withdraw", EndWord: "Withdraw", Look: "/claims/40/anchor",
		Places: []AnchorPlace{{1, "/claims/40/anchor?sentence=1", gb, false}, {2, "/claims/40/anchor?sentence=2", fa,
			true}}, Revision: 2, Version: 3, Span: span(6, 21), Size: 2551, Statement: fa.Text, Kind: Codes("fact",
			"fact"), Hint: &Foreign{"9", "fa", "rtl"}, Lang: "fa", Dir: "rtl", Wrong: Wrong{"": "Not saved.",
			"start": "Outside the text.", "statement": "Empty."}, Clash: refusedReview().Clash}
	moved.Claim.Moved = &Older{Note: "It stands in revision 1 of 2.", Link: Link{URL: "/claims/40/anchor",
		Word: "Compare"}}
	unchanged := &ClaimAnchor{Shell: shell("Moved passage", "Claims"), Claim: sampleClaim(), N: 1, Of: 2,
		Summary: "Unchanged.", Diff: &Diff{Old: was[:1], New: is[:1]}, Move: "/claims/40/anchor/move",
		Keep: "/claims/40/anchor/keep", Ending: "/claims/40/reject", EndWord: "Reject",
		WhyNots: Options(claims.WhyNots, "")}
	locked := &ClaimAnchor{Shell: shell("Moved passage", "Claims"), Claim: sampleClaim(), N: 1, Of: 2, Summary: "Gone.",
		Locked: "It is decided.", ReopenURL: "/claims/40/reopen"}
	return []Page{older, moved, unchanged, locked,
		&ArticleRevisions{Shell: shell("Revisions", "Articles"), Article: sampleArticle(), Rows: rows,
			Action: "/articles/1/revisions", Version: 2, Text: "typed", Reads: Reads{".txt", "plain text (.txt)"},
			Wrong: Wrong{"": "Not added.",
				"file": "Empty.", "text": "Not UTF-8."}},
		&ArticleRevisions{Shell: shell("Revisions", "Articles"), Article: gone, Rows: rows[1:]},
	}
}
