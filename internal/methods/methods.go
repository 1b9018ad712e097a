package methods

import (
	"context"
	"fmt"
	"slices"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/guidelines"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// ID is a version's row.
type ID int64

// Version is one version of a collection's method.
type Version struct {
	ID           ID                `gorm:"column:id;primaryKey"`
	CollectionID auth.CollectionID `gorm:"column:collection_id"`
	N            int               `gorm:"column:n"`                   // from 1, without a gap; the largest is in force
	Words        string            `gorm:"column:words" words:"own"`   // Markdown
	Lang         string            `gorm:"column:lang" words:"fact"`   // of most of it
	Note         string            `gorm:"column:note" words:"own"`    // what is new in it
	Steps        store.Strings     `gorm:"column:scale" words:"own"`   // of the scale: see Scale
	SHA256       string            `gorm:"column:sha256" words:"fact"` // of the version as it is printed
	AuthorID     auth.UserID       `gorm:"column:author_id"`
	AddedAt      store.Micros      `gorm:"column:added_at"`
}

// TableName names the table.
func (Version) TableName() string { return "methods" }

// Texts are the words of a version that people wrote, to be forgotten where they quote what was taken down.
func (v *Version) Texts() []*string {
	out := []*string{&v.Words, &v.Note}
	for i := 1; i < len(v.Steps); i += 3 { // what each means
		out = append(out, &v.Steps[i])
	}
	return out
}

// Draft is a version on its way. Opened is the number of the version that the person had before them, 0 for none.
type Draft struct {
	Words, Lang, Note string
	Scale             Scale // what is said of some steps; the others mean what is usual
	Opened            int
}

// Service is what may be done with methods.
type Service struct {
	db     *store.DB
	policy *auth.Policy
}

// New makes the service.
func New(db *store.DB, policy *auth.Policy) *Service { return &Service{db: db, policy: policy} }

// Set puts a new version in force. It is fault.Conflict, with the newest as its detail, when somebody was faster.
func (s *Service) Set(ctx context.Context, actor auth.Actor, in auth.CollectionID, d Draft) (out Version, err error) {
	defer fault.In(&err, "methods.Set(%d, after version %d)", in, d.Opened)
	who, err := s.policy.May(actor, auth.ThingGuideline, auth.Write, in)
	if err != nil {
		return out, err
	}
	if err := d.check(); err != nil {
		return out, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := articles.CollectionByID(&tx.Rx, in); err != nil {
			return err
		}
		now, err := Newest(&tx.Rx, in)
		if err != nil {
			return err
		}
		same := now.Words == d.Words && now.Lang == d.Lang && slices.Equal(now.Scale(), d.Scale)
		if err := d.typed().Follow("the method", now.N, same, now); err != nil {
			return err
		}
		out = Version{CollectionID: in, N: now.N + 1, Words: d.Words, Lang: d.Lang, Note: d.Note, Steps: d.Scale.flat(),
			AuthorID: actor.UserID, AddedAt: tx.Now()}
		if out.SHA256, err = out.hash(); err != nil {
			return err
		}
		if err := tx.Gorm().Create(&out).Error; err != nil {
			return err
		}
		_, err = history.Append(tx, who, history.Event{Action: "method.set", Object: object(out),
			Collection: int64(in), After: fields(out), Texts: texts(out)})
		return err
	})
	return out, err
}

// typed are the words of a draft, which are checked as those of guidelines are.
func (d Draft) typed() guidelines.Draft {
	return guidelines.Draft{Words: d.Words, Lang: d.Lang, Note: d.Note, Opened: d.Opened}
}

func (d *Draft) check() error {
	words := d.typed()
	bad := words.Check("Say how you check.")
	d.Words, d.Lang, d.Note = words.Words, words.Lang, words.Note
	d.Scale = scaleOf(d.Scale, &bad)
	return bad.Err()
}

// Newest is the version in force; N is 0 where a collection has no method. It asks no permission.
func Newest(r *store.Rx, in auth.CollectionID) (Version, error) {
	v, _, err := store.One[Version](r, "SELECT * FROM methods WHERE collection_id = ? ORDER BY n DESC LIMIT 1", in)
	return v, err
}

// Numbered is one version of a collection's method. It asks no permission.
func Numbered(r *store.Rx, in auth.CollectionID, n int) (Version, error) {
	v, there, err := store.One[Version](r, "SELECT * FROM methods WHERE collection_id = ? AND n = ?", in, n)
	if err == nil && !there {
		err = fault.New(fault.NotFound, "There is no version %d of this method.", n)
	}
	return v, err
}

// Before lists versions of a collection's method, the newest first, those before one (0: all), without their words, at
// most limit. It asks no permission.
func Before(r *store.Rx, in auth.CollectionID, before, limit int) ([]Version, error) {
	if before <= 0 {
		before = 1 << 30
	}
	return store.Select[Version](r, "SELECT id, collection_id, n, lang, note, sha256, author_id, added_at FROM "+
		"methods WHERE collection_id = ? AND n < ? ORDER BY n DESC LIMIT ?", in, before, limit)
}

func object(v Version) string { return fmt.Sprintf("method:%d", v.ID) }
