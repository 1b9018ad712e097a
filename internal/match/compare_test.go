package match

import "testing"

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		name, claim, passage string
		want                 []string // kinds
	}{
		{"the same in two scripts", "۹ گیگابایت داده منتشر شد", "9 GB of data were published", nil},
		{"seven and eight", "پلیس هفت نفر را بازداشت کرد", "Police arrested eight people", []string{DiffNumber}},
		{"25 and 26 March", "في 25 مارس وصل الوفد", "The delegation arrived on 26 March", []string{DiffDate}},
		{"the same day", "في 25 مارس وصل الوفد", "3月25日に代表団が到着した", nil},
		{"a day and its month", "The delegation arrived in March", "في 25 مارس وصل الوفد", nil},
		{"two years", "in March 2016 it happened", "in March 2017 it happened", []string{DiffDate}},
		{"more than 1,000 and thousands", "1,000通以上の電子メールが公開された", "Thousands of e-mails were published",
			[]string{DiffNumber}},
		{"60 % and 60 years", "60 percent of the voters", "for 60 years", nil},
		{"what only one says", "Nine people came", "People came on 5 May", nil},
		{"denied on one side", "Russia hacked the campaign", "روسیه کمپین را هک نکرد", []string{DiffNegation}},
		{"denied on both", "Russia did not hack it", "ロシアはハッキングしていない", nil},
		{"a Persian negative present", "The documents are genuine", "معلوم نیست اسناد واقعی است",
			[]string{DiffNegation}},
		{"not UTF-8", "\xff", "x", nil},
		{"nothing", "", "", nil},
	} {
		var got []string
		for _, d := range Compare(Item{Text: c.claim}, Item{Text: c.passage}) {
			got = append(got, d.Kind)
			if d.Message == "" || d.Claim == "" && d.Passage == "" {
				t.Errorf("%s: %+v says nothing", c.name, d)
			}
		}
		if len(got) != len(c.want) || len(got) > 0 && got[0] != c.want[0] {
			t.Errorf("%s: differences %v, want %v", c.name, got, c.want)
		}
	}
}

func FuzzCompare(f *testing.F) {
	f.Add("۹ گیگابایت در ۵ مه", "9 GB on 6 May")
	f.Add("1,000通以上", "thousands")
	f.Fuzz(func(t *testing.T, a, b string) {
		for _, d := range Compare(Item{Text: a}, Item{Text: a}) {
			t.Fatalf("a text differs from itself: %+v", d)
		}
		Compare(Item{Text: a}, Item{Text: b})
	})
}
