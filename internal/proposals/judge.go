package proposals

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/match"
	"claimbench/internal/model"
	"claimbench/internal/shelf"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// judging is one request: what it speaks of, as a machine may read it, and what was found of each item.
type judging struct {
	s     *Service
	actor auth.Actor
	in    auth.CollectionID
	made  claims.Made
	out   []Answer

	facts    map[articles.ID]articles.Article // those a machine may read
	texts    map[articles.ID]articles.Text    // of those that items quote
	unread   map[articles.ID]bool             // those of claims that get other words, beyond what is read at once
	readings map[articles.ID]*model.Reading
	claims   map[claims.ID]claims.Claim // filled; those that a machine may read
	entries  map[string]shelf.EntryID   // by address

	candidates map[articles.ID][]offer
	others     []offer
}

// offer is an item that is taken.
type offer struct {
	i         int
	suggested claims.Suggested
	proposal  claims.Proposal
}

// read reads all that the items speak of.
func (j *judging) read(r *store.Rx, all []Item) error {
	j.facts, j.texts = map[articles.ID]articles.Article{}, map[articles.ID]articles.Text{}
	j.claims, j.entries = map[claims.ID]claims.Claim{}, map[string]shelf.EntryID{}
	j.unread = map[articles.ID]bool{}
	j.readings, j.candidates = map[articles.ID]*model.Reading{}, map[articles.ID][]offer{}
	var ids []claims.ID
	var of []articles.ID
	quoted := map[articles.ID]bool{}
	for _, it := range all {
		ids, of = append(ids, it.Claim, it.OtherClaim), append(of, it.Article, it.OtherArticle)
		quoted[it.Article] = quoted[it.Article] || it.Kind == Candidate || it.Kind == Passage
	}
	found, err := claims.FilledOf(r, slices.Compact(slices.Sorted(slices.Values(ids))))
	if err != nil {
		return err
	}
	worded, reworded := map[claims.ID]bool{}, map[articles.ID]bool{}
	for _, it := range all {
		worded[it.Claim] = worded[it.Claim] || it.Kind == Statement
	}
	for _, c := range found {
		of = append(of, c.ArticleID)
		reworded[c.ArticleID] = reworded[c.ArticleID] || worded[c.ID] && j.readable(c)
	}
	room := 2 * MostTexts // check lets items quote half as many
	for _, q := range quoted {
		if q {
			room--
		}
	}
	if err := articles.EachOf(r, of, func(a articles.Article) error {
		if a.CollectionID != j.in || a.State != articles.Live || a.Protected != "" || a.RevisionID == nil {
			return nil
		}
		j.facts[a.ID] = a
		switch {
		case quoted[a.ID]:
		case !reworded[a.ID]:
			return nil
		case room <= 0:
			j.unread[a.ID] = true
			return nil
		default:
			room--
		}
		t, err := articles.TextOf(r, a.ID, 0)
		if articles.IsComing(err) {
			return nil
		}
		j.texts[a.ID] = t
		return err
	}); err != nil {
		return err
	}
	for _, c := range found {
		if _, there := j.facts[c.ArticleID]; there && j.readable(c) {
			j.claims[c.ID] = c
		}
	}
	for _, it := range all {
		if _, asked := j.entries[it.URL]; it.Kind != Match || asked {
			continue
		}
		id, _, err := shelf.At(r, j.in, it.URL)
		if err != nil {
			return err
		}
		j.entries[it.URL] = id
	}
	return nil
}

// readable says whether a machine may read a claim of an article that it may read.
func (j *judging) readable(c claims.Claim) bool {
	return c.CollectionID == j.in && !c.State.Ended() && !c.Withheld
}

