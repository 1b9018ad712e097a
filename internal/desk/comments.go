package desk

import (
	"context"
	"regexp"
	"slices"
	"strconv"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// mostQuoted is how many items of evidence one comment quotes.
const mostQuoted = 10

// CommentSeen is a comment as a person may see it: without words of texts that were taken down, its people under the
// veil of a round that is under way.
type CommentSeen struct {
	claims.Comment
	Hidden bool             // others do not read it yet: the round in which it was made is open
	Quotes []evidence.Shown // the claim's evidence that it names by number, #8
}

// comments reads a page of what was said about a claim. all is the evidence linked to it.
func (l *look) comments(c claims.Claim, v veil, before store.Drawn, all []evidence.Shown) (out []CommentSeen,
	earlier bool, err error) {
	by := claims.Reader{ID: l.actor.UserID, All: l.may(auth.ThingReview, auth.ReadOpen, c.CollectionID)}
	found, earlier, err := claims.CommentsOf(l.rx, c, by, before)
	if err != nil {
		return nil, false, err
	}
	words := make([]*string, len(found))
	for i := range found {
		words[i] = &found[i].Words
	}
	if err := l.forgetOn(c, words...); err != nil {
		return nil, false, err
	}
	for _, cm := range found {
		x := CommentSeen{Comment: cm, Hidden: claims.CommentHidden(c, cm), Quotes: quotedIn(cm.Words, all)}
		x.AuthorID = v.author(cm.AuthorID, cm.AddedAt)
		l.name(x.AuthorID)
		l.name(cm.Mentions...)
		if cm.ResolvedBy != nil && cm.ResolvedAt != nil {
			x.ResolvedBy = new(v.author(*cm.ResolvedBy, *cm.ResolvedAt))
			l.name(*x.ResolvedBy)
		}
		out = append(out, x)
	}
	return out, earlier, nil
}

var itemNumber = regexp.MustCompile(`#(\p{Nd}{1,18})`)

// quotedIn are the items that a text names by their numbers, each once, in the order in which it names them.
func quotedIn(words string, all []evidence.Shown) (out []evidence.Shown) {
	for _, m := range itemNumber.FindAllStringSubmatch(words, -1) {
		n, err := strconv.ParseInt(m[1], 10, 64)
		i := slices.IndexFunc(all, func(x evidence.Shown) bool { return int64(x.ID) == n })
		if err != nil || i < 0 || len(out) == mostQuoted ||
			slices.ContainsFunc(out, func(x evidence.Shown) bool { return x.ID == all[i].ID }) {
			continue
		}
		out = append(out, all[i])
	}
	return out
}

// membersOffered is how many people are offered to a person who types a mention.
const membersOffered = 10

// Members are the people of a collection whose names begin with what was typed after an @, for a person who may comment
// there. Only what they are called is told.
func (d *Desk) Members(ctx context.Context, actor auth.Actor, in auth.CollectionID, typed string) (out Members,
	err error) {
	defer fault.In(&err, "desk.Members(%d, %q)", in, typed)
	err = d.look(ctx, actor, func(l *look) error {
		if err := l.must(auth.ThingClaim, auth.Comment, in); err != nil {
			return err
		}
		all, err := l.h.Policy.Members(l.rx, auth.ThingClaim, auth.Read, in)
		out.People = auth.Matching(all, typed, membersOffered)
		return err
	})
	return out, err
}

// Members are people who can be mentioned.
type Members struct{ People []auth.Person }

// MemberJSON is somebody who can be mentioned: @ and the name.
type MemberJSON struct {
	Name    string `json:"name"`
	Display string `json:"display"`
}

// JSON is the answer for programs.
func (m Members) JSON() List[MemberJSON] {
	out := List[MemberJSON]{}
	for _, p := range m.People {
		out.Items = append(out.Items, MemberJSON{p.Name, p.Display})
	}
	return out
}

// CommentJSON is what somebody said about a claim. Author and resolver are left out while a round is under way; Hidden
// says that others do not read it before the present round is over.
type CommentJSON struct {
	ID         store.Drawn   `json:"id"`
	Author     auth.UserID   `json:"author,omitempty"`
	Words      string        `json:"words"`
	AddedAt    Time          `json:"added_at"`
	Hidden     bool          `json:"hidden,omitempty"`
	Mentions   []auth.UserID `json:"mentions"`
	Unknown    []string      `json:"unknown,omitempty"` // words after an @ that name nobody, of one just added
	Quotes     []evidence.ID `json:"quotes"`            // numbers of the claim's evidence that it names
	ResolvedBy auth.UserID   `json:"resolved_by,omitempty"`
	ResolvedAt *Time         `json:"resolved_at,omitempty"`
	Version    int64         `json:"version"`
}

// CommentOf is a comment for the programs of the person who made or changed it.
func CommentOf(c claims.Comment) CommentJSON { return CommentSeen{Comment: c}.JSON() }

// JSON is the comment for programs.
func (c CommentSeen) JSON() CommentJSON {
	out := CommentJSON{ID: c.Public, Author: c.AuthorID, Words: c.Words, AddedAt: Time(c.AddedAt), Hidden: c.Hidden,
		Mentions: some(c.Mentions), Unknown: c.Unknown, Quotes: []evidence.ID{}, ResolvedAt: timeOf(c.ResolvedAt),
		Version: c.Version}
	for _, x := range c.Quotes {
		out.Quotes = append(out.Quotes, x.ID)
	}
	if c.ResolvedBy != nil {
		out.ResolvedBy = *c.ResolvedBy
	}
	return out
}
