package status

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"
	"time"

	"claimbench/internal/history"
	"claimbench/internal/store"
)

// title is the feed's own. It says nothing of the set but its numbers. The one text of people in a feed is why a claim
// was left out of a correction, which they wrote to be read there.
const title = "Corrections of printed claims"

// Says is a piece of news in words.
func (n News) Says() string {
	claims := fmt.Sprintf("%d claims", n.Total)
	if n.Total == 1 && len(n.Claims) == 1 {
		claims = "Claim " + history.Num(n.Claims[0])
	}
	return fmt.Sprintf("%s of set %d: %s", claims, n.SetID, n.Standing)
}

// Whole names the claims of a piece of news.
func (n News) Whole() string {
	var b strings.Builder
	b.WriteString(n.Says() + ". Claims:")
	for _, c := range n.Claims {
		b.WriteString(" " + history.Num(c))
	}
	if more := n.Total - len(n.Claims); more > 0 {
		fmt.Fprintf(&b, " and %d more, which the status list names", more)
	}
	b.WriteString(".")
	for _, x := range n.Why {
		fmt.Fprintf(&b, " Claim %d was left out because: %s", x.Claim, x.Reason)
	}
	return b.String()
}

func moment(at store.Micros) string { return at.Time().Truncate(time.Second).Format(time.RFC3339) }

func (p Public) changed() store.Micros {
	if len(p.News) > 0 {
		return p.News[0].At
	}
	return p.Since
}

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Link    atomLink `xml:"link"`
	Summary string   `xml:"summary"`
}

// Atom is the news as an Atom feed (RFC 4287). list is the address of the list, self that of the feed.
func (p Public) Atom(list, self string) ([]byte, error) {
	f := atomFeed{ID: self, Title: title, Updated: moment(p.changed()), Author: "Claimbench",
		Links: []atomLink{{"self", "application/atom+xml", self}, {"alternate", "text/plain", list}}}
	for _, n := range p.News {
		f.Entries = append(f.Entries, atomEntry{ID: entryID(list, n), Title: n.Says(), Updated: moment(n.At),
			Link: atomLink{Rel: "alternate", Type: "text/plain", Href: list}, Summary: n.Whole()})
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	enc := xml.NewEncoder(&b)
	enc.Indent("", "  ")
	if err := enc.Encode(f); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

func entryID(list string, n News) string {
	return fmt.Sprintf("%s#set-%d-%s-in-%d", list, n.SetID, strings.ReplaceAll(n.Standing, " ", "-"), n.Number)
}

type jsonFeed struct {
	Version string     `json:"version"`
	Title   string     `json:"title"`
	Home    string     `json:"home_page_url"`
	Self    string     `json:"feed_url"`
	Items   []jsonItem `json:"items"`
}

type jsonItem struct {
	ID        string `json:"id"`
	URL       string `json:"url"`
	Title     string `json:"title"`
	Text      string `json:"content_text"`
	Published string `json:"date_published"`
}

// JSON is the news as a JSON feed (version 1.1).
func (p Public) JSON(list, self string) ([]byte, error) {
	f := jsonFeed{Version: "https://jsonfeed.org/version/1.1", Title: title, Home: list, Self: self,
		Items: []jsonItem{}}
	for _, n := range p.News {
		f.Items = append(f.Items, jsonItem{ID: entryID(list, n), URL: list, Title: n.Says(), Text: n.Whole(),
			Published: moment(n.At)})
	}
	raw, err := json.MarshalIndent(f, "", "  ")
	return append(raw, '\n'), err
}
