package value

import (
	"fmt"
	"time"
)

// Dates gives the dates of the sentence; see the function Dates.
func (sc *Scan) Dates(p Published) []Date {
	sc.findDates()
	if len(sc.dates) == 0 {
		return nil
	}
	out := make([]Date, 0, len(sc.dates))
	for i := range sc.dates {
		h := &sc.dates[i]
		d := Date{Span: sc.span(h.start, h.end), Relative: h.relative, Calendar: h.calendar}
		if h.relative == "" {
			d.Norm = h.norm(p)
			if d.Norm == "" {
				continue
			}
		} else {
			d.Calendar = Gregorian
		}
		d.Resolved = h.resolve(p)
		out = append(out, d)
	}
	return out
}

// day gives the publication day, when it is known in full.
func (p Published) day() (time.Time, bool) {
	if p.Day == 0 {
		return time.Time{}, false
	}
	return time.Date(p.Year, time.Month(p.Month), p.Day, 0, 0, 0, 0, time.UTC), true
}

// about gives the publication day or the middle of what is known of it.
func (p Published) about() (time.Time, bool) {
	if p.Year == 0 {
		return time.Time{}, false
	}
	m, d := p.Month, p.Day
	if m == 0 {
		m, d = 7, 1
	} else if d == 0 {
		d = 15
	}
	return time.Date(p.Year, time.Month(m), d, 0, 0, 0, 0, time.UTC), true
}

// yearOf gives the year said, or the one that the words tie to the publication.
func (h *dateHit) yearOf(p Published) int {
	if h.year == 0 && h.yearTied && p.Year != 0 {
		if h.calendar == Solar {
			if t, ok := p.about(); ok {
				return solarNear(t) + h.shift
			}
		}
		return p.Year + h.shift
	}
	return h.year
}

func (h *dateHit) norm(p Published) string {
	y, m, d := h.yearOf(p), h.month, h.day
	if h.monthTied && m == 0 && p.Month != 0 {
		t := time.Date(p.Year, time.Month(p.Month+h.shift), 1, 0, 0, 0, 0, time.UTC)
		y, m = t.Year(), int(t.Month())
	}
	if h.calendar == Gregorian && m > 0 && d > 0 && !existing(y, m, d) || d > 31 {
		return ""
	}
	return isoPartial(y, m, d, h.decade, h.yearEnd)
}

func isoPartial(y, m, d int, decade bool, yearEnd int) string {
	switch {
	case decade:
		return fmt.Sprintf("%04ds", y)
	case y < 0:
		return fmt.Sprintf("-%04d", -y-1) // ISO 8601 has a year 0, which is 1 BC
	case yearEnd > 0:
		return fmt.Sprintf("%04d/%04d", y, yearEnd)
	case y > 0 && m > 0 && d > 0:
		return fmt.Sprintf("%04d-%02d-%02d", y, m, d)
	case y > 0 && m > 0:
		return fmt.Sprintf("%04d-%02d", y, m)
	case y > 0:
		return fmt.Sprintf("%04d", y)
	case m > 0 && d > 0:
		return fmt.Sprintf("--%02d-%02d", m, d)
	case m > 0:
		return fmt.Sprintf("--%02d", m)
	case d > 0:
		return fmt.Sprintf("---%02d", d)
	}
	return ""
}

// resolve gives the Gregorian date or interval meant, as exactly as the words and the publication date allow.
func (h *dateHit) resolve(p Published) string {
	if h.relative != "" {
		return h.resolveRelative(p)
	}
	switch h.calendar {
	case Solar:
		return h.resolveSolar(p)
	case Lunar:
		return ""
	}
	y, m, d := h.yearOf(p), h.month, h.day
	switch {
	case h.decade:
		return fmt.Sprintf("%04d/%04d", y, y+9)
	case y != 0:
		if m == 0 && d > 0 {
			return ""
		}
		return isoPartial(y, m, d, false, h.yearEnd)
	case m == 0 && d > 0:
		return h.resolveDay(p)
	case m == 0:
		return ""
	}
	about, ok := p.about()
	if !ok || h.elsewhere {
		return ""
	}
	y = h.nearestYear(about, p)
	if y == 0 {
		return ""
	}
	return isoPartial(y, m, d, false, 0)
}

// nearestYear finds the year of a month, or of a day of a month, that lies nearest to the publication; a weekday that
// is said decides between years, and "last" and "next" the side.
func (h *dateHit) nearestYear(about time.Time, p Published) int {
	best, bestGap := 0, time.Duration(1<<62)
	reach := 1
	if h.weekday != 0 && h.day > 0 {
		reach = 6
	}
	for y := about.Year() - reach; y <= about.Year()+reach; y++ {
		d := h.day
		if d == 0 {
			d = 15
		}
		if !existing(y, h.month, d) {
			continue
		}
		t := time.Date(y, time.Month(h.month), d, 0, 0, 0, 0, time.UTC)
		if h.weekday != 0 && h.day > 0 && isoWeekday(t) != int(h.weekday) {
			continue
		}
		if h.deictic && h.shift < 0 && !t.Before(about) && !(h.day == 0 && p.Month > h.month) || h.deictic &&
			h.shift > 0 && t.Before(about) {
			continue
		}
		gap := h.gap(t, about, p)
		if gap < bestGap {
			best, bestGap = y, gap
		}
	}
	return best
}

// gap is how far t lies from the publication; a day well on the side that the tense of the sentence speaks against
// counts as much farther.
func (h *dateHit) gap(t, about time.Time, p Published) time.Duration {
	const day = 24 * time.Hour
	gap := t.Sub(about)
	if (gap > 0) != h.future && p.Day > 0 && gap.Abs() > 20*day {
		return gap.Abs() + 270*day
	}
	return gap.Abs()
}

