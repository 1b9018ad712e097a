package httpd

import (
	"context"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/httpd/view"
	"claimbench/internal/text"
)

// reader is one article, sentence by sentence, with the claims of its text.
func (s *Server) reader(c echo.Context) error {
	n, err := pathID[articles.ID](c, "id")
	if err != nil {
		return err
	}
	page, data, err := s.readerPage(c, n)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, data)
}

type readerData struct {
	Article   articles.Article          `json:"article"`
	Revision  articles.Revision         `json:"revision"`
	Source    *articles.Source          `json:"source,omitempty"`
	Text      string                    `json:"text,omitempty"`
	Sentences []articles.Sentence       `json:"sentences,omitempty"`
	Claims    []claims.Claim            `json:"claims,omitempty"`
	Evidence  []evidence.Shown          `json:"evidence,omitempty"` // links that rest on this article
	Origins   []evidence.OriginProposal `json:"origin_proposals,omitempty"`
}

// readerState is what the parts of the page are made from.
type readerState struct {
	text     articles.Text
	claims   []claims.Claim
	chosen   claims.ID
	sentence int
	url      string
}

func (s *Server) readerPage(c echo.Context, n articles.ID) (*view.Reader, readerData, error) {
	ctx, actor := c.Request().Context(), actorOf(c)
	asked, err := queryID[int](c, "revision")
	if err != nil {
		return nil, readerData{}, err
	}
	t, err := s.Articles.ReadRevision(ctx, actor, n, asked)
	if err != nil {
		return nil, readerData{}, err
	}
	data := readerData{Article: t.Article, Revision: t.Revision, Source: t.Source, Sentences: t.Sentences}
	col, err := s.collection(c, t.Article.CollectionID)
	if err != nil {
		return nil, data, err
	}
	p := &view.Reader{Shell: s.shell(c, titleOf(t.Article, sourceText(t)).Text, "Articles", col),
		Article: showArticle(t), Lang: t.Article.Lang, Dir: t.Article.Dir}
	p.Fixed = true
	p.Keys = readerKeys
	if t.Withheld() {
		p.Article.TakenDown = "This article was taken down for legal reasons, and its text is withheld. The history " +
			"keeps who took it down, when and why."
		return p, data, nil
	}
	data.Text = t.Doc.Raw()
	if data.Claims, err = s.Claims.ByArticle(ctx, actor, n, t.Revision.ID, false); err != nil {
		return nil, data, err
	}
	if data.Evidence, err = s.Evidence.ForArticle(ctx, actor, n); err != nil {
		return nil, data, err
	}
	st := readerState{text: t, claims: data.Claims, url: "/articles/" + itoa(n)}
	if p.Older, err = s.olderNotes(ctx, actor, t); err != nil {
		return nil, data, err
	}
	if !newest(t) {
		st.url += "?revision=" + itoa(t.Revision.N)
	}
	if st.chosen, err = queryID[claims.ID](c, "claim"); err != nil {
		return nil, data, err
	}
	if st.sentence, err = queryID[int](c, "sentence"); err != nil {
		return nil, data, err
	}
	if st.chosen == 0 && st.sentence == 0 && len(st.claims) > 0 {
		st.chosen = firstWanted(st.claims)
	}
	st.show(p)
	if err := s.aboutArticle(ctx, actor, p, t); err != nil {
		return nil, data, err
	}
	if data.Origins, err = s.originProposals(ctx, actor, p, t.Article); err != nil {
		return nil, data, err
	}
	return p, data, s.readerSide(ctx, actor, p, st, data.Evidence)
}

var readerKeys = []view.Key{
	{Caps: []string{"n", "p"}, Word: "next and previous claim", Bar: true}, {Caps: []string{"j", "k"}, Word: "sentence",
		Bar: true},
	{Caps: []string{"w", "b"}, Word: "one word more, less", Bar: true}, {Caps: []string{"W", "B"},
		Word: "the same at the start"},
	{Caps: []string{"↵"}, Word: "new claim from the chosen words", Bar: true}, {Caps: []string{"a"},
		Word: "accept the candidate", Bar: true}, {Caps: []string{"x"}, Word: "reject it", Bar: true},
	{Caps: []string{"s"}, Word: "split it"}, {Caps: []string{"m"}, Word: "merge it with another"}, {Caps: []string{"o"},
		Word: "open the claim"}, {Caps: []string{"e"}, Word: "edit, or find evidence"},
}

func sourceText(t articles.Text) string {
	if t.Source == nil {
		return ""
	}
	return t.Source.Name
}

