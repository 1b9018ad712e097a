package shelf

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
	"strings"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/match"
	"claimbench/internal/store"
)

// How alike a claim and an entry are at least before the entry is proposed, of 1: measured on testdata/pairs.tsv and
// the part of testdata/across.tsv that is for tuning (docs/shelf.md has the figures). Across languages words meet by
// concepts, which are wider than words: there it takes more, unless what does not meet is unknown words, of which each
// has only few that the lexicon knows: a third of those that met.
const (
	leastWithin = 0.50
	leastAcross = 0.60
	leastClear  = 0.50
)

// MostMatches is how many entries are proposed for one claim.
const MostMatches = 3

// Found is an entry that may say what a claim says, with what the two share.
type Found struct {
	Entry EntryID
	Score float64
	Keys  []match.Key // Query is of the claim
}

// itemOf is an entry for internal/match.
func itemOf(e Entry) match.Item { return match.Item{Lang: known(e.Lang), Text: e.Claim} }

// known is a language, "" for one that cannot be told.
func known(lang string) string {
	if lang == "und" {
		return ""
	}
	return lang
}

// fits says whether an entry is near enough to a claim to be proposed: alike, with no number, day, name or denial that
// only one of the two has.
func fits(claim, entry match.Item, l match.Likeness) bool {
	if !nearEnough(claim, entry, l) || l.Against || l.Strange {
		return false
	}
	return !slices.ContainsFunc(match.Compare(claim, entry), func(d match.Difference) bool { return !d.Bound })
}

func nearEnough(claim, entry match.Item, l match.Likeness) bool {
	if base(claim.Lang) == base(entry.Lang) {
		return l.Score >= leastWithin
	}
	return l.Score >= leastAcross || l.Score >= leastClear && 3*l.Apart < len(l.Keys)
}

// base is a language without its country and script.
func base(lang string) string {
	lang, _, _ = strings.Cut(strings.ToLower(lang), "-")
	return lang
}

// near gives the entries of a shelf that may say what a claim says, best first, none when nothing fits. Three queries.
func near(r *store.Rx, t *match.Terms, st stateOf, claim match.Item) ([]Found, error) {
	terms := t.Of(claim.Text)
	trust := make(map[int64]float64, len(terms))
	keys := make([]int64, 0, len(terms))
	for _, term := range terms[:min(len(terms), postingsAtOnce)] {
		key := termKey(term.Name)
		if _, there := trust[key]; !there {
			keys = append(keys, key)
		}
		trust[key] = term.Trust
	}
	if len(keys) == 0 {
		return nil, nil
	}
	found, err := store.Select[posting](r, "SELECT * FROM shelf_terms WHERE collection_id = ? AND n <= ? AND "+
		"term IN ?", st.CollectionID, mostPosted, keys)
	if err != nil {
		return nil, err
	}
	sums := map[EntryID]float64{}
	for _, p := range found {
		w := trust[p.Term] * math.Log((float64(st.Entries)+2)/(float64(max(p.N, 0))+0.5))
		for i := 0; i+4 <= len(p.IDs); i += 4 {
			sums[EntryID(binary.LittleEndian.Uint32(p.IDs[i:]))] += w * w
		}
	}
	return best(r, t, claim, heaviest(sums, nearby))
}

// best compares a claim word by word with those that share most with it.
func best(r *store.Rx, t *match.Terms, claim match.Item, all []weighed) ([]Found, error) {
	if len(all) == 0 {
		return nil, nil
	}
	ids := make([]EntryID, len(all))
	for i, w := range all {
		ids[i] = w.id
	}
	rows, err := store.Select[Entry](r, "SELECT id, claim, lang FROM shelf_entries WHERE state = 'kept' AND "+
		"id IN ?", ids)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	slices.SortFunc(rows, func(a, b Entry) int { return slices.Index(ids, a.ID) - slices.Index(ids, b.ID) })
	rows = sharing(t, claim, rows, nearest)
	items := make([]match.Item, len(rows))
	for i, e := range rows {
		items[i] = itemOf(e)
	}
	var out []Found
	for i, l := range match.AlikeAmong(claim, items) {
		if fits(claim, items[i], l) {
			out = append(out, Found{rows[i].ID, l.Score, l.Keys})
		}
	}
	slices.SortStableFunc(out, func(a, b Found) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		}
		return 0
	})
	return out[:min(len(out), MostMatches)], nil
}

// sharing gives those entries that have most terms of a claim, common ones too, at most so many. Of two that have as
// many, the one that shares the rarer comes first.
func sharing(t *match.Terms, claim match.Item, all []Entry, most int) []Entry {
	if len(all) <= most {
		return all
	}
	mine := map[string]float64{}
	for _, term := range t.Of(claim.Text) {
		mine[term.Name] = term.Trust
	}
	shared := make(map[EntryID]float64, len(all))
	for _, e := range all {
		for _, term := range t.Of(e.Claim) {
			shared[e.ID] += min(mine[term.Name], term.Trust)
		}
	}
	slices.SortStableFunc(all, func(a, b Entry) int { return cmp.Compare(shared[b.ID], shared[a.ID]) })
	return all[:most]
}

// Beside is an entry with the match that joins it to a claim.
type Beside struct {
	Match
	Entry Entry
	Keys  []match.Key // Query is of the claim; none of a claim that is withheld
}

