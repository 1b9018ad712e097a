package httpd

import (
	"context"
	"fmt"
	"strings"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/httpd/view"
)

// newest says that a text is the one its article has now.
func newest(t articles.Text) bool {
	return t.Article.RevisionID != nil && *t.Article.RevisionID == t.Revision.ID
}

// olderNotes says above a text that it is an older one, or that claims stand in older ones.
func (s *Server) olderNotes(ctx context.Context, actor auth.Actor, t articles.Text) ([]view.Older, error) {
	all, err := s.Articles.Revisions(ctx, actor, t.Article.ID)
	if err != nil || len(all) < 2 {
		return nil, err
	}
	url := "/articles/" + itoa(t.Article.ID)
	if !newest(t) {
		note := fmt.Sprintf("This is revision %d of %d. New claims are made of the newest one.", t.Revision.N,
			all[len(all)-1].N)
		return []view.Older{{Note: note, Link: view.Link{URL: url, Word: "Read the newest"}}}, nil
	}
	list, err := s.Claims.List(ctx, actor, claims.Filter{Collection: t.Article.CollectionID, Article: t.Article.ID,
		Limit: 200})
	if err != nil {
		return nil, err
	}
	behind, asking := 0, 0
	for _, cl := range list.Claims {
		if cl.Standing != nil {
			behind++
			if cl.Standing.Asks {
				asking++
			}
		}
	}
	if behind == 0 {
		return nil, nil
	}
	note := many(behind, "claim or candidate stands", "claims and candidates stand") + " in an older revision"
	if asking > 0 {
		note += ", and " + many(asking, "asks", "ask") + " a person"
	}
	return []view.Older{{Note: note + ".", Link: view.Link{URL: url + "/revisions", Word: "Show the revisions"}}}, nil
}

// within adds a query to a path that may have one.
func within(path string, pairs ...string) string {
	base, query, has := strings.Cut(path, "?")
	out := withQuery(base, pairs...)
	switch {
	case !has:
		return out
	case out == base:
		return path
	}
	return out + "&" + query
}

// inRevision is where a sentence of an older revision is read.
func inRevision(n articles.ID, sentence, revision int) string {
	return withQuery("/articles/"+itoa(n), "revision", itoa(revision), "sentence", itoa(sentence)) + "#s" +
		itoa(sentence)
}

// standsOf ends "characters 1 to 9 of revision 1" for a claim that stands in an older text.
func standsOf(c claims.Claim) string {
	if c.Standing == nil {
		return ""
	}
	return fmt.Sprintf(" of %d", c.Standing.Of)
}

// passageStands says that a linked passage is of an older text. Its words never change: a person links it anew.
func passageStands(st evidence.Standing, mayUnlink bool) string {
	out := fmt.Sprintf("It stands in revision %d of %d; the newest does not have these words as they are.", st.N, st.Of)
	if mayUnlink {
		out += " Unlink it, and link what stands there now."
	}
	return out
}
