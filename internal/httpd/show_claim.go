package httpd

import (
	"cmp"
	"fmt"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/extract"
	"claimbench/internal/httpd/view"
	"claimbench/internal/text"
	"claimbench/internal/value"
)

// sourceOf names who published a text.
func sourceOf(s *articles.Source) view.Foreign {
	if s == nil {
		return foreign("Source not stated", "en", "ltr")
	}
	return named(s.Name)
}

func sourceName(name string) view.Foreign {
	if name == "" {
		return foreign("Source not stated", "en", "ltr")
	}
	return named(name)
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
	url := "/articles/" + itoa(a.ID)
	if sentence > 0 {
		url = withQuery(url, "sentence", itoa(sentence)) + "#s" + itoa(sentence)
	}
	return view.Link{URL: url, Word: words, Of: source}
}

// showHead is a claim as the pages show it, in the context of its article.
func showHead(h desk.Head) view.Claim {
	c := h.Claim
	v := view.Claim{
		ID: int64(c.ID), URL: claimURL(c.ID), Verdict: view.VerdictOf(c.State, c.Verdict), Reason: view.Code(c.Reason),
		State: view.Code(c.State), Statement: statementOf(c),
		Exact: foreign(quotedWords(c), c.Lang, c.Dir), Kind: view.Code(c.Kind), Reasons: c.Reasons, ByHand: c.ByHand,
		Round: c.Round, Version: c.Version, WordsVersion: c.WordsVersion,
		Passage: passageOf(h), PassageURL: leafURL(h.Place.Article, h.Place.Stood, h.Place.Revision.N),
		Article: articleLink(h.Place.Article, sourceOf(h.Place.Source), c.Sentence, h.Place.Of),
		Context: contextOf(h.Place.Sentences, h.Place.Slice, c),
		History: claimURL(c.ID) + "/history",
	}
	if c.Standing != nil {
		v.Moved = movedNote(c)
		v.Passage += fmt.Sprintf(" of %d", c.Standing.Of)
		v.Article.URL = inRevision(c.ArticleID, c.Sentence, h.Place.Revision.N)
	}
	v.Protected = detected(c.Protected)
	if h.Place.Article.Covered() {
		v.Passage = "not shown"
	}
	if c.Attribution != extract.Article {
		v.Attribution = inClaim(c.Attribution, c.Lang, c.Dir)
	}
	for _, hedge := range c.Hedge {
		about := claims.AboutHedge(hedge)
		words := inClaim(hedge, c.Lang, c.Dir)
		if about != "" { // a name of ours, in English
			words = foreign(hedge, "en", "ltr")
		}
		v.Hedge = append(v.Hedge, view.Hedge{Foreign: words, About: about})
	}
	v.Lacks = showLacks(h.Lacks, c)
	if c.CheckWorthy > 0 && !c.ByHand {
		v.CheckWorthy = fmt.Sprintf("%d of 100", c.CheckWorthy)
	}
	v.Added = "by the extractor, " + day(c.AddedAt)
	if len(h.Made) > 0 {
		v.Added = "by " + madeBy(h.Made, h.Names) + ", " + day(c.AddedAt)
		v.Machine = "Written by a machine: " + madeBy(h.Made, h.Names) + ". Nobody has accepted it yet."
		v.Said = saidBy(h.Made, h.Names)
	}
	if c.ByHand {
		v.Added = "by " + h.Names.Of(c.AddedBy) + ", " + day(c.AddedAt)
	}
	if c.MergedInto != nil {
		v.MergedInto = &view.Link{URL: claimURL(*c.MergedInto), Word: "claim " + itoa(*c.MergedInto)}
	}
	for _, g := range c.Glosses {
		v.Glosses = append(v.Glosses, showGloss(h, g))
	}
	return v
}

// statementOf is what a claim says, or why it is not shown: a link or a row without words could not be named.
func statementOf(c claims.Claim) view.Foreign {
	if c.Withheld {
		return foreign(withheldWords(c.Protected), "en", "ltr")
	}
	return foreign(c.Statement, c.Lang, c.Dir)
}

// withheldWords say why the words of a claim or of a passage are not shown.
func withheldWords(protected string) string {
	if protected != "" {
		return "Withheld: the source of the article is protected."
	}
	return "Withheld: the article was taken down."
}

