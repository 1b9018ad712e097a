package httpd

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/desk"
	"claimbench/internal/once"
)

// A request that is sent again under its key is answered as it was the first time: the same status; a browser is led to
// the same page, a program gets an answer of the same shape. An answer without words was kept and is sent again. One
// with words was not: its object is read anew, under the rights held now, at the address that was kept. What stands
// there behind a # says which part of that page the answer was: #/claim/glosses/lang=fa.

// did answers a program that something was done, and keeps what a second sending is answered by.
func (s *Server) did(c echo.Context, status int, next string, data desk.Answer) error {
	c.Set(addressKey, readAt(c, next, data))
	if plain := desk.PlainOf(data); plain != nil {
		raw, err := written(plain)
		if err != nil {
			return err
		}
		c.Set(answerKey, string(raw))
	}
	return s.program(c, status, data)
}

// readAt is where the object of an answer is read anew.
func readAt(c echo.Context, next string, data desk.Answer) string {
	in := "/collections/" + c.Param("collection")
	switch d := data.(type) {
	case desk.BatchJSON:
		return withQuery(batchURL(d.ID), "act", string(d.Act))
	case desk.ClaimJSON:
		return claimURL(d.ID) + "#/claim"
	case desk.CollectionJSON:
		return under(d.ID, "rules")
	case desk.CommentJSON:
		return ownPage(c.Request().URL.Path) + "#/comments/items/id=" + string(d.ID)
	case desk.DraftJSON:
		return fmt.Sprintf("/drafts#/items/claim=%d,form=%s", d.Claim, d.Form)
	case desk.MachineImportedJSON:
		return next
	case desk.ArrivedJSON, desk.AskedJSON, desk.FoundJSON, desk.Job:
		return next
	case desk.DeliveryJSON:
		return fmt.Sprintf("%s?before=%d#/deliveries/items/number=%d", ownPage(c.Request().URL.Path), d.Number+1,
			d.Number)
	case desk.ExtractedJSON:
		if d.Job != nil {
			return next
		}
	case desk.GapJSON:
		return fmt.Sprintf("%s/guidelines#/gaps/items/id=%d", in, d.ID)
	case desk.GlossJSON:
		return ownPage(c.Request().URL.Path) + "#/claim/glosses/lang=" + d.Lang
	case desk.GuidelineJSON:
		return fmt.Sprintf("%s/guidelines?version=%d#/shown", in, d.N)
	case desk.NoticeJSON:
		return "/notices#/notices/items/id=" + string(d.ID)
	case desk.RequestFormJSON:
		return c.Request().URL.Path
	case desk.QuestionJSON:
		return ownPage(c.Request().URL.Path) + "#/rounds/items/*/questions/items/question=" + string(d.Question)
	case desk.Source:
		return fmt.Sprintf("/sources#/items/id=%d", d.ID)
	case desk.SourceRating:
		return fmt.Sprintf("/sources#/items/id=%s/ratings/collection=%d", c.Param("id"), d.Collection)
	}
	if again, special := rereadAt(c, data); special {
		return again
	}
	return ownPage(c.Request().URL.Path)
}

// answerAgain answers a request that was done before. The right to do it is asked again, of the object's own
// collection. A download is made anew: no page stands for a file, and the history notes that it left once more.
func (s *Server) answerAgain(c echo.Context, r route, next echo.HandlerFunc, o once.Outcome) error {
	if err := s.stillMay(c, r); err != nil {
		return err
	}
	if r.access.streams {
		c.Response().Header().Set(replayedHeader, "true")
		return next(c)
	}
	return s.replay(c, o)
}

// stillMay asks the route's permission in the collection of the object that the path names. Where the path names the
// collection, or the object is of none, guard has asked.
func (s *Server) stillMay(c echo.Context, r route) error {
	kind, _, _ := strings.Cut(strings.TrimPrefix(c.Path(), "/"), "/")
	n, err := strconv.ParseInt(c.Param("id"), 10, 64)
	if err != nil || r.access.thing == "" || c.Param("collection") != "" {
		return nil
	}
	in, err := s.desk.Whose(c.Request().Context(), actorOf(c), kind, n)
	if err != nil || in == 0 {
		return err
	}
	return s.mayIn(actorOf(c), r.access, in)
}

