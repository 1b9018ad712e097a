package httpd

import (
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
	"claimbench/internal/notices"
)

// notices lists what the person who asks was told.
func (s *Server) notices(c echo.Context) error {
	before, err := queryName[notices.Name](c, "before")
	if err != nil {
		return err
	}
	seen, err := s.desk.Notices(c.Request().Context(), actorOf(c), before)
	if err != nil {
		return err
	}
	return s.either(c, func() view.Page { return s.noticesPage(c, seen) }, func() desk.Answer { return seen.JSON() })
}

func (s *Server) noticesPage(c echo.Context, seen desk.Notices) *view.Notices {
	p := &view.Notices{Shell: s.framed(c, "Notices", "", seen.Frame), ReadURL: "/notices/read",
		AllURL: "/notices/read-all"}
	for _, n := range seen.List {
		who, did := n.Did(seen.Names)
		row := view.NoticeRow{Name: string(n.Public), Who: named(who), Says: did, Said: detected(n.Words),
			At: moment(n.ToldAt), New: n.ReadAt == nil, Link: view.Link{URL: n.Place(), Word: "Article"}}
		if who == "" {
			row.Says = view.Phrase(did)
		}
		if strings.HasPrefix(n.Ref, "claimset:") {
			row.Link.Word = "Claim set"
		}
		if strings.HasPrefix(n.Ref, "alarms:") {
			row.Link.Word = "Claim sets"
		}
		if strings.HasPrefix(n.Ref, "erasure:") {
			row.Link.Word = "Erasures"
		}
		if strings.HasPrefix(n.Ref, "collection:") {
			row.Link.Word = "Queue"
		}
		if n.Claim != nil {
			row.Link.Word = "Claim " + itoa(n.Claim.ID)
			row.Words = statementOf(*n.Claim)
		}
		p.Rows = append(p.Rows, row)
	}
	if len(seen.List) > 0 && seen.Frame.Unread > 0 {
		p.Newest = string(seen.List[0].Public)
	}
	if seen.Next != "" {
		p.More = withQuery("/notices", "before", string(seen.Next))
	}
	return p
}

type noticeForm struct {
	Notice notices.Name `form:"notice" json:"notice" validate:"required"`
}

// noticeRead says that one notice is read.
func (s *Server) noticeRead(c echo.Context) error {
	var form noticeForm
	err := bind(c, &form)
	var n notices.Notice
	if err == nil {
		n, err = s.Notices.Read(c.Request().Context(), actorOf(c), form.Notice)
	}
	if err != nil {
		return err
	}
	return s.done(c, "/notices", "Marked as read", desk.NoticeOf(desk.NoticeSeen{Notice: n}, nil))
}

type mentionForm struct {
	Comment notices.Name `form:"comment" json:"comment" validate:"required"`
}

// noticeReadMention says that a comment was read in which the person was mentioned: notices.ts, where a claim was
// opened at it.
func (s *Server) noticeReadMention(c echo.Context) error {
	var form mentionForm
	err := bind(c, &form)
	var first bool
	if err == nil {
		first, err = s.Notices.ReadMention(c.Request().Context(), actorOf(c), form.Comment)
	}
	if err != nil {
		return err
	}
	done := "mention_read"
	if !first {
		done = "no_notice_of_it"
	}
	return s.done(c, "/notices", "Marked as read", desk.DoneJSON{Done: done})
}

// noticesReadAll says that all notices up to one are read.
func (s *Server) noticesReadAll(c echo.Context) error {
	var form noticeForm
	err := bind(c, &form)
	if err == nil {
		err = s.Notices.ReadAll(c.Request().Context(), actorOf(c), form.Notice)
	}
	if err != nil {
		return err
	}
	return s.done(c, "/notices", "All of these are marked as read", desk.DoneJSON{Done: "notices_read"})
}
