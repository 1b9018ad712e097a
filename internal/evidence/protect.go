package evidence

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/notices"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// A protected source: what an item of evidence says of its source is taken out of the item's row and lies in a row of
// its own, which only Protections reads. So whoever reads evidence, now or in a later program, reads nothing of it
// unless they ask for it by name (docs/adr/0420).

// Masked stands where the name of a protected source would, and that of its origin.
const Masked = articles.Masked

// Protection holds what an item says of its source.
type Protection struct {
	ID           int64             `gorm:"column:id;primaryKey"`
	CollectionID auth.CollectionID `gorm:"column:collection_id"`
	EvidenceID   ID                `gorm:"column:evidence_id"`
	Words        string            `gorm:"column:words" words:"fact"` // a Kept as JSON
	ProtectedBy  auth.UserID       `gorm:"column:protected_by"`
	ProtectedAt  store.Micros      `gorm:"column:protected_at"`
}

// TableName names the table.
func (Protection) TableName() string { return "protections" }

// Kept is what was taken out of the row of an item.
type Kept struct {
	URL         string        `json:"url" words:"fact"`
	ArchivedURL string        `json:"archived_url" words:"fact"`
	Title       string        `json:"title" words:"fact"`
	Publisher   string        `json:"publisher" words:"fact"`
	ReadOn      string        `json:"read_on" words:"fact"`
	Exact       string        `json:"exact" words:"fact"`
	Lang        string        `json:"lang" words:"fact"`
	Dir         string        `json:"dir" words:"fact"`
	Note        string        `json:"note" words:"fact"`
	Differences store.Strings `json:"differences" words:"fact"`
	Origin      string        `json:"origin" words:"fact"` // by name; "" not stated
}

func (p Protection) kept() (k Kept, err error) {
	return k, json.Unmarshal([]byte(p.Words), &k)
}

// ProtectionReader is a reviewer whom an editor named: they read what is protected.
type ProtectionReader struct {
	ID           int64        `gorm:"column:id;primaryKey"`
	ProtectionID int64        `gorm:"column:protection_id"`
	UserID       auth.UserID  `gorm:"column:user_id"`
	NamedBy      auth.UserID  `gorm:"column:named_by"`
	NamedAt      store.Micros `gorm:"column:named_at"`
}

// TableName names the table.
func (ProtectionReader) TableName() string { return "protection_readers" }

// AnswerTitle begins the title of an answer of somebody who was asked; the day stands after it (replies.Service.Use).
const AnswerTitle = "Answer of "

// Protectable says whether the source of an item may be protected: it is an outside document, and open. The reason is
// printed in the place of the source.
func Protectable(it Item) error {
	switch {
	case it.Protected != "":
		return fault.New(fault.Conflict, "The source of evidence #%d is protected already.", it.ID)
	case it.ArticleID != nil:
		return fault.New(fault.Conflict, "Evidence #%d is a passage of article %d. Protect that article: its source "+
			"and its text are then hidden wherever they stand.", it.ID, *it.ArticleID)
	case it.URL == "" && it.Title == AnswerTitle+it.ReadOn:
		return fault.New(fault.Conflict, "Evidence #%d is an answer to a question. Who gave it, and what they said, "+
			"stands in the replies of the claim and in print, so that hiding it here would protect nobody. Unlink it, "+
			"have the texts of the reply erased, and link the words as a protected document.", it.ID)
	}
	return nil
}

// hide takes out of an item what it says of its source, and gives it; the origin is the caller's to hide.
func (i *Item) hide(reason string) Kept {
	k := Kept{URL: i.URL, ArchivedURL: i.ArchivedURL, Title: i.Title, Publisher: i.Publisher, ReadOn: i.ReadOn,
		Exact: i.Exact, Lang: i.Lang, Dir: i.Dir, Note: i.Note, Differences: i.Differences}
	i.URL, i.ArchivedURL, i.Title, i.Publisher, i.ReadOn, i.Exact, i.Note = "", "", "", Masked, "", "", ""
	i.Lang, i.Dir, i.Differences, i.Protected = "und", string(text.LTR), store.Strings{}, reason
	return k
}

