package view

import (
	"claimbench/internal/claims"
	"claimbench/internal/markdown"
	"claimbench/internal/review"
)

// samples gives every page's samples, the ordinary day first.
func samples() []Page {
	out := append(workSamples(), listSamples()...)
	out = append(append(out, anchorSamples()...), figureSamples()...)
	return append(append(out, peopleSamples()...), programSamples()...)
}

// programSamples are the pages for those who write programs.
func programSamples() []Page {
	about, _ := markdown.HTML("Ask **in JSON**.")
	of := APIField{Name: "state", Type: Link{URL: "/api/types/claims.State", Word: "claims.State"}, Needed: true,
		About: "where it stands"}
	token := TokenRow{ID: 1, Name: "اسکریپت", Scopes: []string{"editor, تحقیق", "reviewer, everywhere"},
		Until: "20 Nov 2027", Seen: "2026-11-20"}
	over := TokenRow{ID: 2, Name: "old", ReadsOnly: true, Over: "expired", Seen: "never"}
	return []Page{&Tokens{Shell: shell("Tokens", ""), Secret: "cbp_x", Rows: []TokenRow{token, over}, Days: "90",
		Scopes: []Option{{Value: "editor:1", Word: "editor, تحقیق", Chosen: true}}, Name: "x",
		Wrong: Wrong{"": "No.", "name": "No.", "scope": "No.", "days": "No."}}, &Tokens{Shell: shell("Tokens", "")},
		&Machines{Shell: shell("Machines", ""), Secret: "cbm_x", Powers: []string{"import", "read"}, Days: "90",
			Rows: []MachineRow{{ID: 9, URL: "/users/9", Name: "extractor", Owner: "مریم", Disabled: true,
				Collections: []string{"تحقیق"}, Tokens: []TokenRow{token, over}, Renew: "/machines/9/token"}},
			Collections: []Option{{Value: "1", Word: "تحقیق"}}, Wrong: Wrong{"": "No.", "owner": "No."}},
		&API{Shell: shell("For programs", ""), Heading: "For programs", About: about,
			Groups: []APIGroup{{URL: "/api/claims", Word: "claims", Count: 40}}},
		&API{Shell: shell("For programs", ""), Heading: "For programs: claims", Acts: []APIAct{{ID: "post_claims",
			Method: "POST", Path: "/claims/{id}/accept", Summary: "Takes it in.", About: "Needs candidate:write.",
			Fields: []APIField{{Name: "id", Where: "path", Type: Link{Word: "integer"}, Needed: true}, of},
			Takes:  &Link{URL: "/api/types/VersionForm", Word: "VersionForm"},
			Gives:  &Link{URL: "/api/types/Claim", Word: "Claim"}}, {ID: "file", Method: "GET", Path: "/f",
			File: "A file."}}},
		&APIType{Shell: shell("Claim", ""), Name: "Claim", About: "A claim.", Fields: []APIField{of},
			Values: []Fact{{Word: "open", Value: "It waits."}, {Word: "merged"}}}}
}

