package articles

import (
	"context"
	"reflect"
	"strings"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Withhold takes the words of an article out of a row, which v points to: every field that carries the tag
// words:"article", in embedded structs and in lists of structs too. A list becomes empty, a text "". What a field holds
// is said where it is declared, so that no list of fields must be kept; a test in roomtest walks the rows and refuses
// a field that does not say it. A field with words:"other" holds words of another article and is left alone.
func Withhold(v any) { withhold(reflect.ValueOf(v).Elem()) }

func withhold(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			switch field := v.Type().Field(i); field.Tag.Get("words") {
			case "article":
				v.Field(i).SetZero()
				if v.Field(i).Kind() == reflect.Slice {
					v.Field(i).Set(reflect.MakeSlice(field.Type, 0, 0))
				}
			case "":
				if field.IsExported() {
					withhold(v.Field(i))
				}
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			withhold(v.Index(i))
		}
	}
}

// OwnWords points to every text of a row, which v points to, whose field carries the tag words:"own": what people wrote
// themselves, in embedded structs and in lists too, and in what is of another article (words:"other").
func OwnWords(v any) []*string { return ownWords(reflect.ValueOf(v).Elem(), false, nil) }

func ownWords(v reflect.Value, own bool, out []*string) []*string {
	switch v.Kind() {
	case reflect.String:
		if at, is := v.Addr().Interface().(*string); own && is {
			out = append(out, at)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			out = ownWords(v.Elem(), own, out)
		}
	case reflect.Slice:
		for i := range v.Len() {
			out = ownWords(v.Index(i), own, out)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() {
				whose := field.Tag.Get("words")
				out = ownWords(v.Field(i), whose == "own" || own && whose == "", out)
			}
		}
	}
	return out
}

// WordColumns names the columns of rows, structs of this program's tables, whose fields carry the tag words:"article":
// what Withhold takes out of a row is taken out of an event under the same names.
func WordColumns(rows ...any) map[string]bool {
	out := map[string]bool{}
	for _, row := range rows {
		wordColumns(reflect.TypeOf(row), out)
	}
	return out
}

func wordColumns(t reflect.Type, out map[string]bool) {
	for i := range t.NumField() {
		field := t.Field(i)
		if field.Tag.Get("words") == "article" {
			for part := range strings.SplitSeq(field.Tag.Get("gorm"), ";") {
				if name, ok := strings.CutPrefix(part, "column:"); ok {
					out[name] = true
				}
			}
		} else if field.Type.Kind() == reflect.Struct {
			wordColumns(field.Type, out)
		}
	}
}

// TakeDown withholds an article's text for a legal reason, which is kept. The history keeps that it was there.
func (s *Service) TakeDown(ctx context.Context, actor auth.Actor, id ID, version int64, reason string) (err error) {
	defer fault.In(&err, "articles.TakeDown(%d)", id)
	a, err := s.Get(ctx, actor, id)
	if err != nil {
		return err
	}
	who, err := s.policy.May(actor, auth.ThingArticle, auth.TakeDown, a.CollectionID)
	if err != nil {
		return err
	}
	if err := text.CheckReason(&reason, "Say why the article is taken down; the history keeps the reason.",
		"A reason is needed."); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if err := closing(tx, a.CollectionID); err != nil {
			return err
		}
		now, err := locked(tx, id)
		if err != nil {
			return err
		}
		if err := Withholdable(now); err != nil {
			return err
		}
		after := now
		after.State, after.Version = TakenDown, version+1
		tx.AfterCommit(func() { s.gone(now.CollectionID) })
		if err := store.Changed(tx.Gorm().Model(&Article{}).Where("id = ? AND version = ?", id, version).
			Updates(map[string]any{"state": after.State, "version": after.Version}), "this article"); err != nil {
			return err
		}
		if err := s.dropText(tx, id); err != nil {
			return err
		}
		if err := markClosed(tx, now.CollectionID, id); err != nil {
			return err
		}
		if err := s.leaving(tx, who, now); err != nil {
			return err
		}
		return record(tx, who, "article.taken_down", int64(now.CollectionID), articleFields(now), articleFields(after),
			nil, Object(id), reason)
	})
}

// EachText gives the texts of the revisions that a condition on the table of revisions chooses, one after the other, of
// articles that were taken down too: to take their words out of something. It asks no permission; show them to nobody.
// Short texts are read many at once, of long ones one is in memory.
func EachText(r *store.Rx, yield func(raw string) error, where string, args ...any) error {
	for last := RevisionID(0); ; {
		var sizes, found []Revision
		if err := r.Gorm().Select("id", "code_points").Where("id > ?", last).Where(where, args...).Order("id").
			Limit(textsAtOnce).Find(&sizes).Error; err != nil || len(sizes) == 0 {
			return err
		}
		var ids []RevisionID
		for points := 0; len(ids) < len(sizes) && (points < pointsAtOnce || len(ids) == 0); {
			next := sizes[len(ids)]
			if points += next.CodePoints; points <= pointsAtOnce || len(ids) == 0 {
				ids, last = append(ids, next.ID), next.ID
			}
		}
		if err := r.Gorm().Select("id", "raw").Where("id IN ?", ids).Order("id").Find(&found).Error; err != nil {
			return err
		}
		for _, rv := range found {
			if err := yield(rv.Raw); err != nil {
				return err
			}
		}
	}
}

const (
	textsAtOnce  = 200
	pointsAtOnce = 1_000_000
)
