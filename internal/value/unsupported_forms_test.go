package value

import (
	"strings"
	"testing"
)

// TestUnsupportedAcrossForms rewrites what a sentence says in another form of its language: a statement that says the
// same lacks nothing, and one that says more, or denies what was said, is named.
func TestUnsupportedAcrossForms(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ lang, statement, words, want string }{
		{"en", "The mayor paid 5 million dollars", "The mayor paid $5,000,000", ""},
		{"en", "Twelve people died", "12 people died", ""},
		{"en", "12 people died", "A dozen people died", ""},
		{"en", "She left on 2017-05-05", "She left on 5 May 2017", ""},
		{"en", "The pact was signed on 5 May 2017", "The pact was signed on Friday, May 5, 2017", ""},
		{"en", "The bank did not fail", "The bank failed", "negation not"},
		{"en", "The bank failed", "The bank never failed", "lost negation never"},
		{"en", "No one was hurt", "Nobody was hurt", ""},
		{"en", "Merkel met Macron", "Angela Merkel met Emmanuel Macron", ""},
		{"en", "Merkel met Macron in Paris", "Angela Merkel met Emmanuel Macron", "name Paris"},
		{"en", "Half of the voters stayed home", "50 per cent of the voters stayed home", ""},
		{"en", "It cost 2.5 million euros", "It cost 2.5 million dollars", "number 2.5 million euros"},
		{"en", "It cost 25 million euros", "It cost 2.5 million euros", "number 25 million euros"},
		{"en", "The law of 6 May 2017 holds", "The law of 2017-05-05 holds", "date 6 May 2017"},
		{"fa", "۱۲ نفر کشته شدند", "دوازده نفر کشته شدند", ""},
		{"fa", "۱۳ نفر کشته شدند", "دوازده نفر کشته شدند", "number ۱۳ نفر"},
		{"fa", "او در ۵ مه ۲۰۱۷ رفت", "او در پنجم مه ۲۰۱۷ رفت", ""},
		{"fa", "سد شکست", "سد نشکست", "lost negation نشکست"},
		{"fa", "سد نشکست", "سد شکست", "negation نشکست"},
		{"fa", "وزیر نمی‌رود", "وزیر می‌رود", "negation نمی‌رود"},
		{"ar", "قُتل 12 شخصا", "قُتل اثنا عشر شخصا", ""},
		{"ar", "لم يُقتل أحد", "قُتل أحد", "negation لم"},
		{"ar", "غادر في 5 أيار 2017", "غادر في الخامس من مايو 2017", ""},
		{"ar", "التقى ماكرون ميركل", "التقى إيمانويل ماكرون أنغيلا ميركل", ""},
		{"ja", "12人が死亡した", "十二人が死亡した", ""},
		{"ja", "2017年5月5日に署名した", "平成29年5月5日に署名した", ""},
		{"ja", "ダムは決壊しなかった", "ダムが決壊した", "negation なかった"},
		{"ja", "ダムが決壊した", "ダムは決壊しなかった", "lost negation なかった"},
		{"fr", "Douze personnes sont mortes", "12 personnes sont mortes", ""},
		{"fr", "Il partit le 5 mai 2017", "Il partit le vendredi 5 mai 2017", ""},
		{"fr", "La digue n'a pas cédé", "La digue a cédé", "negation"},
		{"fr", "La digue a cédé", "La digue n'a jamais cédé", "lost negation"},
		{"fr", "Elle a versé 3 500 000 euros", "Elle a versé 3,5 millions d'euros", ""},
		{"de", "Der Damm brach nicht", "Der Damm brach", "negation nicht"},
		{"de", "Zwölf Menschen starben am 5.5.2017", "12 Menschen starben am 5. Mai 2017", ""},
		{"de", "Es kostete 3.500.000 Euro", "Es kostete 3,5 Millionen Euro", ""},
		{"de", "Der Damm brach", "Kein Damm brach", "lost negation Kein"},
		{"es", "Murieron doce personas el 5 de mayo de 2017", "Murieron 12 personas el 5/5/2017", ""},
		{"es", "La presa no se rompió", "La presa se rompió", "negation no"},
		{"ru", "Двенадцать человек погибли 5 мая 2017 года", "12 человек погибли 05.05.2017", ""},
		{"ru", "Плотина прорвалась", "Плотина не прорвалась", "lost negation не"},
		{"ru", "Погибли 13 человек", "Погибли двенадцать человек", "number 13 человек"},
		{"tr", "On iki kişi 5 Mayıs 2017'de öldü", "12 kişi 05.05.2017 tarihinde öldü", ""},
		{"tr", "Baraj yıkılmadı", "Baraj yıkıldı", "negation yıkılmadı"},
		{"tr", "Baraj yıkıldı", "Baraj yıkılmadı", "lost negation yıkılmadı"},
		{"zh", "12人死亡", "十二人死亡", ""},
		{"zh", "大坝没有决堤", "大坝决堤", "negation 没"},
		{"zh", "协议于2017-05-05签署", "协议于2017年5月5日签署", ""},
		{"ko", "12명이 숨졌다", "열두 명이 숨졌다", ""},
		{"ko", "댐이 무너지지 않았다", "댐이 무너졌다", "negation 않"},
		{"hi", "बारह लोग मारे गए", "12 लोग मारे गए", ""},
		{"hi", "बाँध नहीं टूटा", "बाँध टूटा", "negation नहीं"},
		{"pt", "A barragem não se rompeu", "A barragem se rompeu", "negation não"},
		{"id", "Bendungan itu tidak jebol", "Bendungan itu jebol", "negation tidak"},
		{"uk", "Дванадцять осіб загинули", "12 осіб загинули", ""},
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
