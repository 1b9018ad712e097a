package httpd

import (
	"slices"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/review"
	"claimbench/internal/term"
)

// Why pages show today only.
const (
	watched = "What is asked for next, and a text that waits, are of today; what was decided is in the history."
	ownOnly = "What it shows is a person's own, is in no event, and so is kept of no moment but now."
	always  = "An event never changes: it is the same at every moment."
)

// Parameters that several pages share.
var (
	searchParams = words("lang", "from", "to", "article", "source")
	claimParams  = slices.Concat(choice("state", claims.States), choice("verdict", filtered), oneOrNot("mine"),
		words("lang", "text", "article", "after"))
	queueParams = slices.Concat(choice("state", claims.States), choice("verdict", filtered),
		choice("sort", review.Orders), oneOrNot("mine"), oneOrNot("menu"),
		words("lang", "article", "source", "text", "assignee"))
	// filtered are the verdicts that a list is filtered by: that there is none yet, too.
	filtered = term.New("verdict",
		append(claims.Verdicts.Terms(), term.Term[claims.Verdict]{Name: claims.NoVerdict})...)
)

// routesPeople are the door, people, roles and collections.
func (s *Server) routesPeople() []route {
	return []route{
		{get, "/", anybody(), s.home},
		{get, "/sign-in", anybody().asks(words("next")), s.signIn},
		{post, "/sign-out", anybody().takes(signInBody), s.signOut},
		{get, "/link/:token", anybody(), s.linkLook},
		{post, "/link/:token", anybody().takes(signInBody), s.linkSpend},
		{post, "/theme", anybody().takes(signInBody), s.themeSet},
		{get, "/settings", signedInOnly().ofNow(ownOnly), s.settings},
		{post, "/settings/zone", signedInOnly().takes(signInBody), s.zoneSet},
		{post, "/settings/mail", signedInOnly().takes(signInBody), s.mailChoose},
		{post, "/settings/password", signedInOnly(), s.passwordSet},
		{post, "/settings/name", signedInOnly(), s.nameSet},
		{post, "/settings/languages", signedInOnly(), s.readsSet},
		{post, "/settings/reset-notice", signedInOnly(), s.resetDismiss},
		{post, "/settings/sessions/end", signedInOnly(), s.sessionsEnd},
		{get, "/key-words", signedInOnly().asks(words("words", "in")).ofNow("It is of the words that are sent, and " +
			"of no row."), s.keyWords},
		{get, "/drafts", signedInOnly().asks(words("after")).ofNow(ownOnly), s.drafts},
		{post, "/drafts/discard", signedInOnly(), s.draftDiscard},
		{get, "/notices", signedInOnly().asks(words("before")).ofNow(ownOnly), s.notices},
		{post, "/notices/read", signedInOnly(), s.noticeRead},
		{post, "/notices/read-mention", signedInOnly(), s.noticeReadMention},
		{post, "/notices/read-all", signedInOnly(), s.noticesReadAll},
		{get, "/users", may(auth.ThingUser, auth.Read).asks(words("after")).ofPast(), s.users},
		{post, "/users", may(auth.ThingUser, auth.Write), s.userCreate},
		{get, "/users/:id", may(auth.ThingUser, auth.Read).ofPast(), s.userEdit},
		{post, "/users/:id/roles", may(auth.ThingRole, auth.GrantRole), s.roleGrant},
		{post, "/users/:id/roles/revoke", may(auth.ThingRole, auth.GrantRole), s.roleRevoke},
		{post, "/users/:id/disable", may(auth.ThingUser, auth.Write), s.userDisable},
		{post, "/users/:id/enable", may(auth.ThingUser, auth.Write), s.userEnable},
		{post, "/users/:id/link", may(auth.ThingUser, auth.Write), s.userLink},
		{post, "/users/:id/sessions/end", may(auth.ThingUser, auth.Write), s.userSessionsEnd},
		{get, "/collections", signedInOnly().ofPast(), s.collections},
		{post, "/collections", may(auth.ThingCollection, auth.Write), s.collectionCreate},
		{get, "/collections/:collection/rules", may(auth.ThingSettings, auth.Write), s.collectionRules},
		{post, "/collections/:collection/rules", may(auth.ThingSettings, auth.Write), s.collectionRulesSet},
		{get, "/collections/:collection/status", may(auth.ThingStatus, auth.Read).asks(words("after")).ofPast(),
			s.statuses},
		{post, "/collections/:collection/status", may(auth.ThingStatus, auth.Write), s.statusPublish},
		{post, "/collections/:collection/status/withdraw", may(auth.ThingStatus, auth.Write), s.statusWithdraw},
		{get, fetchingPath, may(auth.ThingSettings, auth.Write), s.fetching},
		{post, fetchingPath, may(auth.ThingSettings, auth.Write), s.fetchingSet},
		{post, stampingPath, may(auth.ThingSettings, auth.Write), s.stampingSet},
		{get, "/collections/:collection/fetching", may(auth.ThingSettings, auth.Write), s.fetchingHere},
		{post, "/collections/:collection/fetching", may(auth.ThingSettings, auth.Write), s.fetchingSetHere},
		{get, "/collections/:collection/webhooks", may(auth.ThingSettings, auth.Write), s.webhooks},
		{post, "/collections/:collection/webhooks", may(auth.ThingSettings, auth.Write), s.webhookAdd},
		{get, "/webhooks/:id", may(auth.ThingSettings, auth.Write).asks(words("before")), s.webhook},
		{post, "/webhooks/:id", may(auth.ThingSettings, auth.Write), s.webhookSet},
		{post, "/webhooks/:id/secret", may(auth.ThingSettings, auth.Write), s.webhookRenew},
		{post, "/webhooks/:id/again", may(auth.ThingSettings, auth.Write), s.webhookAgain},
		{get, "/collections/:collection/model", may(auth.ThingSettings, auth.Write), s.collectionModel},
		{post, "/collections/:collection/model", may(auth.ThingSettings, auth.Write), s.collectionModelSet},
		{get, "/sources", may(auth.ThingSource, auth.Read).asks(words("after")).ofPast(), s.sources},
		{post, "/sources", may(auth.ThingSource, auth.Write), s.sourceCreate},
		{post, "/sources/:id", may(auth.ThingSource, auth.Write), s.sourceEdit},
		{post, "/collections/:collection/sources/:id/rating", may(auth.ThingSource, auth.Rate), s.sourceRate},
	}
}

