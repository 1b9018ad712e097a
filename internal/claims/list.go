package claims

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/extract"
	"claimbench/internal/fault"
	"claimbench/internal/search"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// CountCap is where the counting of a list stops: "1,000 or more".
const CountCap = 1000

// Filter says which claims to list. Zero values mean any.
type Filter struct {
	Collection auth.CollectionID
	State      State   // one of States, or "" for every state that has not ended
	Verdict    Verdict // one of Verdicts, or NoVerdict
	Article    articles.ID
	Lang       string
	Mine       bool   // claims this person opened
	Fold       bool   // leave out the candidates that Folds says, and count them
	Text       string // folded words of the statement, the quotation, the glosses
	After      ID     // only ids above this one
	Limit      int    // 0: 100
}

// Page is one page of a list in the order of ids. Next is the After of the next page, 0 at the end. Count is at most
// CountCap; More than that are not counted. Folded is how
// many were folded away, at most CountCap+1 too.
type Page struct {
	Claims []Claim `json:"claims"`
	Next   ID      `json:"next"`
	Count  int     `json:"count"`
	Folded int     `json:"folded"`
}

// List gives a page of the claims of a collection.
func (s *Service) List(ctx context.Context, actor auth.Actor, f Filter) (p Page, err error) {
	defer fault.In(&err, "claims.List(collection %d)", f.Collection)
	if _, err := s.policy.May(actor, auth.ThingClaim, auth.Read, f.Collection); err != nil {
		return p, err
	}
	err = s.db.Read(ctx, func(r *store.Rx) error {
		p, err = ListOf(r, f, actor.UserID)
		return err
	})
	return p, err
}

// source is where the claims of a filter are read from, in which order, and from where on in it.
func source(r *store.Rx, f Filter) (from func(*gorm.DB) *gorm.DB, order string, after int64, err error) {
	from = func(g *gorm.DB) *gorm.DB { return g.Model(&Claim{}) }
	if f.Text == "" {
		return from, "id", int64(f.After) + 1, nil
	}
	h, err := search.ClaimsHolding(r, f.Text)
	if err != nil {
		return nil, "", 0, err
	}
	return func(g *gorm.DB) *gorm.DB { // what was taken down is not found by its words
		return g.Table(h.From).Where(h.Condition, h.Argument).Where(ofArticle, articles.Live)
	}, h.Order, search.AfterClaim(int64(f.After)), nil
}

