package httpd

import (
	"context"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
	"claimbench/internal/shelf"
)

// shelfEntry shows one fact-check.
func (s *Server) shelfEntry(c echo.Context) error {
	n, err := pathID[shelf.EntryID](c, "id")
	if err != nil {
		return err
	}
	seen, err := s.desk.ShelfEntry(c.Request().Context(), actorOf(c), n)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, s.shelfEntryPage(c, seen), seen.JSON())
}

func (s *Server) shelfEntryPage(c echo.Context, seen desk.ShelfEntry) *view.ShelfEntry {
	e := seen.Entry
	p := &view.ShelfEntry{Shell: s.framed(c, "Entry "+itoa(e.ID), "Claims", seen.Frame), Row: shelfRow(e),
		Raw: seen.Raw, Cut: seen.Cut, SHA256: e.SHA256, Version: e.Version, Shelf: under(e.CollectionID, "checked"),
		Appeared: strings.Fields(e.Appeared), History: withQuery("/history", "object", shelf.EntryObject(e.ID))}
	if e.Author != "" {
		p.Facts = append(p.Facts, view.ShelfFact{Name: "Said by", Value: named(e.Author)})
	}
	p.Facts = append(p.Facts, sourceFacts(seen.Source)...)
	if seen.May.Import && shelf.Removable(e, shelf.Removed) == nil {
		p.Remove = entryURL(e.ID) + "/remove"
	}
	if seen.May.Withhold && shelf.Removable(e, shelf.Withheld) == nil {
		p.Withhold = entryURL(e.ID) + "/withhold"
	}
	return p
}

type shelfOffForm struct {
	Version int64  `form:"version" json:"version"`
	Reason  string `form:"reason" json:"reason"`
}

// shelfRemove takes an entry off the shelf.
func (s *Server) shelfRemove(c echo.Context) error {
	return s.shelfOff(c, "Taken off the shelf", s.Shelf.Remove)
}

// shelfWithhold takes an entry down by law.
func (s *Server) shelfWithhold(c echo.Context) error {
	return s.shelfOff(c, "Taken down: its words and bytes are gone", s.Shelf.Withhold)
}

func (s *Server) shelfOff(c echo.Context, notice string, do func(context.Context, auth.Actor, shelf.EntryID, int64,
	string) (shelf.Entry, error)) error {
	n, form, e, err := carryOut(c, "id", func(n shelf.EntryID, f *shelfOffForm) (shelf.Entry, error) {
		return do(c.Request().Context(), actorOf(c), n, f.Version, f.Reason)
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			seen, err := s.desk.ShelfEntry(c.Request().Context(), actorOf(c), n)
			if err != nil {
				return nil, err
			}
			page := s.shelfEntryPage(c, seen)
			page.Wrong, page.Reason = w, form.Reason
			return page, nil
		})
	}
	return s.done(c, entryURL(n), notice, desk.ShelfEntryOf(e))
}

// checkedLater is where a claim's page has what was checked already from; it is not there without a shelf.
func (s *Server) checkedLater(c echo.Context, cl claims.Claim, here string) view.Later {
	if !s.desk.HasShelf(c.Request().Context(), actorOf(c), cl.CollectionID) {
		return view.Later{}
	}
	return laterChecked(cl.ID, here)
}

func laterChecked(n claims.ID, here string) view.Later {
	url := claimURL(n) + "/checked"
	if here != claimURL(n) {
		url = withQuery(url, "back", here)
	}
	return view.Later{ID: "checked-" + itoa(n), URL: url, Title: "Already checked"}
}

// claimChecked shows what others may have checked of a claim: in the panel of its page, or as a page of its own.
func (s *Server) claimChecked(c echo.Context) error {
	n, err := pathID[claims.ID](c, "id")
	if err != nil {
		return err
	}
	seen, err := s.desk.Checked(c.Request().Context(), actorOf(c), n)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, s.checkedPage(c, seen), seen.JSON())
}

var matchStates = map[shelf.MatchState]string{shelf.Proposed: "perhaps the same",
	shelf.Confirmed: "the same, confirmed", shelf.Refused: "not the same"}

func (s *Server) checkedPage(c echo.Context, seen desk.Checked) *view.CheckedPage {
	n := seen.Claim.ID
	back := s.ownPath(c.QueryParam("back"), claimURL(n))
	p := &view.CheckedPage{Shell: s.framed(c, "Checked already of claim "+itoa(n), "Claims", seen.Frame),
		Claim: showHead(seen.Head), Checked: view.Checked{Later: laterChecked(n, back)}}
	for i, b := range seen.Found {
		row := view.CheckedRow{ShelfRow: shelfRow(b.Entry), ID: int64(b.ID), State: matchStates[b.State],
			Version: b.Version, Yes: b.State != shelf.Confirmed, No: b.State != shelf.Refused, First: i == 0}
		for _, k := range b.Keys {
			row.Shared = append(row.Shared, view.SharedKey{Claim: inClaim(k.Query, seen.Claim.Lang, seen.Claim.Dir),
				Passage: inClaim(k.Hit, row.Claim.Lang, row.Claim.Dir), Meaning: k.Kind})
		}
		if seen.Decides {
			row.Decide, row.Back = claimURL(n)+"/checked", back
		}
		p.Checked.Rows = append(p.Checked.Rows, row)
	}
	switch {
	case len(seen.Found) > 0:
		p.Checked.Note = "What others published. It is no evidence: what counts is what you link."
	case seen.Stands:
		p.Checked.Note = "Nothing on the shelf says nearly the same."
	default:
		p.Checked.Note = "Nothing is on the shelf of this collection yet."
	}
	return p
}

type fitForm struct {
	Match   shelf.MatchID    `form:"match" json:"match"`
	Version int64            `form:"version" json:"version"`
	State   shelf.MatchState `form:"state" json:"state"`
	Back    string           `form:"back" json:"-"`
}

// checkedDecide confirms or refuses that a fact-check is of a claim.
func (s *Server) checkedDecide(c echo.Context) error {
	n, form, m, err := carryOut(c, "id", func(n claims.ID, f *fitForm) (shelf.Match, error) {
		return s.Shelf.Decide(c.Request().Context(), actorOf(c), n, f.Match, f.Version, f.State)
	})
	if err != nil {
		return s.claimRefused(c, n, err, nil)
	}
	return s.done(c, s.ownPath(form.Back, claimURL(n)), "It is said: "+matchStates[m.State], desk.DecidedMatchOf(m))
}
