package articles

import (
	"context"
	"encoding/json"
	"fmt"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// A protected article: what its row says of its source is taken out of the row and lies in a row of its own, and its
// text is not there for whoever asks for it, as after a take-down. Only OpenText and NearOpened show both, to whom
// desk.look lets (docs/adr/0448).

// Masked stands where the name of a protected source would.
const Masked = "Protected source"

// Protection holds what the row of a protected article said of its source.
type Protection struct {
	ID           int64             `gorm:"column:id;primaryKey"`
	CollectionID auth.CollectionID `gorm:"column:collection_id"`
	ArticleID    ID                `gorm:"column:article_id"`
	Words        string            `gorm:"column:words" words:"fact"` // a Kept as JSON
	ProtectedBy  auth.UserID       `gorm:"column:protected_by"`
	ProtectedAt  store.Micros      `gorm:"column:protected_at"`
}

// TableName names the table.
func (Protection) TableName() string { return "article_protections" }

// Kept is what was taken out of the row of an article.
type Kept struct {
	Title     string    `json:"title" words:"fact"`
	Byline    string    `json:"byline" words:"fact"`
	URL       string    `json:"url" words:"fact"`
	Published string    `json:"published" words:"fact"`
	SourceID  *SourceID `json:"source,omitempty"`
	Source    string    `json:"source_name" words:"fact"` // and what else its row said, where that is masked too
	Kind      string    `json:"source_kind" words:"fact"`
	Country   string    `json:"source_country" words:"fact"`
	Origin    string    `json:"origin" words:"fact"` // by name; "" not stated
}

// ProtectionReader is a reviewer whom an editor named: they read a protected article.
type ProtectionReader struct {
	ID        int64        `gorm:"column:id;primaryKey"`
	ArticleID ID           `gorm:"column:article_id"`
	UserID    auth.UserID  `gorm:"column:user_id"`
	NamedBy   auth.UserID  `gorm:"column:named_by"`
	NamedAt   store.Micros `gorm:"column:named_at"`
}

// TableName names the table.
func (ProtectionReader) TableName() string { return "article_protection_readers" }

// Beside hides and shows again, in the Write in which an article is protected and no longer is, what other rooms keep
// of its source. Hide gives the name of the article's origin, "" for none, and Show gets it back.
type Beside interface {
	Hide(tx *store.Tx, who history.Who, was Article, reason string) (origin string, err error)
	Show(tx *store.Tx, who history.Who, is Article, origin string) error
}

// WithProtected names what is hidden beside an article. It is called once, before the first is protected.
func (s *Service) WithProtected(b Beside) { s.beside = b }

// CheckProtection trims and checks the public reason for which a source is protected.
func CheckProtection(reason *string) error {
	if err := text.CheckReason(reason, "Say in public words why the source is protected, such as “source at risk”. "+
		"The reason is printed.", "A reason is needed; it is printed."); err != nil {
		return err
	}
	if n := len([]rune(*reason)); n > 200 {
		return fault.New(fault.Invalid, "The reason has %d characters. It is printed in the place of the source, so "+
			"it has at most 200.", n).With("reason", "At most 200 characters.")
	}
	return nil
}

// hide takes out of the row of an article what tells of its source, and gives it.
func (a *Article) hide(reason string) Kept {
	k := Kept{Title: a.Title, Byline: a.Byline, URL: a.URL, Published: a.Published, SourceID: a.SourceID}
	a.Title, a.Byline, a.URL, a.Published, a.SourceID = Masked, "", "", "", nil
	a.State, a.Protected = Protected, reason
	return k
}

// show puts back what hide took out.
func (a *Article) show(k Kept) {
	a.Title, a.Byline, a.URL, a.Published, a.SourceID = k.Title, k.Byline, k.URL, k.Published, k.SourceID
	a.State = Live
}

// sourceColumns are the columns that protecting changes.
func sourceColumns(a Article) map[string]any {
	return map[string]any{"title": a.Title, "byline": a.Byline, "url": a.URL, "published": a.Published,
		"source_id": a.SourceID, "state": a.State, "protected": a.Protected, "version": a.Version}
}

// mostCopies is how many articles are protected in one act. More that are one document are a mistake of a program.
const mostCopies = 100

// Copies lists the other live articles that are the same document: of the same address, or with the same text. One that
// stays open tells what the others hide, so they are protected together. It asks no permission.
func Copies(r *store.Rx, a Article) (out []Article, err error) {
	if a.RevisionID == nil {
		return nil, nil
	}
	at, err := liveAt(r, a)
	if err != nil {
		return nil, err
	}
	out, err = store.Select[Article](r, "SELECT a.* FROM articles a WHERE a.collection_id = ? AND a.id <> ? AND "+
		"a.state = ? AND (a.id IN ? OR a.id IN (SELECT o.article_id FROM revisions rv JOIN revisions "+
		"o ON o.sha256 = rv.sha256 WHERE rv.article_id = ?)) ORDER BY a.id LIMIT ?", a.CollectionID, a.ID, Live,
		append(at, -1), a.ID, mostCopies+1)
	if err == nil && len(out) > mostCopies {
		err = fault.New(fault.Conflict, "More than %d articles of this collection are this document, too many to "+
			"protect in one act. Take down the copies first.", mostCopies)
	}
	return out, err
}

// Protect hides the source of an article, its text and its copies from all but the collection's editors and whom they
// name. What is printed stays as it was printed; every copy that goes out from now on hides it.
func (s *Service) Protect(ctx context.Context, actor auth.Actor, id ID, version int64, reason string) (after Article,
	err error) {
	defer fault.In(&err, "articles.Protect(%d)", id)
	who, err := s.mayProtect(ctx, actor, id)
	if err != nil {
		return after, err
	}
	if err := CheckProtection(&reason); err != nil {
		return after, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		a, err := ByID(&tx.Rx, id)
		if err != nil {
			return err
		}
		if err := closing(tx, a.CollectionID); err != nil {
			return err
		}
		now, err := locked(tx, id)
		if err != nil {
			return err
		}
		if err := Protectable(now); err != nil {
			return err
		}
		also, err := Copies(&tx.Rx, now)
		if err != nil {
			return err
		}
		if after, err = s.protect(tx, who, now, version, reason); err != nil {
			return err
		}
		for _, o := range also {
			if o, err = locked(tx, o.ID); err == nil && Protectable(o) == nil {
				_, err = s.protect(tx, who, o, o.Version, reason)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	return after, err
}

func (s *Service) protect(tx *store.Tx, who history.Who, now Article, version int64, reason string) (Article, error) {
	if is, err := isComing(&tx.Rx, *now.RevisionID); err != nil {
		return now, err
	} else if is {
		return now, fault.New(fault.Conflict, "The text of article %d is still being taken in. Protect it when all of "+
			"it is there.", now.ID)
	}
	after := now
	kept := after.hide(reason)
	after.Version = version + 1
	tx.AfterCommit(func() { s.gone(now.CollectionID) })
	if err := store.Changed(tx.Gorm().Model(&Article{}).Where("id = ? AND version = ?", now.ID, version).
		Updates(sourceColumns(after)), "this article"); err != nil {
		return now, err
	}
	if err := s.dropText(tx, now.ID); err != nil {
		return now, err
	}
	if err := markClosed(tx, now.CollectionID, now.ID); err != nil {
		return now, err
	}
	if err := s.leaving(tx, who, now); err != nil {
		return now, err
	}
	if err := hideSource(tx, who, &kept); err != nil {
		return now, err
	}
	var err error
	if s.beside != nil {
		if kept.Origin, err = s.beside.Hide(tx, who, now, reason); err != nil {
			return now, err
		}
	}
	if err := keep(tx, who, now, kept); err != nil {
		return now, err
	}
	return after, record(tx, who, "article.protected", int64(now.CollectionID), articleFields(now),
		articleFields(after), articleTexts(after), Object(now.ID), "")
}

// keep writes down what was hidden of an article.
func keep(tx *store.Tx, who history.Who, a Article, k Kept) error {
	words, err := json.Marshal(k)
	if err != nil {
		return err
	}
	p := Protection{CollectionID: a.CollectionID, ArticleID: a.ID, Words: string(words),
		ProtectedBy: auth.UserID(who.UserID), ProtectedAt: tx.Now()}
	if err := tx.Gorm().Create(&p).Error; err != nil {
		return err
	}
	return record(tx, who, "article_protection.kept", int64(p.CollectionID), nil, protectionFields(p),
		history.Texts{"words": p.Words}, protectionObject(p.ID), "")
}

// dropText takes the sentences of an article out of the index.
func (s *Service) dropText(tx *store.Tx, id ID) error {
	if s.index == nil {
		return nil
	}
	var sentences []Sentence
	if err := tx.Gorm().Where("revision_id IN (SELECT id FROM revisions WHERE article_id = ?)",
		id).Find(&sentences).Error; err != nil {
		return err
	}
	return s.index.DropRevision(tx, sentences)
}

// hideSource masks the row of a source when no open article of any collection names it.
func hideSource(tx *store.Tx, who history.Who, k *Kept) error {
	if k.SourceID == nil {
		return nil
	}
	var src Source
	if err := store.Take(tx.Lock(), &src, "such source", "id = ?", *k.SourceID); err != nil {
		return err
	}
	if src.Protected {
		return fault.New(fault.Internal, "an open article names the protected source %d", src.ID)
	}
	k.Source, k.Kind, k.Country = src.Name, src.Kind, src.Country
	used, _, err := store.One[bool](&tx.Rx, "SELECT EXISTS (SELECT 1 FROM articles WHERE source_id = ?) AS "+
		"used", src.ID)
	if err != nil || used {
		return err
	}
	masked := src
	masked.Name, masked.Kind, masked.Country, masked.Protected = fmt.Sprintf("%s %d", Masked, src.ID), "", "", true
	masked.Version++
	return changeSource(tx, who, "source.protected", src, masked)
}

func changeSource(tx *store.Tx, who history.Who, action string, was, is Source) error {
	if err := tx.Gorm().Model(&Source{}).Where("id = ?", is.ID).Updates(map[string]any{"name": is.Name,
		"kind": is.Kind, "country": is.Country, "protected": is.Protected, "version": is.Version}).Error; err != nil {
		return err
	}
	return record(tx, who, action, 0, sourceFields(was), sourceFields(is), sourceTexts(is), SourceObject(is.ID), "")
}

// showSource gives a masked source its name back, and says which source an article that is open again has.
func showSource(tx *store.Tx, who history.Who, k *Kept) error {
	if k.SourceID == nil {
		return nil
	}
	var src, named Source
	if err := store.Take(tx.Lock(), &src, "such source", "id = ?", *k.SourceID); err != nil || !src.Protected {
		return err
	}
	err := store.Take(tx.Lock(), &named, "such source", "name = ?", k.Source)
	if err == nil { // it was named anew meanwhile
		k.SourceID = &named.ID
		return nil
	} else if fault.KindOf(err) != fault.NotFound {
		return err
	}
	shown := src
	shown.Name, shown.Kind, shown.Country, shown.Protected = k.Source, k.Kind, k.Country, false
	shown.Version++
	return changeSource(tx, who, "source.unprotected", src, shown)
}

// Unprotect shows an article again to everybody who reads its collection.
func (s *Service) Unprotect(ctx context.Context, actor auth.Actor, id ID, version int64) (after Article, err error) {
	defer fault.In(&err, "articles.Unprotect(%d)", id)
	who, err := s.mayProtect(ctx, actor, id)
	if err != nil {
		return after, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		now, err := locked(tx, id)
		if err != nil {
			return err
		}
		p, k, err := protectionOf(tx, id)
		if err != nil {
			return err
		}
		if err := showSource(tx, who, &k); err != nil {
			return err
		}
		after = now
		after.show(k)
		after.Protected, after.Version = "", version+1
		tx.AfterCommit(func() { s.gone(now.CollectionID); s.moved(now.CollectionID) })
		if err := store.Changed(tx.Gorm().Model(&Article{}).Where("id = ? AND version = ?", id, version).
			Updates(sourceColumns(after)), "this article"); err != nil {
			return err
		}
		if err := s.indexAgain(tx, *now.RevisionID); err != nil {
			return err
		}
		if err := unmark(tx, id); err != nil {
			return err
		}
		if err := s.lift(tx, who, p); err != nil {
			return err
		}
		if s.beside != nil {
			if err := s.beside.Show(tx, who, after, k.Origin); err != nil {
				return err
			}
		}
		return record(tx, who, "article.unprotected", int64(now.CollectionID), articleFields(now), articleFields(after),
			articleTexts(after), Object(id), "")
	})
	return after, err
}

func (s *Service) indexAgain(tx *store.Tx, id RevisionID) error {
	if s.index == nil {
		return nil
	}
	doc, _, err := DocOf(&tx.Rx, id)
	if err != nil {
		return err
	}
	var sentences []Sentence
	if err := tx.Gorm().Where("revision_id = ?", id).Order("n").Find(&sentences).Error; err != nil {
		return err
	}
	return s.index.AddRevision(tx, doc, sentences)
}

// lift takes away what was kept, and whom editors named.
func (s *Service) lift(tx *store.Tx, who history.Who, p Protection) error {
	if err := unname(tx, who, p, 0); err != nil {
		return err
	}
	if err := tx.Gorm().Where("id = ?", p.ID).Delete(&Protection{}).Error; err != nil {
		return err
	}
	return record(tx, who, "article_protection.lifted", int64(p.CollectionID), protectionFields(p), nil, nil,
		protectionObject(p.ID), "")
}

func protectionOf(tx *store.Tx, id ID) (p Protection, k Kept, err error) {
	err = store.Take(tx.Lock(), &p, "protected source of this article", "article_id = ?", id)
	if fault.KindOf(err) == fault.NotFound {
		return p, k, fault.New(fault.Conflict, "The source of article %d is not protected.", id)
	} else if err != nil {
		return p, k, err
	}
	return p, k, json.Unmarshal([]byte(p.Words), &k)
}

// mayProtect asks whether a person may protect the source of an article.
func (s *Service) mayProtect(ctx context.Context, actor auth.Actor, id ID) (who history.Who, err error) {
	a, err := s.Get(ctx, actor, id)
	if err != nil {
		return who, err
	}
	return s.policy.May(actor, auth.ThingEvidence, auth.Protect, a.CollectionID)
}
