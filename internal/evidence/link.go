package evidence

import (
	"context"
	"strings"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/captures"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/jobs"
	"claimbench/internal/match"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Compare finds what differs between a claim and a passage, number by number and date by date, in sentences for
// people. It is pure; nil compares nothing.
type Compare func(claim, passage string, claimLang, passageLang string) []string

// Service is what may be done with evidence and origins.
type Service struct {
	db      *store.DB
	policy  *auth.Policy
	compare Compare
	shelves shelves
	pairs   pairings
	follow  following
	work    *jobs.Service
	stamps  *captures.Service // nil: captures are not stamped
	hearing Hearing           // nil: there is no third voice
	folder  string            // where the indexes are kept; "" for nowhere
	// sentences from which on an index is kept; tests lower it
	leastKept int
}

// New makes the service. ofClaims tells it of claims that are merged.
func New(db *store.DB, policy *auth.Policy, compare Compare, ofClaims *claims.Service) *Service {
	s := &Service{
		db: db, policy: policy, compare: compare,
		shelves:   shelves{by: map[auth.CollectionID]*shelf{}, most: maxShelved},
		pairs:     pairings{by: map[auth.CollectionID]*pairing{}},
		leastKept: usuallyKept,
		follow:    following{wake: make(chan struct{}, 1), done: make(chan struct{})},
	}
	ofClaims.OnMerge(s.takeOver)
	ofClaims.OnUnmerge(giveBack)
	ofClaims.OnLeave(linkedTo)
	return s
}

// Link is what a person says of one item. Either ArticleID with a span of its newest text, or URL with a quotation.
type Link struct {
	ClaimID     claims.ID
	ArticleID   articles.ID
	RevisionID  articles.RevisionID
	Span        text.Span
	Exact       string // what the person saw at the span, or the quotation from the URL
	URL         string
	ArchivedURL string
	Title       string // of the URL, as the person says; "" not said
	Publisher   string // of the URL; "" not said
	Lang        string // of the quotation; "" found
	ReadOn      string // YYYY-MM-DD
	Origin      string // of the URL, by name; "" not stated
	Stance      Stance
	Kind        Kind
	Note        string
	// why the source is protected, in public words: an outside document of which the row says nothing; "" it is not
	Protect  string
	Answer   bool                  // it is what somebody answered who was asked: an outside document without an address
	Proposed articles.SentenceID   // the sentence, when the machine proposed it; 0: a person found it
	Above    []articles.SentenceID // the sentences that were proposed above it
}

// Link adds an item of evidence to a claim that is open or in conflict.
func (s *Service) Link(ctx context.Context, actor auth.Actor, l Link) (_ Item, err error) {
	defer fault.In(&err, "evidence.Link(claim %d)", l.ClaimID)
	c, who, err := s.allowed(ctx, actor, l.ClaimID, auth.ThingEvidence, auth.Link)
	if err != nil {
		return Item{}, err
	}
	if l.Protect != "" {
		if _, err := s.policy.May(actor, auth.ThingEvidence, auth.Protect, c.CollectionID); err != nil {
			return Item{}, err
		}
	}
	if err := s.check(&l); err != nil {
		return Item{}, err
	}
	differences, err := s.compareFirst(ctx, c, l)
	if err != nil {
		return Item{}, err
	}
	var out Item
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		now, err := claims.Lock(tx, c.ID)
		if err != nil {
			return err
		}
		if err := Takes(now); err != nil {
			return err
		}
		var n int64
		if err := tx.Gorm().Model(&Item{}).Where("claim_id = ? AND unlinked_at IS NULL", now.ID).
			Count(&n).Error; err != nil {
			return err
		}
		if err := HasRoom(now, n); err != nil {
			return err
		}
		out = Item{
			CollectionID: now.CollectionID, ClaimID: now.ID, Stance: l.Stance, Kind: l.Kind, Note: l.Note,
			LinkedBy: actor.UserID, LinkedAt: tx.Now(), Version: 1,
		}
		if err := linkedOnce(&tx.Rx, l); err != nil {
			return err
		}
		var hidden Kept
		if l.outside() {
			err = outside(tx, who, &out, l)
		} else {
			err = inside(&tx.Rx, &out, now, l)
		}
		if err != nil {
			return err
		}
		if err := passageOnce(&tx.Rx, out, l); err != nil {
			return err
		}
		if out.Differences = differences; now.WordsVersion != c.WordsVersion {
			out.Differences = s.Differences(now, out.Exact, out.Lang)
		}
		if l.Protect != "" {
			if hidden, err = linkProtected(tx, who, &out, l, now); err != nil {
				return err
			}
		}
		if err := tx.Gorm().Create(&out).Error; err != nil {
			return err
		}
		if _, err = history.Append(tx, who, history.Event{Action: "evidence.linked", Object: Object(out.ID),
			Collection: int64(out.CollectionID), After: fields(out), Texts: texts(out)}); err != nil {
			return err
		}
		if l.Protect != "" {
			if err := keep(tx, who, out, hidden); err != nil {
				return err
			}
		}
		if err := note(tx, who, "evidence.linked", out); err != nil {
			return err
		}
		if l.outside() && !l.Answer {
			if err := claims.SentTyped(tx, actor.UserID, now.ID, claims.OutsideForm); err != nil {
				return err
			}
		}
		if l.Proposed == 0 { // a person found it
			return settleLinked(tx, who, out)
		}
		return settle(tx, who, now, l.Proposed, claims.Accepted, l.Above)
	})
	return out, err
}

