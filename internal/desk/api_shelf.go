package desk

import (
	"strings"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/shelf"
)

// ShelfEntryJSON is a fact-check on a shelf.
type ShelfEntryJSON struct {
	ID           shelf.EntryID     `json:"id"`
	Collection   auth.CollectionID `json:"collection"`
	File         shelf.FileID      `json:"file"`
	N            int64             `json:"n"` // its number in the file
	State        shelf.EntryState  `json:"state"`
	Claim        string            `json:"claim"`
	Lang         string            `json:"lang"`
	LangDetected bool              `json:"lang_detected"`
	Rating       ShelfRatingJSON   `json:"rating"`
	Verdict      claims.Verdict    `json:"verdict"` // "": what the rating comes to is not certain
	Publisher    string            `json:"publisher"`
	URL          string            `json:"url"`
	Day          string            `json:"day"`
	Author       string            `json:"author"`
	Appeared     []string          `json:"appeared"`
	SHA256       string            `json:"sha256"` // of the bytes as they came
	Version      int64             `json:"version"`
}

// ShelfRatingJSON is a rating as it is printed.
type ShelfRatingJSON struct {
	Words string `json:"words"`
	Value string `json:"value,omitempty"`
	Best  string `json:"best,omitempty"`
	Worst string `json:"worst,omitempty"`
}

func ratingJSON(r shelf.Rating) ShelfRatingJSON {
	return ShelfRatingJSON{r.Words, r.Value, r.Best, r.Worst}
}

// ShelfEntryOf is an entry for programs.
func ShelfEntryOf(e shelf.Entry) ShelfEntryJSON {
	return ShelfEntryJSON{ID: e.ID, Collection: e.CollectionID, File: e.FileID, N: e.N, State: e.State, Claim: e.Claim,
		Lang: e.Lang, LangDetected: e.Detected, Rating: ratingJSON(e.Rating), Verdict: e.Verdict,
		Publisher: e.Publisher, URL: e.URL, Day: e.Day, Author: e.Author, Appeared: some(strings.Fields(e.Appeared)),
		SHA256: e.SHA256, Version: e.Version}
}

// JSON is the list for programs.
func (s Shelf) JSON() List[ShelfEntryJSON] {
	out := List[ShelfEntryJSON]{}
	for _, e := range s.List {
		out.Items = append(out.Items, ShelfEntryOf(e))
	}
	if s.Next != 0 {
		out.Next = decimal(s.Next)
	}
	return out
}

// ShelfEntryPageJSON is an entry with whence it came and its bytes.
type ShelfEntryPageJSON struct {
	ShelfEntryJSON
	Source ShelfSourceJSON `json:"source"`
	Bytes  string          `json:"bytes"` // as they came, at most 20,000
	Cut    bool            `json:"cut"`   // there are more
}

// ShelfSourceJSON is what the file of an entry says of it.
type ShelfSourceJSON struct {
	Format    shelf.Format `json:"format"` // "" until the file is read
	Workbench string       `json:"workbench,omitempty"`
	Set       string       `json:"set,omitempty"`
	Title     string       `json:"title,omitempty"`
	SHA256    string       `json:"sha256,omitempty"`
}

func sourceJSON(s shelf.Source) ShelfSourceJSON {
	return ShelfSourceJSON{s.Format, s.Workbench, s.Set, s.Title, s.SHA256}
}

// JSON is the entry for programs.
func (s ShelfEntry) JSON() ShelfEntryPageJSON {
	return ShelfEntryPageJSON{ShelfEntryOf(s.Entry), sourceJSON(s.Source), s.Raw, s.Cut}
}

// ShelfFileJSON is a file of fact-checks.
type ShelfFileJSON struct {
	ID         shelf.FileID      `json:"id"`
	Collection auth.CollectionID `json:"collection"`
	Name       string            `json:"name"`
	Format     shelf.Format      `json:"format"`
	Bytes      int64             `json:"bytes"`
	SHA256     string            `json:"sha256"`
	State      shelf.FileState   `json:"state"`
	Taken      int64             `json:"taken"`
	Known      int64             `json:"known"`
	BroughtBy  auth.UserID       `json:"brought_by"`
	BroughtAt  Time              `json:"brought_at"`
	Version    int64             `json:"version"`
}

// ShelfFileOf is a file for programs.
func ShelfFileOf(f shelf.File) ShelfFileJSON {
	return ShelfFileJSON{f.ID, f.CollectionID, f.Name, f.Format, f.Bytes, f.SHA256, f.State, f.Taken, f.Known,
		f.BroughtBy, Time(f.BroughtAt), f.Version}
}

