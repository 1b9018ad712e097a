package httpd

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
)

type commentForm struct {
	Text string `form:"text" json:"text" of:"words"`
}

// claimComment says something about a claim.
func (s *Server) claimComment(c echo.Context) error {
	n, form, cm, err := carryOut(c, "id", func(n claims.ID, f *commentForm) (claims.Comment, error) {
		return s.Claims.AddComment(c.Request().Context(), actorOf(c), n, f.Text)
	})
	if err != nil {
		return s.claimRefused(c, n, err, func(p *view.ClaimPage) { p.CommentTo = form.Text })
	}
	return s.done(c, claimURL(n)+"#comment-"+string(cm.Public), addedNotice(cm),
		desk.CommentSeen{Comment: cm, Hidden: cm.Round > 0}.JSON())
}

// addedNotice says what became of a comment: who of those that it names is nobody here, too.
func addedNotice(cm claims.Comment) string {
	out := "Comment added"
	if cm.Round > 0 {
		out += "; others read it when this round is over"
	}
	if len(cm.Unknown) > 0 {
		shown := cm.Unknown[:min(len(cm.Unknown), 5)]
		out += ". Nobody was told by @" + strings.Join(shown, ", @") +
			": no one person of this collection is called so, and it stands as plain words"
	}
	return out
}

type settleForm struct {
	Comment claims.CommentName `form:"comment" json:"comment" validate:"required"`
	Version int64              `form:"version" json:"version"`
}

// commentResolve says that what a comment asks is done.
func (s *Server) commentResolve(c echo.Context) error {
	return s.commentSettle(c, true, "Comment resolved")
}

// commentReopen says that it is not.
func (s *Server) commentReopen(c echo.Context) error {
	return s.commentSettle(c, false, "Comment reopened")
}

func (s *Server) commentSettle(c echo.Context, done bool, notice string) error {
	n, _, cm, err := carryOut(c, "id", func(n claims.ID, f *settleForm) (claims.Comment, error) {
		return s.Claims.ResolveComment(c.Request().Context(), actorOf(c), n, f.Comment, f.Version, done)
	})
	if err != nil {
		return s.claimRefused(c, n, err, nil)
	}
	return s.done(c, claimURL(n)+"#comment-"+string(cm.Public), notice, desk.CommentOf(cm))
}

// members lists who can be mentioned in a collection, for the list that opens behind an @.
func (s *Server) members(c echo.Context) error {
	n, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	seen, err := s.desk.Members(c.Request().Context(), actorOf(c), n, c.QueryParam("q"))
	if err != nil {
		return err
	}
	return s.program(c, http.StatusOK, seen.JSON())
}

// showComments are the comments of a claim's page.
func showComments(seen desk.Claim, me auth.UserID) (out []view.Comment) {
	url := claimURL(seen.Claim.ID) + "/comments/"
	for _, cm := range seen.Comments {
		x := view.Comment{Name: string(cm.Public), By: seen.Names.Of(cm.AuthorID), At: moment(cm.AddedAt),
			Text: detected(cm.Words), Hidden: cm.Hidden,
			Told: seen.Frame.Unread > 0 && slices.Contains(cm.Mentions, me)}
		for _, who := range cm.Mentions {
			x.Mentions = append(x.Mentions, seen.Names.Of(who))
		}
		for _, e := range showEvidence(cm.Quotes, seen.Names, false) {
			x.Quotes = append(x.Quotes, quoteOf(e))
		}
		settle := view.Settle{URL: url + "resolve", Word: "Resolve", Version: cm.Version}
		if cm.ResolvedAt != nil {
			by := auth.UserID(0)
			if cm.ResolvedBy != nil {
				by = *cm.ResolvedBy
			}
			x.Resolved = "resolved by " + seen.Names.Of(by) + ", " + moment(*cm.ResolvedAt)
			settle.URL, settle.Word = url+"reopen", "Reopen"
		}
		if seen.Acts.Has(desk.Comment) {
			x.Settle = &settle
		}
		out = append(out, x)
	}
	return out
}

// quoteOf is an item of evidence as a comment quotes it.
func quoteOf(e view.Evidence) view.Quote {
	return view.Quote{Item: e.ID, Words: e.Words, Link: e.Where}
}
