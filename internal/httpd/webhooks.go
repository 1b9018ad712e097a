package httpd

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
	"claimbench/internal/webhooks"
)

func webhookURL(id webhooks.ID) string { return "/webhooks/" + itoa(id) }

// webhooks lists the addresses that are told what happens in a collection.
func (s *Server) webhooks(c echo.Context) error {
	n, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	page, seen, err := s.webhooksPage(c, n, webhookForm{})
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

func (s *Server) webhooksPage(c echo.Context, n auth.CollectionID, form webhookForm) (*view.Webhooks, desk.Webhooks,
	error) {
	seen, err := s.desk.Webhooks(c.Request().Context(), actorOf(c), n)
	if err != nil {
		return nil, seen, err
	}
	p := &view.Webhooks{Shell: s.framed(c, "Webhooks", "Collections", seen.Frame), Name: seen.Frame.Collection.Name,
		Rules: under(n, "rules"), Action: under(n, "webhooks"), Full: len(seen.List) >= webhooks.MostEach,
		Address: form.Address, Tells: view.Tells{Topics: topicOptions(form.Topics)}}
	for _, w := range seen.List {
		p.Rows = append(p.Rows, view.WebhookRow{Link: view.Link{URL: webhookURL(w.ID), Word: "Webhook " + itoa(w.ID)},
			Address: w.Address, Topics: topicWords(w), State: webhooks.States.Word(w.State)})
	}
	return p, seen, nil
}

func topicOptions(chosen []webhooks.Topic) (out []view.Topic) {
	for _, t := range webhooks.Topics.Terms() {
		out = append(out, view.Topic{Value: string(t.Name), Word: t.Word, About: t.About,
			Chosen: slices.Contains(chosen, t.Name)})
	}
	return out
}

func topicWords(w webhooks.Webhook) string {
	var out []string
	for _, t := range w.Told() {
		out = append(out, webhooks.Topics.Word(t))
	}
	return strings.Join(out, ", ")
}

// webhookForm is an address, and what it is told.
type webhookForm struct {
	Address string           `form:"address" json:"address"`
	Topics  []webhooks.Topic `form:"topics" json:"topics"`
}

// webhookAdd lets an address be told, and shows its secret, once.
func (s *Server) webhookAdd(c echo.Context) error {
	n, form, w, err := carryOut(c, "collection", func(n auth.CollectionID, f *webhookForm) (webhooks.Webhook, error) {
		return s.Hooks.Add(c.Request().Context(), actorOf(c), n, f.Address, f.Topics)
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.webhooksPage(c, n, form)
			return filled(page, err, func(p *view.Webhooks) { p.Wrong, p.Tells.Wrong = w, w.Of("topics") })
		})
	}
	return s.webhookSecret(c, w, http.StatusCreated)
}

// webhookSecret shows a secret that was just made: it is readable only in this answer.
func (s *Server) webhookSecret(c echo.Context, w webhooks.Webhook, status int) error {
	page, _, err := s.webhookPage(c, w.ID)
	if err != nil {
		return err
	}
	c.Set(addressKey, webhookURL(w.ID)) // the secret is not shown again
	page.Secret = w.Secret
	return s.respond(c, status, page, desk.WebhookMadeOf(w))
}

