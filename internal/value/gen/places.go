//go:build ignore

// Command places writes tables/places.tsv of internal/value from Unicode CLDR (npm cldr-localenames-full and
// cldr-dates-full 48.2.0, Unicode-3.0 licence):
//
//	go run internal/value/gen/places.go --cldr DIR/node_modules > internal/value/tables/places.tsv
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

var languages = []string{"en", "ar", "fa", "ja"}

func main() {
	dir := flag.String("cldr", "node_modules", "folder that holds cldr-localenames-full and cldr-dates-full")
	flag.Parse()
	rows := map[string]map[string]string{} // key -> language -> name
	for _, lang := range languages {
		if err := read(*dir, lang, rows); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	write(rows)
}

func read(dir, lang string, rows map[string]map[string]string) error {
	put := func(key, name string) {
		if rows[key] == nil {
			rows[key] = map[string]string{}
		}
		rows[key][lang] = strings.NewReplacer("\t", " ", "|", " ").Replace(name)
	}
	var names struct {
		Main map[string]struct {
			LocaleDisplayNames struct{ Territories, Languages map[string]string }
		}
	}
	if err := load(filepath.Join(dir, "cldr-localenames-full/main", lang, "territories.json"), &names); err != nil {
		return err
	}
	for code, name := range names.Main[lang].LocaleDisplayNames.Territories {
		base, alt, _ := strings.Cut(code, "-alt-")
		if strings.HasPrefix(base, "Q") || base == "ZZ" || base == "XA" || base == "XB" || base == "EZ" {
			continue
		}
		kind := "country"
		if base[0] >= '0' && base[0] <= '9' {
			kind = "region"
		}
		put(kind+":"+base+suffix(alt), name)
	}
	if err := load(filepath.Join(dir, "cldr-localenames-full/main", lang, "languages.json"), &names); err != nil {
		return err
	}
	for code, name := range names.Main[lang].LocaleDisplayNames.Languages {
		if len(code) == 2 {
			put("language:"+code, name)
		}
	}
	var zones struct {
		Main map[string]struct {
			Dates struct{ TimeZoneNames struct{ Zone map[string]any } }
		}
	}
	if err := load(filepath.Join(dir, "cldr-dates-full/main", lang, "timeZoneNames.json"), &zones); err != nil {
		return err
	}
	cities("", zones.Main[lang].Dates.TimeZoneNames.Zone, put)
	return nil
}

func suffix(alt string) string {
	if alt == "" {
		return ""
	}
	return "/" + alt
}

// cities walks the zones; English often leaves a city out, for it is the last part of the zone's own name.
func cities(path string, zone map[string]any, put func(key, name string)) {
	if name, ok := zone["exemplarCity"].(string); ok {
		put("city:"+path, name)
		return
	}
	for part, below := range zone {
		if m, ok := below.(map[string]any); ok {
			cities(strings.TrimPrefix(path+"/"+part, "/"), m, put)
		}
	}
}

func load(path string, into any) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, into)
}

// write prints kind, key and the names in each language; alternative names of one key are joined by "|".
func write(rows map[string]map[string]string) {
	joined := map[string][4]string{}
	var keys []string
	var all []string
	for key := range rows {
		all = append(all, key)
	}
	sort.Strings(all)
	for _, key := range all {
		names := rows[key]
		if names["fa"] == "" && names["ar"] == "" && names["ja"] == "" {
			continue
		}
		if strings.HasPrefix(key, "city:") && names["en"] == "" {
			names["en"] = strings.ReplaceAll(key[strings.LastIndex(key, "/")+1:], "_", " ")
		}
		base := key
		if i := strings.Index(key, "/"); i > 0 && strings.HasPrefix(key, "country:") {
			base = key[:i]
		}
		row, seen := joined[base]
		if !seen {
			keys = append(keys, base)
		}
		for i, lang := range languages {
			if n := names[lang]; n != "" && !strings.Contains("|"+row[i]+"|", "|"+n+"|") {
				row[i] = strings.TrimPrefix(row[i]+"|"+n, "|")
			}
		}
		joined[base] = row
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	fmt.Fprintln(out,
		"# Names of countries, regions, cities and languages from Unicode CLDR 48.2.0, Unicode-3.0 licence.")
	fmt.Fprintln(out, "# kind TAB code TAB en TAB ar TAB fa TAB ja; written by internal/value/gen/places.go.")
	for _, key := range keys {
		kind, code, _ := strings.Cut(key, ":")
		fmt.Fprintln(out, strings.Join(append([]string{kind, code},
			func() []string { r := joined[key]; return r[:] }()...), "\t"))
	}
}
