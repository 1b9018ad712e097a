package articles

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"unicode/utf8"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/files"
	"claimbench/internal/history"
	"claimbench/internal/intake"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Original is what a revision was read from. Its bytes lie beside it, and are as little there as the text when the
// article is taken down or protected (docs/adr/0486).
type Original struct {
	ID           RevisionID                 `gorm:"column:id;primaryKey;autoIncrement:false"`
	ArticleID    ID                         `gorm:"column:article_id"`
	CollectionID auth.CollectionID          `gorm:"column:collection_id"`
	Name         string                     `gorm:"column:name" words:"article"`   // of the file, or of the page
	SHA256       string                     `gorm:"column:sha256" words:"article"` // "": the bytes are not kept
	Size         int64                      `gorm:"column:size"`                   // in bytes
	Reader       string                     `gorm:"column:reader" words:"fact"`
	Version      int                        `gorm:"column:version"` // of the reader
	Encoding     string                     `gorm:"column:encoding" words:"fact"`
	LeftOut      store.List[intake.LeftOut] `gorm:"column:left_out" words:"article"`
}

// TableName names the table.
func (Original) TableName() string { return "originals" }

type originalBytes struct {
	ID    RevisionID `gorm:"column:id;primaryKey;autoIncrement:false"`
	Bytes []byte     `gorm:"column:bytes" words:"article"` // gzip
}

func (originalBytes) TableName() string { return "original_bytes" }

// Paragraph says where a paragraph of a revision stands in its file. Zero values are unknown.
type Paragraph struct {
	RevisionID RevisionID `gorm:"column:revision_id;primaryKey;autoIncrement:false"`
	text.Span             // code points of the revision
	Page       int        `gorm:"column:page"`    // 1 is the first
	From       int64      `gorm:"column:from_ms"` // and Until: milliseconds, of subtitles
	Until      int64      `gorm:"column:until_ms"`
	Element    string     `gorm:"column:element" words:"fact"` // of HTML
	At         string     `gorm:"column:at" words:"fact"`      // RFC 3339, of a post
	Uncertain  bool       `gorm:"column:uncertain"`            // the order of its words is not certain
}

// TableName names the table.
func (Paragraph) TableName() string { return "paragraphs" }

// Words is the place as people read it, "" where none is known: "page 3", "12:04–12:09". An element says something to
// programs only.
func (p Paragraph) Words() string {
	switch {
	case p.Page > 0:
		return fmt.Sprintf("page %d", p.Page)
	case p.Until > 0:
		return clock(p.From) + "–" + clock(p.Until)
	}
	return p.At
}

