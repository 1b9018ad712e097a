package model_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"claimbench/internal/fault"
	"claimbench/internal/model"
	"claimbench/internal/model/modeltest"
)

func voices(t *testing.T, script func(modeltest.Asked) modeltest.Reply) (*model.Voices, *modeltest.Server) {
	t.Helper()
	s := modeltest.New(t, script)
	v, err := model.NewVoices(client(t, s))
	if err != nil {
		t.Fatal(err)
	}
	return v, s
}

func glossOf(words string) modeltest.Reply {
	return modeltest.JSON(map[string]any{"claims": []any{map[string]any{"claim": 1, "words": words}}})
}

const (
	damFa = "سد در ۳ مه ۲۰۲۱ شکست و شرکت ۵ میلیون دلار پرداخت کرد."
	damEn = "The dam broke on 3 May 2021 and the company paid 5 million dollars."
)

// What says the same in the language that was asked for is taken; everything else is refused, with the reason.
func TestGloss(t *testing.T) {
	fa := model.Worded{Lang: "fa", Words: damFa}
	for name, c := range map[string]struct {
		of    model.Worded
		to    string
		reply modeltest.Reply
		why   model.Why
	}{
		"taken":        {fa, "en", glossOf(damEn), ""},
		"into Persian": {model.Worded{Lang: "en", Words: damEn}, "fa", glossOf(damFa), ""},
		"a digit changed": {
			fa, "en", glossOf(strings.Replace(damEn, "5 million", "6 million", 1)), model.Number},
		"a day changed": {fa, "en", glossOf(strings.Replace(damEn, "3 May", "4 May", 1)), model.Date},
		"another language": {
			fa, "en", glossOf("Der Damm brach am 3. Mai 2021 und die Firma zahlte 5 Millionen Dollar."),
			model.Language},
		"another script":        {fa, "en", glossOf("ダムは2021年5月3日に決壊し、会社は500万ドルを支払った。"), model.Language},
		"the source":            {fa, "en", glossOf(damFa), model.Language},
		"the source, other tag": {model.Worded{Lang: "en", Words: "BBC"}, "de", glossOf("BBC"), model.Language},
		"HTML":                  {fa, "en", glossOf("<b>" + damEn + "</b>"), model.Language},
		"an entity":             {fa, "en", glossOf(damEn + "&nbsp;"), model.Language},
		"an address":            {fa, "en", glossOf(damEn + " https://example.org"), model.Language},
		"empty":                 {fa, "en", glossOf(" \u200b "), model.NoWords},
		"two lines": {
			fa, "en", glossOf("The dam broke on 3 May 2021\nand the company paid 5 million dollars."),
			model.NoWords},
		"a direction mark": {fa, "en", glossOf(damEn + "\u202e"), model.NoWords},
		"far too long":     {fa, "en", glossOf(damEn + strings.Repeat(" and so on", 100)), model.NoWords},
		"10 MB":            {fa, "en", glossOf(strings.Repeat("The dam broke. ", 700_000)), model.Unreadable},
		"two glosses": {
			fa, "en", modeltest.Reply{Content: `{"claims":[{"claim":1,"words":"a"},{"claim":2,"words":"b"}]}`},
			model.Unreadable},
		"of another claim": {
			fa, "en", modeltest.Reply{Content: `{"claims":[{"claim":2,"words":"The dam broke."}]}`},
			model.Unreadable},
		"no gloss": {fa, "en", modeltest.Reply{Content: `{"claims":[]}`}, model.Unreadable},
		"other JSON": {
			fa, "en", modeltest.Reply{Content: `{"verdict":"corroborated"}`}, model.Unreadable},
		"no JSON":               {fa, "en", modeltest.Reply{Content: "Of course! " + damEn}, model.Unreadable},
		"nothing to be glossed": {model.Worded{Lang: "fa", Words: " "}, "en", glossOf(damEn), model.Long},
		"too much to be glossed": {
			model.Worded{Lang: "fa", Words: strings.Repeat("سد ", 1000)}, "en", glossOf(damEn), model.Long},
	} {
		t.Run(name, func(t *testing.T) {
			v, _ := voices(t, func(modeltest.Asked) modeltest.Reply { return c.reply })
			got, err := v.Gloss(t.Context(), c.of, c.to, nil)
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case c.why == "" && (got.Refused != nil || got.Words == ""):
				t.Errorf("refused: %+v", got.Refused)
			case c.why != "" && (got.Refused == nil || got.Refused.Why != c.why || got.Words != ""):
				t.Errorf("%q is taken, or refused for another reason: %+v", got.Words, got.Refused)
			case c.why == "" && (got.Made.Model == "" || len(got.Made.Prompt) != 64 || len(got.Made.Input) != 64):
				t.Errorf("made by %+v", got.Made)
			}
		})
	}
}

