package httpd

import (
	"net/url"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/store"
)

// plainWord needs no quotes in a shell.
var plainWord = regexp.MustCompile(`^[0-9A-Za-z_./:@=+-]+$`)

// command is how somebody at a shell does the same: workbench, what it does, and which database, when it is not the
// usual one. Show it only to those who may do what it does: it tells where the database is.
func (s *Server) command(does string) string {
	out := "workbench " + does
	if db := databaseURL(s.DB.Dialect(), s.DB.Target()); db != store.DefaultURL {
		out += " --database " + shellWord(db)
	}
	return out
}

// verifyCommand is how the history is verified elsewhere. Only those who may verify it are told where the database is.
func (s *Server) verifyCommand(c echo.Context) string {
	does := "audit verify --checkpoint FILE --key KEY"
	if s.desk.MayVerify(actorOf(c)) != nil {
		return "workbench " + does
	}
	return s.command(does)
}

// databaseURL names a database as --database takes it, and never with a password: of the address of a server only the
// user, the host and the name are shown, and nothing of one that cannot be read.
func databaseURL(dialect, target string) string {
	if dialect == store.SQLite {
		if own := "sqlite:" + filepath.Clean(target); own == store.DefaultURL {
			return own
		}
		return "sqlite:" + target
	}
	u, err := url.Parse(target)
	if err != nil || u.Host == "" || strings.Count(target, "@") > 1 {
		return "postgres://…"
	}
	bare := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}
	if u.User != nil {
		bare.User = url.User(u.User.Username())
	}
	return bare.String()
}

// shellWord quotes a word for a POSIX shell.
func shellWord(s string) string {
	if plainWord.MatchString(s) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
