package claims

import (
	"maps"
	"slices"
	"strconv"

	"claimbench/internal/articles"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// wordFields are the guarded fields of this room's rows that hold words of an article: those whose struct fields say
// so. (Other words are texts, which go whole.)
var wordFields = articles.WordColumns(Claim{}, Wording{}, Gloss{}, Comment{})

// ofArticle holds for claims whose article is in a state. It asks for the one article of a claim: “article_id IN (all
// articles in that state)” reads every article there is.
const ofArticle = "EXISTS (SELECT 1 FROM articles WHERE articles.id = claims.article_id AND articles.state = ?)"

// WithholdEvents takes the words of articles that were taken down out of events, in place: that something happened
// stays, what it said does not. It says of which events, by their places in the list. An event belongs to an article by
// the article or the claim that its row names. Two queries, however many events.
func WithholdEvents(r *store.Rx, events []history.Entry) (map[int]bool, error) {
	var articleIDs, claimIDs []int64
	for _, e := range events {
		articleIDs, claimIDs = append(articleIDs, numberIn(e, "article")), append(claimIDs, claimIn(e))
	}
	var down, of []int64
	if err := r.Gorm().Model(&articles.Article{}).Where("id IN ? AND state = ?", compact(articleIDs),
		articles.TakenDown).Pluck("id", &down).Error; err != nil {
		return nil, err
	}
	if err := r.Gorm().Model(&Claim{}).Where("id IN ?", compact(claimIDs)).Where(ofArticle,
		articles.TakenDown).Pluck("id", &of).Error; err != nil {
		return nil, err
	}
	withheld := map[int]bool{}
	for i, e := range events {
		if slices.Contains(down, numberIn(e, "article")) || slices.Contains(of, claimIn(e)) {
			events[i].Texts, withheld[i] = nil, true
			for field := range wordFields {
				delete(e.Before, field)
				delete(e.After, field)
			}
		}
	}
	return withheld, nil
}

// Hidden is the history.Hider of this room: the events of a claim tell the words and the place that it has in its
// article, and are hidden while that is protected.
func Hidden(r *store.Rx, objects []string) (map[string]bool, error) {
	out, ids := map[string]bool{}, []int64{}
	for _, object := range objects {
		if n, is := history.Number(object, "claim"); is {
			ids = append(ids, n)
		}
	}
	if len(ids) == 0 {
		return out, nil
	}
	found, err := store.Select[ID](r, "SELECT claims.id FROM claims WHERE claims.id IN ? AND "+ofArticle, ids,
		articles.Protected)
	for _, id := range found {
		out[Object(id)] = true
	}
	return out, err
}

// OfEvent is the claim that an event is about: its own row, or the one that its row names; 0 for none.
func OfEvent(e history.Entry) ID { return ID(claimIn(e)) }

// PairOf are the two claims of an event that says they are two; none for any other.
func PairOf(e history.Entry) []ID {
	if history.Kind(e.Object) != "duplicate_refusal" {
		return nil
	}
	return []ID{ID(numberIn(e, "claim_a")), ID(numberIn(e, "claim_b"))}
}

// Some reads the claims whose ids are the keys of a map, without asking who reads them.
func Some[T any](r *store.Rx, ids map[ID]T) (out []Claim, err error) {
	return out, r.Gorm().Where("id IN ?", slices.Sorted(maps.Keys(ids))).Order("id").Find(&out).Error
}

func claimIn(e history.Entry) int64 {
	if n, ok := history.Number(e.Object, "claim"); ok {
		return n
	}
	return numberIn(e, "claim")
}

// numberIn is the id that an event's row names in a field, 0 for none.
func numberIn(e history.Entry, field string) int64 {
	v := e.After[field]
	if v == "" {
		v = e.Before[field]
	}
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

func compact(ids []int64) []int64 {
	slices.Sort(ids)
	return slices.Compact(ids)
}
