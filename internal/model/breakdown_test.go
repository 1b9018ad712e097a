package model_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"claimbench/internal/extract"
	"claimbench/internal/fault"
	"claimbench/internal/model"
	"claimbench/internal/model/modeltest"
	"claimbench/internal/text"
	"claimbench/seeds"
)

var _ extract.Extractor = (*model.Breakdown)(nil)

// sent is what a question about a window holds.
type sent struct {
	Lang      string
	Context   []piece
	Sentences []piece
	Claims    []struct {
		Claim, Sentence int
		Statement       string
	}
}

type piece struct {
	N    int
	Text string
}

func sentIn(t *testing.T, a modeltest.Asked) (s sent) {
	t.Helper()
	if err := json.Unmarshal([]byte(a.User), &s); err != nil {
		t.Errorf("what was sent is no JSON: %v: %s", err, a.User)
	}
	return s
}

// said and placed are a model's answers.
type said struct {
	Sentence  int    `json:"sentence"`
	Statement string `json:"statement"`
}

type placed struct {
	Claim       int      `json:"claim"`
	First       string   `json:"first"`
	Last        string   `json:"last"`
	Attribution string   `json:"attribution"`
	Hedge       []string `json:"hedge"`
	Brackets    []inside `json:"brackets"`
}

type inside struct {
	Text  string `json:"text"`
	First string `json:"first"`
	Last  string `json:"last"`
}

func claimsOf[T any](all ...T) modeltest.Reply { return modeltest.JSON(map[string]any{"claims": all}) }

// one answers with one claim about the first window.
func one(s said, p placed) func(modeltest.Asked) modeltest.Reply {
	return func(a modeltest.Asked) modeltest.Reply {
		if a.Schema == "claims" {
			return claimsOf(s)
		}
		p.Claim = 1
		return claimsOf(p)
	}
}

func broken(t *testing.T, raw, lang string, script func(modeltest.Asked) modeltest.Reply) (model.Broken, *text.Doc) {
	t.Helper()
	b, err := model.NewBreakdown(client(t, modeltest.New(t, script)))
	if err != nil {
		t.Fatal(err)
	}
	d, err := text.NewDoc(raw)
	if err != nil {
		t.Fatal(err)
	}
	got, err := b.Break(t.Context(), extract.Document{Text: d, Lang: lang})
	if err != nil {
		t.Fatal(err)
	}
	return got, d
}

const dam = "Angela Merkel opened the dam in 1998. She said that it would not break before 2050, but engineers " +
	"warned of " +
	"“deep cracks” in May. The dam broke on 3 May 2021 and killed 12 people, and the company has not paid $5 million."

