// Package guidelines owns what the people of a collection agreed on: how to decide what the guards leave open. They are
// Markdown, in versions; the newest is in force, and each review keeps the number of the one that was.
//
// The one rule not to break: a version never changes and never goes. Reviews point to it.
package guidelines

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// ID is a version's row.
type ID int64

// Version is one version of a collection's guidelines.
type Version struct {
	ID           ID                `gorm:"column:id;primaryKey"`
	CollectionID auth.CollectionID `gorm:"column:collection_id"`
	N            int               `gorm:"column:n"`                 // from 1, without a gap; the largest is in force
	Words        string            `gorm:"column:words" words:"own"` // Markdown
	Lang         string            `gorm:"column:lang" words:"fact"` // of most of it
	Note         string            `gorm:"column:note" words:"own"`  // what is new in it
	AuthorID     auth.UserID       `gorm:"column:author_id"`
	AddedAt      store.Micros      `gorm:"column:added_at"`
}

// TableName names the table.
func (Version) TableName() string { return "guidelines" }

const (
	longest     = 20_000 // characters of a version: what Markdown may be made of takes time by its square
	longestNote = 500
)

// Draft is a version on its way. Opened is the number of the version that the person had before them, 0 for none.
type Draft struct {
	Words, Lang, Note string
	Opened            int
}

// Service is what may be done with guidelines.
type Service struct {
	db     *store.DB
	policy *auth.Policy
}

// New makes the service.
func New(db *store.DB, policy *auth.Policy) *Service { return &Service{db: db, policy: policy} }

// Set puts a new version in force. It is fault.Conflict, with the newest as its detail, when somebody was faster.
func (s *Service) Set(ctx context.Context, actor auth.Actor, in auth.CollectionID, d Draft) (out Version, err error) {
	defer fault.In(&err, "guidelines.Set(%d, after version %d)", in, d.Opened)
	who, err := s.policy.May(actor, auth.ThingGuideline, auth.Write, in)
	if err != nil {
		return out, err
	}
	if bad := d.Check("Guidelines need words."); bad.Err() != nil {
		return out, bad.Err()
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := articles.CollectionByID(&tx.Rx, in); err != nil {
			return err
		}
		now, err := Newest(&tx.Rx, in)
		if err != nil {
			return err
		}
		if err := d.Follow("the guidelines", now.N, now.Words == d.Words && now.Lang == d.Lang, now); err != nil {
			return err
		}
		out = Version{CollectionID: in, N: now.N + 1, Words: d.Words, Lang: d.Lang, Note: d.Note,
			AuthorID: actor.UserID, AddedAt: tx.Now()}
		if err := tx.Gorm().Create(&out).Error; err != nil {
			return err
		}
		_, err = history.Append(tx, who, history.Event{Action: "guideline.set", Object: object(out),
			Collection: int64(in), After: fields(out), Texts: texts(out)})
		return err
	})
	return out, err
}

// Follow is why a draft cannot come after version n of something: another came in since the person opened it
// (fault.Conflict, with the newest as its detail), or it is the same again. Both are told by name: "the guidelines".
func (d Draft) Follow(what string, n int, same bool, newest any) error {
	switch {
	case n != d.Opened:
		return fault.Stale("Version %d of %s came in after you opened the page. Compare both; what you typed is kept.",
			n, what).WithDetail(newest)
	case n > 0 && same:
		return fault.New(fault.Invalid, "These are the words of version %d already. Change something, or leave it.",
			n).With("words", "Nothing is changed.")
	}
	return nil
}

// Check tidies what was typed, and collects what is wrong with it; none is what is said where there are no words.
func (d *Draft) Check(none string) (bad fault.Collect) {
	d.Words, d.Note = strings.ReplaceAll(strings.TrimSpace(d.Words), "\r\n", "\n"), strings.TrimSpace(d.Note)
	d.Lang = strings.TrimSpace(d.Lang)
	if text.Blank(d.Words) {
		bad.Add("words", "%s", none)
	}
	if d.Lang == "" {
		d.Lang = text.Detect(d.Words)
	}
	if !articles.IsLang(d.Lang) && d.Lang != text.Undetermined {
		bad.Add("lang", "“%s” is no language tag. Write en, fa, de and so on, or leave it empty.", d.Lang)
	}
	for _, f := range []struct {
		name, typed string
		most        int
	}{{"words", d.Words, longest}, {"note", d.Note, longestNote}} {
		if err := text.CheckTyped(f.name, f.typed); err != nil {
			bad.Add(f.name, "%s", err)
		} else if n := utf8.RuneCountInString(f.typed); n > f.most {
			bad.Add(f.name, "That has %d characters; at most %d are kept.", n, f.most)
		}
	}
	if err := text.CheckNested(d.Words); err != nil {
		bad.Add("words", "Too deep: %s.", err)
	}
	return bad
}

