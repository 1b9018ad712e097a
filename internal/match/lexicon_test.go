package match

import (
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding/japanese"
)

func TestReadRowsRefuses(t *testing.T) {
	head := lexiconHeader + "\n"
	for name, c := range map[string]struct{ in, want string }{
		"too few":   {head + "# note\npolitics\telection\tانتخابات\tانتخابات\n", "f.tsv line 3"},
		"too many":  {head + "politics\ta\tb\tc\td\te\n", "f.tsv line 2"},
		"spaces":    {head + "politics a b c d\n", "f.tsv line 2"},
		"no header": {"politics\ta\tb\tc\td\n", "f.tsv line 1"},
		"empty":     {"", "f.tsv"},
		"one form":  {head + "politics\telection\t\t\t\n", "f.tsv line 2"},
		"not UTF-8": {head + "politics\ta\xff\tb\tc\td\n", "f.tsv line 2"},
	} {
		if _, err := readRows("f.tsv", strings.NewReader(c.in)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one that names %s", name, err, c.want)
		}
	}
	rows, err := readRows("f.tsv", strings.NewReader(head+"# note\n\npolitics\telection|poll\t\tانتخابات\t選挙\r\n"))
	if err != nil || len(rows) != 1 || strings.Join(rows[0].forms, " ") != "election poll انتخابات 選挙" {
		t.Errorf("rows %+v, error %v", rows, err)
	}
}

func TestBuiltinIsSound(t *testing.T) {
	lex, err := buildBuiltin()
	if err != nil {
		t.Fatal(err)
	}
	if n := len(lex.concepts); n < 5000 {
		t.Errorf("%d concepts, want those of CLDR and our own", n)
	}
	if _, err := parseTranslit(translitTSV); err != nil {
		t.Error(err)
	}
	if _, err := parseTranslit("script\tletters\tsounds\nlatin\ta\n"); err == nil || !strings.Contains(err.Error(),
		"line 2") {
		t.Errorf("a row of two columns: %v", err)
	}
}

// joined says whether two words are one concept.
func joined(a, b string) bool {
	ix := NewIndex(Builtin())
	if ix.Add(Item{ID: "b", Text: b}) != nil {
		return false
	}
	hits := ix.Query(Item{ID: "q", Text: a}, 1)
	return len(hits) == 1
}

func TestWordsThatMeet(t *testing.T) {
	for _, c := range []struct {
		a, b string
		meet bool
	}{
		{"ماکرون", "Macron", true}, {"ماكرون", "マクロン", true}, {"مکرون", "ماكرون", true},
		{"Clinton", "クリントン", true}, {"كلينتون", "クリントン", true}, {"کلینتون", "Clinton's", true},
		{"Sanders", "サンダース", true}, {"Putin", "プーチン", true}, {"Путин", "Putin", true},
		{"بماكرون", "Macron", true}, {"انتخاباتها", "elections", true}, {"الانتخابات", "選挙", true},
		{"انتخابات‌ها", "election", true}, {"۹", "٩", true}, {"1,000", "۱٬۰۰۰", true}, {"3万5000", "35,000", true},
		{"1億2,500万", "125m", true}, {"5 million", "٥ ملايين", true}, {"5 مايو", "5月5日", true}, {"July", "7 مه", false},
		{"fifty-eight percent", "58%", true}, {"60 percent", "60 years", true}, {"US", "us", false},
		{"米国", "U.S.", true},
		{"フランス", "French", true}, {"Macron", "Clinton", false}, {"選挙", "budget", false},
	} {
		if got := joined(c.a, c.b); got != c.meet {
			t.Errorf("%s and %s meet: %v, want %v", c.a, c.b, got, c.meet)
		}
	}
}

func TestImportDictionary(t *testing.T) {
	edict, err := japanese.EUCJP.NewEncoder().Bytes(
		[]byte("？？？？ /EDICT/\n珍語 [ちんご] /(n) (1) zyxword/(P)/EntL123X/\nザルガン /(n) zargan (thing)/\n"))
	if err != nil {
		t.Fatal(err)
	}
	body := "zalmun\nقنطور; خلدون\n"
	in := fstest.MapFS{
		"edict": {Data: edict}, "ara.dict": {Data: []byte(body)},
		"ara.index": {Data: []byte("zalmun\tA\t" + dictdNumber(len(body)) + "\n")},
		"own.tsv":   {Data: []byte("topic\ten\tde\nx\tzebrafink\tZebrafinkwort\n")},
		"plain.txt": {Data: []byte("hello\n")},
		"README.md": {Data: []byte("A page of prose.\nSee docs/a.md and /collections/1/articles/\nOr ask.\n")},
		"bad.index": {Data: []byte("x\ty\n")}, "bad.dict": {},
		"ara2.index": {Data: []byte("x\tA\tB\n")}, "ara2.dict": {}, "bad.tsv": {Data: []byte("topic\ten\tde\nx\ty\n")},
	}
	for _, c := range []struct {
		file string
		rows int
		a, b string
	}{
		{"edict", 2, "珍語", "zyxword"},
		{"ara.index", 1, "zalmun", "قنطور"},
		{"own.tsv", 1, "zebrafink", "Zebrafinkwort"},
	} {
		tsv, n, err := ImportDictionary(in, c.file)
		if err != nil || n != c.rows {
			t.Errorf("%s: %d rows, error %v, want %d", c.file, n, err, c.rows)
			continue
		}
		lex, err := LoadLexicon(fstest.MapFS{"x.tsv": {Data: tsv}})
		if err != nil {
			t.Fatalf("%s: %v", c.file, err)
		}
		ix := NewIndex(lex)
		if err := ix.Add(Item{ID: "b", Text: c.b}); err != nil {
			t.Fatal(err)
		}
		if hits := ix.Query(Item{ID: "q", Text: c.a}, 1); len(hits) != 1 {
			t.Errorf("%s: %s does not find %s", c.file, c.a, c.b)
		}
	}
	for _, name := range []string{
		"missing", "ara.dict", "plain.txt", "README.md", "bad.index", "ara2.index", "bad.tsv",
	} {
		if _, _, err := ImportDictionary(in, name); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if lex, err := LoadLexicon(fstest.MapFS{}); err != nil || lex != Builtin() {
		t.Errorf("an empty folder: %v", err)
	}
	if _, err := LoadLexicon(in); err == nil || !strings.Contains(err.Error(), "bad.tsv line 2") {
		t.Errorf("a broken file in the folder: %v", err)
	}
}

func dictdNumber(n int) string {
	const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	s := ""
	for ; n > 0; n >>= 6 {
		s = string(digits[n&63]) + s
	}
	return s
}

func BenchmarkBuiltin(b *testing.B) {
	for b.Loop() {
		if _, err := buildBuiltin(); err != nil {
			b.Fatal(err)
		}
	}
}
