package model

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"claimbench/internal/fault"
	"claimbench/internal/jsonin"
)

// Ask is one question. System is what is asked, User the text that it is asked of; Schema is the JSON schema of the
// answer, called Name.
type Ask struct {
	System, User string
	Name         string
	Schema       json.RawMessage
	Tokens       int // the answer has at most so many
}

// Answer is what a model said: one JSON value as it was written, with how long the first and the last word took.
type Answer struct {
	Content string
	Model   string // as the server names it in its answer
	First   time.Duration
	Took    time.Duration
	Pieces  int // of the stream; 0: it came whole
}

// What every question is asked with: the likeliest words, the same each time, as far as a server keeps to it.
const (
	temperature = 0
	seed        = 1
)

// Parameters says what a question is asked with, as it is kept beside its answer.
func (a Ask) Parameters() string {
	return fmt.Sprintf("temperature=%d seed=%d max_tokens=%d", temperature, seed, a.Tokens)
}

type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

// question is a request for a chat completion with a schema: https://platform.openai.com/docs/api-reference/chat.
type question struct {
	Model       string    `json:"model"`
	Messages    []message `json:"messages"`
	Temperature int       `json:"temperature"`
	Seed        int       `json:"seed"`
	MaxTokens   int       `json:"max_tokens"`
	Stream      bool      `json:"stream"`
	Format      *format   `json:"response_format,omitempty"`
}

type format struct {
	Type   string `json:"type"`
	Schema struct {
		Name   string          `json:"name"`
		Strict bool            `json:"strict"`
		Schema json.RawMessage `json:"schema"`
	} `json:"json_schema"`
}

// Chat asks a question and gives the whole answer, or an error: an answer that broke off, was cut at its length or came
// with an error in it is none. fault.Unavailable: later it may go. fault.Invalid: it would not.
func (c *Client) Chat(ctx context.Context, a Ask) (out Answer, err error) {
	defer fault.In(&err, "model.Chat(%s)", a.Name)
	if c.o.Model == "" {
		return out, fault.New(fault.Invalid, "Say which model of %s is asked.", c.Host())
	}
	q := question{Model: c.o.Model, Temperature: temperature, Seed: seed, MaxTokens: a.Tokens, Stream: true,
		Messages: []message{{"system", a.System}, {"user", a.User}}}
	if a.Schema != nil {
		q.Format = &format{Type: "json_schema"}
		q.Format.Schema.Name, q.Format.Schema.Strict, q.Format.Schema.Schema = a.Name, true, a.Schema
	}
	begun := time.Now()
	err = c.ask(ctx, "/chat/completions", q, func(got answered) error {
		switch got.media {
		case "text/event-stream":
			out, err = c.streamed(got.body, begun)
		case "application/json":
			out, err = c.whole(got.body, begun)
		default:
			err = fault.New(fault.Invalid, "The model's server %s answers with “%.100s”, which is no answer of a "+
				"model. See whether the address is right; it mostly ends in /v1.", c.Host(), got.media)
		}
		return err
	})
	if err != nil {
		return Answer{}, err
	}
	return out, nil
}

// AskFor asks a question and reads its answer into a struct; a field that the struct does not have is refused.
func (c *Client) AskFor(ctx context.Context, a Ask, into any) (Answer, error) {
	got, err := c.Chat(ctx, a)
	if err != nil {
		return got, err
	}
	if err := jsonin.Read([]byte(unfenced(got.Content)), into, jsonin.OnlyKnown); err != nil {
		return got, fault.Wrap(fault.Invalid, errors.Join(errAnswer, err),
			"The model's answer is not the JSON that it was "+
				"asked for. %s", fault.Message(err))
	}
	return got, nil
}

// unfenced takes the marks of Markdown from around an answer: many a model puts them there, schema or not.
func unfenced(s string) string {
	s = strings.TrimSpace(s)
	if rest, ok := strings.CutPrefix(s, "```"); ok {
		if _, rest, ok = strings.Cut(rest, "\n"); ok {
			s = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "```"))
		}
	}
	return s
}

// choice is what a server sends of one answer, whole or in pieces.
type choice struct {
	Delta   message `json:"delta"`
	Message message `json:"message"`
	Finish  string  `json:"finish_reason"`
}

type completion struct {
	Model   string          `json:"model"`
	Choices []choice        `json:"choices"`
	Error   json.RawMessage `json:"error"`
}

// whole reads an answer that was not streamed.
func (c *Client) whole(body io.Reader, begun time.Time) (Answer, error) {
	raw, err := io.ReadAll(body)
	if err != nil {
		return Answer{}, err
	}
	var got completion
	if err := c.piece(raw, &got); err != nil {
		return Answer{}, err
	}
	if len(got.Choices) == 0 {
		return Answer{}, fault.New(fault.Invalid, "The model's server %s answers with no choice at all.", c.Host())
	}
	took := time.Since(begun)
	return c.taken(Answer{Content: got.Choices[0].Message.Content, Model: got.Model, First: took, Took: took},
		got.Choices[0].Finish)
}

// piece reads one JSON value of an answer, and the error that may lie in it.
func (c *Client) piece(raw []byte, into *completion) error {
	if err := jsonin.Read(raw, into, jsonin.AnyFields); err != nil {
		return fault.Wrap(fault.Invalid, err, "The model's server %s answers with JSON that cannot be read. %s",
			c.Host(),
			fault.Message(err))
	}
	if len(into.Error) > 0 && string(into.Error) != "null" {
		return fault.New(fault.Unavailable, "The model's server %s failed within its answer%s.", c.Host(), saidOf(raw))
	}
	return nil
}

// taken looks at an answer that came to its end.
func (c *Client) taken(a Answer, finish string) (Answer, error) {
	switch {
	case finish == "length":
		return a, fault.Wrap(fault.Invalid, errAnswer, "The model's answer was longer than it may be, and was cut off.")
	case finish == "":
		return a, fault.New(fault.Unavailable, "The model's answer broke off: the server %s does not say that it "+
			"ended.",
			c.Host())
	case finish != "stop":
		return a, fault.Wrap(fault.Invalid, errAnswer, "The model's answer ended by “%.60s”, and is not used.", finish)
	case strings.TrimSpace(a.Content) == "":
		return a, fault.Wrap(fault.Invalid, errAnswer, "The model's answer is empty.")
	case len(a.Content) > mostContent:
		return a, c.tooLong()
	case !utf8.ValidString(a.Content):
		return a, fault.Wrap(fault.Invalid, errAnswer, "The model's answer is not valid UTF-8.")
	}
	return a, nil
}

func (c *Client) tooLong() error {
	return fault.Wrap(fault.Invalid, errAnswer, "The model's answer has more than %d KiB. It was cut off and "+
		"nothing of it is used.",
		mostContent>>10)
}

// errAnswer marks what is wrong with one answer, and not with the server.
var errAnswer = errors.New("the answer is not used")
