package text_test

import (
	"strings"
	"testing"

	"claimbench/internal/text"
)

func TestCheckName(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"Anna Lee", "Åsa Öberg", "شیرین رضایی", "علی‌رضا", "山田 太郎", "山田タロウ",
		"David 陳",
		"O’Neill", "Jean-Luc", "Αλέξης Παπάς", "Роза Сорокина", "Роса", "Nguyễn Thị Ánh", "Nguyễn Thị Ánh",
		"김민수", "अनिल शर्मा", "श्री क्‍ष", "Ali علی", "reviewer-1", "7", "د. سامي علي", "רחל", "Anna 🙂",
		"გიორგი"} {
		if err := text.CheckName(good); err != nil {
			t.Errorf("%q is refused: %v", good, err)
		}
	}
	for _, bad := range []string{"", " ", "\u200d", "\u200c\u200c", "\u3164", "\u115f\u1160", "\uffa0",
		"\u2800", "\ufe0f",
		"\u0301", "\u034f", "\u00ad", "\u180e", "\U000e0041", "\U000e0101", "\u17b4", "…", "🙂", "—",
		"\u061c", "\ufff9",
		"Anna\u200bLee", "An\u00adna", "An\u200dna", "Anna\ufe0f", "\u2066Anna\u2069", "\u202eannA",
		"Anna\u200e",
		"Anna\u0007", "Anna\nLee", "Anna\u2028", "\ue000", "Anna\ue001", "Anna\ufffd",
		"Anna\U0001f3f4\U000e0067",
		"A" + strings.Repeat("\u0301", 9), "\u0301Anna", "Anna \u0301Lee",
		"\u0410nna", "Ann\u0430", "Al\u03b9ce", "\u13aanna", "Anna \u0420\u043e\u0440\u0435", "12\u06f3",
		"Anna ١2", "\u0561nna",
		"a\xffb"} {
		if err := text.CheckName(bad); err == nil {
			t.Errorf("%q (%+q) passes", bad, bad)
		}
	}
}

func TestLookAlike(t *testing.T) {
	t.Parallel()
	for _, p := range [][2]string{{"Anna Lee", "anna lee"}, {"Anna Lee", "Ａｎｎａ Ｌｅｅ"}, {"Anna Lee", "AnnaLee"},
		{"Anna Lee", "Anna\u3000Lee"}, {"Anna Lee", "𝐀𝐧𝐧𝐚 𝐋𝐞𝐞"}, {"Anna Lee", "Anna Leé"},
		{"Anna Lee", "Anna Lee ✓"},
		{"Anna Lee", "Anna. Lee"}, {"Iara", "lara"}, {"Iara", "1ara"}, {"Pay", "Рау"}, {"scope", "ѕсоре"},
		{"HOPE", "НОРЕ"},
		{"kim", "kirn"}, {"Bob", "B0b"}, {"علی کریمی", "علي كريمي"}, {"فاطمه", "فاطمة"}, {"سوم ۳", "سوم 3"},
		{"عَلی", "علی"},
		{"علی‌رضا", "علیرضا"}, {"reviewer-1", "reviewer-l"}, {"editor-1", "ed1tor-1"}, {"admin", "4dm1n"},
		{"moon", "m00n"}, {"Ali", "Al1"}, {"ガ", "ｶﾞ"}, {"Ωmega", "Ωmega"}} {
		if !text.LookAlike(p[0], p[1]) {
			t.Errorf("%q and %q look apart: %q %q", p[0], p[1], text.Looks(p[0]), text.Looks(p[1]))
		}
	}
	for _, p := range [][2]string{{"Anna Lee", "Anna Leo"}, {"سارا", "شارا"}, {"پری", "بری"},
		{"reviewer-1", "reviewer-2"}, {"team-4", "team-a"}, {"desk5", "desks"}, {"Ali", "All"},
		{"山田 太郎", "山田 次郎"}, {"か", "が"}, {"Илья", "Юля"}, {"حسن", "جسن"}, {"Ali", "Alia"}, {"कमल", "कोमल"},
		{"", ""},
		{"תמר", "תמה"}, {"김민수", "김민서"}} {
		if text.LookAlike(p[0], p[1]) {
			t.Errorf("%q and %q look alike: %q", p[0], p[1], text.Looks(p[0]))
		}
	}
}
