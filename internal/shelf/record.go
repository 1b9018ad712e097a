package shelf

import (
	"cmp"
	"encoding/json"
	"html"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"claimbench/internal/claims"
	"claimbench/internal/text"
)

// Record is one fact-check of a file. Its words are text: what was HTML in the file is none here.
type Record struct {
	N         int    // its number in the file, from 1; what is bad has one, too
	Line      int    // where it begins
	Raw       []byte // as it came, unchanged; of a file of our own shelf, as it came there
	Claim     string
	Lang      string // "und" when it cannot be told
	Detected  bool   // the file does not say the language
	Rating    Rating
	Verdict   claims.Verdict // what it comes to here, "" when that is not certain
	Publisher string
	URL       string // of the fact-check; "" when it is no address of the web
	Day       string // when it was published: 2026-11-29, "" not known
	Author    string // who said it
	Appeared  string // where it was said: addresses, one a line
	Source    Source
}

// Rating is what a fact-check says of its claim, as it is printed.
type Rating struct {
	Words string `gorm:"column:rating" json:"words" words:"fact"`
	Value string `gorm:"column:rating_value" json:"value" words:"fact"`
	Best  string `gorm:"column:rating_best" json:"best" words:"fact"`
	Worst string `gorm:"column:rating_worst" json:"worst" words:"fact"`
}

// Source is what a file says of all its fact-checks, or a part of a shelf's file of one of them. An entry keeps it, so
// that its bytes can be read again.
type Source struct {
	Format    Format   `json:"format"`
	Workbench string   `json:"workbench,omitempty"` // of a set: the name in the checkpoints of the workbench it is of
	Set       string   `json:"set,omitempty"`       // its number and version there: 7/2
	Title     string   `json:"title,omitempty"`
	SHA256    string   `json:"sha256,omitempty"` // of the set, as its file says
	Publisher string   `json:"publisher,omitempty"`
	Address   string   `json:"address,omitempty"` // of a claim that is printed, with {claim}
	Day       string   `json:"day,omitempty"`
	Columns   []string `json:"columns,omitempty"` // of a table
	Comma     string   `json:"comma,omitempty"`
}

// Bad is an item of a file that is left out.
type Bad struct {
	N    int    `json:"n"`
	Line int    `json:"line"`
	Why  string `json:"why"`
}

func (b Bad) Error() string { return b.Why }

// Bounds of the fields of a fact-check, in code points. A claim that is longer is bad; of others the end is left out.
const (
	longestClaim = 5000
	longestField = 300
	mostAppeared = 10
)

// loose is JSON of which members may be of any kind.
type loose map[string]json.RawMessage

// words gives a member as text: a string, a number, or the first of these names of an object; of a list the first that
// says anything.
func (l loose) words(name string, of ...string) string { return wordsOf(l[name], 0, of) }

func wordsOf(raw json.RawMessage, depth int, of []string) string {
	if len(raw) == 0 || depth > 3 {
		return ""
	}
	switch raw[0] {
	case '"':
		var s string
		_ = json.Unmarshal(raw, &s) // "" when it is none
		return s
	case '{':
		var in loose
		_ = json.Unmarshal(raw, &in)
		for _, name := range of {
			if s := wordsOf(in[name], depth+1, of); s != "" {
				return s
			}
		}
	case '[':
		var all []json.RawMessage
		_ = json.Unmarshal(raw, &all)
		for _, one := range all {
			if s := wordsOf(one, depth+1, of); s != "" {
				return s
			}
		}
	case 't', 'f', 'n':
	default:
		return string(raw)
	}
	return ""
}

// all gives a member as a list: one that is none is a list of one.
func (l loose) all(name string) (out []json.RawMessage) {
	raw := l[name]
	if len(raw) > 0 && raw[0] == '[' {
		_ = json.Unmarshal(raw, &out)
		return out
	}
	if len(raw) > 0 {
		out = append(out, raw)
	}
	return out
}

