package desk

import (
	"context"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
)

// sourcesPage is how many lines of the directory an answer holds.
const sourcesPage = 200

// Sources are the sources that a person may know: the whole directory for those who edit it, else those that articles
// of their collections name.
type Sources struct {
	Frame Frame
	List  List[Source]
	Edits bool // may add sources, and change their name, kind and country
}

// Source is who publishes. Ratings are those of the collections that this person reads and whose articles name it.
type Source struct {
	ID      articles.SourceID `json:"id"`
	Name    string            `json:"name"`
	Kind    string            `json:"kind"`
	Country string            `json:"country"`
	Version int64             `json:"version"`
	Ratings []SourceRating    `json:"ratings"`
}

// SourceRating is how reliable the editors of a collection find a source: A to F, "" not rated.
type SourceRating struct {
	Collection     auth.CollectionID `json:"collection"`
	CollectionName string            `json:"collection_name"`
	Reliability    string            `json:"reliability"`
	Version        int64             `json:"version"` // 0: not rated by this collection yet
	May            bool              `json:"may_rate"`
}

// Sources answers the page of sources, after the name that the page before ended with.
func (d *Desk) Sources(ctx context.Context, actor auth.Actor, after string) (s Sources, err error) {
	defer fault.In(&err, "desk.Sources")
	err = d.look(ctx, actor, func(l *look) error {
		s = Sources{Edits: l.may(auth.ThingSource, auth.Write, 0)}
		if s.Frame, err = l.frame(0); err != nil {
			return err
		}
		if s.Edits {
			s.List, err = l.sourceDirectory(after)
		} else {
			s.List, err = l.sourcesUsed(after)
		}
		return err
	})
	return s, err
}

func (l *look) sourceDirectory(after string) (List[Source], error) {
	rows, err := articles.SourceDirectory(l.rx, after, sourcesPage+1)
	var out List[Source]
	for i, r := range rows {
		if i == sourcesPage {
			out.Next = rows[i-1].Name
			break
		}
		out.Items = append(out.Items, sourceOf(r))
	}
	return out, err
}

// sourcesUsed lists what articles of the person's collections name. A line is a source in a collection; a source is
// not parted over two pages, unless it is in more collections than a page has lines.
func (l *look) sourcesUsed(after string) (List[Source], error) {
	all, in := l.h.Policy.Collections(l.actor, auth.ThingSource, auth.Read)
	rows, err := articles.SourcesUsed(l.rx, all, in, after, sourcesPage+1)
	if err != nil {
		return List[Source]{}, err
	}
	var out List[Source]
	for _, r := range rows {
		last := len(out.Items) - 1
		if last < 0 || out.Items[last].ID != r.ID {
			out.Items = append(out.Items, sourceOf(r.Source))
			last++
		}
		out.Items[last].Ratings = append(out.Items[last].Ratings, SourceRating{Collection: r.CollectionID,
			CollectionName: r.CollectionName, Reliability: r.Reliability, Version: r.RatingVersion,
			May: l.may(auth.ThingSource, auth.Rate, r.CollectionID)})
	}
	if len(rows) > sourcesPage && len(out.Items) > 1 {
		out.Items = out.Items[:len(out.Items)-1]
		out.Next = out.Items[len(out.Items)-1].Name
	}
	return out, nil
}

func sourceOf(r articles.Source) Source {
	return Source{ID: r.ID, Name: r.Name, Kind: r.Kind, Country: r.Country, Version: r.Version,
		Ratings: []SourceRating{}}
}
