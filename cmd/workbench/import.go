package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/house"
	"claimbench/internal/intake"
)

func newImportCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "import --collection NAME [--source NAME] [--title TITLE] [--byline NAME] [--url URL]\n" +
			"    [--lang TAG] [--published DATE] [--extract=false] --as USER FILE|URL…",
		Short: "Take articles into a collection, one from each file or address",
		Long: "Take articles into a collection, one from each file: " + intake.Words() + ".\n" +
			"What begins with https:// or http:// is the address of a page, and fetched, where an admin has switched " +
			"that on. A page that cannot be fetched now is tried again later by the server.\n" +
			"A text that the collection holds already is recognised and left alone. Every file is tried; the exit " +
			"code is 1 when one of them was refused. A feed, rows and an archive become an article each for what " +
			"they hold. What a file says of itself (title, author, day, language, source, address) is taken where no " +
			"flag says otherwise; --dry-run shows it and takes in nothing.",
		Args: argsBetween(1, -1),
	}
	database, as := databaseFlag(cmd), asFlag(cmd)
	var in articles.Import
	collection := cmd.Flags().String("collection", "",
		"the collection's `NAME`; “workbench collection list” shows them")
	cmd.Flags().StringVar(&in.Source, "source", "", "who published it, a `NAME` (default: not stated)")
	cmd.Flags().StringVar(&in.Title, "title", "", "its `TITLE` (default: its own headline)")
	cmd.Flags().StringVar(&in.Byline, "byline", "", "who wrote it, a `NAME`")
	cmd.Flags().StringVar(&in.URL, "url", "", "the `URL` where it stands")
	cmd.Flags().StringVar(&in.Lang, "lang", "auto", "its language, a `TAG` such as fa, ar, ja, en; auto: found")
	cmd.Flags().StringVar(&in.Published, "published", "",
		"when it was published, a `DATE`: YYYY-MM-DD, or YYYY-MM, or YYYY")
	var how reading
	cmd.Flags().BoolVar(&how.extract, "extract", true, "propose candidates for claims at once")
	cmd.Flags().BoolVar(&how.dry, "dry-run", false, "show what the files are read as, and take in nothing")
	cmd.Flags().BoolVar(&how.clean, "clean", false,
		"leave out of plain text what is of the site: marks, paywall lines, bare addresses")
	cmd.Flags().StringVar(&how.charset, "charset", "",
		"in which `CHARSET` plain text is, such as windows-1256, where its bytes do not tell")
	cmd.Flags().StringToStringVar(&how.columns, "column", nil,
		"which column of rows is which part, a `PAIR` such as text=body (parts: "+
			strings.Join(intake.RowParts(), ", ")+")")
	cmd.RunE = func(cmd *cobra.Command, files []string) error {
		if err := in.Check(); err != nil {
			return usageError{err}
		}
		return withHouse(cmd, *database, *as, func(h *house.House, actor auth.Actor) error {
			col, err := h.Articles.CollectionByName(contextOf(cmd), actor, *collection)
			if err != nil {
				return withRemedy(err, fault.NotFound, "--collection takes a name; "+
					"“workbench collection list” shows them.")
			}
			in.Collection = col.ID
			return importAll(cmd, h, actor, in, files, how)
		})
	}
	need(cmd, "collection")
	return cmd
}

// reading is how files are read, and what is done with them.
type reading struct {
	extract, dry, clean bool
	charset             string
	columns             map[string]string
}

// tally counts what became of the files.
type tally struct{ in, held, refused, untried int }

// importFiles tries every file, and says of each what became of it. It stops where the next would fail for the same
// reason: when the person may not import, or the database does not answer.
func importFiles(cmd *cobra.Command, h *house.House, actor auth.Actor, in articles.Import, files []string,
	how reading) error {
	progress, done := progressTo(cmd.ErrOrStderr(), "importing")
	defer done()
	var n tally
	for i, name := range files {
		err := importFile(cmd, h, actor, in, name, how, &n)
		switch {
		case err != nil && len(files) == 1 && n == (tally{}):
			return err
		case err != nil:
			n.refused++
			fmt.Fprintf(cmd.ErrOrStderr(), "workbench: %s\n", fault.Plain(err))
		}
		if progress != nil {
			progress(int64(i+1), int64(len(files)))
		}
		if hopeless(err) {
			n.untried = len(files) - i - 1
			break
		}
	}
	return n.err()
}

// hopeless says that an error is not about the file.
func hopeless(err error) bool {
	switch fault.KindOf(err) {
	case "", fault.Invalid, fault.NotFound, fault.TooLarge, fault.Conflict:
		return false
	}
	return true
}

