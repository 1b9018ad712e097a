package text

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// kindsOf lists the kinds of changes.
func kindsOf(cs []Change) []ChangeKind {
	var out []ChangeKind
	for _, c := range cs {
		out = append(out, c.Kind)
	}
	return out
}

const reanchorBase = "Officials met on Monday in the capital. The group stole 1,200 e-mails from the embassy, the " +
	"minister said. Nobody was hurt in the attack. A second report will follow.\n" +
	"سخنگو گفت که ۱۲۰۰ ایمیل از سفارت دزدیده شده است و گروه APT31 آن را انجام داد. بررسی‌ها ادامه دارد و نتیجه " +
	"اعلام می‌شود.\n" +
	"وقالت الوزارة إن 1200 رسالة سرقت من السفارة يوم الاثنين. ولم تذكر الوزارة أسماء المشتبه بهم.\n" +
	"外務省は大使館から1,200通のメールが盗まれたと発表した。職員に被害はないと述べた。調査は続いている。\n"

func TestReanchor(t *testing.T) {
	for _, c := range []struct {
		name, quote string
		from, to    string // what is replaced in the base text
		anchor      Anchor
		want        string // the words proposed
		kinds       []ChangeKind
	}{
		{"nothing changed", "The group stole 1,200 e-mails", "", "", AnchorExact, "The group stole 1,200 e-mails", nil},
		{"elsewhere", "The group stole 1,200 e-mails", "A second", "A third", AnchorExact,
			"The group stole 1,200 e-mails", nil},
		{"moved", "گروه APT31", "Officials met", "Yesterday officials met", AnchorRelocated, "گروه APT31",
			[]ChangeKind{ChangeMoved}},
		{"beside it", "stole 1,200 e-mails", "from the embassy", "from an embassy", AnchorExact, "stole 1,200 e-mails",
			[]ChangeKind{ChangeContext}},
		{"digit", "The group stole 1,200 e-mails", "1,200 e-mails", "1,300 e-mails", AnchorNeedsConfirmation,
			"The group stole 1,300 e-mails", []ChangeKind{ChangeDigit}},
		{"digit of another script", "۱۲۰۰ ایمیل از سفارت", "۱۲۰۰", "۱۳۰۰", AnchorNeedsConfirmation,
			"۱۳۰۰ ایمیل از سفارت", []ChangeKind{ChangeDigit}},
		{"same digits, other script", "۱۲۰۰ ایمیل از سفارت", "۱۲۰۰", "1200", AnchorNeedsConfirmation,
			"1200 ایمیل از سفارت", []ChangeKind{ChangeOther}},
		{"digit glued before", "200 رسالة سرقت", "1200 رسالة", "200 رسالة", AnchorNeedsConfirmation, "200 رسالة سرقت",
			[]ChangeKind{ChangeDigit}},
		{"negation inside", "職員に被害はない", "被害はない", "被害はある", AnchorNeedsConfirmation, "職員に被害はある",
			[]ChangeKind{ChangeNegation}},
		{"negation in Persian", "آن را انجام داد", "انجام داد", "انجام نداد", AnchorNeedsConfirmation,
			"آن را انجام نداد", []ChangeKind{ChangeNegation}},
		{"negation in Arabic", "ولم تذكر الوزارة أسماء", "ولم تذكر", "وذكرت", AnchorNeedsConfirmation,
			"وذكرت الوزارة أسماء", []ChangeKind{ChangeNegation}},
		{"negation beside", "A second report will follow", "A second", "It is not true that A second",
			AnchorNeedsConfirmation, "A second report will follow", []ChangeKind{ChangeNegation}},
		{"negation taken away beside", "was hurt in the attack", "Nobody was", "Somebody was", AnchorNeedsConfirmation,
			"was hurt in the attack", []ChangeKind{ChangeNegation}},
		{"Latin token", "گروه APT31 آن را انجام داد", "APT31", "APT28", AnchorNeedsConfirmation,
			"گروه APT28 آن را انجام داد", []ChangeKind{ChangeDigit, ChangeLatin}},
		{"Latin token without digits", "گروه APT31 آن را انجام داد", "APT31", "APT31 و Lazarus",
			AnchorNeedsConfirmation, "گروه APT31 و Lazarus آن را انجام داد", []ChangeKind{ChangeLatin}},
		{"another word", "بررسی‌ها ادامه دارد و نتیجه اعلام می‌شود", "نتیجه", "پاسخ", AnchorNeedsConfirmation,
			"بررسی‌ها ادامه دارد و پاسخ اعلام می‌شود", []ChangeKind{ChangeOther}},
		{"spelling", "بررسی‌ها ادامه دارد", "بررسی‌ها ادامه", "بررسیها ادامه", AnchorNeedsConfirmation,
			"بررسیها ادامه دارد", []ChangeKind{ChangeOther}},
		{"gone", "調査は続いている。", "調査は続いている。", "", AnchorOrphaned, "", []ChangeKind{ChangeMissing}},
		{"only a number, changed", "۱۲۰۰", "۱۲۰۰", "۹۰۰", AnchorNeedsConfirmation, "۹۰۰", []ChangeKind{ChangeDigit}},
		{"said twice", "Nobody was hurt in the attack", "A second report", "Nobody was hurt in the attack",
			AnchorNeedsConfirmation, "Nobody was hurt in the attack", []ChangeKind{ChangeRepeated}},
		{"said twice and moved", "Nobody was hurt in the attack", "Officials met",
			"Nobody was hurt in the attack. Officials", AnchorNeedsConfirmation, "Nobody was hurt in the attack",
			[]ChangeKind{ChangeRepeated}},
	} {
		t.Run(c.name, func(t *testing.T) {
			old := mustDoc(t, reanchorBase)
			at := strings.Index(reanchorBase, c.quote)
			span := Span{old.CodePoint(at), old.CodePoint(at + len(c.quote))}
			revised := mustDoc(t, strings.Replace(reanchorBase, c.from, c.to, 1))
			anchor, got, changes := Reanchor(old.Quote(span), span, revised)
			if anchor != c.anchor || revised.Slice(got) != c.want || !slices.Equal(kindsOf(changes), c.kinds) {
				t.Errorf("got %s %q %+v\nwant %s %q %v", anchor, revised.Slice(got), changes, c.anchor, c.want, c.kinds)
			}
		})
	}
}