// quotedWords are the words of a claim, with an ellipsis between two stretches.
func quotedWords(c claims.Claim) string {
	words := c.Exact
	for _, s := range c.More {
		words += " … " + s.Exact
	}
	return words
}

// passageWords say where the stretches of a claim stand: "characters 3 to 17, 40 to 52".
func passageWords(c claims.Claim) string {
	var parts []string
	for _, s := range c.Stretches() {
		parts = append(parts, grouped(s.Start)+" to "+grouped(s.End))
	}
	return "characters " + strings.Join(parts, ", ")
}

// lackWords say of each kind of lack what stands before and behind the part as written.
var lackWords = map[string][2]string{
	value.LackNumber: {"The number ", " is not in the claim’s words in the article. Correct it, or choose words " +
		"that have it."},
	value.LackDate: {"The date ", " is not in the claim’s words in the article. Correct it, or choose words that " +
		"have it."},
	value.LackName: {"The name ", " is not in the claim’s words in the article. Take it out, or choose words that " +
		"have it."},
	value.LackNegation: {"The statement denies something (", "), and its words in the article do not. Take the " +
		"denial out, or choose words that have it."},
	value.LostNegation: {"The claim’s words in the article deny something (", "), and the statement does not. Say " +
		"it in the statement."},
	value.LackDirection: {"The statement says ", ", and the claim’s words in the article say the opposite. Correct " +
		"it, or choose words that say so."},
	value.LackLimit: {"The statement says ", ", and the claim’s words in the article do not. Take it out, or choose " +
		"words that have it."},
}

// showLacks warns of what a claim's statement says and its words do not.
func showLacks(lacks []value.Lack, c claims.Claim) []view.Lack {
	var out []view.Lack
	for _, l := range lacks {
		w := lackWords[l.Kind]
		out = append(out, view.Lack{Before: w[0], Words: inClaim(l.Text, c.Lang, c.Dir), After: w[1]})
	}
	return out
}

// looked is a claim that was just changed, for programs, and the warning for people when its statement says what its
// words do not, or when another claim may say the same. The change is made already: when it cannot be looked at, it is
// given as it came.
func (s *Server) looked(c echo.Context, cl claims.Claim) (desk.ClaimJSON, string) {
	seen, err := s.desk.Changed(c.Request().Context(), actorOf(c), cl.ID)
	if err != nil {
		return desk.JSONOf(cl), ""
	}
	warning := ""
	if len(seen.Lacks) > 0 && seen.Acts.Has(desk.Edit) {
		warning = "; its statement says something that its words do not. The claim’s page says what"
	}
	if len(seen.Duplicates) > 0 {
		warning += "; perhaps the same as claim " + itoa(seen.Duplicates[0].Other.ID) + ". Its page shows both"
	}
	return seen.ClaimJSON(), warning
}

func showGloss(h desk.Head, g claims.Gloss) view.Gloss {
	x := view.Gloss{Foreign: foreign(g.Words, g.Lang, ""), Author: h.Names.Of(g.AuthorID), Version: g.Version,
		Older: h.Older[g.ID], Differs: showDiffers(h.Claim.Lang, g.Lang, h.Differs[g.ID])}
	if g.ConfirmedBy != nil {
		x.ConfirmedBy = h.Names.Of(*g.ConfirmedBy)
	}
	if h.Confirm[g.ID] {
		x.ConfirmURL = claimURL(h.Claim.ID) + "/glosses/confirm"
	}
	return x
}

// contextOf are the sentences that hold a claim, its stretches marked, with the one before the first.
func contextOf(sentences []articles.Sentence, slice func(text.Span) string, c claims.Claim) []view.Near {
	cut := func(start, end int) string { return slice(text.Span{Start: start, End: end}) }
	var out []view.Near
	last := 0
	for _, sn := range sentences {
		near := view.Near{Lang: sn.Lang, Dir: sn.Dir, Gap: last > 0 && sn.N > last+1}
		switch {
		case c.Touches(sn.Span):
			near.Own = true
			marks := append(hedgeMarks(slice(sn.Span), sn, c), marksOf(c)...)
			near.Segments = view.Segments(cut, sn.Start, sn.End, marks)
		case sn.N == c.Sentence-1:
			near.Segments = []view.Segment{{Text: slice(sn.Span)}}
		default:
			continue
		}
		out, last = append(out, near), sn.N
	}
	return out
}

