package watches

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/term"
)

// Typed ids of this room's rows.
type (
	ID         int64
	ProposedID int64
)

// Mode says whether an address is still asked for.
type Mode string

// The modes of a watch.
const (
	On    Mode = "on"
	Ended Mode = "ended"
)

// Fate says what became of a text that was found.
type Fate string

// The fates.
const (
	Open      Fate = "open"
	Taken     Fate = "taken"
	Refused   Fate = "refused"
	Replaced  Fate = "replaced"
	Withdrawn Fate = "withdrawn"
)

// Fates are the fates with their words.
var Fates = term.New("fate of a proposed revision",
	term.Term[Fate]{Name: Open, Word: "waits for a decision", About: "An editor takes it or refuses it."},
	term.Term[Fate]{Name: Taken, Word: "taken", About: "It is a revision of the article."},
	term.Term[Fate]{Name: Refused, Word: "refused", About: "It is not proposed again."},
	term.Term[Fate]{Name: Replaced, Word: "replaced by a newer text",
		About: "The page changed again before a decision."},
	term.Term[Fate]{Name: Withdrawn, Word: "withdrawn",
		About: "The page has the text of the article again, or the article left."},
)

// Watch is an article whose address is asked for again. The address is the article's own and stands in no row of this
// room, so that nothing here names it once the article is protected.
type Watch struct {
	ID           ID                `gorm:"column:id;primaryKey"`
	ArticleID    articles.ID       `gorm:"column:article_id"`
	CollectionID auth.CollectionID `gorm:"column:collection_id"`
	State        Mode              `gorm:"column:state"`
	UntilDay     string            `gorm:"column:until_day" words:"fact"` // YYYY-MM-DD, the last day, UTC
	GoneDay      string            `gorm:"column:gone_day" words:"fact"`  // since when the page is gone; "" it is there
	SetBy        auth.UserID       `gorm:"column:set_by"`
	SetAt        store.Micros      `gorm:"column:set_at"`
	Version      int64             `gorm:"column:version"`
}

// TableName names the table.
func (Watch) TableName() string { return "watches" }

// Watches says whether the address is asked for on a day.
func (w Watch) Watches(today string) bool { return w.State == On && w.UntilDay >= today }

// visitRow is what the last visit saw.
type visitRow struct {
	WatchID ID           `gorm:"column:watch_id;primaryKey;autoIncrement:false"`
	Step    int          `gorm:"column:step"` // visits in a row that saw nothing new
	AskedAt store.Micros `gorm:"column:asked_at"`
	Stated  string       `gorm:"column:stated" words:"fact"` // the last change, as the page states it
	Seen    string       `gorm:"column:seen" words:"fact"`   // SHA-256 of the text that was read
}

func (visitRow) TableName() string { return "watch_visits" }

// Proposed is a text that was found at the address of an article.
type Proposed struct {
	ID         ProposedID  `gorm:"column:id;primaryKey"`
	ArticleID  articles.ID `gorm:"column:article_id"`
	State      Fate        `gorm:"column:state"`
	Raw        string      `gorm:"column:raw" words:"article"` // "" once it is decided
	SHA256     string      `gorm:"column:sha256" words:"fact"`
	CodePoints int         `gorm:"column:code_points"`
	Silent     bool        `gorm:"column:silent"` // the page states no other change than before
	// that change: RFC 3339, or YYYY, YYYY-MM, YYYY-MM-DD; "" none
	Stated    string       `gorm:"column:stated" words:"fact"`
	FoundAt   store.Micros `gorm:"column:found_at"`
	DecidedBy *auth.UserID `gorm:"column:decided_by"`
	DecidedAt store.Micros `gorm:"column:decided_at"` // 0: not yet
	Version   int64        `gorm:"column:version"`
}

// TableName names the table.
func (Proposed) TableName() string { return "proposed_revisions" }

// Object names a watch in the history.
func Object(id ID) string                 { return fmt.Sprintf("watch:%d", id) }
func proposedObject(id ProposedID) string { return fmt.Sprintf("proposed_revision:%d", id) }

func fields(w Watch) history.Fields {
	return history.Fields{"article": history.Num(w.ArticleID), "collection": history.Num(w.CollectionID),
		"state": string(w.State), "until": w.UntilDay, "gone": w.GoneDay,
		"set_by": history.Num(w.SetBy), "set_at": history.Num(w.SetAt),
		"version": history.Num(w.Version)}
}

func proposedFields(p Proposed) history.Fields {
	return history.Fields{"article": history.Num(p.ArticleID), "state": string(p.State), "sha256": p.SHA256,
		"code_points": history.Num(p.CodePoints), "silent": strconv.FormatBool(p.Silent), "stated": p.Stated,
		"found_at": history.Num(p.FoundAt), "decided_by": history.NumOr(p.DecidedBy),
		"decided_at": history.Num(p.DecidedAt), "version": history.Num(p.Version)}
}

func hashOf(raw string) string {
	sum := sha256.Sum256([]byte(raw))
	return hex.EncodeToString(sum[:])
}

func record(tx *store.Tx, who history.Who, action string, in auth.CollectionID, object string,
	before, after history.Fields) error {
	_, err := history.Append(tx, who, history.Event{Action: action, Object: object, Collection: int64(in),
		Before: before, After: after})
	return err
}

// HistoryRows lists this room's rows as the history should know them, for the replay of an audit.
func HistoryRows() []history.Rows {
	return []history.Rows{
		{Kind: "watch", List: func(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
			return store.Each(r, func(w Watch) error { return yield(Object(w.ID), fields(w), nil) })
		}},
		{Kind: "proposed_revision", List: func(r *store.Rx, yield func(string, history.Fields,
			history.Texts) error) error {
			return store.Each(r, func(p Proposed) error {
				f := proposedFields(p)
				if is := hashOf(p.Raw); p.State == Open && is != p.SHA256 {
					f["sha256"] = "of the text " + is + ", in its column " + p.SHA256
				} else if p.State != Open && p.Raw != "" {
					f["sha256"] = "a text that was decided is kept: " + is
				}
				return yield(proposedObject(p.ID), f, nil)
			})
		}},
	}
}

// Hidden is the history.Hider of this room: the events of articles whose source is protected, for the hash of a public
// text tells which it is.
func Hidden(r *store.Rx, objects []string) (map[string]bool, error) {
	of := map[string][]int64{"watch": {-1}, "proposed_revision": {-1}}
	some := false
	for _, object := range objects {
		kind := history.Kind(object)
		if n, is := history.Number(object, kind); is && of[kind] != nil {
			of[kind], some = append(of[kind], n), true
		}
	}
	if !some {
		return nil, nil
	}
	found, err := store.Select[struct{ Object string }](r, "SELECT 'watch:' || w.id AS object FROM watches w JOIN "+
		"articles a ON a.id = w.article_id WHERE w.id IN ? AND a.state = ? UNION ALL SELECT "+
		"'proposed_revision:' || p.id FROM proposed_revisions p JOIN articles a ON a.id = p.article_id WHERE p.id "+
		"IN ? AND a.state = ?", of["watch"],
		articles.Protected, of["proposed_revision"], articles.Protected)
	out := map[string]bool{}
	for _, x := range found {
		out[x.Object] = true
	}
	return out, err
}