func TestBreakdown(t *testing.T) {
	for name, c := range map[string]struct {
		say   said
		at    placed
		want  string // span | statement | who | hedges
		stand string
		why   model.Why
	}{
		"a claim": {said{3, "The dam broke on 3 May 2021"}, placed{First: "The dam", Last: "3 May 2021"},
			"The dam broke on 3 May 2021|The dam broke on 3 May 2021|article|", "", ""},
		"a bracket": {said{2, "She [Angela Merkel] said that it would not break before 2050"},
			placed{First: "She said", Last: "before 2050", Brackets: []inside{{"Angela Merkel", "Angela", "Merkel"}}},
			"She said that it would not break before 2050|She said that it would not break before 2050|Angela Merkel|",
			"She [Angela Merkel] said that it would not break before 2050", ""},
		"a speaker": {said{2, "it would not break before 2050"}, placed{First: "it would", Last: "2050",
			Attribution: "She"},
			"it would not break before 2050|it would not break before 2050|She|", "", ""},
		"a hedge that the sentence has not, and one that there is not": {said{3, "The dam broke on 3 May 2021"},
			placed{First: "The dam", Last: "3 May 2021", Hedge: []string{"Alleged", "corroborated"}},
			"The dam broke on 3 May 2021|The dam broke on 3 May 2021|article|", "", ""},
		"other words": {said{3, "The dam collapsed on 3 May 2021"}, placed{First: "The dam", Last: "3 May 2021"},
			"The dam broke on 3 May 2021|The dam broke on 3 May 2021|article|", "", ""},
		"a digit": {said{3, "The dam broke on 8 May 2021"}, placed{First: "The dam", Last: "3 May 2021"}, "", "",
			model.Number},
		"a number in words": {said{3, "The dam killed thirteen people"}, placed{First: "The dam",
			Last: "12 people"}, "", "",
			model.Number},
		"a number of another claim": {said{3, "The dam killed 5 people"}, placed{First: "The dam",
			Last: "12 people"}, "", "",
			model.Number},
		"a name": {said{3, "Boris Johnson broke the dam"}, placed{First: "The dam", Last: "3 May 2021"}, "", "",
			model.Name},
		"a negation added": {said{3, "The dam broke not on 3 May 2021"}, placed{First: "The dam",
			Last: "3 May 2021"}, "", "",
			model.Negation},
		"a negation lost": {said{3, "the company has paid $5 million"}, placed{First: "the company",
			Last: "$5 million"}, "",
			"", model.Negation},
		"a negation cut away": {said{2, "it would break before 2050"}, placed{First: "break before",
			Last: "2050"}, "", "",
			model.Governed},
		"a negation moved": {said{3, "the company has paid not $5 million"}, placed{First: "the company",
			Last: "$5 million"},
			"the company has not paid $5 million|the company has not paid $5 million|article|", "", ""},
		"an invented quotation": {said{3, "The dam “broke” on 3 May 2021"}, placed{First: "The dam",
			Last: "3 May 2021"},
			"The dam broke on 3 May 2021|The dam broke on 3 May 2021|article|", "", ""},
		"words that are not there": {said{3, "The dam broke"}, placed{First: "The big dam", Last: "broke"}, "", "",
			model.Missing},
		"no anchors": {said{3, "The dam broke"}, placed{}, "", "", model.Missing},
		"no such sentence": {said{9, "The dam broke"}, placed{First: "The dam", Last: "broke"}, "", "",
			model.NoSentence},
		"another language": {said{3, "سد در ۳ مه شکست"}, placed{First: "The dam", Last: "3 May 2021"}, "", "",
			model.Language},
		"HTML": {said{3, "<b>The dam</b> broke on 3 May 2021"}, placed{First: "The dam", Last: "3 May 2021"}, "", "",
			model.Language},
		"signs that nobody sees": {said{3, "The dam \u202ebroke"}, placed{First: "The dam", Last: "3 May 2021"}, "", "",
			model.NoWords},
		"a speaker who is not there": {said{3, "The dam broke on 3 May 2021"},
			placed{First: "The dam", Last: "3 May 2021", Attribution: "The Times"}, "", "", model.Speaker},
		"a bracket from nowhere": {said{2, "She [Marie Curie] said"},
			placed{First: "She said", Last: "2050", Brackets: []inside{{"Marie Curie", "Marie", "Curie"}}}, "", "",
			model.Filled},
		"a bracket without its source": {said{2, "She [Angela Merkel] said"}, placed{First: "She said",
			Last: "2050"}, "", "",
			model.Filled},
		"words of another stretch": {said{3, "the company has not paid $5 million"},
			placed{First: "The dam", Last: "3 May 2021"}, "", "", model.Number},
	} {
		t.Run(name, func(t *testing.T) {
			got, d := broken(t, dam, "en", one(c.say, c.at))
			if c.why != "" {
				if len(got.Candidates) > 0 || len(got.Refused) != 1 || got.Refused[0].Why != c.why {
					t.Fatalf("%+v", got)
				}
				return
			}
			if len(got.Candidates) != 1 {
				t.Fatalf("%+v", got)
			}
			one := got.Candidates[0]
			if s := strings.Join([]string{d.Slice(one.Span), one.Statement, one.Attribution,
				strings.Join(one.Hedge, ",")}, "|"); s != c.want {
				t.Errorf("got %s", s)
			}
			if c.stand != "" && (one.Standalone != c.stand || len(one.Brackets) != 1 ||
				d.Slice(one.Brackets[0].From) != one.Brackets[0].Text) {
				t.Errorf("%q, %+v", one.Standalone, one.Brackets)
			}
			if m := one.Made; m.Model != "fake" || len(m.Prompt) != 64 || len(m.Input) != 64 ||
				!strings.Contains(m.Parameters, "temperature=0") {
				t.Errorf("made by %+v", m)
			}
		})
	}
}

