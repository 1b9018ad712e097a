package view

import (
	"bytes"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"claimbench/web"
)

// screens are the templates that are pages.
func screens(t *testing.T) []string {
	t.Helper()
	files, err := fs.Glob(web.Templates(), "[^_]*.html")
	if err != nil {
		t.Fatal(err)
	}
	for i := range files {
		files[i] = strings.TrimSuffix(files[i], ".html")
	}
	return files
}

// clashes lists the keys that mean two things on a screen.
func clashes(all []Key, screen string) (out []string) {
	meant := map[string]Key{}
	for _, k := range all {
		if !k.IsOn(screen) {
			continue
		}
		for _, press := range k.Keys {
			other, taken := meant[press]
			if taken && other.Instead != k.Act && k.Instead != other.Act {
				out = append(out, screen+": "+press+" is "+other.Act+" and "+k.Act)
			}
			meant[press] = k
		}
	}
	return out
}

func TestOneMeaningAKey(t *testing.T) {
	all := Keys()
	names := map[string]bool{}
	pages := screens(t)
	for _, k := range all {
		if names[k.Act] {
			t.Errorf("%s stands twice in keys.tsv", k.Act)
		}
		names[k.Act] = true
		for _, on := range k.On {
			if on != "*" && !slices.Contains(pages, on) {
				t.Errorf("%s is on %q, which is no page", k.Act, on)
			}
		}
		if len(k.Keys) == 0 || k.Word == "" || len(k.On) == 0 {
			t.Errorf("%s has an empty column", k.Act)
		}
		for _, press := range k.Keys {
			if strings.Contains(press, "Backspace") || strings.Contains(press, "Delete") {
				t.Errorf("%s is on %s, which people press to correct what they typed", k.Act, press)
			}
		}
	}
	for _, k := range all {
		if k.Instead != "" && !names[k.Instead] {
			t.Errorf("%s stands instead of %q, which is not in keys.tsv", k.Act, k.Instead)
		}
	}
	for _, screen := range pages {
		for _, clash := range clashes(all, screen) {
			t.Error(clash)
		}
	}
}

// TestClashesAreFound proves that the test above can fail.
func TestClashesAreFound(t *testing.T) {
	on := []string{"queue"}
	a := Key{Act: "a", Keys: []string{"j"}, On: on}
	for _, x := range []struct {
		b    Key
		want int
	}{
		{Key{Act: "b", Keys: []string{"x", "j"}, On: on}, 1},
		{Key{Act: "b", Keys: []string{"j"}, On: []string{"*"}}, 1},
		{Key{Act: "b", Keys: []string{"j"}, On: []string{"claim"}}, 0},
		{Key{Act: "b", Keys: []string{"j"}, On: on, Instead: "a"}, 0},
	} {
		if got := clashes([]Key{a, x.b}, "queue"); len(got) != x.want {
			t.Errorf("%+v: %v", x.b, got)
		}
	}
}

var (
	defined  = regexp.MustCompile(`\{\{define "([^"]+)"\}\}`)
	included = regexp.MustCompile(`\{\{template "([^"]+)"`)
	keyed    = regexp.MustCompile(`\{\{keys? ([^}]*)\}\}`)
	quoted   = regexp.MustCompile(`"([^"]*)"`)
	literal  = regexp.MustCompile(`(aria-keyshortcuts|data-act|data-chain|accesskey)=`)
)

// TestTemplatesUseTheTable follows every page's template into the parts that it may show, whatever it shows today: each
// key there is in the table, for that page.
func TestTemplatesUseTheTable(t *testing.T) {
	bodies := map[string]string{} // of the parts, by their name; of pages, by that of their file
	files, _ := fs.Glob(web.Templates(), "*.html")
	for _, name := range files {
		raw, err := fs.ReadFile(web.Templates(), name)
		if err != nil {
			t.Fatal(err)
		}
		if literal.Match(raw) {
			t.Errorf("%s: %s by hand; write {{key \"act\"}}, and the act's line in keys.tsv", name, literal.Find(raw))
		}
		if page, is := strings.CutSuffix(name, ".html"); is && !strings.HasPrefix(name, "_") {
			bodies["page:"+page] = string(raw)
			continue
		}
		parts := defined.FindAllSubmatchIndex(raw, -1)
		for i, at := range parts {
			end := len(raw)
			if i+1 < len(parts) {
				end = parts[i+1][0]
			}
			bodies[string(raw[at[2]:at[3]])] = string(raw[at[1]:end])
		}
	}
	for _, screen := range screens(t) {
		reached := map[string]bool{}
		reach(bodies, "page:"+screen, reached)
		for _, part := range slices.Sorted(maps.Keys(reached)) {
			for _, act := range actsNamed(bodies[part]) {
				if !slices.ContainsFunc(Keys(), func(k Key) bool {
					return k.IsOn(screen) && (k.Act == act || isStem(act) && strings.HasPrefix(k.Act, act))
				}) {
					t.Errorf("%s shows %q, which has the key %q; keys.tsv does not have it on %[1]s", screen, part,
						act)
				}
			}
		}
	}
}

// isStem says that a name is the beginning of several.
func isStem(act string) bool { return strings.HasSuffix(act, "-") }

func reach(bodies map[string]string, part string, reached map[string]bool) {
	if reached[part] {
		return
	}
	reached[part] = true
	for _, m := range included.FindAllStringSubmatch(bodies[part], -1) {
		reach(bodies, m[1], reached)
	}
}

// actsNamed lists the acts that a template names; one that is put together, such as (print "verdict-" .Key), by its
// beginning.
func actsNamed(body string) (out []string) {
	for _, m := range keyed.FindAllStringSubmatch(body, -1) {
		for _, q := range quoted.FindAllStringSubmatch(m[1], -1) {
			out = append(out, strings.Fields(q[1])...)
		}
	}
	return out
}

var marked = regexp.MustCompile(`\bdata-act="([^"]*)"`)

// TestKeysOfPages holds what is rendered to the table, where the acts come from the page's model too; and the key bar
// to what is there.
func TestKeysOfPages(t *testing.T) {
	r := newRenderer(t, web.Unbuilt())
	for _, p := range samples() {
		var b bytes.Buffer
		if err := r.Render(&b, p); err != nil {
			t.Fatal(err)
		}
		there := map[string]bool{}
		for _, m := range marked.FindAllStringSubmatch(b.String(), -1) {
			for _, act := range strings.Fields(m[1]) {
				k, ok := KeyOf(act)
				if there[act] = true; !ok || !k.IsOn(p.Template()) {
					t.Errorf("%s has the key of %q, which keys.tsv does not have there", p.Template(), act)
				}
			}
		}
		found := map[string]bool{}
		if actsIn(b.Bytes(), found); !maps.Equal(found, there) {
			t.Errorf("%s: the acts %v are found of %v", p.Template(), found, there)
		}
		for _, group := range p.Frame().Bar() {
			lives := slices.ContainsFunc(strings.Fields(group.Acts), func(act string) bool { return there[act] })
			if lives != group.Lives && group.Word != "search" {
				t.Errorf("%s: the key bar says %t of %q, and it is %t", p.Template(), group.Lives, group.Acts, lives)
			}
		}
	}
}
