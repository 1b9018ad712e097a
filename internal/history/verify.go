package history

import (
	"context"
	"errors"
	"slices"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"claimbench/internal/proof"
	"claimbench/internal/store"
)

// Verify recomputes the history from its events, as of one moment: every leaf, every stored hash, every text's salted
// hash, every checkpoint; and replays the events against the rows of the rooms. A Report with findings is a history
// that was tampered with; an error means that it could not be checked.
func Verify(ctx context.Context, db *store.DB, o Options) (Report, error) {
	var report Report
	checked := false
	err := db.Read(ctx, func(rx *store.Rx) (err error) {
		report, err = verifyBeside(ctx, db, rx, o)
		checked = err == nil
		return err
	})
	if checked && !report.OK() {
		err = nil // a damaged file may also end the look with an error; what was found is said all the same
	}
	return report, err
}

// VerifyIn is Verify inside a transaction.
func VerifyIn(ctx context.Context, rx *store.Rx, o Options) (Report, error) {
	v := newVerifier(rx, o)
	err := v.schema()
	if err == nil {
		err = v.integrity()
	}
	if err == nil {
		err = v.run(ctx)
	}
	return v.report, v.orSchema(ctx, err)
}

// verifyBeside is VerifyIn, with the integrity of the file looked at beside it by another connection: it is about the
// file and not about one moment.
func verifyBeside(ctx context.Context, db *store.DB, rx *store.Rx, o Options) (Report, error) {
	v := newVerifier(rx, o)
	if err := v.schema(); err != nil {
		return v.report, v.orSchema(ctx, err)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var file *verifier
	looked := make(chan error, 1)
	go func() {
		looked <- db.Read(ctx, func(rx *store.Rx) error {
			file = newVerifier(rx, o)
			return file.integrity()
		})
	}()
	err := v.run(ctx)
	fileErr := <-looked
	if file != nil {
		v.report.join(file.report)
		v.schemaFound = v.schemaFound || file.schemaFound
	}
	return v.report, v.orSchema(ctx, errors.Join(err, fileErr))
}

type verifier struct {
	rx        *store.Rx
	o         Options
	report    Report
	head      headRow
	tree      edge
	broken    bool   // events are missing and nothing stands in for them: no root can be computed from here on
	marks     []mark // checkpoints to compare, by size
	rewritten bool   // a checkpoint differed already
	states    *states
	formsNow  map[string]func(Fields) Fields // by kind: Rows.FormNow
	buf       []byte
	rows      encoder     // of the rows of the rooms
	last      int64       // the newest event seen
	erased    []textRow   // the texts without words, in order
	known     []knownText // lent by texts

	keys      []proof.Trusted  // those given, and those that handovers lead to
	handovers []proof.Handover // that hold
	met       map[int64]bool   // the sizes of those whose old key signed the checkpoint

	schemaFound bool // the schema differs from what the migrations make
}

// mark is a checkpoint to compare when the tree reaches its size.
type mark struct {
	size  int64
	root  tlog.Hash
	name  string
	given string // what it is called when it did not come from the database
}

func newVerifier(rx *store.Rx, o Options) *verifier {
	v := &verifier{rx: rx, o: o, states: newStates(), formsNow: map[string]func(Fields) Fields{},
		met: map[int64]bool{}}
	v.report = Report{
		Compared: map[string]int64{}, Unknown: map[string]int64{}, KeyGiven: len(o.Keys) > 0, Elsewhere: o.Checkpoint,
		Beside: o.Beside, Witnesses: len(o.Witnesses),
	}
	for _, room := range o.Rooms {
		if room.FormNow != nil {
			v.formsNow[room.Kind] = room.FormNow
		}
	}
	return v
}

func (v *verifier) run(ctx context.Context) error {
	if err := v.orFinding("head", v.readHead()); err != nil {
		return err
	}
	if err := v.orFinding(logObject, v.readHandovers()); err != nil {
		return err
	}
	if err := v.orFinding("checkpoint:0", v.readCheckpoints()); err != nil {
		return err
	}
	if err := v.orFinding("checkpoint:0", v.attested()); err != nil {
		return err
	}
	v.compareMarks()
	pages := readPages(ctx, v.rx)
	defer pages.stop()
	for p := range pages.c {
		v.page(p)
		if v.o.Progress != nil {
			v.o.Progress(v.last, max(v.head.Size, v.last))
		}
	}
	ended := pages.wait()
	if err := v.orFinding(object("event", v.last+1), ended); err != nil {
		return err
	}
	if err := v.pagedKinds(pages.odd, ended == nil); err != nil {
		return err
	}
	if err := v.finish(); err != nil {
		return err
	}
	return v.replayRooms()
}

func (v *verifier) readHead() error {
	var heads []headRow
	if err := v.rx.Gorm().Order("id").Find(&heads).Error; err != nil {
		return err
	}
	if len(heads) == 0 {
		v.report.add("head", "the row that says how far the history goes is gone")
		return nil
	}
	if len(heads) > 1 {
		v.report.add("head", "there are %d rows that say how far the history goes; there is one", len(heads))
	}
	v.head = heads[0]
	if v.head.ID != 1 {
		v.report.add("head", "the row that says how far the history goes has the number %d, not 1", v.head.ID)
	}
	return nil
}

// readCheckpoints checks each stored checkpoint against its own note and its signature, and remembers its root.
func (v *verifier) readCheckpoints() error {
	var rows []checkpointRow
	if err := v.rx.Gorm().Order("size").Find(&rows).Error; err != nil {
		return err
	}
	if v.head.Checkpoints != int64(len(rows)) {
		v.report.add("checkpoint:0", "%d checkpoints were stored, but there are %d", v.head.Checkpoints, len(rows))
	}
	var newest, before int64
	for _, r := range rows {
		name := object("checkpoint", r.Size)
		v.report.Checkpoints++
		c, err := checkpointBy([]byte(r.Note), v.keys)
		if err != nil {
			v.report.add(name,
				"the stored checkpoint is not one that the key given signed (%v); if the key was changed, give both "+
					"with --key", err)
			continue
		}
		if c.Size != r.Size || string(c.Root[:]) != string(r.Root) {
			v.report.add(name, "the stored checkpoint differs from the note that was signed")
		}
		if c.After >= 0 && (int64(c.At) != r.At || c.After != before) {
			v.report.add(name, "by its note it was signed at %s after the checkpoint of %d events, but it is stored "+
				"as signed at %s after that of %d", c.At, c.After, store.Micros(r.At), before)
		}
		before = r.Size
		v.handed(r)
		v.marks = append(v.marks, mark{size: c.Size, root: c.Root, name: name})
		newest = max(newest, c.Size)
	}
	for _, h := range v.handovers {
		if !v.met[h.Size] {
			v.report.add(logObject, "the log was handed over by the key %s at %d events, and it signed no checkpoint "+
				"of them", KeyName(h.From), h.Size)
		}
	}
	if before != v.head.Signed {
		v.report.add("checkpoint:0", "the newest checkpoint was one of %d events, but it is one of %d", v.head.Signed,
			before)
	}
	given := func(which string, c *Checkpoint) {
		if c != nil {
			v.marks = append(v.marks, mark{size: c.Size, root: c.Root, name: object("checkpoint", c.Size),
				given: which})
			newest = max(newest, c.Size)
		}
	}
	given("checkpoint given, which was kept elsewhere", v.o.Checkpoint)
	given("checkpoint beside the signer's key", v.o.Beside)
	slices.SortStableFunc(v.marks, func(a, b mark) int { return int(min(1, max(-1, a.size-b.size))) })
	v.report.Unsigned = max(0, v.head.Size-newest)
	return nil
}

// handed notes that the key which handed the log over signed the checkpoint at which it did.
func (v *verifier) handed(r checkpointRow) {
	for _, h := range v.handovers {
		if h.Size != r.Size {
			continue
		}
		from, err := note.NewVerifier(h.From)
		if err == nil {
			_, err = ParseCheckpoint([]byte(r.Note), from)
		}
		if err == nil {
			v.met[h.Size] = true
		}
	}
}

// compareMarks compares the tree as it stands with the checkpoints of its size.
func (v *verifier) compareMarks() {
	for len(v.marks) > 0 && v.marks[0].size == v.tree.size && !v.broken {
		m := v.marks[0]
		v.marks = v.marks[1:]
		if m.root == v.tree.root() || v.rewritten && m.given == "" {
			continue // once the history has left its checkpoints, each later one would say the same
		}
		v.rewritten = true
		v.report.add(m.name, "the history does not lead to the %s: it was rewritten at or before event %d", m.which(),
			m.size)
	}
}

func (m mark) which() string {
	if m.given != "" {
		return m.given
	}
	return "checkpoint stored"
}

// finish looks at what must stand at the end: the head, nothing left over, and no checkpoint beyond it.
func (v *verifier) finish() error {
	v.report.Root = v.tree.root()
	if v.head.Size > v.last {
		v.missing(v.last+1, v.head.Size, nil)
	}
	if v.head.Size < v.last {
		v.report.add("head", "it says %d events, but there are %d", v.head.Size, v.last)
	}
	if !v.broken && v.head.Size == v.tree.size && string(v.head.Edge) != string(v.tree.bytes()) {
		v.report.add("head", "its edge differs from the events' tree")
	}
	for _, m := range v.marks {
		switch {
		case m.size > v.last:
			v.report.add(m.name,
				"the %s covers %d events, but the history has %d: events were cut off, or an older database was put "+
					"back",
				m.which(), m.size, v.last)
		default:
			v.report.add(m.name, "the %s cannot be compared, as events before it are missing", m.which())
		}
	}
	return v.leftovers()
}

func (v *verifier) leftovers() error {
	var n int64
	if err := v.rx.Gorm().Model(&hashRow{}).Where("idx < 0 OR idx >= ?", tlog.StoredHashCount(v.last)).Count(
		&n).Error; err != nil {
		return err
	}
	if n > 0 {
		v.report.add(object("hash", tlog.StoredHashCount(v.last)), "%d stored hashes belong to no event", n)
	}
	if err := v.rx.Gorm().Model(&eventRow{}).Where("seq < 1").Count(&n).Error; err != nil {
		return err
	}
	if n > 0 {
		v.report.add("event:0", "%d events have a number below 1", n)
	}
	if err := v.rx.Gorm().Model(&textRow{}).Where("seq < 1 OR seq > ?", v.last).Count(&n).Error; err != nil {
		return err
	}
	if n > 0 {
		v.report.add("event:0", "%d texts belong to no event", n)
	}
	return nil
}

// object names a thing of the history itself: "event:7", "hash:12".
func object(kind string, n int64) string { return kind + ":" + itoa(n) }
