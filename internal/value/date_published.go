package value

import (
	"fmt"
	"time"
)

// Published is the day an article was published; a zero part is unknown ("2024-05" has Day 0).
type Published struct{ Year, Month, Day int }

// firstPress is a year before which nothing was published that a reader could call an article. Earlier years are those
// of another calendar: 1403 is this century's in Iran, 1446 in the calendar of the Hijra.
const firstPress = 1583

// buddhistEra is how many years the calendar of Thailand is ahead, so that 2567 is 2024. Years from firstBuddhist on
// are taken for its.
const (
	buddhistEra   = 543
	firstBuddhist = 2400
)

// ParsePublished reads YYYY-MM-DD, YYYY-MM, YYYY or "", in the Gregorian calendar. A day before there were articles,
// or some hundred years ahead, is refused: it was written in another calendar, and the error says which day it would
// be.
func ParsePublished(s string) (Published, error) {
	bad := func() (Published, error) {
		return Published{}, fmt.Errorf("“%s” is no date; write YYYY-MM-DD, or only YYYY-MM or YYYY when no more "+
			"is known", s)
	}
	switch len(s) {
	case 0:
		return Published{}, nil
	case 4, 7, 10:
	default:
		return bad()
	}
	t, err := time.Parse("2006-01-02"[:len(s)], s)
	if err != nil || t.Year() == 0 {
		return bad()
	}
	if t.Year() < firstPress || t.Year() >= firstBuddhist {
		return Published{}, otherCalendar(s, t)
	}
	p := Published{Year: t.Year()}
	if len(s) >= 7 {
		p.Month = int(t.Month())
	}
	if len(s) == 10 {
		p.Day = t.Day()
	}
	return p, nil
}

// otherCalendar explains a year that no article can have.
func otherCalendar(s string, t time.Time) error {
	if day, ok := solarToGregorian(t.Year(), int(t.Month()), t.Day()); ok && len(s) == 10 && t.Year() >= 1250 &&
		t.Year() < firstPress {
		return fmt.Errorf("“%s” is no Gregorian date of an article; if it is of the Solar Hijri calendar, write %s", s,
			day.Format(time.DateOnly))
	}
	if t.Year() >= firstBuddhist {
		return fmt.Errorf("“%s” is no Gregorian date of an article; if it is of the Buddhist calendar, write %04d%s", s,
			t.Year()-buddhistEra, s[4:])
	}
	return fmt.Errorf("“%s” is no Gregorian date of an article; write the Gregorian one, YYYY-MM-DD, YYYY-MM or "+
		"YYYY", s)
}

// String gives the form that ParsePublished reads.
func (p Published) String() string {
	switch {
	case p.Year == 0:
		return ""
	case p.Month == 0:
		return fmt.Sprintf("%04d", p.Year)
	case p.Day == 0:
		return fmt.Sprintf("%04d-%02d", p.Year, p.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", p.Year, p.Month, p.Day)
}
