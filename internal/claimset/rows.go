package claimset

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"maps"
	"strconv"
	"strings"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// ID is a claim set.
type ID int64

// Set is a chosen list of claims.
type Set struct {
	ID           ID                `gorm:"column:id;primaryKey" json:"id"`
	CollectionID auth.CollectionID `gorm:"column:collection_id" json:"collection"`
	Title        string            `gorm:"column:title" json:"title" words:"own"`
	N            int               `gorm:"column:n" json:"n"`
	State        State             `gorm:"column:state" json:"state"`
	Supersedes   *ID               `gorm:"column:supersedes" json:"supersedes,omitempty"`
	StartedBy    auth.UserID       `gorm:"column:started_by" json:"started_by"`
	StartedAt    store.Micros      `gorm:"column:started_at" json:"started_at"`
	FrozenBy     *auth.UserID      `gorm:"column:frozen_by" json:"frozen_by,omitempty"`
	FrozenAt     *store.Micros     `gorm:"column:frozen_at" json:"frozen_at,omitempty"`
	FrozenSeq    int64             `gorm:"column:frozen_seq" json:"-"` // counts veiled events: see Opened.Position
	SHA256       string            `gorm:"column:sha256" json:"sha256" words:"fact"`
	Version      int64             `gorm:"column:version" json:"version"`
	// Root is that of the tree of what was frozen, in base64; "" of a draft, and of sets of an earlier program.
	Root string `gorm:"column:root" json:"root,omitempty" words:"fact"`
	// Salt is the secret of which the salts of all frozen fields are made, in hex; "" where there is no root.
	Salt string `gorm:"column:salt" json:"-" words:"fact"`
	// MethodN and Method are the version of the collection's method that was in force at the freeze, and its hash; 0
	// and "" of a draft, and where there was none.
	MethodN int    `gorm:"column:method_n" json:"method_n,omitempty"`
	Method  string `gorm:"column:method_sha256" json:"method,omitempty" words:"fact"`
	Imprint
}

// TableName names the table.
func (Set) TableName() string { return "claim_sets" }

// member is one claim of a set; Frozen is its JSON once the set is frozen.
type member struct {
	SetID   ID        `gorm:"column:set_id;primaryKey;autoIncrement:false"`
	ClaimID claims.ID `gorm:"column:claim_id;primaryKey;autoIncrement:false"`
	Place   int64     `gorm:"column:place"` // see order.go
	Frozen  string    `gorm:"column:frozen" words:"article"`
}

func (member) TableName() string { return "claim_set_claims" }

// Object names a set in the history.
func Object(id ID) string { return fmt.Sprintf("claimset:%d", id) }

// fields is what the history keeps of a set: its facts, which claims it has in which order, and the hash of what was
// frozen. An audit recomputes that from the rows, so that a changed frozen claim is found.
func fields(s Set, ids []claims.ID) history.Fields { return fieldsOf(s, ids, s.SHA256, s.Root) }

func fieldsOf(s Set, ids []claims.ID, contents, root string) history.Fields {
	f := history.Fields{
		"collection": history.Num(s.CollectionID), "n": history.Num(s.N), "state": string(s.State),
		"supersedes": history.NumOr(s.Supersedes),
		"started_by": history.Num(s.StartedBy), "started_at": history.Num(s.StartedAt),
		"claims": claimsField(ids), "frozen_by": history.NumOr(s.FrozenBy),
		"frozen_at":  history.NumOr(s.FrozenAt),
		"frozen_seq": history.Num(s.FrozenSeq),
		"sha256":     s.SHA256, "contents": "", "version": history.Num(s.Version),
	}
	if s.State != Draft {
		f["contents"] = contents
	}
	if s.Root != "" { // which claims there are, and what they say, is in the tree
		f["claims"] = strconv.Itoa(len(ids))
	}
	if root != s.Root {
		root = s.Root + ", but the claims give " + root
	}
	if !saltOf(s) {
		root += ", with a salt that no freeze made"
	}
	imprintFields(f, s.Imprint)
	return f.Later("root", root, "").Later("method", s.Method, "").Later("method_n", history.Num(s.MethodN), "0")
}

