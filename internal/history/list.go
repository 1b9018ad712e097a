package history

import (
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// Viewer says who reads. An event that an open review round veils is shown to its author and to those who read all.
type Viewer struct {
	UserID    int64
	ReadAll   bool    // in every collection
	ReadAllIn []int64 // in these
}

// Filter chooses events; a zero field chooses all.
type Filter struct {
	Object       string       // "claim:42"
	Among        *Among       // of these; nil: not asked
	Since, Until store.Micros // from this moment on, and before that one; 0: not asked
	Verdict      string       // of the row after the event
	Collection   int64
	Within       []int64 // only these collections; nil: all, and the events of none
	InSome       bool    // only events of some collection
	Actor        int64
	ActionPrefix string // "review." or "claim.decided"
	Batch        string
	Request      string
	BeforeSeq    int64 // older than this event; for the next page
	AfterSeq     int64 // newer than this event
	Limit        int   // 1 to MaxLimit; 0: DefaultLimit
	Viewer       Viewer
}

// Among chooses events of some objects: all events of Objects, and of Partly those of some actions. It is one list of
// objects to the database, for either engine would read all events for two lists joined by OR.
type Among struct {
	Objects []string
	Partly  []string
	Actions []string
}

func (a Among) where(g *gorm.DB) *gorm.DB {
	g = g.Where("object IN ?", slices.Concat([]string{""}, a.Objects, a.Partly))
	if len(a.Partly) > 0 {
		g = g.Where("(object NOT IN ? OR action IN ?)", a.Partly, a.Actions)
	}
	return g
}

// Limits of one page.
const (
	DefaultLimit = 50
	MaxLimit     = 1000
)

// List gives the newest events first, as the viewer may see them.
func List(rx *store.Rx, f Filter) ([]Entry, error) {
	limit := f.Limit
	if limit <= 0 {
		limit = DefaultLimit
	}
	var rows []eventRow
	if err := f.where(rx.Gorm()).Order("seq DESC").Limit(min(limit, MaxLimit)).Find(&rows).Error; err != nil {
		return nil, err
	}
	return entries(rx, rows)
}

// Change is an event as everybody may hear of it: that something changed, not what.
type Change struct {
	Seq        int64
	Collection int64 `gorm:"column:collection_id"`
	Object     string
	By         int64 `gorm:"column:user_id"` // who did it
}

// Changes gives the events after one that no veil hides, oldest first, at most limit.
func Changes(rx *store.Rx, after int64, limit int) (out []Change, err error) {
	return out, Filter{AfterSeq: after}.where(rx.Gorm()).Select("seq, collection_id, object, user_id").Order("seq").
		Limit(limit).Find(&out).Error
}

// Get gives one event; one that is missing or veiled from the viewer is fault.NotFound.
func Get(rx *store.Rx, seq int64, v Viewer) (Entry, error) {
	var row eventRow
	if err := store.Take(Filter{Viewer: v}.where(rx.Gorm()), &row, fmt.Sprintf("event %d in the history", seq),
		"seq = ?", seq); err != nil {
		return Entry{}, err
	}
	all, err := entries(rx, []eventRow{row})
	if err != nil {
		return Entry{}, err
	}
	return all[0], nil
}

// Newest is the number of an object's newest event, veiled ones too; 0 when it has none. It is for what is kept beside
// the history, not for people.
func Newest(rx *store.Rx, object string) (int64, error) {
	n, _, err := store.One[int64](rx, "SELECT COALESCE(MAX(seq), 0) FROM events WHERE object = ?", object)
	return n, err
}

// CountOf is how many events an object has, veiled ones too: for numbers that must not be given twice, not for people.
func CountOf(rx *store.Rx, object string) (int64, error) {
	n, _, err := store.One[int64](rx, "SELECT COUNT(*) FROM events WHERE object = ?", object)
	return n, err
}

// Size is the number of events.
func Size(rx *store.Rx) (int64, error) {
	h, err := readHead(rx.Gorm())
	return h.Size, err
}

func (f Filter) where(g *gorm.DB) *gorm.DB {
	g = g.Session(&gorm.Session{}).Model(&eventRow{})
	if f.Object != "" {
		g = g.Where("object = ?", f.Object)
	}
	if f.Among != nil {
		g = f.Among.where(g)
	}
	if f.Since != 0 {
		g = g.Where("at >= ?", f.Since)
	}
	if f.Until != 0 {
		g = g.Where("at < ?", f.Until)
	}
	if f.Verdict != "" {
		g = g.Where(`row_after LIKE ? ESCAPE '\'`, `%"verdict":"`+likeEscape(f.Verdict)+`"%`)
	}
	if f.Collection != 0 {
		g = g.Where("collection_id = ?", f.Collection)
	}
	if f.Within != nil {
		g = g.Where("collection_id IN ?", f.Within)
	}
	if f.InSome {
		g = g.Where("collection_id <> 0")
	}
	if f.Actor != 0 {
		g = g.Where("user_id = ?", f.Actor)
	}
	if f.ActionPrefix != "" {
		g = g.Where(`action LIKE ? ESCAPE '\'`, likeEscape(f.ActionPrefix)+"%")
	}
	if f.Batch != "" {
		g = g.Where("batch = ?", f.Batch)
	}
	if f.Request != "" {
		g = g.Where("request = ?", f.Request)
	}
	if f.BeforeSeq > 0 {
		g = g.Where("seq < ?", f.BeforeSeq)
	}
	if f.AfterSeq > 0 {
		g = g.Where("seq > ?", f.AfterSeq)
	}
	if !f.Viewer.ReadAll {
		if Kind(f.Object) == textKind { // the name of an erased text holds the number of its event
			g = g.Where("1 = 0")
		}
	}
	if cond, args := f.Viewer.sees(); cond != "" {
		g = g.Where(cond, args...)
	}
	return g
}

// sees is the condition on events that the viewer may see; "" for all. A veil that nobody lifted hides, so nothing is
// shown by mistake.
func (v Viewer) sees() (cond string, args []any) {
	if v.ReadAll {
		return "", nil
	}
	return "(veil = 0 OR user_id = ? OR collection_id IN ? OR " +
			"EXISTS (SELECT 1 FROM veils WHERE veils.veil = events.veil))",
		[]any{authorOr(v.UserID), append([]int64{-1}, v.ReadAllIn...)}
}

// authorOr keeps a reader without an account from passing for the program itself, whose id is 0.
func authorOr(id int64) int64 {
	if id == 0 {
		return -1
	}
	return id
}

func likeEscape(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s)
}

