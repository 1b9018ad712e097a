package desk

import (
	"context"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
)

// ProtectingArticle is the page on which an editor protects an article, and names who may read it.
type ProtectingArticle struct {
	Frame
	Article articles.Article // opened
	Source  *articles.Source // nil: not stated
	Is      bool             // it is protected
	Why     error            // why it cannot be; nil: it can, or it is
	Readers []auth.Person    // who may read it beside the editors
	Members []auth.Person    // who may be named
	// Also are the other articles of the document, which are protected with it; none when it is protected.
	Also []articles.Article
}

// ProtectingArticle answers for that page, to those who may protect.
func (d *Desk) ProtectingArticle(ctx context.Context, actor auth.Actor, id articles.ID) (out ProtectingArticle,
	err error) {
	defer fault.In(&err, "desk.ProtectingArticle(%d)", id)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = ProtectingArticle{}
		facts, err := articles.FactsOf(l.rx, id, 0)
		if err != nil {
			return err
		}
		in := facts.Article.CollectionID
		if err := l.reads(auth.ThingArticle, in, "article"); err != nil {
			return err
		}
		if err := l.must(auth.ThingEvidence, auth.Protect, in); err != nil {
			return err
		}
		if out.Frame, err = l.frame(in); err != nil {
			return err
		}
		if out.Is = facts.Article.State == articles.Protected; !out.Is {
			out.Article, out.Source, out.Why = facts.Article, facts.Source, articles.Protectable(facts.Article)
			if out.Why == nil {
				out.Also, err = articles.Copies(l.rx, out.Article)
			}
			return err
		}
		if facts, err = articles.OpenText(l.rx, id, 0); err != nil {
			return err
		}
		out.Article, out.Source = facts.Article, facts.Source
		return l.readersOf(&out, in)
	})
	return out, err
}

// readersOf adds who reads a protected article, and who may be named.
func (l *look) readersOf(out *ProtectingArticle, in auth.CollectionID) error {
	readers, err := articles.ReadersOf(l.rx, out.Article.ID)
	if err != nil {
		return err
	}
	is := map[auth.UserID]bool{}
	for _, x := range readers {
		is[x.UserID] = true
	}
	all, err := l.h.Policy.Reviewers(l.rx, in)
	out.Readers, out.Members = parted(all, is)
	return err
}

// parted parts people into those who are named and the others. One who reviews here no longer reads it no longer.
func parted(all []auth.Person, named map[auth.UserID]bool) (readers, others []auth.Person) {
	for _, m := range all {
		if named[m.ID] {
			readers = append(readers, m)
		} else {
			others = append(others, m)
		}
	}
	return readers, others
}

// ProtectingArticleJSON is the page for programs.
type ProtectingArticleJSON struct {
	Article ArticleJSON   `json:"article"`
	Readers []MemberJSON  `json:"readers"` // who may read it beside the editors
	Members []MemberJSON  `json:"members"` // who may be named
	Also    []articles.ID `json:"also"`    // the other articles of the document, which are protected with it
}

// JSON is the answer for programs.
func (p ProtectingArticle) JSON() ProtectingArticleJSON {
	out := ProtectingArticleJSON{Article: ArticleOf(p.Article), Readers: memberList(p.Readers),
		Members: memberList(p.Members), Also: []articles.ID{}}
	for _, a := range p.Also {
		out.Also = append(out.Also, a.ID)
	}
	return out
}
