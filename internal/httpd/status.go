package httpd

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/claimset"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
)

// statuses lists the frozen sets of a collection, and which have their status at a public address.
func (s *Server) statuses(c echo.Context) error {
	n, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	page, seen, err := s.statusesPage(c, n)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

func (s *Server) statusesPage(c echo.Context, n auth.CollectionID) (*view.Statuses, desk.Statuses, error) {
	before, err := queryID[claimset.ID](c, "after")
	if err != nil {
		return nil, desk.Statuses{}, err
	}
	seen, err := s.desk.Statuses(c.Request().Context(), actorOf(c), n, before)
	if err != nil {
		return nil, seen, err
	}
	page := &view.Statuses{Shell: s.framed(c, "Status of printed claims", "Collections", seen.Frame),
		Command: s.command("status make --output status.txt"),
		Empty: &view.Empty{So: "No set of this collection is frozen yet.",
			Next: "When one is, its status can be published here."}}
	for _, set := range seen.List {
		row := view.StatusRow{ID: int64(set.ID), Title: set.Title, N: set.N}
		if set.FrozenAt != nil {
			row.Frozen = moment(*set.FrozenAt)
		}
		if p, there := seen.Published[set.ID]; there {
			row.Address = s.opts.PublicURL + desk.StatusPath(p.Name)
			row.Published = moment(p.PublishedAt)
		}
		page.Rows = append(page.Rows, row)
	}
	if seen.Next != 0 {
		page.More = withQuery(under(n, "status"), "after", itoa(seen.Next))
	}
	if seen.Publishes {
		page.Publish, page.Withdraw = under(n, "status"), under(n, "status/withdraw")
	}
	return page, seen, nil
}

// statusForm names a set by any of its versions.
type statusForm struct {
	Set claimset.ID `form:"set" json:"set" validate:"required"`
}

// statusPublish gives the status of a set a public address.
func (s *Server) statusPublish(c echo.Context) error {
	return s.changeStatus(c, "Published: anybody who has the address reads it", func(f *statusForm) (
		desk.PublishedJSON, error) {
		_, err := s.Status.Publish(c.Request().Context(), actorOf(c), f.Set)
		return desk.PublishedJSON{Set: f.Set, Published: true}, err
	})
}

// statusWithdraw takes the status of a set from its public address.
func (s *Server) statusWithdraw(c echo.Context) error {
	return s.changeStatus(c, "Withdrawn: nothing is at that address any more", func(f *statusForm) (
		desk.PublishedJSON, error) {
		return desk.PublishedJSON{Set: f.Set}, s.Status.Withdraw(c.Request().Context(), actorOf(c), f.Set)
	})
}

func (s *Server) changeStatus(c echo.Context, notice string, do func(*statusForm) (desk.PublishedJSON, error)) error {
	n, _, out, err := carryOut(c, "collection", func(_ auth.CollectionID, f *statusForm) (desk.PublishedJSON, error) {
		return do(f)
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.statusesPage(c, n)
			return filled(page, err, func(p *view.Statuses) { p.Wrong = w })
		})
	}
	return s.done(c, under(n, "status"), notice, out)
}
