//go:build ignore

package main

import (
	"path/filepath"
	"sort"
	"strconv"
	"strings"
)

// rule is one line of a set of rules that spells numbers (RBNF, Unicode Technical Standard 35, part 3).
type rule struct {
	base, radix int
	text        string
}

type rules map[string][]rule

// readNumerals spells 2–99 and the hundreds as cardinals, and 2–31 as ordinals, in every gender and case CLDR has.
func readNumerals(t *table, dir, lang string) error {
	if lang == "zh" || lang == "ko" || lang == "ur" { // signs, and a language that CLDR does not spell
		return nil
	}
	var f struct {
		Rbnf struct {
			Rbnf struct{ SpelloutRules map[string]any }
		}
	}
	if err := load(filepath.Join(dir, "cldr-rbnf/rbnf", lang+".json"), &f); err != nil {
		return err
	}
	sets := rules{}
	var names []string
	for name, lines := range f.Rbnf.Rbnf.SpelloutRules {
		list, ok := lines.([]any)
		if !ok {
			continue
		}
		names = append(names, name)
		for _, l := range list {
			pair := l.([]any)
			head, radix, _ := strings.Cut(pair[0].(string), "/")
			base, err := strconv.Atoi(strings.ReplaceAll(head, ",", ""))
			if err != nil {
				continue
			}
			r := rule{base: base, radix: 10, text: strings.TrimSuffix(pair[1].(string), ";")}
			if n, err := strconv.Atoi(radix); err == nil {
				r.radix = n
			}
			sets[name] = append(sets[name], r)
		}
	}
	sort.Strings(names)
	spell := func(kind, prefix string, n int) {
		for _, name := range names {
			if strings.HasPrefix(name, prefix) && !strings.Contains(name, "year") {
				if s, ok := sets.spell(name, n, 0); ok {
					t.add(kind, strconv.Itoa(n), s)
				}
			}
		}
	}
	for n := 2; n < 1000; n++ {
		if n < 100 || n%100 == 0 {
			spell("num", "%spellout-cardinal", n)
			spell("num", "%spellout-numbering", n)
		}
	}
	for n := 2; n <= 31; n++ {
		spell("ord", "%spellout-ordinal", n)
	}
	return nil
}

// spell writes n by the set of rules; false when they lead nowhere.
func (s rules) spell(set string, n, depth int) (string, bool) {
	list := s[set]
	if len(list) == 0 || depth > 20 {
		return "", false
	}
	at := sort.Search(len(list), func(i int) bool { return list[i].base > n }) - 1
	if at < 0 {
		return "", false
	}
	r := list[at]
	divisor := 1
	for divisor*r.radix <= r.base && r.base > 0 {
		divisor *= r.radix
	}
	text := r.text
	if open := strings.Index(text, "["); open >= 0 { // what stands in brackets is left out of multiples
		end := strings.Index(text, "]")
		if n%divisor == 0 {
			text = text[:open] + text[end+1:]
		} else {
			text = text[:open] + text[open+1:end] + text[end+1:]
		}
	}
	text = strings.ReplaceAll(text, "→→→", "→→")
	for _, m := range []struct {
		mark  string
		value int
	}{{"←", n / divisor}, {"→", n % divisor}, {"=", n}} {
		for {
			from := strings.Index(text, m.mark)
			if from < 0 {
				break
			}
			rest := text[from+len(m.mark):]
			to := strings.Index(rest, m.mark)
			if to < 0 || strings.ContainsAny(rest[:to], "#0") {
				return "", false
			}
			name := rest[:to]
			if name == "" {
				name = set
			}
			sub, ok := s.spell(name, m.value, depth+1)
			if !ok {
				return "", false
			}
			text = text[:from] + sub + rest[to+len(m.mark):]
		}
	}
	return strings.TrimPrefix(text, "'"), true
}
