package intake

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// most bounds what is read of the data in a page: objects inside each other, and objects in all.
const (
	mostDeep    = 24
	mostObjects = 5000
)

// object is one object of JSON-LD (https://schema.org).
type object map[string]json.RawMessage

// linked is the JSON-LD of a page.
type linked struct {
	all     []object
	byID    map[string]object
	reviews []json.RawMessage // ClaimReview objects as they stand there
	objects int
}

// linkedOf reads every script of JSON-LD of a page. One that is no JSON is left alone.
func linkedOf(doc *html.Node) *linked {
	l := &linked{byID: map[string]object{}}
	for n := range elements(doc) {
		kind, _, _ := strings.Cut(strings.ToLower(attr(n, "type")), ";")
		if isTag(n, atom.Script) && strings.TrimSpace(kind) == "application/ld+json" && n.FirstChild != nil {
			if raw := jsonIn(n.FirstChild.Data); raw != nil {
				l.walk(raw, 0)
			}
		}
	}
	return l
}

// jsonIn is the JSON in a script, freed of what publishing systems wrap it in; nil where it is none. Line breaks that
// stand bare inside strings are common, and become spaces.
func jsonIn(s string) json.RawMessage {
	s = strings.TrimSpace(s)
	for _, wrap := range [][2]string{{"<!--", "-->"}, {"//<![CDATA[", "//]]>"}, {"/*<![CDATA[*/", "/*]]>*/"},
		{"<![CDATA[", "]]>"}} {
		s = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(s, wrap[0]), wrap[1]))
	}
	s = strings.TrimSuffix(s, ";")
	if json.Valid([]byte(s)) {
		return json.RawMessage(s)
	}
	s = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, s)
	if json.Valid([]byte(s)) {
		return json.RawMessage(s)
	}
	return nil
}

func (l *linked) walk(raw json.RawMessage, depth int) {
	raw = json.RawMessage(strings.TrimSpace(string(raw)))
	if depth > mostDeep || len(raw) == 0 || l.objects > mostObjects {
		return
	}
	switch raw[0] {
	case '[':
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) == nil {
			for _, x := range list {
				l.walk(x, depth+1)
			}
		}
	case '{':
		var o object
		if json.Unmarshal(raw, &o) != nil {
			return
		}
		l.objects++
		if o.is("ClaimReview") {
			l.reviews = append(l.reviews, raw)
		}
		if id := o.str("@id"); id != "" && len(o) > 1 {
			l.byID[id] = o
		}
		l.all = append(l.all, o)
		for _, key := range sortedKeys(o) {
			if key != "@context" {
				l.walk(o[key], depth+1)
			}
		}
	}
}

func sortedKeys(o object) []string {
	keys := make([]string, 0, len(o))
	for k := range o {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// is says that an object is of one of these types, by their names without an address.
func (o object) is(types ...string) bool {
	for _, t := range o.strs("@type") {
		t = t[strings.LastIndexAny(t, "/:#")+1:]
		if slices.Contains(types, t) {
			return true
		}
	}
	return false
}

// isArticle says that an object is an article of some kind.
func (o object) isArticle() bool {
	for _, t := range o.strs("@type") {
		t = t[strings.LastIndexAny(t, "/:#")+1:]
		if strings.HasSuffix(t, "Article") || t == "LiveBlogPosting" || t == "BlogPosting" || t == "Report" ||
			t == "SocialMediaPosting" || t == "CreativeWork" && o["headline"] != nil {
			return true
		}
	}
	return false
}

// str is the value of a key as words: of a text, of a list its first, of an object its name or its value.
func (o object) str(key string) string {
	if all := o.strs(key); len(all) > 0 {
		return all[0]
	}
	return ""
}

// strs are the values of a key as words.
func (o object) strs(key string) []string { return wordsOf(o[key], 0) }

func wordsOf(raw json.RawMessage, depth int) []string {
	if len(raw) == 0 || depth > 3 {
		return nil
	}
	var s string
	var list []json.RawMessage
	var obj object
	switch {
	case json.Unmarshal(raw, &s) == nil:
		if s = oneLine(html.UnescapeString(s)); s == "" || !utf8.ValidString(s) {
			return nil
		}
		return []string{s}
	case json.Unmarshal(raw, &list) == nil:
		var all []string
		for _, x := range list[:min(len(list), 50)] {
			all = append(all, wordsOf(x, depth+1)...)
		}
		return all
	case json.Unmarshal(raw, &obj) == nil:
		for _, key := range []string{"name", "@value", "url", "@id"} {
			if all := wordsOf(obj[key], depth+1); len(all) > 0 {
				return all
			}
		}
	}
	if s := strings.TrimSpace(string(raw)); s == "true" || s == "false" {
		return []string{s}
	}
	return nil
}

// objs are the objects of a key, those that are only named by their id looked up.
func (l *linked) objs(o object, key string) []object {
	raw := o[key]
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		list = []json.RawMessage{raw}
	}
	var all []object
	for _, x := range list[:min(len(list), 2000)] {
		var sub object
		if json.Unmarshal(x, &sub) != nil || sub == nil {
			continue
		}
		if whole, is := l.byID[sub.str("@id")]; is {
			sub = whole
		}
		all = append(all, sub)
	}
	return all
}

// names are those of the people or organisations of a key.
func (l *linked) names(o object, key string) []string {
	var names []string
	raw := o[key]
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		list = []json.RawMessage{raw}
	}
	for _, x := range list[:min(len(list), 50)] {
		var sub object
		name := ""
		if json.Unmarshal(x, &sub) == nil && sub != nil {
			if whole, is := l.byID[sub.str("@id")]; is && sub["name"] == nil {
				sub = whole
			}
			name = sub.str("name")
		} else if all := wordsOf(x, 0); len(all) > 0 {
			name = all[0]
		}
		if name != "" && !strings.Contains(name, "://") && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// article is the object that the page is about: of the articles the one with this headline, else the first; nil none.
func (l *linked) article(headline string) object {
	var first object
	for _, o := range l.all {
		if !o.isArticle() || o.str("headline") == "" && o.str("datePublished") == "" {
			continue
		}
		if headline != "" && alike(o.str("headline"), headline) {
			return o
		}
		if first == nil {
			first = o
		}
	}
	if first != nil {
		return first
	}
	for _, o := range l.all {
		if o.is("WebPage") && o.str("datePublished") != "" {
			return o
		}
	}
	return nil
}
