package view

// The samples: every page at least once, with real claims in three scripts, and the states that are not the ordinary
// day. They are what the render test, the lint and the screenshots look at.

var (
	fa = Foreign{"ولادیمیر پوتین دستور هک‌کردن کمپین هیلاری کلینتون را صادر کرده بود.", "fa", "rtl"}
	gb = Foreign{"حدود ۹ گیگابایت داده منسوب به کمپین مکرون", "fa", "rtl"}
	ar = Foreign{"أصدر المسؤولون هناك لائحة اتهام ضد سبعة أعضاء مزعومين في APT31", "ar", "rtl"}
	ja = Foreign{"ウィキリークスは本日、クリントン陣営のジョン・ポデスタ選対委員長に関連する2,000通以上のメールを新たに公開しました", "ja", "ltr"}
	en = func(s string) Foreign { return Foreign{s, "en", "ltr"} }
)

func shell(title, here string, tabs ...string) Shell {
	s := Shell{
		Title: title, User: &User{SignIn: "reviewer-1", Name: "reviewer-1", Roles: "reviewer"}, Here: "/",
		SearchURL:  "/collections/1/search",
		Collection: &Link{URL: "/collections", Word: "Election interference, 2016–2024"},
		Status:     "Claim 138 reviewed as corroborated, 12:02:41 UTC.",
		Live:       "/live", LiveTopic: "collection:1",
		Places: []Place{{"/queue", "Queue", "go-queue"}, {"/settings", "Your settings", ""}},
	}
	for _, word := range []string{"Queue", "Articles", "Claims", "Claim sets", "History"} {
		s.Tabs = append(s.Tabs, Tab{"/" + word, word, word == here})
	}
	return s
}

func sampleClaim() Claim {
	const sentence = "سازمانهای اطلاعاتی ایالات متحده نیز در ژانویه امسال گزارش دادند ولادیمیر پوتین، رئیسجمهوری " +
		"روسیه دستور هککردن کمیته ملی حزب دموکرات و کمپین هیلاری کلینتون را صادر کرده بود تا در انتخابات آمریکا " +
		"دخالت کند."
	return Claim{
		ID: 40, URL: "/claims/40", Verdict: Unreviewed, State: "open", Statement: fa, Exact: fa, Round: 1, Version: 3,
		Keywords:     Keywords{en("Putin · order · campaign")},
		WordsVersion: 2,
		Glosses: []Gloss{{Foreign: en("Vladimir Putin ordered the hacking of Hillary Clinton’s campaign."),
			Author: "reviewer-1", ConfirmURL: "/claims/40/glosses/confirm"}},
		Attribution: en("US intelligence agencies"), Hedge: []Hedge{{Foreign: Foreign{"گزارش دادند", "fa", "rtl"}}},
		Kind:        "event",
		CheckWorthy: "8 of 10",
		Reasons:     []string{"a verb of saying"}, Passage: "characters 2,231 to 2,340, found exactly",
		Article: Link{URL: "/articles/1#s20", Word: "Radio Zamaneh, 6 May 2017, sentence 20 of 21"},
		Reviews: "1 of 2 in", Added: "by the extractor, accepted by reviewer-2", History: "/history?object=claim:40",
		Context: []Near{
			{Lang: "fa", Dir: "rtl",
				Segments: []Segment{{Text: "این نخستین باری نیست که روسیه به هک یک کارزار انتخاباتی محکوم میشود."}}},
			{Own: true, Lang: "fa", Dir: "rtl", Segments: Segments(slicer(sentence), 0, len([]rune(sentence)),
				[]MarkedSpan{{Span: span(52, 63), Hedge: true}, {Span: span(64, 172), Number: 40, Verdict: Unreviewed,
					Here: true}})},
		},
	}
}

func sampleEvidence() []Evidence {
	return []Evidence{
		{ID: 7, Stance: "supports", Kind: "primary_document", Words: ja,
			Gloss: "WikiLeaks today published more than 2,000 e-mails.", Where: Link{URL: "/articles/4#s20",
				Word: "Alan Boyle, 7 Oct 2016, sentence 20"}, Origin: en("DHS and ODNI joint statement"),
			Linked: "by reviewer-1, 20 Nov 2026", UnlinkURL: "/evidence/7/unlink",
			Shared: []SharedKey{{Foreign{"روسیه", "fa", "rtl"}, Foreign{"ロシア", "ja", "ltr"}, "Russia"}}, Used: true},
		{ID: 8, Stance: "refutes", Kind: "report", Words: ar, Where: Link{URL: "https://example.org/a",
			Word: "example.org"}, Outside: true, ReadOn: "2026-11-20", Archived: "https://archive.example.org/a",
			Note: en("The denial."), Warning: "Same origin as the joint statement: would not count twice",
			Claim: &Link{URL: "/claims/110", Word: "Claim 110"}},
	}
}

