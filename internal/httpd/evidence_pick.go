package httpd

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
	"claimbench/internal/text"
)

// evidencePick looks for passages for a claim, and offers to link one, or an outside document.
func (s *Server) evidencePick(c echo.Context) error {
	page, seen, err := s.evidencePickPage(c, c.QueryParam("q"))
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

func (s *Server) evidencePickPage(c echo.Context, words string) (*view.EvidencePick, desk.Picking, error) {
	n, err := pathID[claims.ID](c, "id")
	if err != nil {
		return nil, desk.Picking{}, err
	}
	q, err := searchQuery(c)
	if err != nil {
		return nil, desk.Picking{}, err
	}
	q.Words = strings.TrimSpace(words)
	seen, err := s.desk.Pick(c.Request().Context(), actorOf(c), n, q, !wantsJSON(c))
	if err != nil {
		return nil, seen, err
	}
	url := claimURL(n)
	p := &view.EvidencePick{Shell: s.framed(c, "Evidence for claim "+itoa(n), "Queue", seen.Frame),
		Claim: showHead(seen.Head), FindURL: url + "/evidence", Looked: words, Back: url,
		Linked: showEvidence(seen.Linked, seen.Names, true), Filters: showFilters(q, seen.Choices),
		Suggested: showSuggested(seen.Claim, seen.Suggested, withQuery(url+"/evidence", "q", words))}
	p.Fixed = true
	showFound(p, seen, q.Words != "")
	key := s.keywording(c)
	key.claim(&p.Claim)
	key.evidence(p.Linked)
	key.evidence(p.Suggested.Passages)
	key.passages(p.Passages)
	stances := view.Options(evidence.Stances, "")
	p.Link = view.EvidenceForm{Action: url + "/evidence", Stance: stances,
		Kind: view.Options(evidence.Chosen, evidence.Report), Looked: words}
	p.Outside = view.EvidenceForm{Action: url + "/evidence/outside", Stance: stances,
		Kind: view.Options(evidence.Chosen, ""), Origins: originOptions(seen.Origins, 0), Protects: seen.Protects}
	restoreOutside(&p.Outside, n, seen.Typed[claims.OutsideForm])
	return p, seen, nil
}

// showFound shows what holds the words that were looked for, each with what it does not say as the claim does.
func showFound(p *view.EvidencePick, seen desk.Picking, looked bool) {
	p.Empty = &view.Empty{So: "Nothing is looked for yet.",
		Next: "Type a name, a number or a word of the claim, in any script. Only the other articles of this " +
			"collection are searched."}
	if !looked {
		return
	}
	p.Passages = passages(seen.Found.Hits)
	for i, h := range seen.Found.Hits {
		if at, is := seen.Stood[h.Sentence.ID]; is {
			p.Passages[i].Stood, p.Passages[i].StoodURL = at.Words(), leafURL(h.Article, at, 0)
		}
		p.Passages[i].Differs = differs(seen.Differs[i], seen.Claim.Lang, h.Sentence.Lang)
	}
	p.Note = many(len(p.Passages), "sentence holds", "sentences hold") + " these words."
	p.Empty = &view.Empty{So: "No sentence of another article holds these words.",
		Next: "Try fewer words, or the same name in another script; or link an outside document at the side."}
}

// originOptions are the origins of a collection to choose from.
func originOptions(all []evidence.Origin, chosen evidence.OriginID) []view.Option {
	out := []view.Option{{Value: "", Word: "not stated"}}
	for _, o := range all {
		out = append(out, view.Option{Value: o.Name, Word: o.Name, Chosen: o.ID == chosen})
	}
	return out
}

// linkForm is a passage being linked; passage is "article:revision:start:end" from the picker, or the four are given
// apart.
type linkForm struct {
	Passage   string              `form:"passage" json:"-" of:"span"`
	Article   articles.ID         `form:"article" json:"article" of:"passage"`
	Revision  articles.RevisionID `form:"revision" json:"revision"`
	text.Span `of:"span"`
	Exact     string          `form:"exact" json:"exact"`
	Stance    evidence.Stance `form:"stance" json:"stance"`
	Kind      evidence.Kind   `form:"kind" json:"kind"`
	Note      string          `form:"note" json:"note"`
	Looked    string          `form:"looked" json:"-"`
	Back      string          `form:"back" json:"-"`

	Proposed articles.SentenceID `form:"proposed" json:"proposed"` // of a passage that the machine proposed
	Above    string              `form:"above" json:"above"`       // those proposed above it, parted by commas
}

// link is what the form asks for.
func (f linkForm) link(n claims.ID) evidence.Link {
	return evidence.Link{ClaimID: n, ArticleID: f.Article, RevisionID: f.Revision, Span: f.Span, Exact: f.Exact,
		Stance: f.Stance, Kind: f.Kind, Note: f.Note, Proposed: f.Proposed, Above: sentenceIDs(f.Above)}
}

func (f linkForm) fill(page *view.EvidencePick, w view.Wrong) {
	to := &page.Link
	to.Wrong, to.Note, to.Stance, to.Kind = w, f.Note, view.Options(evidence.Stances, f.Stance),
		view.Options(evidence.Chosen, f.Kind)
	for i, p := range page.Passages {
		if p.ArticleID != int64(f.Article) || p.Revision != int64(f.Revision) || f.Start < p.Start || p.End < f.End ||
			f.Start >= f.End {
			continue
		}
		at := &page.Passages[i]
		if at.Chosen, at.Quoted = true, f.Span; f.Span != p.Span {
			if words := []rune(p.Words.Text); f.End-p.Start <= len(words) {
				at.Fewer = foreign(string(words[f.Start-p.Start:f.End-p.Start]), p.Words.Lang, p.Words.Dir)
			}
		}
	}
}

// evidenceLink links a passage of another article to a claim.
func (s *Server) evidenceLink(c echo.Context) error {
	n, form, it, err := carryOut(c, "id", func(n claims.ID, f *linkForm) (evidence.Item, error) {
		if err := f.place(); err != nil {
			return evidence.Item{}, err
		}
		return s.Evidence.Link(c.Request().Context(), actorOf(c), f.link(n))
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.evidencePickPage(c, form.Looked)
			return filled(page, err, func(p *view.EvidencePick) { form.fill(p, w) })
		})
	}
	return s.done(c, s.ownPath(form.Back, claimURL(n)+"/evidence"), "Passage linked: "+it.Stance.Word(),
		desk.EvidenceOf(evidence.Shown{Item: it}))
}

