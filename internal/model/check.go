package model

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"claimbench/internal/extract"
	"claimbench/internal/fault"
	"claimbench/internal/text"
)

// Ability is what a server can do, as far as it was tried with a test text.
type Ability struct {
	Host       string        `json:"host"`
	Model      string        `json:"model"`
	Models     []string      `json:"models"` // nil: the server does not list them
	Listed     bool          `json:"listed"`
	Schema     bool          `json:"json_schema"` // it kept to the schema
	SchemaSays string        `json:"json_schema_says,omitempty"`
	Context    int           `json:"context"`      // code points of the longest text that it read to its end; 0: none
	Enough     bool          `json:"context_fits"` // for a window
	First      time.Duration `json:"first_ns"`     // until the first word
	Speed      float64       `json:"speed"`        // code points of its answer in a second
	Vectors    int           `json:"vectors"`      // numbers of a vector of /v1/embeddings; 0: it has none
	VectorSay  string        `json:"vectors_says,omitempty"`
	Embeds     float64       `json:"vectors_speed"` // sentences whose vectors it makes in a second
	Sentences  int           `json:"sentences"`     // of the test text
	Taken      int           `json:"taken"`
	Refused    []Refusal     `json:"refused"`
}

// sizes are the lengths of the texts by which the context is tried, in code points; a window has about 3,500.
var sizes = []int{1000, 4000, 16000, 64000}

const needed = 4000

// Check tries what a server can do. An error says that it cannot be asked at all.
func (c *Client) Check(ctx context.Context, sample extract.Document) (a Ability, err error) {
	defer fault.In(&err, "model.Check()")
	a.Host, a.Model = c.Host(), c.o.Model
	if a.Models, err = c.Models(ctx); err != nil && fault.KindOf(err) == fault.Unavailable {
		return a, err
	}
	a.Listed = slices.Contains(a.Models, c.o.Model)
	if c.o.Model == "" {
		return a, fault.New(fault.Invalid, "Say which model is checked. The server %s has: %s.", c.Host(),
			strings.Join(a.Models, ", "))
	}
	all, err := loadPrompts(promptFiles)
	if err != nil {
		return a, err
	}
	if err := c.reads(ctx, all[checking], &a); err != nil {
		return a, err
	}
	c.embeds(ctx, sample, &a)
	b, err := NewBreakdown(c)
	if err != nil {
		return a, err
	}
	if sample.Sentences == nil {
		sample.Sentences = text.Sentences(sample.Text, sample.Lang)
	}
	a.Sentences = len(sample.Sentences)
	got, err := b.Break(ctx, sample)
	a.Taken, a.Refused = len(got.Candidates), got.Refused
	return a, err
}

// triedVectors is how many sentences the vectors are tried with.
const triedVectors = 32

// embeds tries the vectors and their speed.
func (c *Client) embeds(ctx context.Context, sample extract.Document, a *Ability) {
	words := make([]string, triedVectors)
	whole := sample.Text.Slice(text.Span{End: min(sample.Text.Len(), 200)})
	for i := range words {
		words[i] = fmt.Sprintf("%d. %s", i+1, whole)
	}
	begun := time.Now()
	v, err := c.Embed(ctx, words)
	if err != nil {
		a.VectorSay = fault.Message(err)
		return
	}
	a.Vectors = len(v[0])
	if s := time.Since(begun).Seconds(); s > 0 {
		a.Embeds = float64(len(words)) / s
	}
}

// reads tries the schema, the context and the speed: a text with a number at its beginning, words without meaning,
// and a last word.
func (c *Client) reads(ctx context.Context, p Prompt, a *Ability) error {
	schema := object(`"numbers":` + list(json.RawMessage(`{"type":"integer"}`)) + `,"last":{"type":"string"}`)
	for i, size := range sizes {
		words := fmt.Sprintf("In the year %d ", 1900+i) + strings.Repeat("and so on ", size/10) + "until noon"
		raw, err := json.Marshal(map[string]string{"text": words})
		if err != nil {
			return err
		}
		var got struct {
			Numbers []int  `json:"numbers"`
			Last    string `json:"last"`
		}
		said, err := c.AskFor(ctx, Ask{System: p.Words, User: string(raw), Name: "check", Schema: schema,
			Tokens: 200}, &got)
		switch {
		case errors.Is(err, errAnswer) && i == 0:
			a.SchemaSays = fault.Message(err)
			return nil
		case err != nil && i == 0:
			return err
		case err != nil || !slices.Equal(got.Numbers, []int{1900 + i}) || strings.Trim(got.Last, ". ") != "noon":
			return nil // it is too long for it
		}
		a.Schema, a.Context, a.Enough = true, size, size >= needed
		if i == 0 {
			a.First = said.First
			if s := said.Took.Seconds(); s > 0 {
				a.Speed = float64(len([]rune(said.Content))) / s
			}
		}
	}
	return nil
}
