package evidence

import (
	"context"
	"slices"
	"strconv"
	"sync"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/match"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// shelf is the index of one collection: the sentences of its live articles' newest texts. It lives in memory only and
// follows the table of articles, so that what another program imports is seen, and a crash loses nothing. Sentences of
// a text that was replaced stay in the index until they are many; they are left out of the answers, as is everything
// that is not live in the transaction that answers. The texts stay in the database: the index asks for the few it
// has to show.
type shelf struct {
	turn  chan struct{} // one catches up, the others wait
	taken bool          // the kept index was looked for; guarded by turn

	mu        sync.RWMutex // guards what follows
	index     *match.Index
	have      map[articles.ID]articles.RevisionID
	sentences int // in the index
	kept      int // of them, when the index was written to its file or read
	dead      int // of them, of replaced texts
	sizes     map[articles.RevisionID]int
	begun     map[articles.RevisionID]int // items of a text that was not added to its end
	seen      liveMark                    // the articles as the index has them
	left      int                         // articles that did not fit
	used      int64                       // when it was asked last, counted by the service
	hits      map[ask][]match.Hit         // what was found for claims while the index stood as it stands
}

func newShelf() *shelf {
	sh := &shelf{turn: make(chan struct{}, 1)}
	sh.empty()
	return sh
}

func (sh *shelf) empty() {
	sh.index, sh.have = match.NewIndex(match.Builtin(), match.BareTexts()), map[articles.ID]articles.RevisionID{}
	sh.hits, sh.kept = nil, 0
	sh.sizes, sh.begun = map[articles.RevisionID]int{}, map[articles.RevisionID]int{}
	sh.sentences, sh.dead, sh.seen, sh.left = 0, 0, liveMark{}, 0
}

// liveMark tells two states of a collection's articles apart without listing them: a revision's id is new whenever a
// text comes in, and an article that is taken down is counted no more.
type liveMark struct {
	N       int64 `gorm:"column:n"`
	Sum     int64 `gorm:"column:total"`
	Highest int64 `gorm:"column:highest"`
}

// markKey is the key of a collection's mark within one look.
type markKey auth.CollectionID

func markOf(r *store.Rx, c auth.CollectionID) (liveMark, error) {
	return store.Once(r, markKey(c), func() (liveMark, error) { return markNow(r, c) })
}

func markNow(r *store.Rx, c auth.CollectionID) (m liveMark, err error) {
	err = r.Gorm().Raw(`SELECT COUNT(*) AS n, CAST(COALESCE(SUM(revision_id), 0) AS BIGINT) AS total,
		COALESCE(MAX(revision_id), 0) AS highest
		FROM articles WHERE collection_id = ? AND state = ? AND `+articles.Whole, c, articles.Live).Scan(&m).Error
	return m, err
}

// standing is one article with its newest text.
type standing struct {
	ID         articles.ID         `gorm:"column:id"`
	RevisionID articles.RevisionID `gorm:"column:revision_id"`
}

// standingAfter lists the articles of a collection whose newest texts came after one, in the order in which they came.
func standingAfter(r *store.Rx, c auth.CollectionID, after int64) (list []standing, err error) {
	err = r.Gorm().Table("articles").Select("id, revision_id").Where(
		"collection_id = ? AND state = ? AND revision_id > ? AND "+articles.Whole, c, articles.Live, after).Order(
		"revision_id").Find(&list).Error
	return list, err
}

// standingSince lists the articles of a collection with their newest texts, for somebody who has those of a mark: when
// articles came in and nothing else happened, it lists only these, and grown is true. So what follows an import does
// not grow with the collection.
func standingSince(r *store.Rx, c auth.CollectionID, had liveMark) (m liveMark, list []standing, grown bool,
	err error) {
	if m, err = markOf(r, c); err != nil {
		return m, nil, false, err
	}
	if had.N > 0 && m.N > had.N && m.Highest > had.Highest {
		if list, err = standingAfter(r, c, had.Highest); err != nil {
			return m, nil, false, err
		}
		for _, a := range list {
			had.N, had.Sum, had.Highest = had.N+1, had.Sum+int64(a.RevisionID), int64(a.RevisionID)
		}
		if had == m {
			return m, list, true, nil
		}
	}
	list, err = standingAfter(r, c, 0)
	return m, list, false, err
}

// current says whether the index has the articles of mark.
func (sh *shelf) current(m liveMark) bool {
	sh.mu.RLock()
	defer sh.mu.RUnlock()
	return sh.seen == m
}

// catchUp brings the index up to date with the collection. It costs in proportion to the texts that are new. When ctx
// ends it stops between two articles, and pending says how many are still to come; what was added stays.
// Its parts are done by do.
func (s *Service) catchUp(ctx context.Context, sh *shelf, c auth.CollectionID, do beside) (pending int, err error) {
	select {
	case sh.turn <- struct{}{}:
		defer func() { <-sh.turn }()
	case <-ctx.Done():
		sh.mu.RLock()
		defer sh.mu.RUnlock()
		return max(1, int(sh.seen.N)-len(sh.have)), nil
	}
	if !sh.taken {
		sh.taken = true
		s.takeUp(sh, c)
	}
	var mark liveMark
	var list []standing
	grown := false
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		if mark, err = markOf(r, c); err != nil || sh.current(mark) {
			return err
		}
		mark, list, grown, err = standingSince(r, c, sh.whole())
		return err
	}); err != nil || sh.current(mark) {
		return 0, err
	}
	missing, emptied := sh.forget(list, grown)
	if emptied {
		s.remove(c)
	}
	left := 0
	for i, a := range missing {
		if ctx.Err() != nil {
			return len(missing) - i, nil
		}
		if !s.roomFor(sh) {
			left = len(missing) - i
			break
		}
		if err := s.shelve(ctx, sh, a, do); err != nil {
			if ctx.Err() != nil {
				return len(missing) - i, nil
			}
			return len(missing) - i, err
		}
	}
	sh.mu.Lock()
	defer sh.mu.Unlock()
	sh.seen, sh.left = mark, left
	return left, nil
}