func sampleSuggested() Suggestions {
	words := Foreign{"قيام روسيا بقرصنة بريد حملتها الالكتروني", "ar", "rtl"}
	one := Evidence{Words: words, Gloss: "Russia hacked the e-mail of Clinton’s campaign.",
		Where:  Link{URL: "/articles/2#s8", Word: "Source not stated, 7 May 2017, sentence 8"},
		Shared: []SharedKey{{Foreign{"کلینتون", "fa", "rtl"}, Foreign{"كلينتون", "ar", "rtl"}, "name"}}, ArticleID: 2,
		Revision: 2, Span: span(812, 853), LinkURL: "/claims/40/evidence", Back: "/queue?claim=40"}
	two := one
	two.SentenceID, two.Against, two.Origin = 1, true, en("A wire")
	two.Differs = [][]Piece{{{en("The claim says "), true}, {Foreign{"۹ گیگابایت", "fa", "rtl"}, false},
		{en(", the passage "), true}, {Foreign{"7 غيغابايت", "ar", "rtl"}, false}}}
	two.SameURL, two.SameAs = "/articles/2/same-origin", []SameOrigin{{"1:0", en("Radio Zamaneh"),
		"the claim’s article"}}
	return Suggestions{Later: Later{"passages-40", "/claims/40/passages", "Suggested passages"},
		Passages: []Evidence{one, two, sampleTold(one, PassageGloss{Words: en("Russia hacked it."),
			By: "the model llama", Notes: []string{"The claim denies, the passage does not."}}),
			sampleTold(one, PassageGloss{Line: "It waits."}), sampleTold(one,
				PassageGloss{Action: "/claims/40/passages/gloss", Lang: "en", In: "English", Sentence: "7",
					Back: "/queue"})}, Note: "1 article is not indexed yet.", InPlace: true, Ordered: "the model llama",
		Sends: "llama", SendsTo: "127.0.0.1:11434"}
}

func sampleTold(e Evidence, told PassageGloss) Evidence {
	e.Told, e.Ordered = &told, &Ordered{By: "the model llama", Why: en("the same e-mails")}
	e.Near = "0.41"
	e.SentenceID = 20 + int64(len(told.Line)+len(told.Action))
	return e
}

func sampleOffers() []Offer {
	return []Offer{{Words: fa, By: "Other words, by “extractor”. Nobody has accepted them.",
		Said: []MachineSaid{{"“extractor”", []string{"shorter"}}},
		Take: "/claims/40/edit", Fields: []Field{{"statement", fa.Text}, {"words_version", "3"}}, First: true,
		Refuse: "/claims/40/proposals/refuse", Refused: []Field{{"machine", "9"}, {"n", "2"}}},
		{Words: en("The same."), By: "A gloss in English, by “extractor”. Nobody has accepted it.",
			Differs: []Differ{{"a number", true, fa, en("7")}, {"a name", false, Foreign{}, en("Berg")},
				{"a denial", false, fa, Foreign{}}}},
		{Words: ar, ChangedTo: fa, By: "Other words, by “extractor”: changed by an editor or a reviewer, 3 letters."}}
}

func sampleFound() Find {
	one := sampleSuggested().Passages[1]
	one.SentenceID, one.Segments = 9, []Segment{{Text: "قيام "}, {Text: "روسيا", Found: true}}
	return Find{ID: "find-40", Action: "/claims/40/searches", Back: "/claims/40", Outside: "/claims/40/evidence#out-h",
		InPlace: true, URL: "/claims/40/found?q=x", Looked: "روسيا", Filters: sampleFilters(), Note: "1 sentence.",
		Passages: []Evidence{one}, Proposed: "Searched."}
}

func sampleNeeds() []Need {
	return []Need{{Verdict: Corroborated, Lacks: []Lacking{{Reasons: "primary document", Lacks: "a document",
		Outside: "/x"}, {Lacks: "an answer to #8", Answer: []int64{8}}, {Reasons: "independent sources",
		Lacks: "a second known origin", Link: true, Origins: []OriginAsk{{ID: 7, Source: en("Le Monde"),
			Action: "/articles/2/origin", Back: "/queue", InPlace: true}}}}}, {Verdict: Disputed, Allowed: "refuted"},
		{Verdict: Unverified, Lacks: []Lacking{{Lacks: "a note", Field: "searched"}}}}
}

