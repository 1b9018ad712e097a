package httpd

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/extract"
	"claimbench/internal/httpd/view"
	"claimbench/internal/review"
	"claimbench/internal/text"
)

// claimURL is where a claim's page is.
func claimURL(n claims.ID) string { return "/claims/" + itoa(n) }

// textOf reads the revision that a claim stands in.
func (s *Server) textOf(ctx context.Context, actor auth.Actor, c claims.Claim) (articles.Text, error) {
	t, err := s.Articles.Read(ctx, actor, c.ArticleID)
	if err != nil || t.Revision.ID == c.RevisionID || t.Withheld() {
		return t, err
	}
	all, err := s.Articles.Revisions(ctx, actor, c.ArticleID)
	if err != nil {
		return t, err
	}
	for _, rv := range all {
		if rv.ID == c.RevisionID {
			return s.Articles.ReadRevision(ctx, actor, c.ArticleID, rv.N)
		}
	}
	return t, nil
}

// sourceOf names who published a text.
func sourceOf(t articles.Text) view.Foreign {
	if t.Source == nil {
		return foreign("Source not stated", "en", "ltr")
	}
	return named(t.Source.Name)
}

// articleLink names a sentence of an article: its source, its day, the sentence.
func articleLink(a articles.Article, source view.Foreign, sentence, of int) view.Link {
	words := published(a.Published)
	if sentence > 0 {
		if words != "" {
			words += ", "
		}
		words += "sentence " + grouped(sentence)
		if of > 0 {
			words += " of " + grouped(of)
		}
	}
	if words == "" {
		words = "article " + itoa(a.ID)
	}
	return view.Link{URL: withQuery("/articles/"+itoa(a.ID), "sentence", itoa(sentence)) + "#s" + itoa(sentence),
		Word: words,
		Of:   source}
}

// showClaim is a claim as the pages show it, in the context of its article.
func (s *Server) showClaim(ctx context.Context, actor auth.Actor, c claims.Claim) (view.Claim, error) {
	t, err := s.textOf(ctx, actor, c)
	if err != nil {
		return view.Claim{}, err
	}
	who, err := s.names(ctx, append(glossAuthors(c), c.AddedBy)...)
	if err != nil {
		return view.Claim{}, err
	}
	v := view.Claim{
		ID: int64(c.ID), URL: claimURL(c.ID), Verdict: view.VerdictOf(c.State, c.Verdict), Reason: view.Code(c.Reason),
		State:     view.Code(c.State),
		Statement: foreign(c.Statement, c.Lang, c.Dir), Exact: foreign(c.Exact, c.Lang, c.Dir), Kind: view.Code(c.Kind),
		Reasons: c.Reasons, ByHand: c.ByHand, Round: c.Round, Version: c.Version, WordsVersion: c.WordsVersion,
		Passage: fmt.Sprintf("characters %s to %s of revision %d", grouped(c.Start), grouped(c.End), t.Revision.N),
		Article: articleLink(t.Article, sourceOf(t), c.Sentence, len(t.Sentences)),
		Context: contextOf(t, c), History: withQuery("/history", "object", claims.Object(c.ID)),
	}
	if !newest(t) && !t.Withheld() {
		v.Moved, v.Passage, v.Article.URL = movedNote(c), v.Passage+standsOf(c), inRevision(c.ArticleID, c.Sentence,
			t.Revision.N)
	}
	if c.Withheld {
		v.Statement = foreign("Withheld: the article was taken down.", "en", "ltr")
	}
	if c.Attribution != extract.Article {
		v.Attribution = inClaim(c.Attribution, c.Lang, c.Dir)
	}
	for _, h := range c.Hedge {
		v.Hedge = append(v.Hedge, inClaim(h, c.Lang, c.Dir))
	}
	if c.CheckWorthy > 0 && !c.ByHand {
		v.CheckWorthy = fmt.Sprintf("%d of 100", c.CheckWorthy)
	}
	v.Added = "by the extractor, " + day(c.AddedAt)
	if c.ByHand {
		v.Added = "by " + who(c.AddedBy) + ", " + day(c.AddedAt)
	}
	if c.MergedInto != nil {
		v.MergedInto = &view.Link{URL: claimURL(*c.MergedInto), Word: "claim " + itoa(*c.MergedInto)}
	}
	mayWrite := s.Policy.Allows(actor, auth.ThingClaim, auth.Write, c.CollectionID)
	for _, g := range c.Glosses {
		x := view.Gloss{Foreign: foreign(g.Words, g.Lang, ""), Author: who(g.AuthorID), Version: g.Version}
		if g.ConfirmedBy != nil {
			x.ConfirmedBy = who(*g.ConfirmedBy)
		} else if mayWrite && g.AuthorID != actor.UserID {
			x.ConfirmURL = v.URL + "/glosses/confirm"
		}
		v.Glosses = append(v.Glosses, x)
	}
	return v, nil
}