func workSamples() []Page {
	queue := &Queue{Shell: shell("Your turn (12)", "Queue"), Heading: "Your turn", Order: "longest wait first",
		Rows: sampleRows(), More: "?after=153", Position: "1 of 12", Prev: "?claim=1", Next: "?claim=14",
		ListOnly: "?list=1", Evidence: sampleEvidence(), EvNote: "2 linked, from 2 origins",
		Find:    Find{ID: "find-40", Action: "/claims/40/searches", Back: "/x", Outside: "/x", InPlace: true},
		Suggest: sampleSuggested().Later, Review: sampleReviewForm()}
	queue.Fixed = true
	queue.TallyName = "Queues"
	queue.TallyNote = "3 changes since you opened this page."
	queue.Tally = []Tally{{"?tab=turn", "Your turn", "12", "", "2 d 4 h", true}, {"?tab=waiting",
		"Waiting on others", "5", "", "1 h", false}, {"?tab=done", "Done", "41", "185", "", false}}
	queue.Filter = &QueueFilter{Action: "/collections/1/queue", Tab: "turn", Open: true,
		Chips: []Chip{{en("Persian"), "?lang=all"}, {fa, "?tab=turn"}},
		Langs: []Option{{Word: "those I read"}, {Value: "fa", Word: "Persian", Chosen: true}}, Text: "داده",
		Article: []Option{{Word: "all"}, {Value: "1", Word: fa.Text, Lang: "fa", Dir: "rtl"}},
		Source:  []Option{{Word: "all"}}, Sort: Options(review.Orders, review.ByRank), Clear: "?tab=turn"}
	claim := sampleClaim()
	queue.Claim = &claim
	clear := &Queue{Shell: shell("Your turn (0)", "Queue"), Heading: "Your turn", Order: "longest wait first",
		Empty: nothing}
	candidates := &Queue{Shell: shell("Candidates (2)", "Queue"), Heading: "Candidates", Order: "most worth first",
		What: "Candidate", One: "candidate", Rows: sampleRows(), Claim: &claim,
		Guess: []string{"About 3 (1 to 9) of the 61 that wait."}}
	triage := sampleTriage()
	triage.Swap = true
	candidates.Triage = &triage
	gone := &Queue{Shell: shell("Candidates (2)", "Queue"), Heading: "Candidates", Rows: sampleRows(),
		Next: "?claim=9",
		Gone: "Claim 7 is not on this page of the list any more.", Empty: nothing}
	decided := &Queue{Shell: shell("Done", "Queue"), Heading: "Done", Rows: sampleRows(), Claim: &claim,
		Why: "Decided. An editor approves it.", Actions: sampleActions(), ListOnly: "?list=1",
		Find: Find{ID: "find-40", Action: "/claims/40/searches"}}

	ended := sampleClaim()
	ended.Verdict, ended.Reason, ended.State = Disputed, "conflicting", "merged"
	ended.MergedInto = &Link{URL: "/claims/9", Word: "claim 9"}
	ended.Explanation = &Foreign{"Two reports differ on when.", "en", "ltr"}
	ended.Decided, ended.Attribution, ended.Glosses, ended.Context = "21 Nov 2026, by the rule", Foreign{}, nil, nil
	full := &ClaimPage{Shell: shell("Claim 40", "Claims"), Claim: claim, Evidence: sampleEvidence(),
		EvidenceOf: []Evidence{{ID: 17, Stance: "context", Words: ar, Where: Link{URL: "/articles/1", Word: "x"}}},
		Suggested:  sampleSuggested().Later, Find: sampleFound(), Rounds: sampleRounds(),
		Comments: sampleComments(), CommentURL: "/claims/40/comments", MembersURL: "/collections/3/members",
		RoundOpen: true, EarlierURL: "/claims/40?before=abc",
		GlossURL: "/claims/40/glosses", GlossForm: GlossForm{"en", "typed", 1, KeptForm{}}, Actions: sampleActions(),
		Wrong: Wrong{"": "Not saved.", "text": "Say something.", "lang": "A code such as en.", "gloss": "Empty."}}
	full.Offers = sampleOffers()
	full.Ask = &GlossAsk{Action: "/claims/40/glosses/ask", Model: "llama", Host: "127.0.0.1:11434", Lang: "en",
		Asked: []string{"The model is asked for a gloss in German."}}
	full.Wrong["ask"] = "Write en, fr, de and so on."
	full.Rounds[0].Questions = sampleQuestions()
	full.Rounds[0].Otherwise = "Resolved differently from you: you said disputed, the decision is unverified."
	full.ToMe = []ToMe{{Action: "/claims/40/answers", Public: "abc", Back: "/claims/40", Question: fa,
		At:     "20 Nov 2026",
		Typed:  KeptForm{URL: "/claims/40/drafts/answer", Version: 2, Back: "What you typed is in the form."},
		Answer: "typed", Wrong: Wrong{"answer": "Write your answer."}}}
	decided.ToMe = full.ToMe
	bare := &ClaimPage{Shell: shell("Claim 40", "Claims"), Claim: ended, Restore: "/claims/40/restore"}
	full.Same = Later{"same-40", "/claims/40/duplicates", "Perhaps there already"}
	passages := &ClaimPassages{Shell: shell("Passages for claim 40", "Claims"), Claim: claim,
		Suggested: sampleSuggested()}
	alike := &ClaimDuplicates{Shell: shell("Claims like 40", "Claims"), Claim: claim, Same: Same{Later: full.Same,
		Note: "Not all articles are searched yet.", Duplicates: []Duplicate{{Claim: Link{URL: "/claims/9",
			Word: "claim 9"}, Verdict: Disputed, State: "decided", Statement: ar, Gloss: en("The same."), First: true,
			MergeURL: "/claims/40/merge", Into: "9:1", Version: 2, Stays: "claim 9 stays", RefuseURL: "/r", Other: 9,
			By: "by “extractor”"},
			{Claim: Link{URL: "/claims/8", Word: "claim 8"}, Statement: fa, Why: "It is decided.", RefuseURL: "/r"}}}}

	decide := Decide{
		Agreement: "2 disputed, 1 corroborated: 33 % of pairs agree", Action: "/claims/40/adjudications",
		Picker: NewPicker("disputed", "conflicting"), Rationale: "Split it.", Version: 3, Round: 1,
		Causes: Codes("ambiguous", "ambiguous", "guideline", "slip", "edge"),
		May:    "You reviewed none of these, so you may decide. Somebody else approves.",
		Wrong: Wrong{"": "Not saved.",
			"rationale": "Say why."},
		Reviews: []Review{
			{Letter: "A", Verdict: Disputed, Reason: "conflicting", Conf: "75 of 100", Uses: "4",
				Rationale: en("The files were stolen weeks ago."), At: "20 Nov 2026, 11:40"},
			{Letter: "B", Verdict: Corroborated, Reason: "independent_sources", Conf: "60 of 100", Rationale: fa,
				Searched: en("All."), At: "20 Nov 2026, 11:45", Stale: "The words changed since."},
			{Letter: "C", Verdict: Disputed, Reason: "conflicting", Conf: "80 of 100", At: "20 Nov 2026, 11:50"}},
		Adopted: "A",
		Evidence: []UsedEvidence{
			{Evidence: sampleEvidence()[0], Sentence: 4, Keep: true, First: true, By: []bool{true, false, true},
				Used: "A, C"},
			{Evidence: sampleEvidence()[1], By: []bool{false, true, false}}},
		Questions: sampleQuestions(), Ask: Ask{Action: "/claims/40/questions", Letters: []string{"A", "B", "C"},
			Letter: "A", Question: "Which minutes?", Wrong: Wrong{"letter": "Choose whom you ask."}}}
	conflict := &Adjudicate{Shell: shell("Adjudicate claim 40", "Queue"), Claim: claim, Decide: decide,
		Next: "/claims/41/adjudicate", Back: "/queue"}
	conflict.Picker.Picks[0].Locked = "Corroborated needs supporting evidence from two origins. These passages have " +
		"one."
	conflict.Picker.Picks[1].Note = "A, C"
	disagreed := &Queue{Shell: queue.Shell, Heading: "In conflict", Rows: queue.Rows, Claim: queue.Claim,
		Decide: &decide, Why: "They disagree.", Actions: queue.Actions}
	decide.Onward, decide.Here = "/queue?claim=41", "/queue?claim=40"
	locked := Decide{Locked: true, May: "You reviewed this claim, so another editor decides."}
	barred := &Adjudicate{Shell: shell("Adjudicate claim 40", "Queue"), Claim: claim, Decide: locked}
	looking := &Queue{Shell: queue.Shell, Heading: "In conflict", Rows: queue.Rows, Claim: queue.Claim,
		Decide: &locked}

	approve := &Approve{Shell: shell("Approve claim 40", "Queue"), Claim: claim, Decision: *sampleRounds()[0].Decision,
		Reviews: sampleRounds()[0].Reviews, Evidence: sampleEvidence(), Reasons: Codes("conflicting", "conflicting",
			"refuted"), Explanation: "Two reports differ.", Action: "/claims/40/approvals",
		Wrong: Wrong{"": "Not approved.", "explanation": "Write what will be printed.", "reason": "Choose."}}
	return []Page{queue, disagreed, looking, clear, candidates, gone, decided, full, bare, passages, alike,
		&ReviewSubmit{Shell: shell("Review claim 40", "Queue"), Claim: claim, Evidence: sampleEvidence(),
			FindURL: "/x",
			Form:    refusedReview()},
		&ClaimFound{Shell: shell("Evidence for claim 40", "Claims"), Claim: claim, Find: sampleFound()},
		&ReviewSubmit{Shell: shell("Review claim 40", "Queue"), Claim: claim, FindURL: "/x",
			Form: ReviewForm{Action: "/claims/40/reviews", Heading: "Your review", Picker: NewPicker("", "")}},
		conflict, barred, approve, &Approve{Shell: shell("Approve claim 40", "Queue"), Claim: claim,
			Locked: "You adjudicated it."},
		&Reopen{Shell: shell("Reopen claim 40", "Claims"), Claim: claim, Action: "/claims/40/rounds",
			Reason: "A new document.", Wrong: Wrong{"": "No.", "reason": "Say why."}},
	}
}

