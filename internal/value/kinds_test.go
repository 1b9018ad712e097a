package value

import (
	"path/filepath"
	"strings"
	"testing"

	"claimbench/internal/text"
)

// TestKindsOfValues reads one made-up sentence for each kind that was once read wrong: quantities, then dates.
func TestKindsOfValues(t *testing.T) {
	for _, tt := range []struct{ lang, raw, quantities, dates string }{
		{"en", "Support fell between 7–9% in the north.", "7 % ge; 9 % le", ""},
		{"en", "The loss came to Rs 2,40,000 crore.", "2400000000000 INR eq", ""},
		{"en", "The bank wrote off €2.345.678,50.", "2345678.5 EUR eq", ""},
		{"en", "Exports rose by 4.5 percent to $3.1 billion.", "4.5 % eq; 3100000000 USD eq", ""},
		{"en", "It cost EUR 1.5m-2m.", "1500000 EUR ge; 2000000 EUR le", ""},
		{"en", "More than 2.5m (2,500,000) voted.", "2500000 gt; 2500000 eq", ""},
		{"en", "Fewer than 1 in 4 residents agreed.", "25 % lt", ""},
		{"en", "She resigned in 2005 and again in '09.", "", "2005=2005; 2009=2009"},
		{"en", "Wages rose in fiscal year 2021-22.", "", "2021/2022=2021/2022"},
		{"en", "On or about June 4, 2019, Individual 2 left.", "", "2019-06-04=2019-06-04"},
		{"en", "The team won 4 medals in 6 counties.", "4 medals eq; 6 counties eq", ""},
		{"ar", "شارك 3.400 متظاهر.", "3400 people eq", ""},
		{"ar", "عثروا على كميات من الأسلحة.", "", ""},
		{"ar", "الساعة ٤:١٥ م وصل الوفد.", "16.25 hour eq", ""},
		{"fa", "۲۰۰ تن برنج رسید.", "200 t eq", ""},
		{"fa", "بودجه سال مالی ۱۴۰۱ نوشته شد.", "", "1401=2022-03-21/2023-03-20"},
		{"fa", "پیمان در ۵ یونیو ۲۰۱۵ بسته شد.", "", "2015-06-05=2015-06-05"},
		{"ja", "3、4人が負傷した。", "3 people ge; 4 people le", ""},
		{"ja", "会談は5月2～4日に行われた。", "", "--05-02=2024-05-02; --05-04=2024-05-04"},
		{"zh", "民國110年8月9日宣布。", "", "2021-08-09=2021-08-09"},
		{"fr", "La ville a accueilli 3.400 visiteurs.", "3400 people eq", ""},
		{"en", "Some 4\u2067,\u2069000 people came.", "", ""}, // marks of direction inside: nobody knows what it says
		{"en", "The figure is 1٣۴५６.", "", ""},                // digits of five scripts
	} {
		d, s := oneSentence(t, tt.raw, tt.lang)
		scan := NewScan(d, s)
		if got := oneSpace(quantityCells(scan.Quantities())); got != tt.quantities {
			t.Errorf("%s %s\n got quantities %q, want %q", tt.lang, tt.raw, got, tt.quantities)
		}
		if got := dateCells(scan.Dates(Published{2024, 5, 16})); got != tt.dates {
			t.Errorf("%s %s\n got dates %q, want %q", tt.lang, tt.raw, got, tt.dates)
		}
	}
}

// TestKindsInEveryLanguage reads testdata/kinds.tsv: ranges, marks of thousands, scales, numerals in words, dates and
// stretches of days, decades, times of day.
func TestKindsInEveryLanguage(t *testing.T) {
	t.Parallel()
	for n, line := range lines(t, filepath.Join("testdata", "kinds.tsv")) {
		cells := strings.Split(line, "\t")
		if len(cells) != 4 {
			t.Fatalf("line %d has %d cells, want 4: %q", n, len(cells), line)
		}
		d, s := oneSentence(t, cells[1], cells[0])
		scan := NewScan(d, s)
		if got := quantityCells(scan.Quantities()); got != cells[2] {
			t.Errorf("line %d %s\n got quantities %q\nwant            %q", n, cells[1], got, cells[2])
		}
		if got := dateCells(scan.Dates(Published{2024, 11, 10})); got != cells[3] {
			t.Errorf("line %d %s\n got dates %q\nwant       %q", n, cells[1], got, cells[3])
		}
	}
}

func oneSpace(s string) string { return strings.ReplaceAll(s, "  ", " ") }

// TestNeitherHasAReach: نه is no nine where its other half stands near; how far is looked is bounded, for a line may be
// nothing but نه.
func TestNeitherHasAReach(t *testing.T) {
	t.Parallel()
	read := func(raw string) string {
		d, s := oneSentence(t, raw, "fa")
		return quantityCells(NewScan(d, s).Quantities())
	}
	for words, nine := range map[int]bool{1: false, neitherReach - 3: false, neitherReach: true,
		3 * neitherReach: true} {
		got := read("نه وزیر" + strings.Repeat(" گفت", words) + " و نه پلیس.")
		if strings.HasPrefix(got, "9 ") != nine {
			t.Errorf("%d words between: got %q, want nine: %t", words, got, nine)
		}
	}
	d, err := text.NewDoc(strings.Repeat("نه ", 200_000/len("نه ")) + "وزیر ۵ نفر را دید.")
	if err != nil {
		t.Fatal(err)
	}
	s := text.Sentence{N: 1, Span: text.Span{Start: 0, End: d.Len()}, Lang: "fa"}
	if got := quantityCells(NewScan(d, s).Quantities()); !strings.HasSuffix(got, "5 people eq") {
		t.Errorf("the number behind a line of نه is read as %q", got[max(0, len(got)-40):])
	}
}
