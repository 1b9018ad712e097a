package view

// sampleArrivals has an arrival in each state.
func sampleArrivals() *Arrivals {
	fa, en := Foreign{"تراموا", "fa", "rtl"}, Foreign{"A note.", "en", "ltr"}
	wrong := Wrong{}
	for _, field := range []string{"title", "byline", "source", "published", "lang", "url", "origin", "charset",
		"text"} {
		wrong[field] = "It cannot be so."
	}
	at := func(x Arrival) Arrival {
		x.Action, x.Discard, x.Name = "/collections/1/arrivals/1", "/collections/1/arrivals/discard",
			Foreign{"a.html", "",
				""}
		return x
	}
	return &Arrivals{Shell: shell("Articles in", "Articles"), Action: "/collections/1/arrivals",
		Here: "/collections/1/articles/import", Reads: Reads{".txt", "plain text (.txt)"}, Says: "1 ready, 1 asks",
		Web: "/collections/1/addresses", WebSays: "1 address waits", Going: "1 is being read", Ready: 1, Ended: true,
		Again:   "2 pages",
		Sources: []string{"Levant Reprint"}, More: "?after=9",
		Items: []Arrival{
			at(Arrival{ID: 1, Version: 2, State: "ready", Shape: "read", Icon: "cor", Meta: "a page, 61 kB",
				Editable: true,
				Title:    fa, Byline: "Sam", Source: "Levant Reprint", URL: "https://paper.example/1", Lang: "fa",
				Published: "2017-05-05", Written: Foreign{"۱۵ اردیبهشت ۱۳۹۶", "fa", "rtl"}, Begins: fa,
				Proposed: &Proposed{"Le Monde", "translation", fa}, Origin: "Le Monde", Notes: []Foreign{en},
				Warnings: []Warning{{Before: "Here: ", After: ".", Link: Link{URL: "/articles/2", Of: fa}}},
				LeftOut:  []LeftOut{{"Caption", "فریدریک", "fa", "rtl"}}, Left: 8, Facts: "18 sentences",
				SHA256:  "1f0c88d2",
				Message: en, Wrong: wrong}),
			at(Arrival{ID: 2, State: "asks", Shape: "asks", Icon: "unv", Readings: []Reading{{"windows-1256", "ar",
				"rtl",
				"قبل ساعات", true}, {"windows-1252", "und", "ltr", "ÞÈá", false}}, Wrong: wrong}),
			at(Arrival{ID: 3, State: "asks", Shape: "asks", Icon: "unv", Columns: []Column{{"text", "Text", []Option{{
				Value: "body", Word: "body", Chosen: true}}}}, Rows: "2 rows become articles",
				MakeOf: "Make 2 articles of them",
				Sample: []SampleRow{{Title: fa, Begins: fa, Day: "2020", Source: "Paper"}}, Wrong: wrong}),
			at(Arrival{ID: 6, State: "not fetched", Shape: "refused", Icon: "dis", Message: en, Facts: "One try",
				Again: "/collections/1/arrivals/again", Over: []string{"https://paper.example/2"}}),
			at(Arrival{ID: 7, Version: 2, State: "ready", Shape: "read", Icon: "cor",
				Page: "/collections/1/articles/import",
				Warnings: []Warning{{Before: "Here: ", After: ".", Link: Link{URL: "/articles/2", Of: fa},
					Compare: "?compare=7&article=2"}},
				With: Link{URL: "/articles/2", Of: fa}, Compared: &FoundText{ID: 2, Lang: "fa", Dir: "rtl", Of: 3,
					Same: "1 paragraph is the same", Take: "/collections/1/arrivals/7/revise", More: "1 more change",
					Changes: []TextChange{{Was: []DiffPart{{Text: "تراموا", Changed: true}}}}}}),
			at(Arrival{ID: 4, State: "refused", Shape: "refused", Icon: "dis", Message: en}),
			at(Arrival{ID: 5, State: "being read", Icon: "ring", Going: true}),
		},
		Taken: []TakenIn{{Link{URL: "/articles/2", Of: fa}, "3 of 9 candidates", 3, 9, true},
			{Link{URL: "/articles/3", Of: fa}, "was here already", 0, 0, false}}}
}
