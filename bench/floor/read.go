package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"claimbench/internal/claims"
	"claimbench/internal/text"
)

const claimColumns = "c.id, c.collection_id, c.article_id, c.revision_id, c.start_cp, c.end_cp, c.exact, c.prefix, " +
	"c.suffix, c.sentence, c.lang, c.dir, c.statement, c.attribution, c.hedge, c.kind, c.checkworthy, c.reasons, " +
	"c.state, c.verdict, c.reason, c.round, c.words_version, c.version, c.by_hand, c.added_by, c.added_at, " +
	"c.opened_at, c.changed_at"

const fromClaims = " FROM claims c JOIN articles a ON a.id = c.article_id AND a.state = 'live' "

const (
	itemColumns = "e.id, e.claim_id, e.article_id, COALESCE(e.revision_id, 0), e.start_cp, e.end_cp, e.exact, " +
		"e.prefix, e.suffix, e.sentence, e.lang, e.dir, e.url, e.archived_url, e.read_on, COALESCE(s.name, ''), " +
		"COALESCE(o.name, ''), e.stance, e.kind, e.note, e.differences, e.linked_by, e.linked_at, e.version"
	itemJoins = "LEFT JOIN articles a ON a.id = e.article_id LEFT JOIN sources s ON s.id = a.source_id LEFT JOIN " +
		"article_origins ao ON ao.article_id = e.article_id LEFT JOIN origins o ON o.id = COALESCE(ao.origin_id, " +
		"e.origin_id)"
)