// mostAnswers is how many claims' hits are kept: those of the pages that people have open.
const mostAnswers = 200

// ask is a question to an index: a claim's words where they stand, and how many hits are wanted.
type ask struct {
	match.Item
	most int
}

// answer gives what was found for a question since the index last grew.
func (sh *shelf) answer(q ask) ([]match.Hit, bool) {
	sh.mu.RLock()
	defer sh.mu.RUnlock()
	hits, ok := sh.hits[q]
	return hits, ok
}

// keep remembers what an index found for a question, unless it has grown or been made anew meanwhile.
func (sh *shelf) keep(ix *match.Index, sentences int, q ask, hits []match.Hit) {
	sh.mu.Lock()
	defer sh.mu.Unlock()
	if sh.index != ix || sh.sentences != sentences {
		return
	}
	if sh.hits == nil || len(sh.hits) >= mostAnswers {
		sh.hits = map[ask][]match.Hit{}
	}
	sh.hits[q] = hits
}

// textsIn reads the words that an index asks for inside a transaction.
func textsIn(r *store.Rx) match.Texts {
	return func(ids []string) ([]match.Item, error) {
		numbers := make([]articles.SentenceID, len(ids))
		for i, id := range ids {
			n, err := strconv.ParseInt(id, 10, 64)
			if err != nil {
				return nil, err
			}
			numbers[i] = articles.SentenceID(n)
		}
		words, err := articles.WordsOf(r, numbers)
		if err != nil {
			return nil, err
		}
		out := make([]match.Item, len(ids))
		for i, n := range numbers {
			out[i] = match.Item{ID: ids[i], Text: words[n]}
		}
		return out, nil
	}
}

// whole gives the mark of the articles that the index has, when it has all of them.
func (sh *shelf) whole() liveMark {
	sh.mu.RLock()
	defer sh.mu.RUnlock()
	if sh.left > 0 {
		return liveMark{}
	}
	return sh.seen
}

// forget drops what is not live any more and gives what is to be added. An article that was taken down empties the
// index, for its words may not stay in memory; so do many sentences of replaced texts. The list has all articles, or,
// when the collection has only grown, those that came.
func (sh *shelf) forget(list []standing, grown bool) (missing []standing, emptied bool) {
	sh.mu.Lock()
	defer sh.mu.Unlock()
	before := sh.index
	defer func() { emptied = sh.index != before }()
	if !grown {
		sh.drop(list)
	}
	for _, a := range list {
		if sh.have[a.ID] != a.RevisionID {
			missing = append(missing, a)
		}
	}
	return missing, false
}