// object gives a member that is an object, or the first of a list; nil for none.
func (l loose) object(name string) (out loose) {
	for _, raw := range l.all(name) {
		if json.Unmarshal(raw, &out) == nil && out != nil {
			return out
		}
	}
	return nil
}

// is says whether @type of an object names a type of schema.org.
func (l loose) is(kind string) bool {
	for _, raw := range l.all("@type") {
		var s string
		if json.Unmarshal(raw, &s) == nil && (s == kind || strings.HasSuffix(s, "/"+kind) || s == "schema:"+kind) {
			return true
		}
	}
	return false
}

var (
	htmlTag = regexp.MustCompile(`(?s)<!--.*?-->|<(?i:script|style)\b.*?</(?i:script|style)\s*>|</?[A-Za-z][^<>]*>`)
	htmlGap = regexp.MustCompile(`(?i)<(?:br|/?p|/?div|/?li|/?tr|/?td|/?h[1-6]|/?ul|/?ol)\b`)
)

// plain makes text of words that may be HTML: tags go, entities are what they stand for, and so are those that were
// written twice; controls, those of direction too, go; space is one blank.
func plain(s string) string {
	for range 2 {
		s = htmlTag.ReplaceAllStringFunc(s, func(tag string) string {
			if htmlGap.MatchString(tag) || strings.HasPrefix(tag, "<!--") {
				return " "
			}
			return ""
		})
		if !strings.Contains(s, "&") {
			break
		}
		s = html.UnescapeString(s)
	}
	return strings.Join(strings.FieldsFunc(strings.Map(func(r rune) rune {
		switch {
		case r == '\u200c' || r == '\u200d': // Persian and many others write words with them
			return r
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError:
			return -1
		}
		return r
	}, s), func(r rune) bool { return r == ' ' }), " ")
}

// field is plain, at most so many code points.
func field(s string, most int) string {
	s = plain(s)
	if utf8.RuneCountInString(s) > most {
		s = strings.TrimSpace(string([]rune(s)[:most-1])) + "…"
	}
	return s
}

// webAddress gives an address that a browser may be led to, "" for any other.
func webAddress(s string) string {
	s = strings.TrimSpace(s)
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || len(s) > 2000 ||
		plain(s) != s {
		return ""
	}
	return u.String()
}

// dayOf gives the day at the begin of a date, "" for none.
func dayOf(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > len(time.DateOnly) {
		s = s[:len(time.DateOnly)]
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return ""
	}
	return s
}

var langCode = regexp.MustCompile(`^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*$`)

// complete makes a record whole: words become text, the language is found where the file does not say it.
func (r Record) complete() (Record, error) {
	r.Claim = plain(r.Claim)
	switch n := utf8.RuneCountInString(r.Claim); {
	case !utf8.Valid(r.Raw):
		return r, breakf("It is not UTF-8.")
	case text.Blank(r.Claim):
		return r, breakf("It says no claim.")
	case n > longestClaim:
		return r, breakf("Its claim has %d characters; a claim has at most %d.", n, longestClaim)
	}
	r.Lang = strings.TrimSpace(r.Lang)
	if !langCode.MatchString(r.Lang) || len(r.Lang) > 35 || r.Lang == "und" {
		r.Lang, r.Detected = cmp.Or(text.Detect(r.Claim), "und"), true
	}
	r.Lang = strings.ReplaceAll(r.Lang, "_", "-")
	r.Rating = Rating{field(r.Rating.Words, longestField), field(r.Rating.Value, 40), field(r.Rating.Best, 40),
		field(r.Rating.Worst, 40)}
	r.Publisher, r.Author = field(r.Publisher, longestField), field(r.Author, longestField)
	r.URL, r.Day = webAddress(r.URL), dayOf(r.Day)
	if r.Verdict == "" {
		r.Verdict = r.Rating.verdict()
	}
	return r, nil
}

// number reads a number of a rating; ok is false for words.
func number(s string) (n float64, ok bool) {
	n, err := strconv.ParseFloat(strings.TrimSpace(text.Fold(s)), 64)
	return n, err == nil
}
