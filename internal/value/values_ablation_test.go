package value

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestEveryFamilyOfWordsEarnsItsPlace takes one family of words away at a time and wants the made-up sentences of
// three languages to be read worse without it. Run it with -v for the table of docs/text/values.md.
func TestEveryFamilyOfWordsEarnsItsPlace(t *testing.T) {
	families := []struct {
		name   string
		senses sense
	}{
		{"spelled numerals", senseNum | senseHundred | senseTeenUnit | senseTeen | senseDual},
		{"scales (thousand, میلیون, ملايين)", senseScale},
		{"vague amounts (dozens, صدها, آلاف)", senseVague | senseSome},
		{"fractions", senseFrac},
		{"ordinals", senseOrd},
		{"Arabic duals of units", senseDualUnit},
		{"qualifiers", sensePre | sensePost},
		{"units and things counted", senseUnit},
		{"ranges (to, تا, و after between)", senseTo | senseBetween},
		{"clock words", senseClock | senseMorning | senseEvening | senseNoon},
		{"labels (Article, ماده, القرار)", senseLabel},
		{"months", senseMonth},
		{"weekdays", senseWeekday},
		{"year heads (سال, عام)", senseYear},
		{"last, this, next", senseDeixis},
		{"today, yesterday, امسال", senseRel},
		{"ago, پیش, قبل", senseAgo | senseSince},
		{"decades and centuries", senseDecade | senseDecadeNum | senseCentury},
	}
	allQ, allD := ablated(t, 0)
	t.Logf("%-40s %6.1f %6.1f", "everything", allQ, allD)
	for _, f := range families {
		q, d := ablated(t, f.senses)
		t.Logf("%-40s %+6.1f %+6.1f", f.name, q-allQ, d-allD)
		if q >= allQ && d >= allD {
			t.Errorf("without %s nothing is read worse", f.name)
		}
	}
}

// ablated gives the F1 of quantities (value, unit and qualifier) and of dates, in percent, without words of the senses.
func ablated(t *testing.T, off sense) (quantities, dates float64) {
	t.Helper()
	var q, d tally
	for _, lang := range []string{"en", "fa", "ar"} {
		for _, line := range lines(t, filepath.Join("testdata", "values", lang+".tsv")) {
			cells := strings.Split(line, "\t")
			doc, s := oneSentence(t, cells[0], lang)
			scan := NewScan(doc, s)
			for i := range scan.tokens {
				scan.tokens[i].word = without(scan.tokens[i].word, off)
				scan.tokens[i].phrase = without(scan.tokens[i].phrase, off)
			}
			q.compare(cells[1], quantityCells(scan.Quantities()))
			d.compare(cells[2], dateCells(scan.Dates(Published{2024, 5, 16})))
		}
	}
	return q.f1(), d.f1()
}

func without(w *lex, off sense) *lex {
	if w == nil || w.senses&off == 0 {
		return w
	}
	less := *w
	less.senses &^= off
	if less.senses == 0 {
		return nil
	}
	return &less
}

type tally struct{ right, want, got int }

func (c *tally) compare(want, got string) {
	left := map[string]int{}
	for _, x := range strings.Split(want, "; ") {
		if x != "" {
			left[x]++
			c.want++
		}
	}
	for _, x := range strings.Split(got, "; ") {
		if x != "" {
			c.got++
			if left[x] > 0 {
				left[x]--
				c.right++
			}
		}
	}
}

func (c *tally) f1() float64 { return 200 * float64(c.right) / float64(c.want+c.got) }
