package httpd

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/httpd/view"
	"claimbench/internal/text"
)

// reader is one article, sentence by sentence, with the claims of its text.
func (s *Server) reader(c echo.Context) error {
	ask, err := readAsk(c)
	if err != nil {
		return err
	}
	seen, err := s.desk.Read(c.Request().Context(), actorOf(c), ask)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, s.readerPage(c, seen, ask), seen.JSON())
}

// readAsk reads from the address which text of which article is opened, and where.
func readAsk(c echo.Context) (ask desk.ReadAsk, err error) {
	if ask.Article, err = pathID[articles.ID](c, "id"); err != nil {
		return ask, err
	}
	if ask.Revision, err = queryID[int](c, "revision"); err != nil {
		return ask, err
	}
	if ask.Claim, err = queryID[claims.ID](c, "claim"); err != nil {
		return ask, err
	}
	if ask.Sentence, err = queryID[int](c, "sentence"); err != nil {
		return ask, err
	}
	ask.From, err = queryID[int](c, "from")
	ask.All = c.QueryParam("all") == "1"
	return ask, err
}

func (s *Server) readerPage(c echo.Context, seen desk.Reading, ask desk.ReadAsk) *view.Reader {
	t := seen.Text
	p := &view.Reader{Shell: s.framed(c, titleOf(t.Article, sourceText(t)).Text, "Articles", seen.Frame),
		Article: showArticle(t.Article, t.Revision, t.Source, max(len(t.Sentences), seen.Part.SentencesInWhole)),
		Lang:    t.Article.Lang, Dir: t.Article.Dir}
	p.Fixed = true
	if t.Prev != 0 {
		p.PrevURL = "/articles/" + itoa(t.Prev)
	}
	if t.Next != 0 {
		p.NextURL = "/articles/" + itoa(t.Next)
	}
	if t.Article.Protected != "" {
		p.Article.Protected = detected(t.Article.Protected)
	}
	if t.Withheld() && t.Article.Covered() {
		p.Article.TakenDown = "The source of this article is protected. Its text is read by the editors of this " +
			"collection and " +
			"by the reviewers whom they name."
		return p
	}
	if t.Withheld() {
		p.Article.TakenDown = "This article was taken down for legal reasons, and its text is withheld. The history " +
			"keeps who took it down, when and why."
		return p
	}
	st := readerState{text: t, claims: seen.Claims, url: p.Article.URL, sentence: ask.Sentence}
	if !seen.Newest() {
		st.url += "?revision=" + itoa(t.Revision.N)
	}
	p.Folded = foldedNote(seen.Folded, 0, within(st.url, "all", "1"))
	if ask.All {
		p.Folded, st.url = foldAgain(st.url), within(st.url, "all", "1")
	}
	if seen.At >= 0 {
		st.chosen = seen.Claims[seen.At].ID
	}
	if p.Older = olderNotes(seen); seen.File {
		p.FileURL = withQuery("/articles/"+itoa(t.Article.ID)+"/original", "revision", itoa(t.Revision.N))
	}
	st.show(p)
	showPart(p, seen.Part, st.url)
	aboutArticle(p, seen)
	showAlike(p, seen)
	readerSide(p, seen, st)
	if p.Panel != nil {
		key := s.keywording(c)
		key.on(&p.Panel.Claim, p.Panel.Evidence)
		key.evidence(p.Panel.Serves)
	}
	return p
}

// foldedNote says how many candidates were folded away, and where they are listed too; nil when none was. most is where
// the counting stopped, 0 for nowhere.
func foldedNote(n, most int, all string) *view.Folded {
	if n == 0 {
		return nil
	}
	words := many(n, "candidate", "candidates")
	if most > 0 && n > most {
		words = capped(n, most) + " candidates"
	}
	return &view.Folded{Note: words + " of background and sayings folded away.", URL: all, Act: "Show them"}
}

// foldAgain leads from the whole list back to the one that folds.
func foldAgain(url string) *view.Folded {
	return &view.Folded{Note: "Background and sayings are shown.", URL: url, Act: "Fold them away"}
}

// readerState is what the parts of the page are made from.
type readerState struct {
	text     articles.Text
	claims   []claims.Claim
	chosen   claims.ID
	sentence int
	url      string
}

func sourceText(t articles.Text) string {
	if t.Source == nil {
		return ""
	}
	return t.Source.Name
}

func showText(t articles.Text) view.Article {
	return showArticle(t.Article, t.Revision, t.Source, len(t.Sentences))
}

