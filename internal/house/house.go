// Package house opens every room on one database, once, in the order in which they need each other. The server, the
// commands and the tests all live in such a House, so that a room which one of them forgot cannot be.
//
// A new record room gets three lines here: a field of House, its New in Open, and its HistoryRows in Rows. Open fills
// the struct by position, so a field without its service does not compile; TestRowsOfEveryRoom finds rows that an audit
// would pass over.
package house

import (
	"context"
	"maps"
	"slices"

	"claimbench/internal/addresses"
	"claimbench/internal/arrivals"
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/breakdowns"
	"claimbench/internal/captures"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/deeds"
	"claimbench/internal/erasures"
	"claimbench/internal/evidence"
	"claimbench/internal/exceptions"
	"claimbench/internal/extract"
	"claimbench/internal/feeds"
	"claimbench/internal/fetch"
	"claimbench/internal/guidelines"
	"claimbench/internal/history"
	"claimbench/internal/jobs"
	"claimbench/internal/methods"
	"claimbench/internal/notices"
	"claimbench/internal/once"
	"claimbench/internal/proposals"
	"claimbench/internal/publish"
	"claimbench/internal/replies"
	"claimbench/internal/requests"
	"claimbench/internal/review"
	"claimbench/internal/search"
	"claimbench/internal/shelf"
	"claimbench/internal/status"
	"claimbench/internal/store"
	"claimbench/internal/vectors"
	"claimbench/internal/watches"
	"claimbench/internal/webhooks"
	"claimbench/internal/wishes"
)

// House is all services of the record rooms on one database. No field is ever nil.
type House struct {
	DB       *store.DB
	Policy   *auth.Policy
	Auth     *auth.Service
	Once     *once.Service
	Notices  *notices.Service
	Erasures *erasures.Service
	Jobs     *jobs.Service
	Deeds    *deeds.Service
	Articles *articles.Service
	Guide    *guidelines.Service
	Methods  *methods.Service
	Search   *search.Service
	Claims   *claims.Service
	Broken   *breakdowns.Service
	Web      *addresses.Service
	Watches  *watches.Service
	Feeds    *feeds.Service
	Shelf    *shelf.Service
	Captures *captures.Service
	Evidence *evidence.Service
	// Vectors are a third voice in what is proposed as evidence
	Vectors *vectors.Service
	// Wishes are what the language model is asked of single claims
	Wishes *wishes.Service
	// Proposals are those of machines, by their tokens
	Proposals *proposals.Service
	Arrivals  *arrivals.Service
	Replies   *replies.Service
	Review    *review.Service
	Sets      *claimset.Service
	Publish   *publish.Service
	Status    *status.Service
	Requests  *requests.Service
	Audits    *exceptions.Service
	Hooks     *webhooks.Service
}

// Options says what differs from one House to the next. The zero value is that of a command.
type Options struct {
	Auth auth.Options
	// Sign makes a checkpoint when a set is frozen; nil where no key is at hand: the next server signs what was
	// written.
	Sign func(context.Context) error
	// Key is the public key that signs the history; "" where it is not known.
	Key string
	// Signer signs reports with their checkpoint; nil where no key is at hand.
	Signer exceptions.Signer
	// Web asks for pages; nil is the usual client, which asks whatever is public.
	Web addresses.Getter
	// Post tells programs elsewhere what happened; nil is the usual client, which reaches whatever is public.
	Post webhooks.Poster
	// Model breaks texts down, in collections that allow it; nil: there is none.
	Model breakdowns.Model
	// Voices is the same model, asked of single claims; nil: there is none.
	Voices wishes.Model
	// Vectors makes vectors of sentences, in collections that allow it; nil: there are none.
	Vectors vectors.Model
}

