package desk

import (
	"strings"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/notices"
	"claimbench/internal/review"
	"claimbench/internal/store"
)

// toldWords is how many characters of what somebody wrote stand in a notice.
const toldWords = 160

// toldOf adds to notices who did what, and the first words of it: what the person would be shown on the claim now, and
// nothing of what is hidden there. Each kind is asked for once, however many notices there are.
func (l *look) toldOf(list []NoticeSeen) error {
	var comments, questions, rounds []store.Drawn
	var given, all []claims.ID
	for _, n := range list {
		if n.Claim == nil {
			continue
		}
		all = append(all, n.Claim.ID)
		switch name := store.Drawn(n.Ref); n.Kind {
		case notices.Mentioned:
			comments = append(comments, name)
		case notices.SentBack, notices.Answered:
			questions = append(questions, name)
		case notices.Otherwise, notices.Reopened:
			rounds = append(rounds, name)
		case notices.Assigned:
			given = append(given, n.Claim.ID)
		}
	}
	said, err := claims.CommentsNamed(l.rx, comments)
	if err != nil {
		return err
	}
	told, err := review.ToldIn(l.rx, l.actor.UserID, questions, rounds, given)
	if err != nil {
		return err
	}
	for i := range list {
		if n := &list[i]; n.Claim != nil {
			l.told(n, said, told)
			l.name(n.By)
		}
	}
	return l.forgetTold(list, all)
}

// told says who did what of one notice.
func (l *look) told(n *NoticeSeen, said map[store.Drawn]claims.Comment, told review.ToldOf) {
	c, ref := *n.Claim, store.Drawn(n.Ref)
	reads := l.may(auth.ThingReview, auth.Read, c.CollectionID)
	switch n.Kind {
	case notices.Mentioned:
		if cm, there := said[ref]; there && cm.ClaimID == c.ID && l.readsComment(c, cm) {
			n.By, n.Words = l.commentVeil(c).author(cm.AuthorID, cm.AddedAt), cm.Words
		}
	case notices.SentBack, notices.Answered:
		q, there := told.Questions[ref]
		if !there || q.ClaimID != c.ID {
			return
		}
		n.Words = q.Question
		by := q.AskedBy
		if n.Kind == notices.Answered {
			n.Words, by = q.Answer, q.ReviewerID
		}
		if c.State != claims.InConflict { // names stand beside the letters when the conflict is over
			n.By = by
		}
	case notices.Otherwise:
		if d, there := told.Decisions[ref]; there && reads && d.ClaimID == c.ID {
			n.Verdict, n.Words = d.Verdict, d.Rationale
			if d.AdjudicatorID != nil {
				n.By = *d.AdjudicatorID
			}
		}
	case notices.Reopened:
		if rd, there := told.Reopened[ref]; there && reads && rd.ReopenReason != "" {
			n.By, n.Words = rd.OpenedBy, rd.ReopenReason
		}
	case notices.Assigned:
		n.By = told.Given[c.ID]
	}
}

// readsComment says whether the person reads a comment now: a round that was opened again hides it once more.
func (l *look) readsComment(c claims.Claim, cm claims.Comment) bool {
	return !claims.CommentHidden(c, cm) || cm.AuthorID == l.actor.UserID ||
		l.may(auth.ThingReview, auth.ReadOpen, c.CollectionID)
}

// commentVeil is the veil over the comments of a claim where its rounds are not read: in a round that was opened anew
// all of them are under it.
func (l *look) commentVeil(c claims.Claim) veil {
	v := l.veilFrom(c, 0)
	if c.Round > 1 {
		v.from = 0
	}
	return v
}

// forgetTold cuts what somebody wrote to its first words, without those of texts that were taken down: none at all
// where the claim is of such a text, or was linked to one.
func (l *look) forgetTold(list []NoticeSeen, all []claims.ID) error {
	var near map[claims.ID]bool
	for i := range list {
		n := &list[i]
		if n.Claim == nil || n.Words == "" {
			continue
		}
		g, err := l.gone(n.Claim.CollectionID)
		if err != nil {
			return err
		}
		if g != nil {
			if near == nil {
				if near, err = review.GoneAround(l.rx, all); err != nil {
					return err
				}
			}
			if near[n.Claim.ID] {
				n.Words = ""
				continue
			}
			if _, err := g.TakeOut(&n.Words); err != nil {
				return err
			}
		}
		n.Words = firstWords(n.Words)
	}
	return nil
}

// firstWords are the first of some words, in one line, cut between two of them where they have spaces.
func firstWords(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	letters := []rune(s)
	if len(letters) <= toldWords {
		return s
	}
	cut := string(letters[:toldWords])
	if at := strings.LastIndexByte(cut, ' '); at > len(cut)/2 {
		cut = cut[:at]
	}
	return cut + "…"
}

// Did says what a notice tells, as the end of a sentence that begins with who did it; who is "" where a program did it,
// and did is then a sentence of its own.
func (n NoticeSeen) Did(names Names) (who, did string) {
	if n.By != 0 {
		who = names.Of(n.By)
	}
	or := func(unnamed string) string {
		if who == "" {
			return unnamed
		}
		return who
	}
	switch {
	case n.Claim == nil:
	case n.Kind == notices.Mentioned:
		return or("Someone"), "mentioned you in a comment"
	case n.Kind == notices.SentBack:
		return or("An editor"), "asks you about your review"
	case n.Kind == notices.Answered:
		return or("A reviewer"), "answered your question"
	case n.Kind == notices.Otherwise && n.Verdict != "":
		return or("The rule of the collection"), "decided it as " + n.Verdict.Word() + ", otherwise than your review"
	case n.Kind == notices.Reopened:
		return or("An editor"), "reopened it"
	case n.Kind == notices.Assigned:
		return or("Somebody"), "asks you to take it"
	}
	return "", notices.Kinds.Word(n.Kind)
}
