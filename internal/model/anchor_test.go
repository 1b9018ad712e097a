package model

import (
	"testing"

	"claimbench/internal/text"
)

func TestAnchors(t *testing.T) {
	for name, c := range map[string]struct {
		in, first, last string
		want            string
		why             Why
		rung            int // of the first words
	}{
		"exact": {"The dam broke on 3 May.", "The dam", "3 May", "The dam broke on 3 May",
			"", rungExact},
		"the same words both": {"The dam broke.", "The dam broke", "The dam broke", "The dam broke", "",
			rungExact},
		"two ways of one letter": {"Le cafe\u0301 a ouvert.", "café a", "ouvert", "cafe\u0301 a ouvert", "",
			rungNFC},
		"other spaces": {"The\u00a0dam\n broke on 3 May.", "The dam broke", "3 May",
			"The\u00a0dam\n broke on 3 May", "", rungSpaces},
		"other quotation marks": {"He said „no more“ today.", `said "no more"`, "today",
			"said „no more“ today", "", rungQuotes},
		"another letter":          {"گفت که یک سد شکست", "گفت كه", "شکست", "", Missing, 0},
		"another digit":           {"The dam broke on 3 May.", "The dam", "8 May", "", Missing, 0},
		"other digits of its own": {"سال ۹ تمام شد", "سال 9", "تمام شد", "", Missing, 0},
		"another case":            {"The dam broke.", "the dam", "broke", "", Missing, 0},
		"a mark less":             {"Le café a ouvert.", "cafe a", "ouvert", "", Missing, 0},
		"part of a number":        {"There were 15 dead in May.", "5 dead", "May", "", Missing, 0},
		"part of a number behind": {"It rose by 1.5 percent to 20.", "It rose", "to 2", "", Missing, 0},
		"part of a word":          {"It is impossible here.", "possible", "here", "", Missing, 0},
		"twice":                   {"A dam broke and a dam held and a dam fell.", "a dam", "fell", "", Several, 0},
		"the last twice, one behind": {"In May it rose from May on.", "it rose", "May", "it rose from May", "",
			rungExact},
		"in the wrong order":          {"The dam broke on 3 May.", "3 May", "The dam", "", Missing, 0},
		"not there":                   {"The dam broke.", "The bridge", "broke", "", Missing, 0},
		"nothing":                     {"The dam broke.", "", "broke", "", Missing, 0},
		"signs only":                  {"The dam broke …", "…", "broke", "", Missing, 0},
		"letters without spaces":      {"ダムが決壊した。", "ダムが", "決壊した", "ダムが決壊した", "", rungExact},
		"an ideographic space":        {"ダムが\u3000決壊した。", "ダムが 決壊", "した", "ダムが\u3000決壊した", "", rungSpaces},
		"no full width for ASCII":     {"２人が死亡した。", "2人が", "した", "", Missing, 0},
		"a joiner is a sign":          {"می‌شود گفت", "میشود", "گفت", "", Missing, 0},
		"a mark of a letter stays on": {"cafe\u0301 ouvert", "cafe", "ouvert", "", Missing, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s, why := between(c.in, c.first, c.last)
			got := ""
			if why == "" {
				d, err := text.NewDoc(c.in)
				if err != nil {
					t.Fatal(err)
				}
				got = d.Slice(s)
			}
			if got != c.want || why != c.why {
				t.Errorf("got %q, %q; want %q, %q", got, why, c.want, c.why)
			}
			if c.rung != 0 {
				if _, rung := find(c.in, c.first); rung != c.rung {
					t.Errorf("found on rung %d, want %d", rung, c.rung)
				}
			}
		})
	}
}

func TestOwnWords(t *testing.T) {
	for name, c := range map[string]struct{ sentence, statement, want string }{
		"the same":             {"The dam broke.", "The dam broke.", "The dam broke."},
		"words left out":       {"The dam, built in 1960, broke.", "The dam broke.", "The dam broke."},
		"as the text spells":   {"گفت يك سد شکست", "یک سد شکست", "يك سد شکست"},
		"another order":        {"The dog bit the man.", "The man bit the dog.", ""},
		"a word more":          {"The dam broke.", "The old dam broke.", ""},
		"a sign of a number":   {"It fell by 5 degrees.", "It fell by -5 degrees.", ""},
		"per cent":             {"It fell by 5 degrees.", "It fell by 5%.", ""},
		"part of a number":     {"1.5 million came.", "5 million came.", ""},
		"a quotation":          {"The dam “broke at once” there.", "The dam “broke” there.", ""},
		"quoted as there":      {"The dam “broke at once” there.", "dam “broke at once”", "dam “broke at once”"},
		"a quotation invented": {"The dam broke at once.", "The dam “broke”.", ""},
		"Japanese":             {"声明は、ロシアが関与していないと述べた。", "ロシアが関与していない", "ロシアが関与していない"},
		"Japanese, one off":    {"声明は、ロシアが関与していないと述べた。", "ロシアが関与している", ""},
		"Japanese, other":      {"声明は、ロシアが関与していないと述べた。", "ロシアは関与していない", ""},
		"Japanese, less":       {"声明は、ロシアが2,000通に関与したと述べた。", "ロシアが000通に関与した", ""},
		"nothing":              {"The dam broke.", "…", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got, ok := ownWords(c.sentence, c.statement); got != c.want || ok != (c.want != "") {
				t.Errorf("got %q, %v; want %q", got, ok, c.want)
			}
		})
	}
}