// settleLinked keeps that what a machine may have proposed is linked, though nobody answered the proposal.
func settleLinked(tx *store.Tx, who history.Who, it Item) error {
	if it.ArticleID == nil {
		return nil
	}
	return claims.SettleLinked(tx, who, it.ClaimID, it.RevisionID, it.Span)
}

// linkedOnce refuses an answer that is linked to its claim already.
func linkedOnce(r *store.Rx, l Link) error {
	if !l.Answer {
		return nil
	}
	id, there, err := store.One[ID](r, "SELECT id FROM evidence WHERE claim_id = ? AND url = '' AND title = ? AND "+
		"publisher = ? AND exact = ? AND article_id IS NULL AND unlinked_at IS NULL ORDER BY id LIMIT 1", l.ClaimID,
		l.Title, l.Publisher, l.Exact)
	if err == nil && there {
		err = fault.New(fault.Conflict, "This answer is linked already: it is evidence #%d of claim %d.", id, l.ClaimID)
	}
	return err
}

// passageOnce refuses a suggested passage that is linked to its claim in the same way already: by another tab, or
// somebody else who had it before them at the same time. One that is linked with another stance is another statement
// about it, and words that a person chose themselves may be linked as often as they like.
func passageOnce(r *store.Rx, x Item, l Link) error {
	if x.ArticleID == nil || l.Proposed == 0 {
		return nil
	}
	id, there, err := store.One[ID](r, "SELECT id FROM evidence WHERE article_id = ? AND revision_id = ? AND "+
		"start_cp = ? AND end_cp = ? AND claim_id = ? AND stance = ? AND unlinked_at IS NULL ORDER BY id LIMIT 1",
		x.ArticleID, x.RevisionID, x.Start, x.End, x.ClaimID, x.Stance)
	if err == nil && there {
		err = fault.New(fault.Conflict, "This passage is linked already, with the same stance: it is evidence #%d of "+
			"claim %d.", id, x.ClaimID)
	}
	return err
}

// AnswerLinked gives the item of evidence that an answer to a question is, 0 for none: what that person said that day.
// One whose source is protected is none, for it cannot be (Protectable). It asks no permission.
func AnswerLinked(r *store.Rx, id claims.ID, who, on string) (ID, error) {
	out, _, err := store.One[ID](r, "SELECT id FROM evidence WHERE claim_id = ? AND url = '' AND title = ? AND "+
		"publisher = ? AND article_id IS NULL AND unlinked_at IS NULL ORDER BY id LIMIT 1", id, AnswerTitle+on, who)
	return out, err
}

// compareFirst compares the claim with the passage before the Write, for reading numbers and dates takes a while.
func (s *Service) compareFirst(ctx context.Context, c claims.Claim, l Link) (out store.Strings, err error) {
	if err := Takes(c); err != nil {
		return nil, err
	}
	if l.outside() {
		return s.Differences(c, l.Exact, l.Lang), nil
	}
	var draft Item
	err = s.db.Read(ctx, func(r *store.Rx) error { return inside(r, &draft, c, l) })
	return s.Differences(c, draft.Exact, draft.Lang), err
}

func (s *Service) allowed(ctx context.Context, actor auth.Actor, id claims.ID, t auth.Thing, act auth.Action) (
	claims.Claim, history.Who, error) {
	return claims.Allowed(ctx, s.db, s.policy, actor, id, t, act)
}

