package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"claimbench/internal/text"
)

const (
	lockClaim = claimByID + " LIMIT 1" // the same on the writing connection
	linked    = "SELECT e.id, COALESCE(e.article_id, 0), e.stance, e.kind, COALESCE(o.origin_id, 0), " +
		"COALESCE(o.version, 0) FROM evidence e LEFT JOIN article_origins o ON o.article_id = e.article_id WHERE " +
		"e.claim_id = ? AND e.unlinked_at IS NULL ORDER BY e.id"
	rulesOf   = "SELECT quorum, rule, advice FROM collections WHERE id = ?"
	openRound = "SELECT id, public FROM review_rounds WHERE claim_id = ? AND n = ?"
	addRound  = "INSERT INTO review_rounds (claim_id, n, quorum, rule, opened_by, opened_at, reopen_reason, outcome, " +
		"public) VALUES (?, ?, ?, ?, ?, ?, '', '', ?)"
	standing  = "SELECT reviewer_id, verdict FROM reviews WHERE round_id = ? AND superseded_at IS NULL"
	addReview = "INSERT INTO reviews (public, claim_id, round_id, reviewer_id, words_version, verdict, reason, " +
		"confidence, rationale, searched, evidence, seen_evidence, submitted_at, advice, ground) VALUES (?, ?, ?, ?, " +
		"?, ?, ?, ?, ?, ?, ?, ?, ?, '[]', ?)"
	closeRound = "UPDATE review_rounds SET closed_at = ?, outcome = 'agreed' WHERE id = ? AND closed_at IS NULL"
	settle     = "UPDATE reviews SET settled = TRUE WHERE claim_id = ? AND round_id = ?"
	unveil     = "INSERT INTO veils (veil) VALUES (?)"
	addDecided = "INSERT INTO decisions (claim_id, round_id, verdict, reason, rationale, causes, evidence, " +
		"decided_at, explanation, version, counted) VALUES (?, ?, ?, ?, '', '[]', ?, ?, '', 1, ?)"
	decideClaim = "UPDATE claims SET state = 'decided', verdict = ?, reason = ?, changed_at = ?, version = version + " +
		"1 WHERE id = ? AND version = ?"
	readHead = "SELECT size, edge FROM log_head WHERE id = 1"
	moveHead = "UPDATE log_head SET size = ?, edge = ? WHERE id = 1"
	addEvent = "INSERT INTO events (seq, at, user_id, user_name, role, via, request, batch, action, object, " +
		"collection_id, veil, row_before, row_after, texts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
	addText     = "INSERT INTO event_texts (seq, name, salt, text) VALUES (?, ?, ?, ?)"
	addHash     = "INSERT INTO log_hashes (idx, hash) VALUES (?, ?)"
	sourceNamed = "SELECT id FROM sources WHERE name = ?"
	sameText    = "SELECT article_id FROM revisions WHERE sha256 = ? LIMIT 1"
	addArticle  = "INSERT INTO articles (collection_id, source_id, title, byline, url, lang, dir, published, state, " +
		"added_by, added_at, version) VALUES (?, ?, '', '', '', ?, ?, ?, 'live', ?, ?, 1)"
	addRevision = "INSERT INTO revisions (article_id, n, sha256, raw, code_points, added_by, added_at) VALUES (?, 1, " +
		"?, ?, ?, ?, ?)"
	setRevision = "UPDATE articles SET revision_id = ? WHERE id = ?"
	addSentence = "INSERT INTO sentences (revision_id, n, start_cp, end_cp, lang, dir, kind) VALUES (?, ?, ?, ?, ?, " +
		"?, ?)"
	addTerms = "INSERT INTO search_sentences (rowid, terms) VALUES (?, ?)"
)

var changes = []string{lockClaim, linked, rulesOf, openRound, addRound, standing, addReview, readHead, moveHead,
	addEvent, addText, addHash, closeRound, settle,
	unveil, addDecided, decideClaim, sourceNamed, sameText, addArticle, addRevision, setRevision, addSentence, addTerms}

// change runs do in one write transaction.
func (f *floor) change(do func(tx *sql.Tx) error) error {
	tx, err := f.write.BeginTx(context.Background(), nil)
	if err != nil {
		return err
	}
	if err := do(tx); err != nil {
		tx.Rollback()
		return err
	}
	return tx.Commit()
}

