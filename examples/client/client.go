// Package client is a small way to a workbench for Go programs: import, propose, poll, export, verify. It is written
// from /openapi.json and needs the standard library only; copy it and add what your program needs.
//
//	c := client.Client{URL: "https://desk.example", Token: os.Getenv("CLAIMBENCH_MACHINE")}
//	id, err := c.Import(ctx, 2, client.Text{Text: words, Lang: "en"})
package client

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// AtOnce is how many things are proposed in one request.
const AtOnce = 100

// Client asks one workbench with one token. HTTP may be nil.
type Client struct {
	URL, Token string
	HTTP       *http.Client
}

// Problem is a request that was refused (RFC 9457).
type Problem struct {
	Status int    `json:"status"`
	Kind   string `json:"kind"` // to decide by
	Detail string `json:"detail"`
}

// Error is the problem for people.
func (p *Problem) Error() string { return fmt.Sprintf("%d %s: %s", p.Status, p.Kind, p.Detail) }

// Text is a text to be imported.
type Text struct {
	Text      string `json:"text"`
	Title     string `json:"title,omitempty"`
	Lang      string `json:"lang,omitempty"`      // a BCP 47 tag; "" it is told from the text
	URL       string `json:"url,omitempty"`       // where it was published
	Published string `json:"published,omitempty"` // YYYY, YYYY-MM or YYYY-MM-DD
}

// Article is a text with its sentences. Spans count code points.
type Article struct {
	ID        int64  `json:"id"`
	Revision  int64  `json:"revision"`
	Text      string `json:"text"`
	Sentences struct {
		Items []Sentence `json:"items"`
		Next  string     `json:"next"`
	} `json:"sentences"`
}

// Sentence is a sentence of a text, without its words: see Words.
type Sentence struct {
	N     int    `json:"n"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Lang  string `json:"lang"`
}

// Words are those of a sentence.
func (a Article) Words(s Sentence) string { return string([]rune(a.Text)[s.Start:s.End]) }

// Item is one thing that a machine proposes; /openapi.json says which members each kind needs.
type Item struct {
	Kind         string   `json:"kind"`
	Article      int64    `json:"article,omitempty"`
	OtherArticle int64    `json:"other_article,omitempty"`
	Revision     int64    `json:"revision,omitempty"`
	Sentence     int      `json:"sentence,omitempty"`
	Quote        string   `json:"quote,omitempty"`
	Claim        int64    `json:"claim,omitempty"`
	OtherClaim   int64    `json:"other_claim,omitempty"`
	Statement    string   `json:"statement,omitempty"`
	Attribution  string   `json:"attribution,omitempty"`
	Hedge        []string `json:"hedge,omitempty"`
	Lang         string   `json:"lang,omitempty"`
	URL          string   `json:"url,omitempty"`
	Reasons      []string `json:"reasons,omitempty"`
}

// Answer is what became of an item at once: Outcome is kept, known or refused, and Why says the reason.
type Answer struct {
	Outcome  string `json:"outcome"`
	Why      string `json:"why"`
	Proposal int64  `json:"proposal"`
	Claim    int64  `json:"claim"`
}

// Proposal is what the machine itself proposed, and what became of it: waiting, accepted, changed, refused, closed.
type Proposal struct {
	ID        int64  `json:"id"`
	Kind      string `json:"kind"`
	Claim     int64  `json:"claim"`
	Words     string `json:"words"`
	Became    string `json:"became"`
	ChangedTo string `json:"changed_to"`
}

// Set is a claim set.
type Set struct {
	ID     int64  `json:"id"`
	Title  string `json:"title"`
	State  string `json:"state"`
	SHA256 string `json:"sha256"` // of the frozen claims
}

// ErrWaits says that a person of the collection takes in what machines bring, or does not.
var ErrWaits = errors.New("a person takes in what machines bring to this collection")

// Import brings a text in with the token of a machine, once: a text that is there already keeps its number. Where
// something in the collection is protected, it is ErrWaits.
func (c Client) Import(ctx context.Context, collection int64, t Text) (article int64, err error) {
	var made struct {
		Article struct {
			ID int64 `json:"id"`
		} `json:"article"`
		Waits bool `json:"waits"`
	}
	err = c.ask(ctx, fmt.Sprintf("/collections/%d/machine/articles", collection), t, &made)
	if err == nil && made.Waits {
		err = ErrWaits
	}
	return made.Article.ID, err
}

// Article reads a text with all its sentences.
func (c Client) Article(ctx context.Context, id int64) (a Article, err error) {
	for from := ""; ; from = "?from=" + a.Sentences.Next {
		had := a.Sentences.Items
		a = Article{}
		if err := c.ask(ctx, fmt.Sprintf("/machine/articles/%d%s", id, from), nil, &a); err != nil {
			return a, err
		}
		if a.Sentences.Items = append(had, a.Sentences.Items...); a.Sentences.Next == "" {
			return a, nil
		}
	}
}

// Propose proposes, as many in one request as a workbench takes, with an answer for each item in their order. model is
// the name of what made them, "" for no model.
func (c Client) Propose(ctx context.Context, collection int64, model string, all []Item) (out []Answer, err error) {
	for len(all) > 0 {
		part := all[:min(len(all), AtOnce)]
		all = all[len(part):]
		var got struct {
			Items []Answer `json:"items"`
		}
		if err := c.ask(ctx, fmt.Sprintf("/collections/%d/machine/proposals", collection), struct {
			Model string `json:"model"`
			Items []Item `json:"items"`
		}{model, part}, &got); err != nil {
			return out, err
		}
		out = append(out, got.Items...)
	}
	return out, nil
}

// Proposals reads all that the machine proposed in a collection.
func (c Client) Proposals(ctx context.Context, collection int64) ([]Proposal, error) {
	return every[Proposal](ctx, c, fmt.Sprintf("/collections/%d/machine/proposals", collection))
}

// Sets reads the claim sets of a collection; it needs the token of a person.
func (c Client) Sets(ctx context.Context, collection int64) ([]Set, error) {
	return every[Set](ctx, c, fmt.Sprintf("/collections/%d/sets", collection))
}

// Export takes a frozen set as JSON; it needs the token of a person who may export.
func (c Client) Export(ctx context.Context, set int64) (export []byte, err error) {
	return export, c.ask(ctx, fmt.Sprintf("/sets/%d/export", set), map[string]string{"format": "json"}, &export)
}

// Verify compares the claims of an export with the SHA-256 that was frozen with the set, and gives the claims.
func Verify(export []byte) (of Set, claims [][]byte, err error) {
	lines := bytes.Split(export, []byte("\n"))
	head, ours := bytes.CutPrefix(lines[0], []byte(`{"claim_set":`))
	if !ours || len(lines) < 2 {
		return of, nil, fmt.Errorf("this is no export of a claim set")
	}
	if err := json.Unmarshal(bytes.TrimSuffix(head, []byte(",")), &of); err != nil {
		return of, nil, err
	}
	sum := sha256.New()
	for _, line := range lines[2:] {
		if bytes.HasPrefix(line, []byte("{")) {
			claims = append(claims, bytes.TrimSuffix(line, []byte(",")))
			_, _ = fmt.Fprintf(sum, "%s\n", claims[len(claims)-1])
		}
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != of.SHA256 {
		return of, claims, fmt.Errorf("the claims have the SHA-256 %s, and %s was frozen", got, of.SHA256)
	}
	return of, claims, nil
}

// every reads a list page by page.
func every[T any](ctx context.Context, c Client, path string) (all []T, err error) {
	for after := ""; ; {
		var page struct {
			Items []T    `json:"items"`
			Next  string `json:"next"`
		}
		if err := c.ask(ctx, path+after, nil, &page); err != nil {
			return all, err
		}
		all = append(all, page.Items...)
		if page.Next == "" {
			return all, nil
		}
		after = "?after=" + page.Next
	}
}

// ask sends a GET, or a POST when there is a body, and reads the answer into what into points to: JSON, or bytes. What
// is asked too fast is asked again, under the same key, when the workbench says.
func (c Client) ask(ctx context.Context, path string, body, into any) error {
	method, raw := http.MethodGet, []byte(nil)
	if body != nil {
		method = http.MethodPost
		var err error
		if raw, err = json.Marshal(body); err != nil {
			return err
		}
	}
	for key := rand.Text(); ; {
		answer, wait, err := c.send(ctx, method, path, key, raw)
		if err != nil {
			return err
		}
		if wait == 0 {
			if all, ok := into.(*[]byte); ok {
				*all = answer
				return nil
			}
			return json.Unmarshal(answer, into)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
}

// send sends a request once; wait is how long the workbench wants to be left alone.
func (c Client) send(ctx context.Context, method, path, key string, body []byte) (answer []byte, wait time.Duration,
	err error) {
	r, err := http.NewRequestWithContext(ctx, method, c.URL+path, bytes.NewReader(body))
	if err != nil {
		return nil, 0, err
	}
	r.Header.Set("Authorization", "Bearer "+c.Token)
	r.Header.Set("Accept", "application/json")
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Idempotency-Key", key)
	}
	do := http.DefaultClient
	if c.HTTP != nil {
		do = c.HTTP
	}
	got, err := do.Do(r)
	if err != nil {
		return nil, 0, err
	}
	defer func() { _ = got.Body.Close() }()
	if answer, err = io.ReadAll(got.Body); err != nil || got.StatusCode < http.StatusBadRequest {
		return answer, 0, err
	}
	if s, err := strconv.Atoi(got.Header.Get("Retry-After")); err == nil {
		return nil, time.Duration(max(s, 1)) * time.Second, nil
	}
	p := &Problem{Status: got.StatusCode}
	if err := json.Unmarshal(answer, p); err != nil {
		p.Detail = string(answer)
	}
	return nil, 0, p
}