// IDsOf gives the numbers of the claims that fit a filter, each once, in order, at most a number of them. It asks no
// permission.
func IDsOf(r *store.Rx, f Filter, by auth.UserID, most int) ([]ID, error) {
	from, order, after, err := source(r, f)
	if err != nil {
		return nil, err
	}
	fit := filter(from(r.Gorm()), f, by)
	if f.Fold {
		fit = fit.Where("NOT (" + folded + ")")
	}
	ids, err := store.Numbers[ID](fit.Select("claims.id").Where(order+" >= ?", after).
		Order(order).Limit(most))
	if err != nil {
		return nil, err
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// ListOf is List inside a transaction, as by sees it; it asks no permission.
func ListOf(r *store.Rx, f Filter, by auth.UserID) (p Page, err error) {
	if f.Limit <= 0 || f.Limit > 200 {
		f.Limit = 100
	}
	if f.Text != "" && store.PastOf(r.Context()) != nil {
		return foundThen(r, f, by)
	}
	from, order, after, err := source(r, f)
	if err != nil {
		return p, err
	}
	all := func(g *gorm.DB) *gorm.DB { return filter(from(g), f, by) }
	where := all
	if f.Fold {
		where = func(g *gorm.DB) *gorm.DB { return all(g).Where("NOT (" + folded + ")") }
	}
	page := func(columns string) *gorm.DB {
		return where(r.Gorm()).Select(columns).Where(order+" >= ?", after).Order(order).Limit(f.Limit + 1)
	}
	rows := page("claims.*")
	if store.PastOf(r.Context()) != nil { // which they are is asked of their spells, and the rest of these only
		rows = r.Gorm().Model(&Claim{}).Where("id IN (SELECT id FROM (?) AS listed)", page("claims.id")).Order("id")
	}
	if p.Claims, err = store.Find[Claim](rows); err != nil {
		return p, err
	}
	if len(p.Claims) > f.Limit {
		p.Claims = p.Claims[:f.Limit]
		p.Next = p.Claims[f.Limit-1].ID
	}
	p.Claims = slices.CompactFunc(p.Claims, func(a, b Claim) bool { return a.ID == b.ID })
	if p.Count, err = capped(r, where(r.Gorm())); err != nil {
		return p, err
	}
	if f.Fold && (f.State == "" || f.State == Candidate) {
		f.State = Candidate
		if p.Folded, err = capped(r, all(r.Gorm()).Where(folded)); err != nil {
			return p, err
		}
	}
	return p, Fill(r, p.Claims)
}

// folded is Folds for a query. It names state and kinds, for the index of the folded ones is found by them.
var folded = "state = '" + string(Candidate) + "' AND kind IN ('" + joinedKinds() + "')"

func joinedKinds() string {
	words := make([]string, len(Folded()))
	for i, k := range Folded() {
		words[i] = string(k)
	}
	return strings.Join(words, "', '")
}

// capped counts to one above CountCap.
func capped(r *store.Rx, q *gorm.DB) (int, error) {
	var n int64
	err := r.Gorm().Table("(?) AS capped", q.Select("id").Limit(CountCap+1)).Distinct("id").Count(&n).Error
	return int(n), err
}

func filter(g *gorm.DB, f Filter, by auth.UserID) *gorm.DB {
	g = g.Where("collection_id = ?", f.Collection)
	if f.State != "" {
		g = g.Where("state = ?", f.State)
	} else {
		g = g.Where("state IN ?", Living())
	}
	switch f.Verdict {
	case "":
	case NoVerdict:
		g = g.Where("verdict = ''")
	default:
		g = g.Where("verdict = ?", f.Verdict)
	}
	if f.Article != 0 {
		g = g.Where("article_id = ?", f.Article)
	}
	if f.Lang != "" {
		g = g.Where("lang = ?", f.Lang)
	}
	if f.Mine {
		g = g.Where("opened_by = ?", by)
	}
	return g
}

// Get reads one claim with its glosses.
func (s *Service) Get(ctx context.Context, actor auth.Actor, id ID) (_ Claim, err error) {
	defer fault.In(&err, "claims.Get(%d)", id)
	c, _, err := s.allowed(ctx, actor, id, auth.ThingClaim, auth.Read)
	if err != nil {
		return c, err
	}
	one := []Claim{c}
	err = s.db.Read(ctx, func(r *store.Rx) error { return Fill(r, one) })
	return one[0], err
}

// ByArticle lists the claims and candidates of an article's revision that have not ended, in the order of the text, at
// most MostOfText.
func (s *Service) ByArticle(ctx context.Context, actor auth.Actor, article articles.ID,
	revision articles.RevisionID) (out []Claim, err error) {
	defer fault.In(&err, "claims.ByArticle(%d, %d)", article, revision)
	err = s.db.Read(ctx, func(r *store.Rx) error {
		a, err := articles.ByID(r, article)
		if err != nil {
			return err
		}
		if _, err := s.policy.May(actor, auth.ThingClaim, auth.Read, a.CollectionID); err != nil {
			return err
		}
		out, err = OfText(r, article, revision)
		return err
	})
	return out, err
}

// Wordings lists every wording a claim ever had, oldest first.
func (s *Service) Wordings(ctx context.Context, actor auth.Actor, id ID) (out []Wording, err error) {
	defer fault.In(&err, "claims.Wordings(%d)", id)
	if _, _, err := s.allowed(ctx, actor, id, auth.ThingClaim, auth.Read); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r *store.Rx) error {
		c, err := ByID(r, id)
		if err != nil {
			return err
		}
		if err := c.see(r); err != nil {
			return err
		}
		out, err = WordingsOf(r, c)
		return err
	})
	return out, err
}

