package extract

import (
	"context"
	"strings"
	"testing"

	"claimbench/internal/text"
)

func taggedCandidates(t *testing.T, lang, raw string) []Candidate {
	t.Helper()
	d, err := text.NewDoc(raw)
	if err != nil {
		t.Fatal(err)
	}
	cs, err := Rules().Extract(context.Background(), Document{Text: d, Lang: lang, Sentences: []text.Sentence{{N: 1,
		Span: text.Span{Start: 0, End: d.Len()}, Lang: lang, Dir: text.DirOf(lang), Kind: text.KindBody}}})
	if err != nil {
		t.Fatal(err)
	}
	return cs
}

// What is said is a claim of its own, by who says it.
func TestTaggedSpeech(t *testing.T) {
	for _, tt := range []struct{ lang, raw, who, what string }{
		{"fr", "Le maire a déclaré que douze écoles avaient fermé en mars.",
			"Le maire", "douze écoles avaient fermé en mars"},
		{"fr", "Selon la police, douze écoles ont fermé en mars.", "la police", "douze écoles ont fermé en mars"},
		{"fr", "« Douze écoles ont fermé en mars », a affirmé la ministre.",
			"la ministre", "Douze écoles ont fermé en mars"},
		{"de", "Der Bürgermeister sagte, dass zwölf Schulen im März geschlossen wurden.", "Der Bürgermeister",
			"zwölf Schulen im März geschlossen wurden"},
		{"de", "„Zwölf Schulen wurden im März geschlossen“, erklärte Anna Vogel.", "Anna Vogel",
			"Zwölf Schulen wurden im März geschlossen"},
		{"es", "La alcaldesa aseguró que doce escuelas cerraron en marzo.",
			"La alcaldesa", "doce escuelas cerraron en marzo"},
		{"es", "Según la policía, doce escuelas cerraron en marzo.", "la policía", "doce escuelas cerraron en marzo"},
		{"ru", "Мэр заявил, что двенадцать школ закрылись в марте.", "Мэр", "двенадцать школ закрылись в марте"},
		{"ru", "По словам мэра, двенадцать школ закрылись в марте.", "мэра", "двенадцать школ закрылись в марте"},
		{"tr", "Polise göre, mart ayında on iki okul kapandı.", "Polise", "mart ayında on iki okul kapandı"},
		{"pt", "O ministro disse que doze escolas fecharam em março.", "O ministro", "doze escolas fecharam em março"},
		{"pt", "Segundo a polícia, doze escolas fecharam em março.", "polícia", "doze escolas fecharam em março"},
		{"pt", "O segundo lugar coube a doze escolas em março.", "article",
			"O segundo lugar coube a doze escolas em março"},
		{"uk", "Міністр сказав, що дванадцять шкіл закрилися в березні.", "Міністр",
			"дванадцять шкіл закрилися в березні"},
		{"uk", "За словами поліції, дванадцять шкіл закрилися в березні.", "поліції",
			"дванадцять шкіл закрилися в березні"},
		{"uk", "Міністр сказав, що дванадцять шкіл не закрилися.", "article",
			"Міністр сказав, що дванадцять шкіл не закрилися"},
		{"id", "Menteri mengatakan bahwa dua belas sekolah ditutup pada Maret.", "Menteri",
			"dua belas sekolah ditutup pada Maret"},
		{"id", "Menurut polisi, dua belas sekolah ditutup pada Maret.", "polisi",
			"dua belas sekolah ditutup pada Maret"},
		{"he", "השר אמר כי שתים עשרה תלמידות נהרגו בירושלים.", "השר", "שתים עשרה תלמידות נהרגו בירושלים"},
		{"he", "אמר השר כי שתים עשרה תלמידות נהרגו בירושלים.", "השר", "שתים עשרה תלמידות נהרגו בירושלים"},
		{"he", "הדובר טען שהחברה הפסידה חמישה מיליון שקל.", "הדובר", "החברה הפסידה חמישה מיליון שקל"},
		{"he", "לדברי המשטרה, שלושה גברים נעצרו אתמול.", "המשטרה", "שלושה גברים נעצרו אתמול"},
		{"ko", "장관은 서울에서 12명이 숨졌다고 말했다.", "장관", "서울에서 12명이 숨졌다"},
		{"ko", "경찰에 따르면 남성 3명이 체포됐다.", "경찰", "남성 3명이 체포됐다"},
		{"hi", "मंत्री ने कहा कि दिल्ली में बारह लोग मारे गए।", "मंत्री", "दिल्ली में बारह लोग मारे गए"},
		{"hi", "मंत्री का कहना है कि दिल्ली में बारह लोग मारे गए।", "मंत्री", "दिल्ली में बारह लोग मारे गए"},
		{"hi", "पुलिस के अनुसार तीन लोगों को गिरफ्तार किया गया।", "पुलिस", "तीन लोगों को गिरफ्तार किया गया"},
		{"zh", "市长表示，三月有十二所学校关闭。", "市长", "三月有十二所学校关闭"},
		{"zh", "据警方称，三月有十二所学校关闭。", "警方", "三月有十二所学校关闭"},
	} {
		cs := taggedCandidates(t, tt.lang, tt.raw)
		if len(cs) != 1 || cs[0].Attribution != tt.who || strings.Trim(cs[0].Statement, "« »„“.。।") != tt.what {
			t.Errorf("%s: got %+v", tt.raw, spoken(cs))
		}
	}
}

