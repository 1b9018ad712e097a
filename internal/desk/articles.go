package desk

import (
	"context"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
)

// articlesPage is how many articles an answer lists.
const articlesPage = 100

// Articles is a page of the articles of a collection, in the order in which they came in.
type Articles struct {
	Frame Frame
	Lines []ArticleLine
	Next  articles.ID // after which the next page begins; 0 on the last
	May   struct{ Import, Sources bool }
}

// ArticleLine is an article in a list.
type ArticleLine struct {
	articles.Listed
	Claims claims.Counts // none of an article that was taken down
}

// Articles answers for the list of articles whose title, byline or address holds text, after one of them.
func (d *Desk) Articles(ctx context.Context, actor auth.Actor, c auth.CollectionID, text string,
	after articles.ID) (out Articles, err error) {
	defer fault.In(&err, "desk.Articles(%d, %d)", c, after)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Articles{}
		if err := l.reads(auth.ThingArticle, c, "collection"); err != nil {
			return err
		}
		if out.Frame, err = l.frame(c); err != nil {
			return err
		}
		out.May.Import = l.may(auth.ThingArticle, auth.Import, c)
		out.May.Sources = l.may(auth.ThingSource, auth.Read, c)
		list, err := articles.ListIn(l.rx, articles.Filter{Collection: c, Text: text, After: after,
			Limit: articlesPage + 1})
		if err != nil {
			return err
		}
		if len(list) > articlesPage {
			list = list[:articlesPage]
			out.Next = list[articlesPage-1].ID
		}
		out.Lines, err = l.articleLines(list)
		return err
	})
	return out, err
}

func (l *look) articleLines(list []articles.Listed) ([]ArticleLine, error) {
	var live []articles.ID
	for _, a := range list {
		if a.State == articles.Live {
			live = append(live, a.ID)
		}
	}
	counts, err := claims.CountsOf(l.rx, live)
	out := make([]ArticleLine, len(list))
	for i, a := range list {
		out[i] = ArticleLine{a, counts[a.ID]}
	}
	return out, err
}

// Importing is what the page asks on which an article is imported.
type Importing struct {
	Frame   Frame
	Sources []articles.SourceUse // to choose from; another is named by typing
	// the language model that the text is sent to, and where it is; "": to none
	Model, Host string
}

// Importing answers for the page on which an article is imported.
func (d *Desk) Importing(ctx context.Context, actor auth.Actor, c auth.CollectionID) (out Importing, err error) {
	defer fault.In(&err, "desk.Importing(%d)", c)
	err = d.look(ctx, actor, func(l *look) (err error) {
		if err := l.must(auth.ThingArticle, auth.Import, c); err != nil {
			return err
		}
		if out.Frame, err = l.frame(c); err != nil {
			return err
		}
		if out.Model, out.Host, err = l.sends(c); err != nil {
			return err
		}
		out.Sources, err = articles.SourcesUsed(l.rx, false, []auth.CollectionID{c}, "", articles.MostOffered)
		return err
	})
	return out, err
}

// Revisions is a page of the texts that an article ever had, oldest first. The article and its text are the newest.
type Revisions struct {
	Frame Frame
	articles.Text
	All     []RevisionLine
	Earlier bool // there are texts before these
	Names   Names
	May     struct{ Revise, TakeDown bool }
}

// RevisionLine is a text with how many claims stand in it.
type RevisionLine struct {
	articles.Revision
	claims.InText
}

// Revisions answers for the texts of an article, those before one of them (0: the newest).
func (d *Desk) Revisions(ctx context.Context, actor auth.Actor, id articles.ID, before int) (out Revisions,
	err error) {
	defer fault.In(&err, "desk.Revisions(%d, %d)", id, before)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Revisions{Names: l.names}
		a, err := articles.ByID(l.rx, id)
		if err != nil {
			return err
		}
		if err := l.reads(auth.ThingArticle, a.CollectionID, "article"); err != nil {
			return err
		}
		if out.Frame, err = l.frame(a.CollectionID); err != nil {
			return err
		}
		if out.Text, err = articles.TextOf(l.rx, id, 0); err != nil {
			return err
		}
		out.May.Revise = l.may(auth.ThingArticle, auth.Import, a.CollectionID) && articles.Withholdable(a) == nil
		out.May.TakeDown = l.may(auth.ThingArticle, auth.TakeDown, a.CollectionID)
		return l.revisionLines(&out, before)
	})
	return out, err
}

func (l *look) revisionLines(out *Revisions, before int) error {
	all, earlier, err := articles.RevisionsOf(l.rx, out.Article.ID, before)
	if err != nil {
		return err
	}
	counts, err := claims.CountsByText(l.rx, out.Article)
	if err != nil {
		return err
	}
	out.Earlier = earlier
	for _, rv := range all {
		l.name(rv.AddedBy)
		out.All = append(out.All, RevisionLine{rv, counts[rv.ID]})
	}
	return nil
}

// TakingDown answers for the page on which an article is taken down, also one whose text never came to its end.
func (d *Desk) TakingDown(ctx context.Context, actor auth.Actor, id articles.ID) (out Revisions, err error) {
	defer fault.In(&err, "desk.TakingDown(%d)", id)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Revisions{}
		if out.Text, err = articles.FactsOf(l.rx, id, 0); err != nil {
			return err
		}
		if err := l.reads(auth.ThingArticle, out.Article.CollectionID, "article"); err != nil {
			return err
		}
		if err := l.must(auth.ThingArticle, auth.TakeDown, out.Article.CollectionID); err != nil {
			return err
		}
		out.Frame, err = l.frame(out.Article.CollectionID)
		return err
	})
	return out, err
}
