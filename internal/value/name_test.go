package value

import (
	"strings"
	"testing"
)

// TestNames wants each listed name among those found, with its type, and none of the words after "!".
func TestNames(t *testing.T) {
	tests := []struct{ lang, sentence, want string }{
		{"en", "President Laura Jensen met lawmakers from the Green Party in Copenhagen on Monday.",
			"person:Laura Jensen place:Copenhagen org:Green_Party !Monday !President"},
		{"en", "The group known as APT41 used malware called Stuxnet, Microsoft said.",
			"group:APT41 malware:Stuxnet org:Microsoft !The"},
		{"en", "In an interview, Marcus Webb said the Ministry of Finance had been warned.",
			"person:Marcus_Webb org:Ministry_of_Finance !In"},
		{"en", "The account @night_owl7 posted a link; write to press@example.org.", "handle:@night_owl7 !@example"},
		{"en", "Guccifer 2.0 denied any link to Russia.", "group:Guccifer_2.0 place:Russia"},
		{"en", "Boris Johnson and the Bank of England disagree.", "person:Boris_Johnson org:Bank_of_England"},
		{"fa", "ولادیمیر کارپوف، وزیر خارجه روسیه، در تهران با نمایندگان سازمان ملل دیدار کرد.",
			"person:ولادیمیر_کارپوف place:روسیه place:تهران org:سازمان_ملل"},
		{"fa", "آقای کریمی گفت که حزب سبز در آلمان رأی آورده است.", "person:کریمی org:حزب_سبز place:آلمان"},
		{"fa", "شرکت Microsoft حمله را به گروه APT35 نسبت داد.", "org:Microsoft group:APT35"},
		{"ar", "قال الرئيس الأمريكي جون هاريسون إن روسيا وراء الهجوم.", "person:جون_هاريسون place:روسيا"},
		{"ar", "أعلنت وزارة الدفاع الألمانية في برلين أن مجموعة APT28 اخترقت شبكتها.",
			"org:وزارة_الدفاع_الألمانية place:برلين group:APT28"},
		{"ar", "وصل السيد نيلسون إلى واشنطن وباريس.", "person:نيلسون place:واشنطن place:باريس"},
		{"ar", "زار الملك محمد السادس باريس.", "person:محمد_السادس place:باريس"},
		{"ja", "カール・リンドベルグ首相は国土交通省の幹部と東京で会談した。", "person:カール・リンドベルグ org:国土交通省 place:東京"},
		{"ja", "岸本首相はウィキリークスの公開を非難した。", "person:岸本 org:ウィキリークス"},
		{"ja", "グッチファー2.0とAPT28が民主党全国委員会に侵入した。", "group:グッチファー2.0 group:APT28 org:民主党全国委員会"},
		{"ja", "システムのセキュリティを強化する。", "!システム !セキュリティ"},
		{"en", "The F.B.I. and the C.I.A. said sales fell in Q2 2021 and H1 2018.", "other:F.B.I !F.B !Q2 !H1"},
		{"en", "It lost money in FY2019/20.", "!FY !FY2019"},
		{"de", "Der Fonds verlor viel, sagte Angela Merkel in Berlin.",
			"person:Angela_Merkel place:Berlin !Der_Fonds !Fonds"},
		{"de", "Die Firma zahlte 120 Millionen Pfund an Siemens.", "other:Siemens !Die_Firma !Millionen_Pfund"},
		{"de", "Sieben Arbeiter starben in der Mine.", "!Sieben_Arbeiter !Mine"},
	}
	for _, tt := range tests {
		d, s := oneSentence(t, tt.sentence, tt.lang)
		var got []string
		for _, n := range Names(d, s) {
			got = append(got, n.Type+":"+strings.ReplaceAll(n.Text, " ", "_"))
		}
		all := " " + strings.Join(got, " ") + " "
		for _, want := range strings.Fields(strings.ReplaceAll(tt.want, "Laura Jensen", "Laura_Jensen")) {
			if word, not := strings.CutPrefix(want, "!"); not {
				if strings.Contains(all, ":"+word+" ") {
					t.Errorf("%s\n found %q as a name:%s", tt.sentence, word, all)
				}
			} else if !strings.Contains(all, " "+want+" ") {
				t.Errorf("%s\n want %s among%s", tt.sentence, want, all)
			}
		}
	}
}

func TestPlacesHaveNamesInFourLanguages(t *testing.T) {
	byCode := map[string]Place{}
	for _, p := range Places() {
		byCode[p.Kind+":"+p.Code] = p
	}
	for _, key := range []string{"country:FR", "city:Asia/Tehran", "language:fa", "region:150"} {
		p, ok := byCode[key]
		if !ok {
			t.Errorf("%s is not among the places", key)
			continue
		}
		for _, lang := range []string{"en", "ar", "fa", "ja"} {
			if len(p.Names[lang]) == 0 {
				t.Errorf("%s has no name in %s", key, lang)
			}
		}
	}
}
