package intake

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// written are sentences of our own. Persian of the years of windows-1256 has ي and ك.
var written = map[string][]string{
	"en": {"It’s 5 °C – café.",
		"The ministry said on Tuesday that the price of bread — a naïve measure — rose by 12 % " +
			"in a year, to £1.20. “We don’t know why,” a spokeswoman said. The report names no one."},
	"fr": {"Été très français.",
		"Le ministère a déclaré mardi que le prix du pain avait augmenté de 12 % en un an. « Nous ne " +
			"savons pas pourquoi », a ajouté une porte-parole; le rapport n'a pas été publié à ce jour."},
	"fa": {"وزير گفت كه نان گران شد.",
		"سخنگوي وزارت بازرگاني روز سه شنبه گفت كه بهاي نان در يك سال دوازده درصد بالا رفته است. " +
			"او افزود كه گزارش هنوز كامل نيست و نام كسي در آن نيامده است."},
	"ar": {"قال الوزير إن الخبز غال.",
		"قالت المتحدثة باسم وزارة التجارة يوم الثلاثاء إن سعر الخبز ارتفع بنسبة 12 في المئة خلال " +
			"عام واحد. وأضافت أن التقرير لم يكتمل بعد ولم يذكر اسم أحد من المسؤولين."},
	"ja": {"パンは高い。", "経済産業省の報道官は火曜日、パンの価格が一年で12%上がったと述べた。「理由は分からない」とも語った。報告書には" +
		"誰の名前も書かれていない。"},
	"zh": {"面包涨价了。", "商务部发言人星期二表示，面包的价格一年内上涨了百分之十二。她还说，报告尚未完成，其中没有提到任何人的名字。"},
	"ko": {"빵값이 올랐다.", "산업부 대변인은 화요일 빵 가격이 일 년 동안 12% 올랐다고 밝혔다. 보고서에는 누구의 이름도 없다."},
	"ru": {"Хлеб подорожал.",
		"Представитель министерства заявила во вторник, что цена хлеба за год выросла на 12 %. В отчёте " +
			"никто не назван, добавила она."},
}

type way struct {
	name    string
	charset string // as Document.Encoding says
	as      encoding.Encoding
}

