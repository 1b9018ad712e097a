package httpd

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
	"claimbench/internal/jobs"
	"claimbench/internal/shelf"
)

// begun answers a request whose work goes on in the background: the page that shows how far it is, or 202.
func (s *Server) begun(c echo.Context, n articles.ID, notice string, data desk.Answer) error {
	return s.begunAt(c, "/articles/"+itoa(n)+"/work", notice, data)
}

func (s *Server) begunAt(c echo.Context, at, notice string, data desk.Answer) error {
	if wantsJSON(c) {
		c.Response().Header().Set(echo.HeaderLocation, at)
		return s.did(c, http.StatusAccepted, at, data)
	}
	return s.done(c, at, notice, data)
}

// workEvery is after how many seconds the page of work that goes on is loaded again.
const workEvery = "2"

// articleWork shows what is being done to an article in the background.
func (s *Server) articleWork(c echo.Context) error {
	n, err := pathID[articles.ID](c, "id")
	if err != nil {
		return err
	}
	work, err := s.desk.Work(c.Request().Context(), actorOf(c), n)
	if err != nil {
		return err
	}
	page := s.workPage(c, work)
	if page.Going && !wantsJSON(c) {
		c.Response().Header().Set("Refresh", workEvery)
	}
	return s.respond(c, http.StatusOK, page, work.JSON())
}

func (s *Server) workPage(c echo.Context, work desk.Work) *view.ArticleWork {
	at := "/articles/" + itoa(work.Article.ID)
	page := &view.ArticleWork{Shell: s.framed(c, "Work on article "+itoa(work.Article.ID), "Articles", work.Frame),
		Article: view.Link{URL: at, Of: titleOf(work.Article, "")}, Going: work.Going(), Lost: work.Failed()}
	for _, j := range work.Jobs {
		page.Jobs = append(page.Jobs, showJob(j))
	}
	page.Model = showModel(work.Model)
	if work.May.TakeIn {
		page.Again = at + "/work"
	}
	if work.May.TakeDown {
		page.TakeDown = at + "/take-down"
	}
	return page
}

// articleTakeInAgain lets the taking in of a text that failed go on.
func (s *Server) articleTakeInAgain(c echo.Context) error {
	n, _, j, err := carryOut(c, "id", func(n articles.ID, _ *struct{}) (jobs.Job, error) {
		return s.Articles.TakeInAgain(c.Request().Context(), actorOf(c), n)
	})
	if err != nil {
		return err
	}
	return s.begun(c, n, "The text is being taken in again", desk.JobOf(j))
}

var jobWords = map[string]string{articles.TakingIn: "Taking the text in", claims.Proposing: "Proposing candidates",
	articles.Following: "Looking for what stood in the earlier texts", claimset.Freezing: "Freezing this set",
	shelf.Taking: "Taking the fact-checks in"}

func showJob(j jobs.Job) view.Job {
	v := view.Job{Word: jobWords[j.Kind], Done: j.Done, Total: j.Total, Going: !j.Ended(), Failed: j.Message,
		Since: moment(j.AddedAt)}
	switch {
	case j.State == jobs.Failed:
		v.State = "failed"
	case j.State == jobs.Done:
		v.State = "done"
	case j.Total == 0:
		v.State = "the text is being read"
	default:
		v.State = grouped(j.Done) + " of " + grouped(j.Total)
	}
	return v
}
