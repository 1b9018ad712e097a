package evidence

import (
	"context"
	"slices"
	"strconv"
	"sync"
	"time"

	"gorm.io/gorm"

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

// queryPatience is how long a question waits for an item that is being added. A page asks twice, and waits pagePatience
// between, so that it is answered within 300 ms, with what is prepared.
const queryPatience = 75 * time.Millisecond

func newShelf() *shelf {
	sh := &shelf{turn: make(chan struct{}, 1)}
	sh.empty()
	return sh
}

func (sh *shelf) empty() {
	sh.index = match.NewIndex(match.Builtin(), match.BareTexts(), match.Patience(queryPatience))
	sh.have = map[articles.ID]articles.RevisionID{}
	sh.hits, sh.kept = nil, 0
	sh.sizes, sh.begun = map[articles.RevisionID]int{}, map[articles.RevisionID]int{}
	sh.sentences, sh.dead, sh.seen, sh.left = 0, 0, liveMark{}, 0
}

// liveMark tells two states of a collection's articles apart without listing them: a revision's number is higher than
// all before whenever a text comes in, and what is taken down is never live again. SQLite has one writer, so that
// numbers come in the order of the commits, and the mark is read from the end of an index, from the articles taken down
// alone, and from the few texts that are still being taken in. On PostgreSQL a lower number may come after a higher
// one: there the articles are counted, and their numbers added up, from an index alone.
type liveMark struct {
	Highest int64 // number of a newest text
	Down    int64 // articles that were taken down
	Coming  int64 // the sum of the numbers of the texts that are not whole yet
	N, Sum  int64 // PostgreSQL: the articles, and the sum of the numbers of their texts
}

// markKey is the key of a collection's mark within one look.
type markKey auth.CollectionID

func markOf(r *store.Rx, c auth.CollectionID) (liveMark, error) {
	return store.Once(r, markKey(c), func() (liveMark, error) { return markNow(r, c) })
}

// markQuery asks for a mark; coming texts are looked for first, for there are few.
const markQuery = `SELECT COALESCE((SELECT MAX(revision_id) FROM articles WHERE collection_id = ? AND state = ?), 0),
	(SELECT COUNT(*) FROM articles WHERE collection_id = ? AND state IN (?, ?)),
	(SELECT CAST(COALESCE(SUM(a.revision_id), 0) AS BIGINT) FROM revisions_coming rc
		JOIN articles a ON a.revision_id = rc.revision_id WHERE a.collection_id = ? AND a.state = ?)`

func markNow(r *store.Rx, c auth.CollectionID) (m liveMark, err error) {
	if err = r.Gorm().Raw(markQuery, c, articles.Live, c, articles.TakenDown, articles.Protected, c,
		articles.Live).Row().Scan(&m.Highest,
		&m.Down, &m.Coming); err != nil || r.Dialect() != store.Postgres {
		return m, err
	}
	return m, live(r, c).Select("COUNT(*), CAST(COALESCE(SUM(revision_id), 0) AS BIGINT)").Row().Scan(&m.N, &m.Sum)
}

// standing is one article with its newest text.
type standing struct {
	ID         articles.ID         `gorm:"column:id"`
	RevisionID articles.RevisionID `gorm:"column:revision_id"`
}

func live(r *store.Rx, c auth.CollectionID) *gorm.DB {
	return r.Gorm().Table("articles").Where("collection_id = ? AND state = ? AND "+articles.Whole, c, articles.Live)
}

// standingAfter lists the articles of a collection whose newest texts came after one, in the order in which they came.
func standingAfter(r *store.Rx, c auth.CollectionID, after int64) (list []standing, err error) {
	return list, live(r, c).Select("id, revision_id").Where("revision_id > ?", after).Order("revision_id").
		Find(&list).Error
}

// standingSince lists the articles of a collection with their newest texts, for somebody who has those of a mark: when
// texts came in and nothing else happened, it lists only these, and only is true. So what follows an import does not
// grow with the collection.
func standingSince(r *store.Rx, c auth.CollectionID, had liveMark) (m liveMark, list []standing, only bool,
	err error) {
	if m, err = markOf(r, c); err != nil {
		return m, nil, false, err
	}
	if had.Highest > 0 && had.Down == m.Down && had.Coming == m.Coming {
		if list, err = standingAfter(r, c, had.Highest); err != nil {
			return m, nil, false, err
		}
		for _, a := range list {
			had.N, had.Sum = had.N+1, had.Sum+int64(a.RevisionID)
		}
		if r.Dialect() != store.Postgres || had.N == m.N && had.Sum == m.Sum {
			return m, list, true, nil
		}
	}
	list, err = standingAfter(r, c, 0)
	return m, list, false, err
}

// gone gives the texts that somebody has and that are not the newest of their articles any more; down says that an
// article is not there at all. With only the list has what came, else it has all.
func gone(have map[articles.ID]articles.RevisionID, list []standing, only bool) (old []standing, down bool) {
	if only {
		for _, a := range list {
			if rv, there := have[a.ID]; there && rv != a.RevisionID {
				old = append(old, standing{a.ID, rv})
			}
		}
		return old, false
	}
	now := make(map[articles.ID]articles.RevisionID, len(list))
	for _, a := range list {
		now[a.ID] = a.RevisionID
	}
	for id, rv := range have {
		newest, there := now[id]
		down = down || !there
		if newest != rv {
			old = append(old, standing{id, rv})
		}
	}
	return old, down
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
		return 1, nil // at least; whoever has the turn knows
	}
	if !sh.taken {
		sh.taken = true
		s.takeUp(sh, c)
	}
	var mark liveMark
	var list []standing
	only := false
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		if mark, err = markOf(r, c); err != nil || sh.current(mark) {
			return err
		}
		mark, list, only, err = standingSince(r, c, sh.whole())
		return err
	}); err != nil || sh.current(mark) {
		return 0, err
	}
	missing, emptied := sh.forget(list, only)
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
	most  int
	heard int64 // what the third voice knew
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

// stale says that too much of the index is of texts that were replaced. The caller holds the lock.
func (sh *shelf) stale() bool { return sh.dead > leastDead && sh.dead > sh.sentences/4 }

// whole gives the mark of the articles that the index has, when it has all of them, and need not be made anew.
func (sh *shelf) whole() liveMark {
	sh.mu.RLock()
	defer sh.mu.RUnlock()
	if sh.left > 0 || sh.stale() {
		return liveMark{}
	}
	return sh.seen
}

// forget drops what is not live any more and gives what is to be added. An article that was taken down empties the
// index, for its words may not stay in memory; so do many sentences of replaced texts. With only the list has what
// came, else it has all articles.
func (sh *shelf) forget(list []standing, only bool) (missing []standing, emptied bool) {
	sh.mu.Lock()
	defer sh.mu.Unlock()
	before := sh.index
	defer func() { emptied = sh.index != before }()
	old, down := gone(sh.have, list, only)
	for _, a := range old {
		sh.dead += sh.sizes[a.RevisionID]
		delete(sh.have, a.ID)
		delete(sh.sizes, a.RevisionID)
	}
	if down || !only && sh.stale() {
		sh.empty()
	}
	for _, a := range list {
		if sh.have[a.ID] != a.RevisionID {
			missing = append(missing, a)
		}
	}
	return missing, false
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
