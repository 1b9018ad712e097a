package model

import (
	"cmp"
	"context"
	"io"
	"slices"

	"claimbench/internal/fault"
	"claimbench/internal/jsonin"
)

// Models lists the names of the models that a server has, in the order of the alphabet.
func (c *Client) Models(ctx context.Context) (names []string, err error) {
	defer fault.In(&err, "model.Models()")
	var got struct {
		Data []struct {
			ID string `json:"id"`
		} `json:"data"`
	}
	if err := c.ask(ctx, "/models", nil, func(a answered) error { return c.read(a, &got) }); err != nil {
		return nil, err
	}
	for _, m := range got.Data {
		names = append(names, m.ID)
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// mostEmbedded is how many words are sent at once, mostDimensions how many numbers a vector may have.
const (
	mostEmbedded   = 128
	mostDimensions = 8192
)

// Embed gives a vector for each of some words, all of one length, in their order.
func (c *Client) Embed(ctx context.Context, words []string) (out [][]float64, err error) {
	defer fault.In(&err, "model.Embed(%d)", len(words))
	if len(words) == 0 {
		return nil, nil
	}
	if len(words) > mostEmbedded {
		return nil, fault.New(fault.Invalid, "At most %d texts are sent at once.", mostEmbedded)
	}
	type wanted struct {
		Model  string   `json:"model"`
		Input  []string `json:"input"`
		Format string   `json:"encoding_format"`
	}
	var got struct {
		Data []struct {
			Index  int       `json:"index"`
			Vector []float64 `json:"embedding"`
		} `json:"data"`
	}
	if err := c.ask(ctx, "/embeddings", wanted{cmp.Or(c.o.Vectors, c.o.Model), words, "float"}, func(a answered) error {
		return c.read(a, &got)
	}); err != nil {
		return nil, err
	}
	out = make([][]float64, len(words))
	for _, v := range got.Data {
		if v.Index < 0 || v.Index >= len(out) || out[v.Index] != nil || len(v.Vector) == 0 ||
			len(v.Vector) > mostDimensions || len(v.Vector) != len(got.Data[0].Vector) {
			return nil, fault.New(fault.Invalid, "The model's server %s answers with vectors that are not those of "+
				"the words sent.", c.Host())
		}
		out[v.Index] = v.Vector
	}
	if len(got.Data) != len(words) {
		return nil, fault.New(fault.Invalid, "The model's server %s answers with %d vectors for %d texts.", c.Host(),
			len(got.Data), len(words))
	}
	return out, nil
}

// Vectors asks for vectors by the model that is named for them.
type Vectors struct{ c *Client }

// NewVectors are those of a client whose options name a model for vectors; nil where they name none.
func NewVectors(c *Client) *Vectors {
	if c.o.Vectors == "" {
		return nil
	}
	return &Vectors{c}
}

// Name is the name of the model that is asked, Host where it is.
func (v *Vectors) Name() string { return v.c.o.Vectors }

// Host is the host and port that texts are sent to.
func (v *Vectors) Host() string { return v.c.Host() }

// Vectors is Client.Embed.
func (v *Vectors) Vectors(ctx context.Context, words []string) ([][]float64, error) {
	return v.c.Embed(ctx, words)
}

// read reads an answer that is one JSON value.
func (c *Client) read(a answered, into any) error {
	if a.media != "application/json" {
		return fault.New(fault.Invalid, "The model's server %s answers with “%.100s”, which is no answer of a "+
			"model. See whether the address is right; it mostly ends in /v1.", c.Host(), a.media)
	}
	raw, err := io.ReadAll(a.body)
	if err != nil {
		return err
	}
	if err := jsonin.Read(raw, into, jsonin.AnyFields); err != nil {
		return fault.Wrap(fault.Invalid, err, "The model's server %s answers with JSON that cannot be read. %s",
			c.Host(),
			fault.Message(err))
	}
	return nil
}