func clock(ms int64) string {
	s := ms / 1000
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// kept is what is kept of a file beside the text, made ready before any Write.
type kept struct {
	Original
	packed     []byte // "" the bytes lie outside of the database, as the SHA-256 says
	outside    bool
	paragraphs []Paragraph
}

// keeping makes ready what is kept of a document that was read; nil when the text was typed or pasted, or is no longer
// the one that was read.
func (s *Service) keeping(ctx context.Context, in Import) (*kept, error) {
	d := in.Read
	if d == nil || d.Reader == "" || d.Text != in.Raw {
		return nil, nil
	}
	raw := d.Bytes()
	k := &kept{Original: Original{Name: d.Name, Size: int64(len(raw)), Reader: d.Reader, Version: d.Version,
		Encoding: d.Encoding, LeftOut: d.LeftOut}}
	if len(raw) > 0 {
		sum := sha256.Sum256(raw)
		k.SHA256 = hex.EncodeToString(sum[:])
		at, err := files.Put(ctx, s.db, raw)
		if err != nil {
			return nil, err
		}
		if k.outside = at != ""; !k.outside {
			if k.packed, err = files.Packed(raw); err != nil {
				return nil, err
			}
		}
	}
	at, cp := 0, 0
	for _, p := range d.Parts {
		if p.Start < at || p.End < p.Start || p.End > len(d.Text) {
			continue // a reader that says so has lost its way; nothing is better than something wrong
		}
		cp += utf8.RuneCountInString(d.Text[at:p.Start])
		row := Paragraph{Span: text.Span{Start: cp}, Page: p.Page, From: p.From, Until: p.Until, Element: p.Element,
			At:        p.At,
			Uncertain: p.Uncertain}
		cp += utf8.RuneCountInString(d.Text[p.Start:p.End])
		row.End, at = cp, p.End
		if none := (Paragraph{Span: row.Span}); row != none && row.End > row.Start {
			k.paragraphs = append(k.paragraphs, row)
		}
	}
	return k, nil
}

// write keeps it for a revision.
func (k *kept) write(tx *store.Tx, who history.Who, a Article, rv RevisionID) error {
	if k == nil {
		return nil
	}
	o := k.Original
	o.ID, o.ArticleID, o.CollectionID = rv, a.ID, a.CollectionID
	if err := tx.Gorm().Create(&o).Error; err != nil {
		return err
	}
	if k.outside {
		if err := files.Own(tx, originalObject(rv), o.SHA256); err != nil {
			return err
		}
	}
	if len(k.packed) > 0 {
		if err := tx.Gorm().Create(&originalBytes{rv, k.packed}).Error; err != nil {
			return err
		}
	}
	rows := make([]Paragraph, len(k.paragraphs))
	for i, p := range k.paragraphs {
		p.RevisionID = rv
		rows[i] = p
	}
	if len(rows) > 0 {
		if err := tx.Gorm().CreateInBatches(rows, 200).Error; err != nil {
			return err
		}
	}
	return record(tx, who, "original.kept", int64(a.CollectionID), nil, originalFields(o), originalTexts(o),
		originalObject(rv), "")
}

func originalObject(id RevisionID) string { return fmt.Sprintf("original:%d", id) }

func originalFields(o Original) history.Fields {
	return history.Fields{"article": history.Num(o.ArticleID), "reader": o.Reader, "reader_version": history.Num(
		o.Version)}
}

func originalTexts(o Original) history.Texts {
	return history.Texts{"name": o.Name, "sha256": o.SHA256}
}

// OriginalOf reads what a revision was read from; there is none of a text that was typed or pasted. It asks no
// permission, and whether the article is closed is the caller's to ask.
func OriginalOf(r *store.Rx, id RevisionID) (o Original, is bool, err error) {
	return store.One[Original](r, "SELECT * FROM originals WHERE id = ?", id)
}

// HasOriginal says whether it is known what a revision was read from. It asks no permission.
func HasOriginal(r *store.Rx, id RevisionID) (is bool, err error) {
	is, _, err = store.One[bool](r, "SELECT EXISTS (SELECT 1 FROM originals WHERE id = ?) AS is_there", id)
	return is, err
}

// OriginalBytes writes the bytes of an original. It asks no permission, as OriginalOf.
func OriginalBytes(r *store.Rx, id RevisionID, w io.Writer) error {
	row, is, err := store.One[originalBytes](r, "SELECT * FROM original_bytes WHERE id = ?", id)
	if err != nil {
		return err
	}
	if !is {
		if is, err = files.Read(r, originalObject(id), w); err == nil && !is {
			err = fault.New(fault.NotFound, "The bytes of this file are not kept.")
		}
		return err
	}
	z, err := gzip.NewReader(bytes.NewReader(row.Bytes))
	if err != nil {
		return err
	}
	_, err = io.Copy(w, z)
	return err
}

// MoveOut moves the bytes that lie in the database into the folder of files, one original after the other. It gives how
// many, also when it is stopped. What it moves is the same, so the history has nothing of it.
func MoveOut(ctx context.Context, db *store.DB) (n int, err error) {
	defer fault.In(&err, "articles.MoveOut()")
	for last := RevisionID(0); ; {
		var row originalBytes
		is := false
		if err := db.Read(ctx, func(r *store.Rx) (err error) {
			row, is, err = store.One[originalBytes](r, "SELECT * FROM original_bytes WHERE id > ? ORDER BY id LIMIT 1",
				last)
			return err
		}); err != nil || !is {
			return n, err
		}
		last = row.ID
		moved, err := moveOut(ctx, db, row)
		if err != nil {
			return n, err
		}
		if moved {
			n++
		}
	}
}

// moveOut moves one. Bytes that cannot be unpacked are left for an audit to find.
func moveOut(ctx context.Context, db *store.DB, row originalBytes) (moved bool, err error) {
	z, err := gzip.NewReader(bytes.NewReader(row.Bytes))
	if err != nil {
		return false, nil
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		return false, nil
	}
	sum, err := files.Put(ctx, db, raw)
	if err != nil || sum == "" {
		return false, err
	}
	err = db.Write(ctx, func(tx *store.Tx) error {
		gone := tx.Gorm().Where("id = ?", row.ID).Delete(&originalBytes{})
		if moved = gone.RowsAffected == 1; gone.Error != nil || !moved { // erased by law meanwhile
			return gone.Error
		}
		return files.Own(tx, originalObject(row.ID), sum)
	})
	return moved, err
}

// MostParagraphs is how many paragraphs ParagraphsOf gives at once.
const MostParagraphs = 500

// ParagraphsOf gives where paragraphs of a revision stand, from a code point on, at most MostParagraphs.
func ParagraphsOf(r *store.Rx, id RevisionID, from int) ([]Paragraph, error) {
	return store.Select[Paragraph](r, "SELECT * FROM paragraphs WHERE revision_id = ? AND start_cp >= ? ORDER BY "+
		"start_cp "+
		"LIMIT ?", id, from, MostParagraphs)
}

// StartOfPage is the code point at which the first paragraph of a page of the file begins, or of the next that has one;
// 0 there is none.
func StartOfPage(r *store.Rx, id RevisionID, page int) (int, error) {
	at, _, err := store.One[int](r, "SELECT COALESCE(MIN(start_cp), 0) AS at FROM paragraphs WHERE revision_id = "+
		"? AND "+
		"page >= ?", id, page)
	return at, err
}

// StoodOf says of sentences where the paragraphs in which they begin stand in the files that their texts were read
// from; of those of which it is not known nothing. It asks no permission, and whether an article is closed is the
// caller's to ask.
func StoodOf(r *store.Rx, ids []SentenceID) (map[SentenceID]Paragraph, error) {
	out := map[SentenceID]Paragraph{}
	if len(ids) == 0 {
		return out, nil
	}
	found, err := store.Select[struct {
		SentenceID SentenceID `gorm:"column:sentence_id"`
		Paragraph
	}](r, "SELECT s.id AS sentence_id, p.* FROM sentences s JOIN paragraphs p ON p.revision_id = s.revision_id AND "+
		"p.start_cp = (SELECT MAX(start_cp) FROM paragraphs WHERE revision_id = s.revision_id AND start_cp <= "+
		"s.start_cp) WHERE s.id IN ? AND p.end_cp > s.start_cp", ids)
	for _, x := range found {
		out[x.SentenceID] = x.Paragraph
	}
	return out, err
}

// compareBytes finds originals whose bytes are not those that the row says.
func compareBytes(r *store.Rx, found history.Found) error {
	ids, err := store.Select[RevisionID](r, "SELECT id FROM originals WHERE sha256 <> '' UNION SELECT id FROM "+
		"original_bytes ORDER BY 1")
	if err != nil {
		return err
	}
	for _, id := range ids { // one at a time: they are large
		o, _, err := OriginalOf(r, id)
		if err != nil {
			return err
		}
		h := sha256.New()
		if err := OriginalBytes(r, id, h); err != nil || hex.EncodeToString(h.Sum(nil)) != o.SHA256 {
			found(originalObject(id), "the bytes that are kept are not those of the file: their SHA-256 is "+
				"another, or "+
				"they cannot be read"+outsideWhy(err))
		}
	}
	return nil
}

// outsideWhy says what is wrong with a file outside of the database; "" of others.
func outsideWhy(err error) string {
	if k := fault.KindOf(err); k == fault.NotFound || k == fault.Conflict || k == fault.Unavailable {
		return ". " + fault.Message(err)
	}
	return ""
}

// originalEmptied takes the bytes away with the name or the hash of a file that are erased.
func originalEmptied(tx *store.Tx, id, _, mark string, _ history.Fields) (string, error) {
	if err := tx.Gorm().Exec("DELETE FROM original_bytes WHERE CAST(id AS TEXT) = ?", id).Error; err != nil {
		return "", err
	}
	if err := files.Drop(tx, "original:"+id); err != nil {
		return "", err
	}
	return mark, tx.Gorm().Exec("UPDATE originals SET sha256 = '', left_out = '[]' WHERE CAST(id AS TEXT) = ?",
		id).Error
}
