package claims

import (
	"testing"

	"claimbench/internal/text"
)

// TestUnsupportedNamesAcrossScripts: a name in Latin letters is held by the same name in the letters of the article,
// and another one is not.
func TestUnsupportedNamesAcrossScripts(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		lang, raw, statement string
		lacks                int
	}{
		{"fa", "آنگلا مرکل روز دوشنبه استعفا داد.", "Angela Merkel روز دوشنبه استعفا داد", 0},
		{"fa", "آنگلا مرکل روز دوشنبه استعفا داد.", "Emmanuel Macron روز دوشنبه استعفا داد", 1},
		{"ar", "زار إيمانويل ماكرون القاهرة.", "زار Emmanuel Macron القاهرة", 0},
		{"ar", "زار إيمانويل ماكرون القاهرة.", "زار Donald Trump القاهرة", 1},
	} {
		doc, err := text.NewDoc(tt.raw)
		if err != nil {
			t.Fatal(err)
		}
		c := Claim{Statement: tt.statement}
		c.Lang, c.Span, c.Exact = tt.lang, text.Span{Start: 0, End: doc.Len()}, tt.raw
		got := Unsupported(c, nil, func(s text.Span) string {
			return doc.Slice(text.Span{Start: s.Start, End: min(s.End, doc.Len())})
		})
		if len(got) != tt.lacks {
			t.Errorf("%s\n lacks %v, want %d", tt.statement, got, tt.lacks)
		}
	}
}
