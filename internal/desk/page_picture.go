package desk

import (
	"bytes"
	"context"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/captures"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/warc"
)

// readerOfPDF is the reader whose files have pages that can be drawn.
const readerOfPDF = "pdf"

func errNoPicture() error {
	return fault.New(fault.NotFound, "Only of a PDF whose bytes are kept is there a picture of a page.")
}

// Leaves is a PDF of which pages are drawn. Bytes reads it, later than the question whether the person may see it: who
// knows the picture already (by SHA256) needs none.
type Leaves struct {
	SHA256 string // of the file
	Bytes  func(ctx context.Context) ([]byte, error)
}

// OriginalLeaves answers for pictures of the file of an article's revision, for whoever may have the file itself.
func (d *Desk) OriginalLeaves(ctx context.Context, actor auth.Actor, id articles.ID, n int) (out Leaves, err error) {
	defer fault.In(&err, "desk.OriginalLeaves(%d, %d)", id, n)
	return out, d.look(ctx, actor, func(l *look) error {
		var o Original
		if err := l.original(&o, id, n); err != nil {
			return err
		}
		if !HasLeaves(o.File) {
			return errNoPicture()
		}
		out = Leaves{o.File.SHA256, func(ctx context.Context) ([]byte, error) {
			var b bytes.Buffer
			err := d.OriginalBytes(ctx, actor, id, n, &b)
			return b.Bytes(), err
		}}
		return nil
	})
}

// HasLeaves says whether pages of an original can be drawn.
func HasLeaves(o articles.Original) bool { return o.Reader == readerOfPDF && o.SHA256 != "" }

// CaptureLeaves answers for pictures of a capture of an item, for whoever may read its text.
func (d *Desk) CaptureLeaves(ctx context.Context, actor auth.Actor, id evidence.ID, which captures.ID) (out Leaves,
	err error) {
	defer fault.In(&err, "desk.CaptureLeaves(%d, %d)", id, which)
	seen, err := d.Captured(ctx, actor, id, which, 1)
	if err != nil {
		return out, err
	}
	if !seen.HasLeaves() {
		return out, errNoPicture()
	}
	return Leaves{seen.About.SHA256, func(ctx context.Context) (body []byte, err error) {
		var records []byte
		if err := d.look(ctx, actor, func(l *look) (err error) {
			records, err = captures.RecordsOf(l.rx, seen.Shown)
			return err
		}); err != nil {
			return nil, err
		}
		docs, err := warc.Read(bytes.NewReader(records))
		if err != nil || len(docs) != 1 {
			return nil, fault.Wrap(fault.Internal, err, "reading the records of capture %d", seen.Shown.ID)
		}
		return docs[0].Body, nil
	}}, nil
}

// HasLeaves says whether pages of the capture that is shown can be drawn.
func (c Captured) HasLeaves() bool {
	return c.Shown.ID != 0 && c.Shown.State == captures.Kept && c.About.Reader == readerOfPDF
}
