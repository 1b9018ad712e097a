package captures

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"

	"claimbench/internal/fault"
	"claimbench/internal/files"
	"claimbench/internal/store"
)

// Newest is the capture of an item that counts, as it is written. It asks no permission.
func Newest(r *store.Rx, evidence int64) (Capture, bool, error) {
	return store.One[Capture](r, "SELECT * FROM captures WHERE evidence_id = ? ORDER BY id DESC LIMIT 1", evidence)
}

// OfItem lists the captures of an item, the newest first, at most MostOfItem. It asks no permission.
func OfItem(r *store.Rx, evidence int64) ([]Capture, error) {
	return store.Select[Capture](r, "SELECT * FROM captures WHERE evidence_id = ? ORDER BY id DESC LIMIT ?", evidence,
		MostOfItem)
}

// ByID reads a capture. It asks no permission.
func ByID(r *store.Rx, id ID) (c Capture, err error) {
	return c, store.Take(r.Gorm(), &c, "such capture", "id = ?", id)
}

// WordsOf reads the text of a capture that is kept; "" of one that is withheld. It asks no permission.
func WordsOf(r *store.Rx, c Capture) (string, error) {
	if c.State != Kept {
		return "", nil
	}
	z, there, err := store.One[[]byte](r.Now(), "SELECT words FROM capture_bodies WHERE id = ?", c.BodyID)
	if err != nil || !there {
		return "", errors.Join(err, lost(c, there))
	}
	b, err := unpack(z)
	return string(b), err
}

// RecordsOf reads the WARC records of a capture that is kept. It asks no permission.
func RecordsOf(r *store.Rx, c Capture) ([]byte, error) {
	b, there, err := store.One[[]byte](r.Now(), "SELECT warc FROM capture_bodies WHERE id = ?", c.BodyID)
	if err != nil || !there {
		return b, errors.Join(err, lost(c, there))
	}
	return recordsIn(r, c.BodyID, b)
}

// recordsIn are records that lie in a row, or, where there are none, in the folder of files.
func recordsIn(r *store.Rx, id ID, inRow []byte) ([]byte, error) {
	if len(inRow) > 0 {
		return inRow, nil
	}
	var b bytes.Buffer
	_, err := files.Read(r, Object(id), &b)
	return b.Bytes(), err
}

func lost(c Capture, there bool) error {
	if there {
		return nil
	}
	return fault.New(fault.Internal, "the bytes of capture %d are gone", c.ID)
}

func unpack(z []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(z))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(r, 4*text5MiB))
}

// text5MiB is about how long the text of a document may be (intake.MaxText).
const text5MiB = 5 << 20

// Facts is what stands beside an item of evidence that has a capture.
type Facts struct {
	ID       ID
	State    State
	Way      Way
	Found    Found
	KeptAt   store.Micros
	document string
}

// About is what is known of the document.
func (f Facts) About() (a About, err error) {
	return a, json.Unmarshal([]byte(f.document), &a)
}

// FactsOf are the facts of a capture.
func FactsOf(c Capture) Facts {
	return Facts{ID: c.ID, State: c.State, Way: c.Way, Found: c.Found, KeptAt: c.KeptAt, document: c.Document}
}

// AsOf gives of each of these items of evidence the capture that was its newest at a moment; none where there was none.
// It asks no permission.
func AsOf(r *store.Rx, items []int64, at store.Micros) (map[int64]Capture, error) {
	if len(items) == 0 {
		return nil, nil
	}
	all, err := store.Select[Capture](r, "SELECT * FROM captures WHERE id IN (SELECT MAX(id) FROM captures WHERE "+
		"evidence_id IN ? AND kept_at <= ? GROUP BY evidence_id)", items, at)
	out := make(map[int64]Capture, len(all))
	for _, c := range all {
		out[c.EvidenceID] = c
	}
	return out, err
}
