package arrivals

import "cmp"

// said are the facts of what a machine brought: what it says goes before what was read. Of a file that becomes several
// arrivals, each has them.
func (a Arrival) said(read Facts) Facts {
	says := a.Facts
	if says.Published != "" {
		read.Published = ""
	}
	return Facts{Title: cmp.Or(says.Title, read.Title), Source: cmp.Or(says.Source, read.Source),
		Byline: cmp.Or(says.Byline, read.Byline), URL: cmp.Or(says.URL, read.URL), Lang: cmp.Or(says.Lang, read.Lang),
		Published: cmp.Or(says.Published, read.Published), Origin: cmp.Or(says.Origin, read.Origin)}
}