// JSON is the list for programs.
func (s ShelfFiles) JSON() List[ShelfFileJSON] {
	out := List[ShelfFileJSON]{}
	for _, f := range s.List {
		out.Items = append(out.Items, ShelfFileOf(f))
	}
	if s.Next != 0 {
		out.Next = decimal(s.Next)
	}
	return out
}

// ShelfFilePageJSON is a file with what a dry run found in it.
type ShelfFilePageJSON struct {
	ShelfFileJSON
	Good   int                   `json:"good"`
	Bad    int                   `json:"bad"`
	Named  List[ShelfBadJSON]    `json:"named"` // the first of the bad ones
	First  List[ShelfSampleJSON] `json:"first"` // the first of the good ones, until they are in
	Source ShelfSourceJSON       `json:"source"`
	Whole  bool                  `json:"whole"` // of a set: it hashes to what it says
	Job    *Job                  `json:"job,omitempty"`
}

// ShelfBadJSON is an item of a file that is left out.
type ShelfBadJSON struct {
	N    int    `json:"n"`
	Line int    `json:"line"`
	Why  string `json:"why"`
}

// ShelfSampleJSON is a fact-check as a dry run shows it.
type ShelfSampleJSON struct {
	N            int             `json:"n"`
	Claim        string          `json:"claim"`
	Lang         string          `json:"lang"`
	LangDetected bool            `json:"lang_detected"`
	Rating       ShelfRatingJSON `json:"rating"`
	Verdict      string          `json:"verdict"`
	Publisher    string          `json:"publisher"`
	URL          string          `json:"url"`
	Day          string          `json:"day"`
}

// JSON is the file for programs.
func (s ShelfFile) JSON() ShelfFilePageJSON {
	out := ShelfFilePageJSON{ShelfFileJSON: ShelfFileOf(s.File), Good: s.Look.Good, Bad: s.Look.BadOnes,
		Source: sourceJSON(s.Look.Source), Whole: s.Look.Whole}
	for _, b := range s.Look.Bad {
		out.Named.Items = append(out.Named.Items, ShelfBadJSON(b))
	}
	for _, x := range s.Look.First {
		out.First.Items = append(out.First.Items, ShelfSampleJSON{x.N, x.Claim, x.Lang, x.Detected,
			ratingJSON(x.Rating), x.Verdict,
			x.Publisher, x.URL, x.Day})
	}
	if s.Job != nil {
		j := JobOf(*s.Job)
		out.Job = &j
	}
	return out
}

// CheckedJSON lists what others may have checked already of a claim. None of it is evidence.
type CheckedJSON struct {
	Claim claims.ID   `json:"claim"`
	Items []MatchJSON `json:"items"`
}

// MatchJSON is an entry that may say what a claim says.
type MatchJSON struct {
	ID      shelf.MatchID    `json:"id"`
	State   shelf.MatchState `json:"state"`
	Score   float64          `json:"score"` // 0 to 1
	Keys    []KeyJSON        `json:"keys"`
	Version int64            `json:"version"`
	Entry   ShelfEntryJSON   `json:"entry"`
}

// JSON is the answer for programs.
func (c Checked) JSON() CheckedJSON {
	out := CheckedJSON{c.Claim.ID, []MatchJSON{}}
	for _, b := range c.Found {
		out.Items = append(out.Items, MatchJSON{b.ID, b.State, float64(b.Score) / 1000, keysJSON(b.Keys), b.Version,
			ShelfEntryOf(b.Entry)})
	}
	return out
}

// MatchDecidedJSON is what a person said of a match.
type MatchDecidedJSON struct {
	Match   shelf.MatchID    `json:"match"`
	Claim   claims.ID        `json:"claim"`
	State   shelf.MatchState `json:"state"`
	Version int64            `json:"version"`
}

// DecidedMatchOf is a match that was decided on, for programs.
func DecidedMatchOf(m shelf.Match) MatchDecidedJSON {
	return MatchDecidedJSON{m.ID, m.ClaimID, m.State, m.Version}
}

func (ShelfEntryJSON) answer()     {}
func (ShelfEntryPageJSON) answer() {}
func (ShelfFileJSON) answer()      {}
func (ShelfFilePageJSON) answer()  {}
func (CheckedJSON) answer()        {}
func (MatchDecidedJSON) answer()   {}
func (MatchDecidedJSON) plain()    {}
