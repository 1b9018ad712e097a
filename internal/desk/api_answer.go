package desk

// Answer is what a door may send to a program: a type of this package, and nothing else. No row of a room is one, so a
// column that comes, goes or is renamed changes no answer, and no column goes out that nobody meant to show. The
// compiler holds it: the method is unexported, and the doors' only writer takes an Answer.
type Answer interface{ answer() }

func (List[T]) answer() {}

func (AgreementJSON) answer()         {}
func (AlarmJSON) answer()             {}
func (BatchJSON) answer()             {}
func (WatchJSON) answer()             {}
func (FeedSetJSON) answer()           {}
func (FeedPageJSON) answer()          {}
func (RequestPageJSON) answer()       {}
func (RequestDoneJSON) answer()       {}
func (RequestFormJSON) answer()       {}
func (AskJSON) answer()               {}
func (AskedAtJSON) answer()           {}
func (TellingJSON) answer()           {}
func (WatchSetJSON) answer()          {}
func (ProposedRefusedJSON) answer()   {}
func (ArticleJSON) answer()           {}
func (ArrivedJSON) answer()           {}
func (ArrivalChangedJSON) answer()    {}
func (ClaimJSON) answer()             {}
func (ClaimPageJSON) answer()         {}
func (ClaimsJSON) answer()            {}
func (CollectionJSON) answer()        {}
func (CommentJSON) answer()           {}
func (ConflictJSON) answer()          {}
func (DashboardJSON) answer()         {}
func (DecidingJSON) answer()          {}
func (DoneJSON) answer()              {}
func (Job) answer()                   {}
func (DuplicateRefusedJSON) answer()  {}
func (OfferRefusedJSON) answer()      {}
func (DraftJSON) answer()             {}
func (EditingJSON) answer()           {}
func (EventPageJSON) answer()         {}
func (ErasureJSON) answer()           {}
func (RuleRowsJSON) answer()          {}
func (EvidenceJSON) answer()          {}
func (ExtractedJSON) answer()         {}
func (FollowedJSON) answer()          {}
func (FoundJSON) answer()             {}
func (GlossJSON) answer()             {}
func (GapJSON) answer()               {}
func (GuideJSON) answer()             {}
func (GuidelineJSON) answer()         {}
func (MethodJSON) answer()            {}
func (MethodPageJSON) answer()        {}
func (HeadJSON) answer()              {}
func (ImportAskJSON) answer()         {}
func (ImportedJSON) answer()          {}
func (LinkAskJSON) answer()           {}
func (LinkMadeJSON) answer()          {}
func (MakingJSON) answer()            {}
func (PrintingJSON) answer()          {}
func (MovingJSON) answer()            {}
func (NewsJSON) answer()              {}
func (NoticeJSON) answer()            {}
func (NoticesJSON) answer()           {}
func (NothingJSON) answer()           {}
func (OriginJSON) answer()            {}
func (OriginRefusalJSON) answer()     {}
func (OriginStatedJSON) answer()      {}
func (PassageRefusedJSON) answer()    {}
func (PassagesJSON) answer()          {}
func (QuestionJSON) answer()          {}
func (PastJSON) answer()              {}
func (ProofsJSON) answer()            {}
func (Person) answer()                {}
func (PresentJSON) answer()           {}
func (PersonChangedJSON) answer()     {}
func (ProtectingArticleJSON) answer() {}
func (OmissionJSON) answer()          {}
func (CapturedJSON) answer()          {}
func (ProtectingJSON) answer()        {}
func (PublishedJSON) answer()         {}
func (PickingJSON) answer()           {}
func (QueueJSON) answer()             {}
func (ReadingJSON) answer()           {}
func (ReviewedJSON) answer()          {}
func (ReplyJSON) answer()             {}
func (RevisedJSON) answer()           {}
func (SameJSON) answer()              {}
func (SearchJSON) answer()            {}
func (SentJSON) answer()              {}
func (SetJSON) answer()               {}
func (SetPageJSON) answer()           {}
func (StatusJSON) answer()            {}
func (SettingsJSON) answer()          {}
func (SignInAskJSON) answer()         {}
func (SignedInJSON) answer()          {}
func (Source) answer()                {}
func (SourceRating) answer()          {}
func (TakenDownJSON) answer()         {}
func (CalledJSON) answer()            {}
func (StoryJSON) answer()             {}
func (ThemeJSON) answer()             {}
func (ZoneJSON) answer()              {}
func (TurnedJSON) answer()            {}
func (ReadsJSON) answer()             {}
func (VerifiedJSON) answer()          {}
func (ChangedJSON) answer()           {}
func (FetchingJSON) answer()          {}
func (AskedJSON) answer()             {}
func (OriginalJSON) answer()          {}
func (FetchesJSON) answer()           {}
func (WebhookJSON) answer()           {}
func (DeliveryJSON) answer()          {}
func (SendingJSON) answer()           {}
func (SendsJSON) answer()             {}

// NothingJSON is the answer of a page that has only a form.
type NothingJSON struct{}

// Plain is an answer of numbers, states, codes and moments. It is kept for a day as it was sent, for whoever sends the
// request again under its key. An answer in which words of an article or of a person stand is never one: they may be
// veiled or taken down by then, and are read anew. A test holds which strings one may have.
type Plain interface {
	Answer
	plain()
}

// PlainOf is what may be kept of an answer; nil: nothing.
func PlainOf(a Answer) Plain {
	switch x := a.(type) {
	case Plain:
		return x
	case RevisedJSON:
		return FollowedJSON{x.Existing, x.Claims, x.Evidence}
	}
	return nil
}

func (ArrivedJSON) plain()          {}
func (ArrivalChangedJSON) plain()   {}
func (AskedJSON) plain()            {}
func (ChangedJSON) plain()          {}
func (FetchesJSON) plain()          {}
func (SendsJSON) plain()            {}
func (CountedJSON) plain()          {}
func (DistributedJSON) plain()      {}
func (DoneJSON) plain()             {}
func (DuplicateRefusedJSON) plain() {}
func (OfferRefusedJSON) plain()     {}
func (ExtractedJSON) plain()        {}
func (FeedSetJSON) plain()          {}
func (FollowedJSON) plain()         {}
func (GivingJSON) plain()           {}
func (Job) plain()                  {}
func (MachineImportedJSON) plain()  {}
func (OmissionJSON) plain()         {}
func (OriginRefusalJSON) plain()    {}
func (OriginStatedJSON) plain()     {}
func (PassageRefusedJSON) plain()   {}
func (PersonChangedJSON) plain()    {}
func (PublishedJSON) plain()        {}
func (ReadsJSON) plain()            {}
func (RequestDoneJSON) plain()      {}
func (SentJSON) plain()             {}
func (SnoozedJSON) plain()          {}
func (TakenDownJSON) plain()        {}
func (ThemeJSON) plain()            {}
func (TurnedJSON) plain()           {}
func (ZoneJSON) plain()             {}
