package articles

import (
	"context"
	"slices"
	"strings"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/jobs"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Index is told of a revision's sentences inside the same Write; internal/search is the one that listens.
type Index interface {
	AddRevision(tx *store.Tx, doc *text.Doc, sentences []Sentence) error
	DropRevision(tx *store.Tx, sentences []Sentence) error
}

// Service is what may be done with collections, sources and articles.
type Service struct {
	db     *store.DB
	policy *auth.Policy
	index  Index
	work   *jobs.Service
	moved  func(auth.CollectionID)
	gone   func(auth.CollectionID)
	beside Beside // nil: nothing is hidden beside an article
	leaves []Leaving
}

// New makes the service. index may be nil where nothing searches; work does in the background what is long.
func New(db *store.DB, policy *auth.Policy, index Index, work *jobs.Service) *Service {
	s := &Service{db: db, policy: policy, index: index, work: work, moved: func(auth.CollectionID) {},
		gone: func(auth.CollectionID) {}}
	work.Register(TakingIn, takingIn{s})
	return s
}

// Leaving is done in the Write in which a text is taken down or protected: what other rooms do with it ends.
type Leaving func(tx *store.Tx, who history.Who, was Article) error

// OnLeaving names what is done then. It is called before the first text.
func (s *Service) OnLeaving(f Leaving) { s.leaves = append(s.leaves, f) }

// leaving does it.
func (s *Service) leaving(tx *store.Tx, who history.Who, was Article) error {
	for _, f := range s.leaves {
		if err := f(tx, who, was); err != nil {
			return err
		}
	}
	return nil
}

// Tell names who is told, after the commit, that a whole text came into a collection, and that one was taken down: who
// is told of that keeps nothing of it when it returns. Neither may be slow. It is called once, before the first text.
func (s *Service) Tell(moved, gone func(auth.CollectionID)) { s.moved, s.gone = moved, gone }

// UsualQuorum is how many reviews a round needs where nobody says otherwise.
const UsualQuorum = 2

// CollectionNew is what an admin says of a new collection. What is nil takes the usual: UsualQuorum, Unanimous. What is
// given is taken as it is or refused.
type CollectionNew struct {
	Name   string
	Quorum *int
	Rule   *Rule
	Advice []Guard
}

// Check says what is wrong with it, by field.
func (n CollectionNew) Check() error { return checkCollection(n.collection()) }

func (n CollectionNew) collection() Collection {
	c := Collection{Name: strings.TrimSpace(n.Name), Quorum: UsualQuorum, Rule: Unanimous, Advice: n.Advice, Version: 1}
	if n.Quorum != nil {
		c.Quorum = *n.Quorum
	}
	if n.Rule != nil {
		c.Rule = *n.Rule
	}
	return c
}

// CreateCollection opens a collection.
func (s *Service) CreateCollection(ctx context.Context, actor auth.Actor, n CollectionNew) (_ Collection, err error) {
	defer fault.In(&err, "articles.CreateCollection(%q)", n.Name)
	who, err := s.policy.May(actor, auth.ThingCollection, auth.Write, 0)
	if err != nil {
		return Collection{}, err
	}
	c := n.collection()
	if err := checkCollection(c); err != nil {
		return Collection{}, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		c.ID = 0
		if err := nameApart(tx, 0, c.Name); err != nil {
			return err
		}
		if err := tx.Gorm().Create(&c).Error; err != nil {
			return err
		}
		return record(tx, who, "collection.created", int64(c.ID), nil, collectionFields(c),
			history.Texts{"name": c.Name}, collectionObject(c.ID), "")
	})
	return c, err
}

// SetRules changes a collection's name, quorum, rule and advice. Rounds that are open keep the rules they opened with.
func (s *Service) SetRules(ctx context.Context, actor auth.Actor, want Collection) (_ Collection, err error) {
	defer fault.In(&err, "articles.SetRules(%d)", want.ID)
	who, err := s.policy.May(actor, auth.ThingSettings, auth.Write, want.ID)
	if err != nil {
		return Collection{}, err
	}
	want.Name = strings.TrimSpace(want.Name)
	if err := checkCollection(want); err != nil {
		return Collection{}, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		var now Collection
		if err := store.Take(tx.Lock(), &now, "such collection", "id = ?", want.ID); err != nil {
			return err
		}
		if now.Name != want.Name {
			if err := nameApart(tx, want.ID, want.Name); err != nil {
				return err
			}
		}
		before := collectionFields(now)
		if err := store.Changed(tx.Gorm().Model(&Collection{}).Where("id = ? AND version = ?", want.ID,
			want.Version).Updates(map[string]any{
			"name": want.Name, "quorum": want.Quorum, "rule": want.Rule, "advice": want.Advice,
			"version": want.Version + 1,
		}), "the rules of this collection"); err != nil {
			return err
		}
		after := want
		after.Version++
		want = after
		return record(tx, who, "collection.rules_set", int64(want.ID), before, collectionFields(after),
			history.Texts{"name": after.Name}, collectionObject(after.ID), "")
	})
	return want, err
}