func showArticle(t articles.Text) view.Article {
	a := t.Article
	v := view.Article{
		ID: int64(a.ID), URL: "/articles/" + itoa(a.ID), Source: sourceOf(t), Rating: "not rated",
		Published: published(a.Published), LangWord: languageName(a.Lang), Lang: a.Lang, Dir: a.Dir,
		Size:     grouped(t.Revision.CodePoints) + " characters, " + many(len(t.Sentences), "sentence", "sentences"),
		Revision: t.Revision.N, OutsideURL: a.URL,
	}
	if a.Title != "" {
		v.Title = foreign(a.Title, a.Lang, a.Dir)
	}
	if a.Byline != "" {
		v.Byline = named(a.Byline)
	}
	if len(t.Revision.SHA256) >= 12 {
		v.SHA256 = t.Revision.SHA256[:12]
	}
	if t.Source != nil {
		v.Rating = ratingWord(t.Source.Reliability)
	}
	return v
}

// show fills the text, its marks, the gutter, the coverage and the counts.
func (st readerState) show(p *view.Reader) {
	counts := map[view.Verdict]int{}
	marks := make([]view.MarkedSpan, len(st.claims))
	for i, cl := range st.claims {
		v := view.VerdictOf(cl.State, cl.Verdict)
		counts[v]++
		marks[i] = view.MarkedSpan{Start: cl.Start, End: cl.End, Number: int64(cl.ID), Verdict: v,
			Here: cl.ID == st.chosen}
	}
	for _, v := range []view.Verdict{view.Corroborated, view.Disputed, view.Unverified, view.Unreviewed,
		view.Candidate} {
		if counts[v] > 0 {
			p.Counts = append(p.Counts, view.Count{Verdict: v, N: counts[v]})
		}
	}
	slice, covered, end := slicer(st.text.Doc), 0, 0
	for _, sn := range st.text.Sentences {
		row := view.Sentence{
			N: sn.N, Start: sn.Start, End: sn.End, Lang: sn.Lang, Dir: sn.Dir, URL: within(st.url, "sentence",
				itoa(sn.N)) + "#s" + itoa(sn.N),
			Heading: sn.Kind == string(text.KindTitle) || sn.Kind == string(text.KindHeading),
			Skip:    sn.Kind == string(text.KindBoilerplate) || sn.Kind == string(text.KindLink),
			Para:    end == 0 || newParagraph(slice(end, sn.Start)), Here: sn.N == st.sentence,
			Segments: view.Segments(slice, sn.Start, sn.End, marks),
		}
		end = sn.End
		cell := view.CoverageCell{N: sn.N, URL: "#s" + itoa(sn.N)}
		for i, cl := range st.claims {
			if cl.Start >= sn.End || sn.Start >= cl.End {
				continue
			}
			row.Gutter = append(row.Gutter, view.GutterClaim{Number: int64(cl.ID), URL: within(st.url, "claim",
				itoa(cl.ID)) + "#s" + itoa(sn.N), Verdict: marks[i].Verdict, Here: marks[i].Here})
			row.Here = row.Here || marks[i].Here
			cell.Verdict = view.Foremost(cell.Verdict, marks[i].Verdict)
		}
		cell.Here = row.Here
		cell.Note = "no claim"
		if len(row.Gutter) > 0 {
			covered++
			cell.Note = many(len(row.Gutter), "claim", "claims") + ", foremost " + string(cell.Verdict)
		}
		p.Sentences = append(p.Sentences, row)
		p.Coverage = append(p.Coverage, cell)
	}
	side := "left"
	if p.Dir == "rtl" {
		side = "right"
	}
	p.CovNote = fmt.Sprintf("%d of %d sentences hold a claim; sentence 1 is at the %s", covered, len(st.text.Sentences),
		side)
	if len(st.text.Sentences) == 0 {
		p.Empty = &view.Empty{So: "This text has no sentence.", Next: "Nothing can be claimed from it."}
	}
}

func newParagraph(between string) bool {
	for _, r := range between {
		if r == '\n' || r == '\r' || r == '\u2029' {
			return true
		}
	}
	return false
}

