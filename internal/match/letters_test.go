package match

import (
	"slices"
	"testing"
)

// Words of one script that only sound alike are no keys: letters tell more there than sounds.
func TestSoundsOfOneScript(t *testing.T) {
	for _, c := range []struct {
		query, item string
		meet        bool
	}{
		{"Wilson spoke.", "Olsen spoke.", false}, {"Sie kam als letzte.", "They lost.", false},
		{"Le ministre parle.", "The law passed.", false}, {"Will never go there again", "Goner.", false},
		{"Schröder", "Schroeder", true}, {"Zelensky", "Zelenskyy", true}, {"Zelenskiy", "Zelensky", true},
		{"پاستبین", "باستبين", true}, {"مدف", "استهدف", false}, {"معلوم", "المعلوماتية", false},
		{"Macron", "マクロン", true}, {"Зеленский", "Zelensky", true}, {"זלנסקי", "Zelensky", true},
		{"젤렌스키", "Zelensky", true}, {"泽连斯基", "Zelensky", true}, {"ज़ेलेंस्की", "Zelensky", true},
		{"Μητσοτάκης", "Mitsotakis", true},
	} {
		ix := newTestIndex(t, Item{ID: "a", Text: c.item})
		hits := ix.Query(Item{ID: "q", Text: c.query}, 1)
		met := len(hits) == 1 && slices.ContainsFunc(hits[0].Keys, func(k Key) bool { return k.Query != "spoke" })
		if met != c.meet {
			t.Errorf("%s and %s: %v, want a key: %v", c.query, c.item, hits, c.meet)
		}
	}
}

func TestTagsArePartedAtCapitalsAndDigits(t *testing.T) {
	for _, c := range []struct{ query, item string }{
		{"A pizza vending machine opened.", "Look! #PizzaVendingMachine"}, {"Six flags closed.",
			"Sad news, @SixFlags2024"},
	} {
		ix := newTestIndex(t, Item{ID: "a", Text: "Something else happened."}, Item{ID: "b", Text: c.item})
		if hits := ix.Query(Item{ID: "q", Text: c.query}, 1); len(hits) != 1 || hits[0].ID != "b" {
			t.Errorf("%s does not find %s: %v", c.query, c.item, hits)
		}
	}
}

// One sentence in scripts that have no lexicon of ours, by names and the tables of CLDR.
func TestOtherScriptsFindEnglish(t *testing.T) {
	ix := newTestIndex(t, Item{ID: "no", Text: "Merkel met Johnson in Berlin"},
		Item{ID: "yes", Text: "Macron met Putin in Moscow"},
		Item{ID: "other", Text: "Biden spoke in Tokyo on Sunday"})
	for _, q := range []string{"马克龙在莫斯科会见普京", "마크롱이 모스크바에서 푸틴을 만났다", "מקרון נפגש עם פוטין במוסקבה",
		"Ο Μακρόν συνάντησε τον Πούτιν στη Μόσχα", "मैक्रों ने मॉस्को में पुतिन से मुलाक़ात की",
		"Макрон встретился с Путиным в Москве"} {
		if hits := ix.Query(Item{ID: "q", Text: q}, 1); len(hits) != 1 || hits[0].ID != "yes" {
			t.Errorf("%s: %v", q, hits)
		}
	}
}

// Persian and Urdu share letters with Arabic, and not what their words say.
func TestHands(t *testing.T) {
	for s, want := range map[string]hand{"Wahl": handPlain, "شركة": handArabic, "انتخابات": handArabic,
		"گفت که": handPersian} {
		if got := handOf(s); got != want {
			t.Errorf("%s: %d, want %d", s, got, want)
		}
	}
	// ریاست is a state in Urdu, and chairmanship in Persian.
	ix := newTestIndex(t, Item{ID: "a", Text: "The states voted."})
	if hits := ix.Query(Item{Text: "ریاستوں نے کہا"}, 1); len(hits) != 1 {
		t.Error("the Urdu word for states does not find them")
	}
	if hits := ix.Query(Item{Text: "ریاست جمهوری"}, 1); len(hits) != 0 {
		t.Errorf("the Persian word finds states: %+v", hits)
	}
}

func TestGramsLeaveOutWordsThatSayNothing(t *testing.T) {
	if got := gramsOf("it is what it was", nil); len(got) != 0 {
		t.Errorf("stopwords have %d grams", len(got))
	}
	if a, b := gramsOf("Élection", nil), gramsOf("election", nil); !slices.Equal(a, b) {
		t.Errorf("grams are not folded: %v, %v", a, b)
	}
	if a, b := gramsOf("选举", nil), gramsOf("選挙", nil); !slices.Equal(a, b) {
		t.Errorf("signs are not written alike: %v, %v", a, b)
	}
}
