package view

import (
	"bytes"
	"fmt"
	"html"
	"html/template"
	"io"
	"io/fs"
	"path"
	"strings"
	"sync"

	"claimbench/web"
)

// Renderer turns page models into HTML. It is safe for use by several goroutines at once.
type Renderer struct {
	pages map[string]func() (*template.Template, error) // each made when it is first rendered
}

// NewRenderer parses what pages share, in files whose name starts with "_". A page has its own copy of that; it is
// made, and its own file parsed, when it is first rendered: fifty at the start were most of it. That none of them fails
// is held by TestEveryTemplateRenders.
func NewRenderer(files fs.FS, assets *web.Assets) (*Renderer, error) {
	files = keyedForms{files}
	base, err := template.New("").Funcs(funcs(assets)).Option("missingkey=error").ParseFS(files, "_*.html")
	if err != nil {
		return nil, err
	}
	names, err := fs.Glob(files, "[^_]*.html")
	if err != nil {
		return nil, err
	}
	r := &Renderer{pages: map[string]func() (*template.Template, error){}}
	for _, file := range names {
		r.pages[strings.TrimSuffix(path.Base(file), ".html")] = sync.OnceValues(func() (*template.Template, error) {
			t, err := base.Clone()
			if err != nil {
				return nil, err
			}
			return t.ParseFS(files, file)
		})
	}
	return r, nil
}

// Names lists the pages there are.
func (r *Renderer) Names() []string {
	var out []string
	for name := range r.pages {
		out = append(out, name)
	}
	return out
}

// Render writes the whole page. Nothing is written when the template fails.
func (r *Renderer) Render(w io.Writer, p Page) error {
	if _, plain := p.(Plain); plain {
		return r.execute(w, p, "plain")
	}
	return r.execute(w, p, "layout")
}

// Panel is a page that another shows as a part of itself.
type Panel interface {
	Page
	Panel()
}

// RenderView writes what htmx asks for: a panel as the part that it is; of any other page what changes between two of
// one kind, for #view: the title, the tally, the main part and the key bar.
func (r *Renderer) RenderView(w io.Writer, p Page) error {
	if _, part := p.(Panel); part {
		return r.execute(w, p, "panel")
	}
	return r.execute(w, p, "view")
}

// Worker is a page whose main part holds #work, which changes in its own place: the template "work" of its file. Work
// is the pattern of its addresses.
type Worker interface {
	Page
	Work() string
}

// RenderWork writes the title, what stands in #work, and the key bar.
func (r *Renderer) RenderWork(w io.Writer, p Worker) error { return r.execute(w, p, "into-work") }

// RenderRefusal writes what stands in #refused of a page of which nothing else changes.
func (r *Renderer) RenderRefusal(w io.Writer, p *ErrorPage) error { return r.execute(w, p, "refusal") }

func (r *Renderer) execute(w io.Writer, p Page, name string) error {
	page, ok := r.pages[p.Template()]
	if !ok {
		return fmt.Errorf("no template %s.html", p.Template())
	}
	t, err := page()
	if err != nil {
		return err
	}
	var buf bytes.Buffer
	frame := p.Frame()
	frame.screen, frame.written, frame.read, frame.acts = p.Template(), &buf, 0, nil
	if err := t.ExecuteTemplate(&buf, name, p); err != nil {
		return err
	}
	_, err = w.Write(buf.Bytes())
	return err
}

func funcs(assets *web.Assets) template.FuncMap {
	return template.FuncMap{
		"asset":   assets.URL,
		"icon":    icon,
		"raw":     Raw,
		"key":     keyAttrs,
		"keys":    ownKeys,
		"cap":     keyCap,
		"langs":   langList,
		"formkey": newFormKey,
		"own":     ownWords,
		"mixed":   mixedWords,
		"add":     func(a, b int) int { return a + b },
	}
}

// icon draws a symbol of the sprite; it always stands beside a word, so it is hidden from assistive technology.
func icon(name string) template.HTML {
	return template.HTML(`<svg class="i" aria-hidden="true"><use href="#i-` + html.EscapeString(name) + `"/></svg>`)
}

// Raw escapes a stretch of an article's text so that the browser's text has the same code points: a carriage return
// becomes a reference, for HTML parsers would turn a bare one into a line feed.
func Raw(s string) template.HTML {
	return template.HTML(strings.ReplaceAll(html.EscapeString(s), "\r", "&#13;"))
}