// Newest is the version in force; N is 0 where a collection has no guidelines. It asks no permission.
func Newest(r *store.Rx, in auth.CollectionID) (Version, error) {
	v, _, err := store.One[Version](r, "SELECT * FROM guidelines WHERE collection_id = ? ORDER BY n DESC LIMIT 1", in)
	return v, err
}

// InForce is the number of the version in force, 0 for none. It asks no permission.
func InForce(r *store.Rx, in auth.CollectionID) (int, error) {
	n, _, err := store.One[int](r, "SELECT n FROM guidelines WHERE collection_id = ? ORDER BY n DESC LIMIT 1", in)
	return n, err
}

// CollectionOf reads a collection with InForce, in one statement. It asks no permission.
func CollectionOf(r *store.Rx, in auth.CollectionID) (articles.Collection, int, error) {
	row, err := store.Get[struct {
		articles.Collection
		InForce int `gorm:"column:in_force"`
	}](r, "such collection", "SELECT c.*, (SELECT MAX(n) FROM guidelines WHERE collection_id = c.id) AS in_force FROM "+
		"collections c WHERE c.id = ?", in)
	return row.Collection, row.InForce, err
}

// Numbered is one version of a collection's guidelines. It asks no permission.
func Numbered(r *store.Rx, in auth.CollectionID, n int) (Version, error) {
	v, there, err := store.One[Version](r, "SELECT * FROM guidelines WHERE collection_id = ? AND n = ?", in, n)
	if err == nil && !there {
		err = fault.New(fault.NotFound, "There is no version %d of these guidelines.", n)
	}
	return v, err
}

// Before lists versions of a collection's guidelines, the newest first, those before one (0: all), without their words,
// at most limit. It asks no permission.
func Before(r *store.Rx, in auth.CollectionID, before, limit int) ([]Version, error) {
	if before <= 0 {
		before = 1 << 30
	}
	return store.Select[Version](r, "SELECT id, collection_id, n, lang, note, author_id, added_at FROM guidelines "+
		"WHERE collection_id = ? AND n < ? ORDER BY n DESC LIMIT ?", in, before, limit)
}

func object(v Version) string { return fmt.Sprintf("guideline:%d", v.ID) }

func fields(v Version) history.Fields {
	return history.Fields{"collection": history.Num(v.CollectionID), "n": history.Num(v.N), "lang": v.Lang,
		"author": history.Num(v.AuthorID), "added_at": history.Num(v.AddedAt)}
}

func texts(v Version) history.Texts { return history.Texts{"words": v.Words, "note": v.Note} }

// Past says how this room's rows are read as they were: a version never changes, but for a text that was erased, which
// is so in every past.
func Past() []history.Versioned {
	return []history.Versioned{{Table: "guidelines", Object: "'guideline:' || b.id", Kind: "guideline",
		Kept: []string{"id", "collection_id", "n", "words", "lang", "note", "author_id",
			"added_at"}}}
}

// Worded says where texts of this room stand.
func Worded() []history.Versioned {
	return []history.Versioned{{Table: "guidelines", Object: "'guideline:' || b.id", Kind: "guideline",
		Texts: map[string]string{"words": "words", "note": "note"}}}
}

// HistoryRows lists this room's rows as the history should know them, for the replay of an audit.
func HistoryRows() []history.Rows {
	return []history.Rows{{Kind: "guideline", List: func(r *store.Rx, yield func(string, history.Fields,
		history.Texts) error) error {
		return store.Each(r, func(v Version) error { return yield(object(v), fields(v), texts(v)) })
	}}}
}