// show puts back what hide took out.
func (i *Item) show(k Kept) {
	i.URL, i.ArchivedURL, i.Title, i.Publisher, i.ReadOn, i.Exact, i.Lang, i.Dir, i.Note, i.Differences = k.URL,
		k.ArchivedURL, k.Title, k.Publisher, k.ReadOn, k.Exact, k.Lang, k.Dir, k.Note, k.Differences
}

// Open shows what is protected to a person who may read it.
func (x *Shown) Open(p Protection) error {
	k, err := p.kept()
	if err != nil {
		return err
	}
	x.show(k)
	x.Capture = x.kept
	if x.Opened = true; k.Origin != "" && x.Origin != nil {
		x.Origin.Name = k.Origin
	}
	return nil
}

// ProtectedIn gives the items of a collection whose sources are protected, with the reasons: what was printed before
// names them. When each was is not asked, for clocks go back. It asks no permission.
func ProtectedIn(r *store.Rx, in auth.CollectionID) (map[ID]string, error) {
	rows, err := store.Select[struct {
		ID        ID
		Protected string
	}](r, "SELECT e.id, e.protected FROM protections p JOIN evidence e ON e.id = p.evidence_id WHERE "+
		"p.collection_id = ?", in)
	out := make(map[ID]string, len(rows))
	for _, x := range rows {
		out[x.ID] = x.Protected
	}
	return out, err
}

// ProtectionsOf reads what is protected of some items, and whether a person is a named reader of it. It asks no
// permission: an editor of the collection reads it, and whom they named, as long as they link evidence there.
func ProtectionsOf(r *store.Rx, ids []ID, reader auth.UserID) (map[ID]Protection, map[ID]bool, error) {
	all, named := map[ID]Protection{}, map[ID]bool{}
	if len(ids) == 0 {
		return all, named, nil
	}
	rows, err := store.Find[Protection](r.Gorm().Where("evidence_id IN ?", ids))
	if err != nil {
		return nil, nil, err
	}
	for _, p := range rows {
		all[p.EvidenceID] = p
	}
	whose, err := store.Select[ID](r, "SELECT p.evidence_id FROM protection_readers pr JOIN protections p ON "+
		"p.id = pr.protection_id WHERE pr.user_id = ? AND p.evidence_id IN ?", reader, ids)
	for _, id := range whose {
		named[id] = true
	}
	return all, named, err
}

// ReadersOf lists whom editors named to read what is protected of an item, in the order in which they were named. It
// asks no permission.
func ReadersOf(r *store.Rx, id ID) ([]ProtectionReader, error) {
	return store.Select[ProtectionReader](r, "SELECT pr.* FROM protection_readers pr JOIN protections p ON "+
		"p.id = pr.protection_id WHERE p.evidence_id = ? ORDER BY pr.id", id)
}

// Unprotect shows the source of an item again, to everybody who reads the claim.
func (s *Service) Unprotect(ctx context.Context, actor auth.Actor, id ID, version int64) (after Item, err error) {
	defer fault.In(&err, "evidence.Unprotect(%d)", id)
	who, err := s.mayProtect(ctx, actor, id)
	if err != nil {
		return Item{}, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		now, err := lockItem(tx, id)
		if err != nil {
			return err
		}
		p, err := protectionOf(tx, id)
		if err != nil {
			return err
		}
		k, err := p.kept()
		if err != nil {
			return err
		}
		after = now
		after.show(k)
		after.Protected, after.Version = "", version+1
		if now.OriginID != nil {
			if after.OriginID, err = showOrigin(tx, who, now, k.Origin); err != nil {
				return err
			}
		}
		if err := store.Changed(tx.Gorm().Model(&Item{}).Where("id = ? AND version = ?", id, version).
			Updates(sourceColumns(after)), "this evidence"); err != nil {
			return err
		}
		if err := unname(tx, who, p, 0); err != nil {
			return err
		}
		if err := tx.Gorm().Where("id = ?", p.ID).Delete(&Protection{}).Error; err != nil {
			return err
		}
		_, err = history.AppendAll(tx, who, []history.Event{
			{Action: "protection.lifted", Object: protectionObject(p.ID), Collection: int64(p.CollectionID),
				Before: protectionFields(p)},
			{Action: "evidence.unprotected", Object: Object(id), Collection: int64(now.CollectionID),
				Before: fields(now), After: fields(after), Texts: texts(after)}})
		return err
	})
	return after, err
}