// place reads the picker's choice.
func (f *linkForm) place() error {
	if f.Passage == "" {
		if f.Article == 0 {
			const msg = "Choose a passage first."
			return fault.New(fault.Invalid, msg).With("passage", msg)
		}
		return nil
	}
	numbers, ok := wholeNumbers(f.Passage, 4)
	if !ok || slices.Max(numbers[2:]) > 1<<31-1 {
		return fault.New(fault.Invalid, "The chosen passage cannot be read. Search again and choose one.").With(
			"passage", "Choose a passage.")
	}
	f.Article, f.Revision = articles.ID(numbers[0]), articles.RevisionID(numbers[1])
	f.Span = text.Span{Start: int(numbers[2]), End: int(numbers[3])}
	return nil
}

// outsideForm is a quotation from an outside address.
type outsideForm struct {
	URL         string          `form:"url" json:"url" of:"article"`
	ArchivedURL string          `form:"archived_url" json:"archived_url"`
	Title       string          `form:"title" json:"title"`
	Publisher   string          `form:"publisher" json:"publisher"`
	Quotation   string          `form:"quotation" json:"quotation" of:"exact"`
	Lang        string          `form:"lang" json:"lang"`
	ReadOn      string          `form:"read_on" json:"read_on"`
	Origin      string          `form:"origin" json:"origin"`
	NewOrigin   string          `form:"new_origin" json:"new_origin"`
	Stance      evidence.Stance `form:"stance" json:"stance"`
	Kind        evidence.Kind   `form:"kind" json:"kind"`
	Note        string          `form:"note" json:"note"`
	Protect     string          `form:"protect" json:"protect"` // why the source is protected; "" it is not
}

// link is what the form asks for.
func (f outsideForm) link(n claims.ID) evidence.Link {
	return evidence.Link{ClaimID: n, Title: f.Title, Publisher: f.Publisher, URL: f.URL, ArchivedURL: f.ArchivedURL,
		Exact: f.Quotation, Lang: f.Lang,
		ReadOn: f.ReadOn, Origin: firstWord(f.NewOrigin, f.Origin), Stance: f.Stance, Kind: f.Kind, Note: f.Note,
		Protect: strings.TrimSpace(f.Protect)}
}

func (f outsideForm) fill(to *view.EvidenceForm, w view.Wrong) {
	to.Wrong, to.URL, to.Archived, to.Quotation, to.QuoteLang, to.ReadOn, to.NewOrigin, to.Note = w, f.URL,
		f.ArchivedURL, f.Quotation, f.Lang, f.ReadOn, f.NewOrigin, f.Note
	to.DocTitle, to.Publisher, to.Protect = f.Title, f.Publisher, f.Protect
	to.Stance, to.Kind = view.Options(evidence.Stances, f.Stance), view.Options(evidence.Chosen, f.Kind)
	choose(to.Origins, f.Origin)
}

// sentenceIDs reads ids that are parted by commas; what is none is left out.
func sentenceIDs(s string) (out []articles.SentenceID) {
	for part := range strings.SplitSeq(s, ",") {
		if n, ok := wholeNumber(part); ok && n > 0 {
			out = append(out, articles.SentenceID(n))
		}
	}
	return out
}

// evidenceLinkOutside links a quotation from an outside address to a claim. The address is never fetched.
func (s *Server) evidenceLinkOutside(c echo.Context) error {
	n, form, it, err := carryOut(c, "id", func(n claims.ID, f *outsideForm) (evidence.Item, error) {
		return s.Evidence.Link(c.Request().Context(), actorOf(c), f.link(n))
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.evidencePickPage(c, "")
			return filled(page, err, func(p *view.EvidencePick) { form.fill(&p.Outside, w) })
		})
	}
	return s.done(c, claimURL(n)+"/evidence", "Document linked: "+it.Stance.Word(),
		desk.EvidenceOf(evidence.Shown{Item: it}))
}

// evidenceUnlink takes an item away from its claim; it stays readable in the history.
func (s *Server) evidenceUnlink(c echo.Context) error {
	n, form, it, err := carryOut(c, "id", func(n evidence.ID, f *versionForm) (evidence.Item, error) {
		return s.Evidence.Unlink(c.Request().Context(), actorOf(c), n, f.Version, f.Reason)
	})
	if err != nil {
		return err
	}
	seen, err := s.desk.Item(c.Request().Context(), actorOf(c), it.ID)
	if err != nil {
		return err
	}
	return s.done(c, s.ownPath(form.Back, claimURL(it.ClaimID)), "Item "+itoa(n)+" unlinked from claim "+
		itoa(it.ClaimID), seen)
}
