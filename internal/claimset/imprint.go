package claimset

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Imprint is what a set prints beside its claims. It is changed while the set is a draft, and fixed by the freeze. A
// set that names roles or nobody holds no name from its freeze on: none is written down.
type Imprint struct {
	Publisher string `gorm:"column:publisher" json:"publisher" words:"own"` // who publishes it, at most 300 characters
	Note      string `gorm:"column:note" json:"note" words:"own"`           // what they say of it, at most 5,000
	// where a claim is published: an address with {claim}, {set} and {version} in it; "" not known
	Address string `gorm:"column:address" json:"address" words:"own"`
	People  People `gorm:"column:people" json:"people" words:"fact"`
	// the rationales of reviewers and adjudicators are printed
	Rationales bool `gorm:"column:rationales" json:"rationales"`
	// what is kept of outside documents may be exported with it, as WACZ; it is said in no print
	Captures bool `gorm:"column:captures" json:"-"`
}

// Bounds of an imprint, in characters.
const (
	mostPublisher = 300
	mostNote      = 5000
	mostAddress   = 2000
)

// check trims an imprint and says whether it is one; each wrong field is named.
func (p *Imprint) check() error {
	p.Publisher, p.Note, p.Address = strings.TrimSpace(p.Publisher), strings.TrimSpace(p.Note),
		strings.TrimSpace(p.Address)
	if p.People == "" {
		p.People = Named
	}
	for _, f := range []struct {
		name, value string
		most        int
	}{{"publisher", p.Publisher, mostPublisher}, {"note", p.Note, mostNote}, {"address", p.Address, mostAddress}} {
		if err := text.CheckTyped(f.name, f.value); err != nil {
			return fault.Wrap(fault.Invalid, err, "%s", err).With(f.name, err.Error())
		}
		if n := utf8.RuneCountInString(f.value); n > f.most {
			return fault.New(fault.Invalid, "The %s has %d characters; it may have %d.", f.name, n, f.most).With(f.name,
				"Make it shorter.")
		}
	}
	if !Peoples.Has(p.People) {
		return fault.New(fault.Invalid, "“%s” is no way to name people. Choose names, roles or none.", p.People).With(
			"people", "Choose names, roles or none.")
	}
	if p.Address != "" && !isAddress(p.PageOf(1, 1, 1)) {
		return fault.New(fault.Invalid, "“%s” is no address of a page: it begins with https:// or http://, names a "+
			"host, and holds no space. {claim}, {set} and {version} stand for their numbers.", p.Address).With(
			"address", "Give an address such as https://desk.example/checks/{claim}.")
	}
	return nil
}

// isAddress says whether something is the whole address of a page.
func isAddress(s string) bool {
	u, ok := articles.WebAddress(s)
	return ok && u.User == nil && !strings.ContainsAny(s, " \t\r\n\"<>{}|\\^`")
}

// PageOf is the address at which a claim of a set is published; "" when the imprint knows none. Claims that share one
// page are told apart by the part behind #.
func (p Imprint) PageOf(set ID, n int, c claims.ID) string {
	if p.Address == "" {
		return ""
	}
	claim := strconv.FormatInt(int64(c), 10)
	page := strings.NewReplacer("{set}", strconv.FormatInt(int64(set), 10), "{version}", strconv.Itoa(n),
		"{claim}", claim).Replace(p.Address)
	if !strings.Contains(p.Address, "{claim}") && !strings.Contains(page, "#") {
		page += "#claim-" + claim
	}
	return page
}

// SetImprint changes what a draft prints beside its claims.
func (s *Service) SetImprint(ctx context.Context, actor auth.Actor, id ID, version int64, p Imprint) (_ Set,
	err error) {
	defer fault.In(&err, "claimset.SetImprint(%d)", id)
	if err := p.check(); err != nil {
		return Set{}, err
	}
	return s.change(ctx, actor, id, version, "claimset.imprint_changed", func(_ *store.Tx, set *Set,
		there []slot) ([]slot, error) {
		set.Imprint = p
		return there, nil
	})
}

// textsOf are the free texts of a set in the history.
func textsOf(s Set) history.Texts {
	return history.Texts{"title": s.Title, "publisher": s.Publisher, "note": s.Note, "address": s.Address}
}

// imprintFields adds the facts of an imprint to the fields of a set.
func imprintFields(f history.Fields, p Imprint) {
	f["people"], f["rationales"] = string(p.People), strconv.FormatBool(p.Rationales)
	f.Later("captures", strconv.FormatBool(p.Captures), "false")
}
