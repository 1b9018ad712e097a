package claims

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"claimbench/internal/auth"
)

// team are the people of a collection; two of them have one full name.
var team = []auth.Person{{ID: 1, Name: "maryam", Display: "مریم احمدی"}, {ID: 2, Name: "sam", Display: "Sam Stone"},
	{ID: 3, Name: "sam.lee", Display: "Sam Lee"}, {ID: 4, Name: "sato", Display: "佐藤花子"},
	{ID: 5, Name: "sam-2", Display: "Sam Stone"}, {ID: 6, Name: "n.o@desk", Display: "Nour"}}

func TestMentioned(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]struct {
		ids     []auth.UserID
		unknown []string
	}{
		"@maryam, see this": {ids: []auth.UserID{1}},
		"See @SAM.":         {ids: []auth.UserID{2}},
		"See @sam.lee.":     {ids: []auth.UserID{3}},
		"@sam.lee and @sam": {ids: []auth.UserID{2, 3}},
		"@sam @sam @sam":    {ids: []auth.UserID{2}},
		"سلام @مریم احمدی، ببین":             {ids: []auth.UserID{1}},
		"مرحبا @مريم احمدي":                  {ids: []auth.UserID{1}}, // Arabic letters for a Persian name
		"＠佐藤花子さん、見てください":                     {ids: []auth.UserID{4}},
		"お願い@satoさん":                         {ids: []auth.UserID{4}},
		"@Sam Lee is right":                  {ids: []auth.UserID{3}},
		"@samuel":                            {unknown: []string{"samuel"}},
		"@nobody: and @nobody again, @ghost": {unknown: []string{"nobody", "ghost"}},
		"mail me@maryam or a.b@sam":          {},
		"cost @ 5, a lone @":                 {},
		"@n.o@desk?":                         {ids: []auth.UserID{6}},
		"@maryam\u200cجان":                   {ids: []auth.UserID{1}},
		"":                                   {},
	} {
		ids, unknown := mentioned(words, team)
		if !slices.Equal(ids, want.ids) || !slices.Equal(unknown, want.unknown) {
			t.Errorf("%q names %v and %q, want %v and %q", words, ids, unknown, want.ids, want.unknown)
		}
	}
	if ids, unknown := mentioned("@Sam Stone, look", team); len(ids) != 0 || len(unknown) != 1 {
		t.Errorf("two people are called Sam Stone, and one of them is told: %v, %q", ids, unknown)
	}
}

func FuzzMentioned(f *testing.F) {
	f.Add("@maryam ＠佐藤花子 @\xff @مریم")
	f.Fuzz(func(t *testing.T, words string) {
		ids, unknown := mentioned(words, team)
		for _, u := range unknown {
			if utf8.ValidString(words) && !strings.Contains(words, u) {
				t.Errorf("%q does not stand in %q", u, words)
			}
		}
		if len(ids) > len(team) {
			t.Errorf("%d people of %d", len(ids), len(team))
		}
	})
}
