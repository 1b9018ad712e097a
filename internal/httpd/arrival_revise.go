package httpd

import (
	"github.com/labstack/echo/v4"

	"claimbench/internal/arrivals"
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
)

// newerForm says of which article an arrival is a newer text; both as the person had them open.
type newerForm struct {
	Version        int64       `form:"version" json:"version"`
	Article        articles.ID `form:"article" json:"article"`
	ArticleVersion int64       `form:"article_version" json:"article_version"`
}

// arrivalRevise takes an arrival in as a newer text of an article. Claims and evidence follow as after articleRevise.
func (s *Server) arrivalRevise(c echo.Context) error {
	var id arrivals.ID
	n, form, out, err := carryOut(c, "collection", func(n auth.CollectionID, f *newerForm) (out revised, err error) {
		if id, err = pathID[arrivals.ID](c, "id"); err != nil {
			return out, err
		}
		ctx, actor := c.Request().Context(), actorOf(c)
		if out.Imported, err = s.Arrivals.Revise(ctx, actor, n, id, f.Version, f.Article,
			f.ArticleVersion); err != nil {
			return out, err
		}
		return s.follow(ctx, actor, f.Article, out)
	})
	if err != nil {
		return s.arrivalRefused(c, n, id, err, nil)
	}
	return s.wasRevised(c, form.Article, out)
}

// comparedWith shows an arrival beside the article of which it may be a newer text.
func comparedWith(x *view.Arrival, seen *desk.Compared) {
	if seen == nil || int64(seen.Arrival) != x.ID {
		return
	}
	f := view.FoundText{ID: int64(seen.Article.ID), Lang: seen.Article.Lang, Dir: seen.Article.Dir,
		Of: seen.Article.Version, Coming: seen.Was == "", Take: x.Action + "/revise"}
	if !f.Coming {
		var same, more int
		f.Changes, same, more = view.TextChanges(seen.Was, seen.Is, mostChanges)
		f.Same = many(same, "paragraph is the same", "paragraphs are the same")
		if more > 0 {
			f.More = many(more, "more change is not shown", "more changes are not shown")
		}
	}
	x.Compared, x.With = &f, view.Link{URL: "/articles/" + itoa(seen.Article.ID), Of: titleOf(seen.Article, "")}
}
