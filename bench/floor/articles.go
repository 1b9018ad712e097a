package main

import (
	"database/sql"
	"net/http"
	"strconv"
	"strings"
)

type article struct {
	ID          int64  `json:"id"`
	Collection  int64  `json:"collection"`
	Source      *int64 `json:"source,omitempty"`
	Title       string `json:"title"`
	Byline      string `json:"byline"`
	URL         string `json:"url"`
	Lang        string `json:"lang"`
	Dir         string `json:"dir"`
	Published   string `json:"published"`
	Revision    *int64 `json:"revision,omitempty"`
	State       string `json:"state"`
	AddedBy     int64  `json:"added_by"`
	AddedAt     moment `json:"added_at"`
	Version     int64  `json:"version"`
	SourceName  string `json:"source_name"`
	Reliability string `json:"reliability"`
	CodePoints  int    `json:"code_points"`
	Sentences   int    `json:"sentences"`
	Candidates  int    `json:"candidates"`
	Claims      int    `json:"claims"`
	Decided     int    `json:"decided"`
}

// articles answers with a page of the articles of a collection, and what stands in each.
func (f *floor) articles(r *http.Request, id int64) (any, error) {
	out := listed[article]{Items: []article{}}
	after, _ := strconv.ParseInt(r.URL.Query().Get("after"), 10, 64)
	err := f.look(func(tx *sql.Tx) error {
		index := map[int64]int{}
		var ids []string
		if err := f.each(tx, articlePage, func(r *sql.Rows) error {
			var x article
			err := r.Scan(&x.ID, &x.Collection, &x.Source, &x.Title, &x.Byline, &x.URL, &x.Lang, &x.Dir, &x.Published,
				&x.Revision, &x.State, &x.AddedBy, &x.AddedAt, &x.Version, &x.SourceName, &x.Reliability, &x.CodePoints,
				&x.Sentences)
			if len(out.Items) == 100 {
				out.Next = strconv.FormatInt(out.Items[99].ID, 10)
				return err
			}
			index[x.ID] = len(out.Items)
			ids = append(ids, strconv.FormatInt(x.ID, 10))
			out.Items = append(out.Items, x)
			return err
		}, id, after); err != nil {
			return err
		}
		return f.each(tx, claimsOfArticles, func(r *sql.Rows) error {
			var of int64
			var candidates, claims, decided int
			err := r.Scan(&of, &candidates, &claims, &decided)
			x := &out.Items[index[of]]
			x.Candidates, x.Claims, x.Decided = candidates, claims, decided
			return err
		}, "["+strings.Join(ids, ",")+"]")
	})
	return out, err
}
