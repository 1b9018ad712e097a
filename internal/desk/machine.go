package desk

import (
	"context"
	"slices"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/text"
)

// What a machine reads. Each answer is built of what is listed here and nothing else: no reviews, no states of rounds,
// no people, no notes, no comments; nothing of protected sources or of texts that were taken down. So it is the same to
// the byte whatever an open round holds.

// MachineJSON is a machine as it sees itself.
type MachineJSON struct {
	Name        string              `json:"name"`
	Collections []auth.CollectionID `json:"collections"`
	Powers      []string            `json:"powers"` // what it may do, in words
}

// MachinePowers are what a machine may do.
var MachinePowers = []string{"import articles", "propose candidates, statements, glosses, passages, origins, " +
	"duplicates " +
	"and fact-checks that others published, and read what became of them", "read articles and their sentences",
	"read claims' words and spans",
	"read linked evidence", "read printed decisions"}

// Machine answers a machine that asks who it is.
func (d *Desk) Machine(actor auth.Actor) MachineJSON {
	_, in := d.h.Policy.Collections(actor, auth.ThingMachine, auth.Read)
	return MachineJSON{Name: actor.Name, Collections: some(in), Powers: MachinePowers}
}

// MachineLineJSON is an article in a list for machines.
type MachineLineJSON struct {
	ID        articles.ID         `json:"id"`
	Title     string              `json:"title"`
	URL       string              `json:"url"`
	Lang      string              `json:"lang"`
	Dir       string              `json:"dir"`
	Published string              `json:"published"` // "", YYYY, YYYY-MM or YYYY-MM-DD
	Revision  articles.RevisionID `json:"revision"`  // of the text that it has now
}

// MachineArticleJSON is an article for machines, with a part of its sentences.
type MachineArticleJSON struct {
	MachineLineJSON
	Text      string                    `json:"text"`      // whole; spans count its code points
	Sentences List[MachineSentenceJSON] `json:"sentences"` // at most 400; next is what to send as from
}

// MachineSentenceJSON is a sentence of a text.
type MachineSentenceJSON struct {
	N int `json:"n"` // number in the text, from 1
	text.Span
	Lang string `json:"lang"`
	Dir  string `json:"dir"`
}

// MachineClaimJSON is a claim or a candidate for machines: its words and where they stand.
type MachineClaimJSON struct {
	ID      claims.ID   `json:"id"`
	Article articles.ID `json:"article"`
	articles.Spot
	Statement    string      `json:"statement"`
	Attribution  string      `json:"attribution"` // "article", or who said it
	Hedge        []string    `json:"hedge"`
	Kind         claims.Kind `json:"kind"`
	Candidate    bool        `json:"candidate"` // nobody has accepted it yet
	WordsVersion int64       `json:"words_version"`
}

// MachineEvidenceJSON is linked evidence for machines, of a source that is not protected and a text that is there.
type MachineEvidenceJSON struct {
	ID      evidence.ID  `json:"id"`
	Article *articles.ID `json:"article,omitempty"` // left out for an outside document
	articles.Spot
	URL       string          `json:"url"`
	Title     string          `json:"title"`
	Publisher string          `json:"publisher"`
	ReadOn    string          `json:"read_on"` // YYYY-MM-DD
	Stance    evidence.Stance `json:"stance"`
	Kind      evidence.Kind   `json:"kind"`
}

// MachinePrintedJSON is a decision as a frozen set prints it.
type MachinePrintedJSON struct {
	Set         claimset.ID    `json:"set"`
	N           int            `json:"n"` // version of the set
	Verdict     claims.Verdict `json:"verdict"`
	Reason      claims.Reason  `json:"reason"`
	Explanation string         `json:"explanation"`
}

// MachineClaimPageJSON is one claim for machines, with its evidence and what is printed of it.
type MachineClaimPageJSON struct {
	Claim    MachineClaimJSON          `json:"claim"`
	Evidence List[MachineEvidenceJSON] `json:"evidence"`
	Printed  List[MachinePrintedJSON]  `json:"printed"` // the newest first
}

// MachineImportedJSON says what became of what a machine brought.
type MachineImportedJSON struct {
	Article  *MachineBroughtJSON `json:"article,omitempty"` // of one document that came in, or was here
	Articles int                 `json:"articles"`          // how many came in, or were here
	Existing bool                `json:"existing"`          // the one article had this very text already
	// nothing came in yet: a person of the collection takes it in, or does not; what they take in is in the list
	Waits bool `json:"waits"`
}

// MachineBroughtJSON is the article that a text of a machine became.
type MachineBroughtJSON struct {
	ID       articles.ID         `json:"id"`
	Revision articles.RevisionID `json:"revision"`
}

func (MachineImportedJSON) answer()  {}
func (MachineJSON) answer()          {}
func (MachineArticleJSON) answer()   {}
func (MachineClaimPageJSON) answer() {}

// MachineArticles answers for the articles of a collection whose text is there, after one of them; at most 100.
func (d *Desk) MachineArticles(ctx context.Context, actor auth.Actor, c auth.CollectionID,
	after articles.ID) (out List[MachineLineJSON], err error) {
	defer fault.In(&err, "desk.MachineArticles(%d, %d)", c, after)
	err = d.look(ctx, actor, func(l *look) error {
		out = List[MachineLineJSON]{}
		if err := l.reads(auth.ThingMachine, c, "collection"); err != nil {
			return err
		}
		list, err := articles.ListIn(l.rx, articles.Filter{Collection: c, After: after, Limit: articlesPage})
		for _, a := range list {
			if readable(a.Article) {
				out.Items = append(out.Items, machineLine(a.Article))
			}
		}
		if len(list) == articlesPage {
			out.Next = decimal(list[len(list)-1].ID)
		}
		return err
	})
	return out, err
}

