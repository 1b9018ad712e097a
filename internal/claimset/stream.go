package claimset

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/proof"
	"claimbench/internal/review"
	"claimbench/internal/shelf"
	"claimbench/internal/store"
)

// Kept is a claim as it was frozen. It holds while Each shows it.
type Kept struct {
	stored []byte
	down   *withheld // what of the set is withheld now, nil: nothing
	marked []byte    // as Marked gives it; nil: it is not
}

// Entry reads it, without the words of articles that were taken down since, and what people quoted from them.
func (f Kept) Entry() (Entry, error) {
	if f.marked != nil {
		return thaw(f.marked)
	}
	e, _, err := shown(f.stored, f.down)
	return e, err
}

// JSON gives it as it goes out: as it was stored, byte for byte, unless something is withheld.
func (f Kept) JSON() ([]byte, error) {
	if f.marked != nil {
		return f.marked, nil
	}
	return out(f.stored, f.down)
}

// Marked gives it with a mark, and no other word, in the place of each text of which words are withheld: what is left
// of such a text cannot be proved.
func (f Kept) Marked() (Kept, error) {
	if f.down == nil || f.marked != nil {
		return f, nil
	}
	e, changed, err := shown(f.stored, f.down)
	if err != nil || !changed {
		return f, err
	}
	if n := f.down.closedIn(f.stored); n != 0 {
		return f, fault.New(fault.Conflict, "The source of article %d was protected after this set was frozen, so "+
			"that what the set prints of it cannot be proved without naming it. Start a correction of the set and "+
			"freeze that: its bundle proves what it prints.", n)
	}
	was, err := thaw(f.stored)
	if err != nil {
		return f, err
	}
	for i := range e.Evidence {
		if e.Evidence[i].Protected != was.Evidence[i].Protected {
			markProtected(&e.Evidence[i], &was.Evidence[i])
		}
	}
	before := articles.OwnWords(&was)
	for i, text := range articles.OwnWords(&e) { // withholding changes texts, and no list of them
		if *text != *before[i] && *text != proof.Protected && *text != history.ErasedMark {
			*text = claims.GoneWords
		}
	}
	f.marked, err = json.Marshal(e)
	return f, err
}

// markProtected puts the mark of a protected source in the place of each text that was printed of it.
func markProtected(x, was *EntryEvidence) {
	before := articles.OwnWords(was)
	for i, text := range articles.OwnWords(x) {
		if *text != *before[i] {
			*text = proof.Protected
		}
	}
}

// Frozen gives it as it was stored, with what may not go out any more. It is for hashes of it.
func (f Kept) Frozen() []byte { return f.stored }