// showPart leads to the parts of a long text beside the one that is shown.
func showPart(p *view.Reader, part desk.Part, url string) {
	if part.Before == 0 && part.After == 0 {
		return
	}
	p.CovNote += fmt.Sprintf(" Sentences %s to %s of %s are shown.", grouped(part.From), grouped(part.To),
		grouped(part.SentencesInWhole))
	to := func(from int) *view.Link {
		if from == 0 {
			return nil
		}
		return &view.Link{URL: within(url, "from", itoa(from)), Word: "Sentences from " + grouped(from)}
	}
	p.PartBefore, p.PartAfter = to(part.Before), to(part.After)
}

func showArticle(a articles.Article, rv articles.Revision, source *articles.Source, sentences int) view.Article {
	name := ""
	if source != nil {
		name = source.Name
	}
	v := view.Article{
		ID: int64(a.ID), URL: "/articles/" + itoa(a.ID), Title: titleOf(a, name),
		Source: sourceOf(source), Rating: "not rated",
		Published: published(a.Published), LangWord: languageName(a.Lang), Lang: a.Lang, Dir: a.Dir,
		Size:     sizeOf(a, rv.CodePoints, sentences),
		Revision: rv.N, OutsideURL: a.URL,
	}
	if a.Byline != "" {
		v.Byline = named(a.Byline)
	}
	if len(rv.SHA256) >= 12 {
		v.SHA256 = rv.SHA256[:12]
	}
	if source != nil {
		v.Rating = ratingWord(source.Reliability)
	}
	if a.Covered() {
		return covered(v)
	}
	return v
}