func sampleFilters() Filters {
	return Filters{Langs: []Option{{Word: "any"}, {Value: "fa", Word: "Persian", Chosen: true}},
		Articles: []Option{{Word: "any"}, {Value: "1", Word: "لیک", Lang: "fa", Dir: "rtl"}},
		Sources:  []Option{{Word: "any"}}, From: "2017-05-01", Set: true}
}

func sampleTriage() Triage {
	return Triage{Accept: "/claims/14/accept", Reject: "/claims/14/reject", Edit: "/claims/14/edit",
		Split: "/claims/14/edit#split", Merge: "/claims/14/edit#merge", Back: "/articles/1?claim=15", Version: 1,
		Reasons: WhyNots(), Words: &TriageWords{Action: "/claims/14/edit", Statement: fa.Text, Lang: "fa", Dir: "rtl",
			Kind: Codes("fact", "fact", "opinion"), Open: true, Wrong: Wrong{"": "Not saved.", "statement": "Empty."}}}
}

func sampleRows() []QueueRow {
	return []QueueRow{
		{ID: 40, URL: "/collections/1/queue?claim=40", Here: true, Why: "Second review", WhyIcon: "second",
			WhyNote: "1 of 2 in", Waiting: "2 d 4 h", Verdict: Unreviewed, Words: fa, Priority: "first",
			Gloss: "Vladimir Putin ordered the hacking of Hillary Clinton’s campaign.", Source: en("Radio Zamaneh"),
			Evidence: "+1 −1"},
		{ID: 14, URL: "/collections/1/queue?claim=14", Why: "Evidence changed", WhyIcon: "changed",
			WhyNote: "1 refuting passage added", Waiting: "1 d 19 h", Verdict: Unverified, Words: gb,
			Gloss: "About 9 GB of data attributed to Macron’s campaign were leaked.", Source: en("Radio Zamaneh"),
			Evidence: "±1", Mine: Unverified},
		{ID: 110, URL: "/collections/1/queue?claim=110", Why: "New", WhyIcon: "new", WhyNote: "hedged: “alleged”",
			Waiting: "9 h", Verdict: Unreviewed, Words: ar,
			Gloss:  "US (FBI) officials issued an indictment against seven alleged members of APT31.",
			Source: en("Le Monde, in Arabic"), Evidence: "no evidence yet"},
		{ID: 153, URL: "/collections/1/queue?claim=153", Why: "New", WhyIcon: "new", WhyNote: "figure: 2,000 or more",
			Waiting: "9 h", Verdict: Unreviewed, Words: ja,
			Gloss:  "WikiLeaks today published more than 2,000 e-mails related to John Podesta.",
			Source: en("Alan Boyle, in Japanese"), Evidence: "+1"},
	}
}

func sampleReviewForm() *ReviewForm {
	return &ReviewForm{Action: "/claims/40/reviews", Heading: "Your review", RoundNote: "round 1, 1 of 2 in",
		WordsVersion: 2, Round: 1,
		Picker: NewPicker("disputed", "conflicting"), Confidence: "70",
		Rationale: "The joint statement does not name Putin.", Evidence: sampleEvidence(),
		Next:  "/collections/1/queue?claim=14",
		Blind: "The other review is not on this page. You will see it when the round closes."}
}

func refusedReview() ReviewForm {
	f := *sampleReviewForm()
	f.Picker = NewPicker("unverified", "")
	f.Wrong = Wrong{"": "Not saved: unverified needs a note of what was searched. The rest of your review is kept.",
		"searched": "Say what you searched, in a sentence or two.", "reason": "Choose why.", "verdict": "Choose one.",
		"confidence": "0 to 100.", "rationale": "Too long.", "evidence": "Item 9 is gone."}
	f.Clash = &Clash{Note: "reviewer-2 changed the statement at 12:02:55, after you opened it. Nothing of yours is " +
		"lost.", Rows: []ClashRow{{"statement", gb, fa}}}
	f.Submitted = "You reviewed this as disputed at 11:40. Sending this replaces it while the round is open."
	f.Needs = sampleNeeds()
	f.Next = ""
	return f
}

