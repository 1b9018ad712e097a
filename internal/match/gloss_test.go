package match

import (
	"slices"
	"testing"
)

// TestDiffers: what a gloss says otherwise than its source, with what is sure.
func TestDiffers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, lang, source, into, gloss string
		sure, maybe                     []string
	}{
		{"the same", "fa", "۱۲ نفر در ۳ مه ۲۰۲۱ کشته شدند", "en", "12 people were killed on 3 May 2021", nil, nil},
		{"a number in words", "ja", "三人の男性が逮捕された", "en", "Three men were arrested", nil, nil},
		{"another number", "fa", "۱۲ نفر کشته شدند", "en", "13 people were killed", []string{"number"}, nil},
		{"another number word", "ar", "أصيب 12 شخصا", "en", "Eleven people were hurt", []string{"number"}, nil},
		{"a number invented", "fa", "کارگران اعتصاب کردند", "en", "300 workers went on strike", []string{"number"},
			nil},
		{"a number left out", "fa", "۱۲ نفر کشته شدند", "en", "People were killed", nil, []string{"number"}},
		{"another day", "ar", "في 25 مارس وصل الوفد", "en", "The delegation arrived on 26 March", []string{"date"},
			nil},
		{"another year", "en", "The dam broke in March 2016", "de", "Der Damm brach im März 2017", []string{"year"},
			nil},
		{"another weekday", "ar", "وصل الوفد يوم الاثنين", "en", "The delegation arrived on Friday",
			[]string{"weekday"}, nil},
		{"a weekday invented", "ar", "وصل الوفد", "en", "The delegation arrived on Friday", nil, []string{"weekday"}},
		{"another month", "fa", "هیئت در آوریل رسید", "en", "The delegation arrived in September", []string{"month"},
			nil},
		{"a limit turned about", "en", "At least 17 people were hurt", "fa", "حداکثر ۱۷ نفر زخمی شدند",
			[]string{"limit"}, nil},
		{"a limit left out", "en", "At least 17 people were hurt", "fa", "۱۷ نفر زخمی شدند", nil, []string{"limit"}},
		{"a limit kept", "en", "At least 17 people were hurt", "fa", "دست‌کم ۱۷ نفر زخمی شدند", nil, nil},
		{"another unit", "en", "It lost 300 litres of oil", "fr", "Il a perdu 300 kilogrammes de pétrole",
			[]string{"unit"}, nil},
		{"a name", "fa", "آنگلا مرکل سد را افتتاح کرد", "en", "Angela Merkel opened the dam", nil, nil},
		{"another name", "fa", "آنگلا مرکل سد را افتتاح کرد", "en", "Emmanuel Macron opened the dam", nil,
			[]string{"name"}},
		{"a denial lost", "fa", "روسیه کمپین را هک نکرد", "en", "Russia hacked the campaign", nil,
			[]string{"negation"}},
		{"a denial added", "en", "Russia hacked the campaign", "fa", "روسیه کمپین را هک نکرد", nil,
			[]string{"negation"}},
		{"a denial kept", "en", "Russia did not hack the campaign", "ja", "ロシアは選挙運動をハッキングしていない", nil, nil},
		{"turned about", "en", "Prices rose in May", "de", "Die Preise sanken im Mai", []string{"direction"}, nil},
		{"who did it to whom", "en", "Norway attacked Sweden in May", "de", "Schweden griff Norwegen im Mai an", nil,
			[]string{"name"}},
		{"who did it to whom, persons", "en", "Anna Berg sued Boris Lenk in May", "de",
			"Boris Lenk verklagte Anna Berg im Mai", nil, []string{"name"}},
		{"the same of both", "en", "Norway attacked Sweden in May", "de", "Norwegen griff Schweden im Mai an", nil,
			nil},
		{"another town", "en", "The factory in Paris closed in May", "fa", "کارخانه‌ای در لندن در ماه مه تعطیل شد", nil,
			[]string{"name"}},
		{"other money", "en", "The company paid 5 million kroner", "de", "Die Firma zahlte 5 Millionen Euro",
			[]string{"unit"}, nil},
		{"other money, back", "de", "Die Firma zahlte 5 Millionen Euro", "en", "The company paid 5 million kroner",
			[]string{"unit"}, nil},
		{"the same money", "en", "The company paid 5 million kroner", "de", "Die Firma zahlte 5 Millionen Kronen", nil,
			nil},
		{"Norwegian money", "en", "The company paid 5 million kroner", "fr",
			"L’entreprise a payé 5 millions de couronnes norvégiennes", nil, nil},
		{"a denial by 未", "en", "The company paid the fine", "zh", "该公司未支付罚款", nil, []string{"negation"}},
		{"a denial by 未 kept", "en", "The company did not pay the fine", "zh", "该公司未支付罚款", nil, nil},
		{"the future denies nothing", "en", "The future of the company is open", "zh", "该公司的未来是开放的", nil, nil},
		{"denied and confirmed", "en", "The mayor denied the sale but confirmed that the brewery closed", "de",
			"Der Bürgermeister bestritt den Verkauf, bestätigte aber, dass die Brauerei schloss", nil, nil},
		{"whether", "en", "The council asked whether the brewery had closed", "de",
			"Der Rat fragte, ob die Brauerei geschlossen habe", nil, nil},
		{"doubted", "en", "Experts doubted that the dam would hold", "fa",
			"کارشناسان تردید داشتند که سد دوام بیاورد", nil, nil},
		{"a given name that is a month", "en", "Anna Berg sued Jan Holm in May", "fa",
			"آنا برگ در ماه مه از یان هولم شکایت کرد", nil, []string{"month"}},
		{"a month with its day", "fa", "جمعه پنجم مه اعلام کرد", "en", "It announced it on Friday 5 May", nil, nil},
		{"a name that is a month", "ar", "في الثامن من يونيو", "en", "Theresa May, on 8 June", nil, []string{"name"}},
		{"a scale left out", "en", "5 million people fled", "de", "5 Menschen flohen", []string{"number"}, nil},
		{"a Chinese scale left out", "zh", "12万人逃离", "en", "12 people fled", []string{"number"}, nil},
		{"a scale of money left out", "en", "It cost 12 billion euros", "de", "Es kostete 12 Euro", []string{"number"},
			nil},
		{"a scale in digits", "en", "5 million people fled", "de", "5.000.000 Menschen flohen", nil, nil},
		{"a year beside a number", "en", "2021 was the year of 20,210 births", "de",
			"2021 war das Jahr der 20.210 Geburten", nil, nil},
		{"not UTF-8", "en", "\xff", "de", "x", nil, nil},
		{"nothing", "en", "", "de", "", nil, nil},
	} {
		var sure, maybe []string
		got := Differs(Item{Lang: c.lang, Text: c.source}, Item{Lang: c.into, Text: c.gloss})
		for _, d := range got {
			if d.Message == "" || d.Source == "" && d.Gloss == "" {
				t.Errorf("%s: a difference without words: %+v", c.name, d)
			}
			if d.Sure {
				sure = append(sure, d.Kind)
			} else {
				maybe = append(maybe, d.Kind)
			}
		}
		if !slices.Equal(sure, c.sure) || !slices.Equal(maybe, c.maybe) || got == nil {
			t.Errorf("%s: sure %v, maybe %v; want %v and %v: %+v", c.name, sure, maybe, c.sure, c.maybe, got)
		}
	}
}