func listSamples() []Page {
	candidate := sampleReader()
	candidate.Panel.Claim.Verdict, candidate.Panel.Claim.State = Candidate, "candidate"
	candidate.Panel.Triage = sampleTriage()
	candidate.Panel.Wrong = Wrong{"": "Somebody accepted it before you."}
	byHand := sampleReader()
	form := sampleNewClaim()
	byHand.Panel, byHand.NewClaim = nil, &form
	fresh := &Reader{Shell: shell("Article", "Articles"), Article: Article{Source: en("not stated")},
		Extract: "/articles/1/extract", Empty: nothing}
	gone := &Reader{Shell: shell("Article", "Articles"), Article: Article{Source: en("Le Monde"),
		TakenDown: "Taken down on 1 Nov 2026 by editor-1: court order."}}

	edit := &ClaimEdit{Shell: shell("Edit claim 40", "Claims"), Claim: sampleClaim(), Action: "/claims/40/edit",
		Statement: fa.Text, Lang: "fa", Dir: "rtl", Attribution: "CIA", Hedge: "گزارش دادند", Span: span(10, 20),
		Within: span(0, 99), Version: 3, Candidate: true, Wrong: Wrong{"": "Not saved.", "statement": "Empty."},
		Clash: refusedReview().Clash,
		Split: &Split{Action: "/claims/40/split", Parts: []SplitPart{{N: 1, Statement: gb.Text,
			Span: span(1, 9), Stretches: "12-14"}, {N: 2}}, Open: true,
			Wrong: Wrong{"": "One part only."}}, Merge: &Merge{Action: "/claims/40/merge",
			Into:  []MergeChoice{{ID: 14, Words: gb, Verdict: Unverified, Chosen: true}},
			Wrong: Wrong{"into": "Choose one."}}, Reject: "/claims/40/reject",
		WhyNots: Options(claims.WhyNots, "opinion"), Reason: "typed"}
	edit.Claim.Verdict = Candidate
	lone := &ClaimEdit{Shell: shell("Edit claim 40", "Claims"), Claim: sampleClaim(), Merge: &Merge{},
		Withdraw: "/claims/40/withdraw"}

	kinds := Codes("report", "primary_document", "official_record", "report", "other")
	passages := []Passage{{Where: Link{URL: "/articles/2#s6", Word: "Source not stated, 7 May 2017, sentence 6"},
		Words: Foreign{"الملفات سرقت منذ أسابيع", "ar", "rtl"}, Language: "Arabic",
		Segments: []Segment{{Text: "الملفات "}, {Text: "سرقت", Found: true}, {Text: " منذ أسابيع"}}, ArticleID: 2,
		Revision: 2, Span: span(5, 28), Warning: "origin not stated", Chosen: true}}
	pick := &EvidencePick{Filters: sampleFilters(), Shell: shell("Evidence for claim 40", "Queue"),
		Claim: sampleClaim(), Linked: sampleEvidence(), FindURL: "/claims/40/evidence", Looked: "سرقت",
		Passages: passages, Suggested: sampleSuggested(), Note: "1 sentence found.", Back: "/claims/40",
		Link: EvidenceForm{Action: "/claims/40/evidence", Stance: Codes("", "supports", "refutes", "context"),
			Kind: kinds, Note: "typed", Wrong: Wrong{"": "Not linked.", "passage": "Choose one.",
				"stance": "Choose."}},
		Outside: EvidenceForm{Action: "/claims/40/evidence/outside", Stance: Codes("supports", "supports"),
			Kind: kinds, URL: "javascript:x", ReadOn: "2026-11-20", Origins: Codes("", ""),
			Wrong: Wrong{"url": "Only http and https.", "read_on": "A day.", "quotation": "Quote it."}}}
	blank := &EvidencePick{Shell: shell("Evidence for claim 40", "Queue"), Claim: sampleClaim(), Empty: nothing}

	draft := &Claimset{Shell: shell("Set 7", "Claim sets"), ID: 7, Title: "The 2017 campaign hack", N: 2,
		State: "draft", Rows: sampleClaimRows(), Size: 10, Meter: NewMeter(4, 4, 2),
		MeterWords: "4 corroborated, 4 disputed, 2 unverified", Counts: []Count{{Corroborated, 4}, {Disputed, 4},
			{Unverified, 2}}, Remove: "/sets/7/remove", Move: "/sets/7/move", Moving: 40, First: 201,
		LeftOut: sampleClaimRows()[1:2], Word: true, Supersedes: &Link{URL: "/sets/6", Word: "version 1"},
		Freeze: "/sets/7/freeze", CanFreeze: true,
		BuildURL: "/sets/7/build", ListURL: "/collections/1/sets", HistoryPage: "/history?object=claimset:7",
		Wrong: Wrong{"": "Somebody changed this set.", "place": "Give a place from 1 to 10."}}
	frozen := &Claimset{Shell: shell("Set 7", "Claim sets"), ID: 7, Title: "The 2017 campaign hack", N: 2,
		State: "frozen", FrozenNote: "21 Nov 2026, 12:20:00 UTC, by editor-1.", Supersedes: &Link{URL: "/sets/6",
			Word: "version 1"}, Replaced: &Link{URL: "/sets/8", Word: "version 3"}, Rows: sampleClaimRows(), Size: 10,
		LeftOut: sampleClaimRows()[1:2], Meter: NewMeter(4, 4, 2), MeterWords: "4 corroborated", Counts: draft.Counts,
		Checked: "Verified 12:21:40 UTC.", SHA256: "f60757aa", ExportURL: "/sets/7/export", Correct: "/sets/7/correct",
		Command: "workbench export --set 7 --format json", ListURL: "/collections/1/sets",
		HistoryPage: "/history?object=claimset:7", Alarms: sampleAlarms(), AlarmsURL: "/collections/1/alarms",
		PullOut: "/sets/7/withdrawals", PullReason: "x", Method: &Link{URL: "/m", Word: "Method: version 2"},
		Exports: []Export{{Word: "JSON", At: "20 Nov 2026", By: "editor-1", Size: "12 bytes", SHA256: "0a"},
			{Word: "report", At: "20 Nov 2026", By: "editor-1"}}}
	return []Page{samplePreview(), &Preview{Shell: shell("What is printed", "Claim sets"), Title: "Empty",
		Why: "An empty set cannot be frozen.", Out: sampleClaimRows(), MoreOut: true},
		&Shelf{Shell: shell("Already checked", "Claims"), Query: "x", Verdicts: Codes("", "", "disputed"),
			Rows: sampleShelf(), More: "?before=1", Import: "/i", Export: "/e", Here: "/s", Note: "2 fact-checks."},
		&Shelf{Shell: shell("Already checked", "Claims"), Empty: nothing},
		&ShelfFiles{Shell: shell("Import fact-checks", "Claims"), Action: "/s", Text: "typed",
			Formats: []ShelfFormat{{"Table", "CSV."}},
			Rows: []ShelfFileRow{{"/checked/files/1", ar, "Table", "taken in",
				"2 new", "20 Nov 2026"}}, More: "?before=1", Shelf: "/s", Wrong: Wrong{"file": "It is packed."}},
		&ShelfFile{Shell: shell("File", "Claims"), Name: en("a.json"), Row: ShelfFileRow{Format: "Table",
			State: "looked at", Counts: "1 new", Brought: "20 Nov 2026"}, Good: "2 fact-checks",
			Bad: "1 item is left out", Faults: []ShelfFault{{"2", "3", "A value is missing."}}, Left: "4",
			First: sampleShelf(), Source: []ShelfFact{{"Set", en("7/2")}}, Take: "/t", Drop: "/d", Version: 1,
			Job: &Job{Word: "Taking in", State: "failed", Failed: "No."}, Shelf: "/s", Files: "/f", SHA256: "f60757aa",
			Wrong: Wrong{"": "No."}},
		&ShelfEntry{Shell: shell("Entry 7", "Claims"), Row: sampleShelf()[0], Facts: []ShelfFact{{"Said by", fa}},
			Appeared: []string{"https://talk.example/1"}, Raw: "{}", Cut: true, SHA256: "f60757aa", Remove: "/r",
			Withhold: "/w", Version: 1, Reason: "typed", Shelf: "/s", History: "/h",
			Wrong: Wrong{"reason": "Say why."}},
		&CheckedPage{Shell: shell("Checked already", "Claims"), Claim: sampleClaim(), Checked: Checked{
			Later: Later{"checked-40", "/claims/40/checked", "Already checked"}, Note: "No evidence.",
			Rows: []CheckedRow{{ShelfRow: sampleShelf()[0], ID: 3, State: "perhaps the same",
				Shared: []SharedKey{{Claim: fa, Passage: ar, Meaning: "name"}}, Decide: "/d", Version: 1, Yes: true,
				No: true, First: true}, {ShelfRow: sampleShelf()[1]}}}},
		&Alarms{Shell: shell("In print", "Claim sets"), Rows: sampleAlarms(), Waiting: "/a", Past: "/b",
			More: "?after=2", Wrong: Wrong{"": "No."}}, &Alarms{Shell: shell("In print", "Claim sets"), Answered: true,
			Empty: nothing}, sampleReader(), candidate, byHand, fresh, gone,
		&ClaimNew{Shell: shell("New claim", "Articles"), Article: sampleArticle(), Form: sampleNewClaim()}, edit, lone,
		&Articles{Shell: shell("Articles", "Articles"), Rows: []ArticleRow{{sampleArticle(), "12 of 42 decided"},
			{Article: Article{URL: "/articles/9", Title: ja, Source: en("not stated"), TakenDown: "taken down"}}},
			ImportURL: "/collections/1/articles/import", More: "?after=1"},
		&Articles{Shell: shell("Articles", "Articles"), Empty: nothing},
		sampleArrivals(), &Arrivals{Shell: shell("Articles in", "Articles"), Action: "/collections/1/arrivals",
			Off: "This workbench fetches no pages.", Web: "/collections/1/addresses", Typed: "gopher://a",
			Wrong: Wrong{"": "Not brought.", "files": "Nothing.", "addresses": "No address.", "text": "Empty."}},
		&ArticleWork{Shell: shell("Work", "Articles"), Article: Link{URL: "/articles/1", Word: "Article 1"},
			Going: true,
			Jobs: []Job{{Word: "Proposing candidates", State: "1,200 of 40,000", Done: 1200, Total: 40000, Going: true,
				Since: "now"}, {Word: "Taking the text in", State: "failed", Failed: "It was taken down."}}},
		&ArticleWork{Shell: shell("Work", "Articles"), Article: Link{URL: "/articles/1", Word: "Article 1"}},
		&ArticleTakeDown{Shell: shell("Take down", "Articles"), Article: sampleArticle(),
			Action: "/articles/1/take-down", Wrong: Wrong{"": "No.", "reason": "Say why."}},
		&ArticleProtection{Shell: shell("Source", "Articles"), Article: sampleArticle(), Protected: en("source at " +
			"risk"),
			LiftURL: "/articles/1/protection/lift", NameURL: "/articles/1/readers",
			RemoveURL: "/articles/1/readers/remove", Readers: []NamedReader{{en("Shirin"), "reviewer-1"}},
			Members: Codes("", "reviewer-2"), Wrong: Wrong{"": "No.", "user": "Choose a reviewer."}},
		&ArticleProtection{Shell: shell("Source", "Articles"), Article: sampleArticle(),
			ProtectURL: "/articles/1/protection", Also: []Link{{URL: "/articles/2", Word: "Article 2"}},
			Wrong: Wrong{"": "No.", "reason": "Say why."}},
		&ArticleProtection{Shell: shell("Source", "Articles"), Article: sampleArticle(), Cannot: "It was taken down."},
		&EvidenceProtection{Shell: shell("Source", "Queue"), Claim: Link{URL: "/claims/1", Word: "Claim 1"},
			Item: protectedItem(), LiftURL: "/evidence/1/protection/lift", NameURL: "/evidence/1/readers",
			RemoveURL: "/evidence/1/readers/remove", Readers: []NamedReader{{en("Shirin"), "reviewer-1"}},
			Members: Codes("", "reviewer-2"), Wrong: Wrong{"": "No.", "user": "Choose a reviewer."}},
		&EvidenceProtection{Shell: shell("Source", "Queue"), Claim: Link{URL: "/claims/1", Word: "Claim 1"},
			ProtectURL: "/evidence/1/protection",
			Also:       []Link{{URL: "/claims/2", Word: "Evidence #3 of claim 2"}},
			Wrong:      Wrong{"": "No.", "reason": "Say why."}},
		&EvidenceProtection{Shell: shell("Source", "Queue"), Claim: Link{URL: "/claims/1", Word: "Claim 1"},
			Cannot: "It is a passage of an article."},
		&EvidenceCapture{Shell: shell("Capture", "Queue"), Claim: Link{URL: "/claims/1", Word: "Claim 1"},
			SendURL: "/evidence/1/capture", FetchURL: "/evidence/1/capture/fetch", Asked: "It is being fetched.",
			Wrong: Wrong{"": "No.", "file": "Choose a file."}},
		&EvidenceCapture{Shell: shell("Capture", "Queue"), Claim: Link{URL: "/claims/1", Word: "Claim 1"},
			Item: protectedItem(), Found: "found in the capture, word for word", Lang: "fa", Dir: "rtl",
			Facts:  []CaptureFact{{Word: "Title", Value: fa}, {Word: "SHA-256", Value: en("00ff"), Code: true}},
			Text:   []CaptureLine{{{Text: "a "}, {Text: "b", Found: true, Here: true}, {Text: " c"}}},
			Parts:  []Link{{URL: "/evidence/1/capture?part=1", Word: "Part 1"}, {Word: "Part 2"}},
			ToMark: "/evidence/1/capture",
			Others: []Link{{URL: "/evidence/1/capture?capture=1", Word: "of 1 May 2026"}}, Capture: 2, Version: 1,
			TakeURL: "/evidence/1/capture/withhold", Reason: "x", Wrong: Wrong{"": "No.", "reason": "Say why."}},
		&EvidenceCapture{Shell: shell("Capture", "Queue"), Claim: Link{URL: "/claims/1", Word: "Claim 1"},
			Found: "found", Withheld: true},
		&Sources{Shell: shell("Sources", "Articles"), Rows: []SourceRow{{ID: 1, Name: en("Radio Zamaneh"),
			Kind: "broadcaster", Country: "NL", Ratings: []SourceRating{{ID: 1, Collection: "One", Rated: "B",
				Options: Codes("B", "A", "B"), URL: "/collections/1/sources/1/rating"}, {ID: 2, Collection: "Two"}}},
			{ID: 2, Name: fa, Kind: "newspaper"}}, More: "/sources?after=z"},
		&Sources{Shell: shell("Sources", "Articles"), Edits: true, Rows: []SourceRow{{ID: 1, Name: en("Radio Zamaneh"),
			Kind: "broadcaster", Kinds: Codes("", "broadcaster"), EditURL: "/sources/1"}}, Add: "/sources",
			Kind: Codes("", "newspaper"), Wrong: Wrong{"": "No.", "name": "Empty."}},
		&Sources{Shell: shell("Sources", "Articles"), Empty: nothing},
		&Claims{Shell: shell("Claims", "Claims"), Filter: sampleFilter(), Rows: sampleClaimRows(), Count: "185 claims",
			More: "?after=9"}, &Claims{Shell: shell("Claims", "Claims"), Filter: Filter{Action: "/c"}, Empty: nothing},
		&Search{Shell: shell("Search", ""), Filters: sampleFilters(), Passages: passages, Claims: sampleClaimRows(),
			Note: "1 sentence, 3 claims.", More: "?after=1"}, &Search{Shell: shell("Search", ""), Empty: nothing},
		pick, blank,
		&Claimsets{Shell: shell("Claim sets", "Claim sets"), Rows: []SetRow{{"/sets/7", "The 2017 campaign hack",
			"21 Nov 2026", 2, "frozen", "10 claims", "1 alarm waits"}}, Create: "/collections/1/sets",
			Wrong: Wrong{"": "No.", "title": "Empty."}},
		&Claimsets{Shell: shell("Claim sets", "Claim sets"), Empty: nothing},
		draft, frozen, &Claimset{Shell: shell("Set 9", "Claim sets"), ID: 9, Title: "Empty", State: "draft",
			Freeze: "/sets/9/freeze", FreezeWhy: "An empty set cannot be frozen.", Empty: nothing},
		&ClaimsetBuild{Shell: shell("Add claims", "Claim sets"), Title: "The 2017 campaign hack",
			Filter: sampleFilter(), Rows: sampleClaimRows(), Count: "3 approved claims", More: "?after=3",
			Add: "/sets/7/claims", Back: "/sets/7", Wrong: Wrong{"": "No."}}, &ClaimsetBuild{Shell: shell("Add claims",
			"Claim sets"), Title: "Empty", Empty: nothing},
	}
}

