package arrivals

import (
	"cmp"
	"slices"

	"claimbench/internal/addresses"
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/jobs"
	"claimbench/internal/match"
	"claimbench/internal/store"
)

// What pages read inside a transaction of their own. None of it asks a permission but that the person is the owner.

// Line is an arrival with what is here already. What is not open to everybody who reads the collection is not in it.
type Line struct {
	Arrival
	SameText    articles.ID        // that has this very text; 0 none
	SameAddress articles.ID        // that gives this address with another text; 0 none
	SameHere    ID                 // an earlier arrival of the person's with this text; 0 none
	Like        []Like             // of Alike, those that are open still
	Nearly      []Near             // of Near, those that wait still; not SameHere
	Work        *addresses.Address // of one that is being fetched: how far that is; nil it is not
	Became      *jobs.Job          // the job that proposes candidates for the article that it became; nil none
	Titles      map[articles.ID]Is // of all articles that are named here
}

// Is is an article as a line names it.
type Is struct {
	ID    articles.ID
	Title string `words:"article"`
	Lang  string `words:"fact"`
	State articles.State
}

// List lists arrivals of a person that are not taken in, the oldest first, those after one, at most limit, with what is
// here already.
func List(r *store.Rx, in auth.CollectionID, user auth.UserID, after ID, limit int) ([]Line, error) {
	return lines(r, in, user, "SELECT * FROM arrivals WHERE collection_id = ? AND user_id = ? AND id > ? AND "+
		"state <> 'taken' ORDER BY id LIMIT ?", in, user, after, limit)
}

// TakenOf lists the arrivals of a person that were taken in of late, the newest first, at most limit.
func TakenOf(r *store.Rx, in auth.CollectionID, user auth.UserID, limit int) ([]Line, error) {
	return lines(r, in, user, "SELECT * FROM arrivals WHERE collection_id = ? AND user_id = ? AND state = 'taken' "+
		"ORDER BY id DESC LIMIT ?", in, user, limit)
}

// One gives an arrival of a person as List does.
func One(r *store.Rx, in auth.CollectionID, user auth.UserID, id ID) (Line, bool, error) {
	all, err := lines(r, in, user, "SELECT * FROM arrivals WHERE collection_id = ? AND user_id = ? AND id = ?", in,
		user,
		id)
	if err != nil || len(all) == 0 {
		return Line{}, false, err
	}
	return all[0], true, nil
}

// lines reads arrivals and, in one query for each kind of warning, what is here already.
func lines(r *store.Rx, in auth.CollectionID, user auth.UserID, query string, args ...any) ([]Line, error) {
	rows, err := store.Select[Arrival](r, query, args...)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	var sums, at []string
	for _, a := range rows {
		if a.TextSHA256 != "" {
			sums = append(sums, a.TextSHA256)
		}
		at = append(append(at, a.Reached...), a.Address, a.URL)
	}
	texts, err := articles.WithTexts(r, in, sums)
	if err != nil {
		return nil, err
	}
	here, err := articles.AtAddresses(r, in, slices.DeleteFunc(at, func(s string) bool { return s == "" }))
	if err != nil {
		return nil, err
	}
	near, err := nearOf(r, rows)
	if err != nil {
		return nil, err
	}
	work, err := workOf(r, rows)
	if err != nil {
		return nil, err
	}
	first, err := firstOf(r, in, user, sums)
	if err != nil {
		return nil, err
	}
	out := make([]Line, len(rows))
	for i, a := range rows {
		l := Line{Arrival: a, SameText: texts[a.TextSHA256]}
		if w, is := work[int64(a.ID)]; is {
			l.Work = &w
		}
		for _, address := range append([]string{a.URL, a.Address}, a.Reached...) {
			l.SameAddress = cmp.Or(l.SameAddress, here[address])
		}
		if l.SameText != 0 {
			l.SameAddress = 0
		}
		if f := first[a.TextSHA256]; f != a.ID {
			l.SameHere = f
		}
		for _, x := range a.Alike {
			if x.Article != l.SameText {
				l.Like = append(l.Like, x)
			}
		}
		l.nearly(near)
		out[i] = l
	}
	return out, named(r, out)
}

