package model_test

import (
	"slices"
	"strings"
	"testing"

	"claimbench/internal/extract"
	"claimbench/internal/model"
	"claimbench/internal/model/modeltest"
	"claimbench/internal/text"
)

func readingOf(t *testing.T, raw, lang string) (*text.Doc, *model.Reading) {
	t.Helper()
	d, err := text.NewDoc(raw)
	if err != nil {
		t.Fatal(err)
	}
	return d, model.Read(extract.Document{Text: d, Lang: lang, Sentences: text.Sentences(d, lang)})
}

// TestGovernedClausesAreRefused: a clause is not taken without what denies, doubts, asks, plans or conditions it, and
// the refusal names these words; the whole sentence is taken, and what it does state.
func TestGovernedClausesAreRefused(t *testing.T) {
	t.Parallel()
	for _, g := range modeltest.Sentences(t) {
		_, r := readingOf(t, g.Sentence, g.Lang)
		offer := func(statement, quote string, hedge ...string) (extract.Candidate, *model.Refusal) {
			c, no, err := r.Claim(t.Context(), model.Offered{Statement: statement, Quote: quote, Hedge: hedge})
			if err != nil {
				t.Fatal(err)
			}
			return c, no
		}
		whole := strings.TrimRight(g.Sentence, ".。")
		if c, no := offer(g.Clause, g.Clause); no == nil {
			t.Errorf("%s %s: “%s” is taken without “%s”: %v", g.Lang, g.Kind, g.Clause, g.Words, c.Hedge)
		} else if no.Why != model.Negation && (no.Why != model.Governed || no.What == "" || strings.Contains(g.Clause,
			no.What)) {
			t.Errorf("%s %s: “%s” is refused as %s, “%s”; want “%s” named", g.Lang, g.Kind, g.Clause, no.Why, no.What,
				g.Words)
		}
		if _, no := offer(whole, whole); no != nil {
			t.Errorf("%s %s: the whole sentence is refused: %s, “%s”", g.Lang, g.Kind, no.Why, no.What)
		}
		if c, no := offer(g.Clause, whole); no == nil && !strings.Contains(text.Fold(c.Statement),
			text.Fold(g.Words)) {
			t.Errorf("%s %s: the statement “%s” is taken without “%s”", g.Lang, g.Kind, c.Statement, g.Words)
		}
		if g.Right == "" {
			continue
		}
		if _, no := offer(g.Right, g.Right); no != nil {
			t.Errorf("%s %s: “%s” is refused: %s, “%s”", g.Lang, g.Kind, g.Right, no.Why, no.What)
		}
	}
}

// TestWhatIsTakenBackNeverStandsAlone: a clause that its sentence takes back by words that no table has, or by a word
// behind a sign, stands with the rest of its sentence or is refused; one that the next sentence takes back is refused
// with this sentence's words, and stands with the hedge that says so.
func TestWhatIsTakenBackNeverStandsAlone(t *testing.T) {
	t.Parallel()
	n := map[string]int{}
	for _, g := range modeltest.Reversals(t) {
		d, r := readingOf(t, g.Text, g.Lang)
		offer := func(hedge ...string) (extract.Candidate, *model.Refusal) {
			c, no, err := r.Claim(t.Context(), model.Offered{Statement: g.Clause, Quote: g.Clause, Hedge: hedge})
			if err != nil {
				t.Fatal(err)
			}
			return c, no
		}
		c, no := offer()
		if no != nil {
			n[g.Where+" refused"]++
			if g.Where == "next" && (no.Why != model.Governed || no.What == "" || strings.Contains(g.Clause, no.What)) {
				t.Errorf("%s: “%s” is refused as %s, “%s”", g.Lang, g.Text, no.Why, no.What)
			}
			c, no := offer("false", "denied", "satire", "rumoured")
			if g.Where == "next" && (no != nil || len(c.Hedge) == 0) {
				t.Errorf("%s: “%s” is not taken with the hedge, %v", g.Lang, g.Text, no)
			}
			continue
		}
		n[g.Where+" with its clause"]++
		kept := d.Slice(c.Span)
		if c.Statement != kept || len([]rune(kept)) < len([]rune(g.Clause))+2 && len(c.Hedge) == 0 {
			t.Errorf("%s, %s: of “%s” “%s” stands alone", g.Lang, g.Where, g.Text, c.Statement)
		}
	}
	t.Log(n)
}