func peopleSamples() []Page {
	door := Shell{Title: "Sign in"}
	claim := sampleClaim()
	return []Page{
		&SignIn{Shell: door, Ways: []Way{{Action: "/sign-in/demo", Heading: "This is a demonstration",
			Note: "One click.",
			Choices: []WayChoice{{"user", "reviewer-1", "reviews claims"}, {"user", "editor-1",
				"adjudicates, approves"},
				{"user", "auditor-1", "reads everything"}, {"user", "admin-1", "users and roles"}}}}, Next: "/"},
		&SignIn{Shell: door, Ways: []Way{{Action: "/sign-in", Button: "Sign in", Hint: "Ask.", Fields: []WayField{
			{"user", "Name", "text", "username", "reviewer-1"}, {"password", "Password", "password", "off", ""}}}},
			Wrong: Wrong{"": "Name or password is wrong.", "user": "Empty.", "password": "Empty."}},
		&LinkSpend{Shell: door, Action: "/link/x", Heading: "Set your password",
			Note: "An invitation, good until 13:00 UTC.", For: "reviewer-3", Wrong: Wrong{"": "No.",
				"password": "At least 8 characters."}},
		&LinkSpend{Shell: door, Action: "/link/x", Heading: "The first admin", User: "me"}, &LinkSpend{Shell: door,
			Heading: "This link", Spent: "This link was used already. Ask for a new one."},
		&History{Shell: shell("History", "History"), Object: "claim:40", Claim: &claim, Events: []Event{sampleEvent(),
			{Seq: 1, Action: "user.created", Actor: "system", Object: Link{URL: "", Word: "user:1"}}},
			Actions: Codes("", "claim"), Actor: "1", People: []string{"نام"},
			Verdicts: Codes("", "disputed"), Zones: Codes("UTC", "UTC"), Older: "?before=1", Export: "/history/export",
			Head: sampleProof(), Note: "9 events.", VerifyTo: "/history/verify",
			Rules: "/exceptions", Proofs: "/history/proofs"},
		&History{Shell: shell("History", "History"), Object: "set:1", Empty: nothing},
		&HistoryEvent{Shell: shell("Event 1271", "History"), Event: sampleEvent(), Proof: sampleProof(),
			Canonical: "claimbench leaf 1\nseq 1271\n", Back: "/history"},
		&HistoryEvent{Shell: shell("Event 1", "History"), Event: Event{Seq: 1},
			Proof: &Proof{Note: "A checkpoint is signed within a minute."}},
		&Proofs{Shell: shell("Proofs", "History"), Action: "/history/proofs", At: "claim:40", Event: "Event 12",
			Text: "c2sp.org/tlog-proof@v1\n", Command: "workbench verify", Whole: true, From: "3", To: "9",
			Sizes: []string{"3", "9"}, Grown: "It only grew.", GrownText: "old 3\n", Old: "claimbench\n"},
		&Proofs{Shell: shell("Proofs", "History"), Action: "/history/proofs", Event: "Event 1", Note: "Not yet."},
		&HistoryVerify{Shell: shell("Verify", "History"), Action: "/history/verify",
			Note:    "Without a checkpoint from elsewhere a full rewrite goes unseen.",
			Command: "workbench audit verify"},
		&HistoryVerify{Shell: shell("Verify", "History"), Ran: "12:00", OK: true, Summary: "Verified: 1,284 events.",
			Facts: []Fact{{"Events", "1,284"}}},
		&HistoryVerify{Shell: shell("Verify", "History"), Ran: "12:00", Summary: "1 row differs.",
			Problems: []string{"claim:40: statement"}}, &HistoryVerify{Shell: shell("Verify", "History"), Ran: "12:00",
			Unsure: true, Summary: "Could not check."},
		&Erasures{Shell: shell("Erasures", "History"), Rows: []ErasureRow{{ID: "abcdefgh2345",
			Object: Link{URL: "/history", Word: "claim:1"}, Name: "statement",
			Reason: Foreign{Text: "دلیل", Lang: "fa", Dir: "rtl"}, Says: "waits", Asked: "1 Jan", By: "Admin One",
			Confirm: "/erasures/confirm", Refuse: "/erasures/refuse"}, {ID: "abcdefgh2346",
			Object: Link{Word: "claim:2"}, Name: "reason", Says: "erased, 1 text", EndedBy: "Admin Two",
			Ended:    "2 Jan",
			TakeBack: true, Refuse: "/erasures/refuse"}}, More: "?before=abcdefgh2345", Ask: "/erasures",
			Object: "claim:1", Name: "statement", Reason: "why", Wrong: Wrong{"": "No.", "object": "Write it."}},
		&Erasures{Shell: shell("Erasures", "History")},
		&Exceptions{Shell: shell("Exceptions", "History"), Rules: []RuleCount{{URL: "/exceptions/a", Name: "a",
			Title: "A", Says: "A rule.", Rows: "none", None: true}, {URL: "/exceptions/b", Name: "b", Title: "B",
			Says: "Another.", Rows: "2", Fault: true}}, Export: "/exceptions/export", Signs: true, Note: "2 rules.",
			Check: "workbench audit report --check FILE"},
		&Exception{Shell: shell("A", "History"), Back: "/exceptions", Name: "a", Title: "A", Says: "A rule.",
			Heads: []string{"Claim", "When", "Who"}, Rows: [][]Cell{{{Head: "Claim", Word: "1", URL: "/claims/1"},
				{Head: "When", Word: "1 Jan", Stamp: "2026-01-01T00:00:00Z"}, {Head: "Who", Word: "نام", Name: true}}},
			Next: "?before=1.0", Export: "/exceptions/export", Fault: true},
		&Exception{Shell: shell("A", "History"), Back: "/exceptions", Title: "A", Says: "A rule.", Empty: "None."},
		&Users{Shell: shell("Users", "Users"), Rows: []UserRow{{URL: "/users/1", Name: "admin-1", Me: true,
			Roles: []RoleRow{{Role: "admin", Where: "everywhere"}}}, {URL: "/users/2", Name: "old", Disabled: true}},
			Add: "/users", Roles: Codes("", "reviewer"), Wheres: []Option{{Value: "0", Word: "everywhere",
				Chosen: true}}, Wrong: Wrong{"": "No.", "name": "Taken."}},
		&UserEdit{Shell: shell("User", "Users"), Row: UserRow{Name: "reviewer-3",
			Roles: []RoleRow{{Role: "reviewer", Where: "everywhere", RevokeURL: "/users/3/roles/revoke"}}},
			Grant: "/users/3/roles", Roles: Codes("", "editor"), Wheres: Codes("", "0"),
			Disable: "/users/3/disable", MakeLink: "/users/3/link", NewLink: "http://127.0.0.1:8080/link/abc",
			LinkUntil: "until 21 Nov 2026, 13:00 UTC", EndSessions: "/users/3/sessions/end",
			HistoryURL: "/history?object=user:3",
			Wrong:      Wrong{"": "Not granted.", "role": "Auditor excludes reviewer."}},
		&UserEdit{Shell: shell("User", "Users"), Row: UserRow{Name: "me", Disabled: true}, Enable: "/users/3/enable",
			SelfNote: "Nobody grants to himself."},
		&Collections{Shell: shell("Collections", ""), Rows: []CollectionRow{{ID: 1, Name: "Election interference",
			URL: "/collections/1/queue", RulesURL: "/collections/1/rules", Quorum: 2, Rule: "unanimous",
			Articles: "4 articles", Claims: "185 claims", Yours: "reviewer", Here: true}, {ID: 2, Name: "Other",
			Quorum: 1, Rule: "majority"}}, Add: "/collections", Wrong: Wrong{"": "No.", "name": "Taken."}},
		&Collections{Shell: shell("Collections", ""), Empty: nothing},
		&CollectionRules{Shell: shell("Rules", ""), Name: "Election interference", Action: "/collections/1/rules",
			Quorum: "2", Rule: Codes("unanimous", "unanimous", "majority"),
			Guards: []GuardRow{{"searched", "Unverified needs a note of what was searched", true}},
			Status: "/collections/1/status", Wrong: Wrong{"": "No.", "quorum": "1 to 50."}},
		&Statuses{Shell: shell("Status of printed claims", "Collections"), Empty: nothing},
		&Statuses{Shell: shell("Status of printed claims", "Collections"), Publish: "/collections/1/status",
			Withdraw: "/collections/1/status/withdraw", Command: "workbench status make --output status.txt",
			More: "/collections/1/status?after=7", Wrong: Wrong{"": "No."}, Rows: []StatusRow{
				{9, "The 2017 campaign hack", 2, "21 Nov 2026", "http://127.0.0.1:8080/status/abc", "22 Nov 2026"},
				{7, "گزارش", 1, "20 Nov 2026", "", ""}}},
		&Settings{Shell: shell("Your settings", ""), Roles: []RoleRow{{Role: "reviewer", Where: "everywhere"}},
			Themes: Codes("dark", "light", "dark"), Password: "/settings/password", SignOut: "/sign-out",
			EndAll: "/settings/sessions/end", Wrong: Wrong{"": "No.", "old": "Wrong.", "new": "Short."}},
		&Settings{Shell: shell("Your settings", "")},
		&Guidelines{Shell: shell("Guidelines", "")}, sampleGuidelines(),
		&Method{Shell: shell("Method", "")}, sampleMethod(),
		&Notices{Shell: shell("Notices", "")},
		&Notices{Shell: shell("Notices", ""), ReadURL: "/notices/read", AllURL: "/notices/read-all",
			Newest: "abcdefghijkl", More: "/notices?before=abc", Rows: []NoticeRow{{Name: "abcdefghijkl",
				Link: Link{URL: "/claims/40", Word: "Claim 40"}, Words: ar, Says: "You were mentioned",
				At: "21 Nov 2026", New: true}, {Name: "bbcdefghijkl",
				Link: Link{Word: "Claim 41"}, Says: "Reopened", At: "20 Nov 2026"}}},
		&Drafts{Shell: shell("Your drafts", "")},
		&Fetching{Shell: shell("Fetching pages", ""), House: true, Action: "/fetching", Allowed: true,
			Contact: "desk@paper.example", Version: 2, Wrong: Wrong{"contact": "Write an address."}},
		&Fetching{Shell: shell("Fetching pages", ""), HouseOff: true, Name: "گزارش‌ها", Rules: "/collections/1/rules",
			Action: "/collections/1/fetching"},
		&Webhooks{Shell: shell("Webhooks", ""), Name: "گزارش‌ها", Rules: "/collections/1/rules",
			Action: "/collections/1/webhooks", Address: "https://desk.example/told", Rows: []WebhookRow{{Link: Link{
				URL: "/webhooks/3", Word: "Webhook 3"}, Address: "https://desk.example/", Topics: "claims, sets",
				State: "on"}}, Tells: Tells{
				Topics: []Topic{{"claims", "claims", "A claim changed.", true}, {Value: "sets", Word: "sets"}},
				Wrong:  &Mistake{ID: "wrong-topics", Msg: "Choose one."}},
			Wrong: Wrong{"address": "This is no address."}},
		&Webhooks{Shell: shell("Webhooks", ""), Name: "Grants", Rules: "/collections/1/rules", Full: true},
		&Webhook{Shell: shell("Webhook", ""), List: "/collections/1/webhooks", ID: 3, Address: "https://desk.example/",
			State: "on", On: true, Next: "20 Nov 2026", Message: en("It cannot be reached."), Secret: "whsec_ab=",
			Set: "/webhooks/3", Renew: "/webhooks/3/secret", Again: "/webhooks/3/again", Version: 2,
			More: "/webhooks/3?before=4", Tells: Tells{Topics: []Topic{{"claims", "claims", "A claim changed.",
				true}}},
			Rows: []DeliveryRow{{Number: 5, Action: "claim.decided", Object: "claim:4", At: "20 Nov 2026",
				State: "waits", Waits: true}, {Number: 4, Action: "claim.edited", Object: "claim:4", At: "20 Nov 2026",
				State: "failed, failed 5 times", Message: en("It answers 400.")}}, Wrong: Wrong{"": "Look again."}},
		&Webhook{Shell: shell("Webhook", ""), List: "/collections/1/webhooks", ID: 4, State: "stopped"},
		&CollectionModel{Shell: shell("Language model", ""), Name: "گزارش‌ها", Rules: "/collections/1/rules",
			Action: "/m",
			Model:  "llama3", Host: "127.0.0.1:11434", Allowed: true, PerDay: "500", Most: "1000", Today: "12",
			Wrong: Wrong{"": "No.", "per_day": "A number."}},
		&CollectionModel{Shell: shell("Language model", ""), Name: "Leak", Rules: "/collections/1/rules",
			Action: "/m"},
		&ArticleWork{Shell: shell("Work", "Articles"), Article: Link{URL: "/articles/1", Word: "Article 1"},
			Model: &Job{Word: "Breaking down", State: "failed", Failed: "No key.", Note: "2 questions", Since: "now",
				Refused: []Refusal{{"a number not held", 3, "۹"}, {"unreadable", 0, ""}}}},
		&Addresses{Shell: shell("Addresses", "Articles"), Action: "/collections/1/addresses", Import: "/import",
			Typed: "https://paper.example/1", Going: true, Done: 1, Total: 3, Progress: "2 addresses wait",
			Cancel: "/collections/1/addresses/cancel", Failed: "1 address failed", More: "?before=3",
			Again: "/collections/1/addresses/again", Wrong: Wrong{"addresses": "Give an address a line."},
			Rows: []AddressRow{{ID: 5, Address: "https://paper.example/خبر", State: "waiting",
				Message: en("Not found."),
				Asked:   "20 Nov 2026", By: "Sam", Cancel: "/c", Again: "/a"},
				{ID: 4, State: "done", Article: &Link{URL: "/articles/2", Word: "Article 2"}}}},
		&Addresses{Shell: shell("Addresses", "Articles"), Off: "Nobody switched it on.", Import: "/import"},
		&ArticleOriginal{Shell: shell("The file", "Articles"), Article: Article{URL: "/articles/1", Title: fa,
			Source: en("not stated")}, Name: en("a.pdf"), Reader: "PDF", Version: 1, SHA256: "ab", Size: "12 kB",
			FileURL: "/articles/1/original/file", LeftOut: []LeftOut{{"a caption", "ولادیمیر", "fa", "rtl"}},
			Leaves: []Leaf{{N: 1, Start: 1, URL: "/articles/1/original/page?page=1", Open: true,
				Paragraphs: []Paragraph{{"page 1", true, fa}, {"", false, en("Half.")}}},
				{Start: 3, Paragraphs: []Paragraph{{"", false, fa}}}}, More: "?after=2", Newer: 2,
			AgainURL: "?again=1", Revise: "/articles/1/revisions", Again: "Half.", ReviseVersion: 2},
		&ArticleOriginal{Shell: shell("The file", "Articles"), Article: Article{URL: "/articles/1", Title: fa,
			Source: en("not stated")}, Name: en("rows.csv"), Reader: "CSV", Version: 1, Encoding: "windows-1256"},
		&ArticleWatch{Shell: shell("Watch", "Articles"), Article: Article{URL: "/articles/1", Title: fa,
			Source: en("not stated")}, On: true, Until: "20 Dec 2026", Gone: "20 Nov 2026",
			Visits:  []string{"Asked once."},
			Message: en("Not found."), Set: "/articles/1/watch", End: "/articles/1/watch/end", Day: "2026-12-20",
			Version: 2, Found: &FoundText{ID: 3, At: "20 Nov 2026", Silent: "Its day did not change.",
				Same: "2 paragraphs are the same", More: "1 more change is not shown", Lang: "fa", Dir: "rtl",
				Changes: []TextChange{{[]DiffPart{{"12", true}}, []DiffPart{{"14", true}}},
					{nil, []DiffPart{{"More.", false}}}}, Of: 2,
				Take: "/articles/1/watch/take", Refuse: "/articles/1/watch/refuse"}, Earlier: []string{"20 Oct 2026"},
			List: "/collections/1/watches", Wrong: Wrong{"until": "Give a day."}},
		&ArticleWatch{Shell: shell("Watch", "Articles"), Article: Article{URL: "/articles/1", Title: fa,
			Source: en("not stated")}, Off: "Nobody switched it on.", List: "/collections/1/watches"},
		&Watches{Shell: shell("Watched pages", "Articles"), More: "?before=2",
			Rows: []WatchRow{{Link{URL: "/articles/1/watch", Word: "Article 1"}, "until 20 Dec 2026", true}}},
		&Watches{Shell: shell("Watched pages", "Articles")},
		&PublicAsk{Public: Public{Shell: Shell{Title: "میز"}, Lang: "fa", Dir: "rtl",
			Langs: []Option{{Value: "?lang=en",
				Word: "English", Lang: "en", Dir: "ltr"}, {Value: "?lang=fa", Word: "فارسی", Lang: "fa", Dir: "rtl",
				Chosen: true}}}, Title: fa, Intro: en("Ask."), Action: "/ask/x", Words: "x", Address: "y",
			Contact: "z",
			Wrong:   Wrong{"": "No.", "words": "Nothing.", "address": "None.", "contact": "Long."}},
		&PublicAsked{Public: Public{Shell: Shell{Title: "Your question"}, Lang: "ja", Dir: "ltr"}, Told: "printed",
			More:    true,
			Printed: []PrintedVerdict{{"disputed", "異論あり", "証拠が反している。", false}, {"unverified", "", "", true}}},
		&PublicAsked{Public: Public{Shell: Shell{Title: "Your question"}, Lang: "en", Dir: "ltr"}, Told: "received"},
		&PublicFailed{Public: Public{Shell: Shell{Title: "No"}, Lang: "ar", Dir: "rtl"}, Heading: "لا", About: "x"},
		&Requests{Shell: shell("Requests", ""), Public: "https://desk.example/ask/x", Filter: []Tab{{"/r", "All",
			true},
			{"/r?state=received", "Received", false}}, More: "?before=2", Rows: []RequestRow{{"/requests/1", 1, fa,
			"https://news.example/", "received", "2 more are like it", "20 Nov 2026"}, {URL: "/requests/2", ID: 2,
			State: "taken down", Came: "20 Nov 2026"}, {URL: "/requests/3", ID: 3, Address: "https://news.example/"}}},
		&Requests{Shell: shell("Requests", "")},
		&Request{Shell: shell("Request 1", ""), RequestRow: RequestRow{"/requests/1", 1, fa, "https://news.example/",
			"received", "", "20 Nov 2026"}, List: "/r", Reason: en("An opinion."), By: "Sam", Decided: "20 Nov 2026",
			Contact: en("me@reader.example"), Until: "20 Feb 2027", Article: "/articles/1",
			Linked: []LinkedClaim{{4, Link{URL: "/claims/4", Word: "claim 4", Of: fa}, "open", false}},
			Like:   []RequestRow{{URL: "/requests/2", ID: 2, Words: ar, State: "received"}}, More: "?after=2",
			Version: 2,
			Off:     "Nothing is fetched.", Find: "/requests/1", Link: "/l", Place: "/p", TypedWith: "3", TakeIn: "/t",
			Likely: []LinkedClaim{{5, Link{URL: "/claims/5", Word: "claim 5", Of: ar}, "candidate", true}},
			Behind: true,
			Unlink: "/u", Refuse: "/n", Withhold: "/w",
			TypedClaim: "9", Wrong: Wrong{"": "No.", "claim": "None.", "reason": "Say why."}},
		&Request{Shell: shell("Request 2", ""), RequestRow: RequestRow{URL: "/requests/2", ID: 2, Words: en("Is it?"),
			State: "not checked"}, List: "/r", Reopen: "/o", Fetch: "/f", Link: "/l", Find: "/requests/2", Text: "x",
			Found:     []LinkedClaim{{ID: 6, Claim: Link{URL: "/claims/6", Word: "claim 6", Of: en("So.")}}},
			MoreFound: true,
			Spoken:    "/articles/1"},
		&Request{Shell: shell("Request 3", ""), Link: "/l", Find: "/requests/3", Text: "no"},
		&RequestForm{Shell: shell("Form for readers", "Collections"), Name: "تحقیق", Rules: "/rules", Action: "/form",
			Public: "https://desk.example/ask/x", Published: true, Title: "میز", Intro: "x", PerDay: "20",
			Langs: []Option{{Value: "fa", Word: "فارسی", Lang: "fa", Dir: "rtl", Chosen: true}}, Version: 2,
			Wrong: Wrong{"title": "Say who.", "intro": "Long.", "lang": "None.", "per_day": "1 to 2000."}},
		&Feeds{Shell: shell("Feeds", "Articles"), Addresses: "/a", Action: "/feeds", Typed: "x",
			Modes: []Option{{Value: "take",
				Word: "Taken"}}, More: "?before=2", Wrong: Wrong{"": "No.", "address": "None."},
			Rows: []FeedRow{{"/feeds/1", fa,
				"https://news.example/feed", "taken in", "https://news.example/rss", "2026-11-20", "asked once",
				"again soon",
				"2 items to choose", en("No answer."), en("The first 1000.")}, {URL: "/feeds/2",
				Next: "not asked for"}}},
		&Feeds{Shell: shell("Feeds", "Articles"), Addresses: "/a", Off: "Nobody switched it on."},
		&Feed{Shell: shell("Feed", "Articles"), FeedRow: FeedRow{URL: "/feeds/1", Title: fa}, List: "/f", By: "Sam",
			Since: "20 Nov 2026", Version: 2, Modes: []Option{{Value: "take", Word: "Taken"}}, Set: "/s", End: "/e",
			Filter: []Tab{{"/?", "To choose", true}}, Take: "/t", Pass: "/p", More: "?before=2",
			Wrong: Wrong{"": "No."},
			Items: []FeedItem{{1, ar, "https://news.example/1", en("No."), "2026", "20 Nov 2026", "/articles/1",
				true, true},
				{ID: 2, Waits: true}}},
		&Feed{Shell: shell("Feed", "Articles"), List: "/f", Items: []FeedItem{{ID: 1,
			Address: "https://news.example/1"}}},
		&Feed{Shell: shell("Feed", "Articles"), List: "/f"},
		&Assignments{Shell: shell("Who has what", "Queue"), Back: "/", Action: "/a", Strategy: "/a/strategy",
			Set: "/a/rule", Kept: "by hand", How: []Option{{Value: "share", Word: "by share", Chosen: true}},
			Looked:     "share",
			LookedWord: "by share", ShareGiven: "20", Shares: true, Deals: true, Gives: true, Would: "3 assignments",
			AsAccepted: true, Stops: "مریم", Version: 2,
			Rows: []ShareRow{{"مریم", "3", "1", "/collections/1/queue?assignee=4"},
				{"Sam", "0", "2", ""}}, Wrong: Wrong{"share": "Give 0 to 100."}},
		&Assignments{Shell: shell("Who has what", "Queue"), Kept: "by hand", Looked: "hand", LookedWord: "by hand"},
		&Batch{Shell: shell("Batch 7", "Queue"), ID: 7, Action: "/batches/7", Act: "reject", Total: "3 claims",
			Acts:  []BatchAct{{"accept", "Accept", "/batches/7?act=accept", false}, {"reject", "Reject", "/", true}},
			Would: "2", Counts: []BatchCount{{"will be done", "2"}, {"refused", "1"}}, Rejects: true,
			WhyNot: []Option{{Value: "opinion", Word: "an opinion"}}, More: "/batches/7?after=41", Back: "/",
			Rows: []BatchRow{{ID: 40, Fate: "refused", Why: "There is no such claim."}, {ID: 41, URL: "/claims/41",
				Fate: "will be done", Words: fa, Verdict: "candidate"}}, Wrong: Wrong{"reason": "Choose one."}},
		&Batch{Shell: shell("Batch 8", "Queue"), ID: 8, Act: "withdraw", Total: "1 claim", Reason: "no use",
			Stands: "It is being done: 1 of 2 so far.", Works: true, Failed: "The role was taken away.", Back: "/"},
		&Batch{Shell: shell("Batch 10", "Queue"), ID: 10, Action: "/batches/10", Act: "give", ToLabel: "To whom",
			ToWord: " to ", ToName: "Anna", To: "3", Targets: []Option{{Value: "3", Word: "Anna", Chosen: true}},
			Acts: []BatchAct{{"give", "Give", "/", true}}, Total: "1 claim", Would: "1",
			Stands: "Nothing is done yet.",
			Back:   "/"},
		&Batch{Shell: shell("Batch 9", "Queue"), ID: 9, Action: "/batches/9", Act: "withdraw", Withdraws: true,
			Acts: []BatchAct{{"withdraw", "Withdraw", "/", true}}, Total: "1 claim", Back: "/"},
		&Drafts{Shell: shell("Your drafts", ""), Discard: "/drafts/discard", More: "/drafts?after=40",
			Rows: []DraftRow{{ID: 40, URL: "/claims/40/review", Words: fa, Verdict: "unverified",
				Reason: "insufficient", Confidence: "confidence 40", Rationale: fa, Searched: en("All of it."),
				Saved: "20 Nov 2026, 11:50"}, {ID: 39, Rationale: en("Half"), Saved: "20 Nov 2026, 11:51",
				Goes: "20 Dec 2026"}}},
		&ErrorPage{Shell: shell("Not found", ""), Status: 404, Heading: "Not found", Msg: "There is no claim 99.",
			Request: "r-1", Back: Link{URL: "/", Word: "Back to your queue"}, Problem: []Mistake{{"claim",
				"no such"}}},
		&ErrorPage{Shell: door, Status: 500, Heading: "Something broke here", Msg: "It is not your fault.",
			Back: Link{URL: "/", Word: "Back"}},
	}
}

