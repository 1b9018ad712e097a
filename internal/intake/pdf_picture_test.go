package intake

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"image/png"
	"runtime"
	"strings"
	"testing"
	"time"

	"claimbench/internal/fault"
)

// TestPicture draws the page that is asked for, in its proportions, within the limits, with its words on it.
func TestPicture(t *testing.T) {
	raw := pdfPagesOf(shownAt(100, 700, "The engine runs."), "")
	var dark [2]int
	for n := range dark {
		b, err := Picture(raw, n+1, 0)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		size := img.Bounds()
		if size.Dx() != PictureWidth || size.Dy() < 1300 || size.Dy() > PictureHeight {
			t.Errorf("page %d has %v", n+1, size)
		}
		for y := range size.Dy() {
			for x := range size.Dx() {
				if r, _, _, a := img.At(x, y).RGBA(); a > 0 && r < 0x4000 {
					dark[n]++
				}
			}
		}
	}
	if dark[0] < 200 || dark[1] != 0 {
		t.Errorf("%d and %d dark pixels, want words on the first page only", dark[0], dark[1])
	}
	for n, kind := range map[int]fault.Kind{0: fault.NotFound, 3: fault.NotFound, -1: fault.NotFound,
		1 << 20: fault.NotFound} {
		if _, err := Picture(raw, n, 0); fault.KindOf(err) != kind {
			t.Errorf("page %d: %v", n, err)
		}
	}
	if _, err := Picture([]byte("no PDF"), 1, 0); fault.KindOf(err) != fault.Conflict ||
		!strings.Contains(fault.Message(err), "damaged") {
		t.Errorf("no PDF: %v", err)
	}
}

// TestPictureBombs: pages that are made to cost much are not drawn, or in the limits, and the next one is.
func TestPictureBombs(t *testing.T) {
	var zeros bytes.Buffer
	w, err := zlib.NewWriterLevel(&zeros, zlib.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	for range 300 {
		if _, err := w.Write(make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	page := func(box, draws, resources string, more ...string) []byte {
		return pdfOf("", append([]string{"<< /Type /Catalog /Pages 2 0 R >>",
			"<< /Type /Pages /Count 1 /Kids [3 0 R] >>", "<< /Type /Page /Parent 2 0 R /MediaBox " + box +
				" /Contents 4 0 R /Resources << " + resources + " >> >>",
			fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(draws), draws)}, more...)...)
	}
	if _, err := Picture(pdfPagesOf(""), 1, 0); err != nil { // the engine is made ready
		t.Fatal(err)
	}
	for name, raw := range map[string][]byte{
		"a picture of 17,000 times 17,000": page("[0 0 600 800]", "600 0 0 800 0 0 cm /I Do", "/XObject << /I 5 0 R >>",
			fmt.Sprintf("<< /Type /XObject /Subtype /Image /Width 17000 /Height 17000 /ColorSpace /DeviceGray "+
				"/BitsPerComponent 8 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream", zeros.Len(),
				zeros.String())),
		"a page of a kilometre": page("[0 0 3000000 3000000]", "0 0 100 100 re f", ""),
		"a page of no height":   page("[0 0 600 0.0001]", "0 0 100 100 re f", ""),
		"200,000 strokes": page("[0 0 600 800]", strings.Repeat("0 0 m 600 800 l 300 0 l 0 800 l S\n",
			200_000), ""),
		"forms in forms": page("[0 0 600 800]", "/A Do /A Do", "/XObject << /A 5 0 R >>",
			"<< /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /A 5 0 R >> >> /Length 12 "+
				">>\nstream\n/A Do /A Do \nendstream"),
	} {
		took, grew := measured(t, func() error {
			_, err := Picture(raw, 1, 0)
			if err != nil && fault.KindOf(err) != fault.Conflict {
				t.Errorf("%s: %v", name, err)
			}
			return errors.New("it was drawn or not")
		})
		t.Logf("%s: a file of %s took %s, %s", name, MiB(int64(len(raw))), took.Round(time.Millisecond), MiB(grew))
		if took > pictureLong+pictureWait || grew-int64(len(raw)) > 64<<20 {
			t.Errorf("%s: took %s and %s", name, took, MiB(grew))
		}
		runtime.GC()
	}
	if _, err := Picture(pdfPagesOf(shownAt(100, 700, "The next one.")), 1, 0); err != nil {
		t.Errorf("after them: %v", err)
	}
}