// Each reads the frozen claims of a set in its order (order.go), one in memory at a time. It asks no permission.
func Each(r *store.Rx, set Set, do func(Kept) error) error {
	down, err := goneOf(claims.GoneIn).of(r, set)
	if err != nil {
		return err
	}
	if down != nil {
		return eachNear(r, set, down, do)
	}
	rows, err := r.Gorm().Raw("SELECT frozen FROM claim_set_claims WHERE set_id = ? ORDER BY "+inOrder, set.ID).Rows()
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var frozen store.RawBytes
		if err := rows.Scan(&frozen); err != nil {
			return err
		}
		if err := do(Kept{stored: frozen, down: down}); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Pages reads the frozen claims of a set in the order of Each, at most n in memory at a time; do may ask the
// database. It asks no permission.
func Pages(r *store.Rx, set Set, n int, do func([]Kept) error) error {
	down, err := goneOf(claims.GoneIn).of(r, set)
	if err != nil {
		return err
	}
	return pages(r, set, n, down, do)
}

func pages(r *store.Rx, set Set, n int, down *withheld, do func([]Kept) error) error {
	for after := beginning; ; {
		behind, args := after.behind()
		rows, err := store.Select[member](r, "SELECT * FROM claim_set_claims WHERE set_id = ? AND "+behind+
			" ORDER BY "+inOrder+" LIMIT ?", append(append([]any{set.ID}, args...), n)...)
		if err != nil || len(rows) == 0 {
			return err
		}
		page := make([]Kept, len(rows))
		for i, m := range rows {
			page[i] = Kept{stored: []byte(m.Frozen), down: down}
		}
		if err := do(page); err != nil {
			return err
		}
		last := rows[len(rows)-1]
		after = slot{last.ClaimID, last.Place}
	}
}

// eachNear is Each while something is withheld: the texts near to a claim are read between two claims, so no list may
// be open meanwhile.
func eachNear(r *store.Rx, set Set, down *withheld, do func(Kept) error) error {
	return pages(r, set, EntryPage, down, func(page []Kept) error {
		for _, k := range page {
			if err := do(k); err != nil {
				return err
			}
		}
		return nil
	})
}

// goneOf gives the texts of a collection that were taken down, nil for none.
type goneOf func(r *store.Rx, in auth.CollectionID) (*claims.Gone, error)

// withheld is what of a set may not go out any more.
type withheld struct {
	texts map[articles.ID]bool // their words
	words *claims.Gone         // what is quoted from them; nil: there are none
	r     *store.Rx
	// evidence whose source was protected after the freeze, with the reasons
	hidden map[evidence.ID]string
	// articles that are protected, with the reasons
	closed map[articles.ID]string
	lost   *erased // what was erased from the history, nil: nothing
	// the fact-checks of others that were withheld by law, by the hash of their bytes
	checked map[string]bool
}

// near are the texts of those of some articles that were taken down.
func (w *withheld) near(all ...articles.ID) (out []string, err error) {
	all = slices.DeleteFunc(all, func(id articles.ID) bool { return !w.texts[id] })
	if len(all) == 0 {
		return nil, nil
	}
	err = articles.EachText(w.r, func(raw string) error {
		out = append(out, raw)
		return nil
	}, "article_id IN ?", all)
	return out, err
}

// takeOut takes what is quoted from texts that were taken down out of what people wrote about a claim: from its own and
// those of its evidence shorter stretches, too.
func (w *withheld) takeOut(e *Entry) (bool, error) {
	own := articles.OwnWords(e)
	found, err := w.words.TakeOut(own...)
	if err != nil {
		return false, err
	}
	ids := []articles.ID{e.Article.Article}
	for _, x := range e.Evidence {
		if x.Article != nil {
			ids = append(ids, x.Article.Article)
		}
	}
	near, err := w.near(ids...)
	if w.texts[e.Article.Article] && e.Statement != "" {
		near = append(near, e.Statement)
	}
	if err != nil || len(near) == 0 {
		return found, err
	}
	return review.TakeOutNear(near, own...) || found, nil
}

// of gives what is withheld of a set, nil for nothing, by the articles of its collection: a claim and its evidence are
// of one.
func (g goneOf) of(r *store.Rx, set Set) (*withheld, error) {
	words, err := g(r, set.CollectionID)
	if err != nil {
		return nil, err
	}
	lost, err := erasedIn(r, set.CollectionID)
	if err != nil {
		return nil, err
	}
	hidden, checked := map[evidence.ID]string{}, map[string]bool{}
	closed := map[articles.ID]string{}
	if set.FrozenAt != nil { // a draft prints nothing that is hidden now
		if hidden, err = evidence.ProtectedIn(r, set.CollectionID); err != nil {
			return nil, err
		}
		if checked, err = shelf.GoneFrom(r, set.CollectionID); err != nil {
			return nil, err
		}
		if closed, err = articles.ProtectedIn(r, set.CollectionID); err != nil {
			return nil, err
		}
	}
	if words == nil {
		if len(hidden) == 0 && lost == nil && len(checked) == 0 && len(closed) == 0 {
			return nil, nil
		}
		return &withheld{r: r, hidden: hidden, closed: closed, lost: lost, checked: checked}, nil
	}
	var ids []articles.ID
	if err := r.Gorm().Table("articles").Where("collection_id = ? AND state = ?", set.CollectionID,
		articles.TakenDown).Pluck("id", &ids).Error; err != nil {
		return nil, err
	}
	out := &withheld{make(map[articles.ID]bool, len(ids)), words, r, hidden, closed, lost, checked}
	for _, id := range ids {
		out.texts[id] = true
	}
	return out, nil
}

// articleMark stands before the number of each article that a frozen claim names. A quotation mark within a string is
// escaped, so that it stands nowhere else.
var articleMark = []byte(`"article":{"article":`)

// checkedMark stands in each frozen claim that prints what others found of it.
var checkedMark = []byte(`,"already_checked":[`)

// namesAny says whether a frozen claim may name one of some articles. One that has another form than this program's is
// said to.
func namesAny(frozen []byte, of map[articles.ID]bool) bool {
	found := 0
	for rest := frozen; ; found++ {
		at := bytes.Index(rest, articleMark)
		if at < 0 {
			return found == 0 // every claim has an article
		}
		rest = rest[at+len(articleMark):]
		end := bytes.IndexByte(rest, ',')
		id, err := strconv.ParseInt(string(rest[:max(end, 0)]), 10, 64)
		if err != nil || of[articles.ID(id)] {
			return true
		}
	}
}

// shown gives a frozen claim without the words of articles that were taken down, and says whether it had any.
func shown(frozen []byte, down *withheld) (e Entry, changed bool, err error) {
	if e, err = thaw(frozen); err != nil || down == nil {
		return e, false, err
	}
	if down.words != nil {
		if changed, err = down.takeOut(&e); err != nil {
			return e, changed, err
		}
	}
	for i := range e.Evidence {
		if why := down.hidden[e.Evidence[i].Evidence]; why != "" && e.Evidence[i].Protected == "" {
			e.Evidence[i].protect(why)
			changed = true
		}
	}
	changed = down.close(&e) || changed
	for i := range e.AlreadyChecked {
		if x := &e.AlreadyChecked[i]; down.checked[x.SHA256] {
			x.withhold()
			changed = true
		}
	}
	changed = down.lost.mark(&e) || changed
	if len(down.texts) > 0 && namesAny(frozen, down.texts) {
		withholdIn(&e, down.texts)
		changed = true
	}
	return e, changed, nil
}

// close hides the articles of a claim, its own and those of its evidence, that were protected after the freeze.
func (w *withheld) close(e *Entry) (changed bool) {
	if why := w.closed[e.Article.Article]; why != "" && e.Article.Protected == "" {
		e.protect(why)
		changed = true
	}
	for i := range e.Evidence {
		x := &e.Evidence[i]
		if x.Article != nil && w.closed[x.Article.Article] != "" && x.Protected == "" {
			x.protect(w.closed[x.Article.Article])
			changed = true
		}
	}
	return changed
}

// closedIn is an article of a frozen claim that was protected since, 0 for none.
func (w *withheld) closedIn(frozen []byte) articles.ID {
	e, err := thaw(frozen)
	if err != nil {
		return 0
	}
	if w.closed[e.Article.Article] != "" && e.Article.Protected == "" {
		return e.Article.Article
	}
	for _, x := range e.Evidence {
		if x.Article != nil && w.closed[x.Article.Article] != "" && x.Protected == "" {
			return x.Article.Article
		}
	}
	return 0
}

// out gives a frozen claim as it goes out: as it was stored, byte for byte, unless something is withheld.
func out(frozen []byte, down *withheld) ([]byte, error) {
	if down == nil || down.words == nil && len(down.hidden) == 0 && len(down.closed) == 0 &&
		!down.lost.touches(claimOf(frozen)) && (len(down.checked) == 0 || !bytes.Contains(frozen, checkedMark)) {
		return frozen, nil
	}
	e, changed, err := shown(frozen, down)
	if err != nil || !changed {
		return frozen, err
	}
	return json.Marshal(e)
}

// claimOf is the number of a frozen claim, which stands first in it; 0 where it cannot be read.
func claimOf(frozen []byte) claims.ID {
	rest, _ := bytes.CutPrefix(frozen, []byte(`{"claim":`))
	id, _, _ := bytes.Cut(rest, []byte(","))
	return claims.ID(number(string(id)))
}

// Keep writes a claim down as a freeze does.
func Keep(e Entry) (Kept, error) {
	b, err := json.Marshal(e)
	return Kept{stored: b}, err
}

// Thaw reads a claim of an export again.
func Thaw(exported []byte) Kept { return Kept{stored: exported} }