// NameReader lets a reviewer read what is protected of an item, or, with is false, no longer.
func (s *Service) NameReader(ctx context.Context, actor auth.Actor, id ID, reader auth.UserID, is bool) (it Item,
	err error) {
	defer fault.In(&err, "evidence.NameReader(%d, %d, %t)", id, reader, is)
	who, err := s.mayProtect(ctx, actor, id)
	if err != nil {
		return Item{}, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) (err error) {
		if it, err = lockItem(tx, id); err != nil {
			return err
		}
		p, err := protectionOf(tx, id)
		if err != nil {
			return err
		}
		if !is && reader > 0 { // 0 would be all of them
			if err := notices.Untell(tx, notices.About{In: p.CollectionID, Kind: notices.SourceNamed,
				Claim: int64(it.ClaimID), Ref: Object(id)}, reader); err != nil {
				return err
			}
			return unname(tx, who, p, reader)
		}
		if err := s.policy.Nameable(&tx.Rx, it.CollectionID, reader); err != nil {
			return err
		}
		var n int64
		if err := tx.Gorm().Model(&ProtectionReader{}).Where("protection_id = ? AND user_id = ?", p.ID, reader).
			Count(&n).Error; err != nil || n > 0 {
			return err // named already: nothing to do
		}
		row := ProtectionReader{ProtectionID: p.ID, UserID: reader, NamedBy: actor.UserID, NamedAt: tx.Now()}
		if err := notices.Tell(tx, notices.About{In: p.CollectionID, Kind: notices.SourceNamed,
			Claim: int64(it.ClaimID), Ref: Object(id)}, reader); err != nil {
			return err
		}
		return nameReaders(tx, who, p.CollectionID, row)
	})
	return it, err
}

// mayProtect asks whether a person may protect the source of an item; one of a collection that they do not read is not
// there for them.
func (s *Service) mayProtect(ctx context.Context, actor auth.Actor, id ID) (who history.Who, err error) {
	var it Item
	if err := s.db.Read(ctx, func(r *store.Rx) error {
		return store.Take(r.Gorm(), &it, "such evidence", "id = ?", id)
	}); err != nil {
		return who, err
	}
	if _, err := s.policy.May(actor, auth.ThingClaim, auth.Read, it.CollectionID); err != nil {
		return who, fault.Wrap(fault.NotFound, err, "There is no such evidence.")
	}
	return s.policy.May(actor, auth.ThingEvidence, auth.Protect, it.CollectionID)
}

func lockItem(tx *store.Tx, id ID) (it Item, err error) {
	return it, store.Take(tx.Lock(), &it, "such evidence", "id = ?", id)
}

func protectionOf(tx *store.Tx, id ID) (p Protection, err error) {
	err = store.Take(tx.Lock(), &p, "protected source of this evidence", "evidence_id = ?", id)
	if fault.KindOf(err) == fault.NotFound {
		return p, fault.New(fault.Conflict, "The source of evidence #%d is not protected.", id)
	}
	return p, err
}

// sourceColumns are the columns that protecting changes.
func sourceColumns(i Item) map[string]any {
	return map[string]any{"url": i.URL, "archived_url": i.ArchivedURL, "title": i.Title, "publisher": i.Publisher,
		"read_on": i.ReadOn, "exact": i.Exact, "lang": i.Lang, "dir": i.Dir, "note": i.Note,
		"differences": i.Differences, "origin_id": i.OriginID, "protected": i.Protected, "version": i.Version}
}

// keep writes down what was hidden of an item.
func keep(tx *store.Tx, who history.Who, it Item, k Kept) error {
	words, err := json.Marshal(k)
	if err != nil {
		return err
	}
	return keepWords(tx, who, it, string(words))
}

func keepWords(tx *store.Tx, who history.Who, it Item, words string) error {
	p := Protection{CollectionID: it.CollectionID, EvidenceID: it.ID, Words: words,
		ProtectedBy: auth.UserID(who.UserID), ProtectedAt: tx.Now()}
	if err := tx.Gorm().Create(&p).Error; err != nil {
		return err
	}
	_, err := history.Append(tx, who, history.Event{Action: "protection.kept", Object: protectionObject(p.ID),
		Collection: int64(p.CollectionID), After: protectionFields(p), Texts: history.Texts{"words": p.Words}})
	return err
}