// listedMost is how many claims of a set an event lists. Of a larger set it holds how many they are, and the hash of
// their list: each event has all fields of the row twice.
const listedMost = 500

// claimsField is the list of a set's claims in the history, in its order: "3 12 7", or of many "40000 sha256:…".
func claimsField(ids []claims.ID) string {
	list := make([]byte, 0, 8*len(ids))
	for i, id := range ids {
		if i > 0 {
			list = append(list, ' ')
		}
		list = strconv.AppendInt(list, int64(id), 10)
	}
	return shortList(string(list), len(ids))
}

func shortList(list string, n int) string {
	if n <= listedMost {
		return list
	}
	sum := sha256.Sum256([]byte(list))
	return strconv.Itoa(n) + " sha256:" + hex.EncodeToString(sum[:])
}

// formNow gives the fields of a set as an event has them today: earlier programs listed the claims of large sets too,
// and knew of no imprint.
func formNow(f history.Fields) history.Fields {
	list := f["claims"]
	if n := strings.Count(list, " ") + 1; n > listedMost {
		f = maps.Clone(f)
		f["claims"] = shortList(list, n)
	}
	if _, knows := f["people"]; !knows {
		f = maps.Clone(f)
		imprintFields(f, Imprint{People: Named})
	}
	return f
}

func addContents(h hash.Hash, frozen string) {
	_, _ = io.WriteString(h, frozen+"\n") // a hash takes everything
}

// HistoryRows lists this room's rows as the history should know them, for the replay of an audit.
func HistoryRows() []history.Rows {
	return []history.Rows{
		{Kind: "claimset", FormNow: formNow, List: listSets,
			Earlier: history.Texts{"publisher": "", "note": "", "address": ""}},
		history.Orphans("claim_set_claims", "set_id", "claim_sets", "id"),
		{Kind: "alarm", List: listAlarms},
		{Kind: "omission", List: func(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
			return store.Each(r, func(x Omission) error {
				return yield(omissionObject(x.ID), omissionFields(x), history.Texts{"why": x.Reason})
			})
		}},
		{Derived: compareRests},
		history.Orphans("claim_set_articles", "set_id", "claim_sets", "id"),
	}
}

func listSets(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
	return store.Each(r, func(s Set) error {
		ids, sum, root, err := contentsOf(r, s)
		if err != nil {
			return err
		}
		return yield(Object(s.ID), fieldsOf(s, ids, sum, root), textsOf(s))
	})
}

// contentsOf reads which claims a set has, the SHA-256 of what was frozen of them, one JSON object a line in the
// order of the set, and the root of their tree; "" of a draft, and no root where the set has no salt. It holds
// one frozen claim at a time.
func contentsOf(r *store.Rx, s Set) (ids []claims.ID, sum, root string, err error) {
	if s.State == Draft {
		ids, err = membersOf(r, s.ID)
		return ids, "", s.Root, err // a draft has none
	}
	rows, err := r.Gorm().Raw("SELECT claim_id, frozen FROM claim_set_claims WHERE set_id = ? ORDER BY "+inOrder,
		s.ID).Rows()
	if err != nil {
		return nil, "", "", err
	}
	defer func() { _ = rows.Close() }()
	h, t := sha256.New(), newTree(s.Salt)
	for rows.Next() {
		var id claims.ID
		var frozen store.RawBytes
		if err := rows.Scan(&id, &frozen); err != nil {
			return nil, "", "", err
		}
		_, _ = h.Write(frozen) // a hash takes everything
		_, _ = h.Write([]byte{'\n'})
		t.add(id, frozen)
		ids = append(ids, id)
	}
	return ids, hex.EncodeToString(h.Sum(nil)), t.root(), rows.Err()
}