func sampleRounds() []RoundSeen {
	return []RoundSeen{{N: 1, Reviews: []ReviewSeen{
		{By: "reviewer-1", Verdict: Disputed, Reason: "conflicting", Confidence: "70 of 100",
			Rationale: en("They differ."),
			At:        "20 Nov 2026, 11:40", Mine: true, Stale: "Opposing evidence was added since."},
		{By: "reviewer-2", Verdict: Unverified, Reason: "no_evidence", Confidence: "50 of 100",
			Searched: en("All four articles."), At: "20 Nov 2026, 11:50", Superseded: true},
	}, Decision: &DecisionSeen{Verdict: Disputed, Reason: "conflicting", How: "by editor-1", At: "21 Nov 2026, 12:06",
		Rationale: en("In conflict on when."), Approved: "Approved by editor-2.",
		Explanation: en("Two reports differ.")}},
		{N: 2, Open: true, Opened: en("New document"), Note: "Reviews of an open round are hidden until it closes."}}
}

func sampleClaimRows() []ClaimRow {
	return []ClaimRow{
		{ID: 40, URL: "/claims/40", Verdict: Disputed, Reason: "conflicting", State: "approved", Statement: fa,
			Gloss: "Putin ordered the hacking.", Source: en("Radio Zamaneh"), Evidence: "+2 −1", Chosen: true},
		{ID: 110, URL: "/claims/110", Verdict: Unreviewed, State: "open", Statement: ar,
			Source: en("Le Monde, in Arabic"), Evidence: "0", Why: "second review still out"},
		{ID: 153, URL: "/claims/153", Verdict: Corroborated, Reason: "primary_document", State: "approved",
			Statement: ja, Source: en("Alan Boyle"), Evidence: "+1"},
	}
}

func sampleFilter() Filter {
	return Filter{Action: "/collections/1/claims", State: Codes("open", "candidate", "open"), Verdict: Codes("",
		"corroborated"), Article: Codes("", "1"), Lang: Codes("", "fa"), Text: "گیگابایت", Mine: true, Active: true,
		ClearURL: "/collections/1/claims"}
}

var nothing = &Empty{"Your queue is clear.", "5 claims wait on others.", "/collections/1/articles", "Read an article"}

func sampleArticle() Article {
	return Article{ID: 1, URL: "/articles/1", Source: en("Radio Zamaneh"), Rating: "not rated", Published: "6 May 2017",
		LangWord: "Persian", Lang: "fa", Dir: "rtl", Size: "2,550 characters, 21 sentences", Revision: 1,
		SHA256: "5b5dcff13acb", Title: Foreign{"امانوئل مکرون، پیشتاز انتخابات فرانسه", "fa", "rtl"},
		Byline: en("A. Byline"), Origin: en("its own reporting"), OutsideURL: "https://example.org/1",
		Imported: "Imported by editor-1.", Claims: "42 claims, 6 candidates"}
}

func sampleReader() *Reader {
	const words = "هکرها حدود ۹ گیگابایت داده منسوب به کمپین مکرون را در وبسایت pastebin منتشر کردند."
	r := &Reader{OriginPending: "Being compared.", OriginProposals: []OriginProposal{{Other: Link{URL: "/articles/2",
		Word: "7 May 2017", Of: en("Cairo")}, OtherID: 2, Kind: "Much the same words", Overlap: "overlap 83 %",
		Others: en("A wire"), Name: "A wire", Version: 1, ConfirmURL: "/articles/1/same-origin",
		RefuseURL: "/articles/1/origin-refusals", Stated: "Two are stated."},
		{Other: Link{URL: "/articles/3", Word: "x"}}},
		Shell: shell("Radio Zamaneh", "Articles"), Article: sampleArticle(), Lang: "fa", Dir: "rtl",
		CovNote: "Of 3 sentences, 1 has a claim and 1 only candidates. Sentence 1 is at the right.",
		Coverage: []CoverageCell{{1, "/articles/1?sentence=1#s1", Corroborated, "1 claim, corroborated", false},
			{2, "/articles/1?sentence=2#s2", Unverified, "2 claims", true}, {3, "/articles/1?sentence=3#s3", "",
				"no claim", false}},
		Counts: []Count{{Corroborated, 1}, {Unverified, 1}, {Candidate, 1}}, ClaimURL: "/articles/1/claims/new",
		TakeDown: "/articles/1/take-down", Revise: "/articles/1/revisions", OriginURL: "/articles/1/origin",
		Origins: Codes("", "")}
	r.Fixed = true
	r.Sentences = []Sentence{
		{N: 1, Span: span(0, 37), Lang: "fa", Dir: "rtl", Heading: true, Para: true, URL: "?sentence=1#s1",
			Segments: []Segment{{Text: "امانوئل مکرون، پیشتاز انتخابات فرانسه", Mark: Corroborated, Claims: "4"}},
			Gutter:   []GutterClaim{{4, "?claim=4", Corroborated, false}}},
		{N: 2, Span: span(38, 38+len([]rune(words))), Lang: "fa", Dir: "rtl", Para: true, Here: true,
			URL: "?sentence=2#s2", Segments: Segments(slicer(words), 0, len([]rune(words)),
				[]MarkedSpan{{Span: span(6, 48), Number: 14, Verdict: Unverified, Here: true}, {Span: span(0, 70),
					Number: 13, Verdict: Unreviewed}}), Gutter: []GutterClaim{{13, "?claim=13", Unreviewed, false},
				{14, "?claim=14", Unverified, true}}},
		{N: 3, Span: span(130, 150), Lang: "fa", Dir: "rtl", Skip: true, URL: "?sentence=3#s3",
			Segments: []Segment{{Text: "پرونده انتخابات ریاستجمهوری در زمانه:"}}},
	}
	c := sampleClaim()
	c.Verdict = Unverified
	c.Decided = "insufficient, decided 20 Nov 2026"
	r.Panel = &ReaderPanel{Claim: c, Position: "14 of 42", Prev: "?claim=13", Next: "?claim=15",
		Evidence: sampleEvidence(), EvNote: "1 passage, 1 origin", Serves: sampleEvidence()[1:], Reviews: "2 of 2",
		Actions: sampleActions()}
	return r
}

