package articles

import (
	"reflect"
	"strings"
)

// Withhold takes the words of an article out of a row, which v points to: every field that carries the tag
// words:"article", in embedded structs and in lists of structs too. A list becomes empty, a text "". What a field holds
// is said where it is declared, so that no list of fields must be kept; a test in roomtest walks the rows and refuses
// a field that does not say it. A field with words:"other" holds words of another article and is left alone.
func Withhold(v any) { withhold(reflect.ValueOf(v).Elem()) }

func withhold(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			switch field := v.Type().Field(i); field.Tag.Get("words") {
			case "article":
				v.Field(i).SetZero()
				if v.Field(i).Kind() == reflect.Slice {
					v.Field(i).Set(reflect.MakeSlice(field.Type, 0, 0))
				}
			case "":
				if field.IsExported() {
					withhold(v.Field(i))
				}
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			withhold(v.Index(i))
		}
	}
}

// WordColumns names the columns of rows, structs of this program's tables, whose fields carry the tag words:"article":
// what Withhold takes out of a row is taken out of an event under the same names.
func WordColumns(rows ...any) map[string]bool {
	out := map[string]bool{}
	for _, row := range rows {
		wordColumns(reflect.TypeOf(row), out)
	}
	return out
}

func wordColumns(t reflect.Type, out map[string]bool) {
	for i := range t.NumField() {
		field := t.Field(i)
		if field.Tag.Get("words") == "article" {
			for part := range strings.SplitSeq(field.Tag.Get("gorm"), ";") {
				if name, ok := strings.CutPrefix(part, "column:"); ok {
					out[name] = true
				}
			}
		} else if field.Type.Kind() == reflect.Struct {
			wordColumns(field.Type, out)
		}
	}
}
