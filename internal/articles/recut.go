package articles

import (
	"context"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// SetLang corrects the language of an article, a BCP 47 tag. Sentences never change, so the same text is cut anew as
// a newer revision. Claims that stand in the earlier one keep the language that they were made in.
func (s *Service) SetLang(ctx context.Context, actor auth.Actor, id ID, version int64, lang string) (_ Imported,
	err error) {
	defer fault.In(&err, "articles.SetLang(%d, %s)", id, lang)
	return s.recut(ctx, actor, id, version, func(in *Import) error {
		if lang == "" || !IsLang(lang) {
			const msg = "“%s” is no language tag. Write fa, ar, ja, en and so on."
			return fault.New(fault.Invalid, msg, lang).With("lang", "This is no language tag.")
		}
		in.Lang = lang
		return nil
	})
}

// JoinLines adds a revision whose lines are joined where they were broken in the middle of a sentence, as in texts
// copied from PDF or mail. The text as it came stays readable.
func (s *Service) JoinLines(ctx context.Context, actor auth.Actor, id ID, version int64) (_ Imported, err error) {
	defer fault.In(&err, "articles.JoinLines(%d)", id)
	return s.recut(ctx, actor, id, version, func(in *Import) error {
		in.Raw = text.JoinLines(in.Raw)
		return nil
	})
}

// recut makes a revision of the text that an article has already; a long one as ReviseLater does.
func (s *Service) recut(ctx context.Context, actor auth.Actor, id ID, version int64,
	change func(*Import) error) (out Imported, err error) {
	a, err := s.Get(ctx, actor, id)
	if err != nil {
		return out, err
	}
	if err := Revisable(a); err != nil {
		return out, err
	}
	in := Import{Collection: a.CollectionID, Lang: a.Lang, Published: a.Published, Title: a.Title,
		Later: true}
	if err := s.db.Read(ctx, func(r *store.Rx) error {
		if is, err := isComing(r, *a.RevisionID); err != nil || is {
			if is {
				err = coming(r, id)
			}
			return err
		}
		doc, _, err := DocOf(r, *a.RevisionID)
		if err == nil {
			in.Raw = doc.Raw()
		}
		return err
	}); err != nil {
		return out, err
	}
	if err := change(&in); err != nil {
		return out, err
	}
	return s.revise(ctx, actor, a, version, in)
}