var ways = []way{
	{"UTF-8", "utf-8", unicode.UTF8}, {"UTF-8 with a mark", "utf-8", unicode.UTF8BOM},
	{"UTF-16LE with a mark", "utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)},
	{"UTF-16BE with a mark", "utf-16be", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)},
	{"UTF-16LE", "utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
	{"UTF-16BE", "utf-16be", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
	{"windows-1256", "windows-1256", charmap.Windows1256}, {"ISO-8859-6", "iso-8859-6", charmap.ISO8859_6},
	{"Shift_JIS", "shift_jis", japanese.ShiftJIS}, {"EUC-JP", "euc-jp", japanese.EUCJP},
	{"ISO-2022-JP", "iso-2022-jp", japanese.ISO2022JP}, {"windows-1252", "windows-1252", charmap.Windows1252},
	{"GB18030", "gb18030", simplifiedchinese.GB18030}, {"Big5", "big5", traditionalchinese.Big5},
	{"EUC-KR", "euc-kr", korean.EUCKR}, {"windows-1251", "windows-1251", charmap.Windows1251},
	{"KOI8-R", "koi8-r", charmap.KOI8R}, {"ISO-8859-5", "iso-8859-5", charmap.ISO8859_5},
}

// TestEncodings: a text in any charset is read right or asked about, short and long; never are other letters taken in
// for it. What is declared helps, and a declaration that lies does not harm.
func TestEncodings(t *testing.T) {
	t.Parallel()
	right, asked := 0, 0
	for _, w := range ways {
		for code, texts := range written {
			for i, s := range append(texts, strings.Repeat(texts[1]+"\r\n\r\n", 30)) {
				raw, err := w.as.NewEncoder().String(s)
				if err != nil {
					continue // its letters are not in the charset
				}
				name := fmt.Sprintf("%s in %s, %d", code, w.name, i)
				for _, f := range []File{{Name: "a.txt"}, {Name: "a.txt", Media: "text/plain; charset=" + w.charset},
					{Name: "a.txt", Media: "text/plain; charset=windows-1256"},
					{Name: "a.txt", Media: "text/plain; charset=iso-8859-1"},
					{Name: "a.txt", Media: "text/plain; charset=utf-8"}} {
					f.Body = strings.NewReader(raw)
					d, err := Read(f)
					u := new(Unsure)
					switch {
					case err == nil && strings.TrimPrefix(d.Text, "\ufeff") == s:
						right++
						if d.Encoding != w.charset && raw != s && !same(w.as, d.Encoding, s) {
							t.Errorf("%s %q: right, but it says %s", name, f.Media, d.Encoding)
						}
					case err == nil:
						t.Errorf("%s %q: read as %s: %.60q", name, f.Media, d.Encoding, d.Text)
					case errors.As(err, &u):
						asked++
						if !slices.ContainsFunc(u.Previews, func(p Preview) bool {
							return strings.HasPrefix(s, strings.TrimSpace(p.Text)) &&
								utf8.RuneCountInString(p.Text) <= 300
						}) && w.charset != "iso-8859-5" {
							t.Errorf("%s: asked without the right answer: %+v", name, u.Previews)
						}
					default:
						t.Errorf("%s %q: %v", name, f.Media, err)
					}
				}
			}
		}
	}
	t.Logf("%d right, %d asked", right, asked)
}

// TestEncodingsTold: what can be told is not asked.
func TestEncodingsTold(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ charset, langs string }{
		{"UTF-16LE", "en fr fa ar ja ru"}, {"UTF-16BE", "en fr fa ar ja ru"}, {"windows-1256", "fa ar"},
		{"ISO-8859-6", "ar"}, {"Shift_JIS", "ja"}, {"EUC-JP", "ja"}, {"ISO-2022-JP", "ja"},
		{"UTF-8", "en fr fa ar ja zh ko ru"}, {"UTF-16LE with a mark", "zh ko"},
	} {
		for code := range strings.FieldsSeq(c.langs) {
			w := ways[slices.IndexFunc(ways, func(w way) bool { return w.name == c.charset })]
			s := written[code][1]
			raw, err := w.as.NewEncoder().String(s)
			if err != nil {
				t.Fatal(c, code, err)
			}
			d, err := Read(File{Name: "a.txt", Body: strings.NewReader(raw)})
			if err != nil || d.Text != s || d.Encoding != w.charset {
				t.Errorf("%s in %s: %.40q as %s, %v", code, c.charset, d.Text, d.Encoding, err)
			}
		}
	}
}

// same says that a charset has the very bytes for s that another has.
func same(as encoding.Encoding, charset, s string) bool {
	raw, _ := as.NewEncoder().String(s)
	got, wrong := decodeAs([]byte(raw), charset)
	return wrong == 0 && got == s
}

// TestEncodingChosen: what a person chose is taken, and what they chose wrongly is said with the previews again.
func TestEncodingChosen(t *testing.T) {
	t.Parallel()
	s := written["fr"][1]
	raw, err := charmap.Windows1252.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	d, err := Read(File{Name: "a.txt", Charset: "Windows-1252", Body: strings.NewReader(raw)})
	if err != nil || d.Text != s || d.Encoding != "windows-1252" {
		t.Errorf("%q, %v", d.Text, err)
	}
	for _, c := range []string{"shift_jis", "klingon", "replacement"} {
		if d, err := Read(File{Name: "a.txt", Charset: c, Body: strings.NewReader(raw)}); err == nil {
			t.Errorf("%s took in %.40q", c, d.Text)
		}
	}
	u := new(Unsure)
	if _, err := Read(File{Name: "a.txt", Charset: "shift_jis", Body: strings.NewReader(raw)}); !errors.As(err, &u) {
		t.Errorf("no previews: %v", err)
	}
}

// TestASCIIIsNoKana: lines of zeros and spaces, whose bytes two by two are kana of UTF-16, stay what they are.
func TestASCIIIsNoKana(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"00:00:01,000 a 00:00:02,000\na \n", "0A0B0C0D0E0F0G0H\n\n", " a b c d e f\n\n"} {
		in := strings.Repeat(line, 40)
		if d, err := Read(File{Name: "a.txt", Body: strings.NewReader(in)}); err != nil || d.Text != in {
			t.Errorf("%q: %.60q in %s, %v", line, d.Text, d.Encoding, err)
		}
	}
}