// routesReading are articles and the claims made of them.
func (s *Server) routesReading() []route {
	return []route{
		{get, "/collections/:collection/articles", may(auth.ThingArticle, auth.Read).asks(
			words("text", "after")).ofPast(), s.articles},
		{get, "/collections/:collection/articles/import", may(auth.ThingArticle, auth.Import).asks(
			words("after", "compare", "article")), s.arrivals},
		{post, "/collections/:collection/arrivals", may(auth.ThingArticle, auth.Import).takes(importBody),
			s.arrivalsDrop},
		{post, "/collections/:collection/arrivals/take", may(auth.ThingArticle, auth.Import), s.arrivalsTake},
		{post, "/collections/:collection/arrivals/discard", may(auth.ThingArticle, auth.Import), s.arrivalsDiscard},
		{post, "/collections/:collection/arrivals/again", may(auth.ThingArticle, auth.Import), s.arrivalsAgain},
		{post, "/collections/:collection/arrivals/:id/revise", may(auth.ThingArticle, auth.Import), s.arrivalRevise},
		{post, "/collections/:collection/arrivals/:id", may(auth.ThingArticle, auth.Import), s.arrivalEdit},
		{post, "/collections/:collection/arrivals/:id/letters", may(auth.ThingArticle, auth.Import), s.arrivalLetters},
		{post, "/collections/:collection/arrivals/:id/columns", may(auth.ThingArticle, auth.Import), s.arrivalColumns},
		{post, "/collections/:collection/articles", may(auth.ThingArticle, auth.Import).takes(importBody),
			s.articleImport},
		{get, "/collections/:collection/addresses", may(auth.ThingArticle, auth.Import).asks(words("before")),
			s.addresses},
		{post, "/collections/:collection/addresses", may(auth.ThingArticle, auth.Import).takes(addressesBody),
			s.addressesAsk},
		{post, "/collections/:collection/addresses/cancel", may(auth.ThingArticle, auth.Import), s.addressesCancel},
		{post, "/collections/:collection/addresses/again", may(auth.ThingArticle, auth.Import), s.addressesAgain},
		{get, "/articles/:id", may(auth.ThingArticle, auth.Read).asks(
			words("revision", "claim", "sentence", "from"), oneOrNot("all")).ofPast(), s.reader},
		{get, "/collections/:collection/watches",
			may(auth.ThingArticle, auth.Read).asks(words("before")).ofNow(watched), s.watches},
		{get, "/articles/:id/watch", may(auth.ThingArticle, auth.Read).ofNow(watched), s.articleWatch},
		{post, "/articles/:id/watch", may(auth.ThingArticle, auth.Import), s.articleWatchSet},
		{post, "/articles/:id/watch/end", may(auth.ThingArticle, auth.Import), s.articleWatchEnd},
		{post, "/articles/:id/watch/take", may(auth.ThingArticle, auth.Import), s.articleWatchTake},
		{post, "/articles/:id/watch/refuse", may(auth.ThingArticle, auth.Import), s.articleWatchRefuse},
		{get, "/articles/:id/work", may(auth.ThingArticle, auth.Read).ofNow(
			"How far a job is, is of no moment but now."), s.articleWork},
		{post, "/articles/:id/work", may(auth.ThingArticle, auth.Import), s.articleTakeInAgain},
		{post, "/articles/:id/extract", may(auth.ThingCandidate, auth.Write), s.articleExtract},
		{post, "/articles/:id/origin", may(auth.ThingOrigin, auth.Confirm), s.articleOrigin},
		{get, "/articles/:id/revisions", may(auth.ThingArticle, auth.Read).asks(words("before")).ofPast(),
			s.articleRevisions},
		{post, "/articles/:id/same-origin", may(auth.ThingOrigin, auth.Confirm), s.articleSameOrigin},
		{post, "/articles/:id/origin-refusals", may(auth.ThingOrigin, auth.Confirm), s.articleOriginRefuse},
		{post, "/articles/:id/revisions", may(auth.ThingArticle, auth.Import).takes(importBody), s.articleRevise},
		{get, "/articles/:id/original", may(auth.ThingArticle, auth.Read).asks(words("revision", "from", "page"),
			oneOrNot("again")).ofNow("A file is as it was when it came in; what may be seen of it is asked now."),
			s.articleOriginal},
		{get, "/articles/:id/original/file", may(auth.ThingArticle, auth.Read).asks(words("revision")).ofNow(
			"A file is as it was when it came in; what may be seen of it is asked now."), s.articleOriginalFile},
		{get, "/articles/:id/original/page", may(auth.ThingArticle, auth.Read).asks(words("revision", "page")).ofNow(
			"A file is as it was when it came in; what may be seen of it is asked now."), s.articleOriginalPage},
		{get, "/articles/:id/take-down", may(auth.ThingArticle, auth.TakeDown), s.articleTakeDownAsk},
		{post, "/articles/:id/take-down", may(auth.ThingArticle, auth.TakeDown), s.articleTakeDown},
		{get, "/articles/:id/protection", may(auth.ThingEvidence, auth.Protect), s.articleProtection},
		{post, "/articles/:id/protection", may(auth.ThingEvidence, auth.Protect), s.articleProtect},
		{post, "/articles/:id/protection/lift", may(auth.ThingEvidence, auth.Protect), s.articleUnprotect},
		{post, "/articles/:id/readers", may(auth.ThingEvidence, auth.Protect), s.articleReader},
		{post, "/articles/:id/readers/remove", may(auth.ThingEvidence, auth.Protect), s.articleReaderRemove},
		{get, "/articles/:id/claims/new", may(auth.ThingClaim, auth.Write).asks(
			words("sentence", "start", "end")), s.claimNew},
		{post, "/articles/:id/claims", may(auth.ThingClaim, auth.Write).takes(reviewBody), s.claimCreate},
		{post, "/articles/:id/drafts/claims/:began", may(auth.ThingClaim, auth.Write).takes(reviewBody),
			s.typedNewKeep},
		{get, "/collections/:collection/search", may(auth.ThingSearch, auth.Read).asks(
			words("q", "after"), searchParams).ofPast(), s.search},
		{get, "/collections/:collection/claims", may(auth.ThingClaim, auth.Read).asks(claimParams, oneOrNot("all")).
			ofPast(), s.claims},
		{get, "/claims/:id", may(auth.ThingClaim, auth.Read).asks(words("before", "round")).ofPast(), s.claim},
		{get, "/claims/:id/history", may(auth.ThingClaim, auth.Read).asks(choice("kind", desk.StoryKinds),
			choice("verdict", claims.Verdicts), words("person", "from", "to", "zone", "before", "event")).ofPast(),
			s.claimHistory},
		{post, "/claims/:id/presence", may(auth.ThingClaim, auth.Read), s.claimPresence},
		{get, "/claims/:id/wordings", may(auth.ThingClaim, auth.Read).ofPast(), s.claimWordings},
		{get, "/claims/:id/edit", may(auth.ThingClaim, auth.Write).asks(words("open", "back", "here")), s.claimEditAsk},
		{post, "/claims/:id/drafts/edit", may(auth.ThingClaim, auth.Write).takes(reviewBody),
			s.typedKeep(claims.EditForm)},
		{post, "/claims/:id/drafts/split", may(auth.ThingClaim, auth.Write).takes(reviewBody),
			s.typedKeep(claims.SplitForm)},
		{post, "/claims/:id/drafts/gloss", may(auth.ThingClaim, auth.Write).takes(reviewBody),
			s.typedKeep(claims.GlossForm)},
		{post, "/claims/:id/drafts/glosses/:lang", may(auth.ThingClaim, auth.Write).takes(reviewBody),
			s.typedGlossKeep},
		{post, "/claims/:id/edit", may(auth.ThingClaim, auth.Write).takes(reviewBody), s.claimEdit},
		{post, "/claims/:id/brackets", may(auth.ThingClaim, auth.Write).takes(reviewBody), s.claimBrackets},
		{get, "/claims/:id/anchor", may(auth.ThingClaim, auth.Read).asks(
			words("statement", "attribution", "hedge", "kind", "start", "end", "sentence", "revision", "version")).
			ofNow("It compares what is being typed with today's text."),
			s.claimAnchor},
		{post, "/claims/:id/anchor/confirm", may(auth.ThingClaim, auth.Write), s.claimAnchorConfirm},
		{post, "/claims/:id/anchor/keep", may(auth.ThingClaim, auth.Write), s.claimAnchorKeep},
		{post, "/claims/:id/anchor/move", may(auth.ThingClaim, auth.Write), s.claimAnchorMove},
		{post, "/claims/:id/accept", may(auth.ThingCandidate, auth.Write), s.claimAccept},
		{post, "/claims/:id/reject", may(auth.ThingCandidate, auth.Write), s.claimReject},
		{post, "/claims/:id/restore", may(auth.ThingCandidate, auth.Write), s.claimRestore},
		{post, "/claims/:id/withdraw", may(auth.ThingClaim, auth.Write), s.claimWithdraw},
		{post, "/claims/:id/split", may(auth.ThingClaim, auth.Write).takes(reviewBody), s.claimSplit},
		{post, "/claims/:id/merge", may(auth.ThingClaim, auth.Write), s.claimMerge},
		{get, "/claims/:id/checked", may(auth.ThingShelf, auth.Read).asks(words("back")).ofPast(), s.claimChecked},
		{post, "/claims/:id/checked", may(auth.ThingShelf, auth.Confirm), s.checkedDecide},
		{get, "/collections/:collection/checked", may(auth.ThingShelf, auth.Read).asks(words("q", "lang", "before"),
			choice("verdict", claims.Verdicts)).ofPast(), s.shelf},
		{post, "/collections/:collection/checked", may(auth.ThingShelf, auth.Write).takes(shelfBody), s.shelfBring},
		{get, "/collections/:collection/checked/import", may(auth.ThingShelf, auth.Write).asks(words("before")),
			s.shelfImportAsk},
		{post, "/collections/:collection/checked/export", may(auth.ThingShelf, auth.Export).streaming(), s.shelfExport},
		{get, "/checked/files/:id", may(auth.ThingShelf, auth.Write), s.shelfFile},
		{post, "/checked/files/:id/import", may(auth.ThingShelf, auth.Write), s.shelfTake},
		{post, "/checked/files/:id/drop", may(auth.ThingShelf, auth.Write), s.shelfDrop},
		{get, "/checked/:id", may(auth.ThingShelf, auth.Read).ofPast(), s.shelfEntry},
		{post, "/checked/:id/remove", may(auth.ThingShelf, auth.Write), s.shelfRemove},
		{post, "/checked/:id/withhold", may(auth.ThingShelf, auth.TakeDown), s.shelfWithhold},
		{get, "/claims/:id/duplicates", may(auth.ThingClaim, auth.Write), s.claimDuplicates},
		{post, "/claims/:id/duplicates/refuse", may(auth.ThingClaim, auth.Write), s.claimDuplicateRefuse},
		{post, "/claims/:id/proposals/refuse", may(auth.ThingClaim, auth.Write), s.claimProposalRefuse},
		{post, "/claims/:id/glosses", may(auth.ThingClaim, auth.Write).takes(reviewBody), s.claimGloss},
		{post, "/claims/:id/glosses/ask", may(auth.ThingClaim, auth.Write), s.claimGlossAsk},
		{post, "/claims/:id/glosses/confirm", may(auth.ThingClaim, auth.Write), s.claimGlossConfirm},
		{post, "/claims/:id/drafts/comment", may(auth.ThingClaim, auth.Comment).takes(reviewBody),
			s.typedKeep(claims.CommentForm)},
		{post, "/claims/:id/comments", may(auth.ThingClaim, auth.Comment).takes(reviewBody), s.claimComment},
		{post, "/claims/:id/comments/resolve", may(auth.ThingClaim, auth.Comment), s.commentResolve},
		{post, "/claims/:id/comments/reopen", may(auth.ThingClaim, auth.Comment), s.commentReopen},
		{get, "/collections/:collection/guidelines", may(auth.ThingGuideline, auth.Read).asks(
			words("version", "before", "gaps")).ofPast(), s.guidelines},
		{post, "/collections/:collection/guidelines", may(auth.ThingGuideline, auth.Write).takes(guidelineBody),
			s.guidelinesSet},
		{get, "/collections/:collection/method", may(auth.ThingGuideline, auth.Read).asks(words("version", "before")).
			ofPast(), s.method},
		{post, "/collections/:collection/method", may(auth.ThingGuideline, auth.Write).takes(guidelineBody),
			s.methodSet},
		{post, "/collections/:collection/guidelines/gaps", may(auth.ThingGuideline, auth.Write), s.gapAnswer},
		{get, "/collections/:collection/members", may(auth.ThingClaim, auth.Comment).asks(words("q")), s.members},
	}
}

