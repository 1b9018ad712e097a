package desk

import (
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/requests"
)

// AskPath is the public path of a form, and AskedPath that of the one who asked.
func AskPath(name string) string     { return "/ask/" + name }
func AskedPath(secret string) string { return "/asked/" + secret }

// RequestJSON is what a reader asked, for programs.
type RequestJSON struct {
	ID         requests.ID    `json:"id"`
	State      requests.State `json:"state"`
	Words      string         `json:"words"`
	Address    string         `json:"address,omitempty"`
	Lang       string         `json:"lang"`             // in which the form was shown
	Alike      *int           `json:"alike,omitempty"`  // in a list: how many are like it, besides
	Reason     string         `json:"reason,omitempty"` // why it is not checked
	ReceivedAt Time           `json:"received_at"`
	DecidedBy  *auth.UserID   `json:"decided_by,omitempty"`
	DecidedAt  *Time          `json:"decided_at,omitempty"`
	Version    int64          `json:"version"`
}

func requestOf(x requests.Request) RequestJSON {
	out := RequestJSON{ID: x.ID, State: x.State, Words: x.Words, Address: x.Address, Lang: x.Lang, Reason: x.Reason,
		ReceivedAt: Time(x.ReceivedAt), DecidedBy: x.DecidedBy, Version: x.Version}
	if x.DecidedAt != 0 {
		out.DecidedAt = timeOf(&x.DecidedAt)
	}
	return out
}

// JSON is the list for programs.
func (r Requests) JSON() List[RequestJSON] {
	var out List[RequestJSON]
	for _, x := range r.List {
		row := requestOf(x.Request)
		row.Alike = &x.Alike
		out.Items = append(out.Items, row)
	}
	if r.Next != 0 {
		out.Next = decimal(r.Next)
	}
	return out
}

// RequestPageJSON is one request, with the claims that it is linked to, and those like it.
type RequestPageJSON struct {
	RequestJSON
	Claims  []claims.ID       `json:"claims"`
	Article *articles.ID      `json:"article,omitempty"` // that has its address
	Spoken  *articles.ID      `json:"spoken,omitempty"`  // that has its very words
	Found   []claims.ID       `json:"found,omitempty"`   // claims that have the words that were looked for
	Likely  []claims.ID       `json:"likely,omitempty"`  // claims that may say what is asked
	Contact string            `json:"contact,omitempty"` // for those only who decide about it
	Like    List[RequestJSON] `json:"like"`
}

// JSON is the request for programs.
func (r Request) JSON() RequestPageJSON {
	out := RequestPageJSON{RequestJSON: requestOf(r.Request), Claims: []claims.ID{}, Contact: r.Contact}
	for _, c := range r.Linked {
		out.Claims = append(out.Claims, c.ID)
	}
	if r.Article != 0 {
		out.Article = &r.Article
	}
	if r.Spoken != 0 {
		out.Spoken = &r.Spoken
	}
	for _, c := range r.Found {
		out.Found = append(out.Found, c.ID)
	}
	for _, c := range r.Likely {
		out.Likely = append(out.Likely, c.ID)
	}
	for _, x := range r.Alike {
		out.Like.Items = append(out.Like.Items, requestOf(x))
	}
	if r.Next != 0 {
		out.Like.Next = decimal(r.Next)
	}
	return out
}

// RequestDoneJSON is what became of an act on a request, and on how many like it.
type RequestDoneJSON struct {
	Request requests.ID    `json:"request"`
	State   requests.State `json:"state"`
	Version int64          `json:"version"`
	Others  int            `json:"others"`
	Left    bool           `json:"left"` // there are more like it: do it again
}

// RequestDoneOf is an act that was done, for programs.
func RequestDoneOf(d requests.Done) RequestDoneJSON {
	return RequestDoneJSON{Request: d.ID, State: d.State, Version: d.Version, Others: d.Others, Left: d.Left}
}

// RequestFormJSON is the form of a collection, for programs.
type RequestFormJSON struct {
	Published bool   `json:"published"`
	Address   string `json:"address,omitempty"` // its public path
	Lang      string `json:"lang"`
	Title     string `json:"title"`
	Intro     string `json:"intro"`
	PerDay    int    `json:"per_day"`
	Version   int64  `json:"version"`
}

// RequestFormOf is a form for programs.
func RequestFormOf(f requests.Form) RequestFormJSON {
	out := RequestFormJSON{Published: f.Name != "", Lang: f.Lang, Title: f.Title, Intro: f.Intro, PerDay: f.PerDay,
		Version: f.Version}
	if out.Published {
		out.Address = AskPath(f.Name)
	}
	return out
}

// AskJSON is a published form, for anybody.
type AskJSON struct {
	Title string   `json:"title"`
	Intro string   `json:"intro,omitempty"`
	Langs []string `json:"langs"` // in which it can be shown
}

// AskOf is a published form, for anybody.
func AskOf(f requests.Form) AskJSON {
	return AskJSON{Title: f.Title, Intro: f.Intro, Langs: requests.Langs()}
}

// AskedAtJSON is where the one who asked is told how far it is. It is given once.
type AskedAtJSON struct {
	Address string `json:"address"`
}

// TellingJSON is all that the one who asked is told.
type TellingJSON struct {
	State   requests.Told        `json:"state"`
	Printed []VerdictPrintedJSON `json:"printed,omitempty"`
	More    bool                 `json:"more,omitempty"` // another part is being checked still
}

// VerdictPrintedJSON is what is printed of a claim.
type VerdictPrintedJSON struct {
	Verdict   claims.Verdict `json:"verdict"`
	Withdrawn bool           `json:"withdrawn"`
}

// TellingOf is that for programs.
func TellingOf(a requests.Asked) TellingJSON {
	out := TellingJSON{State: a.Told, More: a.More}
	for _, p := range a.Printed {
		out.Printed = append(out.Printed, VerdictPrintedJSON{p.Verdict, p.Withdrawn})
	}
	return out
}
