package desk

import "claimbench/internal/claimset"

// StoryJSON is a page of the history of a claim, for programs.
type StoryJSON struct {
	Items   []ToldJSON    `json:"items"`
	Next    string        `json:"next,omitempty"` // what to send as "before" for the page that follows
	Printed []PrintedJSON `json:"printed"`        // the frozen sets that the claim is in
}

// ToldJSON is an event with what it says in words.
type ToldJSON struct {
	Sentence string `json:"sentence,omitempty"` // left out where the event beside it says the same
	EventJSON
}

// PrintedJSON is a frozen set.
type PrintedJSON struct {
	Set      claimset.ID `json:"set"`
	Title    string      `json:"title"`
	Edition  int         `json:"edition"`
	State    string      `json:"state"`
	FrozenAt *Time       `json:"frozen_at,omitempty"`
}

// JSON is the page for programs.
func (s Story) JSON() StoryJSON {
	out := StoryJSON{Items: []ToldJSON{}, Next: s.Older, Printed: []PrintedJSON{}}
	for _, e := range s.Events {
		item := ToldJSON{EventJSON: e.JSON()}
		if t, ok := Tell(e); ok {
			item.Sentence = t.Sentence()
		}
		out.Items = append(out.Items, item)
	}
	for _, p := range s.Printed {
		out.Printed = append(out.Printed, PrintedJSON{p.ID, p.Title, p.N, string(p.State), timeOf(p.FrozenAt)})
	}
	return out
}
