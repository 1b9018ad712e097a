package roomtest_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
	"claimbench/internal/feeds"
	"claimbench/internal/httpd/view"
	"claimbench/internal/requests"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/term"
)

// vocabulary is a table of names without its type, with what must agree with it.
type vocabulary struct {
	room, kind string   // where its constants are: the package and the type
	names      []string // of the table
	options    []view.Option
	columns    []string // "table.column" whose CHECK lists the names
	empty      bool     // the columns also take ""
	apart      []string // constants that are no name of the table
}

func of[T ~string](room, kind string, t term.Table[T], columns ...string) vocabulary {
	v := vocabulary{room: room, kind: kind, options: view.Options(t, ""), columns: columns}
	for _, x := range t.Terms() {
		v.names = append(v.names, string(x.Name))
	}
	return v
}

func (v vocabulary) orEmpty() vocabulary {
	v.empty = true
	return v
}

func vocabularies() []vocabulary {
	verdicts := of("claims", "Verdict", claims.Verdicts, "reviews.verdict")
	verdicts.apart = []string{string(claims.NoVerdict)}
	unreviewed := of("claims", "Verdict", claims.Verdicts, "claims.verdict").orEmpty()
	unreviewed.apart = verdicts.apart
	reasons := vocabulary{room: "review", kind: "Reason"}
	for _, name := range claims.Verdicts.Names() {
		v := of("review", "Reason", review.Reasons(name))
		reasons.names, reasons.options = append(reasons.names, v.names...), append(reasons.options, v.options...)
	}
	return []vocabulary{
		of("articles", "State", articles.States, "articles.state"),
		of("articles", "Rule", articles.Rules, "collections.rule"),
		of("articles", "Guard", articles.Guards),
		of("claims", "State", claims.States, "claims.state"),
		verdicts, unreviewed, reasons,
		of("claims", "Kind", claims.Kinds),
		of("evidence", "Stance", evidence.Stances, "evidence.stance"),
		of("evidence", "Kind", evidence.Kinds, "evidence.kind"),
		of("review", "Outcome", review.Outcomes, "review_rounds.outcome").orEmpty(),
		of("review", "Cause", review.Causes),
		of("review", "Tab", review.Tabs),
		of("review", "Why", review.Whys),
		of("feeds", "Mode", feeds.Modes, "feeds.mode"),
		of("feeds", "Fate", feeds.Fates, "feed_items.state"),
		of("requests", "State", requests.States, "requests.state"),
		of("claimset", "State", claimset.States, "claim_sets.state"),
		of("claimset", "People", claimset.Peoples, "claim_sets.people"),
		of("claimset", "Way", claimset.Ways),
	}
}

// The constants of a vocabulary, its table, what a form offers, and what both engines take are the same names.
func TestVocabularies(t *testing.T) {
	for _, v := range vocabularies() {
		declared := constants(t, v.room, v.kind)
		want := append(slices.Clone(v.names), v.apart...)
		slices.Sort(declared)
		slices.Sort(want)
		if !slices.Equal(declared, want) {
			t.Errorf("%s.%s: the constants are %q, the table has %q", v.room, v.kind, declared, want)
		}
		for i, name := range v.names {
			if v.options[i].Value != name || v.options[i].Word == "" || v.options[i].Word == name {
				t.Errorf("%s.%s: a form offers %+v for %s", v.room, v.kind, v.options[i], name)
			}
		}
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for _, v := range vocabularies() {
			for _, column := range v.columns {
				want := slices.Clone(v.names)
				if v.empty {
					want = append(want, "")
				}
				got := checked(t, db, column)
				slices.Sort(want)
				slices.Sort(got)
				if !slices.Equal(got, want) {
					t.Errorf("%s takes %q; %s.%s has %q", column, got, v.room, v.kind, want)
				}
			}
		}
	})
}

// Words are ready for a sentence, and each says what it means.
func TestVocabulariesSpeak(t *testing.T) {
	t.Parallel()
	for _, x := range append(terms(claims.States), append(terms(claims.Verdicts), append(terms(evidence.Kinds),
		append(terms(articles.Guards), append(terms(review.Causes), terms(claimset.States)...)...)...)...)...) {
		if x[1] == "" || x[2] == "" || regexp.MustCompile(`^[A-Z]|_`).MatchString(x[1]) ||
			!regexp.MustCompile(`^[A-Z].*\.$`).MatchString(x[2]) {
			t.Errorf("%q", x)
		}
	}
}

func terms[T ~string](t term.Table[T]) (out [][3]string) {
	for _, x := range t.Terms() {
		out = append(out, [3]string{string(x.Name), x.Word, x.About})
	}
	return out
}

// constants lists the values of the constants that a room declares with a type.
func constants(t *testing.T, room, kind string) (out []string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", room, "terms.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range f.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST {
			continue
		}
		for _, s := range g.Specs {
			spec := s.(*ast.ValueSpec)
			if id, ok := spec.Type.(*ast.Ident); !ok || id.Name != kind {
				continue
			}
			for _, v := range spec.Values {
				word, err := strconv.Unquote(v.(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				out = append(out, word)
			}
		}
	}
	return out
}

// checked lists the words that a column takes, from the CHECK that the database holds.
func checked(t *testing.T, db *store.DB, column string) (out []string) {
	t.Helper()
	table, name, _ := strings.Cut(column, ".")
	var sources []string
	err := db.Read(roomtest.Ctx(), func(r *store.Rx) error {
		if db.Dialect() == store.SQLite {
			return r.Gorm().Raw("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", table).
				Scan(&sources).Error
		}
		return r.Gorm().Raw(`SELECT pg_get_constraintdef(oid) FROM pg_constraint
			WHERE contype = 'c' AND conrelid = ?::regclass`, table).Scan(&sources).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	lists := regexp.MustCompile(fmt.Sprintf(`\(\(?%s\)? (?:IN \(|= ANY \(\(?ARRAY\[)([^)\]]*)`, name))
	quoted := regexp.MustCompile(`'([^']*)'`)
	for _, src := range sources {
		if m := lists.FindStringSubmatch(src); m != nil {
			for _, word := range quoted.FindAllStringSubmatch(m[1], -1) {
				out = append(out, word[1])
			}
		}
	}
	if out == nil {
		t.Errorf("%s: no CHECK lists its words: %q", column, sources)
	}
	return out
}
