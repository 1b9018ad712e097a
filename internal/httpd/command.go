package httpd

import (
	"regexp"
	"strings"

	"github.com/labstack/echo/v4"
)

// plainWord needs no quotes in a shell.
var plainWord = regexp.MustCompile(`^[0-9A-Za-z_./:@=+-]+$`)

// command is how somebody at a shell does the same: workbench, what it does, and which database, when it is not the
// usual one. Show it only to those who may do what it does: it tells where the database is.
func (s *Server) command(does string) string {
	out := "workbench " + does
	if db, usual := s.DB.Address(); !usual {
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

// shellWord quotes a word for a POSIX shell.
func shellWord(s string) string {
	if plainWord.MatchString(s) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