func glossAuthors(c claims.Claim) []auth.UserID {
	var out []auth.UserID
	for _, g := range c.Glosses {
		out = append(out, g.AuthorID)
		if g.ConfirmedBy != nil {
			out = append(out, *g.ConfirmedBy)
		}
	}
	return out
}

// contextOf is the sentence that holds a claim, marked, with the one before it.
func contextOf(t articles.Text, c claims.Claim) []view.Near {
	if t.Withheld() {
		return nil
	}
	slice := slicer(t.Doc)
	var out []view.Near
	for _, sn := range t.Sentences {
		near := view.Near{Lang: sn.Lang, Dir: sn.Dir}
		switch {
		case sn.Start < c.End && c.Start < sn.End:
			near.Own = true
			marks := append(hedgeMarks(t.Doc, sn, c), view.MarkedSpan{Start: c.Start, End: c.End, Number: int64(c.ID),
				Verdict: view.VerdictOf(c.State, c.Verdict)})
			near.Segments = view.Segments(slice, sn.Start, sn.End, marks)
		case sn.N == c.Sentence-1:
			near.Segments = []view.Segment{{Text: slice(sn.Start, sn.End)}}
		default:
			continue
		}
		out = append(out, near)
	}
	return out
}

func slicer(d *text.Doc) func(start, end int) string {
	return func(start, end int) string { return d.Slice(text.Span{Start: start, End: end}) }
}

// hedgeMarks finds a claim's hedges in its sentence, where they stand word for word.
func hedgeMarks(d *text.Doc, sn articles.Sentence, c claims.Claim) []view.MarkedSpan {
	whole := d.Slice(sn.Span())
	var out []view.MarkedSpan
	for _, h := range c.Hedge {
		if at := strings.Index(whole, h); h != "" && at >= 0 {
			start := sn.Start + len([]rune(whole[:at]))
			out = append(out, view.MarkedSpan{Start: start, End: start + len([]rune(h)), Hedge: true})
		}
	}
	return out
}

// showEvidence is evidence as the pages show it. mayUnlink says whether this person may take items away.
func (s *Server) showEvidence(ctx context.Context, items []evidence.Shown, mayUnlink bool) ([]view.Evidence, error) {
	var ids []auth.UserID
	for _, it := range items {
		ids = append(ids, it.LinkedBy)
	}
	who, err := s.names(ctx, ids...)
	if err != nil {
		return nil, err
	}
	out := make([]view.Evidence, len(items))
	for i, it := range items {
		e := view.Evidence{
			ID: int64(it.ID), Stance: view.Stance(it.Stance), Kind: view.Code(it.Kind), Words: foreign(it.Exact,
				it.Lang, it.Dir),
			Note: detected(it.Note), Linked: "linked by " + who(it.LinkedBy) + ", " + day(it.LinkedAt),
			Version: it.Version,
			ReadOn:  published(it.ReadOn), Archived: it.ArchivedURL, Differs: differs(it.Differences, "", it.Lang),
		}
		if it.Withheld {
			e.Words = foreign("Withheld: the article was taken down.", "en", "ltr")
		}
		if it.Origin != nil {
			e.Origin = named(it.Origin.Name)
		}
		if it.Article != nil {
			e.Where = articleLink(*it.Article, sourceName(it.Source), it.Sentence, 0)
		} else {
			e.Outside, e.Where = true, view.Link{URL: it.URL, Word: hostOf(it.URL)}
		}
		if it.Standing != nil {
			e.Stands, e.Where.URL = passageStands(*it.Standing, mayUnlink), inRevision(it.Article.ID, it.Sentence,
				it.Standing.N)
		}
		if mayUnlink {
			e.UnlinkURL = "/evidence/" + itoa(it.ID) + "/unlink"
		}
		out[i] = e
	}
	return out, nil
}