func nameReaders(tx *store.Tx, who history.Who, in auth.CollectionID, rows ...ProtectionReader) error {
	for i := range rows {
		if err := tx.Gorm().Create(&rows[i]).Error; err != nil {
			return err
		}
		if _, err := history.Append(tx, who, history.Event{Action: "protection.reader_named",
			Object: readerObject(rows[i].ID), Collection: int64(in), After: readerFields(rows[i])}); err != nil {
			return err
		}
	}
	return nil
}

// unname takes readers away: one, or with 0 all.
func unname(tx *store.Tx, who history.Who, p Protection, reader auth.UserID) error {
	var rows []ProtectionReader
	q := tx.Lock().Where("protection_id = ?", p.ID)
	if reader != 0 {
		q = q.Where("user_id = ?", reader)
	}
	if err := q.Order("id").Find(&rows).Error; err != nil {
		return err
	}
	for _, x := range rows {
		if err := tx.Gorm().Where("id = ?", x.ID).Delete(&ProtectionReader{}).Error; err != nil {
			return err
		}
		if _, err := history.Append(tx, who, history.Event{Action: "protection.reader_removed",
			Object: readerObject(x.ID), Collection: int64(p.CollectionID), Before: readerFields(x)}); err != nil {
			return err
		}
	}
	return nil
}

// linkProtected hides the source of an item before it is ever written.
func linkProtected(tx *store.Tx, who history.Who, i *Item, l Link, c claims.Claim) (Kept, error) {
	own, err := articles.ByID(&tx.Rx, c.ArticleID)
	if err != nil {
		return Kept{}, err
	}
	if own.URL != "" && (own.URL == l.URL || own.URL == l.ArchivedURL) {
		return Kept{}, fault.New(fault.Invalid, "This is the address of the claim's own article, which is no evidence "+
			"for itself.").With("url", "Choose another document.")
	}
	if err := hideEarlier(tx, who, *i, l.Protect); err != nil {
		return Kept{}, err
	}
	k := i.hide(l.Protect)
	k.Origin = l.Origin
	if l.Origin != "" {
		i.OriginID, err = hiddenOrigin(tx, who, i.CollectionID, l.Origin)
	}
	return k, err
}

// carryProtection gives an item that a merge carried over what is hidden of the item it was made of, with its readers.
func carryProtection(tx *store.Tx, who history.Who, from ID, to Item) error {
	p, err := protectionOf(tx, from)
	if err != nil {
		return err
	}
	if err := keepWords(tx, who, to, p.Words); err != nil {
		return err
	}
	of, err := protectionOf(tx, to.ID)
	if err != nil {
		return err
	}
	readers, err := ReadersOf(&tx.Rx, from)
	for i := range readers {
		readers[i].ID, readers[i].ProtectionID = 0, of.ID
	}
	if err != nil {
		return err
	}
	return nameReaders(tx, who, to.CollectionID, readers...)
}

func protectionObject(id int64) string { return fmt.Sprintf("protection:%d", id) }
func readerObject(id int64) string     { return fmt.Sprintf("protection_reader:%d", id) }

func protectionFields(p Protection) history.Fields {
	return history.Fields{"collection": history.Num(p.CollectionID), "evidence": history.Num(p.EvidenceID),
		"protected_by": history.Num(p.ProtectedBy), "protected_at": history.Num(p.ProtectedAt)}
}

func readerFields(x ProtectionReader) history.Fields {
	return history.Fields{"protection": history.Num(x.ProtectionID), "user": history.Num(x.UserID),
		"named_by": history.Num(x.NamedBy), "named_at": history.Num(x.NamedAt)}
}

// unfit keeps a name that people give to an origin apart from the masks of protected ones.
func unfit(name string) error {
	if !strings.HasPrefix(text.Fold(name), text.Fold(Masked)) {
		return nil
	}
	return fault.New(fault.Invalid, "“%s” is how protected sources are shown. Name the origin, or protect the source.",
		name).With("origin", "This name is kept for protected sources.")
}