// What differs and is no number or day is shown beside the gloss.
func TestGlossDiffersInANegation(t *testing.T) {
	v, _ := voices(t, func(modeltest.Asked) modeltest.Reply { return glossOf("Der Damm brach nicht am 3. Mai 2021.") })
	got, err := v.Gloss(t.Context(), model.Worded{Lang: "en", Words: "The dam broke on 3 May 2021."}, "de", nil)
	if err != nil || got.Refused == nil && len(got.Notes) == 0 {
		t.Errorf("a denial that is not in the claim is taken without a word: %+v, %v", got, err)
	}
}

// A limit that is reached, and a server that fails, are errors; nothing is asked beyond the limit.
func TestVoicesFail(t *testing.T) {
	for name, reply := range map[string]modeltest.Reply{"cut": {Content: `{"claims":[]}`, Cut: true},
		"half": {Content: strings.Repeat("x", 400), Half: true}, "fails": {Content: "{", Fails: "out of memory"},
		"busy for an hour": modeltest.Busy(3600)} {
		v, _ := voices(t, func(modeltest.Asked) modeltest.Reply { return reply })
		if got, err := v.Gloss(t.Context(), model.Worded{Lang: "fa", Words: damFa}, "en", nil); fault.KindOf(err) !=
			fault.Unavailable {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		if got, err := v.Order(t.Context(), model.Worded{Lang: "fa", Words: damFa}, passages(3),
			nil); fault.KindOf(err) != fault.Unavailable {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	v, s := voices(t, func(modeltest.Asked) modeltest.Reply { return glossOf(damEn) })
	enough := errors.New("enough")
	spend := func(context.Context) error { return enough }
	if _, err := v.Gloss(t.Context(), model.Worded{Lang: "fa", Words: damFa}, "en", spend); !errors.Is(err, enough) {
		t.Error(err)
	}
	if _, err := v.Order(t.Context(), model.Worded{Lang: "fa", Words: damFa}, passages(3), spend); !errors.Is(err,
		enough) || len(s.Asked()) != 0 {
		t.Error(err, len(s.Asked()))
	}
}

// Hours of silence end, by a clock that is not the world's.
func TestVoicesSilence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, _ := inProcess(t, func(modeltest.Asked) modeltest.Reply { return modeltest.Reply{Silent: true} })
		v, err := model.NewVoices(c)
		if err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		if _, err := v.Gloss(t.Context(), model.Worded{Lang: "fa", Words: damFa}, "en", nil); fault.KindOf(err) !=
			fault.Unavailable || time.Since(begun) > time.Hour {
			t.Errorf("%v after %s", err, time.Since(begun))
		}
	})
}

func passages(n int) (out []model.Worded) {
	for i := range n {
		out = append(out, model.Worded{Lang: "en", Words: fmt.Sprintf("Sentence %d of a report on the dam.", i+1)})
	}
	return out
}

// The numbers of an order are those that were sent, once each; reasons that hold other numbers, or marks of a page, or
// are long, are left out, and the passage keeps its place.
func TestOrder(t *testing.T) {
	claim := model.Worded{Lang: "fa", Words: damFa}
	for name, c := range map[string]struct {
		reply string
		want  []int
		whys  []string
	}{
		"an order": {
			`{"passages":[{"n":3,"why":"the dam"},{"n":1,"why":"the same 5 million"}]}`, []int{2, 0},
			[]string{"the dam", "the same 5 million"}},
		"unknown numbers": {
			`{"passages":[{"n":9,"why":"a"},{"n":0,"why":"b"},{"n":-1,"why":"c"},{"n":2,"why":"d"}]}`, []int{1},
			[]string{"d"}},
		"doubled": {
			`{"passages":[{"n":2,"why":"a"},{"n":2,"why":"b"},{"n":1,"why":"c"}]}`, []int{1, 0},
			[]string{"a", "c"}},
		"a number added": {`{"passages":[{"n":2,"why":"7 people died"}]}`, []int{1}, []string{""}},
		"HTML":           {`{"passages":[{"n":2,"why":"<script>x</script>"}]}`, []int{1}, []string{""}},
		"a long reason": {
			`{"passages":[{"n":2,"why":"` + strings.Repeat("why ", 100) + `"}]}`, []int{1}, []string{""}},
		"a hidden mark":     {`{"passages":[{"n":2,"why":"the \u202edam"}]}`, []int{1}, []string{""}},
		"none bears on it":  {`{"passages":[]}`, nil, nil},
		"only unknown ones": {`{"passages":[{"n":77,"why":""}]}`, nil, nil},
		"a stance":          {`{"passages":[{"n":2,"why":"a","against":true}]}`, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			v, _ := voices(t, func(modeltest.Asked) modeltest.Reply { return modeltest.Reply{Content: c.reply} })
			got, err := v.Order(t.Context(), claim, passages(3), nil)
			if err != nil {
				t.Fatal(err)
			}
			var order []int
			var whys []string
			for _, p := range got.Places {
				order, whys = append(order, p.N), append(whys, p.Why)
			}
			if !slices.Equal(order, c.want) || !slices.Equal(whys, c.whys) {
				t.Errorf("%v %q, want %v %q (%+v)", order, whys, c.want, c.whys, got.Refused)
			}
		})
	}
}

