package articles

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Rating is how reliable the editors of one collection find a source.
type Rating struct {
	ID           int64             `gorm:"column:id;primaryKey"`
	CollectionID auth.CollectionID `gorm:"column:collection_id"`
	SourceID     SourceID          `gorm:"column:source_id"`
	Reliability  string            `gorm:"column:reliability" words:"fact"` // Admiralty A to F, "" not rated
	Version      int64             `gorm:"column:version"`                  // 0: no row yet
}

// TableName names the table.
func (Rating) TableName() string { return "source_ratings" }

// Reliabilities are the letters of a rating, "" for not rated.
func Reliabilities() []string { return []string{"", "A", "B", "C", "D", "E", "F"} }

// SourceNew is what an admin says of a source.
type SourceNew struct {
	Name, Kind, Country string
}

// CreateSource adds a source to the directory that all collections share. Imports add the sources that they name, too.
func (s *Service) CreateSource(ctx context.Context, actor auth.Actor, n SourceNew) (out Source, err error) {
	defer fault.In(&err, "articles.CreateSource(%q)", n.Name)
	who, err := s.policy.May(actor, auth.ThingSource, auth.Write, 0)
	if err != nil {
		return Source{}, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) (err error) {
		out, err = createSource(tx, who, n)
		return err
	})
	return out, err
}

func createSource(tx *store.Tx, who history.Who, n SourceNew) (Source, error) {
	src := Source{Name: n.Name, Kind: n.Kind, Country: n.Country, Version: 1}
	if err := checkSource(&src); err != nil {
		return src, err
	}
	if err := nameFree(tx, "sources", src.Name, "A source"); err != nil {
		return src, err
	}
	if err := tx.Gorm().Create(&src).Error; err != nil {
		return src, err
	}
	return src, record(tx, who, "source.created", 0, nil, sourceFields(src), sourceTexts(src), SourceObject(src.ID), "")
}

// UpdateSource changes a source's name, kind and country, for every collection.
func (s *Service) UpdateSource(ctx context.Context, actor auth.Actor, want Source) (after Source, err error) {
	defer fault.In(&err, "articles.UpdateSource(%d, version %d)", want.ID, want.Version)
	who, err := s.policy.May(actor, auth.ThingSource, auth.Write, 0)
	if err != nil {
		return Source{}, err
	}
	if err := checkSource(&want); err != nil {
		return Source{}, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		var now Source
		if err := store.Take(tx.Lock(), &now, "such source", "id = ?", want.ID); err != nil {
			return err
		}
		if now.Name != want.Name {
			if err := nameFree(tx, "sources", want.Name, "A source"); err != nil {
				return err
			}
		}
		after = want
		after.Reliability, after.Version = now.Reliability, want.Version+1
		if err := store.Changed(tx.Gorm().Model(&Source{}).Where("id = ? AND version = ?", want.ID,
			want.Version).Updates(map[string]any{
			"name": after.Name, "kind": after.Kind, "country": after.Country, "version": after.Version,
		}), "this source"); err != nil {
			return err
		}
		return record(tx, who, "source.edited", 0, sourceFields(now), sourceFields(after), sourceTexts(after),
			SourceObject(after.ID), "")
	})
	return after, err
}

var country = regexp.MustCompile(`^([A-Z]{2})?$`)

func checkSource(src *Source) error {
	src.Name, src.Kind = strings.TrimSpace(src.Name), strings.TrimSpace(src.Kind)
	src.Country = strings.ToUpper(strings.TrimSpace(src.Country))
	var bad fault.Collect
	if src.Name == "" {
		bad.Add("name", "A source needs a name.")
	} else if err := text.CheckShown("name", src.Name); err != nil {
		bad.Add("name", "%s", err)
	}
	for field, v := range map[string]string{"name": src.Name, "kind": src.Kind} {
		if err := text.CheckTyped(field, v); err != nil && field != "name" {
			bad.Add(field, "%s", err)
		} else if len([]rune(v)) > 200 {
			bad.Add(field, "The %s of a source has at most 200 characters.", field)
		}
	}
	if !country.MatchString(src.Country) {
		bad.Add("country",
			"A country is two letters (ISO 3166), such as FR; “%s” is not. Leave it empty when it is not known.",
			src.Country)
	}
	return bad.Err()
}

