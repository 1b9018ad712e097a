package articles

import (
	"claimbench/internal/auth"
	"claimbench/internal/store"
	"claimbench/internal/text"
	"slices"
)

// Typed ids of this room's rows.
type (
	SourceID   int64
	ID         int64
	RevisionID int64
	SentenceID int64
)

// Advice is a list of guards that only advise, as a JSON array; never null.
type Advice = store.List[Guard]

// Collection is the set of articles of one investigation, with its rules of review.
type Collection struct {
	ID      auth.CollectionID `gorm:"column:id;primaryKey" json:"id"`
	Name    string            `gorm:"column:name" json:"name" words:"own"`
	Quorum  int               `gorm:"column:quorum" json:"quorum"`              // reviews a round needs
	Rule    Rule              `gorm:"column:rule" json:"rule"`                  // Unanimous or Majority
	Advice  Advice            `gorm:"column:advice" json:"advice" words:"fact"` // guards that only advise here
	Version int64             `gorm:"column:version" json:"version"`
}

// TableName names the table.
func (Collection) TableName() string { return "collections" }

// Source is who publishes.
type Source struct {
	ID      SourceID `gorm:"column:id;primaryKey" json:"id"`
	Name    string   `gorm:"column:name" json:"name" words:"fact"`
	Kind    string   `gorm:"column:kind" json:"kind" words:"fact"`
	Country string   `gorm:"column:country" json:"country" words:"fact"`
	// as once rated for all; a collection's Rating stands over it
	Reliability string `gorm:"column:reliability" json:"reliability" words:"fact"`
	Version     int64  `gorm:"column:version" json:"version"`
	Protected   bool   `gorm:"column:protected" json:"-"` // all its articles are; the name is none
}

// TableName names the table.
func (Source) TableName() string { return "sources" }

// Article is one published text of a source. Its words are in its revisions.
type Article struct {
	ID           ID                `gorm:"column:id;primaryKey" json:"id"`
	CollectionID auth.CollectionID `gorm:"column:collection_id" json:"collection"`
	SourceID     *SourceID         `gorm:"column:source_id" json:"source,omitempty"` // nil: not stated
	Title        string            `gorm:"column:title" json:"title" words:"fact"`
	Byline       string            `gorm:"column:byline" json:"byline" words:"fact"`
	URL          string            `gorm:"column:url" json:"url" words:"fact"`
	Lang         string            `gorm:"column:lang" json:"lang" words:"fact"` // BCP 47
	Dir          string            `gorm:"column:dir" json:"dir" words:"fact"`
	// "", YYYY, YYYY-MM or YYYY-MM-DD
	Published  string      `gorm:"column:published" json:"published" words:"fact"`
	RevisionID *RevisionID `gorm:"column:revision_id" json:"revision,omitempty"`
	State      State       `gorm:"column:state" json:"state"`
	// why the source is protected, in public words; "" it is not
	Protected string       `gorm:"column:protected" json:"protected,omitempty" words:"fact"`
	AddedBy   auth.UserID  `gorm:"column:added_by" json:"added_by"`
	AddedAt   store.Micros `gorm:"column:added_at" json:"added_at"`
	Version   int64        `gorm:"column:version" json:"version"`
}

// TableName names the table.
func (Article) TableName() string { return "articles" }

// Covered says that the source of the article is protected, and nothing of it was opened.
func (a Article) Covered() bool { return a.State == Protected }

// Absent says why the text of the article is not there, in a word; "" it is.
func (a Article) Absent() string {
	if a.State == Live {
		return ""
	}
	return a.State.Word()
}

// Revision is one immutable text of an article.
type Revision struct {
	ID         RevisionID   `gorm:"column:id;primaryKey" json:"id"`
	ArticleID  ID           `gorm:"column:article_id" json:"article"`
	N          int          `gorm:"column:n" json:"n"`
	SHA256     string       `gorm:"column:sha256" json:"sha256" words:"fact"` // of the raw bytes, hexadecimal
	Raw        string       `gorm:"column:raw" json:"-" words:"article"`
	CodePoints int          `gorm:"column:code_points" json:"code_points"`
	AddedBy    auth.UserID  `gorm:"column:added_by" json:"added_by"`
	AddedAt    store.Micros `gorm:"column:added_at" json:"added_at"`
}

// TableName names the table.
func (Revision) TableName() string { return "revisions" }

