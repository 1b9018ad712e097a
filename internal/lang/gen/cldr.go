//go:build ignore

// Command cldr writes the tables cldr.tsv of internal/lang from Unicode CLDR (npm cldr-dates-full, cldr-numbers-full,
// cldr-units-full and cldr-rbnf, all 48.2.0, Unicode-3.0 licence): months, weekdays, scale words, units and numerals.
//
//	go run internal/lang/gen/*.go --cldr DIR/node_modules --out internal/lang
package main

import (
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// languages are those whose words come from CLDR. The folders of en, fa, ar and ja were written by hand before.
var languages = []string{"fr", "de", "es", "pt", "it", "id", "tr", "ru", "uk", "pl", "hi", "ur", "he", "ko", "zh"}

func main() {
	dir := flag.String("cldr", "node_modules", "folder that holds the cldr packages")
	out := flag.String("out", "internal/lang", "folder to write to")
	flag.Parse()
	var sums strings.Builder
	for _, lang := range languages {
		t, err := read(*dir, lang)
		if err == nil {
			fmt.Fprintf(&sums, "%x  %s/cldr.tsv\n", sha256.Sum256(t.bytes()), lang)
			err = os.WriteFile(filepath.Join(*out, lang, "cldr.tsv"), t.bytes(), 0o644)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, lang, err)
			os.Exit(1)
		}
	}
	// A test compares the tables with these, so that nobody mends one by hand instead of this program.
	if err := os.WriteFile(filepath.Join(*out, "gen", "cldr.sha256"), []byte(sums.String()), 0o644); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// table collects forms by kind and argument, in the order in which they come.
type table struct {
	keys  []string
	forms map[string][]string
}

func (t *table) add(kind, arg, form string) {
	form = clean(form)
	if form == "" || strings.ContainsAny(form, "0123456789{}[]|=$#→←") ||
		!strings.ContainsFunc(form, unicode.IsLetter) || form == "in" { // the inch, and a preposition of many languages
		return
	}
	key := kind + "\t" + arg
	if t.forms[key] == nil {
		t.keys = append(t.keys, key)
	}
	if !slices.Contains(t.forms[key], form) {
		t.forms[key] = append(t.forms[key], form)
	}
}

// clean takes away soft hyphens, marks of direction, and the full stop of an abbreviation.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == 0xAD || r == '\'' && strings.HasSuffix(s, "'.'") || unicode.Is(unicode.Cf, r) && r != 0x200C:
			return -1
		case r == 0xA0 || r == 0x202F || r == '-':
			return ' '
		}
		return unicode.ToLower(r)
	}, s)
	return strings.TrimSuffix(strings.Join(strings.Fields(s), " "), ".")
}

func (t *table) bytes() []byte {
	var b strings.Builder
	b.WriteString("# Written by internal/lang/gen from Unicode CLDR 48.2.0 (Unicode-3.0 licence); not edited by " +
		"hand.\n")
	for _, k := range t.keys {
		fmt.Fprintf(&b, "%s\t%s\n", k, strings.Join(t.forms[k], "|"))
	}
	return []byte(b.String())
}

