package view

import (
	"bytes"
	_ "embed"
	"fmt"
	"html"
	"html/template"
	"maps"
	"slices"
	"strings"
	"sync"
)

// keysTable is the one table of the desk's keys; its head says what the columns are.
//
//go:embed keys.tsv
var keysTable string

// Key is what a key does: a line of the table.
type Key struct {
	Act     string   // its name in templates and in data-act
	Keys    []string // the presses, each enough: "j", "Control+Enter", "g>q" for one after the other
	On      []string // screens: names of templates, "*" for all
	Bar     string   // its word in the key bar, "" for none
	Word    string   // what it does
	Instead string   // the act whose key this one has where both are there, "" for none
}

// Keys is the table, in the order in which the key bar and the list of keys show it.
var Keys = sync.OnceValue(func() []Key {
	var out []Key
	for line := range strings.Lines(keysTable) {
		if line = strings.TrimSuffix(line, "\n"); line == "" || strings.HasPrefix(line, "# ") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 5 {
			panic(fmt.Sprintf("keys.tsv: %d columns in %q", len(f), line))
		}
		k := Key{Act: f[0], Keys: strings.Fields(f[1]), On: strings.Fields(f[2]), Bar: f[3]}
		k.Word, k.Instead, _ = strings.Cut(f[4], " instead:")
		if k.Bar == "-" {
			k.Bar = ""
		}
		out = append(out, k)
	}
	return out
})

var keysByAct = sync.OnceValue(func() map[string]Key {
	out := map[string]Key{}
	for _, k := range Keys() {
		if _, twice := out[k.Act]; !twice {
			out[k.Act] = k
		}
	}
	return out
})

// KeyOf finds an act's line.
func KeyOf(act string) (Key, bool) {
	k, ok := keysByAct()[act]
	return k, ok
}

// Everywhere says that the key is on all screens.
func (k Key) Everywhere() bool { return slices.Contains(k.On, "*") }

// IsOn says whether the key is on a screen.
func (k Key) IsOn(screen string) bool { return k.Everywhere() || slices.Contains(k.On, screen) }

// Caps are the caps of the first way to press it, in their order.
func (k Key) Caps() []string {
	var out []string
	for _, press := range strings.Split(k.Keys[0], ">") {
		for _, cap := range strings.Split(press, "+") {
			out = append(out, capOf(cap))
		}
	}
	return out
}

// also are the caps of the other ways that are one press each.
func (k Key) also() (out []string) {
	for _, press := range k.Keys[1:] {
		if !strings.ContainsAny(press, ">+") {
			out = append(out, capOf(press))
		}
	}
	return out
}

func capOf(press string) string {
	switch press {
	case "Enter":
		return "↵"
	case "Control":
		return "Ctrl"
	case "Escape":
		return "Esc"
	case "ArrowDown":
		return "↓"
	case "ArrowUp":
		return "↑"
	}
	if ariaOf(press) != press {
		return "⇧" + press // a capital alone reads as the letter
	}
	return press
}

// keyAttrs marks an element as what some keys act on: {{key "next"}} in its tag. Keys that are pressed one after the
// other have an attribute of our own, for aria-keyshortcuts cannot say them.
func keyAttrs(acts ...string) (template.HTMLAttr, error) {
	var single, chain []string
	for _, act := range acts {
		k, ok := KeyOf(act)
		if !ok {
			return "", fmt.Errorf("no key is named %q in keys.tsv", act)
		}
		for _, press := range k.Keys {
			if strings.Contains(press, ">") {
				chain = append(chain, press)
			} else {
				single = append(single, ariaOf(press))
			}
		}
	}
	out := `data-act="` + strings.Join(acts, " ") + `"`
	if len(chain) > 0 {
		out += ` data-chain="` + html.EscapeString(strings.Join(chain, " ")) + `"`
	}
	if len(single) > 0 {
		out += ` aria-keyshortcuts="` + html.EscapeString(strings.Join(single, " ")) + `"`
	}
	return template.HTMLAttr(out), nil
}

// ariaOf is a press as aria-keyshortcuts writes it.
func ariaOf(press string) string {
	if len(press) == 1 && press >= "A" && press <= "Z" {
		return "Shift+" + press
	}
	return press
}

// ownKeys marks an element whose module reads some keys by itself: {{keys "row-next row-prev"}} in its tag.
func ownKeys(acts string) (template.HTMLAttr, error) {
	for _, act := range strings.Fields(acts) {
		if _, ok := KeyOf(act); !ok {
			return "", fmt.Errorf("no key is named %q in keys.tsv", act)
		}
	}
	return template.HTMLAttr(`data-act="` + acts + `"`), nil
}