// err is nil when every file is there now.
func (n tally) err() error {
	if n.refused == 0 {
		return nil
	}
	s := fmt.Sprintf("%d of %d files failed, as said above", n.refused, n.in+n.held+n.refused+n.untried)
	for _, x := range []struct {
		n    int
		what string
	}{{n.in, "came in"}, {n.held, "were held already"}, {n.untried, "were not tried"}} {
		if x.n > 0 {
			s += fmt.Sprintf("; %d %s", x.n, x.what)
		}
	}
	return fmt.Errorf("%s. Mend the cause and give the same files again: what is held is left alone", s)
}

// importFile takes in what a file holds, and says of each document what became of it. What is wrong with one of many
// is said and counted, and the others are tried.
func importFile(cmd *cobra.Command, h *house.House, actor auth.Actor, in articles.Import, name string, how reading,
	n *tally) error {
	doc, err := readFile(name, how)
	if unsure := new(intake.Unsure); errors.As(err, &unsure) {
		return named(withRemedy(err, fault.Invalid, "--dry-run --charset windows-1252 shows how one of them reads; "+
			"give the one that is right, or a file in UTF-8."), name)
	}
	if err != nil {
		return named(err, name)
	}
	for _, note := range doc.Notes {
		fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s\n", name, note)
	}
	all := doc.All()
	for _, one := range all {
		line, held, err := importDocument(cmd, h, actor, in, one, how)
		if line != "" {
			fmt.Fprintln(cmd.OutOrStdout(), line)
		}
		switch {
		case err != nil && (len(all) == 1 || hopeless(err)):
			return named(err, name)
		case err != nil:
			n.refused++
			fmt.Fprintf(cmd.ErrOrStderr(), "workbench: %s\n", fault.Plain(named(err, one.Name)))
		case held:
			n.held++
		default:
			n.in++
		}
	}
	return nil
}

// named is an error that names the file.
func named(err error, name string) error {
	if strings.Contains(fault.Plain(err), name) {
		return err
	}
	return fmt.Errorf("%s: %w", name, err)
}

// importDocument gives the line that says what became of a document, also where no candidates could be proposed; held
// says that the collection had its text already.
func importDocument(cmd *cobra.Command, h *house.House, actor auth.Actor, in articles.Import, doc intake.Document,
	how reading) (line string, held bool, err error) {
	name := doc.Name
	in.Name = name
	in.Fill(doc)
	if how.dry {
		return would(in, doc), false, nil
	}
	got, err := h.Articles.Import(contextOf(cmd), actor, in)
	if err != nil {
		return "", false, err
	}
	if got.Existing {
		return fmt.Sprintf("%s: the same text is article %d already", name, got.Article.ID), true, nil
	}
	line = fmt.Sprintf("%s: article %d, %s, %d characters, sha256 %s", name, got.Article.ID, got.Article.Lang,
		got.Revision.CodePoints, got.Revision.SHA256[:12])
	if len(got.SameAddress) > 0 {
		line += fmt.Sprintf("; article %d has the same address and another text: if this is a newer one, it belongs "+
			"there as a revision", got.SameAddress[0])
	}
	if got.DayAhead != "" {
		line += "; it says that it was published on " + got.DayAhead + ", which has not come yet: its day was left out"
	}
	if !how.extract {
		return line, false, nil
	}
	n, err := h.Claims.Extract(contextOf(cmd), actor, got.Article.ID)
	if err != nil {
		return line, false, fmt.Errorf("%s: no candidates were proposed for article %d; its page offers it again: %w",
			name, got.Article.ID, err)
	}
	return fmt.Sprintf("%s, %d candidates", line, n), false, nil
}

// would says what a document would be taken in as.
func would(in articles.Import, d intake.Document) string {
	said := []string{fmt.Sprintf("%s: %d characters, %d pieces left out", d.Name, len([]rune(in.Raw)), len(d.LeftOut))}
	for _, x := range [][2]string{{"title", in.Title}, {"by", in.Byline}, {"source", in.Source}, {"published",
		in.Published},
		{"language", in.Lang}, {"at", in.URL}, {"charset", d.Encoding}, {"not whole", d.Partial}} {
		if x[1] != "" {
			said = append(said, x[0]+" "+x[1])
		}
	}
	if d.Origin != nil {
		said = append(said, d.Origin.Kind+" of "+d.Origin.Name)
	}
	return strings.Join(said, "; ")
}

func readFile(name string, how reading) (intake.Document, error) {
	f, err := openFile(name)
	if err != nil {
		return intake.Document{}, err
	}
	defer f.Close()
	from := intake.File{Name: name, Body: f, Charset: how.charset, Clean: how.clean, Columns: how.columns}
	if info, err := f.Stat(); err == nil {
		from.Size = info.Size()
	}
	return intake.Read(from)
}