// entryColumns are those that lists show: the bytes stay where they are.
const entryColumns = "e.id, e.collection_id, e.file_id, e.n, e.state, e.claim, e.lang, e.detected, e.rating, " +
	"e.rating_value, e.rating_best, e.rating_worst, e.verdict, e.publisher, e.url, e.day, e.author, e.appeared, " +
	"e.source, e.sha256, e.version"

// OfClaim gives the entries that were proposed for a claim or that a person decided on, those that were confirmed
// first, at most MostOfClaim. It asks no permission. Two queries.
func OfClaim(r *store.Rx, c claims.Claim) ([]Beside, error) {
	all, err := store.Select[Match](r, "SELECT m.* FROM shelf_matches m JOIN shelf_entries e ON e.id = m.entry_id "+
		"WHERE m.claim_id = ? AND e.state = 'kept' ORDER BY CASE m.state WHEN 'confirmed' THEN 0 WHEN 'proposed' "+
		"THEN 1 ELSE 2 END, m.score DESC, m.id LIMIT ?", c.ID, MostOfClaim)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	ids := make([]EntryID, len(all))
	for i, m := range all {
		ids[i] = m.EntryID
	}
	rows, err := store.Select[Entry](r, "SELECT "+entryColumns+" FROM shelf_entries e WHERE e.id IN ?", ids)
	if err != nil {
		return nil, err
	}
	by := map[EntryID]Entry{}
	for _, e := range rows {
		by[e.ID] = e
	}
	out := make([]Beside, len(all))
	items := make([]match.Item, len(all))
	for i, m := range all {
		out[i] = Beside{Match: m, Entry: by[m.EntryID]}
		items[i] = itemOf(out[i].Entry)
	}
	if c.Withheld || c.Statement == "" {
		return out, nil
	}
	for i, l := range match.AlikeAmong(match.Item{Lang: c.Lang, Text: c.Statement}, items) {
		out[i].Keys = l.Keys
	}
	return out, nil
}

// MostOfClaim is how many matches of a claim are shown.
const MostOfClaim = 20

// ConfirmedOf gives the entries that people confirmed to say what some claims say, by claim, at most MostOfClaim each.
// It asks no permission.
func ConfirmedOf(r *store.Rx, ids []claims.ID) (map[claims.ID][]Entry, error) {
	out := map[claims.ID][]Entry{}
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := store.Select[struct {
		Entry
		ClaimID claims.ID `gorm:"column:claim_id"`
	}](r, "SELECT m.claim_id, "+entryColumns+" FROM shelf_matches m JOIN shelf_entries e ON e.id = m.entry_id WHERE "+
		"m.claim_id IN ? AND m.state = 'confirmed' AND e.state = 'kept' ORDER BY m.claim_id, e.id", ids)
	for _, row := range rows {
		if len(out[row.ClaimID]) < MostOfClaim {
			out[row.ClaimID] = append(out[row.ClaimID], row.Entry)
		}
	}
	return out, err
}

// GoneFrom gives the hashes of the bytes of all entries of a collection that were withheld by law. It asks no
// permission.
func GoneFrom(r *store.Rx, in auth.CollectionID) (map[string]bool, error) {
	rows, err := store.Select[Entry](r, "SELECT sha256 FROM shelf_entries WHERE collection_id = ? AND state = ?", in,
		Withheld)
	out := make(map[string]bool, len(rows))
	for _, e := range rows {
		out[e.SHA256] = true
	}
	return out, err
}

// ListAsk says which entries of a shelf are wanted.
type ListAsk struct {
	In      auth.CollectionID
	Words   string         // all of them stand in the claim, the publisher or who said it
	Verdict claims.Verdict // "": any
	Lang    string         // "": any
	State   EntryState     // "": those on the shelf
	Before  EntryID        // only entries before this one; 0: the newest
	Limit   int
}

// mostWords bounds the words that are searched for at once.
const mostWords = 12

// List gives entries of a shelf, the newest first, without their bytes. It asks no permission.
func List(r *store.Rx, a ListAsk) ([]Entry, error) {
	where, args := "e.collection_id = ? AND e.state = ?", []any{a.In, a.State}
	if a.State == "" {
		args[1] = Kept
	}
	if a.Before != 0 {
		where, args = where+" AND e.id < ?", append(args, a.Before)
	}
	if a.Verdict != "" {
		where, args = where+" AND e.verdict = ?", append(args, a.Verdict)
	}
	if a.Lang != "" {
		where, args = where+" AND e.lang = ?", append(args, a.Lang)
	}
	words := strings.Fields(searched(a.Words))
	for _, w := range words[:min(len(words), mostWords)] {
		where, args = where+` AND e.terms LIKE ? ESCAPE '!'`, append(args, "% "+likeSafe(w)+" %")
	}
	return store.Select[Entry](r, "SELECT "+entryColumns+" FROM shelf_entries e WHERE "+where+" ORDER BY e.id DESC "+
		"LIMIT ?", append(args, a.Limit)...)
}

func likeSafe(w string) string {
	return strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(w)
}

// FilesOf lists the files of a shelf, the newest first. It asks no permission.
func FilesOf(r *store.Rx, in auth.CollectionID, before FileID, limit int) ([]File, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	return store.Select[File](r, "SELECT * FROM shelf_files WHERE collection_id = ? AND state <> 'coming' AND id < ? "+
		"ORDER BY id DESC LIMIT ?", in, before, limit)
}

// CountOf is how many entries a shelf holds. It asks no permission.
func CountOf(r *store.Rx, in auth.CollectionID) (int64, error) {
	st, err := state(r, in)
	return st.Entries, err
}
