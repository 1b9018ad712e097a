package httpd

import (
	"context"
	"fmt"
	"mime/multipart"
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
	"claimbench/internal/intake"
)

// articleRevisions lists the texts an article ever had, with the claims that stand in each, and takes a newer one.
func (s *Server) articleRevisions(c echo.Context) error {
	page, data, err := s.revisionsPage(c)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, data.JSON())
}

func (s *Server) revisionsPage(c echo.Context) (*view.ArticleRevisions, desk.Revisions, error) {
	n, err := pathID[articles.ID](c, "id")
	if err != nil {
		return nil, desk.Revisions{}, err
	}
	before, err := queryID[int](c, "before")
	if err != nil {
		return nil, desk.Revisions{}, err
	}
	found, err := s.desk.Revisions(c.Request().Context(), actorOf(c), n, before)
	if err != nil {
		return nil, found, err
	}
	url := "/articles/" + itoa(n)
	p := &view.ArticleRevisions{Shell: s.framed(c, "Revisions of article "+itoa(n), "Articles", found.Frame),
		Article: showText(found.Text), Version: found.Article.Version, Lang: found.Article.Lang,
		Reads: reads()}
	if found.May.Revise {
		p.Action = url + "/revisions"
	}
	p.WatchURL = watchURL(n)
	for i := len(found.All) - 1; i >= 0; i-- {
		rv := found.All[i]
		p.Rows = append(p.Rows, view.RevisionRow{N: rv.N, URL: withQuery(url, "revision", itoa(rv.N)),
			Newest: rv.ID == found.Revision.ID, Size: grouped(rv.CodePoints) + " characters", SHA256: rv.SHA256,
			Added:  "added by " + found.Names.Of(rv.AddedBy) + ", " + moment(rv.AddedAt),
			Claims: claimsIn(rv.InText)})
	}
	if found.Earlier {
		p.EarlierURL = withQuery(url+"/revisions", "before", itoa(found.All[0].N))
	}
	return p, found, nil
}

// claimsIn says how many claims stand in a revision, and how many of them ask a person.
func claimsIn(n claims.InText) string {
	out := many(n.Stand, "claim or candidate stands", "claims and candidates stand") + " in it"
	if n.Asking > 0 {
		out += ", of which " + many(n.Asking, "asks", "ask") + " a person where it belongs now"
	}
	return out
}

type reviseForm struct {
	File    *multipart.FileHeader `form:"file" json:"-"`
	Text    string                `form:"text" json:"text"`
	Lang    string                `form:"lang" json:"lang"` // another language for the text that is there
	Set     string                `form:"set" json:"-"`     // "lang": the language is what the form sets
	Join    bool                  `form:"join" json:"join"` // join the broken lines of the text that is there
	Version int64                 `form:"version" json:"version"`
}

// read is the text that was sent: the document of a file, or what was pasted.
func (f reviseForm) read() (doc intake.Document, pasted bool, err error) {
	doc, is, err := uploaded(f.File, f.Text, "")
	if is || err != nil {
		return doc, false, err
	}
	return intake.Document{Text: f.Text}, true, nil
}

// revised is what became of a new text and of what stood in the earlier ones.
type revised struct {
	articles.Imported
	Claims   claims.Reanchored
	Evidence evidence.Reanchored
}

// articleRevise adds a new text of an article; the earlier ones stay. Claims and evidence whose words stand in it
// unchanged go with it; the others ask a person.
func (s *Server) articleRevise(c echo.Context) error {
	n, form, out, err := carryOut(c, "id", func(n articles.ID, f *reviseForm) (revised, error) {
		return s.revise(c.Request().Context(), actorOf(c), n, *f)
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.revisionsPage(c)
			return filled(page, err, func(p *view.ArticleRevisions) {
				p.Wrong, p.Text = w, form.Text
				if form.Set == "lang" {
					p.Lang = form.Lang
				}
			})
		})
	}
	return s.wasRevised(c, n, out)
}

// wasRevised answers a request that gave an article a text.
func (s *Server) wasRevised(c echo.Context, n articles.ID, out revised) error {
	if out.Job != nil && !out.Existing {
		return s.begun(c, n, "Revision "+itoa(out.Revision.N)+
			" is being taken in; what stood in the earlier texts follows", desk.ImportedOf(out.Imported))
	}
	return s.done(c, out.next(n), out.notice(), desk.RevisedOf(out.Imported, out.Claims, out.Evidence))
}

// next is the page of the article, or of its revisions when something is left to look at.
func (r revised) next(n articles.ID) string {
	if len(r.Claims.Asking)+len(r.Claims.Locked)+len(r.Evidence.Behind) > 0 {
		return "/articles/" + itoa(n) + "/revisions"
	}
	return "/articles/" + itoa(n)
}

// revise adds the text and looks for what stood in the earlier ones; of a long text, jobs do both. The same text again
// looks for it again.
func (s *Server) revise(ctx context.Context, actor auth.Actor, n articles.ID, form reviseForm) (out revised,
	err error) {
	switch doc, pasted, bad := form.read(); {
	case bad != nil:
		return out, bad
	case doc.Text != "" && (form.Join || form.Lang != ""), form.Join && form.Lang != "":
		return out, fault.New(fault.Invalid, "Send a new text, or join the lines of the one that is there, or correct "+
			"its language: one of the three at a time.").With("lang", "Leave this out.")
	case doc.Text == "" && form.Join:
		out.Imported, err = s.Articles.JoinLines(ctx, actor, n, form.Version)
	case doc.Text == "" && (form.Lang != "" || form.Set == "lang"):
		out.Imported, err = s.Articles.SetLang(ctx, actor, n, form.Version, form.Lang)
	case pasted:
		out.Imported, err = s.Articles.ReviseLater(ctx, actor, n, form.Version, doc.Text, true)
	default:
		out.Imported, err = s.Articles.ReviseRead(ctx, actor, n, form.Version, doc)
	}
	if err != nil {
		return out, err
	}
	return s.follow(ctx, actor, n, out)
}

// follow looks for what stood in the earlier texts in one that came in at once; a job does it of one that comes later.
func (s *Server) follow(ctx context.Context, actor auth.Actor, n articles.ID, out revised) (_ revised, err error) {
	if out.Job != nil {
		return out, nil
	}
	if out.Claims, err = s.Claims.Reanchor(ctx, actor, n); err != nil {
		return out, err
	}
	out.Evidence, err = s.Evidence.Reanchor(ctx, actor, n)
	return out, err
}

func (r revised) notice() string {
	out := fmt.Sprintf("The article has revision %d", r.Revision.N)
	if r.Existing {
		out = "That is the text it has already; nothing was added"
	}
	for _, part := range []struct {
		n         int
		one, more string
	}{
		{len(r.Claims.Moved), "claim moved to it unchanged", "claims moved to it unchanged"}, {len(r.Claims.Asking),
			"claim asks where it belongs", "claims ask where they belong"},
		{len(r.Claims.Locked), "decided claim keeps its revision", "decided claims keep their revision"},
		{len(r.Evidence.Moved), "linked passage moved to it unchanged", "linked passages moved to it unchanged"},
		{len(r.Evidence.Behind), "linked passage stays behind", "linked passages stay behind"},
	} {
		if part.n > 0 {
			out += "; " + many(part.n, part.one, part.more)
		}
	}
	return out
}
