package match

import (
	"fmt"
	"strings"
	"testing"
)

// longLines are texts without a line's end, by what they repeat.
var longLines = []struct{ name, part string }{
	{"prose", "The minister of %d said that the talks in Moscow had not failed, Anna Lindholm wrote on 3 May 2019. "},
	{"arabic", "قال وزير الخارجية إن %d من المتظاهرين لم يصابوا في القاهرة يوم 5 مايو 2019، "},
	{"japanese", "外相は5月%d日、ロシアとの交渉は失敗していないと述べた。"},
	{"names", "Anna Lindholm%d met Maria Lindholm. "},
	{"numbers", "%d people, "},
}

func longLine(part string, bytes int) string {
	var b strings.Builder
	for i := 0; b.Len() < bytes; i++ {
		fmt.Fprintf(&b, part, i)
	}
	return b.String()
}

// BenchmarkLongLine doubles one line: the time of each has to double too.
func BenchmarkLongLine(b *testing.B) {
	for _, l := range longLines {
		for _, kb := range []int{16, 32, 64} {
			b.Run(fmt.Sprintf("%s/%dkB", l.name, kb), func(b *testing.B) {
				s := longLine(l.part, kb<<10)
				for b.Loop() {
					ix := NewIndex(Builtin())
					if err := ix.Add(Item{ID: "a", Doc: "1", Text: s}, Item{ID: "b", Doc: "2", Text: s}); err != nil {
						b.Fatal(err)
					}
					ix.Query(Item{ID: "a", Doc: "1", Text: s}, 5)
				}
			})
		}
	}
}