// TestAClauseOfTheRulesIsNotWidened: where the rules part a sentence, and at signs, what is right stands as it was
// named.
func TestAClauseOfTheRulesIsNotWidened(t *testing.T) {
	t.Parallel()
	for _, x := range []struct{ lang, sentence, clause string }{
		{"en", "The brewery closed in May, and its owner sold the barrels.", "The brewery closed in May"},
		{"en", "The mayor said that the brewery had closed in May.", "the brewery had closed in May"},
		{"en", "The brewery closed in May; its owner sold the barrels.", "its owner sold the barrels"},
		{"fa", "شهردار گفت که کارخانه در خرداد بسته شد.", "کارخانه در خرداد بسته شد"},
		{"ar", "قال العمدة إن المصنع أغلق في أيار.", "المصنع أغلق في أيار"},
		{"ja", "市長は「醸造所は5月に閉鎖された」と述べた。", "醸造所は5月に閉鎖された"},
		{"fr", "La brasserie a fermé en mai, le patron a vendu les fûts.", "La brasserie a fermé en mai"},
		{"zh", "啤酒厂五月关门了，老板卖掉了酒桶。", "啤酒厂五月关门了"},
		{"en", "The brewery closed in May. This week a court called the owner’s letter a forgery.",
			"The brewery closed in May"},
	} {
		d, r := readingOf(t, x.sentence, x.lang)
		c, no, err := r.Claim(t.Context(), model.Offered{Statement: x.clause, Quote: x.clause})
		if err != nil || no != nil || d.Slice(c.Span) != x.clause {
			t.Errorf("%s: of “%s” stands “%s”, %v, %v", x.lang, x.sentence, c.Statement, no, err)
		}
	}
}

// TestWhatOperatorsDoNotGovernIsTaken: a month is no modal, a contrast ends a denial, and rumours of one thing say
// nothing of another.
func TestWhatOperatorsDoNotGovernIsTaken(t *testing.T) {
	t.Parallel()
	for _, x := range [][3]string{
		{"en", "The brewery closed in May while the council denied that it was bankrupt.", "The brewery closed in May"},
		{"en", "Despite rumours of a sale, the brewery opened a second hall in May.",
			"the brewery opened a second hall in May"},
		{"en", "The mayor denied the sale but confirmed that the brewery had closed in May.",
			"the brewery had closed in May"},
		{"en", "Whether the sale was legal is unclear, but the brewery closed in May.", "the brewery closed in May"},
		{"en", "Critics doubted the figures, but auditors confirmed that the brewery had lost 40 barrels.",
			"the brewery had lost 40 barrels"},
		{"de", "Der Bürgermeister bestritt den Verkauf, bestätigte aber, dass die Brauerei im Mai geschlossen wurde.",
			"die Brauerei im Mai geschlossen wurde"},
		{"de", "Trotz Gerüchten über einen Verkauf öffnete die Brauerei im Mai eine zweite Halle.",
			"öffnete die Brauerei im Mai eine zweite Halle"},
		{"fr", "Le maire a nié la vente, mais a confirmé que la brasserie avait fermé en mai.",
			"la brasserie avait fermé en mai"},
		{"fr", "Malgré les rumeurs de vente, la brasserie a ouvert une deuxième salle en mai.",
			"la brasserie a ouvert une deuxième salle en mai"},
		{"ar", "نفى العمدة البيع لكنه أكد أن المصنع أغلق في أيار.", "المصنع أغلق في أيار"},
		{"ar", "رغم الشائعات عن البيع، افتتح المصنع قاعة ثانية في أيار.", "افتتح المصنع قاعة ثانية في أيار"},
		{"fa", "شهردار فروش را تکذیب کرد اما تأیید کرد که کارخانه در خرداد بسته شد.", "کارخانه در خرداد بسته شد"},
		{"ja", "市長は売却を否定したが、醸造所が5月に閉鎖されたことを認めた。", "醸造所が5月に閉鎖された"},
		{"zh", "市长否认出售，但证实啤酒厂五月关门。", "啤酒厂五月关门"},
	} {
		_, r := readingOf(t, x[1], x[0])
		c, no, err := r.Claim(t.Context(), model.Offered{Statement: x[2], Quote: x[2]})
		if err != nil || no != nil || !strings.Contains(text.Fold(c.Statement), text.Fold(x[2])) {
			t.Errorf("%s: of “%s” stands “%s”, %v, %v", x[0], x[1], c.Statement, no, err)
		}
	}
	// what the rumour is of is governed all the same
	_, r := readingOf(t, "Despite rumours that the brewery had closed in May, the owner paid the wages.", "en")
	const words = "the brewery had closed in May"
	if c, no, err := r.Claim(t.Context(), model.Offered{Statement: words, Quote: words}); err != nil || no == nil {
		t.Errorf("“%s” is taken, %v", c.Statement, err)
	}
}