func sampleActions() []Action {
	return []Action{{URL: "/claims/40/review", Word: "Review", Act: "step", Main: true}, {URL: "/claims/40/edit",
		Word: "Edit"}, {Word: "Approve", Why: "you adjudicated it; another editor approves"}}
}

func sampleNewClaim() NewClaim {
	return NewClaim{Action: "/articles/1/claims", Revision: 1, Sentence: 2,
		Span: span(44, 86), Within: span(38, 121),
		Words: gb, Statement: gb.Text, Kind: Codes("event", "event", "figure"), Lang: "fa", Dir: "rtl",
		Back: "/articles/1#s2", Wrong: Wrong{"start": "The words are outside sentence 2.", "": "Not saved."}}
}

func sampleEvent() Event {
	return Event{Seq: 1271, URL: "/history/1271", Action: "claim.edited", Actor: "reviewer-1", Role: "reviewer",
		Via: "web", At: "21 Nov 2026, 12:06:14.208113 UTC", Stamp: "2026-11-21T12:06:14.208113Z",
		Object: Link{URL: "/claims/40", Word: "claim:40"}, Reason: en("Made self-contained."), Leaf: "351e4f3bb11903dd",
		Here: true, More: 3,
		Changes:    []Change{{Field: "statement", Before: gb, After: fa}, {Field: "state", After: en("open")}},
		Checkpoint: &Seal{"1,270", "claimbench/bench-1", "21 Nov, 12:05:58 UTC", "2026-11-21T12:05:58Z"},
		Request:    "r-1", Batch: "b-1"}
}

func sampleProof() *Proof {
	return &Proof{Included: true, Note: "Included in the checkpoint of 1,284 events.",
		Checked: "12:10:00 UTC, in this request", Size: "1,284", Root: "6f95215e7b3b08be",
		Signer: "claimbench/bench-1+7c1f9a02", Allowed: "editor, claim, adjudicate",
		Path: []PathHash{{"right 0", "4e6083a2"}, {"left 1", "ed122747"}}, SaveURL: "/history/1271/proof",
		Checkpoint: "claimbench/bench-1\n1284\n", Command: "workbench audit verify --checkpoint 1284.note"}
}

func sampleAlarms() []Alarm {
	return []Alarm{
		{ID: 1, Cause: "Claim reopened", About: "A printed claim is reviewed anew.",
			Of: Link{URL: "/claims/40", Word: "Claim 40"}, Set: &Link{URL: "/sets/7", Word: "version 2", Of: fa},
			Raised: "20 Nov 2026, 12:00:00 UTC", Form: &AlarmForm{URL: "/alarms/1/answers", Version: 1,
				Answers: Codes("stands", "withdrawn"), Correct: "/sets/7/correct", Back: "set",
				Wrong: Wrong{"reason": "An answer needs a reason."}}},
		{ID: 2, Cause: "Article taken down", About: "An article was taken down.",
			Of: Link{URL: "/articles/4", Word: "Article 4"}, Raised: "19 Nov 2026", Answer: "Stands as printed",
			Reason: en("The words are quoted elsewhere."), Answered: "editor-1, 20 Nov 2026"},
	}
}

