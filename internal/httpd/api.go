package httpd

import (
	_ "embed"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"

	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
	"claimbench/internal/markdown"
)

// OpenAPI is the document for programs, OpenAPI 3.0.3 as JSON: of each route what it takes and gives. It is made from
// the table of routes and the Go types by TestTheDocumentIsMadeFromTheTable -update, and lies in the program as made.
//
//go:embed openapi.json
var OpenAPI []byte

// apiDocument is as much of the document as its pages show.
type apiDocument struct {
	Info struct {
		Description string `json:"description"`
	} `json:"info"`
	Paths      map[string]map[string]apiAct `json:"paths"`
	Components struct {
		Schemas    map[string]apiSchema `json:"schemas"`
		Parameters map[string]apiParam  `json:"parameters"`
	} `json:"components"`
}

type apiAct struct {
	ID          string     `json:"operationId"`
	Tags        []string   `json:"tags"`
	Summary     string     `json:"summary"`
	Description string     `json:"description"`
	Parameters  []apiParam `json:"parameters"`
	RequestBody struct {
		Content apiContent `json:"content"`
	} `json:"requestBody"`
	Responses map[string]struct {
		Description string     `json:"description"`
		Content     apiContent `json:"content"`
	} `json:"responses"`
}

type apiContent map[string]struct {
	Schema apiSchema `json:"schema"`
}

type apiParam struct {
	Ref         string    `json:"$ref"`
	Name        string    `json:"name"`
	In          string    `json:"in"`
	Description string    `json:"description"`
	Required    bool      `json:"required"`
	Schema      apiSchema `json:"schema"`
}

type apiSchema struct {
	Ref         string               `json:"$ref"`
	Type        string               `json:"type"`
	Format      string               `json:"format"`
	Description string               `json:"description"`
	Enum        []string             `json:"enum"`
	Required    []string             `json:"required"`
	Properties  map[string]apiSchema `json:"properties"`
	Items       *apiSchema           `json:"items"`
	AllOf       []apiSchema          `json:"allOf"`
	AnyOf       []apiSchema          `json:"anyOf"`
}

var readOpenAPI = sync.OnceValues(func() (d apiDocument, err error) {
	err = json.Unmarshal(OpenAPI, &d)
	return d, err
})

// openapi gives programs the document.
func (s *Server) openapi(c echo.Context) error {
	return s.body(c, http.StatusOK, echo.MIMEApplicationJSON, OpenAPI)
}

// api shows people what programs can ask: all things, or the acts on one.
func (s *Server) api(c echo.Context) error {
	doc, err := readOpenAPI()
	if err != nil {
		return err
	}
	page := &view.API{Shell: s.shell(c, "For programs", ""), Heading: "For programs"}
	if group := c.Param("group"); group != "" {
		page.Heading = "For programs: " + group
		if page.Acts = doc.acts(group); len(page.Acts) == 0 {
			return fault.New(fault.NotFound, "Programs can ask nothing of “%s”. All that there is stands at /api.",
				short(group))
		}
	} else if page.About, err = markdown.HTML(doc.Info.Description); err != nil {
		return err
	}
	page.Groups = doc.groups()
	return s.respond(c, http.StatusOK, page, nil)
}

// apiType shows people one type of requests or answers.
func (s *Server) apiType(c echo.Context) error {
	doc, err := readOpenAPI()
	if err != nil {
		return err
	}
	name := c.Param("name")
	of, there := doc.Components.Schemas[name]
	if !there {
		return fault.New(fault.NotFound, "There is no type “%s”. All that there is stands at /api.", short(name))
	}
	page := &view.APIType{Shell: s.shell(c, name, ""), Name: name}
	page.About, page.Values = of.words()
	for name, field := range of.Properties {
		page.Fields = append(page.Fields, view.APIField{Name: name, Type: field.link(),
			About:  unticked(field.Description),
			Needed: slices.Contains(of.Required, name)})
	}
	slices.SortFunc(page.Fields, func(a, b view.APIField) int { return strings.Compare(a.Name, b.Name) })
	return s.respond(c, http.StatusOK, page, nil)
}

// words are what a type is, and what each of its values means.
func (s apiSchema) words() (about string, values []view.Fact) {
	about, words, _ := strings.Cut("\n"+s.Description, "\n- ")
	for _, value := range s.Enum {
		values = append(values, view.Fact{Word: value, Value: meaning("\n- "+words, value)})
	}
	return unticked(about), values
}

// meaning finds what a name means in a list of “- `name`: what it means”.
func meaning(words, name string) string {
	_, rest, _ := strings.Cut(words, "\n- `"+name+"`: ")
	line, _, _ := strings.Cut(rest, "\n")
	return line
}

func unticked(words string) string { return strings.TrimSpace(strings.ReplaceAll(words, "`", "")) }

func (d apiDocument) groups() (out []view.APIGroup) {
	count := map[string]int{}
	for _, acts := range d.Paths {
		for _, act := range acts {
			count[act.Tags[0]]++
		}
	}
	for tag, n := range count {
		out = append(out, view.APIGroup{URL: "/api/" + tag, Word: tag, Count: n})
	}
	slices.SortFunc(out, func(a, b view.APIGroup) int { return strings.Compare(a.Word, b.Word) })
	return out
}

// acts are those on one thing, by their addresses.
func (d apiDocument) acts(group string) (out []view.APIAct) {
	for path, acts := range d.Paths {
		for method, act := range acts {
			if act.Tags[0] == group {
				out = append(out, d.act(strings.ToUpper(method), path, act))
			}
		}
	}
	slices.SortFunc(out, func(a, b view.APIAct) int { return strings.Compare(a.Path+a.Method, b.Path+b.Method) })
	return out
}

func (d apiDocument) act(method, path string, a apiAct) view.APIAct {
	out := view.APIAct{ID: a.ID, Method: method, Path: path, Summary: unticked(a.Summary),
		About: unticked(a.Description)}
	for _, p := range a.Parameters {
		if p.Ref != "" {
			p = d.Components.Parameters[lastPart(p.Ref)]
		}
		about, _, _ := strings.Cut(p.Description, "\n")
		out.Fields = append(out.Fields, view.APIField{Name: p.Name, Where: p.In, Type: p.Schema.link(),
			Needed: p.Required, About: unticked(about)})
	}
	out.Takes = a.RequestBody.Content.link()
	if out.Gives = a.Responses["2XX"].Content.link(); out.Gives == nil {
		out.File = a.Responses["2XX"].Description
	}
	return out
}

func lastPart(ref string) string { return ref[strings.LastIndex(ref, "/")+1:] }

func (c apiContent) link() *view.Link {
	of, json := c[echo.MIMEApplicationJSON]
	if !json {
		return nil
	}
	link := of.Schema.link()
	return &link
}

// link names a type, with the address of its page where it has one.
func (s apiSchema) link() view.Link {
	switch {
	case s.Ref != "":
		return view.Link{URL: "/api/types/" + lastPart(s.Ref), Word: lastPart(s.Ref)}
	case len(s.AllOf) > 0:
		return s.AllOf[0].link()
	case len(s.AnyOf) > 0:
		return s.AnyOf[0].link()
	case s.Items != nil:
		link := s.Items.link()
		link.Word = "list of " + link.Word
		return link
	case len(s.Enum) > 0:
		return view.Link{Word: "one of " + strings.Join(slices.DeleteFunc(slices.Clone(s.Enum), func(v string) bool {
			return v == ""
		}), ", ")}
	}
	return view.Link{Word: s.Type}
}