const (
	claimByID  = "SELECT " + claimColumns + fromClaims + "WHERE c.id = ?"
	evidenceOf = "SELECT " + itemColumns + " FROM evidence e " + itemJoins +
		" WHERE e.claim_id = ? AND e.unlinked_at IS NULL ORDER BY e.id"
	roundsOf = "SELECT id, n, quorum, rule, opened_at, closed_at, outcome FROM review_rounds WHERE claim_id = ? " +
		"ORDER BY n DESC"
	reviewsOf = "SELECT round_id, reviewer_id, words_version, verdict, reason, confidence, rationale, searched, " +
		"evidence, advice, submitted_at FROM reviews WHERE claim_id = ? ORDER BY id"
	decisionsOf = "SELECT round_id, verdict, reason, rationale, causes, evidence, decided_at, approver_id, " +
		"explanation, approved_at, version FROM decisions WHERE claim_id = ?"
	glossesOf = "SELECT lang, words, author_id, confirmed_by, changed_at, version FROM glosses WHERE claim_id = ? " +
		"ORDER BY lang"
	commentsOf = "SELECT id, author_id, words, added_at FROM comments WHERE claim_id = ? ORDER BY id DESC LIMIT 51"
	offersFor  = "SELECT id, words, lang FROM proposals WHERE claim_id = ? AND kind IN ('statement', 'gloss') AND " +
		"(token_id IS NOT NULL OR maker = 'model') LIMIT 50"
	sentenceOf = "SELECT SUBSTR(v.raw, s.start_cp + 1, s.end_cp - s.start_cp) FROM sentences s JOIN revisions v ON " +
		"v.id = s.revision_id WHERE s.revision_id = ? AND s.n BETWEEN ? AND ? ORDER BY s.n"
	living = "('candidate', 'open', 'in_conflict', 'decided', 'approved')"
	folded = "(c.state = 'candidate' AND c.kind IN ('background', 'meta', 'speech'))"
	// with + it goes by the numbers, and stops at the page's end
	listPage = "SELECT " + claimColumns + fromClaims + "WHERE +c.collection_id = ? AND c.id > ? AND +c.state IN " +
		living +
		" ORDER BY c.id LIMIT 101"
	listCount = "SELECT COUNT(*) FROM (SELECT 1 FROM claims c WHERE c.collection_id = ? AND c.state IN " + living +
		" LIMIT 1001)"
	foundPage = "SELECT " + claimColumns + " FROM (SELECT rowid / 1024 AS id FROM search_claims WHERE search_claims " +
		"MATCH ? ORDER BY rowid) f JOIN claims c ON c.id = f.id JOIN articles a ON a.id = c.article_id AND a.state = " +
		"'live' WHERE c.collection_id = ? AND c.state IN " + living + " LIMIT 51"
	foundCount = "SELECT COUNT(*) FROM (SELECT 1 FROM (SELECT rowid / 1024 AS id FROM search_claims WHERE " +
		"search_claims MATCH ?) f JOIN claims c ON c.id = f.id WHERE c.collection_id = ? AND c.state IN " +
		"" + living + " LIMIT 1001)"
	foundSentences = "SELECT s.id, a.id, s.revision_id, s.n, s.start_cp, s.end_cp, s.lang, s.dir, COALESCE(p.name, " +
		"''), SUBSTR(v.raw, s.start_cp + 1, s.end_cp - s.start_cp) FROM (SELECT rowid / 1024 AS id FROM " +
		"search_sentences WHERE search_sentences MATCH ? ORDER BY rowid) f JOIN sentences s ON s.id = f.id JOIN " +
		"revisions v ON v.id = s.revision_id JOIN articles a ON a.revision_id = s.revision_id AND a.id = " +
		"v.article_id AND a.state = 'live' LEFT JOIN sources p ON p.id = a.source_id WHERE a.collection_id = ? LIMIT 51"
	setHead = "SELECT s.title, s.n, s.state, s.frozen_at, s.frozen_seq, s.sha256, s.publisher, s.note, s.address, " +
		"s.people, s.rationales, COALESCE((SELECT note FROM checkpoints WHERE size >= s.frozen_seq + 1 ORDER BY size " +
		"LIMIT 1), '') FROM claim_sets s WHERE s.id = ?"
	setEntries = "SELECT frozen FROM claim_set_claims WHERE set_id = ? ORDER BY claim_id"
	setClaims  = "SELECT " + claimColumns + " FROM claim_set_claims m JOIN claims c ON c.id = m.claim_id WHERE " +
		"m.set_id = ? ORDER BY m.claim_id"
	setItems = "SELECT " + itemColumns + " FROM claim_set_claims m JOIN evidence e ON e.claim_id = m.claim_id " +
		itemJoins + " WHERE m.set_id = ? AND e.unlinked_at IS NULL ORDER BY m.claim_id, e.id"
	articlePage = "SELECT a.id, a.collection_id, a.source_id, a.title, a.byline, a.url, a.lang, a.dir, a.published, " +
		"a.revision_id, a.state, a.added_by, a.added_at, a.version, COALESCE(s.name, ''), COALESCE(sr.reliability, " +
		"s.reliability, ''), COALESCE(v.code_points, 0), COALESCE((SELECT MAX(n) FROM sentences WHERE revision_id = " +
		"a.revision_id), 0) FROM articles a LEFT JOIN sources s ON s.id = a.source_id LEFT JOIN source_ratings sr ON " +
		"sr.source_id = a.source_id AND sr.collection_id = a.collection_id LEFT JOIN revisions v ON v.id = " +
		"a.revision_id WHERE a.collection_id = ? AND a.id > ? ORDER BY a.id LIMIT 101"
	claimsOfArticles = "SELECT article_id, COUNT(CASE WHEN state = 'candidate' THEN 1 END), COUNT(CASE WHEN state <> " +
		"'candidate' THEN 1 END), COUNT(CASE WHEN state IN ('decided', 'approved') THEN 1 END) FROM claims WHERE " +
		"article_id IN (SELECT value FROM json_each(?)) AND state IN " + living + " GROUP BY article_id"
)

var queries = []string{claimByID, evidenceOf, roundsOf, reviewsOf, decisionsOf, glossesOf, commentsOf, offersFor,
	sentenceOf, listPage, listCount, foundPage, foundCount, foundSentences, setHead, setEntries, setClaims,
	setItems, articlePage, claimsOfArticles}

