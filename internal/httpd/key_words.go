package httpd

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/match"
)

// mostKeyed is the longest text whose key words are asked for, in code points: that of a statement or a sentence.
const mostKeyed = 2000

// keyWords gives a program the line of key words that stands under words in a language that a reader does not read: of
// any words, for the line depends on them and on the language alone.
func (s *Server) keyWords(c echo.Context) error {
	words, in := strings.TrimSpace(c.QueryParam("words")), c.QueryParam("in")
	if in == "" {
		in = match.KeywordLangs[0]
	}
	var bad fault.Collect
	if words == "" || len([]rune(words)) > mostKeyed {
		bad.Add("words", "Send words of which the key words are asked, at most 2,000 characters.")
	}
	if !slices.Contains(match.KeywordLangs, in) {
		bad.Add("in", "Key words are given in %s.", strings.Join(match.KeywordLangs, ", "))
	}
	if err := bad.Err(); err != nil {
		return err
	}
	out := desk.KeyWordsJSON{In: in, Words: match.Keywords(words, in)}
	if out.Words == nil {
		out.Words = []string{}
	}
	return s.program(c, http.StatusOK, out)
}
