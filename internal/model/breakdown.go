package model

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"claimbench/internal/extract"
	"claimbench/internal/fault"
	"claimbench/internal/text"
)

// Maker is the name of models among those who propose.
const Maker = "model"

// Made says by what something was proposed: kept with each proposal.
type Made struct {
	Model      string `json:"model"`
	Version    string `json:"version"` // of the ladder and of what is taken
	Prompt     string `json:"prompt"`  // SHA-256 of what was asked, in hex
	Parameters string `json:"parameters"`
	Input      string `json:"input"` // SHA-256 of what it was asked of, in hex
}

// Proposed is one candidate with what made it.
type Proposed struct {
	extract.Candidate
	Made Made
}

// Broken is a text broken down: what is taken, in the order of the text, and what was refused.
type Broken struct {
	Candidates []Proposed
	Refused    []Refusal
	Windows    int
	Questions  int
}

// Breakdown breaks texts into candidates by asking a model. It is an extract.Extractor.
type Breakdown struct {
	c      *Client
	all    prompts
	hedges map[string]bool
	rules  extract.Extractor
	// Spend is asked before each question; an error ends the work, and what came before stays. nil: there is no limit.
	Spend func(context.Context) error
}

// NewBreakdown is a breakdown by a client.
func NewBreakdown(c *Client) (*Breakdown, error) {
	all, err := loadPrompts(promptFiles)
	if err != nil {
		return nil, err
	}
	b := &Breakdown{c: c, all: all, hedges: map[string]bool{}, rules: extract.Rules()}
	for _, h := range extract.HedgeNames() {
		b.hedges[h] = true
	}
	return b, nil
}

// Extract implements extract.Extractor: the candidates without what made them and without what was refused.
func (b *Breakdown) Extract(ctx context.Context, doc extract.Document) ([]extract.Candidate, error) {
	got, err := b.Break(ctx, doc)
	out := make([]extract.Candidate, len(got.Candidates))
	for i, c := range got.Candidates {
		out[i] = c.Candidate
	}
	return out, err
}

// Break breaks a text down. When the server fails, what came until then is given with the error. An answer that cannot
// be used costs its window only.
func (b *Breakdown) Break(ctx context.Context, doc extract.Document) (out Broken, err error) {
	defer fault.In(&err, "model.Break()")
	if doc.Text == nil || doc.Text.Len() == 0 {
		return out, nil
	}
	if doc.Sentences == nil {
		doc.Sentences = text.Sentences(doc.Text, doc.Lang)
	}
	ruled, err := b.rules.Extract(ctx, doc)
	if err != nil {
		return out, err
	}
	windows, long := windowsOf(doc.Sentences)
	for _, n := range long {
		out.Refused = append(out.Refused, Refusal{Sentence: n, Why: Long})
	}
	for _, w := range windows {
		out.Windows++
		if err := b.one(ctx, doc, judgeOf(doc, w, ruled, b.hedges), &out); err != nil {
			return out, err
		}
	}
	return out, nil
}

// Name is the name of the model that is asked, Host where it is.
func (b *Breakdown) Name() string { return b.c.Model() }

// Host is the host and port that texts are sent to.
func (b *Breakdown) Host() string { return b.c.Host() }

// Window breaks down the first window that begins at sentence from or behind it, and says at which sentence the next
// one begins, 0 after the last. spend is asked before each question; its error ends the work.
func (b *Breakdown) Window(ctx context.Context, doc extract.Document, from int, spend func(context.Context) error) (
	out Broken, next int, err error) {
	defer fault.In(&err, "model.Window(%d)", from)
	only := *b
	only.Spend = spend
	windows, long := windowsOf(doc.Sentences)
	for i, w := range windows {
		if w.own[0].N < from {
			continue
		}
		if i+1 < len(windows) {
			next = windows[i+1].own[0].N
		}
		for _, n := range long { // said once, with the window before them
			if n > w.own[0].N && (next == 0 || n < next) || i == 0 && n < w.own[0].N {
				out.Refused = append(out.Refused, Refusal{Sentence: n, Why: Long})
			}
		}
		ruled, err := b.rules.Extract(ctx, doc)
		if err != nil {
			return out, 0, err
		}
		out.Windows = 1
		return out, next, only.one(ctx, doc, judgeOf(doc, w, ruled, b.hedges), &out)
	}
	return out, 0, nil
}

func judgeOf(doc extract.Document, w window, ruled []extract.Candidate, hedges map[string]bool) judge {
	j := judge{doc: doc.Text, window: w, hedges: hedges, rules: map[int][]extract.Candidate{}, all: doc.Sentences,
		governing: map[int][]extract.Operator{}, judging: map[int][]extract.Operator{}}
	for _, c := range ruled {
		if _, own := w.sentence(c.Sentence); own {
			j.rules[c.Sentence] = append(j.rules[c.Sentence], c)
		}
	}
	return j
}

