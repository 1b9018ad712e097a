package shelf

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"

	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// FileObject, EntryObject and MatchObject name the rows of this room in the history.
func FileObject(id FileID) string { return fmt.Sprintf("shelf_file:%d", id) }

// EntryObject names an entry in the history.
func EntryObject(id EntryID) string { return fmt.Sprintf("shelf_entry:%d", id) }

// MatchObject names a match in the history.
func MatchObject(id MatchID) string { return fmt.Sprintf("shelf_match:%d", id) }

func fileFields(f File) history.Fields {
	return history.Fields{"collection": history.Num(f.CollectionID), "format": string(f.Format),
		"bytes": history.Num(f.Bytes), "sha256": f.SHA256, "state": string(f.State), "taken": history.Num(f.Taken),
		"known": history.Num(f.Known), "brought_by": history.Num(f.BroughtBy),
		"brought_at": history.Num(f.BroughtAt), "version": history.Num(f.Version)}
}

// Past says how this room's rows are read as they were. The words of an entry are in its row only: they never change,
// and one that is withheld by law has none, and is withheld in every past. Matches that no person has decided on are
// made anew by whoever wants: a past has only those that somebody had.
func Past() []history.Versioned {
	n, m, t := history.NumberField, history.MaybeField, history.TextField
	return []history.Versioned{
		{Table: "shelf_files", Object: "'shelf_file:' || b.id", Kind: "shelf_file", Kept: []string{"id",
			"collection_id", "format", "bytes", "sha256", "look", "brought_by", "brought_at"},
			Whole: map[string]history.Field{"state": t("state"), "taken": n("taken"), "known": n("known"),
				"version": n("version")},
			Texts: map[string]string{"name": "name"}},
		{Table: "shelf_entries", Object: "'shelf_entry:' || b.id", Kind: "shelf_entry", Kept: []string{"id",
			"collection_id", "file_id", "n", "claim", "lang", "detected", "rating", "rating_value", "rating_best",
			"rating_worst", "verdict", "publisher", "url", "day", "author", "appeared", "source", "terms", "raw",
			"sha256", "said"},
			Today: "b.state = 'withheld'",
			Whole: map[string]history.Field{"state": t("state"), "version": n("version")}},
		{Table: "shelf_matches", Object: "'shelf_match:' || b.id", Kind: "shelf_match", Kept: []string{"id",
			"collection_id", "claim_id", "entry_id", "score"},
			Whole: map[string]history.Field{"state": t("state"), "decided_by": m("decided_by"),
				"decided_at": m("decided_at"), "version": n("version")}},
	}
}

func fileTexts(f File) history.Texts { return history.Texts{"name": f.Name} }

// entryFields hold hashes and no words: a fact-check that is withheld by law has none left anywhere.
func entryFields(e Entry) history.Fields {
	return history.Fields{"collection": history.Num(e.CollectionID), "file": history.Num(e.FileID),
		"n": history.Num(e.N), "state": string(e.State), "verdict": string(e.Verdict), "sha256": e.SHA256,
		"said": e.Said, "version": history.Num(e.Version)}
}

func matchFields(m Match) history.Fields {
	return history.Fields{"collection": history.Num(m.CollectionID), "claim": history.Num(m.ClaimID),
		"entry": history.Num(m.EntryID), "state": string(m.State), "decided_by": history.NumOr(m.DecidedBy),
		"decided_at": history.NumOr(m.DecidedAt), "version": history.Num(m.Version)}
}

// hashOf is the SHA-256 of bytes, in hex.
func hashOf(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// saidOf is the hash of all that was read of an entry. Of one that is withheld it cannot be made again.
func saidOf(e Entry) string {
	b, err := json.Marshal([]string{e.SHA256, e.Source, e.Claim, e.Lang, strconv.FormatBool(e.Detected), e.Rating.Words,
		e.Value, e.Best, e.Worst, e.Publisher, e.URL, e.Day, e.Author, e.Appeared, e.Terms})
	if err != nil {
		panic(err) // texts have a JSON form
	}
	return hashOf(b)
}

// Whence is what the file of an entry says of it; nothing of one that is withheld.
func (e Entry) Whence() (out Source, err error) {
	if e.State == Withheld {
		return out, nil
	}
	if err := json.Unmarshal([]byte(e.Source), &out); err != nil {
		return out, fault.Wrap(fault.Internal, err, "the source of entry %d", e.ID)
	}
	return out, nil
}

// compared gives the two hashes of an entry, and says in them where its words or its bytes are not what they are of.
func compared(e Entry) (sum, said string) {
	sum, said = e.SHA256, e.Said
	if e.State == Withheld {
		if !reflect.DeepEqual(e, bare(e)) {
			said += ": there are words again"
		}
		return sum, said
	}
	if real := hashOf(e.Raw); real != sum {
		sum += " is not " + real
	}
	if real := saidOf(e); real != said {
		said += " is not " + real
	}
	return sum, said
}

// HistoryRows lists this room's rows as the history should know them, for the replay of an audit. Matches that no
// person decided are made anew by whoever wants: they have no events.
func HistoryRows() []history.Rows {
	return []history.Rows{
		{Kind: "shelf_file", List: func(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
			return store.Each(r, func(f File) error {
				if f.State == Coming {
					return nil
				}
				return yield(FileObject(f.ID), fileFields(f), fileTexts(f))
			})
		}},
		{Kind: "shelf_entry", List: func(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
			return store.Each(r, func(e Entry) error {
				e.SHA256, e.Said = compared(e)
				return yield(EntryObject(e.ID), entryFields(e), nil)
			})
		}},
		{Kind: "shelf_match", List: func(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
			return store.Each(r, func(m Match) error {
				if m.Version == 1 {
					return nil
				}
				return yield(MatchObject(m.ID), matchFields(m), nil)
			})
		}},
	}
}