// inside fills in an item from a span of another article of the claim's collection.
func inside(r *store.Rx, i *Item, c claims.Claim, l Link) error {
	a, err := articles.ByID(r, l.ArticleID)
	if err != nil || a.CollectionID != c.CollectionID {
		if err == nil || fault.KindOf(err) == fault.NotFound {
			return fault.New(fault.NotFound, "There is no such article in the claim's collection.")
		}
		return err
	}
	switch {
	case a.ID == c.ArticleID:
		return fault.New(fault.Invalid,
			"This passage is of the claim's own article, and a text is no evidence for itself. Choose another "+
				"article.").With("article", "Choose another article.")
	case a.State != articles.Live:
		return articles.Linkable(a)
	case a.RevisionID == nil || *a.RevisionID != l.RevisionID:
		return fault.New(fault.Conflict,
			"The article has a newer text than the one you searched. Search again and pick the passage there.")
	}
	at, err := articles.PlaceAt(r, l.RevisionID, l.Span, l.Exact)
	i.ArticleID, i.Spot = &a.ID, at
	return err
}

// outside fills in an item from a URL, which is never fetched.
func outside(tx *store.Tx, who history.Who, i *Item, l Link) error {
	i.Title, i.Publisher = l.Title, l.Publisher
	i.URL, i.ArchivedURL, i.Exact, i.ReadOn, i.Lang, i.Dir = l.URL, l.ArchivedURL, l.Exact, l.ReadOn, l.Lang,
		string(text.DirOf(l.Lang))
	if l.Origin == "" || l.Protect != "" {
		return nil
	}
	o, err := originNamed(tx, who, i.CollectionID, l.Origin)
	i.OriginID = &o.ID
	return err
}

// check looks at what was typed, before any Write.
func (s *Service) check(l *Link) error {
	var bad fault.Collect
	l.URL, l.ArchivedURL, l.Origin, l.Note = strings.TrimSpace(l.URL), strings.TrimSpace(l.ArchivedURL),
		strings.TrimSpace(l.Origin), strings.TrimSpace(l.Note)
	l.Title, l.Publisher = strings.TrimSpace(l.Title), strings.TrimSpace(l.Publisher)
	if !Stances.Has(l.Stance) {
		bad.Add("stance", "Say how the passage stands to the claim: supports, refutes or context.")
	}
	if l.Kind == "" {
		l.Kind = Report
	}
	kinds := Chosen
	if l.Answer {
		kinds = Kinds
	}
	if err := kinds.Check("kind", l.Kind); err != nil {
		bad.Add("kind", "%s", fault.Message(err))
	}
	typed := map[string]string{"note": l.Note, "url": l.URL, "archived_url": l.ArchivedURL, "origin": l.Origin}
	if l.outside() {
		typed["quotation"], typed["title"], typed["publisher"] = l.Exact, l.Title, l.Publisher
		s.checkOutside(l, &bad)
	} else if l.ArticleID == 0 {
		bad.Add("article", "Pick a passage of an article, or give the address of an outside page.")
	}
	if err := unfit(l.Origin); err != nil {
		bad.Add("origin", "%s", fault.Message(err))
	}
	for field, v := range typed {
		if err := text.CheckTyped(field, v); err != nil {
			bad.Add(field, "%s", err)
		} else if n, most := len([]rune(v)), longestOf(field); n > most {
			bad.Add(field, "The %s has %d characters; at most %d are kept.", field, n, most)
		}
	}
	if l.Protect != "" && !l.outside() {
		bad.Add("protect", "Only an outside document can be protected; all people of the collection read its articles.")
	} else if l.Protect != "" {
		if err := articles.CheckProtection(&l.Protect); err != nil {
			bad.Add("protect", "%s", fault.Message(err))
		} else if l.URL == "" && l.Title == "" && l.Publisher == "" {
			bad.Add("publisher", "Say who the source is, or what the document is called: for those who may know it.")
		}
	}
	return bad.Err()
}

// outside says that it is of an outside document, which has no address when only its source could give one.
func (l Link) outside() bool { return l.URL != "" || (l.Protect != "" || l.Answer) && l.ArticleID == 0 }

// longestOf is how many characters of a field are kept.
func longestOf(field string) int {
	if field == "title" || field == "publisher" {
		return 500
	}
	return 5000
}