// judge takes one item, or says why not.
func (j *judging) judge(ctx context.Context, i int, it Item) (Why, error) {
	if !reasoned(it.Reasons) {
		return NoReasons, nil
	}
	switch it.Kind {
	case Candidate:
		return j.candidate(ctx, i, it)
	case Passage:
		return j.passage(i, it), nil
	case Origin:
		return j.origin(i, it), nil
	case Statement, Gloss, Duplicate, Match: // of a claim
	}
	c, there := j.claims[it.Claim]
	if !there {
		return NotThere, nil
	}
	p := ofClaim(c)
	switch it.Kind {
	case Statement:
		return j.statement(ctx, i, it, c, p)
	case Gloss:
		return j.gloss(i, it, c, p), nil
	case Duplicate:
		other, there := j.claims[it.OtherClaim]
		switch {
		case it.OtherClaim == it.Claim:
			return Same, nil
		case !there:
			return NotThere, nil
		}
		if other.ID < c.ID { // the two are one pair, whichever is named first
			c, other = other, c
			p = ofClaim(c)
		}
		p.OtherID = &other.ID
	case Match:
		if j.entries[it.URL] == 0 {
			return NotThere, nil
		}
		p.EntryID = int64(j.entries[it.URL])
	}
	j.take(i, it, p)
	return "", nil
}

// ofClaim is a proposal of a claim as its words are now.
func ofClaim(c claims.Claim) claims.Proposal {
	p := claims.Proposal{ClaimID: c.ID, Lang: c.Lang, RevisionID: c.RevisionID}
	p.Input = hashOf(c.Statement)
	return p
}

func (j *judging) take(i int, it Item, p claims.Proposal) {
	input := p.Input
	p.Kind, p.CollectionID, p.Made, p.Reasons = string(it.Kind), j.in, j.made, it.Reasons
	p.Input = input
	j.others = append(j.others, offer{i: i, proposal: p})
}

// candidate looks for the words of a claim in its text, and compares the statement with them.
func (j *judging) candidate(ctx context.Context, i int, it Item) (Why, error) {
	t, there := j.texts[it.Article]
	switch {
	case !there:
		return NotThere, nil
	case it.Revision != 0 && it.Revision != t.Revision.ID:
		return Moved, nil
	}
	c, no, err := j.reading(it.Article).Claim(ctx, model.Offered{Statement: it.Statement, Quote: it.Quote,
		Attribution: it.Attribution, Hedge: it.Hedge, Span: it.Span, Sentence: it.Sentence})
	if err != nil || no != nil {
		return j.refused(i, no), err
	}
	made := j.made
	made.Input = t.Revision.SHA256
	j.candidates[it.Article] = append(j.candidates[it.Article], offer{i: i, suggested: claims.Suggested{Candidate: c,
		Made: made, Said: it.Reasons}})
	return "", nil
}

// refused is the reason of a refusal, with the words that are wrong kept for the answer.
func (j *judging) refused(i int, no *model.Refusal) Why {
	if no == nil {
		return ""
	}
	j.out[i].What = no.What
	return Why(no.Why)
}

func (j *judging) reading(id articles.ID) *model.Reading {
	if j.readings[id] == nil {
		j.readings[id] = model.Read(claims.Document(j.texts[id]))
	}
	return j.readings[id]
}

// statement compares other words for a claim with where it stands.
func (j *judging) statement(ctx context.Context, i int, it Item, c claims.Claim, p claims.Proposal) (Why, error) {
	t, there := j.texts[c.ArticleID]
	switch {
	case j.unread[c.ArticleID]:
		return Many, nil
	case !there || t.Revision.ID != c.RevisionID:
		return Moved, nil
	// A conflict says that reviews differ: a machine is answered as while the round is open.
	case c.State != claims.InConflict && claims.Editable(c) != nil || len(c.More) > 0:
		return Closed, nil
	}
	got, no, err := j.reading(c.ArticleID).Claim(ctx, model.Offered{Statement: it.Statement, Span: c.Span,
		Sentence: c.Sentence, Attribution: c.Attribution, Hedge: c.Hedge, Beside: true})
	switch {
	case err != nil || no != nil:
		return j.refused(i, no), err
	case slices.Contains(got.Reasons, model.OwnWords):
		return Why(model.Elsewhere), nil
	case got.Statement == c.Statement:
		return Same, nil
	}
	p.Words = got.Statement
	j.take(i, it, p)
	return "", nil
}