// TestQuotationsByTheirFrame: who speaks in a quotation is read before its colon or behind its closing mark, by verbs
// that no table has, in languages without words of speech too, and whatever is denied inside the marks.
func TestQuotationsByTheirFrame(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ lang, raw, who, what string }{
		{"es", "En su blog, la doctora Marta Ruiz tecleó: \"Doce escuelas cerraron en marzo.\"",
			"la doctora Marta Ruiz", "Doce escuelas cerraron en marzo"},
		{"es", "La ministra tecleó: «Doce escuelas no cerraron en marzo».", "La ministra",
			"Doce escuelas no cerraron en marzo"},
		{"pt", "\"Doze escolas fecharam em março\", desabafou Rita Alves.", "Rita Alves",
			"Doze escolas fecharam em março"},
		{"it", "Il sindaco Carlo Neri ha tuonato: «Dodici scuole hanno chiuso a marzo».", "Il sindaco Carlo Neri",
			"Dodici scuole hanno chiuso a marzo"},
		{"uk", "«Дванадцять шкіл закрили в березні», — наголосив Петро Коваль.", "Петро Коваль",
			"Дванадцять шкіл закрили в березні"},
		{"ru", "«Двенадцать школ закрыли в марте», — подытожил Олег Серов.", "Олег Серов",
			"Двенадцать школ закрыли в марте"},
		{"fr", "Selon la préfecture, les douze écoles n'ont pas fermé en mars.", "la préfecture",
			"les douze écoles n'ont pas fermé en mars"},
		{"fr", "La Commission de l’Assemblée, qui prépare la loi, a indiqué que douze écoles avaient fermé en mars.",
			"La Commission de l’Assemblée",
			"douze écoles avaient fermé en mars"},
	} {
		cs := taggedCandidates(t, tt.lang, tt.raw)
		if len(cs) != 1 || cs[0].Attribution != tt.who || strings.Trim(cs[0].Statement, "« »„“.。\"") != tt.what {
			t.Errorf("%s: got %q", tt.raw, spoken(cs))
		}
	}
	for _, tt := range []struct{ lang, raw string }{
		{"pt", "\"Titanic\" estreia em Lisboa na sexta-feira com Rita Alves."},
		{"es", "La ministra no tecleó: \"Doce escuelas cerraron en marzo.\""},
		{"de", "Im Bericht steht: „Zwölf Schulen wurden im März geschlossen.“"},
	} {
		for _, c := range taggedCandidates(t, tt.lang, tt.raw) {
			if c.Attribution != "article" && c.Attribution != "" {
				t.Errorf("%s: %s speaks", tt.raw, c.Attribution)
			}
		}
	}
}