// one asks about one window.
func (b *Breakdown) one(ctx context.Context, doc extract.Document, j judge, out *Broken) error {
	type about struct {
		Lang      string     `json:"lang"`
		Published string     `json:"published,omitempty"`
		Context   []numbered `json:"context"`
		Sentences []numbered `json:"sentences"`
		Claims    []any      `json:"claims,omitempty"`
	}
	data := about{Lang: j.window.own[0].Lang, Published: doc.Published.String(),
		Context: numberedOf(doc.Text, j.window.context), Sentences: numberedOf(doc.Text, j.window.own)}
	var first struct {
		Claims []drafted `json:"claims"`
	}
	made := Made{Model: b.c.Model(), Version: "judging " + Judging + ", ladder " + Ladder,
		Prompt: hashOf(b.all[breakDown].Words, b.all[anchors].Words)}
	ask := Ask{Name: "claims", Schema: claimsSchema, Tokens: tokensFor(j.window.words(doc.Text))}
	made.Parameters = ask.Parameters()
	unread, err := b.put(ctx, breakDown, data, ask, &first, &made.Input, out)
	if err != nil || unread || len(first.Claims) == 0 {
		return err
	}
	if len(first.Claims) > mostOfWindow {
		out.Refused = append(out.Refused, Refusal{Why: Unreadable, What: "It has more claims than sentences could " +
			"hold."})
		return nil
	}
	for i, d := range first.Claims {
		data.Claims = append(data.Claims, map[string]any{"claim": i + 1, "sentence": d.Sentence,
			"statement": shown(d.Statement)})
	}
	var second struct {
		Claims []anchored `json:"claims"`
	}
	ask.Name, ask.Schema = "anchors", anchorsSchema
	var input string
	if unread, err = b.put(ctx, anchors, data, ask, &second, &input, out); err != nil || unread {
		return err
	}
	by := map[int]anchored{}
	for _, a := range second.Claims {
		if _, twice := by[a.Claim]; !twice {
			by[a.Claim] = a
		}
	}
	var found []Proposed
	for i, d := range first.Claims {
		c, no := j.claim(d, by[i+1])
		if no != nil {
			out.Refused = append(out.Refused, *no)
			continue
		}
		if !slices.ContainsFunc(found, func(p Proposed) bool { return p.Span == c.Span }) {
			found = append(found, Proposed{c, made})
		}
	}
	slices.SortStableFunc(found, func(a, b Proposed) int { return a.Span.Start - b.Span.Start })
	out.Candidates = append(out.Candidates, found...)
	return nil
}

// put asks one question about some data. unread says that the answer could not be used, which is among the refused.
func (b *Breakdown) put(ctx context.Context, prompt string, data any, a Ask, into any, input *string,
	out *Broken) (unread bool, err error) {
	raw, err := json.Marshal(data)
	if err != nil {
		return false, err
	}
	if b.Spend != nil {
		if err := b.Spend(ctx); err != nil {
			return false, err
		}
	}
	a.System, a.User = b.all[prompt].Words, string(raw)
	*input = hashOf(a.User)
	out.Questions++
	_, err = b.c.AskFor(ctx, a, into)
	if errors.Is(err, errAnswer) {
		out.Refused = append(out.Refused, Refusal{Why: Unreadable, What: shown(fault.Message(err))})
		return true, nil
	}
	return false, err
}

// claimsSchema and anchorsSchema are what servers that read schemas keep to. Answers are read strictly all the same.
var (
	claimsSchema = object(`"claims":` + list(object(`"sentence":{"type":"integer"},"statement":{"type":"string"}`)))

	anchorsSchema = object(`"claims":` + list(object(`"claim":{"type":"integer"},"first":{"type":"string"},`+
		`"last":{"type":"string"},"attribution":{"type":"string"},"hedge":`+list(json.RawMessage(`{"type":"string"}`))+
		`,"brackets":`+list(object(`"text":{"type":"string"},"first":{"type":"string"},"last":{"type":"string"}`)))))
)

// object is the schema of an object with these members, all of them required.
func object(members string) json.RawMessage {
	var of map[string]json.RawMessage
	if err := json.Unmarshal([]byte("{"+members+"}"), &of); err != nil {
		panic(err) // the schemas are written here
	}
	var names []string
	for name := range of {
		names = append(names, name)
	}
	slices.Sort(names)
	required, _ := json.Marshal(names)
	return json.RawMessage(`{"type":"object","properties":{` + members + `},"required":` + string(required) +
		`,"additionalProperties":false}`)
}

func list(of json.RawMessage) string { return `{"type":"array","items":` + string(of) + `}` }
