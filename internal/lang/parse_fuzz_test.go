package lang

import (
	"strings"
	"testing"
)

// FuzzParse: a table of words gives rows of three cells whose forms are parts of its lines, whatever stands in it.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "kind\targ\ta|b\n", "# kind\targ\ta\n", "a\tb\n", "a\tb\tc\td\n",
		"a\t\t|||\r\n", "\t\t\n",
		"a\tb\tx|\u200c|y", "\xff\t\xfe\t|"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, table string) {
		for _, r := range parse(table) {
			cells := []string{r.Kind, r.Arg}
			for _, form := range r.Forms {
				if form == "" || strings.ContainsAny(form, "|\n") {
					t.Errorf("%q gives the form %q", table, form)
				}
				cells = append(cells, form)
			}
			for _, c := range cells {
				if strings.Contains(c, "\t") || !strings.Contains(table, c) {
					t.Errorf("%q gives the cell %q", table, c)
				}
			}
		}
	})
}