// TestADeniedClauseMayCarryItsHedge: what a sentence says that somebody denies is taken with the hedge that says so.
func TestADeniedClauseMayCarryItsHedge(t *testing.T) {
	t.Parallel()
	const clause = "its reservoir had lost 300 litres of chlorine in April"
	_, r := readingOf(t, "The Harrow water board denied that "+clause+".", "en")
	for hedge, taken := range map[string]bool{"denied": true, "Denied ": true, "likely": false, "": false} {
		c, no, err := r.Claim(t.Context(), model.Offered{Statement: clause, Quote: clause, Hedge: []string{hedge}})
		if err != nil || (no == nil) != taken || taken && !slices.Contains(c.Hedge, "denied") {
			t.Errorf("hedge %q: taken %v with %v, %v", hedge, no == nil, c.Hedge, err)
		}
	}
}

// TestAHedgeIsNotAdded: a hedge stands only where the sentence has it.
func TestAHedgeIsNotAdded(t *testing.T) {
	t.Parallel()
	_, r := readingOf(t, "The Harrow water board opened its reservoir in April.", "en")
	const words = "The Harrow water board opened its reservoir in April"
	c, no, err := r.Claim(t.Context(), model.Offered{Statement: words, Quote: words, Hedge: []string{"denied",
		"likely"}})
	if err != nil || no != nil || len(c.Hedge) != 0 {
		t.Errorf("%v, %v, %v", c.Hedge, no, err)
	}
}

// TestNumbersKeepWhatMakesThem: a claim has the scale, the unit and the bound that its sentence gives a number, and its
// whole clause.
func TestNumbersKeepWhatMakesThem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		lang, sentence, quote, statement string
		want                             string // "" refused
		hedge                            string
	}{
		{"en", "The brewery paid a fine of 2.5 million crowns in May.", "paid a fine of 2.5 million crowns",
			"paid a fine of 2.5 crowns", "The brewery paid a fine of 2.5 million crowns in May", ""},
		{"en", "The brewery paid a fine of 2.5 million crowns in May.", "The brewery paid a fine of 2.5",
			"The brewery paid a fine of 2.5", "", ""},
		{"en", "The price of bread rose by 3.1 percent in May.", "The price of bread rose by 3.1",
			"The price of bread rose by 3.1", "", ""},
		{"en", "At least 17 people were hurt at a wedding in Turva.", "17 people were hurt at a wedding",
			"17 people were hurt at a wedding", "At least 17 people were hurt at a wedding in Turva", ""},
		{"en", "At least 17 people were hurt at a wedding in Turva.", "17 people were hurt at a wedding in Turva",
			"17 people were hurt at a wedding in Turva", "At least 17 people were hurt at a wedding in Turva", ""},
		{"en", "A wedding in Turva hurt at least 17 people on Saturday.", "A wedding in Turva hurt at least 17 people",
			"A wedding in Turva hurt 17 people", "A wedding in Turva hurt at least 17 people on Saturday", "more than"},
		{"en", "The bridge was opened on 3 May 2021 by the queen.", "The bridge was opened on 3 May 2021",
			"The bridge was opened on 3 May", "The bridge was opened on 3 May 2021 by the queen", ""},
		{"fa", "کارخانه ۲٫۵ میلیون کرون جریمه پرداخت.", "کارخانه ۲٫۵ میلیون کرون جریمه پرداخت",
			"کارخانه ۲٫۵ کرون جریمه پرداخت", "کارخانه ۲٫۵ میلیون کرون جریمه پرداخت", ""},
	} {
		_, r := readingOf(t, c.sentence, c.lang)
		got, no, err := r.Claim(t.Context(), model.Offered{Statement: c.statement, Quote: c.quote})
		if err != nil || got.Statement != c.want || c.hedge != "" && !slices.Contains(got.Hedge, c.hedge) {
			t.Errorf("“%s” of “%s”: “%s” %v, refused %v; %v", c.statement, c.quote, got.Statement, got.Hedge, no, err)
		}
	}
}