// A text of many windows is sent once and in order; what goes wrong with one costs its claims only.
func TestWindows(t *testing.T) {
	var raw strings.Builder
	for i := range 40 {
		raw.WriteString("Company number " + string(rune('A'+i%26)) + " paid a fine in the summer of that long year. ")
	}
	honest := honestly(t)
	seen := map[int]int{}
	bad := 0
	got, d := broken(t, raw.String(), "en", func(a modeltest.Asked) modeltest.Reply {
		s := sentIn(t, a)
		if a.Schema == "claims" {
			for _, p := range s.Sentences {
				seen[p.N]++
			}
			if bad++; bad == 2 {
				return modeltest.Reply{Content: "I cannot do that."}
			}
		}
		return honest(a)
	})
	if got.Windows != 4 || len(seen) != 40 || len(got.Candidates) != 28 || len(got.Refused) != 1 ||
		got.Refused[0].Why != model.Unreadable || got.Questions != 7 {
		t.Errorf("%d windows, %d sentences, %d candidates, %d questions, refused %+v", got.Windows, len(seen),
			len(got.Candidates), got.Questions, got.Refused)
	}
	for n, times := range seen {
		if times != 1 {
			t.Errorf("sentence %d was sent %d times", n, times)
		}
	}
	if !slices.IsSortedFunc(got.Candidates, func(a, b model.Proposed) int { return a.Span.Start - b.Span.Start }) {
		t.Error("the candidates are not in the order of the text")
	}
	for _, c := range got.Candidates {
		if d.Slice(c.Span) != strings.TrimSuffix(c.Statement, ".")+"." && d.Slice(c.Span) != c.Statement {
			t.Errorf("%q at %q", c.Statement, d.Slice(c.Span))
		}
	}
}

// honestly answers as a good model would: each sentence is a claim in its own words.
func honestly(t *testing.T) func(modeltest.Asked) modeltest.Reply {
	return func(a modeltest.Asked) modeltest.Reply {
		s := sentIn(t, a)
		texts := map[int]string{}
		for _, p := range s.Sentences {
			texts[p.N] = p.Text
		}
		if a.Schema == "claims" {
			var out []said
			for _, p := range s.Sentences {
				out = append(out, said{p.N, p.Text})
			}
			return claimsOf(out...)
		}
		var out []placed
		for _, c := range s.Claims {
			p := placed{Claim: c.Claim, Hedge: []string{}, Brackets: []inside{}}
			p.First, p.Last = texts[c.Sentence], texts[c.Sentence]
			if len([]rune(p.First)) > 150 {
				p.First, p.Last = ends(texts[c.Sentence])
			}
			out = append(out, p)
		}
		return claimsOf(out...)
	}
}

// ends are the first and last words of a sentence, long enough to stand in it once.
func ends(s string) (string, string) {
	words := strings.Fields(s)
	if len(words) < 8 {
		r := []rune(s)
		return string(r[:12]), string(r[len(r)-12:])
	}
	return strings.Join(words[:4], " "), strings.Join(words[len(words)-4:], " ")
}

// An outage ends the work with what came until then.
func TestOutage(t *testing.T) {
	honest := honestly(t)
	b, err := model.NewBreakdown(client(t, modeltest.New(t, func(a modeltest.Asked) modeltest.Reply {
		if a.N > 2 {
			return modeltest.Reply{Content: "{}", Cut: true}
		}
		return honest(a)
	})))
	if err != nil {
		t.Fatal(err)
	}
	d, err := text.NewDoc(strings.Repeat("The company paid a fine of a large sum in that long year. ", 30))
	if err != nil {
		t.Fatal(err)
	}
	got, err := b.Break(t.Context(), extract.Document{Text: d, Lang: "en"})
	if fault.KindOf(err) != fault.Unavailable || len(got.Candidates) != 12 {
		t.Errorf("%d candidates, %v", len(got.Candidates), err)
	}
}

// Of what a model says rightly, most is taken: the four samples, each sentence a claim.
func TestHonestModel(t *testing.T) {
	all, err := seeds.Articles()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		got, d := broken(t, a.Raw, a.Lang, honestly(t))
		n := len(text.Sentences(d, a.Lang))
		t.Logf("%s: %d sentences, %d candidates, refused %d", a.File, n, len(got.Candidates), len(got.Refused))
		for _, r := range got.Refused {
			t.Logf("  %s %s: %.80s", r.Why, r.What, r.Statement)
		}
		if 4*len(got.Candidates) < 3*n {
			t.Errorf("%s: of %d sentences only %d are taken", a.File, n, len(got.Candidates))
		}
	}
}