func read(dir, lang string) (*table, error) {
	t := &table{forms: map[string][]string{}}
	for _, part := range []func(*table, string, string) error{readDates, readScales, readUnits, readNumerals} {
		if err := part(t, dir, lang); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func load(path string, into any) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// names are by form (format, stand-alone), width and key.
type names map[string]map[string]map[string]string

func readDates(t *table, dir, lang string) error {
	var f struct {
		Main map[string]struct {
			Dates struct {
				Calendars struct {
					Gregorian struct{ Months, Days names } `json:"gregorian"`
				}
			}
		}
	}
	if err := load(filepath.Join(dir, "cldr-dates-full/main", lang, "ca-gregorian.json"), &f); err != nil {
		return err
	}
	g := f.Main[lang].Dates.Calendars.Gregorian
	for n := 1; n <= 12; n++ {
		for _, form := range []string{"format", "stand-alone"} {
			t.add("month", strconv.Itoa(n), g.Months[form]["wide"][strconv.Itoa(n)])
		}
	}
	for n := 1; n <= 12; n++ { // a short name is also another word, so a day or a year must stand beside it
		for _, form := range []string{"format", "stand-alone"} {
			short := g.Months[form]["abbreviated"][strconv.Itoa(n)]
			if !slices.Contains(t.forms["month\t"+strconv.Itoa(n)], clean(short)) {
				t.add("monthunsure", strconv.Itoa(n), short)
			}
		}
	}
	for n, day := range []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"} {
		for _, form := range []string{"format", "stand-alone"} {
			t.add("weekday", strconv.Itoa(n+1), g.Days[form]["wide"][day])
		}
	}
	return nil
}

// readScales takes the words of compact numbers: "00 millions" at 10000000 is the word for 1000000.
func readScales(t *table, dir, lang string) error {
	type formats struct {
		Long, Short struct{ DecimalFormat map[string]string }
	}
	var f struct {
		Main map[string]struct {
			Numbers struct {
				Formats formats `json:"decimalFormats-numberSystem-latn"`
			}
		}
	}
	if err := load(filepath.Join(dir, "cldr-numbers-full/main", lang, "numbers.json"), &f); err != nil {
		return err
	}
	for _, m := range []map[string]string{f.Main[lang].Numbers.Formats.Long.DecimalFormat,
		f.Main[lang].Numbers.Formats.Short.DecimalFormat} {
		var keys []string
		for k := range m {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range keys {
			power, _, _ := strings.Cut(k, "-")
			pattern := strings.ReplaceAll(m[k], "'", "")
			zeros := strings.Count(pattern, "0")
			word := clean(strings.ReplaceAll(pattern, "0", ""))
			if zeros == 0 || len([]rune(word)) < 2 && word < "\u0900" {
				continue
			}
			t.add("scale", power[:len(power)-zeros+1], word)
		}
	}
	return nil
}

// units are the units of CLDR that are read, and what they are called here.
var units = []struct{ kind, name, cldr string }{
	{"time", "second", "duration-second"}, {"time", "minute", "duration-minute"}, {"time", "hour", "duration-hour"},
	{"time", "day", "duration-day"}, {"time", "week", "duration-week"}, {"time", "month", "duration-month"},
	{"time", "year", "duration-year"}, {"time", "decade", "duration-decade"}, {"time", "century", "duration-century"},
	{"unit", "km", "length-kilometer"}, {"unit", "m", "length-meter"}, {"unit", "cm", "length-centimeter"},
	{"unit", "mm", "length-millimeter"}, {"unit", "mile", "length-mile"}, {"unit", "ft", "length-foot"},
	{"unit", "in", "length-inch"}, {"unit", "kg", "mass-kilogram"}, {"unit", "g", "mass-gram"},
	{"unit", "t", "mass-tonne"}, {"unit", "t", "mass-ton"}, {"unit", "lb", "mass-pound"},
	{"unit", "ha", "area-hectare"}, {"unit", "acre", "area-acre"}, {"unit", "km²", "area-square-kilometer"},
	{"unit", "m²", "area-square-meter"}, {"unit", "L", "volume-liter"}, {"unit", "barrel", "volume-barrel"},
	{"unit", "km/h", "speed-kilometer-per-hour"}, {"unit", "mph", "speed-mile-per-hour"},
	{"unit", "degree", "temperature-generic"}, {"unit", "MW", "power-megawatt"}, {"unit", "GW", "power-gigawatt"},
	{"unit", "kWh", "energy-kilowatt-hour"}, {"unit", "GB", "digital-gigabyte"}, {"unit", "TB", "digital-terabyte"},
	{"unit", "%", "concentr-percent"},
}

func readUnits(t *table, dir, lang string) error {
	var f struct {
		Main map[string]struct {
			Units map[string]map[string]json.RawMessage
		}
	}
	if err := load(filepath.Join(dir, "cldr-units-full/main", lang, "units.json"), &f); err != nil {
		return err
	}
	for _, u := range units {
		for _, width := range []string{"long", "short"} {
			var patterns map[string]json.RawMessage
			if json.Unmarshal(f.Main[lang].Units[width][u.cldr], &patterns) != nil ||
				width == "short" && u.kind == "time" {
				continue
			}
			var keys []string
			for k := range patterns {
				if strings.HasPrefix(k, "unitPattern") {
					keys = append(keys, k)
				}
			}
			slices.Sort(keys)
			for _, k := range keys {
				var p string
				if json.Unmarshal(patterns[k], &p) != nil {
					continue
				}
				word := strings.TrimSpace(strings.ReplaceAll(p, "{0}", ""))
				if len([]rune(word)) > 1 && strings.HasPrefix(strings.TrimSpace(p), "{0}") {
					t.add(u.kind, u.name, word)
				}
			}
		}
	}
	return nil
}
