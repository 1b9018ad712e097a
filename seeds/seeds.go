// Package seeds holds the four sample articles, byte for byte, with their facts, and the work that a demo begins with
// (demo.json). Facts that the texts do not state are marked in articles.json; a source that a text does not name is
// called so rather than guessed.
package seeds

import (
	"embed"
	"encoding/json"
	"fmt"
)

//go:embed *.txt articles.json demo.json
var files embed.FS

// Article is one sample with its facts. Published is as exact as it is known.
type Article struct {
	File       string `json:"file"`
	Lang       string `json:"lang"`
	Source     string `json:"source"`
	SourceKind string `json:"source_kind"`
	Byline     string `json:"byline"`
	Published  string `json:"published"`
	Note       string `json:"note"`
	Raw        string `json:"-"`
}

// Articles gives the samples in their order.
func Articles() ([]Article, error) {
	facts, err := files.ReadFile("articles.json")
	if err != nil {
		return nil, err
	}
	var out []Article
	if err := json.Unmarshal(facts, &out); err != nil {
		return nil, fmt.Errorf("seeds/articles.json: %w", err)
	}
	for i := range out {
		raw, err := files.ReadFile(out[i].File)
		if err != nil {
			return nil, err
		}
		out[i].Raw = string(raw)
	}
	return out, nil
}
