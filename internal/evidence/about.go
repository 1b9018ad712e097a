package evidence

import (
	"claimbench/internal/articles"
	"claimbench/internal/captures"
	"claimbench/internal/fault"
)

// About is what is said of the document that an item quotes: of an article of ours what the article says; of one
// outside what the person gave who linked it, and else what is kept of the document says of itself. Of a protected
// source it says no more than the item does.
func (x Shown) About() (articles.About, error) {
	origin := ""
	if x.Origin != nil {
		origin = x.Origin.Name
	}
	if x.Article != nil {
		return x.Article.About(x.Source, origin), nil
	}
	given := articles.About{Title: x.Title, Source: x.Publisher, Lang: x.Lang, URL: x.URL, Origin: origin}
	if x.Capture == nil || x.Capture.State != captures.Kept {
		return given, nil
	}
	kept, err := x.Capture.About()
	if err != nil {
		return given, fault.Wrap(fault.Internal, err, "capture %d cannot be read", x.Capture.ID)
	}
	return given.Or(kept.Document()), nil
}
