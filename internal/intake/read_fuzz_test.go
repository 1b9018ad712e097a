package intake

import (
	"bytes"
	"testing"

	"claimbench/internal/fault"
)

// FuzzRead: every reader, by the ending of a name and by the declared type, makes a document of any bytes or says for
// people why not; a document says which reader made it, and its text is not too long.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"", "a", "\xef\xbb\xbfa", "\xff\xfe", "a\x00b", "\u202eabc\u202c", "{}", "<html>",
		"<p>a<table><tr><td>b", "{\"text\":\"a\"}",
		"text,day\na,1403/02/18",
		"<rss><channel><item><title>a</title><description>b</description></item></channel></rss>",
		"<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":\"2024-05-10\"}</script>"} {
		f.Add([]byte(s), uint8(0), "a.txt", "text/plain; charset=utf-8")
	}
	f.Add([]byte("a"), uint8(1), "../..", "=;")
	f.Fuzz(func(t *testing.T, raw []byte, pick uint8, name, media string) {
		for _, r := range Readers() {
			if pick&1 == 0 {
				name = "a" + r.Endings[int(pick)%len(r.Endings)]
			} else if pick&2 == 0 {
				media = r.Media[int(pick)%len(r.Media)]
			}
			d, err := Read(File{Name: name, Media: media, Size: int64(len(raw)), Body: bytes.NewReader(raw)})
			switch kind := fault.KindOf(err); {
			case err == nil:
				if d.Reader == "" || d.Version == 0 || len(d.Text) > MaxText {
					t.Errorf("%+v", d)
				}
			case kind != fault.Invalid && kind != fault.TooLarge || fault.Message(err) == "":
				t.Errorf("%v, %q", kind, fault.Message(err))
			}
		}
	})
}