func checkCollection(c Collection) error {
	var bad fault.Collect
	if c.Name == "" {
		bad.Add("name", "A collection needs a name.")
	} else if len([]rune(c.Name)) > 200 {
		bad.Add("name", "A collection's name has at most 200 characters.")
	} else if err := text.CheckShown("name", c.Name); err != nil {
		bad.Add("name", "%s", err)
	}
	if c.Quorum < 1 || c.Quorum > 50 {
		bad.Add("quorum", "A quorum is between 1 and 50 reviews; %d is not.", c.Quorum)
	}
	if err := Rules.Check("rule", c.Rule); err != nil {
		bad.Add("rule", "%s", fault.Message(err))
	}
	for _, g := range c.Advice {
		if err := Guards.Check("advice", g); err != nil {
			bad.Add("advice", "%s", fault.Message(err))
		}
	}
	return bad.Err()
}

// Collections lists the collections that this person may read, by name.
func (s *Service) Collections(ctx context.Context, actor auth.Actor) (_ []Collection, err error) {
	defer fault.In(&err, "articles.Collections()")
	all, ids := s.policy.Collections(actor, auth.ThingCollection, auth.Read)
	var out []Collection
	err = s.db.Read(ctx, func(r *store.Rx) (err error) {
		out, err = CollectionsIn(r, all, ids, 0)
		return err
	})
	return out, err
}

// EveryCollection is Collections without asking who wants to know: for the command line, where whoever reads the
// database may.
func (s *Service) EveryCollection(ctx context.Context) (out []Collection, err error) {
	defer fault.In(&err, "articles.EveryCollection()")
	err = s.db.Read(ctx, func(r *store.Rx) (err error) {
		out, err = CollectionsIn(r, true, nil, 0)
		return err
	})
	return out, err
}

// CollectionsIn lists collections by name inside a transaction: all of them, or those of ids; at most limit, 0 for no
// limit. It asks no permission.
func CollectionsIn(r *store.Rx, all bool, ids []auth.CollectionID, limit int) (out []Collection, err error) {
	q := r.Gorm().Order("name, id")
	if !all {
		q = q.Where("id IN ?", append(slices.Clone(ids), -1))
	}
	if limit > 0 {
		q = q.Limit(limit)
	}
	return out, q.Find(&out).Error
}

// Collection reads one.
func (s *Service) Collection(ctx context.Context, actor auth.Actor, id auth.CollectionID) (c Collection, err error) {
	defer fault.In(&err, "articles.Collection(%d)", id)
	if _, err := s.policy.May(actor, auth.ThingCollection, auth.Read, id); err != nil {
		return c, err
	}
	err = s.db.Read(ctx, func(r *store.Rx) (err error) {
		c, err = CollectionByID(r, id)
		return err
	})
	return c, err
}

// CollectionByID reads a collection inside a transaction; it asks no permission.
func CollectionByID(r *store.Rx, id auth.CollectionID) (c Collection, err error) {
	return store.Get[Collection](r, "such collection", "SELECT * FROM collections WHERE id = ?", id)
}

// CollectionByName reads a collection by its name, for the command line.
func (s *Service) CollectionByName(ctx context.Context, actor auth.Actor, name string) (c Collection, err error) {
	defer fault.In(&err, "articles.CollectionByName(%q)", name)
	if err = s.db.Read(ctx, func(r *store.Rx) error {
		return store.Take(r.Gorm(), &c, "collection named “"+name+"”", "name = ?", name)
	}); err != nil {
		return c, err
	}
	_, err = s.policy.May(actor, auth.ThingCollection, auth.Read, c.ID)
	return c, err
}

// nameApart refuses a name by which a collection could be taken for another one. Collections are few.
func nameApart(tx *store.Tx, of auth.CollectionID, name string) error {
	if err := tx.Alone("names of collections"); err != nil {
		return err
	}
	if err := nameFree(tx, "collections", name, "A collection"); err != nil {
		return err
	}
	others, err := store.Select[struct{ Name string }](&tx.Rx, "SELECT name FROM collections WHERE id <> ?", of)
	if err != nil {
		return err
	}
	for _, o := range others {
		if text.LookAlike(name, o.Name) {
			return fault.New(fault.Invalid, "“%s” looks like the name of another collection. Choose one that nobody "+
				"takes for it.", name).With("name", "This looks like the name of another collection.")
		}
	}
	return nil
}

func nameFree(tx *store.Tx, table, name, what string) error {
	var n int64
	if err := tx.Gorm().Table(table).Where("name = ?", name).Count(&n).Error; err != nil {
		return err
	}
	if n > 0 {
		return fault.New(fault.Invalid, "%s named “%s” exists already. Choose another name.", what, name).With("name",
			"This name is taken.")
	}
	return nil
}
