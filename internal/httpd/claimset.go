package httpd

import (
	"context"
	"fmt"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
	"claimbench/internal/httpd/view"
)

func setURL(n claimset.ID) string { return "/sets/" + itoa(n) }

// claimsets lists the claim sets of a collection.
func (s *Server) claimsets(c echo.Context) error {
	n, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	page, all, err := s.claimsetsPage(c, n)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, all)
}

func (s *Server) claimsetsPage(c echo.Context, n auth.CollectionID) (*view.Claimsets, []claimset.Set, error) {
	ctx, actor := c.Request().Context(), actorOf(c)
	col, err := s.collection(c, n)
	if err != nil {
		return nil, nil, err
	}
	all, err := s.Sets.List(ctx, actor, n)
	if err != nil {
		return nil, nil, err
	}
	page := &view.Claimsets{Shell: s.shell(c, "Claim sets", "Claim sets", col),
		Empty: &view.Empty{So: "There is no claim set yet.",
			Next: "An editor starts one from approved claims, then freezes it: from then on it never changes."}}
	for _, set := range all {
		row := view.SetRow{URL: setURL(set.ID), Title: set.Title, N: set.N, State: view.Code(set.State)}
		if set.FrozenAt != nil {
			row.Frozen = moment(*set.FrozenAt)
		}
		page.Rows = append(page.Rows, row)
	}
	if s.Policy.Allows(actor, auth.ThingClaimSet, auth.Write, n) {
		page.Create = under(n, "sets")
	}
	return page, all, nil
}

// claimsetCreate starts a draft.
func (s *Server) claimsetCreate(c echo.Context) error {
	n, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	var form struct {
		Title string `form:"title" json:"title"`
	}
	var set claimset.Set
	if err = bind(c, &form); err == nil {
		set, err = s.Sets.Create(c.Request().Context(), actorOf(c), n, form.Title)
	}
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.claimsetsPage(c, n)
			if page != nil {
				page.Wrong, page.Title = w, form.Title
			}
			return page, err
		})
	}
	return s.done(c, setURL(set.ID)+"/build", "Set started; add approved claims", set)
}

// claimset shows one set, a draft or a frozen one.
func (s *Server) claimset(c echo.Context) error {
	n, err := pathID[claimset.ID](c, "id")
	if err != nil {
		return err
	}
	page, data, err := s.claimsetPage(c, n)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, data)
}

func (s *Server) claimsetPage(c echo.Context, n claimset.ID) (*view.Claimset, claimset.Opened, error) {
	ctx, actor := c.Request().Context(), actorOf(c)
	o, err := s.Sets.Get(ctx, actor, n)
	if err != nil {
		return nil, o, err
	}
	col, err := s.collection(c, o.CollectionID)
	if err != nil {
		return nil, o, err
	}
	p := &view.Claimset{Shell: s.shell(c, o.Title, "Claim sets", col), ID: int64(o.ID), Title: o.Title, N: o.N,
		State: view.Code(o.State), Version: o.Version, ListURL: under(o.CollectionID, "sets"),
		HistoryPage: withQuery("/history", "object", claimset.Object(o.ID))}
	if o.Supersedes != nil {
		p.Supersedes = &view.Link{URL: setURL(*o.Supersedes), Word: "version " + itoa(o.N-1)}
	}
	if o.SupersededBy != nil {
		p.Replaced = &view.Link{URL: setURL(o.SupersededBy.ID), Word: "version " + itoa(o.SupersededBy.N)}
	}
	if o.State == claimset.Draft {
		if p.Rows, err = s.claimRows(ctx, actor, o.Claims); err != nil {
			return nil, o, err
		}
		s.draftSet(actor, p, o)
	} else if err := s.frozenSet(ctx, actor, p, o); err != nil {
		return nil, o, err
	}
	countSet(p)
	return p, o, nil
}

// draftSet adds what an editor may do with a draft.
func (s *Server) draftSet(actor auth.Actor, p *view.Claimset, o claimset.Opened) {
	may := func(a auth.Action) bool { return s.Policy.Allows(actor, auth.ThingClaimSet, a, o.CollectionID) }
	url := setURL(o.ID)
	p.Empty = &view.Empty{So: "No claim is in this set yet.",
		Next: "Add approved claims; a frozen set holds no others."}
	if may(auth.Write) {
		p.BuildURL, p.Remove = url+"/build", url+"/claims/remove"
		p.Empty.URL, p.Empty.Act = p.BuildURL, "Add claims"
	}
	if !may(auth.Freeze) {
		return
	}
	p.Freeze, p.CanFreeze = url+"/freeze", len(o.Claims) > 0
	p.FreezeWhy = "An empty set cannot be frozen. Add a claim first."
	for _, cl := range o.Claims {
		if cl.State != claims.Approved {
			p.CanFreeze, p.FreezeWhy = false,
				fmt.Sprintf("Claim %d is %s. Only approved claims go into a frozen set: take it out, or approve it.",
					cl.ID, cl.State.Word())
		}
	}
}

// frozenSet adds a frozen set's claims as they were frozen, whether they still are, and the exports.
func (s *Server) frozenSet(ctx context.Context, actor auth.Actor, p *view.Claimset, o claimset.Opened) error {
	url := setURL(o.ID)
	for _, e := range o.Entries {
		p.Rows = append(p.Rows, entryRow(e))
	}
	var frozenBy []auth.UserID
	if o.FrozenBy != nil {
		frozenBy = append(frozenBy, *o.FrozenBy)
	}
	who, err := s.names(ctx, frozenBy...)
	if err != nil {
		return err
	}
	if o.FrozenAt != nil && o.FrozenBy != nil {
		p.FrozenNote = moment(*o.FrozenAt) + ", by " + who(*o.FrozenBy)
	}
	p.SHA256 = o.SHA256
	if o.Intact {
		p.Checked = fmt.Sprintf(
			"Checked %s: the %s, their evidence and their decisions are the ones frozen", clock(s.DB.Now()),
			many(len(o.Entries), "claim", "claims"))
		if at := o.Position; at != nil {
			p.Checked += " at event " + grouped(at.FrozenSeq)
			if at.Checkpoint != nil {
				p.Checked += ", under the checkpoint of " + grouped(at.Checkpoint.Size) + " events"
			}
		}
		p.Checked += "."
	} else {
		p.Wrong = view.Wrong{"": "This set is not what was frozen: its hash differs. Verify the history before you " +
			"use it."}
	}
	if s.Policy.Allows(actor, auth.ThingClaimSet, auth.Export, o.CollectionID) {
		p.ExportURL, p.Formats = url+"/export", claimset.Formats()
		p.Command = "workbench export --set " + itoa(o.ID) + " --format json --as " + actor.Name
	}
	if s.Policy.Allows(actor, auth.ThingClaimSet, auth.Write, o.CollectionID) && o.SupersededBy == nil {
		p.Correct = url + "/correct"
	}
	return nil
}

// entryRow is a claim as it was frozen.
func entryRow(e claimset.Entry) view.ClaimRow {
	row := view.ClaimRow{ID: int64(e.Claim), URL: claimURL(e.Claim), Verdict: view.Verdict(e.Verdict),
		Reason: view.Code(e.Reason), State: "approved", Statement: foreign(e.Statement, e.Lang, e.Dir),
		Source: sourceName(e.Article.Source)}
	for _, g := range e.Glosses {
		if g.Lang == "en" {
			row.Gloss = g.Words
		}
	}
	counts := map[evidence.Stance]int{}
	for _, x := range e.Evidence {
		counts[x.Stance]++
	}
	row.Evidence = tally(counts)
	return row
}

// countSet draws how many claims have each verdict.
func countSet(p *view.Claimset) {
	counts := map[view.Verdict]int{}
	for _, row := range p.Rows {
		counts[row.Verdict]++
	}
	words := ""
	for _, v := range []view.Verdict{view.Corroborated, view.Disputed, view.Unverified, view.Unreviewed} {
		if counts[v] == 0 {
			continue
		}
		p.Counts = append(p.Counts, view.Count{Verdict: v, N: counts[v]})
		if words != "" {
			words += ", "
		}
		words += grouped(counts[v]) + " " + string(v)
	}
	p.Meter, p.MeterWords = view.NewMeter(counts[view.Corroborated], counts[view.Disputed], counts[view.Unverified]),
		words
}

// claimsetBuild lists approved claims that can be added to a draft, by filter.
func (s *Server) claimsetBuild(c echo.Context) error {
	n, err := pathID[claimset.ID](c, "id")
	if err != nil {
		return err
	}
	page, list, err := s.buildPage(c, n)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, list)
}