func samplePreview() *Preview {
	quote := Quotation{"‏«", fa, "»."}
	return &Preview{Shell: shell("What is printed", "Claim sets"), Title: "The 2017 campaign hack", N: 2,
		Back: "/sets/7", Version: 3, Size: 120, Publisher: en("The desk"), Note: fa,
		Address: "https://desk.example/{claim}",
		People:  "names", Rationales: true, More: "?after=50", Freeze: "/sets/7/freeze",
		Method: &Link{URL: "/collections/1/method?version=2", Word: "version 2"}, MethodURL: "/collections/1/method",
		Omitted: sampleClaimRows()[1:2], Older: "/sets/6", Rows: []Printed{{ID: 40,
			URL: "/claims/40", Verdict: Corroborated, Reason: "primary_document", Statement: fa,
			Glosses: []PrintedGloss{{Words: en("Putin ordered it."), Confirmed: "confirmed", By: en("editor-1")}},
			Hedges:  []Foreign{en("alleged")}, Decided: "Decided 20 Nov 2026, approved 21 Nov 2026",
			Beside: []string{"A reply was asked for."}, SaidBy: en("US agencies"), Explanation: ja,
			Quotations: []Quotation{quote}, Article: []Foreign{ar, en("A wire")}, Approver: "editor-2",
			Adjudicator: "editor-1", Rationale: ar,
			Evidence: []PrintedEvidence{{Stance: "supports", Kind: "report", Words: quote, Where: []Foreign{ja},
				Origin: en("A wire"), Note: en("n")}, {Stance: "context", Kind: "other", Withheld: true,
				Where: []Foreign{ar, en("https://a.example")}, Relied: true,
				Differences: []Foreign{en("seven / eight")},
				Beside:      []string{"Its source is protected."}}},
			Reviews: []PrintedReview{{"Corroborated, 70 of 100", fa}, {"Corroborated", Foreign{}}}},
			{ID: 41, URL: "/claims/41", Verdict: Unverified, Statement: gb, Article: []Foreign{ja}}}}
}

// protectedItem is evidence of a protected source, as an editor sees it.
func protectedItem() Evidence {
	return Evidence{ID: 8, Stance: "supports", Kind: "other", Words: en("Twelve grants were paid."), Outside: true,
		Where: Link{URL: "https://example.org/minutes", Word: "example.org"}, Origin: en("A clerk"),
		ReadOn: "20 Nov 2026", Protected: en("source at risk"), Opened: true, ProtectURL: "/evidence/8/protection"}
}

func sampleMethod() *Method {
	steps := []ScaleStep{{Name: "unverified", Word: "Unverified", Verdict: true, Means: fa, Rating: "Unverified"},
		{Name: "single_origin", Word: "Single origin", Means: en("One origin."), Rating: "Unverified"},
		{Name: "disputed", Word: "Disputed", Verdict: true, Means: ja}}
	return &Method{Shell: shell("Method", ""), Head: "Version 2, by editor-1, 20 Nov 2026", Lang: "fa", Dir: "rtl",
		Words: `<p dir="auto">دو خاستگاه</p>`, Note: en("Shorter"), Old: true, SHA256: "0a1b", Scale: steps,
		Versions: []GuidelineRow{{Link: Link{URL: "?version=2", Word: "Version 2"}, By: "editor-1", Here: true},
			{Link: Link{URL: "?version=1", Word: "Version 1"}, By: "editor-1", Note: fa}}, More: "?before=1",
		Form: &MethodForm{URL: "/collections/1/method", Words: "دو خاستگاه", Lang: "fa", Note: "n", Opened: 2,
			Clash: true, Steps: steps},
		Wrong: Wrong{"words": "Say how you check.", "means": "Too long."}}
}

func sampleShelf() []ShelfRow {
	return []ShelfRow{{URL: "/checked/7", Name: "Entry 7", Claim: fa, Language: "fa, found", Rating: ar,
		Verdict: Disputed, Odd: true, Scale: "1, best 1, worst 5", Publisher: ja,
		Address: "https://facts.example/1", Day: "2025-03-04",
		Gone: "It was taken off the shelf."}, {Name: "Number 2", Claim: en("Nine ships left."), Language: "en"}}
}
