package main

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"claimbench/bench/news"
)

// letters is how much text each page that is imported has at least, in bytes.
const letters = 5000

// intakes measures how many pages of HTML come in, with their candidates, in a second of one core, and how long
// somebody else waits meanwhile for a list of claims as JSON. Run it with GOMAXPROCS=1, which the server inherits.
func intakes(o options, targets []*target) error {
	fmt.Print("\n### Pages of HTML in, 5 kB of text each\n\n" +
		"| database | pages | a page by the clock | processor | pages a second of processor | list of claims, JSON: " +
		"p50, p95 idle | meanwhile |\n|---|---|---|---|---|---|---|\n")
	for _, t := range targets {
		if err := t.intake(o.intakePages); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
	}
	return nil
}

func (t *target) intake(pages int) error {
	reader := t.crowd["reviewer-1"]
	idle, err := besides(reader, func() error { time.Sleep(5 * time.Second); return nil })
	if err != nil {
		return err
	}
	texts := news.New(uint64(time.Now().UnixNano()))
	all := func() error {
		var came []int64
		for range pages {
			id, err := t.pageIn(t.crowd["editor-1"], texts)
			if err != nil {
				return err
			}
			came = append(came, id)
		}
		return t.workDone(t.crowd["editor-1"], came)
	}
	begun, before := time.Now(), t.server.processor()
	if err := all(); err != nil {
		return err
	}
	took, each := time.Since(begun)/time.Duration(pages), (t.server.processor()-before)/time.Duration(pages)
	meanwhile, err := besides(reader, all)
	if err != nil {
		return err
	}
	fmt.Printf("| %s | %d | %s | %s | %.0f | %s | %s |\n", t.name, pages, took.Round(100*time.Microsecond),
		each.Round(100*time.Microsecond), float64(time.Second)/float64(each), idle, meanwhile)
	return nil
}

// waits are how long one person waited for each of their requests, one after the other.
type waits struct{ took []time.Duration }

func (w waits) String() string {
	part := func(of int) time.Duration {
		return w.took[min(len(w.took)*of/100, len(w.took)-1)].Round(100 * time.Microsecond)
	}
	return fmt.Sprintf("%s, %s", part(50), part(95))
}

// besides asks for a list of claims every few milliseconds while something is done.
func besides(p *person, do func() error) (w waits, err error) {
	stop := make(chan struct{})
	var failed error
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(4 * betweenComments):
			}
			begun := time.Now()
			if failed = p.get("/collections/1/claims", nil); failed != nil {
				return
			}
			w.took = append(w.took, time.Since(begun))
		}
	})
	err = do()
	close(stop)
	wg.Wait()
	slices.Sort(w.took)
	if err = errors.Join(err, failed); err == nil && len(w.took) == 0 {
		err = errors.New("nobody was answered meanwhile")
	}
	return w, err
}

// patient is how long the work on the last page may take after it came in.
const patient = 5 * time.Minute

// workDone waits until the candidates of all articles are there, which follow by themselves, and until the server has
// nothing more to do: the index and the pairs come last, and nobody is told of them.
func (t *target) workDone(editor *person, came []int64) error {
	end := time.Now().Add(patient)
	for _, id := range came {
		for {
			var work struct {
				Items []struct {
					State string `json:"state"`
				} `json:"items"`
			}
			if err := editor.get(fmt.Sprintf("/articles/%d/work", id), &work); err != nil {
				return err
			}
			if len(work.Items) == 0 {
				return fmt.Errorf("no work was done on article %d", id)
			}
			if work.Items[0].State == "failed" {
				return fmt.Errorf("the candidates of article %d failed", id)
			}
			if work.Items[0].State == "done" {
				break
			}
			if time.Now().After(end) {
				return fmt.Errorf("the work on article %d does not end", id)
			}
			time.Sleep(100 * time.Millisecond)
		}
	}
	for time.Now().Before(end) {
		before := t.server.processor()
		if time.Sleep(rest); t.server.processor()-before < rest/20 {
			return nil
		}
	}
	return errors.New("the server does not come to rest")
}

// rest is over which time a server does nothing that has nothing to do.
const rest = 400 * time.Millisecond

// pageIn uploads one page, with a menu, a head and a foot around its text, and gives its article's number.
func (t *target) pageIn(editor *person, texts *news.Maker) (int64, error) {
	var words strings.Builder
	a := texts.Next(38)
	for words.WriteString(a.Text); words.Len() < letters; {
		more := texts.Next(38)
		words.WriteString("\n\n" + more.Text)
	}
	body, kind, err := upload(fmt.Sprintf("page-%d.html", a.N), pageOf(a, words.String()), a.Source)
	if err != nil {
		return 0, err
	}
	var made struct {
		Article struct {
			ID int64 `json:"id"`
		} `json:"article"`
	}
	if _, err := editor.sendAs(http.MethodPost, "/collections/1/articles", body, kind, "application/json",
		&made); err != nil {
		return 0, err
	}
	if made.Article.ID == 0 {
		return 0, errors.New("an uploaded page became no article")
	}
	return made.Article.ID, nil
}

func pageOf(a news.Article, words string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<!doctype html><html lang=%q><head><meta charset=utf-8><title>Report %d</title>"+
		"<meta property=\"article:published_time\" content=%q></head><body><nav><ul>", a.Lang, a.N, a.Published)
	for i := range 40 {
		fmt.Fprintf(&b, "<li><a href=\"/part/%d\">Part %d</a></li>", i, i)
	}
	fmt.Fprintf(&b, "</ul></nav><main><article><h1>Report %d</h1>", a.N)
	for _, p := range strings.Split(words, "\n") {
		if p = strings.TrimSpace(p); p != "" {
			fmt.Fprintf(&b, "<p>%s</p>\n", html.EscapeString(p))
		}
	}
	b.WriteString("</article></main><footer><p>All rights reserved.</p></footer></body></html>")
	return b.String()
}

// upload is the form of the import page with a file in it.
func upload(name, page, source string) (*bytes.Buffer, string, error) {
	body := &bytes.Buffer{}
	w := multipart.NewWriter(body)
	part, err := w.CreateFormFile("file", name)
	if err != nil {
		return nil, "", err
	}
	if _, err := part.Write([]byte(page)); err != nil {
		return nil, "", err
	}
	return body, w.FormDataContentType(), errors.Join(w.WriteField("new_source", source), w.Close())
}