// readable says that a machine may read an article: it has a text, which is neither taken down nor of a protected
// source.
func readable(a articles.Article) bool {
	return a.State == articles.Live && a.Protected == "" && a.RevisionID != nil
}

// MachineImportedOf tells a machine of n articles that came in, of which x is the last: nothing of who brought a text
// before.
func MachineImportedOf(x articles.Imported, n int) MachineImportedJSON {
	if n != 1 {
		return MachineImportedJSON{Articles: n}
	}
	return MachineImportedJSON{Article: &MachineBroughtJSON{x.Article.ID, x.Revision.ID}, Articles: 1,
		Existing: x.Existing}
}

func machineLine(a articles.Article) MachineLineJSON {
	return MachineLineJSON{a.ID, a.Title, a.URL, a.Lang, a.Dir, a.Published, *a.RevisionID}
}

// machineArticle reads an article that a machine may read; any other is not there for it.
func (l *look) machineArticle(id articles.ID) (a articles.Article, err error) {
	if a, err = articles.ByID(l.rx, id); err != nil {
		return a, err
	}
	if err := l.reads(auth.ThingMachine, a.CollectionID, "article"); err != nil {
		return a, err
	}
	if !readable(a) {
		return a, fault.New(fault.NotFound, "There is no such article.")
	}
	return a, nil
}

// MachineArticle answers for the newest text of an article, with its sentences from one of them on.
func (d *Desk) MachineArticle(ctx context.Context, actor auth.Actor, id articles.ID,
	from int) (out MachineArticleJSON, err error) {
	defer fault.In(&err, "desk.MachineArticle(%d)", id)
	err = d.look(ctx, actor, func(l *look) error {
		out = MachineArticleJSON{}
		a, err := l.machineArticle(id)
		if err != nil {
			return err
		}
		t, err := articles.TextOf(l.rx, id, 0)
		if err != nil {
			return err
		}
		out.MachineLineJSON, out.Text = machineLine(a), t.Revision.Raw
		rest := t.Sentences[min(max(from-1, 0), len(t.Sentences)):]
		if len(rest) > partSize {
			out.Sentences.Next = decimal(rest[partSize].N)
			rest = rest[:partSize]
		}
		for _, s := range rest {
			out.Sentences.Items = append(out.Sentences.Items, MachineSentenceJSON{s.N, s.Span, s.Lang, s.Dir})
		}
		return nil
	})
	return out, err
}

// MachineClaims answers for the claims and candidates of an article that have not ended, after one of them; at most
// 100.
func (d *Desk) MachineClaims(ctx context.Context, actor auth.Actor, id articles.ID,
	after claims.ID) (out List[MachineClaimJSON], err error) {
	defer fault.In(&err, "desk.MachineClaims(%d, %d)", id, after)
	err = d.look(ctx, actor, func(l *look) error {
		out = List[MachineClaimJSON]{}
		a, err := l.machineArticle(id)
		if err != nil {
			return err
		}
		page, err := claims.ListOf(l.rx, claims.Filter{Collection: a.CollectionID, Article: id, After: after}, 0)
		for _, c := range page.Claims {
			out.Items = append(out.Items, machineClaim(c))
		}
		if page.Next != 0 {
			out.Next = decimal(page.Next)
		}
		return err
	})
	return out, err
}

func machineClaim(c claims.Claim) MachineClaimJSON {
	return MachineClaimJSON{ID: c.ID, Article: c.ArticleID, Spot: c.Spot, Statement: c.Statement,
		Attribution: c.Attribution, Hedge: some([]string(c.Hedge)), Kind: c.Kind,
		Candidate: c.State == claims.Candidate, WordsVersion: c.WordsVersion}
}

// MachineClaim answers for one claim that has not ended, with its evidence and what is printed of it.
func (d *Desk) MachineClaim(ctx context.Context, actor auth.Actor, id claims.ID) (out MachineClaimPageJSON, err error) {
	defer fault.In(&err, "desk.MachineClaim(%d)", id)
	err = d.look(ctx, actor, func(l *look) error {
		out = MachineClaimPageJSON{}
		c, err := claims.ByID(l.rx, id)
		if err != nil {
			return err
		}
		if _, err := l.machineArticle(c.ArticleID); err != nil || ended(c) {
			return fault.Wrap(fault.NotFound, err, "There is no such claim.")
		}
		if c, err = claims.Filled(l.rx, c); err != nil {
			return err
		}
		out.Claim = machineClaim(c)
		items, err := evidence.OfClaim(l.rx, id)
		if err != nil {
			return err
		}
		for _, x := range items {
			if x.Protected == "" && !x.Withheld && (x.Article == nil || readable(*x.Article)) {
				out.Evidence.Items = append(out.Evidence.Items, machineEvidence(x))
			}
		}
		return l.printedOf(id, &out)
	})
	return out, err
}

func ended(c claims.Claim) bool {
	return slices.Contains([]claims.State{claims.Rejected, claims.Withdrawn, claims.Merged}, c.State)
}

func machineEvidence(x evidence.Shown) MachineEvidenceJSON {
	return MachineEvidenceJSON{ID: x.ID, Article: x.ArticleID, Spot: x.Spot, URL: x.URL, Title: x.Title,
		Publisher: x.Publisher, ReadOn: x.ReadOn, Stance: x.Stance, Kind: x.Kind}
}

func (l *look) printedOf(id claims.ID, out *MachineClaimPageJSON) error {
	all, err := claimset.DecidedIn(l.rx, id)
	for _, x := range all {
		out.Printed.Items = append(out.Printed.Items, MachinePrintedJSON(x))
	}
	return err
}
