package model

// DialBy lets a test reach its server inside the process; the guard of the one address stays before it.
func (c *Client) DialBy(dial dialer) { c.wire.DialContext = c.only(dial) }

// LoadPrompts reads the prompts from a folder of a test.
var LoadPrompts = loadPrompts
