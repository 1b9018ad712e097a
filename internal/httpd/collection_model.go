package httpd

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/breakdowns"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
)

// collectionModel shows whether the texts of a collection are sent to the language model.
func (s *Server) collectionModel(c echo.Context) error {
	n, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	seen, err := s.desk.Sending(c.Request().Context(), actorOf(c), n)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, s.modelPage(c, n, seen), seen.JSON())
}

func (s *Server) modelPage(c echo.Context, n auth.CollectionID, seen desk.Sending) *view.CollectionModel {
	return &view.CollectionModel{Shell: s.framed(c, "Language model", "Collections", seen.Frame),
		Name: seen.Frame.Collection.Name, Rules: under(n, "rules"), Action: under(n, "model"), Model: seen.Model,
		Host: seen.Host, Allowed: seen.Set.Allowed, PerDay: itoa(seen.Set.PerDay), Most: itoa(breakdowns.MostPerDay),
		Today: grouped(seen.UsedOn), Version: seen.Set.Version}
}

// modelForm lets texts be sent or not.
type modelForm struct {
	Allowed string `form:"allowed" json:"allowed"` // "1", or left out
	PerDay  int    `form:"per_day" json:"per_day"`
	Version int64  `form:"version" json:"version"`
}

// collectionModelSet says whether the texts of a collection are sent.
func (s *Server) collectionModelSet(c echo.Context) error {
	n, form, set, err := carryOut(c, "collection", func(n auth.CollectionID, f *modelForm) (breakdowns.Sending, error) {
		return s.Broken.Set(c.Request().Context(), actorOf(c), breakdowns.Sending{CollectionID: n,
			Allowed: f.Allowed == "1", PerDay: f.PerDay, Version: f.Version})
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			seen, err := s.desk.Sending(c.Request().Context(), actorOf(c), n)
			if err != nil {
				return nil, err
			}
			return filled(s.modelPage(c, n, seen), nil, func(p *view.CollectionModel) {
				p.Wrong, p.Allowed, p.PerDay = w, form.Allowed == "1", itoa(form.PerDay)
			})
		})
	}
	notice := "Texts of this collection are not sent to the model"
	if set.Allowed {
		notice = "Texts of this collection are sent to the model from now on"
	}
	return s.done(c, under(n, "model"), notice, desk.SendsOf(set))
}

// showModel is how far the model is with an article, as work; nil where it was not asked.
func showModel(b *breakdowns.Breakdown) *view.Job {
	if b == nil {
		return nil
	}
	v := &view.Job{Word: "Breaking the text down by " + machineName("", b.Model), State: string(b.State),
		Since: moment(b.AddedAt), Note: many(b.Questions, "question", "questions") + " asked, " + many(b.Taken,
			"candidate",
			"candidates") + " taken, " + grouped(b.Refused) + " refused"}
	if v.State == string(breakdowns.Failed) {
		v.Failed = b.Message
	} else if b.Message != "" {
		v.Note += ". " + b.Message
	}
	if b.Model == "" {
		v.Word = "Breaking the text down by the language model"
	}
	for _, r := range b.Refusals() {
		words := r.What
		if words == "" {
			words = r.Statement
		}
		v.Refused = append(v.Refused, view.Refusal{Why: r.Why.Word(), Sentence: r.Sentence, Words: words})
	}
	return v
}
