package httpd

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"claimbench/internal/fault"
)

// FuzzBind: the body of an import, as a form, with a file, or as JSON, is read or refused in words for people; nothing
// panics, and what is read is valid.
func FuzzBind(f *testing.F) {
	kinds := []string{"application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b",
		"text/plain", "", "multipart/form-data", "application/json; charset=latin1"}
	for i := range kinds {
		f.Add(uint8(i), `{"text":"a","source":"1"}`)
		f.Add(uint8(i), "text=a&source=%ff&lang=fa")
		f.Add(uint8(i), "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n"+
			"words\r\n--b--\r\n")
	}
	f.Add(uint8(0), `{"text":"a"}{"text":"b"}`)
	f.Add(uint8(0), strings.Repeat("[", 20000))
	f.Add(uint8(1), "text=%")
	f.Add(uint8(2), "--b\r\n\r\n")
	f.Fuzz(func(t *testing.T, kind uint8, body string) {
		r := httptest.NewRequest(http.MethodPost, "/collections/1/articles", strings.NewReader(body))
		r.Header.Set(echo.HeaderContentType, kinds[int(kind)%len(kinds)])
		var form importForm
		err := bind(echo.New().NewContext(r, httptest.NewRecorder()), &form)
		if k := fault.KindOf(err); err != nil && k != fault.Invalid && k != fault.TooLarge || err != nil &&
			fault.Message(err) == "" {
			t.Errorf("%v: %v", k, err)
		}
	})
}