// Open wires the rooms on a database that is up to date. It closes nothing: the database is the caller's.
func Open(db *store.DB, o Options) (*House, error) {
	policy, err := auth.LoadPolicy()
	if err != nil {
		return nil, err
	}
	if o.Auth.HasCollection == nil {
		o.Auth.HasCollection = articles.HasCollection
	}
	if o.Sign == nil {
		o.Sign = func(context.Context) error { return nil }
	}
	if o.Web == nil {
		o.Web = fetch.New(fetch.Options{})
	}
	if o.Post == nil {
		o.Post = fetch.New(fetch.Options{})
	}
	users := auth.New(db, policy, o.Auth)
	work := jobs.New(db, users, policy, o.Auth.Log)
	ofClaims := claims.New(db, policy, extract.Rules(), work)
	texts := articles.New(db, policy, search.Index{}, work)
	checked := shelf.New(db, policy, work)
	passages := evidence.New(db, policy, evidence.Differences, ofClaims)
	asked := replies.New(db, policy)
	reviews := review.New(db, policy, ofClaims)
	sets := claimset.New(db, policy, work, o.Sign, ofClaims.Gone)
	ofClaims.OnBatch(claims.BatchAdd, sets.Many())
	history.Listen(db, func(tx *store.Tx, first int64, events []history.Event) error {
		if err := claims.Spell(tx, first, events); err != nil {
			return err
		}
		return sets.Heard(tx, first, events)
	})
	history.Hide(db, hidden)
	undo := deeds.New(db)
	for _, kinds := range []map[string]deeds.Kind{ofClaims.Deeds(), checked.Deeds(), passages.Deeds(),
		asked.Deeds(), reviews.Deeds(), sets.Deeds()} {
		undo.Register(kinds)
	}
	undo.After(reviews.Settle)
	texts.WithProtected(evidence.Beside{})
	texts.OnLeaving(claims.LeaveProposals)
	texts.OnLeaving(breakdowns.Leave)
	texts.OnLeaving(wishes.Leave)
	texts.OnLeaving(vectors.Leave)
	third := vectors.New(db, o.Vectors, o.Auth.Log)
	passages.HearBy(third)
	asking := wishes.New(db, policy, users, ofClaims, passages, o.Voices, o.Auth.Log)
	texts.Tell(func(in auth.CollectionID) {
		passages.Stir(in)
		asking.Stir(in)
		third.Stir(in)
	}, func(in auth.CollectionID) {
		third.Forget(in)
		passages.Forget(in)
		reviews.StirUnsent()
	})
	if db.Dialect() == store.SQLite {
		passages.KeepIn(db.Target() + ".passages")
	}
	work.Register(articles.Following, following{texts, ofClaims, passages})
	web := addresses.New(db, policy, users, texts, ofClaims, o.Web, o.Auth.Log)
	passages.FetchBy(o.Web, web, work)
	stamps := captures.New(db, policy, o.Web, web)
	passages.StampBy(stamps)
	brought := arrivals.New(db, policy, texts, ofClaims, passages, work, web)
	questions := requests.New(db, policy, web, brought)
	undo.Register(questions.Deeds())
	return &House{
		db,
		policy,
		users,
		once.New(db),
		notices.New(db, policy),
		erasures.New(db, policy, Worded()),
		work,
		undo,
		texts,
		guidelines.New(db, policy),
		methods.New(db, policy),
		search.New(db, policy),
		ofClaims,
		breakdowns.New(db, policy, users, ofClaims, o.Model, o.Auth.Log),
		web,
		watches.New(db, policy, texts, web),
		feeds.New(db, policy, users, texts, ofClaims, web, o.Auth.Log),
		checked,
		stamps,
		passages,
		third,
		asking,
		proposals.New(db, policy, ofClaims),
		brought,
		asked,
		reviews,
		sets,
		publish.New(db, sets, o.Key),
		status.New(db, policy),
		questions,
		exceptions.New(db, policy, o.Signer),
		webhooks.New(db, policy, o.Post, addresses.Contact, o.Auth.Log),
	}, nil
}

// hidden is the history.Hider of the house: protected sources, and how people are reached who were asked for a reply,
// and what readers asked.
func hidden(r *store.Rx, objects []string) (map[string]bool, error) {
	out, err := evidence.Hidden(r, objects)
	if err != nil {
		return nil, err
	}
	maps.Copy(out, replies.Hidden(objects))
	maps.Copy(out, requests.Hidden(objects))
	for _, room := range []history.Hider{articles.Hidden, claims.Hidden, watches.Hidden} {
		more, err := room(r, objects)
		if err != nil {
			return nil, err
		}
		maps.Copy(out, more)
	}
	return out, nil
}

// Rows lists the rows of every record room, for an audit to compare with their events.
func Rows() []history.Rows {
	var all []history.Rows
	for _, room := range [][]history.Rows{
		auth.HistoryRows(), erasures.HistoryRows(), articles.HistoryRows(), guidelines.HistoryRows(),
		search.HistoryRows(), claims.HistoryRows(), breakdowns.HistoryRows(), addresses.HistoryRows(),
		watches.HistoryRows(), feeds.HistoryRows(), shelf.HistoryRows(),
		captures.HistoryRows(), evidence.HistoryRows(),
		replies.HistoryRows(), review.HistoryRows(), methods.HistoryRows(), claimset.HistoryRows(),
		status.HistoryRows(), webhooks.HistoryRows(), requests.HistoryRows(),
	} {
		all = append(all, room...)
	}
	return all
}

// Audit compares the whole history with the rows of every room; o.Rooms is set here.
func (h *House) Audit(ctx context.Context, o history.Options) (history.Report, error) {
	o.Rooms = Rows()
	return history.Verify(ctx, h.DB, o)
}

// PastAt is the database as it was at a moment, as far as the rooms keep versions of their rows. It is read under
// store.InPast.
func PastAt(rx *store.Rx, at store.Micros) (*store.Past, error) {
	seq, err := history.SizeAt(rx, at)
	if err != nil {
		return nil, err
	}
	return PastAfter(rx, seq)
}

// PastAfter is PastAt after an event.
func PastAfter(rx *store.Rx, seq int64) (*store.Past, error) {
	at, err := history.MomentOf(rx, seq)
	if err != nil {
		return nil, err
	}
	p := &store.Past{At: at, Seq: seq, Tables: map[string]string{}, Aside: map[string]string{}}
	for _, t := range Versioned() {
		if t, err = t.WithoutGone(rx, seq); err != nil {
			return nil, err
		}
		p.Tables[t.Table] = t.At(rx.Dialect(), seq, at)
		if t.Spells != nil {
			p.Tables[t.Spells.Table] = t.Spells.Standing(rx.Dialect(), seq)
		}
		if aside := t.Aside(rx.Dialect(), seq); aside != "" && rx.Dialect() == store.SQLite {
			p.Aside[t.Table] = aside
		}
	}
	return p, nil
}

// Worded says where every text stands that the history has of a row: in a table with a past, or in another.
func Worded() []history.Versioned {
	return slices.Concat(Versioned(), auth.Worded(),
		articles.Worded(), guidelines.Worded(), evidence.Worded(), replies.Worded(),
		methods.Worded(), addresses.Worded(), captures.Worded(), webhooks.Worded(), requests.Worded())
}

// Versioned are the tables whose rows are read as they were.
func Versioned() []history.Versioned {
	return slices.Concat(auth.Past(), articles.Past(), guidelines.Past(), claims.Past(), shelf.Past(), captures.Past(),
		evidence.Past(), replies.Past(), review.Past(), methods.Past(), claimset.Past(), status.Past())
}
