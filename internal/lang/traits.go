package lang

// Trait is a set of rules of grammar that a language has or has not. A rule is asked for by its trait, never by the
// code of a language, so that a language is added by its folder alone.
type Trait uint64

// The traits, each with the examples that made it.
const (
	AndInNumerals    Trait = 1 << iota // a numeral may begin with an article and go on after "and" or a hyphen
	WawInNumerals                      // و joins the parts of a numeral
	UnitsBeforeTens                    // خمسة وعشرون
	OrdinalClosesSum                   // بیست و پنجم; a glued م makes an ordinal
	Juxtaposed                         // parts of a numeral follow each other: двести пять, doscientos cinco
	DigitsAfterScale                   // 1억 2000만
	Clitics                            // heads are glued to the word: والعام, للسنة
	Prefixes                           // one-letter heads are glued to nouns: במאי
	Endings                            // plural and indefinite endings are glued: نفری
	Particles                          // what follows a noun is glued to it: 명이, 월에
	DualNouns                          // two of a noun is a form of it
	DerivedOrdinals                    // an ordinal is the numeral with an ending
	HeadNouns                          // the words day, month and year stand before what they name
	DeixisFirst                        // last week
	DeixisAfter                        // هفته گذشته, la semaine dernière
	MonthFirst                         // May 5, 2017; 5/6/2017 is in May
	CapitalMonths                      // months and weekdays begin with a capital
	CutMonths                          // their short forms end in a full stop
	OrdinalDays                        // a day in words is an ordinal
	OrdinalStops                       // 3. is third
	SolarYears                         // four digits from 1200 on are Solar Hijri years
	LunarYears                         // the same are years of the Hijra
	AdjectivesFirst                    // adjectives stand between a number and what it counts
	OneAfterNoun                       // شخص واحد
	SpelledDecades                     // 1990s
	HeadDecades                        // دهه ۹۰
	CenturyLast                        // 19th century
	CapitalNouns                       // every noun begins with a capital
	CapitalNames                       // a name is told by its capitals
	LetteredDates                      // 年 月 日 or their like stand behind the figures
	Unspaced                           // no spaces between words
	SlashDecimals                      // ۴۵/۳ درصد
	// a comma before fewer than three digits is a decimal mark, whatever the figures
	CommaDecimals
	SpaceGroups       // 60 000
	DotGroups         // 76.000 is also seventy-six thousand, though the decimal mark is a full stop
	HalfAfterHour     // هشت و نیم
	OClock            // 8 p.m., 8 o'clock
	PrefixedTimes     // the word hour stands before a time
	IndefiniteAmounts // قبل ساعات: the amount follows the word for ago
	NamesByCues       // a name is told by titles, given names and head words
	CutWeekdays       // Mon, Tue: a weekday of four letters or fewer is a short form
	CountedSigns      // one numeral sign counts before a counter, whatever stands before it: 有三人
	HourLetter        // 20h30
	YearFirst         // 2018 yılının haziran ayında
	HourCounts        // هشت ساعت is a stretch of time, ساعت هشت a time of day
	CommaClauses      // a comma stands before every clause that is under another: freigesprochen, … zu haben
)

var traitNames = map[string]Trait{
	"and-in-numerals": AndInNumerals, "waw-in-numerals": WawInNumerals, "units-before-tens": UnitsBeforeTens,
	"ordinal-closes-sum": OrdinalClosesSum, "juxtaposed": Juxtaposed, "digits-after-scale": DigitsAfterScale,
	"clitics": Clitics, "prefixes": Prefixes, "endings": Endings, "particles": Particles, "dual-nouns": DualNouns,
	"derived-ordinals": DerivedOrdinals, "head-nouns": HeadNouns, "deixis-first": DeixisFirst,
	"deixis-after": DeixisAfter, "month-first": MonthFirst, "capital-months": CapitalMonths,
	"cut-months": CutMonths, "ordinal-days": OrdinalDays, "ordinal-stops": OrdinalStops, "solar-years": SolarYears,
	"lunar-years": LunarYears, "adjectives-first": AdjectivesFirst, "one-after-noun": OneAfterNoun,
	"spelled-decades": SpelledDecades, "head-decades": HeadDecades, "century-last": CenturyLast,
	"capital-names": CapitalNames, "capital-nouns": CapitalNouns, "lettered-dates": LetteredDates, "unspaced": Unspaced,
	"slash-decimals": SlashDecimals, "comma-decimals": CommaDecimals, "space-groups": SpaceGroups,
	"dot-groups":      DotGroups,
	"half-after-hour": HalfAfterHour, "o-clock": OClock, "prefixed-times": PrefixedTimes,
	"indefinite-amounts": IndefiniteAmounts,
	"names-by-cues":      NamesByCues, "cut-weekdays": CutWeekdays, "hour-counts": HourCounts,
	"comma-clauses": CommaClauses,
	"year-first":    YearFirst, "hour-letter": HourLetter,
	"counted-signs": CountedSigns,
}
