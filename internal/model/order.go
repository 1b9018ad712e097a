package model

import (
	"context"
	"fmt"
	"strings"

	"claimbench/internal/fault"
	"claimbench/internal/text"
)

// Ordering is the version of what is taken of an order of passages, kept with each.
const Ordering = "1"

// Limits of one order.
const (
	MostOrdered  = 50     // passages that are sent
	mostPassage  = 600    // code points of one; what is longer is cut
	mostPassages = 12_000 // of all; those behind are not sent
	mostReason   = 200    // of why one stands where it does
)

// Place is where a model puts a passage: N is its number among those sent, from 0, Why are the model's words, "" where
// it has none that can be shown.
type Place struct {
	N   int
	Why string
}

// Ordered is an order of passages, the first first, or why there is none. Passages that are not in it keep their own
// order behind.
type Ordered struct {
	Places  []Place
	Made    Made
	Refused *Refusal
}

// Order asks in which order passages help to check a claim. What of them speaks against it, and what of them is
// evidence, is not asked, and not taken where it is said. A number that was not sent, and one that is there twice, are
// left out. A server that fails is an error.
func (v *Voices) Order(ctx context.Context, claim Worded, passages []Worded, spend Spend) (out Ordered, err error) {
	defer fault.In(&err, "model.Order(%d passages)", len(passages))
	type one struct {
		N    int    `json:"n"`
		Text string `json:"text"`
	}
	var sent []one
	points := 0
	for i, p := range passages[:min(len(passages), MostOrdered)] {
		words := []rune(p.Words)
		if len(words) > mostPassage {
			words = append(words[:mostPassage:mostPassage], '…')
		}
		if points += len(words); points > mostPassages {
			break
		}
		sent = append(sent, one{i + 1, string(words)})
	}
	if n := len([]rune(claim.Words)); n > MostGlossed || text.Blank(claim.Words) || len(sent) < 2 {
		out.Refused = &Refusal{Why: Long, What: fmt.Sprintf("%d characters, %d passages", n, len(sent))}
		return out, nil
	}
	var got struct {
		Passages []struct {
			N   int    `json:"n"`
			Why string `json:"why"`
		} `json:"passages"`
	}
	out.Made, out.Refused, err = v.put(ctx, rank, "order "+Ordering, map[string]any{"claim": claim.Words,
		"passages": sent}, Ask{Name: "passages", Schema: orderSchema, Tokens: 256 + 64*len(sent)}, &got, spend)
	if err != nil || out.Refused != nil {
		return out, err
	}
	there := make([]bool, len(sent))
	for _, p := range got.Passages {
		if p.N < 1 || p.N > len(sent) || there[p.N-1] {
			continue
		}
		there[p.N-1] = true
		out.Places = append(out.Places, Place{N: p.N - 1, Why: reasonOf(p.Why, claim.Words+" "+
			passages[p.N-1].Words)})
	}
	if len(out.Places) == 0 && len(got.Passages) > 0 {
		out.Refused = &Refusal{Why: Unreadable, What: "It names no passage that was sent."}
	}
	return out, nil
}

// OrderPrompt is the hash of what is asked for an order now; an order by another one is not asked for again by this.
func OrderPrompt() string {
	all, err := loadPrompts(promptFiles)
	if err != nil {
		return ""
	}
	return all[rank].Hash
}

var orderSchema = object(`"passages":` + list(object(`"n":{"type":"integer"},"why":{"type":"string"}`)))

// reasonOf is why a passage stands where it does, in the model's words: one line; "" where it is long, has marks of a
// page, or a number that neither the claim nor the passage has.
func reasonOf(why, words string) string {
	why = strings.Join(strings.Fields(why), " ")
	if text.Blank(why) || len([]rune(why)) > mostReason || text.CheckTyped("why", why) != nil ||
		page.MatchString(why) {
		return ""
	}
	held := map[string]bool{}
	for _, n := range digitsIn(words) {
		held[n] = true
	}
	for _, n := range digitsIn(why) {
		if !held[n] {
			return ""
		}
	}
	return why
}