// webhook shows one, with what it was told.
func (s *Server) webhook(c echo.Context) error {
	n, err := pathID[webhooks.ID](c, "id")
	if err != nil {
		return err
	}
	page, seen, err := s.webhookPage(c, n)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

func (s *Server) webhookPage(c echo.Context, n webhooks.ID) (*view.Webhook, desk.Webhook, error) {
	var before int64
	if c.Request().Method == http.MethodGet {
		var err error
		if before, err = queryID[int64](c, "before"); err != nil {
			return nil, desk.Webhook{}, err
		}
	}
	seen, err := s.desk.Webhook(c.Request().Context(), actorOf(c), n, before)
	if err != nil {
		return nil, seen, err
	}
	w, here := seen.Hook, webhookURL(n)
	p := &view.Webhook{Shell: s.framed(c, "Webhook "+itoa(n), "Collections", seen.Frame), ID: int64(n),
		List: under(w.CollectionID, "webhooks"), Address: w.Address, State: webhooks.States.Word(w.State),
		On: w.State == webhooks.On, Message: detected(w.Message), Set: here,
		Tells: view.Tells{Topics: topicOptions(w.Told())},
		Renew: here + "/secret", Version: w.Version}
	if p.On {
		p.Again = here + "/again"
	}
	if w.NextAt != 0 && p.On {
		p.Next = moment(w.NextAt)
	}
	for _, d := range seen.List {
		p.Rows = append(p.Rows, view.DeliveryRow{Number: d.Number, Action: d.Action, Object: d.Object, At: moment(d.At),
			State: deliveryState(d), Waits: d.State == webhooks.Waiting, Message: detected(d.Message)})
	}
	if seen.Next != 0 {
		p.More = withQuery(here, "before", itoa(seen.Next))
	}
	return p, seen, nil
}

func deliveryState(d webhooks.Delivery) string {
	out := webhooks.Fates.Word(d.State)
	if d.Tries > 0 {
		out += ", failed " + many(d.Tries, "time", "times")
	}
	return out
}

// webhookSetForm switches a webhook, and says what it is told.
type webhookSetForm struct {
	On      string           `form:"on" json:"on"` // "1", or left out
	Topics  []webhooks.Topic `form:"topics" json:"topics"`
	Version int64            `form:"version" json:"version"`
}

// webhookSet switches a webhook on or off, and says what it is told.
func (s *Server) webhookSet(c echo.Context) error {
	n, _, w, err := carryOut(c, "id", func(n webhooks.ID, f *webhookSetForm) (webhooks.Webhook, error) {
		return s.Hooks.Set(c.Request().Context(), actorOf(c), n, webhooks.Want{On: f.On == "1", Topics: f.Topics,
			Version: f.Version})
	})
	if err != nil {
		return s.webhookRefused(c, n, err)
	}
	return s.done(c, webhookURL(n), "Webhook "+itoa(n)+" is "+webhooks.States.Word(w.State), desk.WebhookOf(w))
}

func (s *Server) webhookRefused(c echo.Context, n webhooks.ID, err error) error {
	return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
		page, _, err := s.webhookPage(c, n)
		return filled(page, err, func(p *view.Webhook) { p.Wrong, p.Tells.Wrong = w, w.Of("topics") })
	})
}

// webhookVersion names a webhook as it was seen.
type webhookVersion struct {
	Version int64 `form:"version" json:"version"`
}

// webhookRenew gives a webhook another secret, and shows it, once.
func (s *Server) webhookRenew(c echo.Context) error {
	n, _, w, err := carryOut(c, "id", func(n webhooks.ID, f *webhookVersion) (webhooks.Webhook, error) {
		return s.Hooks.NewSecret(c.Request().Context(), actorOf(c), n, f.Version)
	})
	if err != nil {
		return s.webhookRefused(c, n, err)
	}
	return s.webhookSecret(c, w, http.StatusOK)
}

// webhookAgainForm names a delivery.
type webhookAgainForm struct {
	Number int64 `form:"number" json:"number"`
}

// webhookAgain lets a delivery be sent again, under the rights of now.
func (s *Server) webhookAgain(c echo.Context) error {
	n, _, d, err := carryOut(c, "id", func(n webhooks.ID, f *webhookAgainForm) (webhooks.Delivery, error) {
		return s.Hooks.Again(c.Request().Context(), actorOf(c), n, f.Number)
	})
	if err != nil {
		return s.webhookRefused(c, n, err)
	}
	return s.done(c, webhookURL(n), "Delivery "+itoa(d.Number)+" is sent again", desk.DeliveryOf(d))
}