// TestSpeakersAreNotSwapped: of two who speak in a sentence, each says their own claim.
func TestSpeakersAreNotSwapped(t *testing.T) {
	t.Parallel()
	_, r := readingOf(t,
		"The mayor said the fire started in the kitchen, while the tenants said the wiring had smouldered "+
			"for hours.", "en")
	for by, taken := range map[string]bool{"the tenants": false, "The mayor": true, "": true} {
		const words = "the fire started in the kitchen"
		c, no, err := r.Claim(t.Context(), model.Offered{Statement: words, Quote: words, Attribution: by})
		if err != nil || (no == nil) != taken || taken && c.Attribution != "The mayor" {
			t.Errorf("said by %q: taken %v, by %q, %v, %v", by, no == nil, c.Attribution, no, err)
		}
	}
}

// TestNoLieGetsThrough: 500 offers that say other than their sentences, in seven languages, by the door of programs.
func TestNoLieGetsThrough(t *testing.T) {
	t.Parallel()
	all := modeltest.Sentences(t)
	tried, taken := map[string]int{}, map[string]int{}
	readings, texts := map[string]*model.Reading{}, map[string]string{}
	for _, l := range modeltest.Lies(t, 1, 500) {
		lang := l.Of.Lang
		if readings[lang] == nil {
			texts[lang] = modeltest.Text(all, lang)
			_, readings[lang] = readingOf(t, texts[lang], lang)
		}
		c, no, err := readings[lang].Claim(t.Context(), model.Offered{Statement: l.Statement, Quote: l.Quote})
		if err != nil {
			t.Fatal(err)
		}
		tried[l.What]++
		if no != nil {
			continue
		}
		taken[l.What]++
		exact := string([]rune(texts[lang])[c.Span.Start:c.Span.End])
		if bad := modeltest.Through(all, lang, texts[lang], exact, c.Statement); bad != "" {
			t.Errorf("%s, %s: %s\n statement %s\n words     %s\n sentence  %s", lang, l.What, bad, c.Statement, exact,
				l.Of.Sentence)
		}
	}
	for what, n := range tried {
		t.Logf("%-50s tried %3d, taken in the article’s own words %3d", what, n, taken[what])
	}
}

