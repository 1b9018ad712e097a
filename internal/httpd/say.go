package httpd

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"claimbench/internal/evidence"
	"claimbench/internal/httpd/view"
	"claimbench/internal/text"
)

// How things are said on the pages: times in UTC, numbers with commas, languages by their English names.

// instant is a moment as the rows keep it.
type instant interface{ Time() time.Time }

// clockIn is the hour of a moment in a zone, with how far that is from UTC.
func clockIn(at instant, zone *time.Location) string {
	if zone == time.UTC {
		return at.Time().UTC().Format("15:04:05") + " UTC"
	}
	return at.Time().In(zone).Format("15:04:05 -07:00")
}

func moment(at instant) string { return at.Time().UTC().Format("2 Jan 2006, 15:04:05") + " UTC" }

// momentIn is a moment in the hours of a zone, with how far they are from UTC.
func momentIn(at instant, zone *time.Location) string {
	if zone == time.UTC {
		return moment(at)
	}
	return at.Time().In(zone).Format("2 Jan 2006, 15:04:05 -07:00")
}

func day(at instant) string { return at.Time().UTC().Format("2 Jan 2006") }

// exactly is a moment to the microsecond, as the history keeps it.
func exactly(at instant) string {
	return at.Time().UTC().Format("2 Jan 2006, 15:04:05.000000") + " UTC"
}

// exactlyIn is the same in the hours of a zone, with how far they are from UTC.
func exactlyIn(at instant, zone *time.Location) string {
	if zone == time.UTC {
		return exactly(at)
	}
	return at.Time().In(zone).Format("2 Jan 2006, 15:04:05.000000 -07:00")
}

func stamp(at instant) string { return at.Time().UTC().Format("2006-01-02T15:04:05.000000Z") }

// published says a publication date, which may be a day, a month or a year.
func published(s string) string {
	for layout, out := range map[string]string{"2006-01-02": "2 Jan 2006", "2006-01": "Jan 2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Format(out)
		}
	}
	return s
}

// waited says how long ago something was: "2 d 4 h", "9 h", "12 min".
func waited(since, now instant) string {
	d := now.Time().Sub(since.Time())
	if d < time.Minute {
		return "just now"
	}
	return lasted(d)
}

// lasted says how long something took or lasts, as waited does.
func lasted(d time.Duration) string {
	switch {
	case d < time.Hour:
		return fmt.Sprintf("%d min", max(0, int(d.Minutes())))
	case d < 24*time.Hour:
		return fmt.Sprintf("%d h", int(d.Hours()))
	}
	return fmt.Sprintf("%d d %d h", int(d.Hours())/24, int(d.Hours())%24)
}

// grouped writes an integer with commas.
func grouped[T ~int | ~int64](n T) string {
	s := strconv.FormatInt(int64(n), 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		if s[i-1] == '-' {
			break
		}
		s = s[:i] + "," + s[i:]
	}
	return s
}

// capped writes a count that stops at a limit.
func capped(n, limit int) string {
	if n > limit {
		return grouped(limit) + " or more"
	}
	return grouped(n)
}

// cappedFrom writes a count that was read up to a limit: at the limit there may be more.
func cappedFrom(n, limit int) string {
	if n >= limit {
		return grouped(limit) + "+"
	}
	return grouped(n)
}

// many writes a count with its word.
func many(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return grouped(n) + " " + more
}

// languageName is a language's English name, or its code.
func languageName(tag string) string {
	t, err := language.Parse(tag)
	if err != nil || tag == "" || tag == text.Undetermined {
		return "Language not known"
	}
	if name := display.English.Languages().Name(t); name != "" {
		return name
	}
	return tag
}

// foreign pairs a text with its language; the direction follows from it when it is not known.
func foreign(words, lang, dir string) view.Foreign {
	if dir == "" {
		dir = string(text.DirOf(lang))
	}
	return view.Foreign{Text: words, Lang: lang, Dir: dir}
}

// detected is a text that a person wrote in a language nobody asked for: the language is found.
func detected(words string) view.Foreign { return view.NoteOf(words) }

// named is a name that may be in any script, or a plain English word.
func named(words string) view.Foreign {
	if words == "" {
		return view.Foreign{}
	}
	for _, r := range words {
		if r > 0x24f {
			return detected(words)
		}
	}
	return foreign(words, "en", "ltr")
}

// inClaim is a name or hedge beside a claim: in the claim's language, unless it is plain Latin beside another script.
func inClaim(words, lang, dir string) view.Foreign {
	if words == "" || text.DirOf(lang) == text.LTR && lang != "ja" && lang != "zh" && lang != "ko" {
		return foreign(words, lang, dir)
	}
	for _, r := range words {
		if r > 0x24f && r < 0x2000 || r > 0x206f {
			return foreign(words, lang, dir)
		}
	}
	return foreign(words, "en", "ltr")
}

// stances counts evidence by stance: "+2 −1 ±1", or that there is none.
func stances(counts map[evidence.Stance]int) string {
	var out []string
	for _, x := range []struct {
		stance evidence.Stance
		sign   string
	}{{evidence.Supports, "+"}, {evidence.Refutes, "−"}, {evidence.Context, "±"}} {
		if n := counts[x.stance]; n > 0 {
			out = append(out, x.sign+grouped(n))
		}
	}
	if len(out) == 0 {
		return "no evidence yet"
	}
	return strings.Join(out, " ")
}

// withQuery adds a query to a path.
func withQuery(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" && pairs[i+1] != "0" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}
