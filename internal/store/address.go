package store

import (
	"net/url"
	"path/filepath"
	"strings"
)

// Address names the database as --database takes it, and says whether it is the one used when nobody says otherwise.
func (db *DB) Address() (url string, usual bool) {
	url = addressOf(db.dialect, db.target)
	return url, url == DefaultURL
}

// addressOf names a database as --database takes it, and never with a password: of the address of a server only the
// user, the host and the name are shown, and nothing of one that cannot be read.
func addressOf(dialect, target string) string {
	if dialect == SQLite {
		if own := "sqlite:" + filepath.Clean(target); own == DefaultURL {
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
