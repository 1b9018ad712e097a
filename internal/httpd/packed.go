package httpd

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"
)

// packFrom is the size in bytes from which a page is packed: a smaller one fits into one packet of the network anyway.
const packFrom = 1400

// packers are used again, for each has half a megabyte of tables.
var packers = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // the level is one that there is
	return w
}}

// body answers with a whole body, packed where that is safe. What is streamed, events and downloads, is never packed.
func (s *Server) body(c echo.Context, status int, kind string, raw []byte) error {
	if len(raw) >= packFrom {
		c.Response().Header().Add(echo.HeaderVary, "Accept-Encoding, Sec-Fetch-Site")
		if s.mayPack(c) {
			c.Response().Header().Set(echo.HeaderContentEncoding, "gzip")
			raw = packed(raw)
		}
	}
	c.Response().Header().Set(echo.HeaderContentLength, strconv.Itoa(len(raw)))
	return c.Blob(status, kind, raw)
}

// mayPack says whether an answer may be packed. The size of a packed page tells whether words that a stranger chose (in
// an address) stand in it twice, and so, guess by guess, what else stands in it (BREACH). A stranger can only have a
// browser ask from another site, and browsers say so: packed is what the site itself or the person asked for. A
// browser says nothing only where the line is not encrypted and whoever listens reads the page anyway, and so does a
// program; an old browser on an encrypted line gets the page as it is, for a page that a stranger opens never asks for
// data.
func (s *Server) mayPack(c echo.Context) bool {
	r := c.Request()
	switch r.Header.Get("Sec-Fetch-Site") {
	case "same-origin", "none":
		return accepts(r, "gzip")
	case "":
		return accepts(r, "gzip") && (!s.secure() || wantsJSON(c))
	}
	return false
}

// accepts says whether a client takes a coding: it names it, and not with the weight 0.
func accepts(r *http.Request, coding string) bool {
	for _, one := range strings.Split(strings.Join(r.Header.Values(echo.HeaderAcceptEncoding), ","), ",") {
		name, params, _ := strings.Cut(one, ";")
		if !strings.EqualFold(strings.TrimSpace(name), coding) {
			continue
		}
		q, weighted := strings.CutPrefix(strings.TrimSpace(params), "q=")
		weight, err := strconv.ParseFloat(q, 64)
		return !weighted || err == nil && weight > 0
	}
	return false
}

func packed(raw []byte) []byte {
	var b bytes.Buffer
	w := packers.Get().(*gzip.Writer)
	defer packers.Put(w)
	w.Reset(&b)
	_, _ = w.Write(raw) // into memory: it never fails
	_ = w.Close()
	return b.Bytes()
}

// codings are those in which the build leaves assets beside the plain files, the smallest first.
var codings = []struct{ name, ending string }{{"br", ".br"}, {"gzip", ".gz"}}

// asset answers with a built file, in the smallest coding that the client takes. Assets hold no secret.
func (s *Server) asset(c echo.Context) error {
	name, files := strings.TrimPrefix(c.Request().URL.Path, "/assets/"), s.opts.Assets.Files()
	if info, err := fs.Stat(files, name); err != nil || info.IsDir() {
		return echo.ErrNotFound
	}
	head := c.Response().Header()
	head.Set(echo.HeaderCacheControl, "public, max-age=31536000, immutable")
	head.Set(echo.HeaderVary, echo.HeaderAcceptEncoding)
	raw, coding := assetPacked(files, name, c.Request())
	if coding == "" {
		http.StripPrefix("/assets/", http.FileServerFS(files)).ServeHTTP(c.Response(), c.Request())
		return nil
	}
	head.Set(echo.HeaderContentEncoding, coding)
	head.Set(echo.HeaderContentLength, strconv.Itoa(len(raw)))
	return c.Blob(http.StatusOK, mime.TypeByExtension(path.Ext(name)), raw)
}

// assetPacked is a packed form of a built file that the client takes, with its coding; "" when there is none.
func assetPacked(files fs.FS, name string, r *http.Request) (raw []byte, coding string) {
	for _, coding := range codings {
		if !accepts(r, coding.name) {
			continue
		}
		if raw, err := fs.ReadFile(files, name+coding.ending); err == nil {
			return raw, coding.name
		}
	}
	return nil, ""
}
