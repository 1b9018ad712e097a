package main

import (
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"sync"
	"time"

	"claimbench/bench/news"
)

// writers measures how long a small write of somebody else takes, a comment, while a large deed goes on: alone, then
// beside each. What counts is the longest time for which the one writer is not free.
func writers(o options, targets []*target) error {
	fmt.Printf("\n### Others' writes beside large deeds\n\n" +
		"| deed | database | deed took | comments | p50 | p95 | p99 | longest |\n|---|---|---|---|---|---|---|---|\n")
	for _, t := range targets {
		if err := t.writers(o); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
	}
	return nil
}

func (t *target) writers(o options) error {
	editor := t.crowd["editor-1"]
	texts := news.New(uint64(time.Now().UnixNano()))
	var draft struct {
		ID      int64 `json:"id"`
		Version int64 `json:"version"`
	}
	var approved []int64
	for after := int64(0); len(approved) < 5000; {
		var l list
		if err := editor.get(fmt.Sprintf("/collections/1/claims?state=approved&after=%d", after), &l); err != nil {
			return err
		}
		if len(l.Items) == 0 {
			break
		}
		for _, x := range l.Items {
			approved, after = append(approved, x.ID), x.ID
		}
	}
	approved = approved[:min(len(approved), 5000)]
	for _, deed := range []struct {
		name string
		do   func() error
	}{
		{"nothing", func() error { time.Sleep(5 * time.Second); return nil }},
		{"import of 40 articles and their candidates", func() error {
			for range 40 {
				if err := t.importOne(editor, texts); err != nil {
					return err
				}
			}
			return nil
		}},
		{fmt.Sprintf("%d claims added to a set", len(approved)), func() error {
			if err := editor.post("/collections/1/sets", map[string]any{"title": "Measured"}, &draft); err != nil {
				return err
			}
			return editor.post(fmt.Sprintf("/sets/%d/claims", draft.ID), map[string]any{"claims": approved,
				"version": draft.Version}, &draft)
		}},
		{"its freeze", func() error { return t.freezeWhole(editor, draft.ID, draft.Version) }},
		{"a correction of the largest set", func() error {
			return editor.post("/sets/1/correct", struct{}{}, &draft)
		}},
		{"`index rebuild` of another process", func() error {
			out, err := exec.Command(o.workbench, "index", "rebuild", "--database", t.database).CombinedOutput()
			if err != nil {
				return fmt.Errorf("%w: %s", err, out)
			}
			return nil
		}},
	} {
		if err := t.beside(deed.name, deed.do); err != nil {
			return fmt.Errorf("%s: %w", deed.name, err)
		}
	}
	return nil
}

func (t *target) importOne(editor *person, texts *news.Maker) error {
	a := texts.Next(38)
	var made struct {
		Article struct {
			ID int64 `json:"id"`
		} `json:"article"`
	}
	if err := editor.post("/collections/1/articles", map[string]any{"text": a.Text, "lang": a.Lang,
		"new_source": a.Source, "published": a.Published}, &made); err != nil {
		return err
	}
	return editor.post(fmt.Sprintf("/articles/%d/extract", made.Article.ID), struct{}{}, nil)
}

// freezeWhole freezes a set and waits for its job, when there is one.
func (t *target) freezeWhole(editor *person, id, version int64) error {
	if err := editor.post(fmt.Sprintf("/sets/%d/freeze", id), map[string]any{"version": version}, nil); err != nil {
		return err
	}
	for begun := time.Now(); time.Since(begun) < 5*time.Minute; {
		var set struct {
			State string `json:"state"`
		}
		if err := editor.get(fmt.Sprintf("/sets/%d", id), &set); err != nil || set.State == "frozen" {
			return err
		}
		time.Sleep(100 * time.Millisecond)
	}
	return fmt.Errorf("set %d is not frozen after five minutes", id)
}

// betweenComments is the pause of the one who comments.
const betweenComments = 5 * time.Millisecond

// beside does a deed while somebody comments, and prints how long their comments took.
func (t *target) beside(name string, do func() error) error {
	stop := make(chan struct{})
	var took []time.Duration
	var failed error
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			case <-time.After(betweenComments):
			}
			begun := time.Now()
			if failed = t.crowd["reviewer-1"].post(fmt.Sprintf("/claims/%d/comments", at(t.ids.open, i)),
				map[string]any{"text": "Looked at."}, nil); failed != nil {
				return
			}
			took = append(took, time.Since(begun))
		}
	})
	begun := time.Now()
	err := do()
	lasted := time.Since(begun)
	close(stop)
	wg.Wait()
	if err := errors.Join(err, failed); err != nil || len(took) == 0 {
		return err
	}
	slices.Sort(took)
	part := func(of int) time.Duration {
		return took[min(len(took)*of/100, len(took)-1)].Round(100 * time.Microsecond)
	}
	fmt.Printf("| %s | %s | %s | %d | %s | %s | %s | %s |\n", name, t.name, lasted.Round(time.Millisecond), len(took),
		part(50), part(95), part(99), took[len(took)-1].Round(100*time.Microsecond))
	return nil
}
