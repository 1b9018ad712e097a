package text

import "reflect"

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
