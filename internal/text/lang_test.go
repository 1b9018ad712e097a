package text

import (
	"strings"
	"testing"
)

func TestDetect(t *testing.T) {
	for _, c := range []struct{ s, want string }{
		{"", "und"}, {"12 + 34 … !", "und"},
		{"وزارت خارجه روز دوشنبه گفت", "fa"}, {"در اين باره گفت كه", "fa"}, // typed with Arabic letters
		{"قالت الوزارة يوم الاثنين", "ar"}, {"من المقرر عقد جلسات", "ar"},
		{"وزیر اعظم نے کہا ہے کہ یہ معاہدہ", "ur"},
		{"سەرۆکی هەرێم ڕایگەیاند کە ئەم بڕیارە", "ckb"},
		{"外務省は月曜日に発表した", "ja"}, {"安倍総理辞任", "ja"}, {"这是一个关于选举的报道，他们说", "zh"}, {"這是關於選舉的報道", "zh"},
		{"외교부는 월요일에 발표했다", "ko"}, {"משרד החוץ הודיע ביום שני", "he"},
		{"The ministry said on Monday", "en"}, {"Vision", "en"},
		{"Le ministère a annoncé lundi que les négociations sont suspendues", "fr"},
		{"Das Ministerium teilte am Montag mit, dass die Verhandlungen nicht weitergehen", "de"},
		{"El ministerio anunció el lunes que las negociaciones están suspendidas", "es"},
		{"Министерство сообщило в понедельник о переговорах", "ru"},
		{"Waziri alisema kwamba watu kumi na wawili walijeruhiwa katika ajali hiyo mwaka huu.", "sw"},
		{"Serikali ya nchi hiyo imesema kuwa shule zote zitafunguliwa baada ya uchaguzi mkuu.", "sw"},
		{"Belediye başkanı okulların yarın açılacağını söyledi.", "tr"}, {"大阪府知事選挙開票速報", "ja"},
		{"Nazir bildirib ki, məktəblər sabah açılacaq.", "az"},
		{"Wuxuu sheegay in dadka ku dhaqan magaalada ay heleen biyo nadiif ah iyo cunto ku filan maanta.", "so"},
		{"به گزارش Washington Post و CNN", "fa"}, {"Facebook Inc.は月曜日", "ja"},
		{"The word “حجاب” is often used in the debate, they say", "en"},
	} {
		if got := Detect(c.s); got != c.want {
			t.Errorf("Detect(%q) = %q, want %q", c.s, got, c.want)
		}
	}
	if got := Detect(strings.Repeat(articles["fa"], 1000)); got != "fa" {
		t.Errorf("a long text by samples: %q, want fa", got)
	}
}

func TestDirOf(t *testing.T) {
	for lang, want := range map[string]Dir{"fa": RTL, "ar": RTL, "ur": RTL, "ckb": RTL, "he": RTL, "en": LTR, "ja": LTR,
		"und": LTR} {
		if got := DirOf(lang); got != want {
			t.Errorf("DirOf(%q) = %q, want %q", lang, got, want)
		}
	}
}

func TestSentenceLanguages(t *testing.T) {
	d := mustDoc(t,
		"وزیر روز دوشنبه گفت که مذاکرات ادامه دارد.\nhttps://example.com/a\nThe minister said that the talks go "+
			"on.\nقالت الوزيرة إن المفاوضات مستمرة حتى الآن.\n***\n")
	want := []string{"fa", "en", "en", "ar", "fa"}
	got := Sentences(d, "fa")
	if len(got) != len(want) {
		t.Fatalf("%d sentences, want %d", len(got), len(want))
	}
	for i, s := range got {
		if s.Lang != want[i] || s.Dir != DirOf(want[i]) {
			t.Errorf("sentence %d %q is %s %s, want %s", s.N, d.Slice(s.Span), s.Lang, s.Dir, want[i])
		}
	}
}
