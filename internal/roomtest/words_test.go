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
		fill(v)
		articles.Withhold(row)
		if left := held(v); left != "" {
			t.Errorf("%s: %s is not withheld", v.Type(), left)
		}
	}
}

var text, list = reflect.TypeFor[string](), reflect.TypeFor[store.Strings]()

func fill(v reflect.Value) {
	for i := range v.NumField() {
		f, x := v.Type().Field(i), v.Field(i)
		says := f.Tag.Get("words") != ""
		switch {
		case f.Type == text || f.Type == list:
			if f.Type == text {
				x.SetString("words")
			} else {
				x.Set(reflect.ValueOf(store.Strings{"words"}))
			}
		case f.Type.Kind() == reflect.Struct && f.IsExported() && !says:
			fill(x)
		case f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() == reflect.Struct && x.Len() > 0:
			fill(x.Index(0))
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
