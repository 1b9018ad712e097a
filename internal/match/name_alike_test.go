package match

import "testing"

// TestNamedIn: a name is found in words of another script by its sound or as the place it is, another name is not.
func TestNamedIn(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text, name string
		want       bool
	}{
		{"دولت آنگلا مرکل استعفا داد.", "Angela Merkel", true},
		{"دولت آنگلا مرکل استعفا داد.", "Merkel", true},
		{"دولت آنگلا مرکل استعفا داد.", "Angela Miller", false},
		{"دولت آنگلا مرکل استعفا داد.", "Emmanuel Macron", false},
		{"قال الرئيس إيمانويل ماكرون إن المحادثات فشلت.", "Emmanuel Macron", true},
		{"قال الرئيس إيمانويل ماكرون إن المحادثات فشلت.", "Donald Trump", false},
		{"マクロン大統領はモスクワを訪れた。", "Macron", true},
		{"マクロン大統領はモスクワを訪れた。", "Moscow", true},
		{"マクロン大統領はモスクワを訪れた。", "Merkel", false},
		{"هیئت به آلمان رفت.", "Germany", true},
		{"هیئت به آلمان رفت.", "France", false},
		{"Путин прибыл в Москву.", "Putin", true},
		{"Путин прибыл в Москву.", "Lavrov", false},
		{"Angela Merkel resigned.", "Merkel", false}, // one script: looked for as written
		{"", "Merkel", false},
	} {
		if got := NamedIn(tt.text)(tt.name); got != tt.want {
			t.Errorf("%q stands in %q: %v, want %v", tt.name, tt.text, got, tt.want)
		}
	}
}
