package evidence

import (
	"encoding/json"
	"net/url"
	"strings"
	"unicode"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// What people write may name a source that is protected. Nobody takes it out, for the words are theirs; whoever may see
// the source is warned (docs/adr/0449).

// Secrets are the names and addresses of protected sources, folded, to be looked for in what people wrote.
type Secrets []string

// shortest is how many letters a name has at least that is looked for: shorter ones stand in other words everywhere.
const shortest = 3

// SecretsOf reads the names and addresses of the protected sources of a collection that a person may see: all of them
// for an editor, for others those that they were named for. It asks no permission: nobody but the desk calls it.
func SecretsOf(r *store.Rx, in auth.CollectionID, reader auth.UserID, edits bool) (Secrets, error) {
	rows, err := store.Select[struct {
		Words string
		Of    string
	}](r, "SELECT words, 'item' AS of FROM (SELECT p.words FROM protections p WHERE p.collection_id = ? AND (? OR "+
		"EXISTS (SELECT 1 FROM protection_readers x WHERE x.protection_id = p.id AND x.user_id = ?)) "+
		"ORDER BY p.id DESC LIMIT ?) "+
		"AS items UNION ALL SELECT words, 'article' FROM (SELECT p.words FROM article_protections p WHERE "+
		"p.collection_id = ? AND (? OR EXISTS (SELECT 1 FROM article_protection_readers x WHERE "+
		"x.article_id = p.article_id AND x.user_id = ?)) ORDER BY p.id DESC LIMIT ?) AS texts", in, edits, reader,
		mostProtected, in, edits, reader, mostProtected)
	var out Secrets
	for _, x := range rows {
		if x.Of == "article" {
			var k articles.Kept
			if err := json.Unmarshal([]byte(x.Words), &k); err != nil {
				return nil, err
			}
			out.add(k.URL, k.Source, k.Byline, k.Origin, k.Title)
			continue
		}
		var k Kept
		if err := json.Unmarshal([]byte(x.Words), &k); err != nil {
			return nil, err
		}
		out.add(k.URL, k.Publisher, k.Origin, k.Title)
	}
	return out, err
}

func (s *Secrets) add(address string, names ...string) {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		names = append(names, strings.TrimPrefix(strings.ToLower(u.Host), "www."))
	}
	for _, name := range names {
		if name = text.Fold(strings.TrimSpace(name)); len([]rune(name)) >= shortest {
			*s = append(*s, name)
		}
	}
}

// In says whether some words hold one of the names or addresses, as whole words, in any spelling that folds to theirs.
func (s Secrets) In(words ...string) bool {
	for _, w := range words {
		w = text.Fold(w)
		for _, name := range s {
			if holdsWord(w, name) {
				return true
			}
		}
	}
	return false
}

// holdsWord says whether a text holds a name that is no part of a longer word.
func holdsWord(words, name string) bool {
	for at := 0; ; {
		i := strings.Index(words[at:], name)
		if i < 0 {
			return false
		}
		from, to := at+i, at+i+len(name)
		before, after := []rune(words[:from]), []rune(words[to:])
		if (len(before) == 0 || !inWord(before[len(before)-1])) && (len(after) == 0 || !inWord(after[0])) {
			return true
		}
		at = to
	}
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
