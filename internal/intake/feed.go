package intake

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"

	"claimbench/internal/text"
)

// mostItems is how many documents are taken of one file: a feed, rows, an archive.
const mostItems = 1000

// readFeed makes a document of each item of a feed: RSS 2.0, RSS 1.0 (RDF), Atom and JSON Feed.
func readFeed(raw []byte, f File) (Document, error) {
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(raw))
	if err != nil || feed == nil {
		return Document{}, says("it is no feed of RSS, Atom or JSON Feed that can be read to its end. " +
			"Save it again, or bring the pages that it names")
	}
	d := Document{Title: oneLine(feed.Title), Source: oneLine(feed.Title), Publisher: oneLine(feed.Title),
		URL: webAddress(feed.Link), Lang: shortTag(feed.Language)}
	for i, item := range feed.Items {
		if len(d.Items)+len(d.Bare) == mostItems {
			d.Notes = append(d.Notes, fmt.Sprintf("The feed has %d items; the first %d were read.", len(feed.Items),
				mostItems))
			break
		}
		one := feedItem(item, d)
		if one.Text == "" {
			d.Notes = append(d.Notes, fmt.Sprintf("Item %d (“%s”) has no text.", i+1, cutRunes(one.Title, 80)))
			if one.URL != "" {
				d.Bare = append(d.Bare, one)
			}
			continue
		}
		one.Name = fmt.Sprintf("%s/%d", f.Name, i+1)
		d.Items = append(d.Items, one)
	}
	if len(d.Items) == 0 && len(d.Bare) == 0 {
		return Document{}, says("the feed has no items with a text. Bring the pages that it names")
	}
	return d, nil
}

func feedItem(item *gofeed.Item, feed Document) Document {
	d := Document{Source: feed.Source, Publisher: feed.Publisher, Lang: feed.Lang, URL: webAddress(item.Link),
		Title: plainOf(item.Title), GUID: oneLine(item.GUID)}
	for _, a := range item.Authors {
		if a != nil {
			d.Authors = append(d.Authors, a.Name)
		}
	}
	if d.Authors = cleanNames(d.Authors); len(d.Authors) > 0 {
		d.Byline = strings.Join(d.Authors, ", ")
	}
	at := readStamp(item.Published, feed.Lang)
	if at.date == "" {
		if words := readWords(plainOf(item.Published), feed.Lang); len(words) > 0 {
			at = words[0]
		} else if item.PublishedParsed != nil {
			at = day{date: item.PublishedParsed.Format("2006-01-02")}
		}
	}
	d.Published, d.PublishedAt, d.ChangedAt = at.date, at.at, readStamp(item.Updated, feed.Lang).at
	if at.note != "" {
		if d.Notes = append(d.Notes, at.note); at.date != "" {
			d.PublishedAs = at.shown
		}
	}
	words := item.Content
	if plainOf(words) == "" {
		if words = item.Description; plainOf(words) != "" && isSummary(plainOf(words)) {
			d.Partial = "The feed gives only a summary; the whole text is at its address."
		}
	}
	d.setFragment(words)
	sum := sha256.Sum256([]byte(words))
	d.Reader, d.Version, d.SHA256 = "feed", 1, hex.EncodeToString(sum[:])
	return d
}

// isSummary says that words are the beginning of a text, or few.
func isSummary(s string) bool {
	s = strings.TrimRight(s, " ]")
	return sizeOf(s) < 600 || strings.HasSuffix(s, "…") || strings.HasSuffix(s, "...")
}

// setFragment makes the text of a document of a piece of HTML, or of plain words.
func (d *Document) setFragment(s string) {
	doc, err := html.Parse(strings.NewReader("<article>" + strings.ToValidUTF8(s, "\ufffd") + "</article>"))
	if err != nil {
		return
	}
	p := &page{doc: doc, order: map[*html.Node]int{}}
	for n := range elements(doc) {
		p.order[n] = len(p.order)
	}
	p.facts = facts{title: d.Title, lang: d.Lang, linked: &linked{}}
	p.prune()
	blocks := p.filter(blocksOf(doc, nil))
	if len(blocks) == 0 {
		return
	}
	if d.Title != "" && blocks[0].element != "h1" {
		blocks = append([]block{{text: d.Title, element: "h1"}}, blocks...)
	}
	d.setBlocks(blocks)
	d.LeftOut = p.leftOut()
	d.Origin = originOf(d.Text)
	d.noteLanguages()
}

// plainOf are the words of a piece of HTML on one line.
func plainOf(s string) string {
	doc, err := html.Parse(strings.NewReader(s))
	if err != nil {
		return ""
	}
	words := plain(doc)
	if text.CheckTyped("title", words) != nil {
		return strings.Map(func(r rune) rune {
			if r < ' ' {
				return ' '
			}
			return r
		}, words)
	}
	return words
}