// Sentence is a segment of a revision, cut once, when the revision came in. Its span counts code points of the raw
// text.
type Sentence struct {
	ID         SentenceID `gorm:"column:id;primaryKey" json:"id"`
	RevisionID RevisionID `gorm:"column:revision_id" json:"revision"`
	N          int        `gorm:"column:n" json:"n"`
	text.Span
	Lang string `gorm:"column:lang" json:"lang" words:"fact"`
	Dir  string `gorm:"column:dir" json:"dir" words:"fact"`
	Kind string `gorm:"column:kind" json:"kind" words:"fact"`
}

// TableName names the table.
func (Sentence) TableName() string { return "sentences" }

// ByID reads an article inside a transaction; it asks no permission.
func ByID(r *store.Rx, id ID) (a Article, err error) {
	return a, store.Take(r.Gorm(), &a, "such article", "id = ?", id)
}

// AtAddresses finds the live articles of a collection that stand at these addresses, in the spellings that are usual,
// by address as it was given; of several the oldest. It asks no permission.
func AtAddresses(r *store.Rx, in auth.CollectionID, addresses []string) (map[string]ID, error) {
	at, out := map[string]ID{}, map[string]ID{}
	for chunk := range slices.Chunk(addresses, idsAtOnce/9) { // each has nine spellings
		var all []string
		for _, address := range chunk {
			all = append(all, spellings(address)...)
		}
		found, err := store.Select[struct {
			ID  ID
			URL string
		}](r, "SELECT id, url FROM articles WHERE collection_id = ? AND state = ? AND url IN ? ORDER BY id DESC", in,
			Live, all)
		if err != nil {
			return nil, err
		}
		for _, a := range found {
			at[Bare(a.URL)] = a.ID
		}
	}
	for _, address := range addresses {
		if id := at[Bare(address)]; id != 0 {
			out[address] = id
		}
	}
	return out, nil
}

// ProtectedAt finds the protected articles of a collection that stood at these addresses, however they are spelt, by
// address as it was given: for lists that must not name them, and for what would take the document in openly. It asks
// no permission.
func ProtectedAt(r *store.Rx, in auth.CollectionID, addresses []string) (map[string]ID, error) {
	url := "json_extract(words, '$.url')"
	if r.Dialect() == store.Postgres {
		url = "(CAST(words AS JSONB) ->> 'url')"
	}
	found, err := store.Select[struct {
		ID  ID
		URL string
	}](r, "SELECT article_id AS id, "+url+" AS url FROM article_protections WHERE collection_id = ? AND "+url+
		" <> '' ORDER BY id DESC", in)
	if err != nil || len(found) == 0 {
		return map[string]ID{}, err
	}
	hidden, out := make(map[string]ID, len(found)), map[string]ID{}
	for _, a := range found {
		hidden[Bare(a.URL)] = a.ID
	}
	for _, address := range addresses {
		if id := hidden[Bare(address)]; id != 0 && address != "" {
			out[address] = id
		}
	}
	return out, nil
}

// locked reads an article that this Write changes: nobody else changes it until the Write has ended.
func locked(tx *store.Tx, id ID) (Article, error) {
	var a Article
	err := store.Take(tx.Lock(), &a, "such article", "id = ?", id)
	return a, err
}

// DocOf reads the raw text of a revision inside a transaction, withheld or not; it asks no permission.
func DocOf(r *store.Rx, id RevisionID) (*text.Doc, Revision, error) {
	var rv Revision
	if err := store.Take(r.Gorm(), &rv, "such revision", "id = ?", id); err != nil {
		return nil, rv, err
	}
	doc, err := text.NewDoc(rv.Raw)
	return doc, rv, err
}

// RevisionFacts reads revisions without their texts; it asks no permission.
func RevisionFacts(r *store.Rx, ids []RevisionID) (map[RevisionID]Revision, error) {
	out := make(map[RevisionID]Revision, len(ids))
	for chunk := range slices.Chunk(ids, idsAtOnce) {
		var part []Revision
		if err := r.Gorm().Omit("raw").Where("id IN ?", chunk).Find(&part).Error; err != nil {
			return nil, err
		}
		for _, rv := range part {
			out[rv.ID] = rv
		}
		hidden, err := store.Select[RevisionID](r, "SELECT rv.id FROM revisions rv JOIN articles a ON "+
			"a.id = rv.article_id WHERE rv.id IN ? AND a.state = ?", chunk, Protected)
		if err != nil {
			return nil, err
		}
		for _, id := range hidden {
			rv := out[id]
			rv.cover()
			out[id] = rv
		}
	}
	return out, nil
}
