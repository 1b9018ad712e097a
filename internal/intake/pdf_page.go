package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"claimbench/internal/text"
)

// PageOf finds a quotation in a document that was read from pages, and gives the page on which it begins. It compares
// what is left of both when all that a PDF gets wrong is folded: spaces, joiners, forms and marks of letters, brackets
// and quotation marks, lam-alef. A quotation that differs in up to a tenth of its letters is found too; exact says that
// nothing but the folding was needed.
func PageOf(d Document, quotation string) (page int, exact, found bool) {
	want := []rune(foldQuote(quotation))
	if len(want) < 4 || len(want) > quoteMost {
		return 0, false, false
	}
	var all strings.Builder
	var ends []int // of each part, in the folded text
	for _, p := range d.Parts {
		all.WriteString(foldQuote(d.Text[p.Start:p.End]))
		ends = append(ends, all.Len())
	}
	at := strings.Index(all.String(), string(want))
	if exact = at >= 0; !exact {
		at = nearly(all.String(), want)
	}
	for i, end := range ends {
		if at >= 0 && at < end {
			return d.Parts[i].Page, exact, true
		}
	}
	return 0, false, false
}

const (
	quoteMost  = 5000 // letters of a quotation that is looked for
	quoteTries = 200  // places at which a likely beginning is compared
)

// foldQuote is what is compared of words: letters and digits only, and of lam-alef one order.
func foldQuote(s string) string {
	return strings.ReplaceAll(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text.Fold(s)), "لا", "ال")
}

// nearly finds want in all with at most a tenth of its letters changed, and gives where; -1 nowhere. Of so many changes
// one piece of want at least is free, if it is cut into one piece more than that: so only places are compared at which
// a piece stands.
func nearly(all string, want []rune) int {
	most := len(want) / 10
	if most == 0 {
		return -1
	}
	size := len(want) / (most + 1)
	tries, best, least := 0, -1, most+1
	for piece := 0; piece <= most; piece++ {
		from := piece * size
		needle := string(want[from : from+size])
		for start := 0; tries < quoteTries; tries++ {
			i := strings.Index(all[start:], needle)
			if i < 0 {
				break
			}
			if at, n := around(all, start+i, want, from, most); n < least {
				best, least = at, n
			}
			_, n := utf8.DecodeRuneInString(all[start+i:])
			start += i + n
		}
	}
	return best
}

// around compares want with what stands in all around the byte at, where its letter from is; it gives where it begins
// and in how many letters it differs.
func around(all string, at int, want []rune, from, most int) (start, differs int) {
	begin := at
	for range from + most {
		_, n := utf8.DecodeLastRuneInString(all[:begin])
		begin -= n
	}
	window := make([]rune, 0, len(want)+3*most)
	for _, r := range all[begin:] {
		if len(window) == cap(window) {
			break
		}
		window = append(window, r)
	}
	// The distance of want to each stretch of the window (Sellers): row[j] is that to the best one that ends at j.
	row, starts := make([]int, len(window)+1), make([]int, len(window)+1)
	for j := range starts {
		starts[j] = j
	}
	for i := 1; i <= len(want); i++ {
		diagonal, diagonalStart := row[0], starts[0]
		row[0] = i
		for j := 1; j <= len(window); j++ {
			change := diagonal
			if want[i-1] != window[j-1] {
				change++
			}
			best, start := change, diagonalStart
			if row[j-1]+1 < best {
				best, start = row[j-1]+1, starts[j-1]
			}
			if row[j]+1 < best {
				best, start = row[j]+1, starts[j]
			}
			diagonal, diagonalStart, row[j], starts[j] = row[j], starts[j], best, start
		}
	}
	end := 0
	for j, n := range row {
		if n < row[end] {
			end = j
		}
	}
	return begin + len(string(window[:starts[end]])), row[end]
}