// routesDeciding are evidence, reviews, decisions, sets and the history.
func (s *Server) routesDeciding() []route {
	return []route{
		{get, "/collections/:collection/queue", may(auth.ThingReview, auth.Read).asks(
			choice("tab", review.Tabs), queueParams, words("after", "back", "claim", "order"), oneOrNot("list")).
			ofPast(), s.queue},
		{get, "/collections/:collection/assignments", may(auth.ThingAssignment, auth.Give).asks(
			choice("how", review.Hows), words("share")), s.assignments},
		{post, "/collections/:collection/assignments", may(auth.ThingAssignment, auth.Take), s.assign},
		{post, "/collections/:collection/assignments/rule", may(auth.ThingAssignment, auth.Give), s.assignmentRule},
		{post, "/collections/:collection/assignments/strategy", may(auth.ThingAssignment, auth.Give), s.distribute},
		{post, "/collections/:collection/snoozes", may(auth.ThingReview, auth.Submit), s.snooze},
		{post, "/claims/:id/priority", may(auth.ThingClaim, auth.Prioritise), s.claimPrioritise},
		{post, "/collections/:collection/batches", may(auth.ThingClaim, auth.Write).takes(reviewBody), s.batchLook},
		{post, "/collections/:collection/claims/batches", may(auth.ThingClaim, auth.Write).asks(claimParams,
			oneOrNot("all")), s.batchOfClaims},
		{post, "/collections/:collection/queue/batches", may(auth.ThingClaim, auth.Write).asks(
			choice("tab", review.Tabs), queueParams), s.batchOfQueue},
		{get, "/batches/:id", may(auth.ThingClaim, auth.Write).asks(
			words("after", "to"), choice("act", claims.BatchActs)), s.batch},
		{post, "/batches/:id", may(auth.ThingClaim, auth.Write), s.batchDo},
		{post, "/collections/:collection/undo", may(auth.ThingClaim, auth.Write), s.undo},
		{post, "/collections/:collection/redo", may(auth.ThingClaim, auth.Write), s.redo},
		{get, "/claims/:id/evidence", may(auth.ThingEvidence, auth.Link).asks(
			words("q"), searchParams), s.evidencePick},
		{post, "/claims/:id/evidence", may(auth.ThingEvidence, auth.Link).takes(reviewBody), s.evidenceLink},
		{post, "/claims/:id/evidence/outside", may(auth.ThingEvidence, auth.Link).takes(reviewBody),
			s.evidenceLinkOutside},
		{post, "/claims/:id/drafts/outside", may(auth.ThingEvidence, auth.Link).takes(reviewBody),
			s.typedKeep(claims.OutsideForm)},
		{get, "/claims/:id/passages", may(auth.ThingEvidence, auth.Link).asks(words("back")), s.claimPassages},
		{get, "/claims/:id/found", may(auth.ThingEvidence, auth.Link).asks(words("q", "back"), searchParams),
			s.claimFound},
		{post, "/claims/:id/searches", may(auth.ThingEvidence, auth.Link), s.claimSearch},
		{post, "/claims/:id/looked", may(auth.ThingReview, auth.Submit), s.claimLooked},
		{post, "/claims/:id/passages/gloss", may(auth.ThingEvidence, auth.Link), s.passageGloss},
		{post, "/claims/:id/passages/refuse", may(auth.ThingEvidence, auth.Link), s.passageRefuse},
		{post, "/evidence/:id/unlink", may(auth.ThingEvidence, auth.Link), s.evidenceUnlink},
		{post, "/claims/:id/replies", may(auth.ThingEvidence, auth.Link).takes(reviewBody), s.claimAsked},
		{post, "/replies/:id/answer", may(auth.ThingEvidence, auth.Link).takes(reviewBody), s.replyAnswer},
		{post, "/replies/:id/evidence", may(auth.ThingEvidence, auth.Link), s.replyUse},
		{get, "/evidence/:id/protection", may(auth.ThingEvidence, auth.Protect), s.evidenceProtection},
		{post, "/evidence/:id/protection", may(auth.ThingEvidence, auth.Protect), s.evidenceProtect},
		{post, "/evidence/:id/protection/lift", may(auth.ThingEvidence, auth.Protect), s.evidenceUnprotect},
		{post, "/evidence/:id/readers", may(auth.ThingEvidence, auth.Protect), s.evidenceReader},
		{post, "/evidence/:id/readers/remove", may(auth.ThingEvidence, auth.Protect), s.evidenceReaderRemove},
		{get, "/evidence/:id/capture", may(auth.ThingClaim, auth.Read).asks(words("capture", "part", "page")).ofPast(),
			s.evidenceCapture},
		{get, "/evidence/:id/capture/page", may(auth.ThingClaim, auth.Read).asks(words("capture", "page")).ofNow(
			"A capture is as it was when it was kept; what may be seen of it is asked now."), s.evidenceCapturePage},
		{post, "/evidence/:id/capture", may(auth.ThingEvidence, auth.Link).takes(captureBody), s.evidenceCaptured},
		{post, "/evidence/:id/capture/fetch", may(auth.ThingEvidence, auth.Link), s.evidenceCaptureFetch},
		{post, "/evidence/:id/capture/withhold", may(auth.ThingArticle, auth.TakeDown), s.captureWithhold},
		{get, "/claims/:id/review", may(auth.ThingReview, auth.Submit), s.reviewAsk},
		{post, "/claims/:id/draft", may(auth.ThingReview, auth.Submit).takes(reviewBody), s.draftKeep},
		{post, "/claims/:id/reviews", may(auth.ThingReview, auth.Submit).takes(reviewBody), s.reviewSubmit},
		{get, "/claims/:id/adjudicate", may(auth.ThingRound, auth.Adjudicate).asks(words("adopt")),
			s.adjudicateAsk},
		{post, "/claims/:id/drafts/adjudication", may(auth.ThingRound, auth.Adjudicate).takes(reviewBody),
			s.typedKeep(claims.AdjudicationForm)},
		{post, "/claims/:id/drafts/approval", may(auth.ThingRound, auth.Approve).takes(reviewBody),
			s.typedKeep(claims.ApprovalForm)},
		{post, "/claims/:id/drafts/question", may(auth.ThingRound, auth.Adjudicate).takes(reviewBody),
			s.typedKeep(claims.QuestionForm)},
		{post, "/claims/:id/drafts/answer", may(auth.ThingReview, auth.Submit).takes(reviewBody),
			s.typedKeep(claims.AnswerForm)},
		{post, "/claims/:id/adjudications", may(auth.ThingRound, auth.Adjudicate).takes(reviewBody), s.adjudicate},
		{post, "/claims/:id/questions", may(auth.ThingRound, auth.Adjudicate), s.questionAsk},
		{post, "/claims/:id/answers", may(auth.ThingReview, auth.Submit), s.questionAnswer},
		{get, "/claims/:id/approve", may(auth.ThingRound, auth.Approve).asks(words("take")), s.approveAsk},
		{post, "/claims/:id/approvals", may(auth.ThingRound, auth.Approve).takes(reviewBody), s.approve},
		{get, "/claims/:id/reopen", may(auth.ThingRound, auth.Reopen), s.reopenAsk},
		{post, "/claims/:id/rounds", may(auth.ThingRound, auth.Reopen), s.reopen},
		{post, "/claims/:id/drafts/reopening", may(auth.ThingRound, auth.Reopen).takes(reviewBody),
			s.typedKeep(claims.ReopeningForm)},
		{get, "/collections/:collection/sets", may(auth.ThingClaimSet, auth.Read).asks(words("after")).ofPast(),
			s.claimsets},
		{post, "/collections/:collection/sets", may(auth.ThingClaimSet, auth.Write), s.claimsetCreate},
		{get, "/sets/:id", may(auth.ThingClaimSet, auth.Read).asks(words("after")).ofPast(), s.claimset},
		{post, "/sets/:id/presence", may(auth.ThingClaimSet, auth.Read), s.setPresence},
		{get, "/sets/:id/build", may(auth.ThingClaimSet, auth.Write).asks(claimParams), s.claimsetBuild},
		{post, "/sets/:id/claims", may(auth.ThingClaimSet, auth.Write), s.claimsetAdd},
		{post, "/sets/:id/omissions", may(auth.ThingClaimSet, auth.Write), s.claimsetOmission},
		{post, "/sets/:id/claims/matching", may(auth.ThingClaimSet, auth.Write), s.claimsetMatching},
		{get, "/sets/:id/preview", may(auth.ThingClaimSet, auth.Freeze).asks(words("after")), s.claimsetPreview},
		{post, "/sets/:id/claims/remove", may(auth.ThingClaimSet, auth.Write), s.claimsetRemove},
		{post, "/sets/:id/claims/move", may(auth.ThingClaimSet, auth.Write), s.claimsetMove},
		{post, "/sets/:id/title", may(auth.ThingClaimSet, auth.Write), s.claimsetRename},
		{post, "/sets/:id/imprint", may(auth.ThingClaimSet, auth.Write), s.claimsetImprint},
		{post, "/sets/:id/freeze", may(auth.ThingClaimSet, auth.Freeze), s.claimsetFreeze},
		{post, "/sets/:id/withdrawals", may(auth.ThingClaimSet, auth.Answer), s.claimsetPullOut},
		{get, "/collections/:collection/alarms", may(auth.ThingClaimSet, auth.Read).asks(words("after"),
			oneOrNot("answered")).ofPast(), s.alarms},
		{post, "/alarms/:id/answers", may(auth.ThingClaimSet, auth.Answer), s.alarmAnswer},
		{post, "/sets/:id/correct", may(auth.ThingClaimSet, auth.Write), s.claimsetCorrect},
		{post, "/sets/:id/export", may(auth.ThingClaimSet, auth.Export).streaming(), s.claimsetExport},
		{get, "/collections/:collection/dashboard", may(auth.ThingReview, auth.Read).asks(words("zone")).ofPast(),
			s.dashboard},
		{get, "/collections/:collection/agreement", may(auth.ThingReview, auth.Read).ofNow(
			"Of agreement sums are kept, which only grow, and not the rounds that went into them."), s.agreement},
		{get, "/history", may(auth.ThingHistory, auth.Read).asks(
			choice("verdict", claims.Verdicts),
			words("object", "action", "actor", "article", "claim", "from", "to", "zone", "before",
				"event")).ofPast(), s.history},
		{get, "/history/verify", may(auth.ThingHistory, auth.ReadAll).ofNow(always), s.historyVerifyAsk},
		{post, "/history/verify", may(auth.ThingHistory, auth.ReadAll), s.historyVerify},
		{post, "/history/export", may(auth.ThingHistory, auth.Export).streaming(), s.historyExport},
		{get, erasuresPath, signedInOnly().asks(words("before")).ofNow(
			"Each line says when it was asked for and done."), s.erasures},
		{post, erasuresPath, may(auth.ThingHistory, auth.Erase), s.erasureAsk},
		{post, erasuresPath + "/confirm", may(auth.ThingHistory, auth.Erase), s.erasureConfirm},
		{post, erasuresPath + "/refuse", may(auth.ThingHistory, auth.Erase), s.erasureRefuse},
		{get, exceptionsPath, may(auth.ThingHistory, auth.ReadAll).ofPast(), s.exceptions},
		{get, exceptionsPath + "/:rule", may(auth.ThingHistory, auth.ReadAll).asks(words("before")).ofPast(),
			s.exceptionRule},
		{post, exceptionsPath + "/export", may(auth.ThingHistory, auth.Export).streaming(), s.exceptionsExport},
		{get, proofsPath, may(auth.ThingHistory, auth.ReadAll).asks(words("at", "from", "to")).ofNow(always), s.proofs},
		{get, "/history/:seq", may(auth.ThingHistory, auth.ReadAll).ofNow(always), s.historyEvent},
		{get, "/history/:seq/proof", may(auth.ThingHistory, auth.ReadAll).ofNow(always), s.historyProof},
	}
}