// sampleComments are one that others do not read yet, and one that quotes evidence and is resolved.
func sampleComments() []Comment {
	return []Comment{{Name: "abcdefghijkl", By: "reviewer-2", At: "20 Nov 2026", Text: en("Which body?"), Hidden: true,
		Settle: &Settle{"/claims/40/comments/resolve", "Resolve", 1}},
		{Name: "bbcdefghijkl", By: "reviewer-1", At: "20 Nov 2026", Text: ar, Mentions: []string{"Sam", "مریم"},
			Quotes:   []Quote{{17, ar, Link{URL: "/articles/1", Word: "sentence 3"}}},
			Resolved: "resolved by Sam, 20 Nov 2026", Settle: &Settle{"/claims/40/comments/reopen", "Reopen", 2}}}
}

func sampleQuestions() []QuestionSeen {
	return []QuestionSeen{{By: "An editor", Whom: "reviewer A", Question: fa, At: "20 Nov 2026", Answer: ar,
		AnsweredAt: "21 Nov 2026"}, {By: "editor-1", Whom: "you", Question: en("Which?"), At: "20 Nov 2026",
		Waits: true}}
}

func sampleGuidelines() *Guidelines {
	words, _ := markdown.HTML("# قواعد\n\n- دو منبع\n- [a rule](/claims/4)")
	return &Guidelines{Shell: shell("Guidelines", ""), Head: "Version 2, by editor-1, 20 Nov 2026", Words: words,
		Lang: "fa", Dir: "rtl", Note: en("Shorter."), Old: true, Changes: &Changes{"What version 2 changed",
			[]DiffPart{{"Two origins", false}, {" or more", true}}, []DiffPart{{"Two origins", false}}},
		Versions: []GuidelineRow{{Link{URL: "/x", Word: "Version 2"}, en("Shorter."), "editor-1, 20 Nov 2026", true},
			{Link{URL: "/x", Word: "Version 1"}, Foreign{}, "editor-1, 19 Nov 2026", false}}, More: "/more",
		MoreGaps: "/gaps", Gaps: []GapRow{{ID: 1, Claim: Link{URL: "/claims/4", Word: "Claim 4"}, Words: fa,
			Found: "20 Nov 2026", Form: &GapForm{"/g", 2, 1}}, {ID: 2, Claim: Link{URL: "/claims/5", Word: "Claim 5"},
			Found:    "20 Nov 2026",
			Answered: "answered by version 2", Form: &GapForm{"/g", 2, 2}}},
		Form:  &GuidelineForm{URL: "/g", Words: "x", Lang: "fa", Note: "y", Opened: 2, Clash: true},
		Wrong: Wrong{"": "Not saved.", "words": "Nothing is changed.", "lang": "No tag.", "note": "Too long."}}
}
