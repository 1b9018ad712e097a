package value

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestUnsupported(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, lang, statement string
		spans, window         []string
		brackets              []Bracket
		want                  string
	}{
		{"held", "en", "The council paid $5 million to 3 firms on 3 May 2021",
			[]string{"paid $5 million to 3 firms on 3 May 2021"}, nil, nil, ""},
		{"by value", "en", "It lost 5,000,000 dollars", []string{"It lost $5 million"}, nil, nil, ""},
		{"another number", "en", "It paid 4 firms", []string{"It paid 3 firms"}, nil, nil, "number 4"},
		{"a digit more", "en", "It paid 13 firms", []string{"It paid 3 firms"}, nil, nil, "number 13"},
		{"another day", "en", "It closed on 4 May 2021", []string{"It closed on 3 May 2021"}, nil, nil,
			"date 4 May 2021"},
		{"a year added", "en", "It closed on 3 May 2021", []string{"It closed on 3 May"}, nil, nil, "date 3 May 2021"},
		{"a year less", "en", "It closed in 2021", []string{"It closed on 3 May 2021"}, nil, nil, ""},
		{"a year in brackets", "en", "It closed on 3 May [2021]", []string{"It closed on 3 May"}, nil,
			[]Bracket{{"2021", "a report of June 2021"}}, ""},
		{"a bracket without its source", "en", "It closed on 3 May [2022]", []string{"It closed on 3 May"}, nil,
			[]Bracket{{"2022", "a report of June 2021"}}, "date 2022"},
		{"a carried subject", "en", "Angela Merkel resigned", []string{"resigned"},
			[]string{"Angela Merkel, 45, resigned."}, nil, ""},
		{"a name from nowhere", "en", "Angela Merkel resigned", []string{"resigned"}, nil, nil, "name Angela Merkel"},
		{"a negation from nowhere", "en", "The dam did not break", []string{"The dam broke"}, nil, nil, "negation not"},
		{"a negation lost", "en", "The dam broke", []string{"The dam did not break"}, nil, nil, "lost negation not"},
		{"fa lost", "fa", "سد شکست", []string{"سد نشکست", "هیچ"}, nil, nil, "lost negation هیچ"},
		{"ar added", "ar", "لم ينهر السد", []string{"انهار السد"}, nil, nil, "negation لم"},
		{"ja lost", "ja", "ダムが決壊した", []string{"ダムは決壊していない"}, nil, nil, "lost negation ていない"},
		{"fa number", "fa", "۱۴ پرونده گم شد", []string{"۱۲ پرونده گم شد"}, nil, nil, "number ۱۴ پرونده"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, l := range Unsupported(tt.lang, tt.statement, tt.spans, tt.window, tt.brackets) {
				got = append(got, l.Kind+" "+l.Text)
			}
			if g := strings.Join(got, "; "); !strings.HasPrefix(g, tt.want) || (tt.want == "") != (g == "") {
				t.Errorf("got %q, want %q", g, tt.want)
			}
		})
	}
}

// TestUnsupportedProperties: a statement is held by its own words, in whatever order they are given; a number that its
// words do not have is always named.
func TestUnsupportedProperties(t *testing.T) {
	t.Parallel()
	parts := []string{"The council paid", "3 firms", "on 4 May 2021", "Angela Merkel", "did not", "5.5 percent",
		"in Berlin"}
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom(parts), 1, 6).Draw(t, "words")
		s := strings.Join(words, " ")
		if l := Unsupported("en", s, []string{s}, nil, nil); l != nil {
			t.Fatalf("%q lacks %v in its own words", s, l)
		}
		n := rapid.IntRange(1001, 1899).Draw(t, "n")
		added := fmt.Sprintf("%s and %d boats", s, n)
		found := false
		for _, l := range Unsupported("en", added, []string{s}, nil, nil) {
			found = found || l.Kind == LackNumber && strings.Contains(l.Text, fmt.Sprint(n))
		}
		if !found {
			t.Fatalf("%q: the number %d is not named", added, n)
		}
	})
}

func FuzzUnsupported(f *testing.F) {
	f.Add("en", "It [3] paid 4 [", "It paid 4")
	f.Add("ja", "ダムは決壊していない。", "ダム")
	f.Add("fa", "۱۲ نمی‌داند", "]")
	f.Fuzz(func(t *testing.T, lang, statement, span string) {
		Unsupported(lang, statement, []string{span}, []string{statement}, []Bracket{{span, statement}})
	})
}
