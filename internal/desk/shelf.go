package desk

import (
	"context"
	"strings"
	"unicode/utf8"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/jobs"
	"claimbench/internal/shelf"
)

// shelfPage is how many entries, and how many files, a page of a shelf lists.
const shelfPage = 50

// Shelf is a page of what others have checked already, in a collection.
type Shelf struct {
	Frame
	Ask   shelf.ListAsk
	List  []shelf.Entry
	Count int64         // how many are on the shelf
	Next  shelf.EntryID // before which the next page begins, 0 on the last
	May   ShelfMay
}

// ShelfMay says what a person may do with a shelf.
type ShelfMay struct{ Import, Withhold, Export, Decide bool }

func (l *look) shelfMay(in auth.CollectionID) ShelfMay {
	return ShelfMay{l.may(auth.ThingShelf, auth.Write, in), l.may(auth.ThingShelf, auth.TakeDown, in),
		l.may(auth.ThingShelf, auth.Export, in), l.may(auth.ThingShelf, auth.Confirm, in)}
}

// Shelf answers for the page of a shelf.
func (d *Desk) Shelf(ctx context.Context, actor auth.Actor, ask shelf.ListAsk) (out Shelf, err error) {
	defer fault.In(&err, "desk.Shelf(%d)", ask.In)
	err = d.look(ctx, actor, func(l *look) (err error) {
		ask.Limit = shelfPage + 1
		out = Shelf{Ask: ask, May: l.shelfMay(ask.In)}
		if err := l.must(auth.ThingShelf, auth.Read, ask.In); err != nil {
			return err
		}
		if out.Frame, err = l.frame(ask.In); err != nil {
			return err
		}
		if out.Count, err = shelf.CountOf(l.rx, ask.In); err != nil {
			return err
		}
		if out.List, err = shelf.List(l.rx, ask); len(out.List) > shelfPage {
			out.List = out.List[:shelfPage]
			out.Next = out.List[shelfPage-1].ID
		}
		return err
	})
	return out, err
}

// ShelfFiles are the files of a shelf, the newest first.
type ShelfFiles struct {
	Frame
	List []shelf.File
	Next shelf.FileID // before which the next page begins, 0 on the last
}

// ShelfFiles answers for the page on which files are imported.
func (d *Desk) ShelfFiles(ctx context.Context, actor auth.Actor, in auth.CollectionID, before shelf.FileID) (
	out ShelfFiles, err error) {
	defer fault.In(&err, "desk.ShelfFiles(%d)", in)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = ShelfFiles{}
		if err := l.must(auth.ThingShelf, auth.Write, in); err != nil {
			return err
		}
		if out.Frame, err = l.frame(in); err != nil {
			return err
		}
		if out.List, err = shelf.FilesOf(l.rx, in, before, shelfPage+1); err != nil {
			return err
		}
		if len(out.List) > shelfPage {
			out.List = out.List[:shelfPage]
			out.Next = out.List[shelfPage-1].ID
		}
		return l.forgetFiles(in, out.List)
	})
	return out, err
}

// forgetFiles is forget for the names of files.
func (l *look) forgetFiles(in auth.CollectionID, all []shelf.File) error {
	var words []*string
	for i := range all {
		words = append(words, articles.OwnWords(&all[i])...)
	}
	return l.forget(in, words...)
}

// ShelfFile is one file, with what a dry run found in it.
type ShelfFile struct {
	Frame
	File  shelf.File
	Look  shelf.Look
	Job   *jobs.Job // the newest that takes its entries in; nil: none was asked for
	Names Names
}

