package intake

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/hablullah/go-hijri"

	"claimbench/internal/text"
	"claimbench/internal/value"
)

// day is a day as it was stated.
type day struct {
	date  string // YYYY, YYYY-MM or YYYY-MM-DD; "" none
	at    string // RFC 3339 with the zone that was stated; "" no time of day, or no zone
	shown string // the words that state it, where it was read from words
	note  string // where the day was stated in another calendar, or cannot be told; for people
}

// stamps are the forms of time stamps. Those without a zone give a day and no time.
var stamps = []struct {
	layout string
	zoned  bool
}{
	{time.RFC3339Nano, true}, {"2006-01-02T15:04:05Z0700", true}, {"2006-01-02T15:04Z07:00", true},
	{"2006-01-02T15:04Z0700", true}, {"2006-01-02 15:04:05Z07:00", true}, {"2006-01-02 15:04:05 -0700", true},
	{"2006-01-02T15:04:05.000Z0700", true}, {"2006-01-02 15:04:05 Z07:00", true},
	{time.RFC1123Z, true}, {"Mon, 2 Jan 2006 15:04:05 -0700", true}, {"2 Jan 2006 15:04:05 -0700", true},
	{"2006-01-02T15:04:05", false}, {"2006-01-02T15:04", false}, {"2006-01-02 15:04:05", false},
	{"2006-01-02 15:04", false}, {"2006-01-02", false}, {"2006/01/02", false}, {"20060102", false},
	{"2006/01/02 15:04:05", false}, {"2006/01/02 15:04", false}, {"2006-1-2", false}, {"2006-01", false},
	{time.RFC1123, false}, {"Mon Jan 2 15:04:05 2006", false},
}

// readStamp reads a time stamp of data: the day is the one that it states in its own zone. A year of another calendar
// is turned into ours, by the language of the page.
func readStamp(s, lang string) day {
	s = asciiDigits(strings.TrimSpace(s))
	gmt := strings.HasSuffix(s, " GMT") || strings.HasSuffix(s, " UTC")
	for _, form := range stamps {
		t, err := time.Parse(form.layout, s)
		if err != nil {
			continue
		}
		date := t.Format("2006-01-02")
		if form.layout == "2006-01" {
			date = t.Format("2006-01")
		}
		if t.Year() < 1583 {
			return otherYear(t, s, lang)
		}
		if _, err := value.ParsePublished(date); err != nil || t.Year() < 1600 {
			return day{}
		}
		d := day{date: date}
		if form.zoned || gmt {
			d.at = t.Format(time.RFC3339)
		}
		return d
	}
	return day{}
}

// otherYear turns a day of figures that no Gregorian one can be: Solar Hijri, or Hijri where the page is in Arabic.
func otherYear(t time.Time, shown, lang string) day {
	y, m, d := t.Year(), int(t.Month()), t.Day()
	switch {
	case lang == "ar" && y >= 1356 && y <= 1500, lang != "fa" && y > 1420 && y <= 1500:
		return lunarDay(y, m, d, shown)
	case y >= 1250 && y < 1500:
		return solarDay(y, m, d, shown)
	}
	return day{}
}

// solarMonths are those of the calendar of Iran.
var solarMonths = []string{"فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن",
	"اسفند"}

func solarDay(y, m, d int, shown string) day {
	if m < 1 || m > 12 {
		return day{}
	}
	got := readWords(fmt.Sprintf("%d %s %d", d, solarMonths[m-1], y), "fa")
	if len(got) == 0 {
		return day{}
	}
	out := got[0]
	out.shown = shown
	out.note = inCalendar(shown, "Solar Hijri", out.date)
	return out
}

// lunarDay turns a day of the Islamic calendar as Umm al-Qura counts it; by sight of the moon it may be a day off.
func lunarDay(y, m, d int, shown string) day {
	if y < 1357 || y > 1499 || m < 1 || m > 12 || d < 1 || d > 30 {
		return day{}
	}
	date := hijri.UmmAlQuraDate{Year: int64(y), Month: int64(m), Day: int64(d)}.ToGregorian().Format(time.DateOnly)
	return day{date: date, shown: shown, note: inCalendar(shown, "Hijri", date) +
		" It was counted by Umm al-Qura; by sight of the moon it may be a day off."}
}

func inCalendar(shown, calendar, date string) string {
	return fmt.Sprintf("Its day stands there as “%s” (%s), which is %s.", shown, calendar, date)
}

// slashed is a day in figures of which nobody can tell which is the month.
var slashed = regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}$`)

// eras are the years of Japan and of the Republic of China, by which a day was stated.
var eras = regexp.MustCompile(`令和|平成|昭和|大正|明治|民國|民国`)

// readWords finds the days in a line, in the language of the page: whole days, months or years, none that is told from
// another day. Days of other calendars are turned into ours and noted.
func readWords(line, lang string) []day {
	doc, err := text.NewDoc(line)
	if err != nil || sizeOf(line) > 400 {
		return nil
	}
	var out []day
	for _, s := range text.Sentences(doc, lang) {
		if lang != "" {
			s.Lang = lang
		}
		for _, x := range value.Dates(doc, s, value.Published{}) {
			if d := fromWords(x, doc.Slice(x.Span), lang); d.date != "" || d.note != "" {
				d.shown = doc.Slice(x.Span)
				out = append(out, d)
			}
		}
	}
	return out
}

func fromWords(x value.Date, shown, lang string) day {
	var y, m, d int
	n, _ := fmt.Sscanf(x.Norm, "%d-%d-%d", &y, &m, &d)
	if x.Relative != "" || y < 1000 || strings.Contains(x.Norm, "s") {
		return day{}
	}
	plainShown := asciiDigits(strings.TrimSpace(shown))
	switch {
	case n == 3 && x.Calendar == value.Lunar:
		return lunarDay(y, m, d, shown)
	case x.Calendar == value.Lunar, n < 3 && x.Calendar == value.Solar, n < 2 && y < 1583:
		return day{}
	case n == 3 && y < 1583 && x.Calendar == value.Gregorian:
		return otherYear(time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC), shown, lang)
	case n < 1 || strings.Contains(x.Resolved, "/"):
		return day{}
	}
	if m := slashed.FindStringSubmatch(plainShown); m != nil && ambiguous(m[1], m[2]) && (lang == "en" || lang == "") {
		return day{note: fmt.Sprintf("Its day stands there as “%s”: nobody can tell which figure is the month. "+
			"Look, and write it down.", shown)}
	}
	if _, err := value.ParsePublished(x.Resolved); err != nil || x.Resolved == "" { // there is no 31 Esfand
		return day{}
	}
	out := day{date: x.Resolved}
	switch {
	case x.Calendar == value.Solar:
		out.note = inCalendar(shown, "Solar Hijri", x.Resolved)
	case eras.MatchString(shown):
		out.note = inCalendar(shown, "by the year of an era", x.Resolved)
	}
	return out
}

func ambiguous(a, b string) bool {
	var x, y int
	_, _ = fmt.Sscan(a, &x)
	_, _ = fmt.Sscan(b, &y)
	return x <= 12 && y <= 12 && x != y
}

// asciiDigits writes the figures of Persian, Arabic and wide type as ASCII.
func asciiDigits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '۰' && r <= '۹':
			return r - '۰' + '0'
		case r >= '٠' && r <= '٩':
			return r - '٠' + '0'
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		}
		return r
	}, s)
}
