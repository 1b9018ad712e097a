package text

import (
	"reflect"
	"slices"
)

// RuleNames lists the rules of the sentence cutter that can be switched off.
func RuleNames() []string {
	t := reflect.TypeFor[rules]()
	names := make([]string, t.NumField())
	for i := range names {
		names[i] = t.Field(i).Name
	}
	return names
}

// SentencesWithout cuts with one rule switched off; "" switches off none.
func SentencesWithout(d *Doc, rule string) []Sentence {
	var off rules
	if rule != "" {
		*reflect.ValueOf(&off).Elem().FieldByName(rule).Addr().Interface().(*bool) = true
	}
	return sentencesWith(d, "auto", off)
}

// FailingCases counts the cases of TestSentences that go wrong with one rule switched off.
func FailingCases(rule string) int {
	failed := 0
	for _, c := range cutCases {
		raw, want := cutCase(c.marked)
		d, err := NewDoc(raw)
		if err != nil {
			panic(err)
		}
		var got []string
		for _, s := range SentencesWithout(d, rule) {
			got = append(got, d.Slice(s.Span))
		}
		if !slices.Equal(got, want) {
			failed++
		}
	}
	return failed
}
