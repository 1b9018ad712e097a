package fetch

// UsualGuard is the guard of the program.
func UsualGuard() Guard { return usualGuard() }

// Allows reads a robots.txt, and says whether it lets this program read a path, and the delay in it.
func Allows(robots, path string) (may bool, delay int64) {
	r := parseRobots([]byte(robots))
	return r.allows(path), int64(r.delay)
}

// SiteOf is what is polite to together.
func SiteOf(host string) string { return siteOf(host) }

// Kept is how many sites' rules and how many sites a client remembers.
func (c *Client) Kept() (rules, sites int) { return len(c.rules.of), len(c.turns.sites) }

// Remember fills what a client remembers with one more.
func (c *Client) Remember(origin string) {
	c.rules.put(origin, keptRules{until: c.o.Now().Add(robotsFor)})
	c.turns.leaveAlone(origin, 0)
}
