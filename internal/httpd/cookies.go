package httpd

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
)

// Names of cookies. Over TLS the two that hold a token get a prefix, so that no other host can set them.
const (
	sessionCookie = "session" // the token of the session
	deviceCookie  = "device"  // the token of a browser in which this person signed in before
	themeCookie   = "theme"   // light, dark or nothing
	noticeCookie  = "notice"  // what the last act did, shown once
)

// cookie makes a cookie as all of ours are: for the whole site, out of reach of scripts, and Secure where people reach
// the server over TLS. A lifetime below zero takes the cookie away; zero keeps it while the browser is open.
func (s *Server) cookie(name, value string, life time.Duration) *http.Cookie {
	return &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: int(life.Seconds()), HttpOnly: true,
		Secure: s.secure(), SameSite: http.SameSiteLaxMode}
}

// gone takes a cookie away.
const gone = -time.Second

// host is a cookie's name with the prefix that keeps other hosts from setting it, over TLS.
func (s *Server) host(name string) string {
	if s.secure() {
		return "__Host-" + name
	}
	return name
}

// cookieValue is what the browser sent under a name, or "".
func cookieValue(c echo.Context, name string) string {
	cookie, err := c.Cookie(name)
	if err != nil {
		return ""
	}
	return cookie.Value
}

// setSession gives the browser the token of a session that was just begun, and the one by which it is known.
func (s *Server) setSession(c echo.Context, in auth.Session) {
	c.SetCookie(s.cookie(s.host(sessionCookie), in.Token, auth.Absolute))
	if in.Device != "" {
		c.SetCookie(s.cookie(s.host(deviceCookie), in.Device, auth.DeviceLife))
	}
}

// dropSession takes the session's token away again; the browser stays known.
func (s *Server) dropSession(c echo.Context) { c.SetCookie(s.cookie(s.host(sessionCookie), "", gone)) }

// sessionToken is the token of the session that the browser sent, or "".
func (s *Server) sessionToken(c echo.Context) string { return cookieValue(c, s.host(sessionCookie)) }

// device is the token by which the browser is known, or "".
func (s *Server) device(c echo.Context) string { return cookieValue(c, s.host(deviceCookie)) }
