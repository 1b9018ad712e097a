package value

import "claimbench/internal/text"

// Date is an expression of time in a sentence.
//
// Norm is what the words say and no more, in ISO 8601 with "--" for a year that is not said: "2024-03-12", "--03-25",
// "--07", "2021", "---05" (a day alone), "1990s". Where the words tie a month or a day to the publication ("January
// this year") and that is known, Norm has the year. A relative date has Norm "" and its meaning in English in Relative
// ("today", "last week", "3 days ago", "Friday").
// Resolved is the Gregorian day, month, year or interval ("2017-04-24/2017-04-30") meant, worked out from the
// publication date; "" when that is not possible. Calendar is the calendar of Norm.
type Date struct {
	Span                     text.Span
	Norm, Relative, Resolved string
	Calendar                 Calendar
}

// Calendar names the calendar that a norm is in.
type Calendar string

// The calendars that dates are read in. Japanese eras are given as Gregorian years.
const (
	Gregorian Calendar = ""
	Solar     Calendar = "solar" // Solar Hijri, of Iran
	Lunar     Calendar = "lunar" // Islamic
)

// Dates gives the dates of sentence s of d, in order; p is the day the article was published, as far as it is known.
func Dates(d *text.Doc, s text.Sentence, p Published) []Date { return NewScan(d, s).Dates(p) }