func (s *Server) buildPage(c echo.Context, n claimset.ID) (*view.ClaimsetBuild, claims.Page, error) {
	ctx, actor := c.Request().Context(), actorOf(c)
	o, err := s.Sets.Get(ctx, actor, n)
	if err != nil {
		return nil, claims.Page{}, err
	}
	col, err := s.collection(c, o.CollectionID)
	if err != nil {
		return nil, claims.Page{}, err
	}
	f, err := claimFilter(c, o.CollectionID)
	if err != nil {
		return nil, claims.Page{}, err
	}
	f.State = claims.Approved
	list, err := s.Claims.List(ctx, actor, f)
	if err != nil {
		return nil, list, err
	}
	url := setURL(n)
	p := &view.ClaimsetBuild{Shell: s.shell(c, "Add claims to "+o.Title, "Claim sets", col), ID: int64(n),
		Title: o.Title, Add: url + "/claims", Back: url, Version: o.Version, Count: capped(list.Count,
			claims.CountCap) + " approved claims fit"}
	if p.Filter, err = s.filterForm(ctx, actor, f, url+"/build"); err != nil {
		return nil, list, err
	}
	p.Filter.State = nil
	in := map[claims.ID]bool{}
	for _, cl := range o.Claims {
		in[cl.ID] = true
	}
	rest := make([]claims.Claim, 0, len(list.Claims))
	for _, cl := range list.Claims {
		if !in[cl.ID] {
			rest = append(rest, cl)
		}
	}
	if p.Rows, err = s.claimRows(ctx, actor, rest); err != nil {
		return nil, list, err
	}
	if list.Next != 0 {
		p.More = url + "/build?" + filterQuery(f, list.Next)
	}
	p.Empty = &view.Empty{So: "No other approved claim fits.",
		Next: "Decided claims are approved in the queue; then they can be added.",
		URL:  withQuery(under(o.CollectionID, "queue"), "tab", "approve"), Act: "Ready to approve"}
	return p, list, nil
}

type setForm struct {
	Claims  []claims.ID `form:"claim" json:"claims"`
	Version int64       `form:"version" json:"version"`
	Title   string      `form:"title" json:"title"`
}

// changeSet runs one change of a draft and shows the set, with what is wrong if it was refused.
func (s *Server) changeSet(c echo.Context, notice string, do func(claimset.ID, setForm) (claimset.Set, error)) error {
	n, err := pathID[claimset.ID](c, "id")
	if err != nil {
		return err
	}
	var form setForm
	var set claimset.Set
	if err = bind(c, &form); err == nil {
		set, err = do(n, form)
	}
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.claimsetPage(c, n)
			if page != nil {
				page.Wrong = w
			}
			return page, err
		})
	}
	return s.done(c, setURL(set.ID), notice, set)
}

// claimsetAdd adds approved claims to a draft.
func (s *Server) claimsetAdd(c echo.Context) error {
	return s.changeSet(c, "Claims added", func(n claimset.ID, f setForm) (claimset.Set, error) {
		return s.Sets.Add(c.Request().Context(), actorOf(c), n, f.Version, f.Claims)
	})
}

// claimsetRemove takes claims out of a draft.
func (s *Server) claimsetRemove(c echo.Context) error {
	return s.changeSet(c, "Claims taken out", func(n claimset.ID, f setForm) (claimset.Set, error) {
		return s.Sets.Remove(c.Request().Context(), actorOf(c), n, f.Version, f.Claims)
	})
}

// claimsetRename changes a draft's title.
func (s *Server) claimsetRename(c echo.Context) error {
	return s.changeSet(c, "Title changed", func(n claimset.ID, f setForm) (claimset.Set, error) {
		return s.Sets.Rename(c.Request().Context(), actorOf(c), n, f.Version, f.Title)
	})
}

// claimsetFreeze freezes a draft for good.
func (s *Server) claimsetFreeze(c echo.Context) error {
	return s.changeSet(c, "Frozen: this set never changes", func(n claimset.ID, f setForm) (claimset.Set, error) {
		return s.Sets.Freeze(c.Request().Context(), actorOf(c), n, f.Version)
	})
}

// claimsetCorrect starts the next version of a frozen set.
func (s *Server) claimsetCorrect(c echo.Context) error {
	return s.changeSet(c, "The next version is a draft", func(n claimset.ID, _ setForm) (claimset.Set, error) {
		return s.Sets.Correct(c.Request().Context(), actorOf(c), n)
	})
}

// claimsetExport streams a frozen set as a file; the history notes it first.
func (s *Server) claimsetExport(c echo.Context) error {
	n, err := pathID[claimset.ID](c, "id")
	if err != nil {
		return err
	}
	var form struct {
		Format string `form:"format" json:"format"`
		BOM    bool   `form:"bom" json:"bom"`
	}
	if err := bind(c, &form); err != nil {
		return err
	}
	ctx, actor := c.Request().Context(), actorOf(c)
	kind, err := claimset.FormatOf(form.Format)
	if err != nil {
		return err
	}
	o := claimset.Options{Format: kind.Name, BOM: form.BOM && kind.BOM} // the box stands beside every format
	set, err := s.Sets.Record(ctx, actor, n, o)
	if err != nil {
		return err
	}
	f := file{kind: kind.Media, name: fmt.Sprintf("claim-set-%d-version-%d.%s", set.ID, set.N, kind.Ending)}
	return s.download(c, f, func(ctx context.Context, w io.Writer) error {
		return s.Sets.Export(ctx, actor, n, w, o)
	})
}
