package view

// figureSamples are the pages with drawings: with figures, and with none yet.
func figureSamples() []Page {
	drawn := Chart{ID: "c1", Title: "Progress", Say: "3 of 8 claims are decided.", Wide: true, W: 1000, H: 20,
		Label: "Of 8 claims 1 is corroborated", Head: []string{"State", "Claims"}, Note: "As of now.",
		SayLink: &Link{URL: "/claims/4", Word: "claim 4"},
		Legend:  []Legend{{Verdict: Corroborated, N: "1"}, {Verdict: Unreviewed}},
		Rows: []ChartRow{{Name: "Corroborated", Cells: []string{"1"}}, {Name: "امید", Bidi: true,
			Cells: []string{"2"}}}}
	for i, v := range []Verdict{Corroborated, Disputed, Unverified, Unreviewed} {
		drawn.Bar(v, float64(i*100), float64(i*100+90), 10, 14)
		drawn.Column(v, float64(i*20), 150, 40, 13)
	}
	drawn.Text(0, 12, "start", "under 1 day", true)
	drawn.Dot(10, 10)
	empty := Chart{ID: "c2", Title: "Agreement", Say: "No round has closed yet.", Head: []string{"Of", "n"},
		Rows: []ChartRow{{Name: "All", Cells: []string{"0"}}}}
	shown := &Dashboard{Shell: shell("Dashboard", "Dashboard"), AsOf: "28 Nov 2026, 12:03:07, Tehran", Refresh: "/",
		Sums: []Sum{{"Decided", "3", "of 8"}, {"In conflict", "1", ""}}, Charts: []Chart{drawn, empty},
		More: Link{URL: "/collections/1/agreement", Word: "All figures of agreement"}}
	story := &Story{Shell: shell("History of claim 40", "Claims"), Claim: sampleClaim(), Action: "/claims/40/history",
		Kinds: Codes("", "evidence"), Zones: Codes("UTC", "UTC"), From: "2026-11-20", Older: "?before=x",
		Note: "2 sentences on this page, days and hours of Tehran.", Open: "A round is open.", Events: "/history",
		Printed: []Link{{URL: "/sets/7", Word: "edition 2", Of: fa}}, Empty: nothing,
		Proof: &Proof{Of: "Reviewer Three", Action: "review.submitted", At: "20 Nov 2026", Leaf: "Xw==",
			Whole: "/history/1"},
		Days: []StoryDay{{Day: "Friday 20 November 2026", Told: []Told{
			{ID: "e1246", At: "20:18", UTC: "16:48 UTC", Stamp: "2026-11-20T16:48:11Z", Who: "Reviewer Three",
				Did: Said("said"), Verdict: Unverified, Proof: "?event=1246",
				Seq: 1246, Here: true,
				Then:   []Phrased{{Text: ", relying on "}, {Text: "#4", URL: "/claims/40#e4", ID: "ev-4"}},
				Quotes: []Quoted{{Foreign: fa}, {Label: "Searched", Foreign: en("Both articles.")}}},
			{ID: "s2", At: "10:00", Who: "امید", Did: Said("changed the words"), Gone: true,
				Changes: []Change{{Field: "statement", Before: fa, After: gb}}}}}}}
	return []Page{story, shown, &Agreement{Shell: shell("Agreement", "Dashboard"), Back: "/",
		Notes: []string{"Closed rounds."}, Charts: []Chart{empty}}}
}
