package history

import (
	"strings"

	"claimbench/internal/proof"
	"claimbench/internal/store"
	"claimbench/internal/witness"
)

// cosignatureRow is what a witness signed of a checkpoint.
type cosignatureRow struct {
	Size    int64        `gorm:"column:size;primaryKey;autoIncrement:false"`
	Witness string       `gorm:"column:witness;primaryKey"` // NAME+ID of its key
	Line    string       `gorm:"column:line"`               // without its newline
	At      store.Micros `gorm:"column:at"`                 // when it was taken in
}

func (cosignatureRow) TableName() string { return "cosignatures" }

// mostCosignatures is how many of one checkpoint are carried beside it: a C2SP signed-note must be read with 16
// signatures, and the log's own is one.
const mostCosignatures = 15

// KeepCosignature keeps what a witness signed of the checkpoint of a size. The caller checked it. One that is there is
// not replaced: the first says longest since when the witness knows.
func KeepCosignature(tx *store.Tx, size int64, s witness.Signed) error {
	return tx.Gorm().Exec("INSERT INTO cosignatures (size, witness, line, at) VALUES (?, ?, ?, ?) "+
		"ON CONFLICT DO NOTHING", size, s.Witness.ID(), s.Line, tx.Now()).Error
}

// CosignedTo is the size of the newest checkpoint that a witness signed, 0 when it signed none.
func CosignedTo(rx *store.Rx, v *witness.Verifier) (int64, error) {
	n, _, err := store.One[int64](rx, "SELECT COALESCE(MAX(size), 0) FROM cosignatures WHERE witness = ?", v.ID())
	return n, err
}

// carry adds to checkpoints what witnesses signed of them, in one query: whoever is given the checkpoint has it.
func carry(rx *store.Rx, all []Checkpoint) error {
	if len(all) == 0 {
		return nil
	}
	sizes := make([]int64, len(all))
	for i, c := range all {
		sizes[i] = c.Size
	}
	rows, err := store.Select[cosignatureRow](rx,
		"SELECT * FROM cosignatures WHERE size IN ? ORDER BY size, at, witness", sizes)
	if err != nil {
		return err
	}
	for i := range all {
		for _, r := range rows {
			if r.Size == all[i].Size && all[i].Cosigned < mostCosignatures && whole(r.Line) {
				all[i].Note += r.Line + "\n"
				all[i].Cosigned++
			}
		}
	}
	return nil
}

// whole says whether a stored line can stand in a note without spoiling it. What is no line of a signature is left out;
// the verification, which reads the rows themselves, finds it.
func whole(line string) bool { return strings.HasPrefix(line, "— ") && !strings.Contains(line, "\n") }

// Attested is what the witnesses given signed of a checkpoint.
type Attested struct {
	Size   int64
	Found  int // signatures that the checkpoint carries beside the log's own
	Signed []witness.Signed
}

// attested checks the cosignatures of the newest checkpoint, and of the one given.
func (v *verifier) attested() error {
	newest, err := LatestCheckpoint(v.rx)
	if err != nil {
		return err
	}
	for _, c := range []*Checkpoint{newest, v.o.Checkpoint} {
		if c == nil || len(v.report.Attested) == 1 && v.report.Attested[0].Size == c.Size {
			continue
		}
		a := Attested{Size: c.Size, Found: strings.Count(c.Note[strings.LastIndex(c.Note, "\n\n")+1:], "\n— ") - 1}
		if a.Signed, err = witness.Cosignatures([]byte(c.Note), v.o.Witnesses); err != nil {
			v.report.add(object("checkpoint", c.Size), "a signature by one of the witnesses given is wrong: it "+
				"was changed, or the checkpoint was")
			continue
		}
		v.report.Attested = append(v.report.Attested, a)
	}
	return nil
}

// says tells it for people; given is how many witnesses were named.
func (a Attested) says(given int) string {
	var b strings.Builder
	switch {
	case given == 0 && a.Found == 0:
		return ""
	case given == 0:
		b.WriteString("The checkpoint of " + Num(a.Size) + " events carries " + Num(a.Found) +
			" more signatures, which were NOT checked, as no --witness was given.\n")
	default:
		b.WriteString("The checkpoint of " + Num(a.Size) + " events is co-signed by " + Num(len(a.Signed)) +
			" of the " + Num(given) + " witnesses given.\n")
	}
	for _, s := range a.Signed {
		b.WriteString("  " + proof.Visible(cut(s.Witness.Name())) + " saw it at " +
			s.At.Format("2006-01-02 15:04:05 UTC") + ".\n")
	}
	return b.String()
}
