package httpd

import (
	"claimbench/internal/auth"
	"claimbench/internal/feeds"
	"claimbench/internal/requests"
)

const asksNow = "What readers ask, and how they are reached, is shown as it is: what was erased is in no past."

// routesRequests are what readers ask, for those who decide about it. The public pages stand in routes.
func (s *Server) routesRequests() []route {
	return []route{
		{get, "/collections/:collection/requests", may(auth.ThingRequest, auth.Read).asks(
			choice("state", requests.States), words("before")).ofNow(asksNow), s.requests},
		{get, "/collections/:collection/requests/form", may(auth.ThingSettings, auth.Write), s.requestForm},
		{post, "/collections/:collection/requests/form", may(auth.ThingSettings, auth.Write), s.requestFormSet},
		{get, "/requests/:id", may(auth.ThingRequest, auth.Read).asks(words("after", "text")).ofNow(asksNow),
			s.request},
		{post, "/requests/:id/links", may(auth.ThingRequest, auth.Write), s.requestLink},
		{post, "/requests/:id/links/remove", may(auth.ThingRequest, auth.Write), s.requestUnlink},
		{post, "/requests/:id/refuse", may(auth.ThingRequest, auth.Write), s.requestRefuse},
		{post, "/requests/:id/reopen", may(auth.ThingRequest, auth.Write), s.requestReopen},
		{post, "/requests/:id/withhold", may(auth.ThingRequest, auth.TakeDown), s.requestWithhold},
		{post, "/requests/:id/place", may(auth.ThingRequest, auth.Write), s.requestPlace},
		{post, "/requests/:id/text", may(auth.ThingArticle, auth.Import), s.requestText},
		{post, "/requests/:id/fetch", may(auth.ThingArticle, auth.Import), s.requestFetch},
	}
}

// routesFeeds are the feeds of a collection.
func (s *Server) routesFeeds() []route {
	return []route{
		{get, "/collections/:collection/feeds", may(auth.ThingArticle, auth.Import).asks(words("before")), s.feeds},
		{post, "/collections/:collection/feeds", may(auth.ThingArticle, auth.Import), s.feedAdd},
		{get, "/feeds/:id", may(auth.ThingArticle, auth.Import).asks(choice("state", feeds.Fates), words("before")),
			s.feed},
		{post, "/feeds/:id", may(auth.ThingArticle, auth.Import), s.feedSet},
		{post, "/feeds/:id/end", may(auth.ThingArticle, auth.Import), s.feedEnd},
		{post, "/feeds/:id/items/take", may(auth.ThingArticle, auth.Import), s.feedItemsTake},
		{post, "/feeds/:id/items/pass", may(auth.ThingArticle, auth.Import), s.feedItemsPass},
	}
}