// replay answers a request that was done before. An object is read as it is now, by opening its page as the same
// person, which asks again whether they may read it.
func (s *Server) replay(c echo.Context, o once.Outcome) error {
	address := firstWord(o.Address, ownPage(c.Request().URL.Path))
	notice, told := "This was saved before; nothing was done twice", "true"
	if o.Status == 0 {
		notice, told = "This was saved before, and its answer was lost. Look whether all of it is here", "answer lost"
	}
	c.Response().Header().Set(replayedHeader, told)
	if !wantsJSON(c) {
		bare, _, _ := strings.Cut(address, "#/")
		return s.lead(c, bare, notice)
	}
	if o.Status == http.StatusAccepted {
		bare, _, _ := strings.Cut(address, "#")
		c.Response().Header().Set(echo.HeaderLocation, bare)
	}
	status := max(o.Status, http.StatusOK)
	if o.Answer != "" && !strings.HasSuffix(address, aRevision) {
		return s.body(c, status, echo.MIMEApplicationJSON, []byte(o.Answer))
	}
	switch data, found, err := s.reread(c, address, o.Answer); {
	case err != nil:
		return err
	case found:
		return s.program(c, status, data)
	}
	page, part, _ := strings.Cut(address, "#")
	got, err := s.opened(c, page)
	if err != nil {
		return err
	}
	if got.status != http.StatusOK {
		return c.Blob(got.status, got.header.Get(echo.HeaderContentType), got.Bytes())
	}
	return s.body(c, status, echo.MIMEApplicationJSON, partOf(got.Bytes(), part))
}

// page is an answer of our own, read as the person who asked.
type page struct {
	bytes.Buffer
	header http.Header
	status int
}

// Header is as of http.ResponseWriter.
func (p *page) Header() http.Header { return p.header }

// WriteHeader is as of http.ResponseWriter.
func (p *page) WriteHeader(status int) { p.status = status }

// opened reads a page of ours as the same person. Nobody looks at it: no notice is taken away by it.
func (s *Server) opened(c echo.Context, address string) (*page, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	again := c.Request().Clone(c.Request().Context())
	again.Method, again.URL, again.RequestURI = get, u, u.RequestURI()
	again.Body, again.ContentLength, again.Form, again.PostForm, again.MultipartForm = http.NoBody, 0, nil, nil, nil
	again.Header.Del(echo.HeaderContentType)
	again.Header.Del(echo.HeaderAcceptEncoding)
	again.Header.Set("Purpose", "prefetch")
	got := &page{header: http.Header{}, status: http.StatusOK}
	s.echo.ServeHTTP(got, again)
	return got, nil
}

// partOf is the part of an answer to which a path leads: /name into a member, /name=value,… to the element of a list
// that has these, /* to the first element in which the rest is found. Where it leads nowhere, since what was there is
// gone or on a later page, it is the whole.
func partOf(raw []byte, path string) []byte {
	path, found := strings.CutPrefix(path, "/")
	if !found {
		return raw
	}
	if part := follow(raw, strings.Split(path, "/")); part != nil {
		return append(slices.Clone(part), '\n')
	}
	return raw
}

func follow(raw json.RawMessage, path []string) json.RawMessage {
	if len(path) == 0 {
		return raw
	}
	var object map[string]json.RawMessage
	if json.Unmarshal(raw, &object) == nil {
		if next, there := object[path[0]]; there {
			return follow(next, path[1:])
		}
		return nil
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		return nil
	}
	for _, one := range list {
		if path[0] != "*" && !hasAll(one, path[0]) {
			continue
		}
		if got := follow(one, path[1:]); got != nil {
			return got
		}
	}
	return nil
}

// hasAll says whether an object has all of name=value,…; a member that is left out has the value "".
func hasAll(raw json.RawMessage, pairs string) bool {
	var object map[string]json.RawMessage
	if json.Unmarshal(raw, &object) != nil {
		return false
	}
	for pair := range strings.SplitSeq(pairs, ",") {
		name, want, _ := strings.Cut(pair, "=")
		if strings.Trim(string(object[name]), `"`) != want {
			return false
		}
	}
	return true
}

// ownPage is the page of what a form's address acts on: /claims/42 of /claims/42/comments.
func ownPage(path string) string {
	parts := strings.SplitN(path, "/", 4)
	if len(parts) < 3 || parts[1] == "evidence" {
		return "/"
	}
	if parts[1] == "collections" {
		return "/collections"
	}
	return strings.Join(parts[:3], "/")
}
