package match

import (
	"slices"
	"strings"
	"testing"
	"unicode"
)

// TestKeywordsNameTheirConcept: each concept is named by a form that the lexicon finds it by.
func TestKeywordsNameTheirConcept(t *testing.T) {
	t.Parallel()
	lex, names := Builtin(), builtinRows()
	if len(names) != len(lex.concepts) {
		t.Fatalf("%d concepts have names, and there are %d", len(names), len(lex.concepts))
	}
	wrong := 0
	for id, forms := range names {
		word := forms.name(0)
		if word == "" || strings.ContainsAny(word, " -.’'") || isCapitals(word) {
			continue // a phrase, or an abbreviation
		}
		if w := lex.newWord(word, scriptLatin); !slices.Contains(w.concepts, conceptID(id)) {
			wrong++
		}
	}
	if wrong > len(names)/50 {
		t.Errorf("%d of %d concepts are not found by their own name", wrong, len(names))
	}
}

func TestKeywords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		statement, in string
		want, not     []string
	}{
		{"دادگاه عالی سه مقام ایران را در سال ۲۰۱۷ محکوم کرد.", "en", []string{"Iran", "2017"}, []string{"دادگاه"}},
		{"ウィキリークスは2,000通以上のメールを公開した。ロシア政府", "en", []string{"2,000", "Russia"}, []string{"公開"}},
		// 公開 is publishing, the public, disclosing: no one of them may be chosen.
		{"2,000通以上のメールを公開した", "en", []string{"2,000", "email"}, []string{"public", "publish", "reveal"}},
		{"نشر وثائق داخلية بينها آلاف رسائل حزب في فرنسا", "en", []string{"France"}, []string{"فرنسا"}},
		{"وقع ماكرون ضحية هجمة", "en", []string{"victim"}, []string{"cunning"}},
		{"The court of Iran fined APT31 twice in 2017.", "fa", []string{"ایران", "2017", "APT31"}, []string{"court"}},
		{"في 25 مارس، أصدر المسؤولون", "en", []string{"25 March"}, []string{"مارس"}},
		{"7月15日、ニューヨーク", "fa", []string{"15 ژوئیه"}, []string{"月"}},
		{"on 25 March 2024", "ja", []string{"3月25日", "2024"}, []string{"March"}},
		{"در ماه مه", "ar", []string{"مايو"}, []string{"مه"}},
		// A word that stands behind the first of its cell is not named by what the row is about.
		{"انتشار کامل پرونده در ایران", "en", []string{"Iran"}, []string{"fulfil", "entirely true"}},
		{"کوه بلند ایران", "en", []string{"Iran"}, []string{"height", "length", "loud"}},
		{"هناك تقدم كامل في فرنسا", "en", []string{"France"}, []string{"fulfil", "entirely true"}},
		{"フランスで作業が完了した", "en", []string{"France"}, []string{"fulfill"}},
		{"ファイル共有サイト", "en", nil, []string{"torrent"}},
		{"اشتراک فایل در فرانسه", "en", []string{"France"}, []string{"torrent"}},
		{"مشاركة الملفات في فرنسا", "en", []string{"France"}, []string{"torrent"}},
		{"The file sharing site of France", "fa", []string{"فرانسه"}, []string{"تورنت"}},
		{"The complete report of France", "fa", []string{"فرانسه", "کامل"}, []string{"تکمیل", "complete"}},
		{"قربانی یک هک وسیع", "en", []string{"victim", "hack", "wide"}, []string{"sacrifice", "spacious"}},
		{"عضو البرلمان الأوروبي", "en", []string{"european parliament"}, []string{"organ"}},
		{"The report was published in France", "fa", []string{"انتشار"}, []string{"ناشر"}},
		// Other words of one stem lead their row as the first does.
		{"رسائل الحزب في فرنسا", "en", []string{"letter", "party"}, nil},
		// The languages of a column are those of its file's header: Russian is no Arabic.
		{"The higher mountain", "ar", nil, []string{"высокий"}},
		{"Президент Франции", "ar", []string{"فرنسا"}, []string{"президент"}},
		{"Президент Франции", "en", []string{"president", "France"}, nil},
		{"The court fined them.", "xx", nil, nil},
		{"", "en", nil, nil},
	} {
		got := Keywords(c.statement, c.in)
		line := strings.Join(got, " · ")
		for _, want := range c.want {
			if !slices.Contains(got, want) {
				t.Errorf("%s in %s is %s, without %s", c.statement, c.in, line, want)
			}
		}
		for _, not := range c.not {
			if strings.Contains(line, not) {
				t.Errorf("%s in %s is %s, with %s", c.statement, c.in, line, not)
			}
		}
		if again := Keywords(c.statement, c.in); !slices.Equal(got, again) {
			t.Errorf("%s changes: %v, %v", c.statement, got, again)
		}
	}
	if long := Keywords(strings.Repeat("Iran Russia France Japan China India Egypt Syria Libya Chad Peru Chile Cuba "+
		"Spain Italy Greece ", 50), "ja"); len(long) != mostKeywords {
		t.Errorf("a long statement has %d key words", len(long))
	}
}