// drop drops what is not in the list of all articles. The caller holds the lock.
func (sh *shelf) drop(list []standing) {
	live := make(map[articles.ID]articles.RevisionID, len(list))
	for _, a := range list {
		live[a.ID] = a.RevisionID
	}
	for id, rv := range sh.have {
		now, ok := live[id]
		if !ok {
			sh.empty()
			break
		}
		if now != rv {
			sh.dead += sh.sizes[rv]
			delete(sh.have, id)
			delete(sh.sizes, rv)
		}
	}
	if sh.dead > leastDead && sh.dead > sh.sentences/4 {
		sh.empty()
	}
}

// shelve adds one article's newest text to the index. An article that changed since it was listed is left for the
// next time. When ctx ends it stops between two sentences, and goes on there the next time.
func (s *Service) shelve(ctx context.Context, sh *shelf, a standing, do beside) error {
	var t articles.Text
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		t, err = articles.TextOf(r, a.ID, 0)
		return err
	}); err != nil {
		return err
	}
	if t.Withheld() || t.Revision.ID != a.RevisionID {
		return nil
	}
	items := make([]match.Item, 0, len(t.Sentences))
	for _, sn := range t.Sentences {
		if sn.Kind == string(text.KindBoilerplate) || sn.Kind == string(text.KindLink) {
			continue
		}
		items = append(items, match.Item{ID: itemID(sn.ID), Doc: docID(a.RevisionID), Lang: sn.Lang,
			Text: t.Doc.Slice(sn.Span)})
	}
	sh.mu.RLock()
	ix, from := sh.index, min(sh.begun[a.RevisionID], len(items))
	sh.mu.RUnlock()
	for part := range slices.Chunk(items[from:], shelvedAtOnce) {
		if err := ctx.Err(); err != nil {
			return err
		}
		var err error
		do(ctx, func() { err = ix.Add(part...) })
		if err != nil {
			return fault.Wrap(fault.Internal, err, "The passages of article %d cannot be indexed.", a.ID)
		}
		sh.mu.Lock()
		sh.begun[a.RevisionID] += len(part)
		sh.sentences += len(part)
		sh.hits = nil
		sh.mu.Unlock()
	}
	sh.mu.Lock()
	defer sh.mu.Unlock()
	delete(sh.begun, a.RevisionID)
	sh.have[a.ID], sh.sizes[a.RevisionID] = a.RevisionID, len(items)
	return nil
}

// shelvedAtOnce is how many sentences are added before it is asked whether the work should end; meanwhile nobody asks
// the index.
const shelvedAtOnce = 50

// beside does a piece of work, when and as fast as others let it.
type beside func(ctx context.Context, piece func())

func atOnce(_ context.Context, piece func()) { piece() }

func itemID(id articles.SentenceID) string { return strconv.FormatInt(int64(id), 10) }
func docID(id articles.RevisionID) string  { return strconv.FormatInt(int64(id), 10) }

// Limits of the indexes in memory.
const (
	maxShelved = 1_000_000 // sentences in all collections together
	leastDead  = 1000      // sentences of replaced texts that are kept anyhow
)

// shelves holds the indexes of the collections that were asked for.
type shelves struct {
	mu    sync.Mutex
	by    map[auth.CollectionID]*shelf
	clock int64
	most  int // sentences; tests lower it
}

// shelfOf gives a collection's shelf, and notes that it was asked.
func (s *Service) shelfOf(c auth.CollectionID) *shelf {
	all := &s.shelves
	all.mu.Lock()
	defer all.mu.Unlock()
	sh, ok := all.by[c]
	if !ok {
		sh = newShelf()
		all.by[c] = sh
	}
	all.clock++
	sh.mu.Lock()
	sh.used = all.clock
	sh.mu.Unlock()
	return sh
}

// roomFor says whether another article may be added to a shelf; shelves that were asked longest ago make room.
func (s *Service) roomFor(sh *shelf) bool {
	all := &s.shelves
	all.mu.Lock()
	defer all.mu.Unlock()
	for {
		total := 0
		var oldest auth.CollectionID
		var least int64
		for c, other := range all.by {
			other.mu.RLock()
			total += other.sentences
			if other != sh && other.sentences > 0 && (least == 0 || other.used < least) {
				oldest, least = c, other.used
			}
			other.mu.RUnlock()
		}
		if total < all.most {
			return true
		}
		if least == 0 {
			return false
		}
		delete(all.by, oldest) // whoever is asking it still has it; the next one makes it anew
	}
}
