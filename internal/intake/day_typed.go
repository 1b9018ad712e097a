package intake

import (
	"strings"

	"claimbench/internal/value"
)

// calendarLangs are the languages in which a typed day is tried, after that of the text: each brings a calendar.
var calendarLangs = []string{"fa", "ar", "ja", "en"}

// TypedDay reads a day that a person typed: YYYY, YYYY-MM or YYYY-MM-DD, or a day of another calendar as a page in a
// language writes it (۱۵ اردیبهشت ۱۳۹۶, 1396-02-15, 2 ذو القعدة 1445, 平成29年5月7日). It gives the day by our
// calendar, and how it was written where that was another one. "" is no day. The words of the error are for people.
func TypedDay(s, lang string) (date, shown string, err error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", "", nil
	}
	if _, err = value.ParsePublished(asciiDigits(s)); err == nil {
		return asciiDigits(s), "", nil
	}
	if d := readStamp(s, lang); d.date != "" {
		if d.note != "" {
			shown = s
		}
		return d.date, shown, nil
	}
	for _, lang := range append([]string{lang}, calendarLangs...) {
		found := readWords(s, lang)
		if len(found) == 0 || 2*len(found[0].shown) < len(s) { // else a part of it is a year, and the rest is lost
			continue
		}
		switch d := found[0]; {
		case d.date != "" && d.note != "":
			return d.date, s, nil
		case d.date != "":
			return d.date, "", nil
		case d.note != "":
			return "", "", says("%s", strings.TrimSuffix(d.note, "."))
		}
	}
	return "", "", says("“%s” is no day. Write 2017-05-06, or only the month or the year, or a day as the page "+
		"writes it, in the Iranian, the Islamic or the Japanese calendar", cutRunes(s, 60))
}