// insert runs an INSERT and gives the number of the new row.
func (f *floor) insert(tx *sql.Tx, query string, args ...any) (int64, error) {
	got, err := tx.Stmt(f.s[query]).Exec(args...)
	if err != nil {
		return 0, err
	}
	return got.LastInsertId()
}

type event struct {
	action, object   string
	collection, veil int64
	before, after    map[string]string
	texts            map[string]string
}

// append writes events with their salted texts and the tree's hashes, and moves the head.
func (f *floor) append(tx *sql.Tx, at, user int64, all ...event) error {
	var size int64
	var edge []byte
	if err := tx.Stmt(f.s[readHead]).QueryRow().Scan(&size, &edge); err != nil {
		return err
	}
	for _, e := range all {
		seq := size + 1
		hashes, salts := map[string]string{}, map[string][]byte{}
		for name, words := range e.texts {
			salts[name] = make([]byte, 16)
			_, _ = rand.Read(salts[name])
			sum := sha256.Sum256(append(append([]byte("claimbench text 1\n"), salts[name]...), words...))
			hashes[name] = hex.EncodeToString(sum[:])
		}
		after, _ := json.Marshal(e.after)
		texts, _ := json.Marshal(hashes)
		var before []byte
		if e.before != nil {
			before, _ = json.Marshal(e.before)
		}
		row := []any{seq, at, user, "floor", "reviewer", "web", "", "", e.action, e.object, e.collection, e.veil,
			before, string(after), string(texts)}
		leaf := []byte("\x00claimbench event 1\n")
		for i, v := range row {
			s := fmt.Sprint(v)
			leaf = fmt.Appendf(leaf, "%d %d %s\n", i, len(s), s)
		}
		if _, err := f.insert(tx, addEvent, row...); err != nil {
			return err
		}
		for name, words := range e.texts {
			if _, err := f.insert(tx, addText, seq, name, salts[name], words); err != nil {
				return err
			}
		}
		h, n, idx := tlog.Hash(sha256.Sum256(leaf)), size, tlog.StoredHashIndex(0, size)
		if _, err := f.insert(tx, addHash, idx, h[:]); err != nil {
			return err
		}
		for ; n&1 == 1; n >>= 1 {
			h = tlog.NodeHash(tlog.Hash(edge[len(edge)-32:]), h)
			edge = edge[:len(edge)-32]
			idx++
			if _, err := f.insert(tx, addHash, idx, h[:]); err != nil {
				return err
			}
		}
		edge = append(edge, h[:]...)
		size++
	}
	_, err := f.insert(tx, moveHead, size, edge)
	return err
}

func drawn() string {
	raw := make([]byte, 6)
	_, _ = rand.Read(raw)
	return hex.EncodeToString(raw)
}