// nearly says which others have nearly this text: those that wait, and the articles that they became.
func (l *Line) nearly(of map[ID]Arrival) {
	for _, n := range l.Near {
		switch o, is := of[n.Arrival]; {
		case !is || n.Arrival == l.SameHere || o.State == Ready && o.TextSHA256 == l.TextSHA256:
		case o.State == Ready, o.State == Taking:
			l.Nearly = append(l.Nearly, n)
		case o.State == Taken && o.ArticleID != nil && *o.ArticleID != l.SameText &&
			!slices.ContainsFunc(l.Like, func(x Like) bool { return x.Article == *o.ArticleID }):
			l.Like = append(l.Like, Like{*o.ArticleID, match.OriginCopy, n.Overlap})
		}
	}
}

// workOf are the addresses of arrivals that are being fetched, by their numbers.
func workOf(r *store.Rx, all []Arrival) (map[int64]addresses.Address, error) {
	var ids []int64
	for _, a := range all {
		if a.State == Fetching {
			ids = append(ids, int64(a.ID))
		}
	}
	return addresses.ScheduledOf(r, FetchingIn, ids)
}

// firstOf are the first arrivals of a person that have these texts, by them.
func firstOf(r *store.Rx, in auth.CollectionID, user auth.UserID, sums []string) (map[string]ID, error) {
	out := map[string]ID{}
	if len(sums) == 0 {
		return out, nil
	}
	found, err := store.Select[struct {
		ID  ID
		Sum string
	}](r, "SELECT MIN(id) AS id, text_sha256 AS sum FROM arrivals WHERE collection_id = ? AND user_id = ? AND "+
		"text_sha256 IN ? GROUP BY text_sha256", in, user, sums)
	for _, x := range found {
		out[x.Sum] = x.ID
	}
	return out, err
}

// named gives lines the titles of the articles that they name, and takes away those that are not open. An article that
// an arrival became is named whatever became of it.
func named(r *store.Rx, all []Line) error {
	var ids []articles.ID
	var objects []string
	for _, l := range all {
		ids = append(ids, l.SameText, l.SameAddress)
		for _, x := range l.Like {
			ids = append(ids, x.Article)
		}
		if l.ArticleID != nil {
			ids, objects = append(ids, *l.ArticleID), append(objects, articles.Object(*l.ArticleID))
		}
	}
	found, err := store.Select[Is](r, "SELECT id, title, lang, state FROM articles WHERE id IN ?", ids)
	if err != nil {
		return err
	}
	titles := map[articles.ID]Is{}
	for _, x := range found {
		if x.State == articles.TakenDown {
			x.Title = ""
		}
		titles[x.ID] = x
	}
	work, err := jobs.LastOf(r, claims.Proposing, objects)
	if err != nil {
		return err
	}
	for i := range all {
		l := &all[i]
		l.Titles = titles
		var open []Like
		for _, x := range l.Like {
			if titles[x.Article].State == articles.Live {
				open = append(open, x)
			}
		}
		l.Like = open
		if l.ArticleID != nil {
			if j, is := work[articles.Object(*l.ArticleID)]; is {
				l.Became = &j
			}
		}
	}
	return nil
}

// Counts counts the arrivals of a person by state.
func Counts(r *store.Rx, in auth.CollectionID, user auth.UserID) (map[State]int, error) {
	rows, err := store.Select[struct {
		State State
		N     int
	}](r, "SELECT state, COUNT(*) AS n FROM arrivals WHERE collection_id = ? AND user_id = ? GROUP BY state", in, user)
	out := map[State]int{}
	for _, x := range rows {
		out[x.State] = x.N
	}
	return out, err
}

// KindWord says in words how an article is like what came.
func (x Like) KindWord() string {
	if x.Kind == match.OriginTranslation {
		return "may be a translation of it, or it of this"
	}
	return "has nearly the same text"
}
