package history

import (
	"strings"

	"claimbench/internal/store"
)

// onlyReason is the length of an event's list of texts that holds nothing but its reason: {"reason":"<64 digits>"}.
const onlyReason = 77

// TextsBefore gives, for each of some events that changed a row, the texts of that row as the event before it left
// them: an event writes all texts of its row, changed or not, and only what differs is worth showing. Two statements,
// however many events there are; give it one page of them. An event that has none before it is not in the answer.
func TextsBefore(rx *store.Rx, events []Entry, v Viewer) (map[int64]Texts, error) {
	var query []string
	var args []any
	for _, e := range events {
		if e.Before == nil || len(e.Texts) == 0 {
			continue
		}
		cond, of := v.sees()
		if cond == "" {
			cond = "1 = 1"
		}
		query = append(query, "SELECT CAST(? AS BIGINT) AS seq, "+
			"(SELECT MAX(seq) FROM events WHERE object = ? AND seq < ? AND texts <> '{}' "+
			"AND NOT (length(texts) = ? AND texts LIKE '{\"reason\":%') "+
			"AND "+cond+") AS earlier")
		args = append(append(args, e.Seq, e.Object, e.Seq, onlyReason), of...)
	}
	out := map[int64]Texts{}
	if len(query) == 0 {
		return out, nil
	}
	var pairs []struct {
		Seq     int64
		Earlier *int64
	}
	if err := rx.Gorm().Raw(strings.Join(query, " UNION ALL "), args...).Scan(&pairs).Error; err != nil {
		return nil, err
	}
	of := map[int64][]int64{} // the earlier event → those that follow it
	var seqs []int64
	for _, p := range pairs {
		if p.Earlier != nil {
			of[*p.Earlier] = append(of[*p.Earlier], p.Seq)
			seqs = append(seqs, *p.Earlier)
		}
	}
	if len(seqs) == 0 {
		return out, nil
	}
	var texts []textRow
	if err := rx.Gorm().Where("seq IN ? AND name <> ?", seqs, reasonText).Find(&texts).Error; err != nil {
		return nil, err
	}
	for _, t := range texts {
		for _, seq := range of[t.Seq] {
			if out[seq] == nil {
				out[seq] = Texts{}
			}
			if t.Text != nil {
				out[seq][t.Name] = *t.Text
			} else {
				out[seq][t.Name] = ""
			}
		}
	}
	return out, nil
}
