package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/history"
	"claimbench/internal/house"
	"claimbench/internal/review"
	"claimbench/internal/text"
	"claimbench/seeds"
)

// demoWork plays what the people of the demo did before anybody came, through the services that people use: so each tab
// shows work, and every row has its event.
type demoWork struct {
	h   *house.House
	in  auth.CollectionID
	of  map[string]articles.Imported // by file
	set []claims.ID
}

func (w *demoWork) play(ctx context.Context) error {
	d, err := seeds.DemoWork()
	if err != nil {
		return err
	}
	for file, name := range d.Origins {
		by, err := w.as(ctx, "editor-1")
		if err == nil {
			_, err = w.h.Evidence.SetArticleOrigin(ctx, by, w.of[file].Article.ID, name, 0)
		}
		if err != nil {
			return fmt.Errorf("origin of %s: %w", file, err)
		}
	}
	for i, c := range d.Claims {
		if err := w.claim(ctx, c); err != nil {
			return fmt.Errorf("claim %d of the demo: %w", i+1, err)
		}
	}
	by, err := w.as(ctx, d.Set.By)
	if err != nil {
		return err
	}
	set, err := w.h.Sets.Create(ctx, by, w.in, d.Set.Title)
	if err == nil {
		set, err = w.h.Sets.Add(ctx, by, set.ID, set.Version, w.set)
	}
	if err == nil {
		_, err = w.h.Sets.Freeze(ctx, by, set.ID, set.Version)
	}
	return err
}

func (w *demoWork) as(ctx context.Context, name string) (auth.Actor, error) {
	return w.h.Auth.ActorFor(ctx, name, history.System)
}

// claim makes one claim, and does to it what was done.
func (w *demoWork) claim(ctx context.Context, d seeds.DemoClaim) error {
	by, err := w.as(ctx, "reviewer-1")
	if err != nil {
		return err
	}
	a := w.of[d.Article]
	statement := d.Statement
	if statement == "" {
		statement = d.Exact
	}
	c, err := w.h.Claims.Create(ctx, by, a.Article.ID, a.Revision.ID, claims.Words{Span: where(a, d.Exact),
		Exact: d.Exact, Statement: statement})
	if err != nil {
		return err
	}
	if _, err := w.h.Claims.SetGloss(ctx, by, c.ID, "en", d.Gloss, 0); err != nil {
		return err
	}
	items := []evidence.ID{}
	for _, l := range d.Links {
		it, err := w.h.Evidence.Link(ctx, by, w.link(c.ID, l))
		if err != nil {
			return err
		}
		items = append(items, it.ID)
	}
	for _, rv := range d.Reviews {
		if c, err = w.review(ctx, c, rv, items); err != nil {
			return err
		}
	}
	for _, name := range d.Snoozed.By {
		if by, err = w.as(ctx, name); err == nil {
			_, err = w.h.Review.PutOffTill(ctx, by, w.in, strconv.Itoa(d.Snoozed.Days), c.ID)
		}
		if err != nil {
			return err
		}
	}
	if d.Approval == nil {
		return nil
	}
	if by, err = w.as(ctx, d.Approval.By); err != nil {
		return err
	}
	if d.InSet {
		w.set = append(w.set, c.ID)
	}
	_, err = w.h.Review.Approve(ctx, by, review.Approval{ClaimID: c.ID, Version: 1,
		Reason: review.Reason(d.Approval.Reason), Explanation: d.Approval.Explanation})
	return err
}

func (w *demoWork) review(ctx context.Context, c claims.Claim, d seeds.DemoReview, items []evidence.ID) (claims.Claim,
	error) {
	by, err := w.as(ctx, d.By)
	if err != nil {
		return c, err
	}
	if d.Evidence != nil { // a list that names none
		items = nil
	}
	said := review.Draft{Verdict: claims.Verdict(d.Verdict), Reason: review.Reason(d.Reason), Rationale: d.Rationale,
		Searched: d.Searched, Evidence: items}
	_, c, err = w.h.Review.Submit(ctx, by, review.Submission{ClaimID: c.ID, WordsVersion: c.WordsVersion,
		Round: c.Round, Confidence: d.Confidence, Draft: said})
	return c, err
}

func (w *demoWork) link(c claims.ID, d seeds.DemoLink) evidence.Link {
	l := evidence.Link{ClaimID: c, Exact: d.Exact, URL: d.URL, ReadOn: d.ReadOn, Origin: d.Origin,
		Stance: evidence.Stance(d.Stance), Kind: evidence.Kind(d.Kind)}
	if a, ok := w.of[d.Article]; ok {
		l.ArticleID, l.RevisionID, l.Span = a.Article.ID, a.Revision.ID, where(a, d.Exact)
	} else {
		l.Lang = "en"
	}
	return l
}

// where is the span at which words stand in a sample.
func where(a articles.Imported, exact string) text.Span {
	before, _, _ := strings.Cut(a.Revision.Raw, exact)
	start := utf8.RuneCountInString(before)
	return text.Span{Start: start, End: start + utf8.RuneCountInString(exact)}
}
