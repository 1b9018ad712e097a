package match

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// Whatever comes in last, the pairs are the same, and those of each article are told as they come.
func TestTwinsAsTheyCome(t *testing.T) {
	docs := []Item{{ID: "en", Text: fireEn}, {ID: "bank", Text: bankEn}, {ID: "ar", Text: fireAr},
		{ID: "copy", Text: strings.Replace(fireEn, "Hundreds of tourists", "Some hundred tourists", 1)},
		{ID: "ja", Text: fireJa}, {ID: "bank-fa", Text: bankFa}, {ID: "empty", Text: ""}}
	var want []string
	for turn := range len(docs) {
		turned := append(slices.Clone(docs[turn:]), docs[:turn]...)
		tw, told := NewTwins(), map[string][]OriginPair{}
		for _, d := range turned {
			for _, id := range tw.Add(d) {
				told[id] = tw.Of(id)
			}
		}
		var got []string
		for _, d := range docs {
			if now := tw.Of(d.ID); !slices.Equal(now, told[d.ID]) {
				t.Errorf("from %s on: %s was told %v, and has %v", turned[0].ID, d.ID, told[d.ID], now)
			}
		}
		for _, p := range tw.Pairs() {
			got = append(got, min(p.A, p.B)+"="+max(p.A, p.B)+" "+p.Kind)
		}
		slices.Sort(got)
		if turn == 0 {
			want = got
		}
		// which of two copies is compared with translations depends on which came first
		if len(got) != len(want) || !slices.Contains(got, "copy=en copy") ||
			!slices.Contains(got, "bank=bank-fa agency") {
			t.Errorf("from %s on: %v, want %v", turned[0].ID, got, want)
		}
	}
}

func TestTwinsDropped(t *testing.T) {
	tw := NewTwins()
	for _, d := range []Item{{ID: "en", Text: fireEn}, {ID: "ar", Text: fireAr}, {ID: "ja", Text: fireJa}} {
		tw.Add(d)
	}
	if got := pairString(tw.Pairs()); got != "en=ar translation, en=ja translation, ar=ja translation" {
		t.Fatal(got)
	}
	if !tw.Drop("ar") || tw.Dropped() != 1 {
		t.Error("an article without copies is not dropped cleanly")
	}
	if got := pairString(tw.Pairs()); got != "en=ja translation" {
		t.Errorf("without the dropped one: %s", got)
	}
	if touched := tw.Add(Item{ID: "ar 2", Text: fireAr + " تحديث."}); !slices.Contains(touched, "en") {
		t.Errorf("the new text touches %v", touched)
	}
	if got := pairString(tw.Pairs()); got != "en=ja translation, en=ar 2 translation, ja=ar 2 translation" {
		t.Errorf("with its new text: %s", got)
	}
	tw.Add(Item{ID: "copy", Text: fireEn + " More to come."})
	if tw.Drop("en") {
		t.Error("an article that has a copy is dropped as if nothing rested on it")
	}
}

// Of a long text only the head is read for its keys, and a sketch of its shingles kept.
func TestTwinsOfALongText(t *testing.T) {
	var b strings.Builder
	for i := range 40_000 {
		fmt.Fprintf(&b, "The council of district %d approved %d grants on 3 March 2017. ", i, i%90+2)
	}
	tw := NewTwins()
	tw.Add(Item{ID: "long", Lang: "en", Text: b.String()})
	tw.Add(Item{ID: "again", Lang: "en", Text: b.String() + "One more line stands at the end."})
	other := strings.ReplaceAll(strings.ReplaceAll(b.String(), " ", "s "), "on", "at")
	tw.Add(Item{ID: "other", Lang: "en", Text: other})
	if got := pairString(tw.Pairs()); got != "long=again copy" {
		t.Errorf("pairs: %s", got)
	}
	if d := tw.docs[0]; len(d.sketch) != sketchSize || len(d.keys) > keyedLetters {
		t.Errorf("%d shingles and %d keys are kept", len(d.sketch), len(d.keys))
	}
}

// BenchmarkTwinsAdd adds articles of one incident, in two languages, to a collection of two thousand.
func BenchmarkTwinsAdd(b *testing.B) {
	article := func(i int) Item {
		text := fireEn
		if i%2 == 1 {
			text = fireAr
		}
		return Item{ID: fmt.Sprint(i), Text: strings.NewReplacer("14", fmt.Sprint(i), "37", fmt.Sprint(3*i)).Replace(
			text) + strings.Repeat(fmt.Sprintf(" Witness %d of house %d spoke. ", 7*i, i), 40)}
	}
	tw := NewTwins()
	for i := range 2000 {
		tw.Add(article(i))
	}
	n := 2000
	begun := time.Now()
	for b.Loop() {
		tw.Add(article(n))
		n++
	}
	b.ReportMetric(float64(time.Since(begun).Milliseconds())/float64(b.N), "ms/article")
}

// Whatever texts come in, in whatever order, nothing panics, no article is its own pair, and both name each other.
func FuzzTwins(f *testing.F) {
	f.Add(fireEn, fireAr, bankFa)
	f.Add("", "\xff\xfe", "一\u200c二 3 million")
	f.Add(fireJa, fireJa, strings.Repeat("a ", 50))
	f.Fuzz(func(t *testing.T, a, b, c string) {
		tw := NewTwins()
		for i, s := range []string{a, b, c, a, b + c} {
			tw.Add(Item{ID: fmt.Sprint(i), Text: s})
		}
		tw.Drop("1")
		for _, p := range tw.Pairs() {
			if p.A == p.B || p.A == "1" || p.B == "1" || p.Overlap < 0 || p.Overlap > 1 {
				t.Errorf("%+v", p)
			}
			if !slices.Contains(tw.Of(p.B), p) && p.Kind != OriginCopy && p.Kind != OriginAgency {
				t.Errorf("%+v is not a pair of %s", p, p.B)
			}
		}
	})
}
