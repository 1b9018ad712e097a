package value

import (
	"fmt"
	"slices"
	"testing"
)

// bidiMarks are the marks of direction that people and programs put around numbers; nobody sees them.
var bidiMarks = []string{"\u200e", "\u200f", "\u061c", "\u202a%s\u202c", "\u202b%s\u202c", "\u2066%s\u2069",
	"\u2067%s\u2069", "\u2068%s\u2069"}

// FuzzMarksAroundNumbers: a numeral between words has the same value with marks of direction around it.
func FuzzMarksAroundNumbers(f *testing.F) {
	for i := range bidiMarks {
		f.Add(uint32(12), uint8(i), uint8(i))
		f.Add(uint32(2_000_000), uint8(i), uint8(3*i+1))
	}
	f.Fuzz(func(t *testing.T, n uint32, mark, pick uint8) {
		numeral := numeralIn(n, pick)
		around := bidiMarks[int(mark)%len(bidiMarks)]
		marked := around + numeral + around
		if len(around) > 4 {
			marked = fmt.Sprintf(around, numeral)
		}
		bare, withMarks := markedValues(t, numeral, pick), markedValues(t, marked, pick)
		if !slices.Equal(bare, withMarks) {
			t.Errorf("%q has %v, %q has %v", numeral, bare, marked, withMarks)
		}
	})
}

// numeralIn writes a number in the digits of a script.
func numeralIn(n uint32, pick uint8) string {
	zero := []rune{'0', '٠', '۰', '０', '०'}[int(pick)%5]
	out := []rune(fmt.Sprint(n))
	for i, r := range out {
		out[i] = r - '0' + zero
	}
	return string(out)
}

func markedValues(t *testing.T, numeral string, pick uint8) (out []float64) {
	t.Helper()
	d, s, ok := fuzzSentence("… "+numeral+" …", pick)
	if !ok {
		t.Fatal("no sentence")
	}
	for _, q := range Quantities(d, s) {
		out = append(out, q.Value)
	}
	return out
}

// FuzzParsePublished: a day that is read is written back as it was given.
func FuzzParsePublished(f *testing.F) {
	for _, s := range []string{"", "2024", "2024-02", "2024-02-29", "2023-02-29", "0000", "2024-13", "٢٠٢٤", "2024-2-1",
		"+024"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParsePublished(s)
		if err != nil || s == "" {
			return
		}
		back := fmt.Sprintf("%04d-%02d-%02d", p.Year, p.Month, p.Day)[:len(s)]
		if back != s {
			t.Errorf("%q is read as %v", s, p)
		}
	})
}
