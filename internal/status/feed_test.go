package status_test

import (
	"encoding/json"
	"encoding/xml"
	"slices"
	"strings"
	"testing"
	"time"

	"claimbench/internal/claims"
	"claimbench/internal/status"
	"claimbench/internal/store"
)

// TestFeedsHaveWhatTheirFormatsAsk: id, title and updated of a feed and of each entry, an author, ids that differ, an
// alternate link where there is no content (RFC 4287, 4.1), and the required members of a JSON feed.
func TestFeedsHaveWhatTheirFormatsAsk(t *testing.T) {
	t.Parallel()
	at := store.MicrosOf(time.Date(2026, 11, 29, 8, 0, 0, 999_000_000, time.UTC))
	news := []status.News{
		{Number: 3, At: at, SetID: 7, Standing: "corrected in set 9", Claims: store.IDs[claims.ID]{41, 42},
			Total: 40_000},
		{Number: 3, At: at, SetID: 7, Standing: "withdrawn", Claims: store.IDs[claims.ID]{43}, Total: 1},
		{Number: 2, At: at - 5e6, SetID: 7, Standing: "withdrawn", Claims: store.IDs[claims.ID]{44}, Total: 1},
	}
	for _, p := range []status.Public{{News: news, Since: at - 9e6}, {Since: at}} {
		raw, err := p.Atom("https://desk.example/status/x", "https://desk.example/status/x/corrections.atom")
		if err != nil {
			t.Fatal(err)
		}
		checkAtom(t, raw, len(p.News))
		raw, err = p.JSON("https://desk.example/status/x", "https://desk.example/status/x/corrections.json")
		if err != nil {
			t.Fatal(err)
		}
		var f struct {
			Version, Title string
			Items          []struct{ ID, Content_text, Date_published string } //nolint:revive // as in the file
		}
		if err := json.Unmarshal(raw, &f); err != nil || f.Version != "https://jsonfeed.org/version/1.1" ||
			f.Title == "" || len(f.Items) != len(p.News) || f.Items == nil {
			t.Errorf("%v: %s", err, raw)
		}
		for _, i := range f.Items {
			if _, err := time.Parse(time.RFC3339, i.Date_published); err != nil || i.ID == "" || i.Content_text == "" {
				t.Errorf("%+v, %v", i, err)
			}
		}
	}
	if says := news[0].Whole(); says != "40000 claims of set 7: corrected in set 9. Claims: 41 42 and 39998 more, "+
		"which the status list names." {
		t.Error(says)
	}
}

func checkAtom(t *testing.T, raw []byte, entries int) {
	t.Helper()
	type link struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	}
	var f struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		ID      []string `xml:"id"`
		Title   []string `xml:"title"`
		Updated []string `xml:"updated"`
		Author  []string `xml:"author>name"`
		Links   []link   `xml:"link"`
		Entries []struct {
			ID      []string `xml:"id"`
			Title   []string `xml:"title"`
			Updated []string `xml:"updated"`
			Links   []link   `xml:"link"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal(raw, &f); err != nil {
		t.Fatalf("%v: %s", err, raw)
	}
	one := func(s []string) bool { return len(s) == 1 && s[0] != "" }
	if !one(f.ID) || !one(f.Title) || !one(f.Updated) || !one(f.Author) || len(f.Entries) != entries {
		t.Errorf("%+v", f)
	}
	if !slices.ContainsFunc(f.Links, func(l link) bool {
		return l.Rel == "self" && strings.HasPrefix(l.Href, "https://")
	}) {
		t.Errorf("no link to itself: %+v", f.Links)
	}
	var ids []string
	for _, e := range f.Entries {
		if !one(e.ID) || !one(e.Title) || !one(e.Updated) || len(e.Links) != 1 || e.Links[0].Rel != "alternate" {
			t.Errorf("%+v", e)
			continue
		}
		if _, err := time.Parse(time.RFC3339, e.Updated[0]); err != nil {
			t.Error(err)
		}
		ids = append(ids, e.ID[0])
	}
	slices.Sort(ids)
	if len(slices.Compact(ids)) != entries {
		t.Error("two entries have one id")
	}
}