type claim struct {
	ID           int64           `json:"id"`
	Collection   int64           `json:"collection"`
	Article      int64           `json:"article"`
	Revision     int64           `json:"revision"`
	Start        int             `json:"start"`
	End          int             `json:"end"`
	Exact        string          `json:"exact"`
	Prefix       string          `json:"prefix"`
	Suffix       string          `json:"suffix"`
	Sentence     int             `json:"sentence"`
	Lang         string          `json:"lang"`
	Dir          string          `json:"dir"`
	Statement    string          `json:"statement"`
	Attribution  string          `json:"attribution"`
	Hedge        json.RawMessage `json:"hedge"`
	Kind         string          `json:"kind"`
	CheckWorthy  int             `json:"check_worthy"`
	Reasons      json.RawMessage `json:"reasons"`
	State        string          `json:"state"`
	Verdict      string          `json:"verdict,omitempty"`
	Reason       string          `json:"reason,omitempty"`
	Round        int             `json:"round"`
	WordsVersion int64           `json:"words_version"`
	Version      int64           `json:"version"`
	ByHand       bool            `json:"by_hand"`
	AddedBy      int64           `json:"added_by"`
	AddedAt      moment          `json:"added_at"`
	OpenedAt     *moment         `json:"opened_at,omitempty"`
	ChangedAt    moment          `json:"changed_at"`
	Glosses      []any           `json:"glosses"`
	Unsupported  []any           `json:"unsupported,omitzero"`
}

// moment is a time in microseconds.
type moment int64

func (m moment) MarshalJSON() ([]byte, error) {
	return time.UnixMicro(int64(m)).UTC().AppendFormat(nil, `"2006-01-02T15:04:05.000000Z"`), nil
}

type scanner interface{ Scan(...any) error }

func scanClaim(s scanner, more ...any) (c claim, err error) {
	c.Glosses = []any{}
	return c, s.Scan(append([]any{&c.ID, &c.Collection, &c.Article, &c.Revision, &c.Start, &c.End, &c.Exact, &c.Prefix,
		&c.Suffix, &c.Sentence, &c.Lang, &c.Dir, &c.Statement, &c.Attribution, (*[]byte)(&c.Hedge),
		&c.Kind, &c.CheckWorthy,
		(*[]byte)(&c.Reasons), &c.State, &c.Verdict, &c.Reason, &c.Round, &c.WordsVersion, &c.Version, &c.ByHand,
		&c.AddedBy, &c.AddedAt, &c.OpenedAt, &c.ChangedAt}, more...)...)
}