// Fill adds glosses and standing to claims that were read, and takes away the words of articles that were taken down.
// It asks no permission.
func Fill(r *store.Rx, claims []Claim) error { return fill(r, claims, false) }

// OpenedClaim is Filled for a person who may read the protected article of a claim: it asks no permission, and nobody
// but desk.look calls it.
func OpenedClaim(r *store.Rx, id ID) (Claim, error) {
	c, err := ByID(r, id)
	if err != nil {
		return c, err
	}
	one := []Claim{c}
	err = fill(r, one, true)
	one[0].Opened = one[0].Protected != ""
	return one[0], err
}

func fill(r *store.Rx, claims []Claim, open bool) error {
	if len(claims) == 0 {
		return nil
	}
	ids := make([]ID, len(claims))
	for i, c := range claims {
		ids[i] = c.ID
	}
	rows, err := store.Select[beside](r, besideQuery, ids)
	if err != nil {
		return err
	}
	by, glosses := make(map[ID]beside, len(claims)), map[ID][]Gloss{}
	for _, x := range rows {
		by[x.Claim] = x
		if x.Gloss.ID != 0 {
			glosses[x.Claim] = append(glosses[x.Claim], x.Gloss)
		}
	}
	for i := range claims {
		c := &claims[i]
		x := by[c.ID]
		c.Glosses = glosses[c.ID]
		if x.State == articles.TakenDown {
			withhold(c)
		} else if x.State == articles.Protected {
			if c.Protected = x.Protected; !open {
				cover(c)
			}
		} else if x.Newest != 0 && x.Newest != c.RevisionID {
			c.Standing = &Standing{N: x.OwnN, Of: x.NewestN, Asks: c.asks(x.Newest), Locked: c.State.Locked()}
		}
	}
	return nil
}

// beside is what stands beside a claim, with one of its glosses: as many rows as it has, and one for none.
type beside struct {
	Claim         ID                  `gorm:"column:claim"`
	State         articles.State      `gorm:"column:state"` // of its article
	Protected     string              // why its article is
	Newest        articles.RevisionID `gorm:"column:newest"` // of its article, 0 for none
	OwnN, NewestN int                 // the numbers of its own revision and of that one
	Gloss         Gloss               `gorm:"embedded;embeddedPrefix:g_"`
}

// besideQuery reads it of some claims.
var besideQuery = "SELECT c.id AS claim, a.state, a.protected, a.revision_id AS newest, own.n AS own_n, newest.n AS " +
	"newest_n, " + store.Columns[Gloss]("g", "g_") + " FROM claims c JOIN articles a ON a.id = c.article_id " +
	"JOIN revisions own ON own.id = c.revision_id LEFT JOIN revisions newest ON newest.id = a.revision_id " +
	"LEFT JOIN glosses g ON g.claim_id = c.id WHERE c.id IN ? ORDER BY c.id, g.lang"

// withhold takes away every word that a claim has of its article: its statement and glosses say the same again.
func withhold(c *Claim) {
	articles.Withhold(c)
	c.Withheld = true
}

// cover takes away what a claim has of its protected article, and what tells where it stands in it. Its statement and
// glosses, which people wrote to stand by themselves, stay; those of a candidate, which nobody accepted, do not.
func cover(c *Claim) {
	statement, hedge, glosses := c.Statement, c.Hedge, c.Glosses
	articles.Withhold(c)
	c.Spot = articles.Spot{Place: articles.Place{RevisionID: c.RevisionID}, Lang: c.Lang, Dir: c.Dir}
	c.AnchorSpan, c.Reasons, c.Attribution = text.Span{}, store.Strings{}, extract.Article
	if c.Round == 0 {
		c.Withheld, c.CheckWorthy = true, 0
		return
	}
	c.Statement, c.Hedge, c.Glosses = statement, hedge, glosses
}

// Filled is a claim as people may see it. It asks no permission.
func Filled(r *store.Rx, c Claim) (Claim, error) {
	one := []Claim{c}
	err := Fill(r, one)
	return one[0], err
}
