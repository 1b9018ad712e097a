package seeds

import (
	"encoding/json"
	"fmt"
)

// Demo is the work that a demo begins with: claims of the sample articles in every state.
type Demo struct {
	Origins map[string]string `json:"origins"` // of the articles, by file
	Set     struct {
		Title string `json:"title"`
		By    string `json:"by"`
	} `json:"set"`
	Claims []DemoClaim `json:"claims"`
}

// DemoClaim is a claim with what people did to it. Statement is as the words, where it is left out.
type DemoClaim struct {
	Article   string       `json:"article"` // a file
	Exact     string       `json:"exact"`
	Statement string       `json:"statement"`
	Gloss     string       `json:"gloss"` // in English
	Links     []DemoLink   `json:"links"`
	Reviews   []DemoReview `json:"reviews"`
	Approval  *struct {
		By          string `json:"by"`
		Reason      string `json:"reason"`
		Explanation string `json:"explanation"`
	} `json:"approval"`
	InSet   bool `json:"in_set"`
	Snoozed struct {
		By   []string `json:"by"`
		Days int      `json:"days"`
	} `json:"snoozed"`
}

// DemoLink is evidence: words of another sample, or of an outside page.
type DemoLink struct {
	Article string `json:"article"` // a file; "" for an outside page
	Exact   string `json:"exact"`
	URL     string `json:"url"`
	ReadOn  string `json:"read_on"`
	Origin  string `json:"origin"`
	Stance  string `json:"stance"`
	Kind    string `json:"kind"`
}

// DemoReview is one person's review. It relies on all evidence, unless it says that it relies on none.
type DemoReview struct {
	By         string `json:"by"`
	Verdict    string `json:"verdict"`
	Reason     string `json:"reason"`
	Confidence *int   `json:"confidence"`
	Rationale  string `json:"rationale"`
	Searched   string `json:"searched"`
	Evidence   *[]int `json:"evidence"`
}

// DemoWork gives the work that a demo begins with.
func DemoWork() (d Demo, err error) {
	raw, err := files.ReadFile("demo.json")
	if err == nil {
		err = json.Unmarshal(raw, &d)
	}
	if err != nil {
		return d, fmt.Errorf("seeds/demo.json: %w", err)
	}
	return d, nil
}
