package main

import (
	"fmt"
	"os"
	"sort"
	"strings"
)

// matrix is the golden file of every route × role: what each person gets. Its columns are people, and the first line
// names them.
const matrix = "internal/httpd/testdata/routes.golden"

// page is a route of the table, with who reads it first.
type page struct{ route, who string }

// allPages reads every GET route and a person who reads it.
func allPages() (out []page, err error) {
	raw, err := os.ReadFile(matrix)
	if err != nil {
		return nil, fmt.Errorf("run it in the repository's folder: %w", err)
	}
	var people []string
	for i, line := range strings.Split(string(raw), "\n") {
		f := strings.Fields(line)
		if i == 0 {
			people = f
			continue
		}
		if len(f) < 2+len(people) || f[0] != "GET" || strings.Contains(f[1], "/link/") || f[1] == "/live" {
			continue
		}
		for k, status := range f[2:] {
			if status == "200" && strings.Contains(" reviewer-1 editor-1 auditor-1 admin-1 ", " "+people[k]+" ") {
				out = append(out, page{f[1], people[k]})
				break
			}
		}
	}
	return out, nil
}

// address fills in a route with rows of the target.
func (t *target) address(route string) string {
	claim := at(t.ids.open, 11)
	switch {
	case strings.HasSuffix(route, "/approve"), strings.HasSuffix(route, "/reopen"):
		claim = at(t.ids.approved, 11)
	}
	set := int64(1)
	if strings.HasSuffix(route, "/build") {
		set = t.ids.draft
	}
	return strings.NewReplacer(":collection", "1", "/claims/:id", fmt.Sprintf("/claims/%d", claim), "/articles/:id",
		"/articles/20", "/sets/:id", fmt.Sprintf("/sets/%d", set), ":seq", "1000", ":id", "1").Replace(route)
}

// pages opens every GET route of the table of routes on every target, as a page.
func pages(o options, targets []*target) error {
	all, err := allPages()
	if err != nil {
		return err
	}
	fmt.Printf("\n### Every page, as a browser asks for it\n\n| page | who |")
	for _, t := range targets {
		fmt.Printf(" %s: processor ms · p95 ms · statements · KB |", t.name)
	}
	fmt.Printf(" processor, times the first |\n|---|---|%s---|\n", strings.Repeat("---|", len(targets)))
	type line struct {
		text string
		most float64
	}
	var lines []line
	for _, p := range all {
		cells, first, most, growth := "", 0.0, 0.0, ""
		for k, t := range targets {
			who := t.crowd[p.who]
			if _, err := who.page(t.address(p.route)); err != nil { // the first asks fill what is kept in memory
				cells, growth = cells+" "+strings.ReplaceAll(err.Error(), "\n", " ")+" |", "–"
				continue
			}
			a, err := burst(t.server, max(o.requests/10, 5), 1, func(int) (int, error) {
				return who.page(t.address(p.route))
			})
			if err != nil {
				return fmt.Errorf("%s: %w", p.route, err)
			}
			cells += fmt.Sprintf(" %.1f · %.0f · %.0f · %.0f |", a.each(), quantile(a.times, 0.95),
				a.statements/float64(a.n), float64(a.bytes)/1000/float64(a.n))
			if k == 0 {
				first = a.each()
			} else {
				growth += fmt.Sprintf(" %.1f", a.each()/max(first, 0.01))
			}
			most = max(most, a.each())
		}
		lines = append(lines, line{fmt.Sprintf("| `%s` | %s |%s%s |", p.route, p.who, cells, growth), most})
	}
	sort.SliceStable(lines, func(i, j int) bool { return lines[i].most > lines[j].most })
	for _, l := range lines {
		fmt.Println(l.text)
	}
	return nil
}