func sourceName(name string) view.Foreign {
	if name == "" {
		return foreign("Source not stated", "en", "ltr")
	}
	return named(name)
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address
	}
	return u.Host
}

// evidenceNote counts evidence and its origins, as the guards count them.
func evidenceNote(items []evidence.Shown) string {
	origins := map[evidence.OriginID]bool{}
	unstated := 0
	for _, it := range items {
		if it.Origin == nil {
			unstated++
		} else {
			origins[it.Origin.ID] = true
		}
	}
	if len(items) == 0 {
		return ""
	}
	note := many(len(items), "item", "items") + " linked, from " + many(len(origins), "known origin", "known origins")
	if unstated > 0 {
		note += fmt.Sprintf("; %d with no origin stated", unstated)
	}
	return note
}

// showRounds is what this person may see of a claim's rounds.
func (s *Server) showRounds(ctx context.Context, actor auth.Actor, v review.View) ([]view.RoundSeen, error) {
	var ids []auth.UserID
	for _, rd := range v.Rounds {
		for _, rv := range rd.Reviews {
			ids = append(ids, rv.ReviewerID)
		}
		if d := rd.Decision; d != nil {
			for _, p := range []*auth.UserID{d.AdjudicatorID, d.ApproverID} {
				if p != nil {
					ids = append(ids, *p)
				}
			}
		}
	}
	who, err := s.names(ctx, ids...)
	if err != nil {
		return nil, err
	}
	var out []view.RoundSeen
	for _, rd := range v.Rounds {
		seen := view.RoundSeen{N: rd.N, Open: rd.ClosedAt == nil}
		if rd.ReopenReason != "" {
			seen.Opened = detected(rd.ReopenReason)
		}
		if seen.Open && !s.Policy.Allows(actor, auth.ThingReview, auth.ReadOpen, v.Claim.CollectionID) {
			seen.Note = "While a round is open, each reviewer sees only his own review."
		}
		for _, rv := range rd.Reviews {
			seen.Reviews = append(seen.Reviews, showReview(rv, who))
		}
		if rd.Decision != nil {
			seen.Decision = showDecision(*rd.Decision, who)
		}
		out = append(out, seen)
	}
	return out, nil
}

func showReview(rv review.SeenReview, who func(auth.UserID) string) view.ReviewSeen {
	x := view.ReviewSeen{
		By: "Reviewer " + rv.Letter, Letter: rv.Letter, Verdict: view.Verdict(rv.Verdict), Reason: view.Code(rv.Reason),
		Confidence: rv.Confidence,
		Rationale:  detected(rv.Rationale), Searched: detected(rv.Searched), At: moment(rv.SubmittedAt),
		Stale: rv.Stale,
		Mine:  rv.Mine, Superseded: rv.SupersededAt != nil,
	}
	if rv.ReviewerID != 0 {
		x.By = who(rv.ReviewerID)
	}
	return x
}

func showDecision(d review.Decision, who func(auth.UserID) string) *view.DecisionSeen {
	x := view.DecisionSeen{Verdict: view.Verdict(d.Verdict), Reason: view.Code(d.Reason),
		How: "by the rule of the collection", At: moment(d.DecidedAt), Rationale: detected(d.Rationale),
		Explanation: detected(d.Explanation)}
	if d.AdjudicatorID != nil {
		x.How = "by " + who(*d.AdjudicatorID) + ", who adjudicated"
	}
	if d.ApproverID != nil && d.ApprovedAt != nil {
		x.Approved = "Approved by " + who(*d.ApproverID) + ", " + moment(*d.ApprovedAt) + "."
	}
	return &x
}