// show fills the text, its marks, the gutter, the coverage and the counts.
func (st readerState) show(p *view.Reader) {
	counts := map[view.Verdict]int{}
	var marks []view.MarkedSpan
	for _, cl := range st.claims {
		counts[view.VerdictOf(cl.State, cl.Verdict)]++
		for _, m := range marksOf(cl) {
			m.Here = cl.ID == st.chosen
			marks = append(marks, m)
		}
	}
	for _, v := range []view.Verdict{view.Corroborated, view.Disputed, view.Unverified, view.InConflict,
		view.Unreviewed, view.Candidate} {
		if counts[v] > 0 {
			p.Counts = append(p.Counts, view.Count{Verdict: v, N: counts[v]})
		}
	}
	slice, covered, proposed, end := slicer(st.text.Doc), 0, 0, 0
	for _, sn := range st.text.Sentences {
		row := view.Sentence{
			N: sn.N, Span: sn.Span, Lang: sn.Lang, Dir: sn.Dir, URL: within(st.url, "sentence",
				itoa(sn.N)) + "#s" + itoa(sn.N),
			Heading: sn.Kind == string(text.KindTitle) || sn.Kind == string(text.KindHeading),
			Skip:    sn.Kind == string(text.KindBoilerplate) || sn.Kind == string(text.KindLink),
			Para:    end == 0 || newParagraph(slice(end, sn.Start)), Here: sn.N == st.sentence,
			Segments: view.Segments(slice, sn.Start, sn.End, marks),
		}
		end = sn.End
		cell := view.CoverageCell{N: sn.N, URL: "#s" + itoa(sn.N)}
		held := 0
		for _, cl := range st.claims {
			if !cl.Touches(sn.Span) {
				continue
			}
			held++
			here, verdict := cl.ID == st.chosen, view.VerdictOf(cl.State, cl.Verdict)
			row.Here = row.Here || here
			cell.Verdict = view.Foremost(cell.Verdict, verdict)
			if cl.Span.Overlaps(sn.Span) { // one number a claim, beside its first stretch
				row.Gutter = append(row.Gutter, view.GutterClaim{Number: int64(cl.ID), URL: within(st.url, "claim",
					itoa(cl.ID)) + "#s" + itoa(sn.N), Verdict: verdict, Here: here})
			}
		}
		cell.Here = row.Here
		cell.Note = "no claim"
		if held > 0 {
			covered++
			if cell.Verdict == view.Candidate {
				proposed++
			}
			cell.Note = many(held, "claim or candidate", "claims and candidates") + ", first of all " +
				string(cell.Verdict)
		}
		p.Sentences = append(p.Sentences, row)
		p.Coverage = append(p.Coverage, cell)
	}
	side := "left"
	if p.Dir == "rtl" {
		side = "right"
	}
	p.CovNote = fmt.Sprintf("Of %s, %s a claim and %s only candidates. Sentence 1 is at the %s.",
		many(len(st.text.Sentences), "sentence", "sentences"), many(covered-proposed, "has", "have"), grouped(proposed),
		side)
	if len(st.text.Sentences) == 0 {
		p.Empty = &view.Empty{So: "This text has no sentence.",
			Next: "Nothing can be claimed from it. An editor can add a newer text under “About this article”."}
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

func slicer(d *text.Doc) func(start, end int) string {
	return func(start, end int) string { return d.Slice(text.Span{Start: start, End: end}) }
}

// aboutArticle adds the origin, and what this person may do with the article.
func aboutArticle(p *view.Reader, seen desk.Reading) {
	url, a := p.Article.URL, seen.Article
	var stated evidence.OriginID
	if seen.Origin != nil {
		stated = seen.Origin.OriginID
		p.Article.Origin, p.OriginVer = named(seen.Origin.Origin.Name), seen.Origin.Version
	}
	p.Article.Imported = "Imported by " + seen.Names.Of(a.AddedBy) + ", " + moment(a.AddedAt) + "."
	if seen.May.ConfirmOrigin {
		p.OriginURL, p.Origins = url+"/origin", originOptions(seen.Origins, stated)
	}
	if seen.May.Rate && a.SourceID != nil {
		p.RateURL = "/sources"
	}
	if seen.May.Protect {
		p.Protect = url + "/protection"
	}
	if seen.May.TakeDown {
		p.TakeDown = url + "/take-down"
	}
	if seen.May.Revise {
		p.Revise, p.Version = url+"/revisions", a.Version
		if n := text.Wrapped(seen.Doc.Raw()); n > 0 && seen.Newest() {
			p.Wrapped = "This text has " + grouped(n) + " lines that end in the middle of a sentence, as texts from " +
				"PDF or mail do. Each line would be read as a sentence. Join the lines before candidates are proposed."
		}
	}
	if seen.May.MakeClaim {
		p.ClaimURL = url + "/claims/new"
	}
}

// readerSide fills the pane beside the text: the claim that was chosen, the form for a new one, or how to begin.
func readerSide(p *view.Reader, seen desk.Reading, st readerState) {
	if st.sentence > 0 && p.ClaimURL != "" {
		for _, sn := range seen.Sentences {
			if sn.N == st.sentence {
				form := newClaimForm(seen.Article, sn, sn.Span, seen.Doc.Slice(sn.Span))
				restoreNew(&form, seen.Typed, seen.Doc.Slice)
				p.NewClaim = &form
				return
			}
		}
	}
	if seen.At >= 0 {
		p.Panel = readerPanel(seen, st)
		return
	}
	switch {
	case seen.Proposing:
		p.Proposing = p.Article.URL + "/work"
	case seen.May.Extract:
		p.Extract = p.Article.URL + "/extract"
	}
}

func readerPanel(seen desk.Reading, st readerState) *view.ReaderPanel {
	i, cl, acts := seen.At, seen.Panel.Claim, seen.Panel.Acts
	at := func(cl claims.Claim) string { return within(st.url, "claim", itoa(cl.ID)) + "#s" + itoa(cl.Sentence) }
	back := at(cl)
	panel := &view.ReaderPanel{Claim: showHead(seen.Panel.Head),
		Position: fmt.Sprintf("%d of %d", i+1, len(st.claims)),
		Evidence: showEvidence(seen.Panel.Evidence, seen.Panel.Names, false), EvNote: evidenceNote(seen.Panel.Evidence),
		Serves: showServes(seen.Serves, seen.Names)}
	if i > 0 {
		panel.Prev = at(st.claims[i-1])
	}
	if i+1 < len(st.claims) {
		panel.Next = at(st.claims[i+1])
		back = panel.Next
	}
	url := claimURL(cl.ID)
	if acts.Has(desk.Accept) {
		panel.Brackets = showBrackets(cl, seen.Brackets, seen.Panel.Place, at(st.claims[i]))
		panel.Triage = triage(cl, back)
		panel.Triage.Swap = true // no page is loaded, so no press is lost
		return panel
	}
	panel.Actions = []view.Action{{URL: url, Word: "Open claim", Act: "reader-open"}}
	if acts.Has(desk.Link) {
		panel.Actions = append(panel.Actions, view.Action{URL: url + "/evidence", Word: "Evidence", Act: "evidence"})
	}
	panel.Actions = append(panel.Actions, view.Action{URL: withQuery("/history", "object", claims.Object(cl.ID)),
		Word: "History"})
	return panel
}
