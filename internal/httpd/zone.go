package httpd

import (
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // zones are known on every machine, also where none are installed

	"github.com/labstack/echo/v4"

	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
	"claimbench/internal/match"
)

// Days and hours are those of the reader where a page counts by day or tells a story: of the zone that the address
// names, of the one that they chose in their settings, of the one that their browser is in (web/src/zone.ts), or UTC.

const (
	zoneCookie    = "zone"    // the zone that was chosen
	browserCookie = "browser" // the zone that the browser is in, told by its script
)

// zoneOf is the zone of a request; one in the address that does not exist is refused.
func zoneOf(c echo.Context) (*time.Location, error) {
	if name := c.QueryParam("zone"); name != "" {
		zone, ok := zoneNamed(name)
		if !ok {
			return nil, unknownZone(name)
		}
		return zone, nil
	}
	for _, cookie := range []string{zoneCookie, browserCookie} {
		if zone, ok := zoneNamed(cookieValue(c, cookie)); ok {
			return zone, nil
		}
	}
	return time.UTC, nil
}

// readersZone is the zone of a request whose address does not ask for one.
func readersZone(c echo.Context) *time.Location {
	zone, err := zoneOf(c)
	if err != nil {
		return time.UTC
	}
	return zone
}

func unknownZone(name string) error {
	return fault.New(fault.Invalid, "“%s” is no time zone that is known here. Write one as Asia/Tehran, or choose it "+
		"from the list.", short(name)).With("zone", "Write a zone as Asia/Tehran, or UTC.")
}

// zoneNamed finds a zone of the IANA's; the server's own has no name and is none.
func zoneNamed(name string) (*time.Location, bool) {
	if name == "" || name == "Local" || len(name) > 64 {
		return nil, false
	}
	zone, err := time.LoadLocation(name)
	return zone, err == nil
}

// zonesOffered are offered to choose from; any other of the IANA's may be typed.
var zonesOffered = []string{"UTC", "Africa/Cairo", "Africa/Johannesburg", "Africa/Lagos", "Africa/Nairobi",
	"America/Argentina/Buenos_Aires", "America/Bogota", "America/Chicago", "America/Denver", "America/Los_Angeles",
	"America/Mexico_City", "America/New_York", "America/Sao_Paulo", "America/Toronto", "Asia/Baghdad", "Asia/Baku",
	"Asia/Bangkok", "Asia/Beirut", "Asia/Dhaka", "Asia/Dubai", "Asia/Ho_Chi_Minh", "Asia/Jakarta", "Asia/Jerusalem",
	"Asia/Kabul", "Asia/Karachi", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Manila", "Asia/Riyadh", "Asia/Seoul",
	"Asia/Shanghai", "Asia/Singapore", "Asia/Tashkent", "Asia/Tehran", "Asia/Tokyo", "Australia/Sydney",
	"Europe/Athens", "Europe/Berlin", "Europe/Istanbul", "Europe/Kyiv", "Europe/London", "Europe/Madrid",
	"Europe/Moscow", "Europe/Paris", "Europe/Rome", "Europe/Warsaw", "Pacific/Auckland"}

// zoneForm is the time zone and the language of key words that a browser keeps.
type zoneForm struct {
	Zone string `form:"zone" json:"zone"`
	Keys string `form:"keywords" json:"keywords"` // the language of key words
	Back string `form:"back" json:"back"`
}

// zoneSet keeps whose days and hours a person wants to read, in a cookie, for a year.
func (s *Server) zoneSet(c echo.Context) error {
	var form zoneForm
	if err := bind(c, &form); err != nil {
		return err
	}
	life := year
	if form.Zone == "" {
		life = gone
	} else if _, ok := zoneNamed(form.Zone); !ok {
		return s.zoneRefused(c, form.Zone)
	}
	c.SetCookie(s.cookie(zoneCookie, form.Zone, life))
	if slices.Contains(match.KeywordLangs, form.Keys) {
		c.SetCookie(s.cookie(keywordsCookie, form.Keys, year))
	}
	return s.done(c, s.ownPath(form.Back, "/settings"), "", desk.ZoneJSON{Zone: form.Zone})
}

func (s *Server) zoneRefused(c echo.Context, typed string) error {
	err := unknownZone(typed)
	return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
		seen, err := s.desk.Settings(c.Request().Context(), actorOf(c))
		return filled(s.settingsPage(c, seen), err, func(p *view.Settings) { p.Zone, p.Wrong = typed, w })
	})
}

// year is how long a browser keeps what was chosen in it.
const year = 365 * 24 * time.Hour

// zoneWord writes a zone for people: Asia/Ho_Chi_Minh is Ho Chi Minh.
func zoneWord(name string) string {
	return strings.ReplaceAll(name[strings.LastIndex(name, "/")+1:], "_", " ")
}

// zoneOptions are the zones to choose from, with the one of the page.
func zoneOptions(chosen *time.Location) []view.Option {
	out := view.Codes(chosen.String(), zonesOffered...)
	found := false
	for i := range out {
		out[i].Word = zoneWord(out[i].Value)
		found = found || out[i].Chosen
	}
	if !found {
		out = append(out, view.Option{Value: chosen.String(), Word: zoneWord(chosen.String()), Chosen: true})
	}
	return out
}
