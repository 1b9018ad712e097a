package proposals

import (
	"context"
	"regexp"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/model"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Limits of what a machine proposes.
const (
	MostItems    = 100    // of one request
	MostTexts    = 10     // different articles of one request
	MostOfDay    = 20_000 // proposals of one machine in 24 hours
	mostReasons  = 5
	mostReason   = 200 // code points
	mostMaker    = 200
	mostSentence = 2000 // code points of a gloss
)

// Item is one thing that a machine proposes; which fields it needs, its kind says.
type Item struct {
	Kind                   Kind
	Article, OtherArticle  articles.ID
	Revision               articles.RevisionID // 0: whichever is the newest
	Sentence               int                 // number in the text, from 1
	Quote                  string
	Span                   text.Span
	Claim, OtherClaim      claims.ID
	Statement, Attribution string
	Hedge                  []string
	Lang, URL              string
	Reasons                []string
}

// Maker says what stands behind a machine: a model, the SHA-256 of what it is asked, and its parameters. All may be
// empty.
type Maker struct{ Model, Prompt, Parameters string }

// Answer is what became of one item.
type Answer struct {
	Outcome  Outcome
	Why      Why              // of a refused one
	What     string           // the words that it is refused for; "" where there are none
	Proposal claims.OwnNumber // 0: none is kept
	Claim    claims.ID        // 0: of no claim, or of one that has ended
}

// Service takes in what machines propose.
type Service struct {
	db     *store.DB
	policy *auth.Policy
	claims *claims.Service
}

// New makes the service.
func New(db *store.DB, policy *auth.Policy, with *claims.Service) *Service {
	return &Service{db: db, policy: policy, claims: with}
}

var hexHash = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Propose judges what a machine proposes in a collection and keeps what it can, with an answer for each item in their
// order. Sent again, nothing is kept twice. fault.Limited carries an auth.RetryAfter.
func (s *Service) Propose(ctx context.Context, actor auth.Actor, in auth.CollectionID, by Maker, all []Item) (
	out []Answer, err error) {
	defer fault.In(&err, "proposals.Propose(%d, %d items)", in, len(all))
	if _, err := s.policy.May(actor, auth.ThingMachine, auth.Propose, in); err != nil {
		return nil, err
	}
	if actor.Token == nil || !actor.Token.Machine {
		return nil, fault.New(fault.Forbidden, "Only the token of a machine proposes.")
	}
	if err := check(by, all); err != nil {
		return nil, err
	}
	token := int64(actor.Token.ID)
	j := &judging{s: s, actor: actor, in: in, made: claims.Made{Maker: claims.ByMachine, Version: "judging " +
		model.Judging + ", ladder " + model.Ladder, Model: by.Model, Prompt: by.Prompt, Parameters: by.Parameters,
		Token: &token, Machine: actor.UserID}, out: make([]Answer, len(all))}
	if err := s.db.Read(ctx, func(r *store.Rx) error {
		if err := s.ofDay(r, actor.UserID, len(all)); err != nil {
			return err
		}
		return j.read(r, all)
	}); err != nil {
		return nil, err
	}
	for i, it := range all {
		if j.out[i].Why, err = j.judge(ctx, i, it); err != nil {
			return nil, err
		}
	}
	if err := j.keep(ctx); err != nil {
		return nil, err
	}
	for i := range j.out {
		if j.out[i].Why != "" {
			j.out[i] = Answer{Outcome: Refused, Why: j.out[i].Why, What: j.out[i].What}
		}
	}
	return j.out, nil
}

// check refuses a request that is none.
func check(by Maker, all []Item) error {
	var c fault.Collect
	if len(all) == 0 {
		c.Add("items", "Propose something: items is empty.")
	} else if len(all) > MostItems {
		c.Add("items", "There are %d items. Send at most %d in one request, and the rest in others.", len(all),
			MostItems)
	}
	texts := map[articles.ID]bool{}
	for i, it := range all[:min(len(all), MostItems)] {
		if err := Kinds.Check("items", it.Kind); err != nil {
			c.Add("items", "Item %d is no proposal: %s", i+1, fault.Message(err))
			break
		}
		if it.Article != 0 && (it.Kind == Candidate || it.Kind == Passage) {
			texts[it.Article] = true
		}
	}
	if len(texts) > MostTexts {
		c.Add("items", "The items are of %d articles. Send those of at most %d in one request.", len(texts), MostTexts)
	}
	if by.Prompt != "" && !hexHash.MatchString(by.Prompt) {
		c.Add("prompt", "This is the SHA-256 of what was asked, 64 digits 0 to 9 and a to f; or leave it out.")
	}
	for name, words := range map[string]string{"model": by.Model, "parameters": by.Parameters} {
		if len([]rune(words)) > mostMaker || text.CheckTyped(name, words) != nil {
			c.Add(name, "This has at most %d characters, and none that nobody sees.", mostMaker)
		}
	}
	return c.Err()
}

// ofDay bounds what one machine proposes in a day.
func (s *Service) ofDay(r *store.Rx, machine auth.UserID, n int) error {
	since := s.db.Now() - store.Micros((24 * time.Hour).Microseconds())
	made, err := claims.MadeSince(r, machine, since, MostOfDay)
	if err != nil || made+int64(n) <= MostOfDay {
		return err
	}
	return fault.New(fault.Limited, "This machine has proposed %d things in 24 hours; people cannot look at more than "+
		"%d. Go on later.", made, MostOfDay).WithDetail(auth.RetryAfter(time.Hour))
}