// mutate changes one word of text to another that matters, and says which kind of change that is.
func mutate(t *rapid.T, words []string) ([]string, ChangeKind) {
	out := slices.Clone(words)
	i := rapid.IntRange(0, len(words)-1).Draw(t, "word")
	switch kind := rapid.SampledFrom([]ChangeKind{ChangeDigit, ChangeNegation, ChangeLatin, ChangeOther}).Draw(t,
		"kind"); kind {
	case ChangeDigit:
		return slices.Insert(out, i, rapid.SampledFrom([]string{"77", "۸۸", "٩٩", "3,141"}).Draw(t, "digit")), kind
	case ChangeNegation:
		return slices.Insert(out, i, rapid.SampledFrom([]string{"not", "هرگز", "ليس", "never", "نیست"}).Draw(t,
			"negation")), kind
	case ChangeLatin:
		return slices.Insert(out, i, rapid.SampledFrom([]string{"Zorro", "KGBx"}).Draw(t, "latin")), kind
	default:
		out[i] = "دگرگون"
		return out, ChangeOther
	}
}

// TestReanchorMutations: over texts of random words, an untouched quotation is found where it is, one that was
// changed is never taken for unchanged, and the change that was made is among those named.
func TestReanchorMutations(t *testing.T) {
	word := rapid.StringOfN(rapid.SampledFrom([]rune("abcdeابتثجچپ")), 3, 8, -1)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfNDistinct(word, 30, 60, func(w string) string { return Fold(w) }).Draw(t, "words")
		from := rapid.IntRange(0, len(words)-12).Draw(t, "from")
		length := rapid.IntRange(4, 10).Draw(t, "length")
		text := strings.Join(words, " ") + "."
		d := mustDocRapid(t, text)
		prefix := strings.Join(words[:from], " ")
		if from > 0 {
			prefix += " "
		}
		exact := strings.Join(words[from:from+length], " ")
		span := Span{d.CodePoint(len(prefix)), d.CodePoint(len(prefix) + len(exact))}
		q := d.Quote(span)

		if a, got, cs := Reanchor(q, span, d); a != AnchorExact || got != span || cs != nil {
			t.Fatalf("unchanged text: %s %v %v", a, got, cs)
		}
		moved := mustDocRapid(t, "Ein Satz davor.\n"+text)
		if a, got, cs := Reanchor(q, span, moved); a != AnchorRelocated || moved.Slice(got) != exact || len(cs) == 0 {
			t.Fatalf("moved text: %s %q %v", a, moved.Slice(got), cs)
		}
		changed, kind := mutate(t, words[from:from+length])
		revised := mustDocRapid(t, prefix+strings.Join(changed, " ")+text[len(prefix)+len(exact):])
		a, got, cs := Reanchor(q, span, revised)
		switch {
		case strings.Contains(revised.Raw(), exact): // put in at the edge: the words themselves stand
			if a == AnchorRelocated && kind == ChangeNegation {
				t.Fatalf("a negation beside the quotation passed: %q in %q", exact, revised.Raw())
			}
		case a == AnchorExact || a == AnchorRelocated:
			t.Fatalf("a changed quotation was taken for unchanged: %q in %q", exact, revised.Raw())
		case a == AnchorNeedsConfirmation && kind != ChangeOther && !slices.Contains(kindsOf(cs), kind):
			t.Fatalf("change %s is not named in %+v: %q for %q", kind, cs, revised.Slice(got), exact)
		}
		if a != AnchorExact && len(cs) == 0 {
			t.Fatalf("%s without a word of why", a)
		}
	})
}

