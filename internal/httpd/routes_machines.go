package httpd

import (
	"claimbench/internal/auth"
)

// forMachines are the routes that a machine may open, beside those that anybody may. All else is refused, because it is
// not listed.
var forMachines = []string{
	"GET /machine",
	"GET /collections/:collection/machine/articles",
	"GET /machine/articles/:id",
	"GET /machine/articles/:id/claims",
	"GET /machine/claims/:id",
	"POST /collections/:collection/machine/articles",
	"GET /collections/:collection/machine/proposals",
	"POST /collections/:collection/machine/proposals",
}

// handOnly are the routes that no token opens: who somebody is, and what lets them in, is theirs to change at a
// browser.
var handOnly = []string{
	"GET /", "GET /sign-in", "POST /sign-in", "POST /sign-in/demo", "POST /sign-out", "GET /link/:token",
	"POST /link/:token", "POST /theme", "GET /live",
	"POST /settings/zone", "POST /settings/mail", "POST /settings/password", "POST /settings/name",
	"POST /settings/languages", "POST /settings/reset-notice", "POST /settings/sessions/end",
	"GET /settings/tokens", "POST /settings/tokens", "POST /settings/tokens/end",
	"GET /machines", "POST /machines", "POST /machines/:id/token",
	"POST /users", "POST /users/:id/roles", "POST /users/:id/roles/revoke", "POST /users/:id/disable",
	"POST /users/:id/enable", "POST /users/:id/link", "POST /users/:id/sessions/end",
	"POST /erasures", "POST /erasures/confirm", "POST /erasures/refuse",
}

// routesOfTokens are tokens, machines, and what machines read.
func (s *Server) routesOfTokens() []route {
	reads := may(auth.ThingMachine, auth.Read)
	return []route{
		{get, "/settings/tokens", signedInOnly().ofNow(ownOnly), s.tokens},
		{post, "/settings/tokens", signedInOnly(), s.tokenMake},
		{post, "/settings/tokens/end", signedInOnly(), s.tokenEnd},
		{get, "/machines", may(auth.ThingMachine, auth.Write), s.machines},
		{post, "/machines", may(auth.ThingMachine, auth.Write), s.machineMake},
		{post, "/machines/:id/token", may(auth.ThingMachine, auth.Write), s.machineRenew},
		{get, "/machine", reads, s.machine},
		{get, "/collections/:collection/machine/articles", reads.asks(words("after")), s.machineArticles},
		{post, "/collections/:collection/machine/articles", may(auth.ThingArticle, auth.Import).takes(importBody),
			s.machineImport},
		{get, "/machine/articles/:id", reads.asks(words("from")), s.machineArticle},
		{get, "/machine/articles/:id/claims", reads.asks(words("after")), s.machineClaims},
		{get, "/machine/claims/:id", reads, s.machineClaim},
		{get, "/collections/:collection/machine/proposals", reads.asks(words("after")), s.machineProposals},
		{post, "/collections/:collection/machine/proposals", may(auth.ThingMachine, auth.Propose).takes(reviewBody),
			s.machinePropose},
	}
}