// textsOf reads the texts of events, by their numbers.
func textsOf(rx *store.Rx, rows []eventRow) (map[int64][]textRow, error) {
	seqs := make([]int64, len(rows))
	for i, r := range rows {
		seqs[i] = r.Seq
	}
	var texts []textRow
	if len(seqs) > 0 {
		if err := rx.Gorm().Where("seq IN ?", seqs).Find(&texts).Error; err != nil {
			return nil, err
		}
	}
	bySeq := make(map[int64][]textRow, len(rows))
	for _, t := range texts {
		bySeq[t.Seq] = append(bySeq[t.Seq], t)
	}
	return bySeq, nil
}

// entries joins events with their texts.
func entries(rx *store.Rx, rows []eventRow) ([]Entry, error) {
	bySeq, err := textsOf(rx, rows)
	if err != nil {
		return nil, err
	}
	out := make([]Entry, 0, len(rows))
	for i := range rows {
		e, err := entry(&rows[i], bySeq[rows[i].Seq])
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, hide(rx, out)
}

func damagedEvent(seq int64, err error) error {
	return fault.Wrap(fault.Internal, err, "history: event %d is damaged; run “workbench audit verify”", seq)
}

func entry(r *eventRow, texts []textRow) (Entry, error) {
	damaged := func(err error) (Entry, error) { return Entry{}, damagedEvent(r.Seq, err) }
	before, err := decodeRow(r.RowBefore)
	if err != nil {
		return damaged(err)
	}
	after, err := decodeRow(r.RowAfter)
	if err != nil {
		return damaged(err)
	}
	hashes, err := decode(r.Texts)
	if err != nil {
		return damaged(err)
	}
	e := Entry{
		Seq: r.Seq, At: store.Micros(r.At),
		Who: Who{UserID: r.UserID, Name: r.UserName, Role: r.Role, Via: Via(r.Via), Request: r.Request,
			Token: r.Token},
		Action: r.Action, Object: r.Object, Collection: r.CollectionID, Batch: r.Batch, Veil: r.Veil,
		Before: before, After: after, Texts: map[string]Text{},
	}
	for name, hash := range hashes {
		e.Texts[name] = Text{Hash: hash, Erased: true}
	}
	for _, t := range texts {
		if hash, known := hashes[t.Name]; known && t.Text != nil {
			e.Texts[t.Name] = Text{Hash: hash, Salt: t.Salt, Text: *t.Text}
		}
	}
	e.Reason = e.Texts[reasonText]
	delete(e.Texts, reasonText)
	return e, nil
}
