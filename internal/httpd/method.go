package httpd

import (
	"fmt"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
	"claimbench/internal/markdown"
	"claimbench/internal/methods"
)

// methodAsk reads what of a collection's method is asked for.
func methodAsk(c echo.Context) (ask desk.MethodAsk, err error) {
	if ask.In, err = pathID[auth.CollectionID](c, "collection"); err != nil {
		return ask, err
	}
	if ask.N, err = queryID[int](c, "version"); err != nil {
		return ask, err
	}
	ask.Before, err = queryID[int](c, "before")
	return ask, err
}

// method shows how a collection says that it checks.
func (s *Server) method(c echo.Context) error {
	ask, err := methodAsk(c)
	if err != nil {
		return err
	}
	seen, err := s.desk.Method(c.Request().Context(), actorOf(c), ask)
	if err != nil {
		return err
	}
	if wantsJSON(c) {
		return s.either(c, nil, func() desk.Answer { return seen.JSON() })
	}
	page, err := s.methodPage(c, seen)
	if err != nil {
		return err
	}
	return s.either(c, func() view.Page { return page }, nil)
}

func methodURL(in auth.CollectionID, version int) string {
	return withQuery(under(in, "method"), "version", itoa(version))
}

func (s *Server) methodPage(c echo.Context, seen desk.Method) (*view.Method, error) {
	in, v, zone := seen.Frame.In(), seen.Shown, readersZone(c)
	p := &view.Method{Shell: s.framed(c, "Method", "", seen.Frame), Lang: v.Lang, Note: detected(v.Note),
		Old: v.N != seen.InForce, SHA256: v.SHA256}
	if v.N > 0 {
		p.Head = fmt.Sprintf("Version %d, by %s, %s", v.N, seen.Names.Of(v.AuthorID), momentIn(v.AddedAt, zone))
		p.Dir = foreign("", v.Lang, "").Dir
		var err error
		if p.Words, err = markdown.HTML(v.Words); err != nil {
			return nil, err
		}
		p.Scale = showScale(v.Scale())
	}
	for _, x := range seen.Versions {
		p.Versions = append(p.Versions, view.GuidelineRow{Note: detected(x.Note), Here: x.N == v.N,
			Link: view.Link{URL: methodURL(in, x.N), Word: "Version " + itoa(x.N)},
			By:   seen.Names.Of(x.AuthorID) + ", " + momentIn(x.AddedAt, zone)})
	}
	if seen.More > 0 {
		p.More = withQuery(under(in, "method"), "before", itoa(seen.More))
	}
	if seen.Writes {
		scale := v.Scale()
		if v.N == 0 {
			scale = methods.Usual()
		}
		p.Form = &view.MethodForm{URL: under(in, "method"), Words: v.Words, Lang: v.Lang, Opened: seen.InForce,
			Steps: showScale(scale)}
	}
	return p, nil
}

// showScale is a scale for people.
func showScale(all methods.Scale) (out []view.ScaleStep) {
	for _, s := range all {
		out = append(out, view.ScaleStep{Name: s.Name, Word: view.Phrase(s.Word()), Verdict: s.Verdict(),
			Means: detected(s.Means), Rating: s.Rating})
	}
	return out
}

// methodForm is a new version on its way. Of and Means are two lists side by side: a step, and what it means.
type methodForm struct {
	Words  string   `form:"words" json:"words"`
	Lang   string   `form:"lang" json:"lang"`
	Note   string   `form:"note" json:"note"`
	Of     []string `form:"of" json:"of"`
	Means  []string `form:"means" json:"means"`
	Opened int      `form:"opened" json:"opened"`
}

func (f *methodForm) draft() (d methods.Draft, err error) {
	d = methods.Draft{Words: f.Words, Lang: f.Lang, Note: f.Note, Opened: f.Opened}
	if len(f.Of) != len(f.Means) || len(f.Of) > len(methods.Usual()) {
		return d, fault.New(fault.Invalid, "Name each verdict and reason once, in “of”, and say in “means”, in the "+
			"same order, what it means.").With("means", "There are as many meanings as names.")
	}
	for i, name := range f.Of {
		d.Scale = append(d.Scale, methods.Step{Name: name, Means: f.Means[i]})
	}
	return d, nil
}

// methodSet puts a new version in force.
func (s *Server) methodSet(c echo.Context) error {
	n, form, v, err := carryOut(c, "collection", func(n auth.CollectionID, f *methodForm) (methods.Version, error) {
		d, err := f.draft()
		if err != nil {
			return methods.Version{}, err
		}
		return s.Methods.Set(c.Request().Context(), actorOf(c), n, d)
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			seen, err := s.desk.Method(c.Request().Context(), actorOf(c), desk.MethodAsk{In: n})
			if err != nil {
				return nil, err
			}
			page, err := s.methodPage(c, seen)
			return filled(page, err, func(p *view.Method) {
				p.Wrong, p.Form = w, p.Form.Again(form.Opened, typedMethod(form))
			})
		})
	}
	return s.done(c, under(n, "method"), fmt.Sprintf("Version %d is in force", v.N), desk.MethodOf(v))
}

// typedMethod is what was typed of a version that was refused.
func typedMethod(f methodForm) view.MethodForm {
	out := view.MethodForm{Words: f.Words, Lang: f.Lang, Note: f.Note}
	steps := showScale(methods.Usual())
	for i := range steps {
		for k, name := range f.Of {
			if name == steps[i].Name && k < len(f.Means) {
				steps[i].Means = detected(f.Means[k])
			}
		}
	}
	out.Steps = steps
	return out
}
