package value

import "time"

// solarToGregorian gives the Gregorian day of a day of the Solar Hijri calendar, for years 1 to 3000. Leap years go by
// the breaks of the 2820-year cycle as Borkowski lists them (K. M. Borkowski, The Persian calendar for 3000 years,
// Earth, Moon, and Planets 74, 1996), the algorithm in common use. ok is false for a day that does not exist.
func solarToGregorian(year, month, day int) (t time.Time, ok bool) {
	if year < 1 || year > 3000 || month < 1 || month > 12 || day < 1 {
		return t, false
	}
	leapAge, march := solarYear(year)
	length := 31
	if month > 6 {
		length = 30
	}
	if month == 12 && leapAge != 0 {
		length = 29
	}
	if day > length {
		return t, false
	}
	offset := (month-1)*31 + day - 1
	if month > 7 {
		offset -= month - 7
	}
	return time.Date(year+621, time.March, march+offset, 0, 0, 0, 0, time.UTC), true
}

// solarBreaks are the years in which the 33-year rhythm of leap years jumps.
var solarBreaks = [...]int{-61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210, 1635, 2060, 2097, 2192, 2262, 2324,
	2394, 2456, 3178}

// solarYear gives the years since the last leap year (0: leap) and the day of March on which the year begins.
func solarYear(year int) (leapAge, march int) {
	leap, jump := -14, 0
	from := solarBreaks[0]
	for _, to := range solarBreaks[1:] {
		jump = to - from
		if year < to {
			break
		}
		leap += jump/33*8 + jump%33/4
		from = to
	}
	n := year - from
	leap += n/33*8 + (n%33+3)/4
	if jump%33 == 4 && jump-n == 4 {
		leap++
	}
	gregorian := year + 621
	march = 20 + leap - (gregorian/4 - (gregorian/100+1)*3/4 - 150)
	if jump-n < 6 {
		n = n - jump + (jump+4)/33*33
	}
	leapAge = ((n+1)%33 - 1) % 4
	if leapAge == -1 {
		leapAge = 4
	}
	return leapAge, march
}

// solarNear gives the Solar Hijri year that holds the Gregorian day.
func solarNear(t time.Time) int {
	y := t.Year() - 621
	if start, ok := solarToGregorian(y, 1, 1); ok && t.Before(start) {
		y--
	}
	return y
}

// japaneseEra gives the Gregorian year before the first of an era, or 0.
func japaneseEra(name string) int {
	switch name {
	case "民國", "民国":
		return 1911
	case "令和", "㋿", "R":
		return 2018
	case "平成", "㍻", "H":
		return 1988
	case "昭和", "㍼", "S":
		return 1925
	case "大正", "㍽", "T":
		return 1911
	case "明治", "㍾", "M":
		return 1867
	}
	return 0
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// existing says whether the Gregorian day exists; in no year means in any.
func existing(year, month, day int) bool {
	if month < 1 || month > 12 || day < 1 {
		return false
	}
	if year == 0 {
		year = 2024
	}
	return day <= daysIn(year, month)
}

// isoWeekday gives 1 for Monday to 7 for Sunday.
func isoWeekday(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }
