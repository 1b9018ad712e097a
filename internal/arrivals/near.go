package arrivals

import (
	"claimbench/internal/match"
	"claimbench/internal/store"
)

// Near is an earlier arrival of the same person that has nearly the text of this one. Overlap is in per mille.
type Near struct {
	Arrival ID  `json:"arrival"`
	Overlap int `json:"overlap"`
}

// print is by what an arrival is known that has nearly the same text as another. It goes with its words.
type print struct {
	ID    ID     `gorm:"column:id;primaryKey;autoIncrement:false"`
	Print []byte `gorm:"column:print" words:"fact"`
}

func (print) TableName() string { return "arrival_prints" }

// band is a key of a print, by which others are found.
type band struct {
	CollectionID int64 `gorm:"column:collection_id;primaryKey;autoIncrement:false"`
	UserID       int64 `gorm:"column:user_id;primaryKey;autoIncrement:false"`
	Band         int64 `gorm:"column:band;primaryKey;autoIncrement:false"`
	ArrivalID    ID    `gorm:"column:arrival_id;primaryKey;autoIncrement:false"`
}

func (band) TableName() string { return "arrival_keys" }

// mostCompared is how many others of a person one is compared with.
const mostCompared = 64

// compareHere finds the earlier arrivals of the person that have nearly the text of one that was read just now, and
// keeps by what it is found itself. It holds what alone holds.
func compareHere(tx *store.Tx, a Arrival, p match.Print) (near store.List[Near], err error) {
	if len(p.Bands) == 0 {
		return nil, nil
	}
	if err := forgetPrints(tx, a.ID); err != nil {
		return nil, err
	}
	others, err := store.Select[print](&tx.Rx, "SELECT * FROM arrival_prints WHERE id IN (SELECT DISTINCT arrival_id "+
		"FROM arrival_keys WHERE collection_id = ? AND user_id = ? AND band IN ? ORDER BY arrival_id LIMIT ?) "+
		"ORDER BY id", a.CollectionID, a.UserID, p.Bands, mostCompared)
	if err != nil {
		return nil, err
	}
	for _, o := range others {
		if share, copies := p.Overlap(o.Print); copies && len(near) < mostAlike {
			near = append(near, Near{o.ID, share})
		}
	}
	rows := make([]band, len(p.Bands))
	for i, b := range p.Bands {
		rows[i] = band{int64(a.CollectionID), int64(a.UserID), b, a.ID}
	}
	if err := tx.Gorm().Create(&print{a.ID, p.Bytes()}).Error; err != nil {
		return nil, err
	}
	return near, tx.Gorm().Create(&rows).Error
}

// forgetPrints takes away by what arrivals are found.
func forgetPrints(tx *store.Tx, ids ...ID) error {
	if err := tx.Gorm().Where("arrival_id IN ?", ids).Delete(&band{}).Error; err != nil {
		return err
	}
	return tx.Gorm().Where("id IN ?", ids).Delete(&print{}).Error
}

// nearOf are the arrivals that lines name as nearly the same, by number, those of the same person that are there still.
func nearOf(r *store.Rx, all []Arrival) (map[ID]Arrival, error) {
	var ids []ID
	for _, a := range all {
		for _, n := range a.Near {
			ids = append(ids, n.Arrival)
		}
	}
	out := map[ID]Arrival{}
	if len(ids) == 0 {
		return out, nil
	}
	found, err := store.Select[Arrival](r, "SELECT id, state, article_id, text_sha256 FROM arrivals WHERE id IN ? AND "+
		"collection_id = ? AND user_id = ?", ids, all[0].CollectionID, all[0].UserID)
	for _, a := range found {
		out[a.ID] = a
	}
	return out, err
}