var langTag = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$`)

// primary is the language of a tag without its script and region: ja of ja-JP.
func primary(tag string) string {
	lang, _, _ := strings.Cut(tag, "-")
	return lang
}

// gloss compares a gloss with its claim; what differs and is not sure is shown beside it.
func (j *judging) gloss(i int, it Item, c claims.Claim, p claims.Proposal) Why {
	words := strings.TrimSpace(it.Statement)
	switch {
	case claims.GlossEditable(c) != nil:
		return Closed
	case !langTag.MatchString(it.Lang) || primary(it.Lang) == primary(c.Lang):
		return Tongue
	case text.Blank(words) || len([]rune(words)) > mostSentence || text.CheckTyped("statement", words) != nil:
		return Why(model.NoWords)
	}
	for _, g := range c.Glosses {
		if g.Lang != it.Lang || g.Words != words {
			continue
		}
		if c.State != claims.Open && c.State != claims.InConflict {
			return Same
		}
		p.Fate = claims.Left // kept all the same: another answer would tell that somebody wrote it in an open round
	}
	if why, what := model.NoGloss(model.Worded{Lang: c.Lang, Words: c.Statement}, words, it.Lang); why != "" {
		j.out[i].What = what
		return Why(why)
	}
	if why, what, _ := model.GlossDiffers(match.Item{Lang: c.Lang, Text: c.Statement}, match.Item{Lang: it.Lang,
		Text: words}); why != "" {
		j.out[i].What = what
		return Why(why)
	}
	p.Words, p.Lang = words, it.Lang
	j.take(i, it, p)
	return ""
}

// passage finds the sentence of another article that a machine proposes as evidence. It says nothing of a stance.
func (j *judging) passage(i int, it Item) Why {
	c, there := j.claims[it.Claim]
	t, has := j.texts[it.Article]
	switch {
	case !there || !has:
		return NotThere
	case it.Revision != 0 && it.Revision != t.Revision.ID:
		return Moved
	case c.ArticleID == it.Article:
		return Same
	case evidence.Takes(c) != nil:
		return Closed
	}
	n := it.Sentence
	if it.Quote != "" {
		_, s, why := j.reading(it.Article).Find(model.Offered{Quote: it.Quote, Sentence: it.Sentence, Span: it.Span})
		if why != "" {
			return Why(why)
		}
		n = s.N
	}
	if n < 1 || n > len(t.Sentences) {
		return Why(model.NoSentence)
	}
	p := claims.Proposal{ClaimID: c.ID, Lang: c.Lang, RevisionID: t.Revision.ID, SentenceID: &t.Sentences[n-1].ID}
	p.Input = t.Revision.SHA256
	j.take(i, it, p)
	return ""
}

// origin takes two articles that are said to be of one origin.
func (j *judging) origin(i int, it Item) Why {
	a, there := j.facts[it.Article]
	b, has := j.facts[it.OtherArticle]
	switch {
	case it.Article == it.OtherArticle:
		return Same
	case !there || !has:
		return NotThere
	}
	if a.ID > b.ID { // the two are one pair, whichever is named first
		a, b = b, a
	}
	p := claims.Proposal{ArticleID: a.ID, OtherArticleID: b.ID, Lang: a.Lang}
	j.take(i, it, p)
	return ""
}

// reasoned says whether the reasons of a machine can be kept and shown.
func reasoned(all []string) bool {
	return len(all) <= mostReasons && !slices.ContainsFunc(all, func(r string) bool {
		return text.Blank(r) || len([]rune(r)) > mostReason || strings.ContainsAny(r, "\n\r\t\u2028\u2029") ||
			text.CheckTyped("reasons", r) != nil
	})
}

func hashOf(words string) string {
	sum := sha256.Sum256([]byte(words))
	return hex.EncodeToString(sum[:])
}
