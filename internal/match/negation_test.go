package match

import "testing"

// A word denies in the language of its text only: in another language of the same letters it may be any word.
func TestDenialGoesByLanguage(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"fa", "ایران طلا به روسیه نفروخت.", "نفروخت"},
		{"fa", "نبرد در شهر سه روز ادامه داشت و نشست به پایان رسید.", ""},
		{"fa", "شرکت نفت مکران ۱۲ میلیارد تومان غرامت پرداخت خواهد کرد.", ""}, // oil
		{"ar", "ونفت وزارة الداخلية هذه المزاعم.", "ونفت"},                    // and denied
		{"ar", "نفت الوزارة الخبر.", "نفت"},
		{"ur", "نفت کی قیمت بڑھ گئی۔", ""},
		{"fa", "قرارداد کلاً لغو شد.", ""},     // altogether
		{"ar", "وقع كلا الطرفين الاتفاق.", ""}, // both
		{"fa", "ورق‌ها لا به لا چیده شدند.", ""},
		{"fa", "رود دون از شهر می‌گذرد.", ""}, // the Don
		{"ar", "وقعت دون شروط.", "دون"},
		{"fa", "او بدون مدرک حرف زد.", "بدون"},
		{"fa", "نه نفر در تصادف کشته شدند.", ""}, // nine
		{"fa", "او نه موافق است و نه مخالف.", "نه"},
		{"fa", "ما خانه را دیدیم.", ""},
		{"fa", "مت هنکاک وزیر بهداشت بود.", ""}, // Matt
		{"ur", "وزیر نے بیان نہیں دیا۔", "نہیں"},
		{"ar", "لن يستقيل الوزير.", "لن"},
		{"fa", "جان لن در تهران بود.", ""},
		{"fa", "سازمان نمی‌داند علت چیست.", "نمی‌داند"},
		{"ar", "فلم يحضر أحد.", "فلم"},
		{"es", "El ministro no firmó el contrato.", "no"},
		{"en", "Sans Pas nie spoke.", ""},
		{"uk", "Міністр не підписав угоду.", "не"},
		{"zh-Hans", "部长否认了这一说法。", "否认"},
		{"ckb", "نرخی نفت لا بازاڕ", ""},
	} {
		if got := findNegation(Item{Lang: c.lang, Text: c.text}); got != c.want {
			t.Errorf("%s %q denies by %q, want %q", c.lang, c.text, got, c.want)
		}
	}
}

// Oil is no denial of a claim in Arabic that has none.
func TestPersianOilIsNoDenial(t *testing.T) {
	for _, d := range Compare(Item{Lang: "ar", Text: "ستدفع الشركة تعويضات بقيمة 12 مليار تومان."},
		Item{Lang: "fa", Text: "شرکت نفت مکران ۱۲ میلیارد تومان غرامت پرداخت خواهد کرد."}) {
		t.Errorf("difference: %+v", d)
	}
}

// The workers of an Arabic claim are not the cause (عامل) in a Persian passage.
func TestWorkersAreNoCause(t *testing.T) {
	ix := newTestIndex(t,
		Item{ID: "a", Lang: "fa", Text: "رسانه‌های محلی ادعا کردند که خرابکاری عامل انفجار بوده است."},
		Item{ID: "b", Lang: "fa", Text: "هفت کارگر کشته شدند."})
	for _, h := range ix.Query(Item{ID: "q", Lang: "ar", Text: "ثمانية عمال قتلوا في الانفجار"}, 5) {
		for _, k := range h.Keys {
			if k.Hit == "عامل" {
				t.Errorf("%s is proposed for %q", h.ID, k.Query)
			}
			if h.ID == "b" && k.Hit == "کارگر" && k.Query == "عمال" {
				return
			}
		}
	}
	t.Error("the workers of both texts do not meet")
}