// TestKeywordsAreFair: a word is named by what it says, where its row is wider than the word, begins with a form that
// only tells senses apart, or has first forms that say different things.
func TestKeywordsAreFair(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		statement, in string
		want, not     []string
	}{
		{"الاستقرار في ليبيا", "en", []string{"stability", "Libya"}, []string{"power vacuum"}},
		{"ثبات در لیبی", "en", []string{"stability"}, []string{"power vacuum"}},
		{"リビアの安定", "en", []string{"stability"}, []string{"power vacuum"}},
		{"The stability of Libya", "fa", []string{"ثبات", "لیبی"}, nil},
		{"The power vacuum in Libya", "ar", []string{"ليبيا"}, []string{"استقرار"}},
		{"زار الرئيس التونسي ليبيا", "en", []string{"president", "Libya"}, []string{"chairman", "boss"}},
		{"قالت الرئيسة في ليبيا", "en", []string{"president"}, []string{"chairman"}},
		{"رئيس مجلس الإدارة في ليبيا", "en", []string{"chairman"}, []string{"president"}},
		{"الوقت في ليبيا", "en", []string{"Libya"}, []string{"moment"}},
		{"بازمانده زلزله ایران", "en", []string{"survivor", "earthquake"}, []string{"victim of event"}},
		{"کلاهبرداری در ایران", "en", []string{"scam"}, []string{"scheme"}},
		{"ضعیف در ایران", "en", []string{"weak"}, []string{"weak thing"}},
		{"リビアの卓球", "en", []string{"ping pong"}, []string{"badminton"}},
		{"酔っ払いのイラン人", "en", nil, []string{"sober"}},
		{"A sober man in Iran", "ar", []string{"إيران"}, []string{"سكران"}},
		{"A sober man in Iran", "ja", nil, []string{"酔"}},
		{"リビアで体温は", "en", []string{"Libya"}, []string{"pulse"}},
		{"أصوات باطلة في ليبيا", "en", []string{"invalid votes"}, []string{"valid votes|"}},
		{"العام السابق في ليبيا", "en", []string{"previous year"}, []string{"following"}},
		{"首相は", "en", []string{"prime minister"}, nil},
		{"نخست‌وزیر ایران", "en", []string{"prime minister"}, nil},
		// A name that the lexicon does not know has no key word, and neither have parts of it.
		{"司会者のジェイク・タッパー氏", "en", nil, []string{"jay", "Jay", "quake", "take"}},
	} {
		got := Keywords(c.statement, c.in)
		line := strings.Join(got, " · ")
		for _, want := range c.want {
			if !slices.Contains(got, want) {
				t.Errorf("%s in %s is %s, without %s", c.statement, c.in, line, want)
			}
		}
		for _, not := range c.not {
			if strings.Contains(line, not) {
				t.Errorf("%s in %s is %s, with %s", c.statement, c.in, line, not)
			}
		}
	}
}

// TestHeadsAreOfRows: each line of the table of heads is of a row that there is, and a wrong line is refused.
func TestHeadsAreOfRows(t *testing.T) {
	t.Parallel()
	heads, err := readHeads(headRows)
	if err != nil || len(heads) < 100 {
		t.Fatalf("%d heads, %v", len(heads), err)
	}
	for _, r := range builtinRows() {
		delete(heads, [2]string{firstForm(r.in[english]), firstForm(r.in[arabic])})
	}
	for of := range heads {
		t.Errorf("no row of the lexicon begins with %s and %s", of[0], of[1])
	}
	for _, bad := range []string{"a\tb\tc\n", "a\tb\tc\txx\n"} {
		if _, err := readHeads(bad); err == nil || !strings.Contains(err.Error(), "line 1") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func BenchmarkKeywords(b *testing.B) {
	Builtin()
	builtinRows()
	for b.Loop() {
		Keywords("ウィキリークスは本日、クリントン陣営のジョン・ポデスタ選対委員長に関連する2,000通以上のメールを新たに公開しました", "en")
	}
}

// TestKeywordsAreOfTheirLanguage: no row names its concept in letters of another language.
func TestKeywordsAreOfTheirLanguage(t *testing.T) {
	t.Parallel()
	others := []*unicode.RangeTable{unicode.Cyrillic, unicode.Hebrew, unicode.Greek, unicode.Devanagari, unicode.Hangul}
	of := [][]*unicode.RangeTable{
		{unicode.Arabic, unicode.Han, unicode.Hiragana}, {unicode.Han, unicode.Hiragana},
		{unicode.Han, unicode.Hiragana}, {unicode.Arabic},
	}
	for _, r := range builtinRows() {
		for column, foreign := range of {
			for _, letter := range r.name(column) {
				if unicode.In(letter, others...) || unicode.In(letter, foreign...) {
					t.Errorf("%s is no word of %s", r.name(column), KeywordLangs[column])
					break
				}
			}
		}
	}
}
