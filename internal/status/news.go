package status

import (
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/store"
)

// Bounds of the news of one list.
const (
	newsKept   = 500 // the newest; older ones go
	newsShown  = 100
	claimsSaid = 100 // of one piece of news; it says how many there are
)

// changes says what a list says otherwise than the one before it: claims that stand elsewhere, and those of sets that
// are new in it and not valid. Those of one set with the same standing are one piece.
func changes(before, now List) []News {
	type printed struct {
		set   claimset.ID
		claim claims.ID
	}
	was := map[printed]Standing{}
	for _, s := range before.Sets {
		for _, c := range s.Claims {
			was[printed{s.ID, c.Claim}] = c.Standing
		}
	}
	var out []News
	for _, s := range now.Sets {
		at := map[Standing]int{}
		for _, c := range s.Claims {
			old, known := was[printed{s.ID, c.Claim}]
			if known && old == c.Standing || !known && c.Standing.What == Valid {
				continue
			}
			i, begun := at[c.Standing]
			if !begun {
				i = len(out)
				at[c.Standing] = i
				out = append(out, News{Name: now.Name, Number: now.Number, At: store.MicrosOf(now.Made), SetID: s.ID,
					Standing: c.Standing.String()})
			}
			if out[i].Total++; len(out[i].Claims) < claimsSaid {
				out[i].Claims = append(out[i].Claims, c.Claim)
			}
		}
	}
	return out
}

// addNews keeps what changed, and lets the oldest go.
func addNews(tx *store.Tx, name string, news []News) error {
	if len(news) == 0 {
		return nil
	}
	if len(news) > newsKept {
		news = news[len(news)-newsKept:]
	}
	if err := tx.Gorm().CreateInBatches(news, newsShown).Error; err != nil {
		return err
	}
	return tx.Gorm().Exec("DELETE FROM status_news WHERE name = ? AND id <= (SELECT MIN(id) FROM (SELECT id FROM "+
		"status_news WHERE name = ? ORDER BY id DESC LIMIT 1 OFFSET ?) AS old)", name, name, newsKept).Error
}

// newsOf gives the newest news of a list, the newest first.
func newsOf(r *store.Rx, name string) ([]News, error) {
	out, err := store.Select[News](r, "SELECT * FROM status_news WHERE name = ? ORDER BY id DESC LIMIT "+
		"?", name, newsShown)
	if err != nil {
		return nil, err
	}
	said := map[claimset.ID]map[claims.ID]string{}
	for i := range out {
		n := &out[i]
		if n.Standing != string(Withdrawn) {
			continue
		}
		why, asked := said[n.SetID]
		if !asked {
			if why, err = claimset.WhyWithdrawn(r, n.SetID); err != nil {
				return nil, err
			}
			said[n.SetID] = why
		}
		for _, c := range n.Claims {
			if reason := why[c]; reason != "" {
				n.Why = append(n.Why, Why{c, reason})
			}
		}
	}
	return out, nil
}