// marksOf marks each stretch of a claim.
func marksOf(c claims.Claim) (out []view.MarkedSpan) {
	for _, s := range c.Stretches() {
		out = append(out, view.MarkedSpan{Span: s.Span, Number: int64(c.ID),
			Verdict: view.VerdictOf(c.State, c.Verdict)})
	}
	return out
}

// hedgeMarks finds a claim's hedges in its sentence, where they stand word for word.
func hedgeMarks(whole string, sn articles.Sentence, c claims.Claim) []view.MarkedSpan {
	var out []view.MarkedSpan
	for _, h := range c.Hedge {
		if at := strings.Index(whole, h); h != "" && at >= 0 {
			start := sn.Start + len([]rune(whole[:at]))
			out = append(out, view.MarkedSpan{Span: text.Span{Start: start, End: start + len([]rune(h))},
				Hedge: true})
		}
	}
	return out
}

// showEvidence is evidence as the pages show it. mayUnlink says whether this person may take items away.
func showEvidence(items []evidence.Shown, names desk.Names, mayUnlink bool) []view.Evidence {
	out := make([]view.Evidence, len(items))
	for i, it := range items {
		e := view.Evidence{
			ID: int64(it.ID), Stance: view.Stance(it.Stance), Kind: view.Code(it.Kind),
			Words: foreign(it.Exact, it.Lang, it.Dir), Note: detected(it.Note),
			Linked:  "linked by " + names.Of(it.LinkedBy) + ", " + day(it.LinkedAt),
			Version: it.Version, ReadOn: published(it.ReadOn), Archived: it.ArchivedURL,
			Differs: differs(it.Differences, "", it.Lang),
		}
		if it.Withheld {
			e.Words = foreign("Withheld: the article was taken down.", "en", "ltr")
		}
		if it.Origin != nil {
			e.Origin = named(it.Origin.Name)
		}
		if it.Article != nil {
			e.Where, e.Stood = articleLink(*it.Article, sourceName(it.Source), it.Sentence, 0), it.Stood.Words()
			if it.Standing == nil { // the newest text of the article
				e.StoodURL = leafURL(*it.Article, it.Stood, 0)
			}
		} else {
			e.Outside, e.Where = true, view.Link{URL: it.URL, Word: cmp.Or(hostOf(it.URL), "no address")}
			about, _ := it.About() //nolint:errcheck // what is damaged, the audit says
			e.DocTitle, e.Publisher = named(about.Title), named(about.Source)
			showCaptured(&e, it)
		}
		protect(&e, it)
		if it.Standing != nil {
			e.Stands = passageStands(*it.Standing, mayUnlink)
			e.Where.URL = inRevision(it.Article.ID, it.Sentence, it.Standing.N)
		}
		if mayUnlink {
			e.UnlinkURL = "/evidence/" + itoa(it.ID) + "/unlink"
		}
		out[i] = e
	}
	return out
}

// protect says that the source of an item is protected, and leads an editor to where that is changed.
func protect(e *view.Evidence, it evidence.Shown) {
	if e.Protected, e.Opened = detected(it.Protected), it.Opened; it.Protects {
		e.ProtectURL = "/evidence/" + itoa(it.ID) + "/protection"
	}
}

// showServes is evidence of other claims, each with the claim that it serves.
func showServes(items []evidence.Shown, names desk.Names) []view.Evidence {
	out := showEvidence(items, names, false)
	for i, it := range items {
		out[i].Claim = &view.Link{URL: claimURL(it.ClaimID), Word: "Claim " + itoa(it.ClaimID)}
	}
	return out
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

// leafURL is where the picture of the page stands on which a passage of a revision (0: the newest) stands in the
// file of its article; "" there is none.
func leafURL(a articles.Article, stood articles.Paragraph, revision int) string {
	if stood.Page == 0 || a.State != articles.Live {
		return ""
	}
	return withQuery("/articles/"+itoa(a.ID)+"/original", "revision", itoa(revision), "page", itoa(
		stood.Page)) + "#page-" + itoa(stood.Page)
}

// passageOf says where the words of a claim stand: in which revision, and where in the file that it was read from.
func passageOf(h desk.Head) string {
	out := fmt.Sprintf("%s of revision %d", passageWords(h.Claim), h.Place.Revision.N)
	if at := h.Place.Stood.Words(); at != "" {
		out += ", " + at + " of its file"
	}
	return out
}
