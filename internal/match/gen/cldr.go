//go:build ignore

// Command cldr writes tables/places_more.tsv of internal/match: the names that tables/places.tsv has for English,
// Arabic, Persian and Japanese, in more languages. It takes them from Unicode CLDR (npm cldr-localenames-full and
// cldr-dates-full 48.2.0, Unicode-3.0 licence) and keeps the topics of the first table, so that both are read as one:
//
//	go run internal/match/gen/cldr.go --cldr DIR/node_modules > internal/match/tables/places_more.tsv
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// languages are the columns of the table.
var languages = []string{"fr", "de", "es", "pt", "it", "pl", "tr", "id", "sw", "ru", "uk", "el", "he", "ur", "hi", "ko",
	"zh"}

// column is the names of one language by topic.
type column map[string][]string

func main() {
	dir := flag.String("cldr", "node_modules", "folder that holds cldr-localenames-full and cldr-dates-full")
	first := flag.String("table", "internal/match/tables/places.tsv", "the table whose topics are kept")
	flag.Parse()
	if err := run(*dir, *first); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(dir, first string) error {
	topics, err := topicsOf(first)
	if err != nil {
		return err
	}
	english, err := names(dir, "en")
	if err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stdout)
	fmt.Fprintln(out, "# Names of territories, languages, cities, months and weekdays from Unicode CLDR 48.2.0, by "+
		"gen/cldr.go.")
	fmt.Fprintln(out, "# Unicode-3.0 licence, see LICENSE-unicode.txt beside this file.")
	fmt.Fprintln(out, "topic\t"+strings.Join(languages, "\t"))
	columns := make([]column, len(languages))
	for i, lang := range languages {
		if columns[i], err = names(dir, lang); err != nil {
			return err
		}
	}
	for _, t := range topics {
		cells, any := make([]string, len(languages)), 0
		for i := range languages {
			var forms []string
			for _, key := range keysOf(english, t) {
				forms = append(forms, columns[i][key]...)
			}
			slices.Sort(forms)
			forms = slices.Compact(forms)
			cells[i] = strings.Join(forms, "|")
			any += len(forms)
		}
		if any >= 2 {
			fmt.Fprintln(out, t.topic+"\t"+strings.Join(cells, "\t"))
		}
	}
	return out.Flush()
}

// row is a topic of the first table with its English names.
type row struct {
	topic   string
	english []string
}

func topicsOf(path string) ([]row, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var out []row
	for _, line := range strings.Split(string(raw), "\n") {
		cells := strings.Split(line, "\t")
		if len(cells) > 2 && strings.Contains(cells[0], ":") && line[0] != '#' {
			out = append(out, row{cells[0], strings.Split(cells[1], "|")})
		}
	}
	return out, nil
}

// keysOf finds the keys of CLDR under which a topic's English names stand: a country and its language, as in the first
// table.
func keysOf(english column, t row) []string {
	kind, code, _ := strings.Cut(t.topic, ":")
	if kind == "month" || kind == "weekday" {
		return []string{t.topic}
	}
	var out []string
	for key, names := range english {
		if strings.HasPrefix(key, "month:") || strings.HasPrefix(key, "weekday:") {
			continue
		}
		if key == "territory:"+code || slices.ContainsFunc(names, func(n string) bool {
			return slices.Contains(t.english, n)
		}) {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return out
}

// names reads the names of one language.
func names(dir, lang string) (column, error) {
	c := column{}
	put := func(key, name string) {
		name = strings.NewReplacer("\t", " ", "|", " ").Replace(name)
		if name != "" && !slices.Contains(c[key], name) {
			c[key] = append(c[key], name)
		}
	}
	var root map[string]any
	local := filepath.Join(dir, "cldr-localenames-full", "main", lang)
	for file, kind := range map[string]string{"territories.json": "territory", "languages.json": "language"} {
		if err := readJSON(filepath.Join(local, file), &root); err != nil {
			return nil, err
		}
		for code, name := range leaf(root, "main", lang, "localeDisplayNames", strings.TrimSuffix(file, ".json")) {
			code, _, _ = strings.Cut(code, "-alt-")
			if kind == "language" && len(code) > 3 {
				continue
			}
			put(kind+":"+code, fmt.Sprint(name))
		}
	}
	dates := filepath.Join(dir, "cldr-dates-full", "main", lang)
	if err := readJSON(filepath.Join(dates, "timeZoneNames.json"), &root); err != nil {
		return nil, err
	}
	cities(leaf(root, "main", lang, "dates", "timeZoneNames", "zone"), "", put)
	if err := readJSON(filepath.Join(dates, "ca-gregorian.json"), &root); err != nil {
		return nil, err
	}
	for _, form := range []string{"format", "stand-alone"} {
		for n, name := range leaf(root, "main", lang, "dates", "calendars", "gregorian", "months", form, "wide") {
			put("month:"+n, fmt.Sprint(name))
		}
		days := leaf(root, "main", lang, "dates", "calendars", "gregorian", "days", form, "wide")
		for n, day := range []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"} {
			put("weekday:"+fmt.Sprint(n+1), fmt.Sprint(days[day]))
			put("weekday:"+day, fmt.Sprint(days[day]))
		}
	}
	return c, nil
}

// cities walks the time zones, which are named for cities.
func cities(zones map[string]any, path string, put func(key, name string)) {
	for name, v := range zones {
		sub, ok := v.(map[string]any)
		if !ok {
			continue
		}
		if city, ok := sub["exemplarCity"].(string); ok {
			put("city:"+name, city)
			continue
		}
		cities(sub, path+name+"/", put)
	}
}

func readJSON(path string, into *map[string]any) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	*into = nil
	return json.Unmarshal(raw, into)
}

func leaf(root map[string]any, path ...string) map[string]any {
	for _, p := range path {
		root, _ = root[p].(map[string]any)
	}
	return root
}
