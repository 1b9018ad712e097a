package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"claimbench/internal/articles"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/house"
	"claimbench/internal/store"
	"claimbench/seeds"
)

// demoCollection is where the sample articles go.
const demoCollection = "Election interference, 2016–2024"

// madeBy is the fact in a database that says who made it; madeByDemo that serve --demo did.
const (
	madeBy     = "made_by"
	madeByDemo = "demo"
)

// prepareDatabase brings the schema up to date. A demo runs on a database that a demo made, and on no other: there
// anybody may be anyone.
func prepareDatabase(ctx context.Context, db *store.DB, demo bool) (fresh bool, err error) {
	before, err := db.Schema(ctx)
	if err != nil {
		return false, err
	}
	fresh = before.Database == 0
	if demo && !fresh {
		if err := madeForDemo(ctx, db); err != nil {
			return false, err
		}
	}
	if _, err := db.Migrate(ctx); err != nil {
		return false, err
	}
	if !demo || !fresh {
		return fresh, nil
	}
	return fresh, db.Write(ctx, func(tx *store.Tx) error { return tx.SetMeta(madeBy, madeByDemo) })
}

// forgetKey removes the key of a demo whose database somebody deleted to begin again: it would rightly refuse to sign
// a history that does not continue the old one.
func forgetKey(file string) error {
	for _, name := range []string{file, file + ".pub", file + ".last"} {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fault.Wrap(fault.Unavailable, err,
				"The key %s of an earlier demo cannot be removed. Delete it and its neighbours %s.*.", name, file)
		}
	}
	return nil
}

func madeForDemo(ctx context.Context, db *store.DB) error {
	var who string
	if err := db.Read(ctx, func(r *store.Rx) (err error) {
		who, err = r.Meta(madeBy)
		return err
	}); err != nil {
		return err
	}
	if who != madeByDemo {
		return fault.New(fault.Invalid,
			"%s was not made by a demo, and a demo lets anybody in as anyone. Serve it without --demo, or name "+
				"another database with --database.", db.Target())
	}
	return nil
}

// refillDemo is fillDemo, which may fail on a database that already has the demo: people may have disabled a user of
// it, or taken a role away. Then it says what it could not do, and the demo goes on with what is there.
func refillDemo(ctx context.Context, h *house.House, bare, fresh bool, out io.Writer) error {
	err := fillDemo(ctx, h, bare)
	kind := fault.KindOf(err)
	if err == nil || fresh || kind != fault.Forbidden && kind != fault.NotFound && kind != fault.Conflict {
		return err
	}
	_, err = fmt.Fprintf(out, "The demo goes on with what is there. What is missing of its samples could not be "+
		"added again: %s\n", fault.Message(err))
	return err
}

// fillDemo adds the six users, a collection and the four sample articles through the importer that users have, what
// people did with them (unless bare), and candidates. What is there already stays.
func fillDemo(ctx context.Context, h *house.House, bare bool) error {
	if err := h.Auth.EnsureDemoUsers(ctx); err != nil {
		return err
	}
	admin, err := h.Auth.ActorFor(ctx, "admin-1", history.System)
	if err != nil {
		return err
	}
	editor, err := h.Auth.ActorFor(ctx, "editor-1", history.System)
	if err != nil {
		return err
	}
	col, err := h.Articles.CollectionByName(ctx, admin, demoCollection)
	fresh := fault.KindOf(err) == fault.NotFound
	if fresh {
		col, err = h.Articles.CreateCollection(ctx, admin, articles.CollectionNew{Name: demoCollection})
	}
	if err != nil {
		return err
	}
	samples, err := seeds.Articles()
	if err != nil {
		return err
	}
	work := demoWork{h: h, in: col.ID, of: map[string]articles.Imported{}}
	var came []articles.Imported
	for _, a := range samples {
		got, err := h.Articles.Import(ctx, editor, articles.Import{
			Collection: col.ID, Source: a.Source, Byline: a.Byline, Lang: a.Lang, Published: a.Published, Raw: a.Raw,
			Name: a.File,
		})
		if err != nil {
			return fmt.Errorf("sample %s: %w", a.File, err)
		}
		if work.of[a.File] = got; !got.Existing {
			came = append(came, got)
		}
	}
	if fresh && !bare {
		if err := work.play(ctx); err != nil {
			return err
		}
	}
	for _, got := range came { // after the claims that people made, which are not proposed again
		if _, err := h.Claims.Extract(ctx, editor, got.Article.ID); err != nil {
			return fmt.Errorf("article %d: %w", got.Article.ID, err)
		}
	}
	return nil
}