// each runs a statement in a transaction and calls row for every row.
func (f *floor) each(tx *sql.Tx, query string, row func(*sql.Rows) error, args ...any) error {
	rows, err := tx.Stmt(f.s[query]).Query(args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// look runs do in one read transaction.
func (f *floor) look(do func(tx *sql.Tx) error) error {
	tx, err := f.read.BeginTx(context.Background(), nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	return do(tx)
}

type item struct {
	ID          int64           `json:"id"`
	Claim       int64           `json:"claim"`
	Article     *int64          `json:"article,omitempty"`
	Revision    int64           `json:"revision,omitempty"`
	Start       int             `json:"start"`
	End         int             `json:"end"`
	Exact       string          `json:"exact"`
	Prefix      string          `json:"prefix"`
	Suffix      string          `json:"suffix"`
	Sentence    int             `json:"sentence,omitempty"`
	Lang        string          `json:"lang"`
	Dir         string          `json:"dir"`
	URL         string          `json:"url,omitempty"`
	ArchivedURL string          `json:"archived_url,omitempty"`
	ReadOn      string          `json:"read_on,omitempty"`
	Source      string          `json:"source,omitempty"`
	Origin      string          `json:"origin,omitempty"`
	Stance      string          `json:"stance"`
	Kind        string          `json:"kind"`
	Note        string          `json:"note"`
	Differences json.RawMessage `json:"differences"`
	LinkedBy    int64           `json:"linked_by,omitempty"`
	LinkedAt    moment          `json:"linked_at"`
	Version     int64           `json:"version"`
}

func scanItem(s scanner) (x item, err error) {
	return x, s.Scan(&x.ID, &x.Claim, &x.Article, &x.Revision, &x.Start, &x.End, &x.Exact, &x.Prefix, &x.Suffix,
		&x.Sentence, &x.Lang, &x.Dir, &x.URL, &x.ArchivedURL, &x.ReadOn, &x.Source, &x.Origin, &x.Stance, &x.Kind,
		&x.Note, (*[]byte)(&x.Differences), &x.LinkedBy, &x.LinkedAt, &x.Version)
}

type reviewed struct {
	Letter       string          `json:"letter,omitempty"`
	Reviewer     int64           `json:"reviewer,omitempty"`
	Mine         bool            `json:"mine"`
	WordsVersion int64           `json:"words_version"`
	Verdict      string          `json:"verdict"`
	Reason       string          `json:"reason"`
	Confidence   *int            `json:"confidence"`
	Rationale    string          `json:"rationale"`
	Searched     string          `json:"searched"`
	Evidence     json.RawMessage `json:"evidence"`
	Advice       json.RawMessage `json:"advice"`
	SubmittedAt  moment          `json:"submitted_at"`
	round        int64
}

type decision struct {
	Verdict     string          `json:"verdict"`
	Reason      string          `json:"reason"`
	Rationale   string          `json:"rationale"`
	Causes      json.RawMessage `json:"causes"`
	Evidence    json.RawMessage `json:"evidence"`
	DecidedAt   moment          `json:"decided_at"`
	Approver    *int64          `json:"approver,omitempty"`
	Explanation string          `json:"explanation"`
	ApprovedAt  *moment         `json:"approved_at,omitempty"`
	Version     int64           `json:"version"`
	round       int64
}

type round struct {
	N        int              `json:"n"`
	Open     bool             `json:"open"`
	Outcome  string           `json:"outcome,omitempty"`
	Quorum   int              `json:"quorum,omitempty"`
	Rule     string           `json:"rule,omitempty"`
	OpenedAt *moment          `json:"opened_at,omitempty"`
	ClosedAt *moment          `json:"closed_at,omitempty"`
	Reviews  listed[reviewed] `json:"reviews"`
	Decision *decision        `json:"decision,omitempty"`
	id       int64
}

type listed[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty"`
}

// claim answers with one claim and everything that hangs on it, as somebody reads it who did not review it.
func (f *floor) claim(_ *http.Request, id int64) (any, error) {
	var out struct {
		Claim    claim          `json:"claim"`
		Evidence listed[item]   `json:"evidence"`
		Rounds   listed[*round] `json:"rounds"`
		Comments listed[any]    `json:"comments"`
		Offers   listed[any]    `json:"proposals"`
	}
	out.Evidence.Items, out.Rounds.Items = []item{}, []*round{}
	out.Comments.Items, out.Offers.Items = []any{}, []any{}
	err := f.look(func(tx *sql.Tx) (err error) {
		if out.Claim, err = scanClaim(tx.Stmt(f.s[claimByID]).QueryRow(id)); err != nil {
			return err
		}
		if err := f.words(tx, &out.Claim); err != nil {
			return err
		}
		if err := f.each(tx, evidenceOf, func(r *sql.Rows) error {
			x, err := scanItem(r)
			out.Evidence.Items = append(out.Evidence.Items, x)
			return err
		}, id); err != nil {
			return err
		}
		if out.Rounds.Items, err = f.rounds(tx, id, out.Rounds.Items); err != nil {
			return err
		}
		if err := f.each(tx, offersFor, func(*sql.Rows) error {
			return fmt.Errorf("bench/fill has no machines")
		}, id); err != nil {
			return err
		}
		return f.each(tx, commentsOf, func(r *sql.Rows) error { return fmt.Errorf("bench/fill makes no comments") }, id)
	})
	return out, err
}

// words compares a claim's statement with its text, as the product does.
func (f *floor) words(tx *sql.Tx, c *claim) error {
	if err := f.each(tx, glossesOf, func(*sql.Rows) error { return fmt.Errorf("bench/fill makes no glosses") },
		c.ID); err != nil {
		return err
	}
	var window strings.Builder
	if err := f.each(tx, sentenceOf, func(r *sql.Rows) error {
		var s string
		err := r.Scan(&s)
		window.WriteString(s + "\n")
		return err
	}, c.Revision, c.Sentence-1, c.Sentence); err != nil {
		return err
	}
	x := claims.Claim{Statement: c.Statement}
	x.Lang, x.Exact, x.Start, x.End = c.Lang, c.Exact, c.Start, c.End
	c.Unsupported = []any{}
	for _, l := range claims.Unsupported(x, nil, func(text.Span) string { return window.String() }) {
		c.Unsupported = append(c.Unsupported, struct {
			Kind string `json:"kind"`
			Text string `json:"text"`
		}{l.Kind, l.Text})
	}
	return nil
}

func (f *floor) rounds(tx *sql.Tx, id int64, out []*round) ([]*round, error) {
	if err := f.each(tx, roundsOf, func(r *sql.Rows) error {
		x := &round{Reviews: listed[reviewed]{Items: []reviewed{}}}
		err := r.Scan(&x.id, &x.N, &x.Quorum, &x.Rule, &x.OpenedAt, &x.ClosedAt, &x.Outcome)
		x.Open = x.ClosedAt == nil
		out = append(out, x)
		return err
	}, id); err != nil {
		return nil, err
	}
	if err := f.each(tx, reviewsOf, func(r *sql.Rows) error {
		var x reviewed
		err := r.Scan(&x.round, &x.Reviewer, &x.WordsVersion, &x.Verdict, &x.Reason, &x.Confidence, &x.Rationale,
			&x.Searched,
			(*[]byte)(&x.Evidence), (*[]byte)(&x.Advice), &x.SubmittedAt)
		for _, rd := range out {
			if rd.id == x.round {
				rd.Reviews.Items = append(rd.Reviews.Items, x)
			}
		}
		return err
	}, id); err != nil {
		return nil, err
	}
	return out, f.each(tx, decisionsOf, func(r *sql.Rows) error {
		var x decision
		err := r.Scan(&x.round, &x.Verdict, &x.Reason, &x.Rationale, (*[]byte)(&x.Causes), (*[]byte)(&x.Evidence),
			&x.DecidedAt, &x.Approver, &x.Explanation, &x.ApprovedAt, &x.Version)
		for _, rd := range out {
			if rd.id == x.round {
				rd.Decision = &x
			}
		}
		return err
	}, id)
}

type claimPage struct {
	Items  []claim `json:"items"`
	Next   string  `json:"next,omitempty"`
	Count  int     `json:"count"`
	Folded int     `json:"folded"`
}

func (f *floor) page(tx *sql.Tx, limit int, query, count string, args, countArgs []any) (p claimPage, err error) {
	p.Items = []claim{}
	if err = f.each(tx, query, func(r *sql.Rows) error {
		c, err := scanClaim(r)
		if len(p.Items) == limit {
			p.Next = strconv.FormatInt(p.Items[limit-1].ID, 10)
			return err
		}
		p.Items = append(p.Items, c)
		return err
	}, args...); err != nil {
		return p, err
	}
	return p, tx.Stmt(f.s[count]).QueryRow(countArgs...).Scan(&p.Count)
}

// list answers with a page of the claims of a collection, all kinds.
func (f *floor) list(r *http.Request, id int64) (any, error) {
	var p claimPage
	after, _ := strconv.ParseInt(r.URL.Query().Get("after"), 10, 64)
	err := f.look(func(tx *sql.Tx) (err error) {
		p, err = f.page(tx, 100, listPage, listCount, []any{id, after}, []any{id})
		return err
	})
	return p, err
}
