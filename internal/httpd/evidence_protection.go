package httpd

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
)

// evidenceProtection shows an editor whose source is protected, why, and who may read it.
func (s *Server) evidenceProtection(c echo.Context) error {
	page, seen, err := s.protectionPage(c)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

func (s *Server) protectionPage(c echo.Context) (*view.EvidenceProtection, desk.Protecting, error) {
	n, err := pathID[evidence.ID](c, "id")
	if err != nil {
		return nil, desk.Protecting{}, err
	}
	seen, err := s.desk.Protecting(c.Request().Context(), actorOf(c), n)
	if err != nil {
		return nil, seen, err
	}
	url := "/evidence/" + itoa(n) + "/"
	p := &view.EvidenceProtection{Shell: s.framed(c, "Source of evidence "+itoa(n), "Queue", seen.Frame),
		Claim: view.Link{URL: claimURL(seen.Claim.ID), Word: "Claim " + itoa(seen.Claim.ID)},
		Item:  showEvidence([]evidence.Shown{seen.Item}, seen.Names, false)[0], Version: seen.Item.Version}
	p.Item.ProtectURL, p.Item.Linked = "", ""
	switch {
	case seen.Item.Protected != "":
		p.LiftURL, p.NameURL, p.RemoveURL = url+"protection/lift", url+"readers", url+"readers/remove"
	case seen.Why != nil:
		p.Cannot = fault.Message(seen.Why)
	default:
		p.ProtectURL = url + "protection"
	}
	for _, o := range seen.Also {
		word := "Evidence #" + itoa(o.ID) + " of claim " + itoa(o.ClaimID)
		if o.UnlinkedAt != nil {
			word += ", unlinked"
		}
		p.Also = append(p.Also, view.Link{URL: claimURL(o.ClaimID), Word: word})
	}
	p.Readers, p.Members = namedReaders(seen.Readers), nameable(seen.Members)
	return p, seen, nil
}

// evidenceProtect protects the source of an item.
func (s *Server) evidenceProtect(c echo.Context) error {
	n, form, _, err := carryOut(c, "id", func(n evidence.ID, f *versionForm) (evidence.Item, error) {
		return s.Evidence.Protect(c.Request().Context(), actorOf(c), n, f.Version, f.Reason)
	})
	return s.protectionDone(c, n, "The source is protected", form.Reason, err)
}

// evidenceUnprotect shows the source of an item to everybody again.
func (s *Server) evidenceUnprotect(c echo.Context) error {
	n, _, _, err := carryOut(c, "id", func(n evidence.ID, f *versionForm) (evidence.Item, error) {
		return s.Evidence.Unprotect(c.Request().Context(), actorOf(c), n, f.Version)
	})
	return s.protectionDone(c, n, "The source is protected no more", "", err)
}

// protectionDone answers a deed on a protected source. What is protected is not in the answer, nor who linked it.
func (s *Server) protectionDone(c echo.Context, n evidence.ID, notice, reason string, err error) error {
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.protectionPage(c)
			return filled(page, err, func(p *view.EvidenceProtection) { p.Wrong, p.Reason = w, reason })
		})
	}
	it, err := s.desk.Item(c.Request().Context(), actorOf(c), n)
	if err != nil {
		return err
	}
	return s.done(c, "/evidence/"+itoa(n)+"/protection", notice, it)
}

type readerForm struct {
	User string `form:"user" json:"user"` // the name they sign in with
}

// evidenceReader names a reviewer who may read a protected source.
func (s *Server) evidenceReader(c echo.Context) error {
	return s.nameReader(c, true, "They see the source now")
}

// evidenceReaderRemove takes that back.
func (s *Server) evidenceReaderRemove(c echo.Context) error {
	return s.nameReader(c, false, "They do not see the source any more")
}

func (s *Server) nameReader(c echo.Context, is bool, notice string) error {
	n, _, _, err := carryOut(c, "id", func(n evidence.ID, f *readerForm) (it evidence.Item, err error) {
		seen, err := s.desk.Protecting(c.Request().Context(), actorOf(c), n)
		if err != nil {
			return it, err
		}
		who := personAmong(f.User, seen.Members, seen.Readers)
		return s.Evidence.NameReader(c.Request().Context(), actorOf(c), n, who, is)
	})
	return s.protectionDone(c, n, notice, "", err)
}

// personAmong finds a person by the name they sign in with; -1 is nobody.
func personAmong(name string, lists ...[]auth.Person) auth.UserID {
	for _, all := range lists {
		for _, p := range all {
			if p.Name == name {
				return p.ID
			}
		}
	}
	return -1
}
