package desk

import (
	"context"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/breakdowns"
	"claimbench/internal/fault"
	"claimbench/internal/model"
)

// Sending is whether the texts of a collection are sent to the language model of the workbench.
type Sending struct {
	Frame  Frame
	Set    breakdowns.Sending
	Model  string // "": the workbench has none
	Host   string // where it is
	UsedOn int    // questions asked today
}

// Sending answers admins.
func (d *Desk) Sending(ctx context.Context, actor auth.Actor, in auth.CollectionID) (out Sending, err error) {
	defer fault.In(&err, "desk.Sending(%d)", in)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Sending{}
		if err := l.must(auth.ThingSettings, auth.Write, in); err != nil {
			return err
		}
		if out.Frame, err = l.frame(in); err != nil {
			return err
		}
		out.Model, out.Host = d.h.Broken.Asks()
		if out.Set, err = breakdowns.SendingOf(l.rx, in); err != nil {
			return err
		}
		out.UsedOn, err = breakdowns.UsedOn(l.rx, in, breakdowns.Day(l.now()))
		return err
	})
	return out, err
}

// SendingJSON is whether texts are sent, as programs read and set it.
type SendingJSON struct {
	Allowed bool   `json:"allowed"`
	PerDay  int    `json:"per_day"` // questions
	Version int64  `json:"version"`
	Model   string `json:"model,omitempty"` // left out: the workbench has none, and nothing is sent
	Host    string `json:"host,omitempty"`
	Today   int    `json:"asked_today"`
}

// JSON is the page for programs.
func (s Sending) JSON() SendingJSON {
	return SendingJSON{Allowed: s.Set.Allowed, PerDay: s.Set.PerDay, Version: s.Set.Version, Model: s.Model,
		Host:  s.Host,
		Today: s.UsedOn}
}

// SendsJSON is what was set, as programs read it.
type SendsJSON struct {
	Allowed bool  `json:"allowed"`
	PerDay  int   `json:"per_day"`
	Version int64 `json:"version"`
}

// SendsOf is a setting that was kept, for programs.
func SendsOf(s breakdowns.Sending) SendsJSON {
	return SendsJSON{Allowed: s.Allowed, PerDay: s.PerDay, Version: s.Version}
}

// sends says whether texts of a collection are sent, to which model and where; "" they are not.
func (l *look) sends(in auth.CollectionID) (name, host string, err error) {
	if name, host = l.h.Broken.Asks(); name == "" {
		return "", "", nil
	}
	set, err := breakdowns.SendingOf(l.rx, in)
	if err != nil || !set.Allowed {
		return "", "", err
	}
	return name, host, nil
}

// brokenDown reads how far the model is with an article; nil where it was not asked.
func (l *look) brokenDown(id articles.ID) (*breakdowns.Breakdown, error) {
	b, there, err := breakdowns.Of(l.rx, id)
	if err != nil || !there {
		return nil, err
	}
	return &b, nil
}

// RefusalJSON is something of a model's answers that was not taken, and why.
type RefusalJSON struct {
	Sentence  int       `json:"sentence"`
	Statement string    `json:"statement"`
	Why       model.Why `json:"why"`
	What      string    `json:"what,omitempty"` // the part that is wrong
}

// modelJob is a text that a model breaks down, as a job.
func modelJob(b breakdowns.Breakdown) Job {
	j := Job{Kind: "model", State: "waiting", Done: b.Taken, Total: b.Taken + b.Refused, Message: b.Message,
		AddedAt: Time(b.AddedAt)}
	if b.State != breakdowns.Waiting {
		j.State = "done"
		if b.State == breakdowns.Failed {
			j.State = "failed"
		}
	}
	for _, r := range b.Refusals() {
		j.Refused.Items = append(j.Refused.Items, RefusalJSON(r))
	}
	return j
}