// ShelfFile answers for the page of a file.
func (d *Desk) ShelfFile(ctx context.Context, actor auth.Actor, id shelf.FileID) (out ShelfFile, err error) {
	defer fault.In(&err, "desk.ShelfFile(%d)", id)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = ShelfFile{Names: l.names}
		if out.File, err = shelf.FileByID(l.rx, id); err != nil {
			return err
		}
		in := out.File.CollectionID
		if err := l.reads(auth.ThingShelf, in, "file"); err != nil {
			return err
		}
		if err := l.must(auth.ThingShelf, auth.Write, in); err != nil {
			return err
		}
		if out.Frame, err = l.frame(in); err != nil {
			return err
		}
		if out.Look, err = out.File.Looked(); err != nil {
			return err
		}
		l.name(out.File.BroughtBy)
		one := []shelf.File{out.File}
		if err := l.forgetFiles(in, one); err != nil {
			return err
		}
		out.File = one[0]
		j, there, err := jobs.Last(l.rx, shelf.Taking, shelf.FileObject(id))
		if there {
			out.Job = &j
		}
		return err
	})
	return out, err
}

// mostRaw is how many characters of the bytes of an entry its page shows.
const mostRaw = 20_000

// ShelfEntry is one entry, with its bytes as far as they are shown.
type ShelfEntry struct {
	Frame
	Entry  shelf.Entry
	Source shelf.Source
	Raw    string
	Cut    bool // there are more bytes
	May    ShelfMay
}

// ShelfEntry answers for the page of an entry.
func (d *Desk) ShelfEntry(ctx context.Context, actor auth.Actor, id shelf.EntryID) (out ShelfEntry, err error) {
	defer fault.In(&err, "desk.ShelfEntry(%d)", id)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = ShelfEntry{}
		if out.Entry, err = shelf.EntryByID(l.rx, id); err != nil {
			return err
		}
		in := out.Entry.CollectionID
		if err := l.reads(auth.ThingShelf, in, "entry"); err != nil {
			return err
		}
		out.May = l.shelfMay(in)
		if out.Frame, err = l.frame(in); err != nil {
			return err
		}
		raw := out.Entry.Raw
		if out.Cut = len(raw) > mostRaw; out.Cut {
			raw = raw[:mostRaw]
			for len(raw) > 0 && !utf8.Valid(raw[max(0, len(raw)-utf8.UTFMax):]) && !utf8.RuneStart(raw[len(raw)-1]) {
				raw = raw[:len(raw)-1]
			}
		}
		out.Raw = strings.ToValidUTF8(string(raw), "�")
		out.Source, err = out.Entry.Whence()
		return err
	})
	return out, err
}

// Checked is a claim with what others may have checked of it.
type Checked struct {
	Head
	Found   []shelf.Beside
	Decides bool // the person may confirm and refuse
	Stands  bool // the collection has a shelf that holds something
}

// Checked answers for the panel of what was checked already of a claim. Who confirmed a match is not said: while a
// round is open, who works on a claim is nobody's to know.
func (d *Desk) Checked(ctx context.Context, actor auth.Actor, id claims.ID) (out Checked, err error) {
	defer fault.In(&err, "desk.Checked(%d)", id)
	err = d.look(ctx, actor, func(l *look) (err error) {
		if out.Head, err = l.head(id); err != nil {
			return err
		}
		in := out.Claim.CollectionID
		if err := l.must(auth.ThingShelf, auth.Read, in); err != nil {
			return err
		}
		out.Decides = l.may(auth.ThingShelf, auth.Confirm, in) && shelf.Decidable(out.Claim) == nil
		count, err := shelf.CountOf(l.rx, in)
		if err != nil {
			return err
		}
		out.Stands = count > 0
		out.Found, err = shelf.OfClaim(l.rx, out.Claim)
		return err
	})
	return out, err
}

// HasShelf says whether a person is shown what was checked already in a collection: they may read it, and it holds
// something.
func (d *Desk) HasShelf(ctx context.Context, actor auth.Actor, in auth.CollectionID) bool {
	return d.h.Policy.Allows(actor, auth.ThingShelf, auth.Read, in) && d.h.Shelf.Stands(ctx, in)
}
