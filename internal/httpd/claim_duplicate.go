package httpd

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
)

// sameLater is where a claim's page has the claims that may say the same from.
func sameLater(n claims.ID) view.Later {
	return view.Later{ID: "same-" + itoa(n), URL: claimURL(n) + "/duplicates", Title: "Perhaps there already"}
}

// claimDuplicates shows the claims that may say the same as one: in the panel of its page, which asks for it by itself,
// or as a page of its own.
func (s *Server) claimDuplicates(c echo.Context) error {
	n, err := pathID[claims.ID](c, "id")
	if err != nil {
		return err
	}
	seen, err := s.desk.Same(c.Request().Context(), actorOf(c), n)
	if err != nil {
		return err
	}
	page := &view.ClaimDuplicates{Shell: s.framed(c, "Claims like "+itoa(n), "Claims", seen.Frame),
		Claim: showHead(seen.Head), Same: view.Same{Later: sameLater(n),
			Duplicates: showDuplicates(seen.Claim, seen.Duplicates, seen.Names)}}
	s.keywording(c).alike(page.Same.Duplicates)
	switch {
	case seen.Behind:
		page.Same.Note = "Not all articles are searched yet. Reload the page in a moment."
	case len(seen.Duplicates) == 0:
		page.Same.Note = "No other claim of this collection was found to say the same."
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

// showDuplicates are the claims that may say the same as one, with what becomes of each when they are merged.
func showDuplicates(c claims.Claim, all []evidence.Duplicate, names desk.Names) []view.Duplicate {
	var out []view.Duplicate
	for i, d := range all {
		o := d.Other
		v := view.Duplicate{Claim: view.Link{URL: claimURL(o.ID), Word: "claim " + itoa(o.ID)},
			Verdict: view.VerdictOf(o.State, o.Verdict), State: view.Code(o.State),
			Statement: statementOf(o), Proposed: int64(c.ID), Other: int64(o.ID), First: i == 0,
			By:        byMachines(names, d.By),
			RefuseURL: claimURL(c.ID) + "/duplicates/refuse"}
		if len(o.Glosses) > 0 {
			v.Gloss = foreign(o.Glosses[0].Words, o.Glosses[0].Lang, "")
		}
		for _, k := range d.Keys {
			v.Shared = append(v.Shared, view.SharedKey{Claim: inClaim(k.Query, c.Lang, c.Dir),
				Passage: inClaim(k.Hit, o.Lang, o.Dir), Meaning: k.Kind})
		}
		kept, gone := c, o
		if d.Kept == o.ID {
			kept, gone = o, c
		}
		v.Stays = "claim " + itoa(kept.ID) + " stays"
		if d.Why != nil {
			v.Why = fault.Message(d.Why)
		} else {
			v.MergeURL, v.Into, v.Version = claimURL(gone.ID)+"/merge", fmt.Sprintf("%d:%d", kept.ID,
				kept.WordsVersion), gone.Version
		}
		out = append(out, v)
	}
	return out
}

type duplicateRefuseForm struct {
	Other  claims.ID `form:"other" json:"other"`
	Reason string    `form:"reason" json:"reason"`
}

// claimDuplicateRefuse records that two claims proposed as one are two; the pair is not proposed again.
func (s *Server) claimDuplicateRefuse(c echo.Context) error {
	n, form, _, err := carryOut(c, "id", func(n claims.ID, f *duplicateRefuseForm) (claims.DuplicateRefusal, error) {
		return s.Claims.RefuseDuplicate(c.Request().Context(), actorOf(c), n, f.Other, f.Reason)
	})
	if err != nil {
		return s.claimRefused(c, n, err, nil)
	}
	return s.done(c, claimURL(n), "Claims "+itoa(n)+" and "+itoa(form.Other)+" stay two",
		desk.DuplicateRefusedJSON{Claim: n, NotSameAs: form.Other})
}
