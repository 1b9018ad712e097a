package intake

import (
	"fmt"
	"regexp"
	"slices"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// changedWords stand before the day of a change.
var changedWords = regexp.MustCompile(`(?i)updated?|modified|edited|corrected|mis à ` +
	`jour|modifié|actualisé|aktualisiert|` +
	`geändert|actualizad|modificad|обновлен|изменен|به‌?روز|بروزرسانی|به روز|ویرایش|آخرین|تحديث|تعديل|更新|修正|最終`)

// dayHints are words in the class of an element that holds the day.
var dayHints = []string{"date", "dateline", "time", "timestamp", "pubdate", "published", "datepublished", "publish",
	"byline", "meta", "postmeta", "datetime", "posted", "publication"}

// readDays reads when the page was published and changed: its data, then its meta elements, microdata and time
// elements, then what stands beside the headline. What is nowhere stated stays empty: the year of a copyright line, the
// day in an address and a day in the text are none of them.
func (f *facts) readDays(doc *html.Node) {
	for _, key := range []string{"datePublished", "dateCreated", "uploadDate"} {
		f.day = f.first(f.day, f.article.strs(key))
	}
	f.changed = f.first(f.changed, f.article.strs("dateModified"))
	for _, name := range []string{"article:published_time", "og:article:published_time", "og:published_time",
		"datepublished", "parsely-pub-date", "sailthru.date", "publishdate", "publish-date", "publish_date", "pubdate",
		"publication_date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created",
		"citation_publication_date", "article.published", "dc.date", "dcterms.date", "date",
		"cxenseparse:recs:publishtime"} {
		f.day = f.first(f.day, f.meta[name])
	}
	for _, name := range []string{"article:modified_time", "og:updated_time", "datemodified", "lastmod",
		"last-modified",
		"dcterms.modified"} {
		f.changed = f.first(f.changed, f.meta[name])
	}
	shown := f.shownDays(doc)
	for _, d := range shown {
		if f.day.date == "" && !d.changes {
			f.day = d.day
		}
		if f.changed.at == "" && d.changes && d.at != "" {
			f.changed = d.day
		}
	}
	f.noteDays(shown)
}

// first reads the first of some stamps, where none was read yet.
func (f *facts) first(known day, all []string) day {
	for _, s := range all {
		if known.date != "" {
			break
		}
		if known = readStamp(s, f.lang); known.date == "" {
			if words := readWords(s, f.lang); len(words) > 0 && len(words[0].date) == len(time.DateOnly) {
				known = words[0]
			}
		}
	}
	return known
}

// noteDays says what a person should know of the days: another calendar, one that cannot be told, two that differ.
func (f *facts) noteDays(shown []shownDay) {
	if f.day.note != "" {
		f.notes = append(f.notes, f.day.note)
		f.dayShown = f.day.shown
	}
	for _, d := range shown {
		if d.changes || d.note == "" && d.date == "" || d.day == f.day {
			continue
		}
		switch {
		case d.date == "" && f.day.date == "", d.note != "" && d.date != "" && f.day.note == "":
			f.notes = append(f.notes, d.note)
			if d.date != "" && apart(d.date, f.day.date) <= 1 {
				f.dayShown = d.shown
			}
		}
		if apart(d.date, f.day.date) > 1 {
			f.notes = append(f.notes,
				fmt.Sprintf("The data of the page say that it was published on %s; beside its headline "+
					"stands %s.", f.day.date, d.date))
		}
		break
	}
	if f.day.at != "" && f.changed.at != "" {
		a, _ := time.Parse(time.RFC3339, f.day.at)
		b, _ := time.Parse(time.RFC3339, f.changed.at)
		if b.Before(a) && a.Sub(b) > time.Hour {
			f.notes = append(f.notes, "The page says that it was changed before it was published.")
		}
	}
}

// apart is how many days lie between two whole days; 0 where one of them is none.
func apart(a, b string) int {
	x, err1 := time.Parse(time.DateOnly, a)
	y, err2 := time.Parse(time.DateOnly, b)
	if err1 != nil || err2 != nil {
		return 0
	}
	return int(x.Sub(y).Abs().Hours() / 24)
}

// shownDay is a day that a person sees beside the headline.
type shownDay struct {
	day
	changes bool // of a change, not of the publication
}

// shownDays reads microdata and time elements, and then the lines about the headline that hold a day. Nothing in menus,
// comments, posts of a live blog and teasers of other articles is looked at.
func (f *facts) shownDays(doc *html.Node) (days []shownDay) {
	body := f.articleAround(doc)
	for n := range elements(body) {
		if len(days) >= 12 || n.Type != html.ElementNode || !f.mayDate(n) {
			continue
		}
		prop := attr(n, "itemprop")
		stamp := firstFilled(attr(n, "datetime"), attr(n, "content"))
		if !isTag(n, atom.Time) && prop != "datePublished" && prop != "dateModified" && prop != "dateCreated" {
			continue
		}
		d := readStamp(stamp, f.lang)
		if words := readWords(plain(n), f.lang); len(words) > 0 && len(words[0].date) != len("2006") {
			if d.date == "" {
				d = words[0]
			} else if words[0].note != "" && apart(words[0].date, d.date) <= 1 {
				d.note, d.shown = words[0].note, words[0].shown
			}
		}
		if d.date != "" || d.note != "" {
			days = append(days, shownDay{d, prop == "dateModified" || changedWords.MatchString(before(n))})
		}
	}
	return append(days, f.daysInLines(body)...)
}

// before are the words that stand before an element in its line.
func before(n *html.Node) string {
	words := ""
	for p := n.PrevSibling; p != nil; p = p.PrevSibling {
		if p.Type == html.TextNode {
			words = p.Data + words
		} else if isTag(p, atom.Time, atom.Br) || isBlock(p) {
			break
		} else if p.Type == html.ElementNode {
			words = plain(p) + words
		}
	}
	return words + " " + attr(n, "class") + " " + attr(n.Parent, "class")
}

// articleAround is the smallest article or main element about the headline; the whole page where there is none.
func (f *facts) articleAround(doc *html.Node) *html.Node {
	for n := f.headline; n != nil; n = n.Parent {
		if isTag(n, atom.Article, atom.Main) || attr(n, "itemtype") != "" {
			return n
		}
	}
	if n := firstOf(doc, func(n *html.Node) bool { return isTag(n, atom.Main) }); n != nil {
		return n
	}
	return doc
}

// mayDate says that the day of the article may stand in an element.
func (f *facts) mayDate(n *html.Node) bool {
	if n == nil || n.Type != html.ElementNode {
		return true
	}
	may, is := f.dates[n]
	if !is {
		may = f.datesHere(n) && f.mayDate(n.Parent)
		if f.dates == nil {
			f.dates = map[*html.Node]bool{}
		}
		f.dates[n] = may
	}
	return may
}

func (f *facts) datesHere(n *html.Node) bool {
	if isTag(n, atom.Body, atom.Html, atom.Main) {
		return true
	}
	around := f.headline != nil && isUnder(f.headline, n)
	if isTag(n, atom.Nav, atom.Aside, atom.Footer, atom.Blockquote, atom.Table, atom.Li) || isHidden(n) ||
		isTag(n, atom.Article) && f.headline != nil && !around {
		return false
	}
	switch f.hintOf(n) {
	case LeftComment, LeftMenu, LeftBanner:
		return around || isTag(n, atom.Article)
	}
	return true
}

// daysInLines reads the days in short lines: those whose class says that they hold one, and those that follow the
// headline before the first paragraph of prose.
func (f *facts) daysInLines(body *html.Node) (days []shownDay) {
	near, lines := false, 0
	for n := range elements(body) {
		if unshown(n) {
			continue
		}
		if n == f.headline {
			near = true
			continue
		}
		if f.headline != nil && isUnder(n, f.headline) || !f.mayDate(n) {
			continue
		}
		words, linked := ownText(n)
		if words == "" || !isBlock(n) && !hintsDay(n) {
			continue
		}
		if near && isTag(n, atom.P, atom.Div) && sizeOf(words) > 2*long && linked*2 < sizeOf(words) {
			near = false
		}
		if sizeOf(words) > 160 || !hintsDay(n) && !(near && lines < 8) {
			continue
		}
		lines++
		for _, d := range f.daysInLine(words) {
			if hintsDay(n) || sizeOf(d.shown)*10 >= sizeOf(words)*3 { // else a sentence that speaks of a day
				days = append(days, d)
			}
		}
		if len(days) > 6 {
			break
		}
	}
	return days
}

// daysInLine reads the days in one line; those behind a word of change are of the change.
func (f *facts) daysInLine(words string) (days []shownDay) {
	head, tail := words, ""
	if at := changedWords.FindStringIndex(words); at != nil {
		head, tail = words[:at[0]], words[at[0]:]
	}
	for _, d := range readWords(head, f.lang) {
		if len(d.date) == len("2006-01-02") || d.note != "" {
			days = append(days, shownDay{day: d})
		}
	}
	for _, d := range readWords(tail, f.lang) {
		if len(d.date) == len("2006-01-02") {
			days = append(days, shownDay{d, true})
		}
	}
	return days
}

func hintsDay(n *html.Node) bool {
	return slices.ContainsFunc(hints(n), func(w string) bool { return slices.Contains(dayHints, w) })
}