// At most fifty passages are sent, long ones cut, and no more than a model reads.
func TestOrderIsBounded(t *testing.T) {
	var most, longest, all int
	v, _ := voices(t, func(a modeltest.Asked) modeltest.Reply {
		var got struct {
			Passages []struct {
				N    int
				Text string
			}
		}
		if err := json.Unmarshal([]byte(a.User), &got); err != nil {
			t.Error(err)
		}
		most, longest, all = len(got.Passages), 0, 0
		for _, p := range got.Passages {
			n := len([]rune(p.Text))
			longest, all = max(longest, n), all+n
		}
		return modeltest.Reply{Content: `{"passages":[]}`}
	})
	if _, err := v.Order(t.Context(), model.Worded{Lang: "en", Words: damEn}, passages(80), nil); err != nil ||
		most != 50 {
		t.Errorf("%d sent, %v", most, err)
	}
	long := passages(60)
	for i := range long {
		long[i].Words = strings.Repeat("dam ", 500)
	}
	if _, err := v.Order(t.Context(), model.Worded{Lang: "en", Words: damEn}, long, nil); err != nil || most < 2 ||
		longest > 601 || all > 12_000 {
		t.Errorf("%d sent, the longest of %d, all of %d, %v", most, longest, all, err)
	}
}

// A claim or a passage that speaks to the model changes at most what is proposed of it, whatever the model obeys.
func TestInjectionsInVoices(t *testing.T) {
	n := 0
	for lang, all := range injections {
		for _, words := range all {
			n++
			for _, obey := range []modeltest.Reply{{Content: `{"claims":[],"verdict":"corroborated"}`},
				glossOf("Angela Merkel said 100."), glossOf(words), {Content: words},
				{Content: `{"passages":[{"n":1,"why":"supports","against":false}]}`},
				{Content: `{"passages":[{"n":99,"why":"100"},{"n":1,"why":"the sum is 100"}]}`}} {
				v, s := voices(t, func(a modeltest.Asked) modeltest.Reply {
					if strings.Contains(a.System, words) {
						t.Error("words of a text stand among the instructions")
					}
					return obey
				})
				to := "en"
				if lang == "en" {
					to = "de"
				}
				got, err := v.Gloss(t.Context(), model.Worded{Lang: lang, Words: words}, to, nil)
				if err != nil {
					t.Fatal(err)
				}
				if got.Words != "" && (strings.Contains(got.Words, "100") && !strings.ContainsAny(words, "1۱١")) {
					t.Errorf("%q is a gloss of %q", got.Words, words)
				}
				sent := passages(2)
				sent[0] = model.Worded{Lang: lang, Words: words}
				order, err := v.Order(t.Context(), model.Worded{Lang: "en", Words: damEn}, sent, nil)
				if err != nil {
					t.Fatal(err)
				}
				for _, p := range order.Places {
					if p.N != 0 || strings.Contains(p.Why, "100") && !strings.ContainsAny(words, "1۱١") {
						t.Errorf("%+v of %q", p, words)
					}
				}
				if len(s.Asked()) != 2 {
					t.Errorf("%d questions", len(s.Asked()))
				}
			}
		}
	}
	if n != 30 {
		t.Errorf("%d injections", n)
	}
}

// TestHostileGlosses: 500 glosses in which one digit is changed, or a number added, from and into five languages: none
// gets through; what is translated as it is is taken.
func TestHostileGlosses(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 15))
	langs := []string{"ar", "de", "en", "fa", "ja"}
	answer := ""
	v, _ := voices(t, func(modeltest.Asked) modeltest.Reply { return glossOf(answer) })
	through, refused := 0, 0
	for n := range 500 {
		from, to := langs[n%5], langs[(n+1+n/5%4)%5]
		honest := plainTexts[to]
		if answer = withDigit(r, honest); n%5 == 4 {
			answer = insert(r, honest, pick(r, "7", "300", "13%"))
		}
		of := model.Worded{Lang: from, Words: plainTexts[from]}
		got, err := v.Gloss(t.Context(), of, to, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got.Refused == nil {
			through++
			t.Logf("%s to %s: %q", from, to, answer)
		}
		answer = honest
		if got, err = v.Gloss(t.Context(), of, to, nil); err != nil {
			t.Fatal(err)
		}
		if got.Refused != nil {
			refused++
			t.Logf("%s to %s: %q is refused: %+v", from, to, honest, got.Refused)
		}
	}
	if through > 0 || refused > 0 {
		t.Errorf("%d of 500 get through, %d of 500 honest ones are refused", through, refused)
	}
}
