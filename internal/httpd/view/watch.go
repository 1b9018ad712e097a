package view

import "strings"

// ArticleWatch is whether the address of an article is asked for again, and what was found there.
type ArticleWatch struct {
	Shell
	Article Article
	Off     string // why it cannot be watched; "" it can
	On      bool
	Until   string // the last day; "" it was never watched
	Gone    string // since when the page is gone; "" it is there
	Visits  []string
	Message Foreign // why the last try failed
	Set     string  // URL to post to; "" the viewer may not
	End     string
	Day     string // what stands in the form
	Version int64
	Found   *FoundText
	Earlier []string
	List    string // URL of the watches of the collection
	Wrong   Wrong
}

// Template names the file.
func (*ArticleWatch) Template() string { return "article_watch" }

// FoundText is a text that waits for a decision, beside the article's.
type FoundText struct {
	ID      int64
	At      string
	Silent  string // why it is one that was changed in silence; "" it is not
	Coming  bool   // the article's text is not whole: there is nothing to compare with
	Same    string // "12 paragraphs are the same"
	Changes []TextChange
	More    string // "3 more changes are not shown"
	Lang    string
	Dir     string
	Of      int64  // the version of the article
	Take    string // URL to post to; "" the viewer may not
	Refuse  string
}

// TextChange is a stretch of paragraphs that differ: what stood there, what stands there now; either may be none.
type TextChange struct{ Was, Is []DiffPart }

// Watches are the articles of a collection that are watched.
type Watches struct {
	Shell
	Rows []WatchRow
	More string
}

// Template names the file.
func (*Watches) Template() string { return "watches" }

// WatchRow is one of them.
type WatchRow struct {
	Article Link // to its watch
	State   string
	Waits   bool
}

// TextChanges compares two texts paragraph by paragraph, and what differs word by word, at most so many changes; same
// is how many paragraphs both have, more how many changes are left out.
func TextChanges(old, new string, most int) (all []TextChange, same, more int) {
	a, b := paragraphs(old), paragraphs(new)
	keepA, keepB := kept(a, b)
	shown := 0
	for i, j := 0, 0; i < len(a) || j < len(b); {
		if i < len(a) && j < len(b) && keepA[i] && keepB[j] {
			i, j, same = i+1, j+1, same+1
			continue
		}
		from, to := i, j
		for i < len(a) && !keepA[i] {
			i++
		}
		for j < len(b) && !keepB[j] {
			j++
		}
		if len(all) == most || shown > mostShown {
			more++
			continue
		}
		var c TextChange
		c.Was, c.Is = Difference(strings.Join(a[from:i], "\n"), strings.Join(b[to:j], "\n"))
		shown += shorten(c.Was) + shorten(c.Is)
		all = append(all, c)
	}
	return all, same, more
}

const (
	mostShown   = 200_000 // bytes of changes that a page shows; what is begun is shown whole
	longestSame = 400     // code points of a stretch that both have
	longestDiff = 4_000   // and of one that only one has
)

// shorten leaves out the middle of long stretches that both have, and the end of those that only one has. It gives how
// many bytes are left.
func shorten(parts []DiffPart) (n int) {
	for i, p := range parts {
		if r := []rune(p.Text); !p.Changed && len(r) > longestSame {
			parts[i].Text = string(r[:longestSame/2]) + " … " + string(r[len(r)-longestSame/2:])
		} else if p.Changed && len(r) > longestDiff {
			parts[i].Text = string(r[:longestDiff]) + " …"
		}
		n += len(parts[i].Text)
	}
	return n
}

// paragraphs are the lines of a text that are not blank.
func paragraphs(s string) (out []string) {
	for line := range strings.Lines(s) {
		if line = strings.TrimRight(line, "\r\n"); strings.TrimSpace(line) != "" {
			out = append(out, line)
		}
	}
	return out
}