// review takes a first review of a claim: its round, its row, its events.
func (f *floor) review(r *http.Request, id int64) (any, error) {
	var d struct {
		Verdict, Reason, Rationale, Searched string
		Confidence                           *int
		WordsVersion                         int64 `json:"words_version"`
		Round                                int
		Evidence                             []int64
	}
	if err := json.NewDecoder(r.Body).Decode(&d); err != nil {
		return nil, err
	}
	var out struct {
		Review reviewed `json:"review"`
		Claim  claim    `json:"claim"`
	}
	at := time.Now().UnixMicro()
	err := f.change(func(tx *sql.Tx) (err error) {
		if out.Claim, err = scanClaim(tx.Stmt(f.s[lockClaim]).QueryRow(id)); err != nil {
			return err
		}
		if out.Claim.WordsVersion != d.WordsVersion || out.Claim.Round != d.Round || out.Claim.State != "open" {
			return fmt.Errorf("the claim was changed")
		}
		seen, ground := int64(0), [][2]int64{{out.Claim.Article, 0}}
		if err := f.each(tx, linked, func(r *sql.Rows) error {
			var item, article, origin, version int64
			var stance, kind string
			err := r.Scan(&item, &article, &stance, &kind, &origin, &version)
			seen, ground = max(seen, item), append(ground, [2]int64{article, version})
			return err
		}, id); err != nil {
			return err
		}
		var quorum int
		var rule, advice, public string
		if err := tx.Stmt(f.s[rulesOf]).QueryRow(out.Claim.Collection).Scan(&quorum, &rule, &advice); err != nil {
			return err
		}
		var rd int64
		var events []event
		switch err := tx.Stmt(f.s[openRound]).QueryRow(id, d.Round).Scan(&rd, &public); err {
		case nil:
		case sql.ErrNoRows:
			public = drawn()
			if rd, err = f.insert(tx, addRound, id, d.Round, quorum, rule, by(r), at, public); err != nil {
				return err
			}
			events = append(events, event{action: "round.opened", object: "round:" + public, veil: rd,
				collection: out.Claim.Collection, after: map[string]string{"claim": strconv.FormatInt(id, 10)}})
		default:
			return err
		}
		items, _ := json.Marshal(append([]int64{}, d.Evidence...))
		on, _ := json.Marshal(ground)
		name := drawn()
		if _, err := f.insert(tx, addReview, name, id, rd, by(r), d.WordsVersion, d.Verdict, d.Reason, d.Confidence,
			d.Rationale, d.Searched, string(items), seen, at, string(on)); err != nil {
			return err
		}
		events = append(events, event{action: "review.submitted", object: "review:" + name, veil: rd,
			collection: out.Claim.Collection, texts: map[string]string{"rationale": d.Rationale,
				"searched": d.Searched},
			after: map[string]string{"claim": strconv.FormatInt(id, 10), "round": public, "verdict": d.Verdict,
				"reason": d.Reason, "evidence": string(items), "ground": string(on),
				"submitted_at": strconv.FormatInt(at, 10)}})
		var voices []voice
		if err := f.each(tx, standing, func(r *sql.Rows) error {
			var v voice
			err := r.Scan(&v.by, &v.verdict)
			voices = append(voices, v)
			return err
		}, rd); err != nil {
			return err
		}
		if len(voices) >= quorum {
			more, err := f.decide(tx, at, &out.Claim, rd, public, voices, d.Reason, string(items))
			if err != nil {
				return err
			}
			events = append(events, more...)
		}
		if err := f.append(tx, at, by(r), events...); err != nil {
			return err
		}
		out.Review = reviewed{Reviewer: by(r), Mine: true, WordsVersion: d.WordsVersion, Verdict: d.Verdict,
			Reason: d.Reason, Confidence: d.Confidence, Rationale: d.Rationale, Searched: d.Searched, Evidence: items,
			Advice: json.RawMessage("[]"), SubmittedAt: moment(at)}
		return nil
	})
	return out, err
}

// importArticle takes in a text: its article, revision, sentences, their terms, its events.
func (f *floor) importArticle(r *http.Request, collection int64) (any, error) {
	var in struct{ Text, Lang, NewSource, Published string }
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		return nil, err
	}
	doc, err := text.NewDoc(in.Text)
	if err != nil {
		return nil, err
	}
	cut := text.Sentences(doc, in.Lang)
	sum := sha256.Sum256([]byte(in.Text))
	sha, at := hex.EncodeToString(sum[:]), time.Now().UnixMicro()
	var article, revision int64
	err = f.change(func(tx *sql.Tx) error {
		if err := tx.Stmt(f.s[sameText]).QueryRow(sha).Scan(&article); err != sql.ErrNoRows {
			return fmt.Errorf("the text is there, or %w", err)
		}
		if article, err = f.insert(tx, addArticle, collection, nil, in.Lang, string(text.DirOf(in.Lang)), in.Published,
			by(r), at); err != nil {
			return err
		}
		if revision, err = f.insert(tx, addRevision, article, sha, in.Text, doc.Len(), by(r), at); err != nil {
			return err
		}
		if _, err := f.insert(tx, setRevision, revision, article); err != nil {
			return err
		}
		for _, s := range cut {
			id, err := f.insert(tx, addSentence, revision, s.N, s.Span.Start, s.Span.End, s.Lang, string(s.Dir),
				string(s.Kind))
			if err != nil {
				return err
			}
			if _, err := f.insert(tx, addTerms, id<<10, strings.Join(text.Terms(doc.Slice(s.Span)), " ")); err != nil {
				return err
			}
		}
		return f.append(tx, at, by(r),
			event{action: "article.imported", object: fmt.Sprintf("article:%d", article), collection: collection},
			event{action: "revision.added", object: fmt.Sprintf("revision:%d", revision), collection: collection,
				after: map[string]string{"sha256": sha}})
	})
	return map[string]any{"article": map[string]any{"id": article}, "sentences": len(cut)}, err
}
