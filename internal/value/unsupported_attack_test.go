package value

import (
	"strings"
	"testing"
)

// TestUnsupportedAttacked changes one thing of what some words say (a number in words, a day, a name, a unit, a
// direction, a denial, an "only") and wants it named; what says the same in other words is not.
func TestUnsupportedAttacked(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ lang, statement, words, want string }{
		{"en", "The bridge is closed", "The bridge is not closed", "lost negation"},
		{"en", "The mayor admitted the bribe", "The mayor refused to admit the bribe", "lost negation"},
		{"en", "Thirty people died in the flood", "Thirteen people died in the flood", "number Thirty"},
		{"en", "Half of the houses burned down", "A third of the houses burned down", "number Half"},
		{"en", "Fewer than 12 people died", "More than 12 people died", "number"},
		{"en", "He left on 4 May 2017", "He left on 3 May 2017", "date 4 May 2017"},
		{"en", "She resigned on Tuesday", "She resigned on Monday", "date Tuesday"},
		{"en", "Berg met Lindqvist in Oslo", "Berg met Lindgren in Oslo", "name Lindqvist"},
		{"en", "Exports fell in May", "Exports rose in May", "direction fell"},
		{"en", "The parcel weighs 5 pounds", "The parcel weighs 5 kilograms", "number 5 pounds"},
		{"en", "Only 12 people died", "12 people died", "limit Only"},
		{"en", "Exports increased in May", "Exports rose in May", ""},
		{"en", "More than a dozen people died", "More than 12 people died", ""},
		{"fa", "پل بسته است", "پل بسته نیست", "lost negation"},
		{"fa", "سی نفر کشته شدند", "سیزده نفر کشته شدند", "number سی"},
		{"fa", "او در ۴ مه ۲۰۱۷ رفت", "او در ۳ مه ۲۰۱۷ رفت", "date"},
		{"fa", "او روز سه‌شنبه رفت", "او روز دوشنبه رفت", "date"},
		{"fa", "آقای رضایی استعفا کرد", "آقای کریمی استعفا کرد", "name رضایی"},
		{"fa", "صادرات کاهش یافت", "صادرات افزایش یافت", "direction کاهش"},
		{"fa", "فاصله ۵ مایل است", "فاصله ۵ کیلومتر است", "number ۵ مایل"},
		{"fa", "فقط ۱۲ نفر کشته شدند", "۱۲ نفر کشته شدند", "limit فقط"},
		{"fa", "صادرات رشد کرد", "صادرات افزایش یافت", ""},
		{"ar", "أُغلق الجسر", "لم يُغلق الجسر", "lost negation"},
		{"ar", "قُتل ثلاثون شخصا", "قُتل ثلاثة عشر شخصا", "number ثلاثون"},
		{"ar", "غادر في 4 مايو 2017", "غادر في 3 مايو 2017", "date"},
		{"ar", "غادر يوم الثلاثاء", "غادر يوم الاثنين", "date"},
		{"ar", "التقى الرئيس بوتين الوفد", "التقى الرئيس ماكرون الوفد", "name بوتين"},
		{"ar", "انخفضت الصادرات", "ارتفعت الصادرات", "direction انخفضت"},
		{"ar", "المسافة 5 أميال", "المسافة 5 كيلومترات", "number 5 أميال"},
		{"ar", "قُتل 12 شخصا فقط", "قُتل 12 شخصا", "limit فقط"},
		{"ja", "橋は閉鎖された", "橋は閉鎖されなかった", "lost negation"},
		{"ja", "30人が死亡した", "13人が死亡した", "number 30人"},
		{"ja", "5月4日に署名した", "5月3日に署名した", "date 5月4日"},
		{"ja", "火曜日に署名した", "月曜日に署名した", "date 火曜日"},
		{"ja", "プーチン大統領が会談した", "マクロン大統領が会談した", "name プーチン"},
		{"ja", "輸出が減少した", "輸出が増加した", "direction 減少"},
		{"ja", "距離は5マイルだ", "距離は5キロだ", "number 5マイル"},
		{"ja", "12人だけが死亡した", "12人が死亡した", "limit だけ"},
		{"fr", "Le pont est fermé", "Le pont n'est pas fermé", "lost negation"},
		{"fr", "Trente personnes sont mortes", "Treize personnes sont mortes", "number Trente"},
		{"fr", "Il partit le 4 mai 2017", "Il partit le 3 mai 2017", "date"},
		{"fr", "Il partit mardi", "Il partit lundi", "date"},
		{"fr", "Berg a rencontré Lindqvist", "Berg a rencontré Lindgren", "name Lindqvist"},
		{"fr", "Les exportations ont chuté", "Les exportations ont progressé", "direction chuté"},
		{"fr", "Seulement 12 personnes sont mortes", "12 personnes sont mortes", "limit Seulement"},
		{"de", "Die Brücke ist gesperrt", "Die Brücke ist nicht gesperrt", "lost negation"},
		{"de", "Dreißig Menschen starben", "Dreizehn Menschen starben", "number Dreißig"},
		{"de", "Er ging am 4. Mai 2017", "Er ging am 3. Mai 2017", "date"},
		{"de", "Er ging am Dienstag", "Er ging am Montag", "date"},
		{"de", "Berg traf Lindqvist", "Berg traf Lindgren", "name Lindqvist"},
		{"de", "Die Exporte sanken", "Die Exporte stiegen", "direction sanken"},
		{"de", "Nur 12 Menschen starben", "12 Menschen starben", "limit Nur"},
		{"de", "Der Weg ist 5 Meilen lang", "Der Weg ist 5 Kilometer lang", "number 5 Meilen"},
		{"ru", "Экспорт упал", "Экспорт вырос", "direction упал"},
		{"ru", "Погибли только 12 человек", "Погибли 12 человек", "limit только"},
		{"es", "Las exportaciones bajaron", "Las exportaciones subieron", "direction bajaron"},
		{"es", "Murieron solo 12 personas", "Murieron 12 personas", "limit solo"},
	} {
		var got []string
		for _, l := range Unsupported(tt.lang, tt.statement, []string{tt.words}, nil, nil) {
			got = append(got, l.Kind+" "+l.Text)
		}
		if g := strings.Join(got, "; "); !strings.HasPrefix(g, tt.want) || (tt.want == "") != (g == "") {
			t.Errorf("%s %q of %q: got %q, want %q", tt.lang, tt.statement, tt.words, g, tt.want)
		}
	}
}