func (s *Service) checkOutside(l *Link, bad *fault.Collect) {
	l.Exact = strings.TrimSpace(strings.ReplaceAll(l.Exact, "\r\n", "\n"))
	for field, v := range map[string]string{"url": l.URL, "archived_url": l.ArchivedURL} {
		if err := articles.CheckURL(field, v); err != nil {
			bad.Add(field, "%s", fault.Message(err))
		}
	}
	if text.Blank(l.Exact) {
		bad.Add("quotation", "Quote the words of the page that bear on the claim; the page itself is never fetched.")
	}
	day, err := time.Parse("2006-01-02", l.ReadOn)
	switch {
	case err != nil:
		bad.Add("read_on", "Say on which day you read the page, as YYYY-MM-DD.")
	case day.After(s.db.Now().Time().Add(14 * time.Hour)): // somewhere on Earth it is that day already
		bad.Add("read_on", "%s has not come yet. Say on which day you read the page.", l.ReadOn)
	}
	if l.Lang == "" {
		l.Lang = text.Detect(l.Exact)
	} else if !articles.IsLang(l.Lang) {
		bad.Add("lang", "“%s” is no language tag. Write fa, ar, ja, en and so on, or leave it empty and it is found.",
			l.Lang)
	}
}

// Unlink takes an item away from its claim; it stays readable in the history.
func (s *Service) Unlink(ctx context.Context, actor auth.Actor, id ID, version int64, reason string) (_ Item,
	err error) {
	defer fault.In(&err, "evidence.Unlink(%d)", id)
	var it Item
	if err := s.db.Read(ctx, func(r *store.Rx) error {
		return store.Take(r.Gorm(), &it, "such evidence", "id = ?",
			id)
	}); err != nil {
		return it, err
	}
	_, who, err := s.allowed(ctx, actor, it.ClaimID, auth.ThingEvidence, auth.Link)
	if fault.KindOf(err) == fault.NotFound {
		return Item{}, fault.Wrap(fault.NotFound, err, "There is no such evidence.")
	}
	if err != nil {
		return Item{}, err
	}
	if err := text.CheckReason(&reason, "", ""); err != nil {
		return Item{}, err
	}
	var after Item
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		c, err := claims.Lock(tx, it.ClaimID)
		if err != nil {
			return err
		}
		if after, err = unlink(tx, who, c, id, version, reason, ""); err != nil {
			return err
		}
		return note(tx, who, "evidence.unlinked", after)
	})
	return after, err
}

// unlink takes an item away from its claim, which is locked.
func unlink(tx *store.Tx, who history.Who, c claims.Claim, id ID, version int64, reason, batch string) (after Item,
	err error) {
	var now Item
	if err := store.Take(tx.Lock(), &now, "such evidence", "id = ?", id); err != nil {
		return now, err
	}
	if err := Unlinkable(c, now); err != nil {
		return now, err
	}
	after = now
	at, by := tx.Now(), auth.UserID(who.UserID)
	after.UnlinkedAt, after.UnlinkedBy, after.Version = &at, &by, version+1
	if err := store.Changed(tx.Gorm().Model(&Item{}).Where("id = ? AND version = ?", id,
		version).Updates(map[string]any{
		"unlinked_by": by, "unlinked_at": at, "version": after.Version,
	}), "this evidence"); err != nil {
		return now, err
	}
	_, err = history.Append(tx, who, history.Event{Action: "evidence.unlinked", Object: Object(id),
		Collection: int64(now.CollectionID), Before: fields(now), After: fields(after), Reason: reason, Batch: batch})
	return after, err
}

// longestCompared bounds the passages that are compared, in code points: a text without a full stop is no sentence.
const longestCompared = 4000

// Differences says what a claim and a passage do not say alike, before and after linking; empty when nothing was found.
func (s *Service) Differences(c claims.Claim, passage, lang string) []string {
	words := c.Statement
	if words == "" {
		words = c.Exact
	}
	if s.compare == nil || len(words) > 4*longestCompared || len(passage) > 4*longestCompared {
		return []string{}
	}
	return append([]string{}, s.compare(words, passage, c.Lang, lang)...)
}

// Differences is the Compare that the program uses.
func Differences(claim, passage, claimLang, passageLang string) []string {
	found := match.Compare(match.Item{Lang: claimLang, Text: claim}, match.Item{Lang: passageLang, Text: passage})
	out := make([]string, len(found))
	for i, d := range found {
		out[i] = d.Message
	}
	return out
}
