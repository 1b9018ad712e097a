package value

import "testing"

// تن is a ton or a person, by what is counted.
func TestTonsOrPeople(t *testing.T) {
	for raw, want := range map[string]string{
		"شرکت اعلام کرد که ۴۰۰۰ تن گازوئیل سوخته است.": "4000 t eq",
		"۸ تن کشته شدند.":                      "8 people eq",
		"هشت تن در آتش‌سوزی انبار جان باختند.": "8 people eq",
		"پلیس ۱۲ تن را بازداشت کرد.":           "12 people eq",
		"شمار قربانیان به ۹ تن رسید.":          "9 people eq",
		"تولید سالانه به ۳۰۰ تن رسید.":         "300 t eq",
		"۵ تن از کارگران زخمی شدند.":           "5 people eq",
		"۵۰ تن بنزین و ۳ نفر زخمی.":            "50 t eq; 3 people eq",
		"۲۰۰ تن برنج رسید.":                    "200 t eq",
		"۷ تن بر اثر انفجار گاز کشته شدند.":    "7 people eq",
		"این کشتی ۴۰ تن است.":                  "40 eq",
	} {
		d, s := oneSentence(t, raw, "fa")
		if got := oneSpace(quantityCells(NewScan(d, s).Quantities())); got != want {
			t.Errorf("%s is read as %q, want %q", raw, got, want)
		}
	}
}
