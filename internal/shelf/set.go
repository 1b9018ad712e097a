package shelf

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"

	"claimbench/internal/claims"
)

// setHead is what a JSON export of a set says of itself (docs/claimset.md).
type setHead struct {
	Format     string `json:"format"`
	Set        int64  `json:"set"`
	Title      string `json:"title"`
	N          int64  `json:"version"`
	FrozenAt   string `json:"frozen_at"`
	SHA256     string `json:"sha256"`
	Checkpoint string `json:"checkpoint"`
	Publisher  string `json:"publisher"`
	Address    string `json:"address"`
}

// sourceOfSet reads the head of a set of this workbench or another.
func sourceOfSet(raw []byte) (Source, error) {
	var h setHead
	if err := json.Unmarshal(raw, &h); err != nil || !strings.HasPrefix(h.Format, "claimbench/claimset/") {
		return Source{}, breakf("What the file says of its claim set cannot be read.")
	}
	origin, _, _ := strings.Cut(h.Checkpoint, "\n")
	set := strconv.FormatInt(h.Set, 10)
	n := strconv.FormatInt(h.N, 10)
	at := strings.NewReplacer("{set}", set, "{version}", n).Replace(h.Address)
	return Source{Format: FormatSet, Workbench: field(origin, longestField), Set: set + "/" + n,
		Title: field(h.Title, longestField), SHA256: field(h.SHA256, 64), Publisher: field(h.Publisher, longestField),
		Address: field(at, 2000), Day: dayOf(h.FrozenAt)}, nil
}

// setClaim is what the shelf reads of a claim that a set exported.
type setClaim struct {
	Claim       int64          `json:"claim"`
	Statement   string         `json:"statement"`
	Lang        string         `json:"lang"`
	Attribution string         `json:"attribution"`
	Verdict     claims.Verdict `json:"verdict"`
	Reason      claims.Reason  `json:"reason"`
	Withheld    bool           `json:"withheld"`
	Article     struct {
		Source string `json:"source"`
		Byline string `json:"byline"`
		URL    string `json:"url"`
	} `json:"article"`
}

// claimOfSet reads a claim that a set exported.
func claimOfSet(raw []byte, src Source) (r Record, err error) {
	var c setClaim
	if err := json.Unmarshal(raw, &c); err != nil {
		return r, breakf("It is no claim of a set: %s.", strings.TrimPrefix(err.Error(), "json: "))
	}
	switch {
	case c.Withheld:
		return r, breakf("Its words are withheld: the article was taken down.")
	case !claims.Verdicts.Has(c.Verdict):
		return r, breakf("Its verdict is none of a workbench.")
	}
	r = Record{Raw: raw, Claim: c.Statement, Lang: c.Lang, Verdict: c.Verdict, Publisher: src.Publisher, Day: src.Day,
		URL: strings.ReplaceAll(src.Address, "{claim}", strconv.FormatInt(c.Claim, 10)), Author: c.Attribution,
		Appeared: webAddress(c.Article.URL), Source: src}
	if r.Author == "article" {
		r.Author = cmp.Or(c.Article.Byline, c.Article.Source)
	}
	r.Rating.Words = c.Verdict.Word()
	if c.Reason != "" {
		r.Rating.Words += ": " + strings.ReplaceAll(string(c.Reason), "_", " ")
	}
	return r, nil
}

// shelved is one line of a shelf's file: the bytes of an entry as they once came, and what its file said. A row of a
// table is a string.
type shelved struct {
	Source Source          `json:"source"`
	Entry  json.RawMessage `json:"entry"`
}

// entryOfShelf reads a line of a shelf's file as the entry was read when it first came.
func entryOfShelf(raw []byte) (r Record, err error) {
	var line shelved
	if err := json.Unmarshal(raw, &line); err != nil || len(line.Entry) == 0 {
		return r, breakf("It is no entry of a shelf.")
	}
	entry := []byte(line.Entry)
	if line.Source.Format == FormatTable {
		var row string
		if err := json.Unmarshal(entry, &row); err != nil {
			return r, breakf("It is no row of a table.")
		}
		entry = []byte(row)
	}
	return again(entry, line.Source)
}

// again reads the bytes of an entry by what its file said.
func again(raw []byte, src Source) (r Record, err error) {
	switch src.Format {
	case FormatSet:
		r, err = claimOfSet(raw, src)
	case FormatTable:
		r, err = rowOf(raw, src)
	case FormatReview:
		var other bool
		if r, other, err = claimReview(raw); err == nil && other {
			err = breakf("It is no ClaimReview.")
		}
	default:
		err = breakf("It is of no format that a shelf has.")
	}
	if err != nil {
		return r, err
	}
	r.Source = src
	return r.complete()
}

// line writes an entry for a shelf's file.
func (s Source) line(raw []byte) ([]byte, error) {
	if s.Format == FormatTable {
		row, err := json.Marshal(string(raw))
		if err != nil {
			return nil, err
		}
		raw = row
	}
	head, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	out := append([]byte(`{"source":`), head...)
	out = append(append(out, `,"entry":`...), raw...)
	return append(out, '}'), nil
}