func mustDocRapid(t *rapid.T, raw string) *Doc {
	d, err := NewDoc(raw)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func FuzzReanchor(f *testing.F) {
	f.Add(reanchorBase, reanchorBase, 3, 30)
	f.Add(reanchorBase, "سخنگو گفت که ۱۳۰۰ ایمیل 1,200 stole The group", 45, 80)
	f.Add("aaaa", "aaaaaaaa", 0, 3)
	f.Add("۱.۵", "1.5 ’’ ...", 0, 2)
	f.Fuzz(func(t *testing.T, before, after string, start, end int) {
		old, err := NewDoc(before)
		if err != nil {
			return
		}
		revised, err := NewDoc(after)
		if err != nil {
			return
		}
		span := Span{start, end}
		q := old.Quote(span)
		a, got, cs := Reanchor(q, span, revised)
		switch a {
		case AnchorOrphaned:
			if got != (Span{}) || len(cs) == 0 {
				t.Fatalf("orphaned with span %v and changes %v", got, cs)
			}
		case AnchorExact, AnchorRelocated:
			if revised.Slice(got) != q.Exact || a == AnchorRelocated && len(cs) == 0 {
				t.Fatalf("%s: %q for %q, %v", a, revised.Slice(got), q.Exact, cs)
			}
		case AnchorNeedsConfirmation:
			if !revised.Valid(got) || len(cs) == 0 {
				t.Fatalf("needs confirmation with span %v and changes %v", got, cs)
			}
		default:
			t.Fatalf("no such answer: %q", a)
		}
	})
}

// BenchmarkReanchorDoubling looks for a changed quotation in texts twice as long each time.
func BenchmarkReanchorDoubling(b *testing.B) {
	old := benchDoc(b, reanchorBase)
	span := Span{40, 100}
	q := old.Quote(span)
	q.Exact = strings.Replace(q.Exact, "1,200", "1,300", 1)
	q.Prefix = "" // so that the whole text is searched word by word
	for _, n := range []int{250, 500, 1000} {
		raw := strings.Repeat(articles["en"], n) + reanchorBase
		d := benchDoc(b, raw)
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			b.SetBytes(int64(len(raw)))
			for b.Loop() {
				Reanchor(q, span, d)
			}
		})
	}
}