// TestQuotationsRunOn: who began a quotation speaks until its mark closes it, also where a verb is in no table.
func TestQuotationsRunOn(t *testing.T) {
	t.Parallel()
	raw := "En su carta, la doctora Marta Ruiz tecleó: \"Doce escuelas cerraron en marzo. Otras siete abrirán en " +
		"mayo. Cada una cuesta dos millones\". El puente sigue cerrado."
	d, err := text.NewDoc(raw)
	if err != nil {
		t.Fatal(err)
	}
	cs, err := Rules().Extract(context.Background(), Document{Text: d, Lang: "es", Sentences: text.Sentences(d, "es")})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"Otras siete": "la doctora Marta Ruiz", "Cada una": "la doctora Marta Ruiz",
		"El puente": "article"}
	for _, c := range cs {
		for begins, who := range want {
			if strings.HasPrefix(strings.Trim(c.Statement, "\" "), begins) {
				if c.Attribution != who {
					t.Errorf("%s is by %s", c.Statement, c.Attribution)
				}
				delete(want, begins)
			}
		}
	}
	if len(want) > 0 {
		t.Errorf("no claim begins with %v: %q", want, spoken(cs))
	}
}

func spoken(cs []Candidate) []string {
	var out []string
	for _, c := range cs {
		out = append(out, c.Attribution+": "+c.Statement)
	}
	return out
}

// What a sentence denies, doubts, asks or conditions is not cut out of it: frame × operator, the clause made up.
func TestTaggedFaithful(t *testing.T) {
	for lang, raws := range map[string][]string{
		"fr": {"Le maire a nié que douze écoles avaient fermé en mars.",
			"Le maire n'a jamais dit que douze écoles avaient fermé.",
			"Si douze écoles ferment en mars, le maire a promis des bus.",
			"La police a refusé de confirmer que douze écoles ont fermé.",
			"Les experts doutent que douze écoles ont fermé en mars."},
		"de": {"Der Bürgermeister bestritt, dass zwölf Schulen geschlossen wurden.",
			"Der Bürgermeister sagte nie, dass zwölf Schulen geschlossen wurden.",
			"Es gibt keine Belege, dass zwölf Schulen geschlossen wurden.",
			"Wenn zwölf Schulen schließen, fahren die Busse länger.",
			"Die Polizei weigerte sich zu bestätigen, dass zwölf Schulen geschlossen wurden."},
		"es": {"La alcaldesa negó que doce escuelas cerraron en marzo.",
			"La alcaldesa nunca dijo que doce escuelas cerraron.",
			"No hay pruebas de que doce escuelas cerraron en marzo.",
			"Si doce escuelas cierran, habrá más autobuses en marzo."},
		"ru": {"Мэр отрицает, что двенадцать школ закрылись в марте.",
			"Мэр никогда не говорил, что двенадцать школ закрылись.",
			"Нет доказательств, что двенадцать школ закрылись в марте.",
			"Если двенадцать школ закроются, автобусов станет больше."},
		"tr": {"Belediye başkanı, on iki okulun kapandığını yalanladı.",
			"Belediye başkanı, okulların kapandığını söylemedi.",
			"On iki okulun kapandığına dair hiçbir kanıt yok."},
		"zh": {"市长否认三月有十二所学校关闭。", "市长没有说三月有十二所学校关闭。", "没有证据表明三月有十二所学校关闭。", "如果十二所学校关闭，市长说将增加公交车。"},
	} {
		for _, raw := range raws {
			cs := taggedCandidates(t, lang, raw)
			if len(cs) != 1 || cs[0].Attribution != Article || cs[0].Statement != strings.TrimRight(raw, ".。") {
				t.Errorf("%s %s: got %q", lang, raw, spoken(cs))
			}
		}
	}
}

// FuzzTagged wants spans inside the sentence, and no panic, for any text in the languages read by tagged.
func FuzzTagged(f *testing.F) {
	for _, s := range []string{"Selon", "selon la police,", "« a », dit", "dit que", "X sagte, dass", "据称，", "，，“”说",
		"göre", ", , que que dijo"} {
		f.Add(s, uint8(len(s)))
	}
	langs := []string{"fr", "de", "es", "ru", "tr", "zh"}
	f.Fuzz(func(t *testing.T, raw string, pick uint8) {
		d, err := text.NewDoc("a" + raw + "a") // a sentence begins and ends with no space
		if err != nil {
			t.Skip()
		}
		lang := langs[int(pick)%len(langs)]
		cs, err := Rules().Extract(context.Background(), Document{Text: d, Lang: lang, Sentences: []text.Sentence{{N: 1,
			Span: text.Span{Start: 0, End: d.Len()}, Lang: lang, Dir: text.DirOf(lang), Kind: text.KindBody}}})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cs {
			if !d.Valid(c.Span) {
				t.Errorf("%+v lies outside %q", c.Span, raw)
			}
		}
	})
}