// keyCap draws the cap of an act's key, for the element that has it: {{cap "next"}}. Of keys pressed one after the
// other it is the last.
func keyCap(act string) (template.HTML, error) {
	k, ok := KeyOf(act)
	if !ok {
		return "", fmt.Errorf("no key is named %q in keys.tsv", act)
	}
	press := k.Keys[0]
	press = press[strings.LastIndex(press, ">")+1:]
	caps := strings.Split(press, "+")
	for i := range caps {
		caps[i] = html.EscapeString(capOf(caps[i]))
	}
	return template.HTML(`<kbd aria-hidden="true">` + strings.Join(caps, " ") + `</kbd>`), nil
}

// BarGroup is the keys of one word in the key bar.
type BarGroup struct {
	Acts  string // the acts it stands for, with spaces
	Caps  []BarCap
	Word  string
	Lives bool // one of its acts does
}

// BarCap is a cap of the key bar, or a part of its word, with its act and whether that can be done now.
type BarCap struct {
	Act, Cap string
	Lives    bool
}

// Words are the parts of the word, "next" and "previous", one for each act; else the whole, for all of them.
func (g BarGroup) Words() []BarCap {
	acts, parts := strings.Fields(g.Acts), strings.Split(g.Word, ", ")
	if len(parts) != len(acts) || len(g.Caps) != len(acts) {
		return []BarCap{{g.Acts, g.Word, g.Lives}}
	}
	out := make([]BarCap, len(parts))
	for i, word := range parts {
		out[i] = BarCap{acts[i], word, g.Caps[i].Lives}
	}
	return out
}

// KeyShown is a line of the list of keys.
type KeyShown struct {
	Acts  string // the acts it stands for, with spaces
	Caps  []string
	Word  string
	Lives bool // what it acts on is on the page; web/src/keybar.ts keeps it so when parts of the page change
}

// always are the acts of the program itself, which need nothing on the page.
var always = []string{"help", "palette", "leave"}

const actMark = `data-act="`

// actsIn adds the acts that a stretch of a page names to those there are, and gives where it ends within the stretch:
// behind the last attribute that is whole. It runs over every page that is sent, so it searches without a pattern.
func actsIn(page []byte, acts map[string]bool) (end int) {
	for {
		from := bytes.Index(page[end:], []byte(actMark))
		if from < 0 {
			return end
		}
		from += end + len(actMark)
		size := bytes.IndexByte(page[from:], '"')
		if size < 0 {
			return end
		}
		end = from + size
		for _, act := range bytes.Fields(page[from:end]) {
			acts[string(act)] = true
		}
	}
}

// here are the acts of what has been written of the page. The key bar and the list of keys are written last, so that
// they list what is there. What was read for one is not read again for the next.
func (s *Shell) here() map[string]bool {
	if s.acts == nil {
		s.acts = map[string]bool{}
	}
	if s.written != nil {
		s.read += actsIn(s.written.Bytes()[s.read:], s.acts)
	}
	out := maps.Clone(s.acts)
	for _, act := range always {
		out[act] = true
	}
	for act := range out { // after, for what stands in its stead may come later on the page
		if k, ok := KeyOf(act); ok && k.Instead != "" && k.IsOn(s.screen) {
			delete(out, k.Instead)
		}
	}
	return out
}

// Bar gives the groups of the key bar.
func (s *Shell) Bar() []BarGroup {
	var out []BarGroup
	here, last := s.here(), ""
	for _, k := range Keys() {
		if k.Bar == "" || !k.IsOn(s.screen) {
			continue
		}
		if k.Bar != last {
			out = append(out, BarGroup{Word: k.Bar})
		}
		last = k.Bar
		g := &out[len(out)-1]
		g.Acts = strings.TrimSpace(g.Acts + " " + k.Act)
		g.Lives = g.Lives || here[k.Act]
		for _, cap := range k.Caps() {
			g.Caps = append(g.Caps, BarCap{k.Act, cap, here[k.Act]})
		}
	}
	return out
}

// Sheet gives the list of keys: those of the screen, or those of everywhere.
func (s *Shell) Sheet(everywhere bool) []KeyShown {
	var out []KeyShown
	here := s.here()
	for _, k := range Keys() {
		if k.Everywhere() == everywhere && k.IsOn(s.screen) {
			out = append(out, KeyShown{Acts: k.Act, Caps: append(k.Caps(), k.also()...), Word: k.Word,
				Lives: here[k.Act]})
		}
	}
	return out
}
