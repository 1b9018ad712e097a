package httpd

import (
	"net/http"
	"testing"
)

// TestKeyWords: a program is given the line that stands on pages; in another language when it asks; of nothing, of too
// much and in a language that there is none of, it is told so.
func TestKeyWords(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	ask := func(query string) reply {
		return d.do("reviewer-1", get, "/key-words"+query, "", "", "Accept", "application/json")
	}
	ask("?words=%D8%AD%D8%AF%D9%88%D8%AF+9+%DA%AF%DB%8C%DA%AF%D8%A7%D8%A8%D8%A7%DB%8C%D8%AA").want(t, http.StatusOK,
		`"in":"en"`, `"9"`)
	ask("?words=Nothing&in=ja").want(t, http.StatusOK, `"in":"ja"`, `"words":[`)
	for _, bad := range []string{"", "?words=+", "?words=x&in=xx", "?words=x&lang=en"} {
		ask(bad).problem(t, http.StatusUnprocessableEntity)
	}
	d.do("", get, "/key-words?words=x", "", "", "Accept", "application/json").problem(t, http.StatusUnauthorized)
}