// TestNoLieOfAModelGetsThrough: the same by the door of models, 500 answers.
func TestNoLieOfAModelGetsThrough(t *testing.T) {
	t.Parallel()
	all := modeltest.Sentences(t)
	by := map[string][]modeltest.Lie{}
	for _, l := range modeltest.Lies(t, 2, 1500) {
		by[l.Of.Lang] = append(by[l.Of.Lang], l)
	}
	answers, offered := 0, 0
	for lang, lies := range by {
		whole := modeltest.Text(all, lang)
		d, err := text.NewDoc(whole)
		if err != nil {
			t.Fatal(err)
		}
		doc := extract.Document{Text: d, Lang: lang, Sentences: text.Sentences(d, lang)}
		var now []modeltest.Lie
		b, err := model.NewBreakdown(client(t, modeltest.New(t, func(asked modeltest.Asked) modeltest.Reply {
			s := sentIn(t, asked)
			if asked.Schema == "anchors" {
				var out []placed
				for i, l := range now {
					first, last := edges(l.Quote)
					out = append(out, placed{Claim: i + 1, First: first, Last: last, Hedge: []string{},
						Brackets: []inside{}})
				}
				return claimsOf(out...)
			}
			now = nil
			answers++
			var out []said
			for len(now) < 3 && len(lies) > 0 {
				l := lies[0]
				lies = lies[1:]
				n := slices.IndexFunc(s.Sentences, func(p piece) bool {
					return strings.Contains(l.Of.Sentence,
						p.Text)
				})
				if n >= 0 {
					now, out = append(now, l), append(out, said{s.Sentences[n].N, l.Statement})
				}
			}
			offered += len(now)
			return claimsOf(out...)
		})))
		if err != nil {
			t.Fatal(err)
		}
		for len(lies) > 0 {
			got, err := b.Break(t.Context(), doc)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range got.Candidates {
				if bad := modeltest.Through(all, lang, whole, d.Slice(c.Span), c.Statement); bad != "" {
					t.Errorf("%s: %s\n statement %s\n words     %s", lang, bad, c.Statement, d.Slice(c.Span))
				}
			}
		}
	}
	if answers < 500 {
		t.Errorf("%d answers only", answers)
	}
	t.Logf("%d answers with %d lies", answers, offered)
}

// edges are the first and last words of a quotation, or twice the whole of a short one.
func edges(s string) (first, last string) {
	if len([]rune(s)) < 24 {
		return s, s
	}
	return ends(s)
}

// TestWordsLeftOutBetweenOthers: a statement that leaves out words between others turns its sentence round without a
// word of denial; the claim has the words of the article then.
func TestWordsLeftOutBetweenOthers(t *testing.T) {
	t.Parallel()
	for _, x := range []struct{ lang, sentence, lie string }{
		{"en", "Anna Roe, who met Boris Lenk, was arrested in May.", "Boris Lenk was arrested in May"},
		{"en", "The deputy mayor of Gdansk resigned in May.", "The mayor of Gdansk resigned in May"},
		{"en", "Two of the three ministers resigned in May.", "The three ministers resigned in May"},
		{"en", "Prices of cheese rose by 6 percent and those of wine by 9 percent.",
			"Prices of cheese rose by 9 percent"},
		{"en", "The ban on fishing for eels was lifted in May.", "Fishing for eels was lifted in May"},
		{"de", "Der ehemalige Minister Jan Holm trat im Mai zurück.", "Der Minister Jan Holm trat im Mai zurück"},
		{"fr", "L’ancien maire de Lille a été arrêté en mai.", "Le maire de Lille a été arrêté en mai"},
		{"fa", "معاون شهردار تهران در ماه مه استعفا داد.", "شهردار تهران در ماه مه استعفا داد"},
		{"ar", "استقال نائب رئيس البلدية في أيار.", "استقال رئيس البلدية في أيار"},
		{"zh", "前市长张伟五月辞职了。", "市长张伟五月辞职了"},
		{"ja", "副市長の田中一郎は5月に辞任した。", "市長の田中一郎は5月に辞任した"},
	} {
		_, r := readingOf(t, x.sentence, x.lang)
		c, no, err := r.Claim(t.Context(), model.Offered{Statement: x.lie, Quote: x.sentence})
		if err != nil {
			t.Fatal(err)
		}
		if said := strings.TrimRight(x.sentence, ".。"); no == nil && strings.TrimRight(c.Statement, ".。") != said {
			t.Errorf("%s: %q is taken as %q", x.lang, x.sentence, c.Statement)
		}
	}
}

// TestWhoSaysItStandsThere: nobody is made the speaker of a sentence in which they do not stand.
func TestWhoSaysItStandsThere(t *testing.T) {
	t.Parallel()
	_, r := readingOf(t, "Ada Rau leads the depot. The depot at Lom holds 31 trams.", "en")
	const words = "The depot at Lom holds 31 trams"
	if _, no, err := r.Claim(t.Context(), model.Offered{Statement: words, Quote: words, Attribution: "Ada Rau"}); err !=
		nil || no == nil || no.Why != model.Speaker {
		t.Errorf("%v, %v", no, err)
	}
}
