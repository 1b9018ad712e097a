package roomtest_test

import (
	"reflect"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
	"claimbench/internal/store"
)

// Every free text of a row that can hold words of an article says whose words they are, so that a new field cannot be
// forgotten when an article is taken down; and Withhold leaves none of the article's.
func TestRowsSayWhoseWordsTheyHold(t *testing.T) {
	t.Parallel()
	for _, row := range []any{&claims.Claim{Glosses: make([]claims.Gloss, 1)}, &claims.Wording{}, &claims.Gloss{},
		&claims.Comment{}, &evidence.Item{}, &claimset.Entry{Glosses: make([]claimset.EntryGloss, 1)},
		&claimset.EntryEvidence{}} {
		v := reflect.ValueOf(row).Elem()
		fill(t, v)
		articles.Withhold(row)
		if left := held(v); left != "" {
			t.Errorf("%s: %s is not withheld", v.Type(), left)
		}
	}
}

var text, list = reflect.TypeFor[string](), reflect.TypeFor[store.Strings]()

// facts are the fields of exported sets that are neither an article's words nor free text of ours to be judged here.
var facts = map[string]bool{"Explanation": true, "Origin": true, "URL": true, "ArchivedURL": true, "ReadOn": true,
	"Note": true, "Lang": true, "Dir": true, "ConfirmedBy": true, "Title": true, "Source": true, "Reliability": true,
	"Byline": true, "Published": true, "SHA256": true, "How": true, "Adjudicator": true, "Approver": true,
	"DecidedAt": true, "ApprovedAt": true, "Rationale": true}

func fill(t *testing.T, v reflect.Value) {
	for i := range v.NumField() {
		f, x := v.Type().Field(i), v.Field(i)
		says := f.Tag.Get("words") != ""
		switch {
		case f.Type == text || f.Type == list:
			if !says && !facts[f.Name] {
				t.Errorf("%s.%s does not say whose words it holds: words:\"article\", \"other\" or \"own\"", v.Type(),
					f.Name)
			}
			if f.Type == text {
				x.SetString("words")
			} else {
				x.Set(reflect.ValueOf(store.Strings{"words"}))
			}
		case f.Type.Kind() == reflect.Struct && f.IsExported() && !says:
			fill(t, x)
		case f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() == reflect.Struct && x.Len() > 0:
			fill(t, x.Index(0))
		}
	}
}

// held names a field that still holds an article's words.
func held(v reflect.Value) string {
	for i := range v.NumField() {
		f, x := v.Type().Field(i), v.Field(i)
		switch {
		case f.Tag.Get("words") == "article":
			if x.Kind() == reflect.String && x.String() != "" || x.Kind() == reflect.Slice && x.Len() > 0 {
				return f.Name
			}
		case f.Tag.Get("words") != "":
		case f.Type.Kind() == reflect.Struct && f.IsExported():
			if left := held(x); left != "" {
				return left
			}
		case f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() == reflect.Struct && x.Len() > 0:
			if left := held(x.Index(0)); left != "" {
				return left
			}
		}
	}
	return ""
}
