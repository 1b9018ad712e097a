package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"claimbench/bench/news"
	"claimbench/internal/publish"
)

const deedsHead = "| deed | database | took | processor | statements | moved |\n|---|---|---|---|---|---|\n"

// exports sends the largest set out, and beside it has the floor send the same.
func exports(_ options, targets []*target) error {
	fmt.Print("\n### Exports\n\n" + deedsHead)
	for _, t := range targets {
		if err := t.exports(t.crowd["editor-1"]); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
	}
	return nil
}

// deeds measures what is done seldom and costs much, once each: import, candidates, freezing, the audit.
func deeds(o options, targets []*target) error {
	fmt.Print("\n### Dear deeds\n\n" + deedsHead)
	for _, t := range targets {
		if err := t.deeds(); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
	}
	for _, t := range targets {
		if err := audit(o.workbench, t); err != nil {
			return err
		}
	}
	return nil
}

// deed does one thing and prints what it cost.
func (t *target) deed(what string, times int, do func(i int) (int, error)) error {
	return t.deedOn(t.server, what, times, do)
}

func (t *target) deedOn(s *server, what string, times int, do func(i int) (int, error)) error {
	rss := s.peakKiB()
	begun := time.Now()
	a, err := burst(s, times, 1, do)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	took := time.Since(begun) / time.Duration(times)
	moved := ""
	if a.bytes > 1_000_000 {
		moved = fmt.Sprintf("%.1f MB, %.1f MB/s of processor, %+.0f MB resident at most",
			float64(a.bytes)/1e6, float64(a.bytes)/1e6/max(a.cpu.Seconds(), 0.01), float64(s.peakKiB()-rss)/1024)
	}
	fmt.Printf("| %s | %s | %s | %.1f ms | %.0f | %s |\n", what, t.name, took.Round(time.Millisecond), a.each(),
		a.statements/float64(a.n), moved)
	return nil
}

func (t *target) deeds() error {
	editor, auditor := t.crowd["editor-1"], t.crowd["auditor-1"]
	texts := news.New(uint64(time.Now().UnixNano()))
	var articles []int64
	if err := t.deed("import of an article of 38 sentences", 20, func(int) (int, error) {
		a := texts.Next(38)
		var made struct {
			Article struct {
				ID int64 `json:"id"`
			} `json:"article"`
		}
		err := editor.post("/collections/1/articles", map[string]any{"text": a.Text, "lang": a.Lang,
			"new_source": a.Source, "published": a.Published}, &made)
		articles = append(articles, made.Article.ID)
		return 0, err
	}); err != nil {
		return err
	}
	added := 0
	if err := t.deed("its candidates", 20, func(i int) (int, error) {
		var got struct {
			Added int `json:"added"`
		}
		err := editor.post(fmt.Sprintf("/articles/%d/extract", articles[i]), struct{}{}, &got)
		added += got.Added
		return 0, err
	}); err != nil {
		return err
	}
	if err := t.freeze(editor, 1000); err != nil {
		return err
	}
	if err := t.deed("export of the history", 1, func(int) (int, error) {
		return auditor.ask("/history/export", map[string]any{})
	}); err != nil {
		return err
	}
	return t.deed("verify, from the page", 1, func(int) (int, error) {
		n, err := auditor.ask("/history/verify", map[string]any{})
		if err != nil && strings.Contains(err.Error(), refusedForTime) {
			fmt.Printf("| verify, from the page: refused, for it takes longer than a page may | %s |\n", t.name)
			return n, nil
		}
		return n, err
	})
}

// refusedForTime stands in the answer of a page that does not verify so large a history.
const refusedForTime = "Run “workbench audit verify” instead"

func (t *target) exports(editor *person) error {
	const rounds = 3
	for _, format := range publish.Formats() {
		times := rounds
		if format.Name != publish.JSON && format.Name != publish.CSV {
			times = 1 // the floor sends these two alone: the others are held to a goal of their own
		}
		if err := t.deed("export of the largest set, "+format.Short, times, func(int) (int, error) {
			return editor.ask("/sets/1/export", map[string]any{"format": format.Name})
		}); err != nil {
			return err
		}
	}
	if t.floor == nil {
		return nil
	}
	floor := &person{t.floor, editor.client}
	for format, what := range map[string]string{"json": "as it is stored", "rows": "JSON made of the rows",
		"csv": "CSV"} {
		if err := t.deedOn(t.floor, "the floor's export of it, "+what, rounds, func(int) (int, error) {
			return floor.ask("/sets/1/export", map[string]any{"format": format})
		}); err != nil {
			return err
		}
	}
	return nil
}

// freeze makes a set of n approved claims and freezes it.
func (t *target) freeze(editor *person, n int) error {
	var set struct {
		ID      int64 `json:"id"`
		Version int64 `json:"version"`
	}
	if err := editor.post("/collections/1/sets", map[string]any{"title": "Measured"}, &set); err != nil {
		return err
	}
	chosen, seen := []int64{}, map[int64]bool{}
	for i := 0; len(chosen) < min(n, len(t.ids.approved)) && i < len(t.ids.approved); i++ {
		if id := t.ids.approved[i]; !seen[id] {
			seen[id] = true
			chosen = append(chosen, id)
		}
	}
	if err := editor.post(fmt.Sprintf("/sets/%d/claims", set.ID), map[string]any{"claims": chosen,
		"version": set.Version}, &set); err != nil {
		return err
	}
	return t.deed(fmt.Sprintf("freeze of %d claims", len(chosen)), 1, func(int) (int, error) {
		return 0, editor.post(fmt.Sprintf("/sets/%d/freeze", set.ID), map[string]any{"version": set.Version}, &set)
	})
}

// audit verifies the history of a database from the command line, as an auditor would.
func audit(workbench string, t *target) error {
	for _, args := range [][]string{{"audit", "verify"}, {"index", "rebuild"}} {
		cmd := exec.Command(workbench, append(args, "--database", t.database)...)
		begun := time.Now()
		out, err := cmd.CombinedOutput()
		if err != nil {
			return fmt.Errorf("%s on %s: %w\n%s", strings.Join(args, " "), t.name, err, out)
		}
		line, _, _ := strings.Cut(string(out), "\n")
		used := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		fmt.Printf("| `%s %s` | %s | %.1f s | %.1f s | | %s |\n", filepath.Base(workbench), strings.Join(args, " "+
			""), t.name,
			time.Since(begun).Seconds(), used.Seconds(), line)
	}
	return nil
}
