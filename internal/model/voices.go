package model

import (
	"context"
	"encoding/json"
	"errors"

	"claimbench/internal/fault"
)

// Voices asks a model about single claims: for glosses (gloss.go) and for the order of passages (order.go). Nothing of
// it decides: code judges each answer, and people see whose words they are.
type Voices struct {
	c   *Client
	all prompts
}

// Worded is a text in a language, as it is sent.
type Worded struct {
	Lang  string
	Words string
}

// Spend is asked before each question; its error ends the work. nil: there is no limit.
type Spend func(context.Context) error

// Voices are those of the model that breaks texts down.
func (b *Breakdown) Voices() *Voices { return &Voices{c: b.c, all: b.all} }

// NewVoices are the voices of the model of a client.
func NewVoices(c *Client) (*Voices, error) {
	all, err := loadPrompts(promptFiles)
	if err != nil {
		return nil, err
	}
	return &Voices{c: c, all: all}, nil
}

// Name is the name of the model that is asked, Host where it is.
func (v *Voices) Name() string { return v.c.Model() }

// Host is the host and port that texts are sent to.
func (v *Voices) Host() string { return v.c.Host() }

// put asks one question about some data. A refusal says that the answer could not be used; made says by what it was
// made.
func (v *Voices) put(ctx context.Context, prompt, version string, data any, a Ask, into any, spend Spend) (made Made,
	no *Refusal, err error) {
	raw, err := json.Marshal(data)
	if err != nil {
		return made, nil, err
	}
	if spend != nil {
		if err := spend(ctx); err != nil {
			return made, nil, err
		}
	}
	a.System, a.User = v.all[prompt].Words, string(raw)
	made = Made{Model: v.c.Model(), Version: version, Prompt: v.all[prompt].Hash, Parameters: a.Parameters(),
		Input: hashOf(a.User)}
	_, err = v.c.AskFor(ctx, a, into)
	if errors.Is(err, errAnswer) {
		return made, &Refusal{Why: Unreadable, What: shown(fault.Message(err))}, nil
	}
	return made, nil, err
}
