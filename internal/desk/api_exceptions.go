package desk

// RuleJSON is one rule with how many rows it has.
type RuleJSON struct {
	Rule  string `json:"rule"`
	Title string `json:"title"`
	Says  string `json:"says"`
	Never bool   `json:"never,omitempty"` // a guard refuses it: each row is a fault
	Rows  int64  `json:"rows"`
	More  bool   `json:"more,omitempty"` // there are more than were counted
}

// RuleRowsJSON is a page of the rows of one rule: the cells that are not empty, by their columns.
type RuleRowsJSON struct {
	Rule  string              `json:"rule"`
	Title string              `json:"title"`
	Says  string              `json:"says"`
	Items []map[string]string `json:"items"`
	Next  string              `json:"next,omitempty"` // what to send as “before” for the page that follows
}

// JSON is the page for programs.
func (e Exceptions) JSON() (out List[RuleJSON]) {
	for _, r := range e.Rules {
		out.Items = append(out.Items, RuleJSON{string(r.Name), r.Title, r.Says, r.Never, r.Rows, r.More})
	}
	return out
}

// JSON is the page for programs.
func (r RuleRows) JSON() RuleRowsJSON {
	out := RuleRowsJSON{Rule: string(r.Rule.Name), Title: r.Rule.Title, Says: r.Rule.Says,
		Items: []map[string]string{}, Next: r.Next}
	for _, row := range r.Rows {
		out.Items = append(out.Items, r.Rule.Fields(row))
	}
	return out
}
