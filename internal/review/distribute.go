package review

import (
	"cmp"
	"context"
	"hash/fnv"
	"slices"
	"strings"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// Distribution is what giving out claims by a strategy did.
type Distribution struct {
	Given int  `json:"given"` // assignments
	Left  int  `json:"left"`  // claims of these that nobody reads
	More  bool `json:"more"`  // others wait still: ask again
}

// reviewer is somebody to whom claims may be given, with how many they have.
type reviewer struct {
	ID    auth.UserID
	Reads string
	Has   int
}

func (p reviewer) reads(lang string) bool {
	return p.Reads == "" || slices.Contains(strings.Split(p.Reads, ","), lang)
}

// mostPeople is how many people of a collection claims are given to.
const mostPeople = 500

// reviewersIn are the people who may review in a collection, with how many open claims they were given. What they have
// reviewed is not asked: who has done much must not show in who is given what.
func reviewersIn(r *store.Rx, in auth.CollectionID) ([]reviewer, error) {
	return store.Select[reviewer](r, `SELECT u.id, u.reads, (SELECT COUNT(*) FROM assignments a JOIN claims c ON
		c.id = a.claim_id WHERE a.user_id = u.id AND a.collection_id = ? AND c.state = 'open') AS has
		FROM users u WHERE u.enabled = ? AND EXISTS (SELECT 1 FROM role_grants g WHERE g.user_id = u.id AND
		g.role IN ('reviewer', 'editor') AND g.collection_id IN (0, ?)) ORDER BY u.id LIMIT ?`, in, true, in,
		mostPeople)
}

// ReviewersOf are at most limit people who may review in a collection, by number. It asks no permission.
func ReviewersOf(r *store.Rx, in auth.CollectionID, limit int) ([]auth.UserID, error) {
	return store.Select[auth.UserID](r, "SELECT u.id FROM users u WHERE u.enabled = ? AND EXISTS (SELECT 1 FROM "+
		"role_grants g WHERE g.user_id = u.id AND g.role IN ('reviewer', 'editor') AND g.collection_id IN (0, ?)) "+
		"ORDER BY u.id LIMIT ?", true, in, limit)
}

// Share is what one person has, and would get.
type Share struct {
	User auth.UserID
	Has  int // open claims that they were given
	Gets int // of those that a rule would give out now
}

// Distribute gives the open claims that nobody has to people, at most MostAssigned at once: ask again while there are
// more. Each goes to those who read its language; who has the fewest comes first. ByReading gives each to as many as
// the quorum asks; ByShare gives one in a hundred times share of them to as many, and the others to one. It looks at
// assignments, never at reviews.
func (s *Service) Distribute(ctx context.Context, actor auth.Actor, in auth.CollectionID, how How, share int) (
	d Distribution, err error) {
	defer fault.In(&err, "review.Distribute(%d, %q, %d)", in, how, share)
	who, err := s.policy.May(actor, auth.ThingAssignment, auth.Give, in)
	if err != nil {
		return d, err
	}
	g := Giving{CollectionID: in, How: how, Share: share}
	err = s.write(ctx, func(tx *store.Tx) error {
		gifts, _, left, err := dealt(&tx.Rx, g)
		if err != nil {
			return err
		}
		d = left
		d.Given, err = give(tx, who, in, gifts, how)
		return err
	})
	return d, err
}

// Dealing is what Distribute would do now: to whom how many, those with the most first. With a rule that gives out by
// hand nobody gets any. It asks no permission.
func Dealing(r *store.Rx, g Giving) (out []Share, d Distribution, err error) {
	var gifts []gift
	var people []reviewer
	if g.How == ByHand {
		people, err = reviewersIn(r, g.CollectionID)
	} else {
		gifts, people, d, err = dealt(r, g)
	}
	if err != nil {
		return nil, d, err
	}
	gets := map[auth.UserID]int{}
	for _, x := range gifts {
		gets[x.to]++
	}
	for _, p := range people {
		out = append(out, Share{User: p.ID, Has: p.Has, Gets: gets[p.ID]})
	}
	d.Given = len(gifts)
	return out, d, nil
}

// dealt says which of the claims that nobody has a rule gives to whom, and what it leaves.
func dealt(r *store.Rx, g Giving) (gifts []gift, people []reviewer, d Distribution, err error) {
	if err := checkGiving(g); err != nil {
		return nil, nil, d, err
	}
	if g.How == ByHand {
		return nil, nil, d, fault.New(fault.Invalid, "Choose “languages” or “share”.").With("how",
			"Choose languages or share.")
	}
	col, err := articles.CollectionByID(r, g.CollectionID)
	if err != nil {
		return nil, nil, d, err
	}
	if people, err = reviewersIn(r, g.CollectionID); err != nil {
		return nil, nil, d, err
	}
	free, err := store.Select[claims.Claim](r, "SELECT * FROM claims WHERE collection_id = ? AND "+
		"state = 'open' AND opened_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM assignments WHERE "+
		"claim_id = claims.id AND "+holds+") ORDER BY priority DESC, opened_at, id LIMIT ?", g.CollectionID, true,
		MostAssigned+1)
	if err != nil {
		return nil, nil, d, err
	}
	if d.More = len(free) > MostAssigned; d.More {
		free = free[:MostAssigned]
	}
	gifts = deal(free, people, g.needed(col.Quorum))
	d.Left = len(free) - len(claimsIn(gifts))
	return gifts, people, d, nil
}

// deal gives each claim to as many of those who read it as needed says, those with the fewest first; among equals the
// lot decides, which is the same however often it is drawn.
func deal(free []claims.Claim, people []reviewer, needed func(claims.Claim) int) (out []gift) {
	people = slices.Clone(people)
	for _, c := range free {
		slices.SortFunc(people, func(a, b reviewer) int {
			return cmp.Or(cmp.Compare(a.Has, b.Has), cmp.Compare(drawOf(c.ID, a.ID), drawOf(c.ID, b.ID)))
		})
		n := needed(c)
		for i := range people {
			if n == 0 {
				break
			}
			if people[i].reads(c.Lang) {
				out = append(out, gift{c.ID, people[i].ID})
				people[i].Has++
				n--
			}
		}
	}
	return out
}

func claimsIn(all []gift) map[claims.ID]bool {
	out := map[claims.ID]bool{}
	for _, g := range all {
		out[g.claim] = true
	}
	return out
}

// drawOf is the lot of a claim and a person.
func drawOf(c claims.ID, u auth.UserID) uint64 {
	h := fnv.New64a()
	for _, n := range []uint64{uint64(c), uint64(u)} {
		for i := range 8 {
			_, _ = h.Write([]byte{byte(n >> (8 * i))})
		}
	}
	return h.Sum64() >> 8
}
