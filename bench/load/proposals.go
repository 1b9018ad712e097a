package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"claimbench/bench/news"
)

// What a machine proposes while people work, and how often their pages are asked meanwhile.
const (
	proposedInAll  = 10_000
	proposedAtOnce = 100
	textsProposed  = 300
	betweenPages   = 25 * time.Millisecond
)

// proposing measures the desk, with nobody beside and while a machine proposes 10,000 things as fast as it is let.
func proposing(o options, targets []*target) error {
	fmt.Printf("\n### The desk while a machine proposes %d things\n\n| beside | database | lasted | kept | known | "+
		"refused | 429 | pages | p50 | p95 | p99 | longest |\n|---|---|---|---|---|---|---|---|---|---|---|---|\n",
		proposedInAll)
	for _, t := range targets {
		if err := t.proposing(); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
	}
	return nil
}

// machine is a program with a token.
type machine struct {
	url, token                   string
	kept, known, refused, waited int
	items                        []map[string]any
}

func (t *target) proposing() error {
	m := &machine{url: t.server.url}
	var made struct {
		Secret string `json:"secret"`
	}
	if err := t.crowd["admin-1"].post("/machines", map[string]any{"name": "bench-" + strconv.FormatInt(
		time.Now().Unix(),
		36), "owner": "editor-1", "collection": []int{1}}, &made); err != nil {
		return err
	}
	m.token = made.Secret
	if err := t.toPropose(m); err != nil {
		return err
	}
	idle, err := t.desk("nothing", m, func() error { time.Sleep(15 * time.Second); return nil })
	if err != nil {
		return err
	}
	busy, err := t.desk("a machine that proposes", m, m.all)
	if err != nil {
		return err
	}
	fmt.Printf("\n%s: p95 of the desk meanwhile is %.2f times that of an idle machine (load average %s)\n\n", t.name,
		float64(busy)/float64(idle), loadAverage())
	return nil
}

// toPropose brings texts in, and makes of their sentences what is proposed: a candidate of each.
func (t *target) toPropose(m *machine) error {
	editor, texts := t.crowd["editor-1"], news.New(uint64(time.Now().UnixNano()))
	for range textsProposed {
		a := texts.Next(38)
		var in struct {
			Article struct {
				ID int64 `json:"id"`
			} `json:"article"`
		}
		if err := editor.post("/collections/1/articles", map[string]any{"text": a.Text, "lang": a.Lang,
			"new_source": a.Source, "published": a.Published}, &in); err != nil {
			return err
		}
		var text struct {
			Text      string `json:"text"`
			Sentences struct {
				Items []struct{ N, Start, End int }
			} `json:"sentences"`
		}
		if err := editor.get(fmt.Sprintf("/articles/%d", in.Article.ID), &text); err != nil {
			return err
		}
		runes := []rune(text.Text)
		for _, s := range text.Sentences.Items {
			words := strings.TrimSpace(string(runes[s.Start:s.End]))
			m.items = append(m.items, map[string]any{"kind": "candidate", "article": in.Article.ID, "sentence": s.N,
				"quote": words, "statement": words})
		}
	}
	if len(m.items) < proposedInAll {
		return fmt.Errorf("%d texts have %d sentences", textsProposed, len(m.items))
	}
	m.items = m.items[:proposedInAll]
	return t.quiet()
}

// quiet waits until the rules have proposed theirs for what came in.
func (t *target) quiet() error {
	for was, begun := -1, time.Now(); time.Since(begun) < 10*time.Minute; time.Sleep(5 * time.Second) {
		var all struct {
			Counts map[string]int `json:"counts"`
		}
		if err := t.crowd["editor-1"].get("/collections/1/queue?tab=candidates", &all); err != nil {
			return err
		}
		if all.Counts["candidates"] == was {
			return nil
		}
		was = all.Counts["candidates"]
	}
	return errors.New("candidates are still coming after ten minutes")
}

// all proposes everything, as fast as it is let.
func (m *machine) all() error {
	for part := range slices.Chunk(m.items, proposedAtOnce) {
		raw, err := json.Marshal(map[string]any{"model": "bench", "items": part})
		if err != nil {
			return err
		}
		for {
			wait, err := m.send(raw)
			if err != nil {
				return err
			}
			if wait == 0 {
				break
			}
			m.waited++
			time.Sleep(wait)
		}
	}
	return nil
}

// send proposes once; wait is how long the server wants to be left alone.
func (m *machine) send(raw []byte) (wait time.Duration, err error) {
	r, err := http.NewRequest(http.MethodPost, m.url+"/collections/1/machine/proposals", bytes.NewReader(raw))
	if err != nil {
		return 0, err
	}
	r.Header.Set("Authorization", "Bearer "+m.token)
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, err
	}
	if answer.StatusCode == http.StatusTooManyRequests {
		n, err := strconv.Atoi(answer.Header.Get("Retry-After"))
		return time.Duration(max(n, 1)) * time.Second, err
	}
	var out struct {
		Items []struct{ Outcome string }
	}
	if answer.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("proposals: %s: %s", answer.Status, body)
	}
	if err := json.Unmarshal(body, &out); err != nil {
		return 0, err
	}
	for _, x := range out.Items {
		switch x.Outcome {
		case "kept":
			m.kept++
		case "known":
			m.known++
		default:
			m.refused++
		}
	}
	return 0, nil
}

// desk asks for the pages of people who work, the queue and claims, while something is done, and gives the 95th of 100.
func (t *target) desk(beside string, m *machine, do func() error) (p95 time.Duration, err error) {
	stop := make(chan struct{})
	var took []time.Duration
	var failed error
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			case <-time.After(betweenPages):
			}
			path := "/collections/1/queue"
			if i%2 == 1 {
				path = fmt.Sprintf("/claims/%d", at(t.ids.open, i))
			}
			begun := time.Now()
			if _, failed = t.crowd["reviewer-1"].page(path); failed != nil {
				return
			}
			took = append(took, time.Since(begun))
		}
	})
	begun := time.Now()
	err = do()
	lasted := time.Since(begun)
	close(stop)
	wg.Wait()
	if err := errors.Join(err, failed); err != nil || len(took) == 0 {
		return 0, err
	}
	slices.Sort(took)
	part := func(of int) time.Duration {
		return took[min(len(took)*of/100, len(took)-1)].Round(100 * time.Microsecond)
	}
	fmt.Printf("| %s | %s | %s | %d | %d | %d | %d | %d | %s | %s | %s | %s |\n", beside, t.name,
		lasted.Round(time.Millisecond), m.kept, m.known, m.refused, m.waited, len(took), part(50), part(95), part(99),
		took[len(took)-1].Round(100*time.Microsecond))
	return part(95), nil
}