// aboutArticle adds the origin, and what an editor may do with the article.
func (s *Server) aboutArticle(ctx context.Context, actor auth.Actor, p *view.Reader, t articles.Text) error {
	ao, origin, err := s.Evidence.ArticleOriginOf(ctx, actor, t.Article.ID)
	if err != nil {
		return err
	}
	if origin != nil {
		p.Article.Origin, p.OriginVer = named(origin.Name), ao.Version
	}
	url := p.Article.URL
	may := func(th auth.Thing, a auth.Action) bool {
		return s.Policy.Allows(actor, th, a, t.Article.CollectionID)
	}
	who, err := s.names(ctx, t.Article.AddedBy)
	if err != nil {
		return err
	}
	p.Article.Imported = "Imported by " + who(t.Article.AddedBy) + ", " + moment(t.Article.AddedAt) + "."
	if may(auth.ThingOrigin, auth.Confirm) {
		p.OriginURL = url + "/origin"
		all, err := s.Evidence.Origins(ctx, actor, t.Article.CollectionID)
		if err != nil {
			return err
		}
		p.Origins = []view.Option{{Value: "", Word: "not stated"}}
		for _, o := range all {
			p.Origins = append(p.Origins, view.Option{Value: o.Name, Word: o.Name, Chosen: origin != nil &&
				o.ID == origin.ID})
		}
	}
	if may(auth.ThingArticle, auth.TakeDown) {
		p.TakeDown = url + "/take-down"
	}
	if may(auth.ThingArticle, auth.Import) {
		p.Revise, p.Version = url+"/revisions", t.Article.Version
	}
	if may(auth.ThingClaim, auth.Write) && newest(t) {
		p.ClaimURL = url + "/claims/new"
	}
	return nil
}

// readerSide fills the pane beside the text: the claim that was chosen, the form for a new one, or how to begin.
func (s *Server) readerSide(ctx context.Context, actor auth.Actor, p *view.Reader, st readerState,
	served []evidence.Shown) error {
	if st.sentence > 0 && p.ClaimURL != "" {
		for _, sn := range st.text.Sentences {
			if sn.N == st.sentence {
				form := newClaimForm(st.text, sn, text.Span{Start: sn.Start, End: sn.End})
				p.NewClaim = &form
				return nil
			}
		}
	}
	for i, cl := range st.claims {
		if cl.ID == st.chosen {
			panel, err := s.readerPanel(ctx, actor, st, i, served)
			p.Panel = panel
			return err
		}
	}
	if len(st.claims) == 0 && newest(st.text) && s.Policy.Allows(actor, auth.ThingCandidate, auth.Write,
		st.text.Article.CollectionID) {
		p.Extract = p.Article.URL + "/extract"
	}
	return nil
}

// firstWanted is the claim that the reader opens with: the first candidate, or the first claim.
func firstWanted(all []claims.Claim) claims.ID {
	for _, cl := range all {
		if cl.State == claims.Candidate {
			return cl.ID
		}
	}
	return all[0].ID
}

func (s *Server) readerPanel(ctx context.Context, actor auth.Actor, st readerState, i int, served []evidence.Shown) (
	*view.ReaderPanel, error) {
	cl := st.claims[i]
	shown, err := s.showClaim(ctx, actor, cl)
	if err != nil {
		return nil, err
	}
	at := func(cl claims.Claim) string { return within(st.url, "claim", itoa(cl.ID)) + "#s" + itoa(cl.Sentence) }
	panel := &view.ReaderPanel{Claim: shown, Position: fmt.Sprintf("%d of %d", i+1, len(st.claims)), Back: at(cl)}
	if i > 0 {
		panel.Prev = at(st.claims[i-1])
	}
	if i+1 < len(st.claims) {
		panel.Next = at(st.claims[i+1])
		panel.Back = panel.Next
	}
	items, err := s.Evidence.ForClaim(ctx, actor, cl.ID)
	if err != nil {
		return nil, err
	}
	if panel.Evidence, err = s.showEvidence(ctx, items, false); err != nil {
		return nil, err
	}
	panel.EvNote = evidenceNote(items)
	if panel.Serves, err = s.servesIn(ctx, served, cl); err != nil {
		return nil, err
	}
	url := claimURL(cl.ID)
	if cl.State == claims.Candidate && s.Policy.Allows(actor, auth.ThingCandidate, auth.Write, cl.CollectionID) {
		panel.Accept, panel.Reject, panel.Edit, panel.Split, panel.Merge = url+"/accept", url+"/reject", url+"/edit",
			url+"/edit?open=split#split", url+"/edit?open=merge#merge"
		return panel, nil
	}
	panel.Actions = []view.Action{{URL: url, Word: "Open claim", Key: "o"}, {URL: url + "/evidence", Word: "Evidence",
		Key: "e"}, {URL: withQuery("/history", "object", claims.Object(cl.ID)), Word: "History"}}
	return panel, nil
}
