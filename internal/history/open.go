package history

import (
	"encoding/hex"

	"golang.org/x/mod/sumdb/tlog"

	"claimbench/internal/proof"
	"claimbench/internal/store"
)

// Sealed is an event as it can be proved to somebody who is not shown all of it.
type Sealed struct {
	Seq   int64
	row   eventRow
	texts []textRow
	// Hashes prove that the event is in the tree of the size that was asked for.
	Hashes []tlog.Hash
}

// Seal reads events, at most a page of them, and proves them against the tree of a size that covers them all. It is
// three statements, however many events there are. One that the history does not have is not in the answer.
func Seal(rx *store.Rx, seqs []int64, size int64) (map[int64]Sealed, error) {
	out := make(map[int64]Sealed, len(seqs))
	if len(seqs) == 0 {
		return out, nil
	}
	var rows []eventRow
	if err := rx.Gorm().Where("seq IN ? AND seq <= ?", seqs, size).Find(&rows).Error; err != nil {
		return nil, err
	}
	texts, err := textsOf(rx, rows)
	if err != nil {
		return nil, err
	}
	var wanted []int64
	for _, r := range rows {
		// Asked for the hashes of a proof, tlog names them all at once; what it makes of none is thrown away.
		_, _ = tlog.ProveRecord(size, r.Seq-1, tlog.HashReaderFunc(func(idx []int64) ([]tlog.Hash, error) {
			wanted = append(wanted, idx...)
			return make([]tlog.Hash, len(idx)), nil
		}))
	}
	known, err := hashesAt(rx, wanted)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		hashes, err := tlog.ProveRecord(size, r.Seq-1, known)
		if err != nil {
			return nil, err
		}
		out[r.Seq] = Sealed{Seq: r.Seq, row: r, texts: texts[r.Seq], Hashes: hashes}
	}
	return out, nil
}

// hashesAt reads stored hashes, for proofs that name them one by one afterwards.
func hashesAt(rx *store.Rx, wanted []int64) (tlog.HashReader, error) {
	known := map[int64]tlog.Hash{}
	for from := 0; from < len(wanted); from += MaxLimit {
		part := wanted[from:min(from+MaxLimit, len(wanted))]
		hashes, err := hashReader(rx.Gorm()).ReadHashes(part)
		if err != nil {
			return nil, err
		}
		for i, idx := range part {
			known[idx] = hashes[i]
		}
	}
	return tlog.HashReaderFunc(func(idx []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(idx))
		for i, x := range idx {
			out[i] = known[x]
		}
		return out, nil
	}), nil
}

// Openable says whether the event can be proved by opening some of its fields: one of version 1 cannot.
func (s Sealed) Openable() bool { return s.row.Salt != nil }

// Open opens the fields that are printed already, where they say the same, and no other. printed are the values as
// proof.Flatten gives them, by their paths.
func (s Sealed) Open(known []proof.Known, printed map[string]string) (proof.OpenedEvent, error) {
	r := &s.row
	bad := func(err error) (proof.OpenedEvent, error) { return proof.OpenedEvent{}, damagedEvent(r.Seq, err) }
	salts, err := proof.NewSalter(r.Salt)
	if err != nil || len(r.Salt) <= saltSize {
		return bad(errForm)
	}
	said := func(field, value string) bool {
		for _, k := range known {
			if k.Field == field {
				was, is := printed[k.Path]
				v, ok := k.Form.Value(was)
				return is && ok && v == value && (v != "" || !k.Filled)
			}
		}
		return false
	}
	user, _ := proof.Field(nil, salts.Salt(0), itoa(r.UserID))
	name, _ := r.nameHash(nil)
	out := proof.OpenedEvent{Seq: r.Seq, At: r.At, User: proof.B64(user[:]),
		Name: &proof.Opening{Hash: proof.B64(name[:])}, Role: r.Role, Via: r.Via, Request: r.Request, Batch: r.Batch,
		Action: r.Action, Object: r.Object,
		Collection: r.CollectionID, Veil: r.Veil}
	if r.Token != 0 {
		token, _ := proof.Field(nil, salts.Salt(1), itoa(r.Token))
		out.Token = proof.B64(token[:])
	}
	if !r.nameErased() && said(proof.NameField, r.UserName) {
		out.Name = &proof.Opening{Salt: proof.B64(r.Salt[saltSize:])}
	}
	if out.After, err = openRow(r.RowAfter, salts, said); err != nil {
		return bad(err)
	}
	if r.RowBefore != nil {
		out.Before = proof.B64(s.before())
	}
	if out.Texts, err = s.openTexts(said); err != nil {
		return bad(err)
	}
	return out, nil
}

// before is the hash of the group of the row before.
func (s Sealed) before() []byte {
	var x scratch
	salts, err := proof.NewSalter(s.row.Salt)
	if err != nil {
		return nil
	}
	salts.Next()
	salts.Next()
	if s.row.RowAfter != nil {
		x.after(salts, *s.row.RowAfter)
	}
	h := x.before(salts, *s.row.RowBefore)
	return h[:]
}

// firstOfRow is the number of the salt of the first field of a row.
const firstOfRow = 2

func openRow(row *string, salts *proof.Salter, said func(field, value string) bool) (*proof.GroupProof, error) {
	if row == nil {
		return nil, nil
	}
	out := &proof.GroupProof{Salts: map[string]string{}, Hashes: map[string]string{}}
	n := uint64(firstOfRow)
	err := eachPair(*row, func(name, value string) {
		salt := salts.Salt(n)
		if n++; said("after/"+name, value) {
			out.Salts[name] = proof.B64(salt)
			return
		}
		h, _ := proof.Field(nil, salt, value)
		out.Hashes[name] = proof.B64(h[:])
	})
	return out, err
}

func (s Sealed) openTexts(said func(field, value string) bool) (*proof.GroupProof, error) {
	if s.row.Texts == noTexts {
		return nil, nil
	}
	out := &proof.GroupProof{Salts: map[string]string{}, Hashes: map[string]string{}}
	err := eachPair(s.row.Texts, func(name, digits string) {
		if h, err := hex.DecodeString(digits); err == nil {
			out.Hashes[name] = proof.B64(h)
		}
	})
	for _, t := range s.texts {
		if t.Text != nil && said("texts/"+t.Name, *t.Text) {
			delete(out.Hashes, t.Name)
			out.Salts[t.Name] = proof.B64(t.Salt)
		}
	}
	return out, err
}

// NewestOf gives, of each of some objects, the number of its newest event with an action that stands at or before one;
// 0 when it has none. One statement; give it a page of objects.
func NewestOf(rx *store.Rx, objects []string, action string, until int64) (map[string]int64, error) {
	var rows []struct {
		Object string
		Seq    int64
	}
	err := rx.Gorm().Model(&eventRow{}).Select("object, MAX(seq) AS seq").Where("object IN ? AND action = ? AND "+
		"seq <= ?", objects, action, until).Group("object").Scan(&rows).Error
	out := make(map[string]int64, len(rows))
	for _, r := range rows {
		out[r.Object] = r.Seq
	}
	return out, err
}