// resolveDay puts a day of the month alone ("5日") into the month of the publication, or the one before when it would
// lie ahead of it.
func (h *dateHit) resolveDay(p Published) string {
	if p.Month == 0 {
		return ""
	}
	y, m := p.Year, p.Month
	switch {
	case h.monthTied:
		m += h.shift
	case p.Day > 0 && h.day > p.Day+15:
		m--
	case p.Day > 0 && h.day+15 < p.Day && h.future:
		m++
	}
	t := time.Date(y, time.Month(m), 1, 0, 0, 0, 0, time.UTC)
	if h.day > daysIn(t.Year(), int(t.Month())) {
		return ""
	}
	return isoPartial(t.Year(), int(t.Month()), h.day, false, 0)
}

func (h *dateHit) resolveSolar(p Published) string {
	y := h.yearOf(p)
	if y == 0 {
		about, ok := p.about()
		if !ok || h.month == 0 {
			return ""
		}
		y = h.nearestSolarYear(about, p)
	}
	from, to, last := 1, 12, 0
	if h.month > 0 {
		from, to = h.month, h.month
	}
	if h.day > 0 {
		t, ok := solarToGregorian(y, h.month, h.day)
		if !ok || h.month == 0 {
			return ""
		}
		return t.Format(time.DateOnly)
	}
	if h.decade {
		last = 9
	}
	a, ok := solarToGregorian(y, from, 1)
	b, ok2 := solarToGregorian(y+last+to/12, to%12+1, 1)
	if !ok || !ok2 {
		return ""
	}
	return interval(a, b.AddDate(0, 0, -1))
}

func (h *dateHit) nearestSolarYear(about time.Time, p Published) int {
	best, bestGap := 0, time.Duration(1<<62)
	around := solarNear(about)
	for y := around - 1; y <= around+1; y++ {
		t, ok := solarToGregorian(y, h.month, max(h.day, 1))
		if !ok || h.weekday != 0 && h.day > 0 && isoWeekday(t) != int(h.weekday) {
			continue
		}
		if gap := h.gap(t, about, p); gap < bestGap {
			best, bestGap = y, gap
		}
	}
	return best
}

func interval(a, b time.Time) string { return a.Format(time.DateOnly) + "/" + b.Format(time.DateOnly) }

// resolveRelative works out "yesterday", "last week", "Friday", "3 days ago".
func (h *dateHit) resolveRelative(p Published) string {
	if h.relUnit == 0 || p.Year == 0 {
		return ""
	}
	switch h.relUnit {
	case 'y':
		if h.amount > 0 {
			return h.years(p.Year, h.amount)
		}
		return fmt.Sprintf("%04d", p.Year+h.shift)
	case 'D':
		return h.years(p.Year, 10*max(h.amount, 1))
	case 'm':
		if p.Month == 0 {
			return ""
		}
		t := time.Date(p.Year, time.Month(p.Month+h.shift*max(h.amount, 1)), 1, 0, 0, 0, 0, time.UTC)
		if h.amount > 0 {
			now := time.Date(p.Year, time.Month(p.Month), 1, 0, 0, 0, 0, time.UTC)
			if h.shift > 0 {
				t, now = now, t
			}
			return t.Format("2006-01") + "/" + now.Format("2006-01")
		}
		return t.Format("2006-01")
	}
	day, ok := p.day()
	if !ok {
		return ""
	}
	switch h.relUnit {
	case 'd', 'w':
		n := h.shift
		if h.amount > 0 {
			n *= h.amount
		}
		if h.relUnit == 'w' {
			n *= 7
		}
		t := day.AddDate(0, 0, n)
		switch {
		case h.amount > 0 && n < 0:
			return interval(t, day)
		case h.amount > 0:
			return interval(day, t)
		case h.relUnit == 'w':
			monday := t.AddDate(0, 0, 1-isoWeekday(t))
			return interval(monday, monday.AddDate(0, 0, 6))
		}
		return t.Format(time.DateOnly)
	case 'W':
		return h.resolveWeekday(day)
	case 'V': // a day of the week of last, this or next week
		monday := day.AddDate(0, 0, 1-isoWeekday(day)+7*h.shift)
		return monday.AddDate(0, 0, int(h.weekday)-1).Format(time.DateOnly)
	}
	return ""
}

func (h *dateHit) years(year, n int) string {
	if h.shift > 0 {
		return fmt.Sprintf("%04d/%04d", year, year+n)
	}
	return fmt.Sprintf("%04d/%04d", year-n, year)
}

// resolveWeekday takes the last such day, the publication day included; the next one where the words or the sentence
// look ahead, and always the other side of three days.
func (h *dateHit) resolveWeekday(day time.Time) string {
	back := (isoWeekday(day) - int(h.weekday) + 7) % 7
	ahead := 7 - back
	if back == 0 {
		ahead = 0
	}
	switch {
	case h.deictic && h.shift < 0:
		if back == 0 {
			back = 7
		}
		return day.AddDate(0, 0, -back).Format(time.DateOnly)
	case h.deictic && h.shift > 0, h.future && (ahead <= 4 || h.deictic):
		if ahead == 0 {
			ahead = 7
		}
		if !h.deictic && back == 0 {
			ahead = 0
		}
		return day.AddDate(0, 0, ahead).Format(time.DateOnly)
	}
	return day.AddDate(0, 0, -back).Format(time.DateOnly)
}