// RateSource sets how reliable a collection's editors find a source that an article of the collection names. Version is
// that of the rating, 0 while there is none.
func (s *Service) RateSource(ctx context.Context, actor auth.Actor, want Rating) (after Rating, err error) {
	defer fault.In(&err, "articles.RateSource(%d in collection %d)", want.SourceID, want.CollectionID)
	who, err := s.policy.May(actor, auth.ThingSource, auth.Rate, want.CollectionID)
	if err != nil {
		return Rating{}, err
	}
	want.Reliability = strings.ToUpper(strings.TrimSpace(want.Reliability))
	if !slices.Contains(Reliabilities(), want.Reliability) {
		return Rating{}, fault.New(fault.Invalid, "Reliability is a letter from A (completely reliable) to F (cannot "+
			"be judged), or empty; “%s” is not.", want.Reliability).With("reliability", "Choose A to F, or nothing.")
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if err := usedIn(tx, want.SourceID, want.CollectionID); err != nil {
			return err
		}
		var now Rating
		err := tx.Lock().Where("collection_id = ? AND source_id = ?", want.CollectionID, want.SourceID).Limit(1).
			Find(&now).Error
		if err != nil {
			return err
		}
		after, err = writeRating(tx, now, want)
		if err != nil {
			return err
		}
		var before history.Fields
		if now.ID != 0 {
			before = ratingFields(now)
		}
		return record(tx, who, "rating.set", int64(want.CollectionID), before, ratingFields(after), nil,
			ratingObject(after.ID), "")
	})
	return after, err
}

// usedIn refuses a source that no article of the collection names, as one that does not exist.
func usedIn(tx *store.Tx, src SourceID, c auth.CollectionID) error {
	var a Article
	return store.Take(tx.Gorm().Select("id"), &a, "such source", "source_id = ? AND collection_id = ?", src, c)
}

func writeRating(tx *store.Tx, now, want Rating) (Rating, error) {
	after := want
	after.ID, after.Version = now.ID, want.Version+1
	if now.Version != want.Version {
		return after, fault.Stale(
			"Somebody rated this source after you opened the page. Look at their rating, then set yours again.")
	}
	if now.ID == 0 {
		return after, tx.Gorm().Create(&after).Error
	}
	return after, store.Changed(tx.Gorm().Model(&Rating{}).Where("id = ? AND version = ?", now.ID, now.Version).
		Updates(map[string]any{"reliability": after.Reliability, "version": after.Version}), "this rating")
}

// SourceUse is a source in a collection whose articles name it, with the rating that the collection gave it.
type SourceUse struct {
	Source
	CollectionID   auth.CollectionID `gorm:"column:in_collection"`
	CollectionName string            `gorm:"column:collection_name"`
	RatingVersion  int64             `gorm:"column:rating_version"` // 0: the collection has not rated it
}

// SourcesUsed lists the sources that articles of these collections name (all: of every collection), by name and
// collection, after a name, at most limit. It asks no permission.
func SourcesUsed(r *store.Rx, all bool, in []auth.CollectionID, after string, limit int) (out []SourceUse, err error) {
	q := r.Gorm().Table("sources").Select("sources.id, sources.name, sources.kind, sources.country, sources.version, "+
		"COALESCE(source_ratings.reliability, sources.reliability) AS reliability, collections.id AS in_collection, "+
		"collections.name AS collection_name, COALESCE(source_ratings.version, 0) AS rating_version").
		Joins("CROSS JOIN collections").
		Joins("LEFT JOIN source_ratings ON source_ratings.source_id = sources.id AND "+
			"source_ratings.collection_id = collections.id").
		Where("sources.name > ? AND EXISTS (SELECT 1 FROM articles WHERE articles.source_id = sources.id AND "+
			"articles.collection_id = collections.id)", after)
	if !all {
		q = q.Where("collections.id IN ?", append(slices.Clone(in), -1))
	}
	return out, q.Order("sources.name, collections.name, collections.id").Limit(limit).Find(&out).Error
}

// SourceDirectory lists all sources by name, after a name, at most limit. It asks no permission.
func SourceDirectory(r *store.Rx, after string, limit int) (out []Source, err error) {
	return out, r.Gorm().Where("name > ?", after).Order("name").Limit(limit).Find(&out).Error
}

// MostOffered is how many sources a form offers; others are named by typing.
const MostOffered = 500

// SourcesIn lists the sources that articles of a collection name, by name, at most 500, for a form that offers them.
func (s *Service) SourcesIn(ctx context.Context, actor auth.Actor, c auth.CollectionID) (out []SourceUse, err error) {
	defer fault.In(&err, "articles.SourcesIn(%d)", c)
	if _, err := s.policy.May(actor, auth.ThingSource, auth.Read, c); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r *store.Rx) (err error) {
		out, err = SourcesUsed(r, false, []auth.CollectionID{c}, "", MostOffered)
		return err
	})
	return out, err
}
