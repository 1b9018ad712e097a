package httpd

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/addresses"
	"claimbench/internal/arrivals"
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
	"claimbench/internal/intake"
	"claimbench/internal/match"
	"claimbench/internal/text"
)

// arrivalsPage is the page of what a person brought.
func (s *Server) arrivalsPage(c echo.Context, n auth.CollectionID) (*view.Arrivals, desk.Arrivals, error) {
	ask, err := arrivalsAsked(c)
	if err != nil {
		return nil, desk.Arrivals{}, err
	}
	after := ask.After
	seen, err := s.desk.Arrivals(c.Request().Context(), actorOf(c), n, ask)
	if err != nil {
		return nil, seen, err
	}
	p := &view.Arrivals{Shell: s.framed(c, "Articles in", "Articles", seen.Frame), Action: under(n, "arrivals"),
		Model: seen.Model, Host: seen.Host,
		Here: arrivalsURL(n), Reads: reads(), Off: seen.Off, Web: under(n, "addresses"),
		Watches: under(n, "watches"), Ready: seen.Counts[arrivals.Ready], Says: arrivalsSay(seen),
		Ended: seen.Counts[arrivals.Refused]+seen.Counts[arrivals.Split]+seen.Counts[arrivals.Taken]+
			seen.Counts[arrivals.Failed] > 0}
	if k := seen.Counts[arrivals.Failed]; k > 1 && seen.Off == "" {
		p.Again = many(k, "page", "pages")
	}
	if after != 0 {
		p.Here = withQuery(p.Here, "after", itoa(after))
	}
	if seen.Web.Going > 0 {
		p.WebSays = many(seen.Web.Going, "address waits", "addresses wait")
	} else if seen.Web.Failed > 0 {
		p.WebSays = many(seen.Web.Failed, "address failed", "addresses failed")
	}
	if k := seen.Going(); k > 0 {
		p.Going = many(k, "is being fetched, read or taken in", "are being fetched, read or taken in")
	}
	for _, src := range seen.Sources {
		p.Sources = append(p.Sources, src.Name)
	}
	for _, l := range seen.List {
		x := showArrival(l)
		if x.Action = p.Action + "/" + itoa(l.ID); l.State != arrivals.Taking {
			x.Discard = p.Action + "/discard"
		}
		if l.State == arrivals.Failed && seen.Off == "" {
			x.Again = p.Action + "/again"
		}
		if l.State == arrivals.Ready {
			x.Page = arrivalsURL(n)
		}
		comparedWith(&x, seen.Compared)
		p.Items = append(p.Items, x)
	}
	for _, l := range seen.Taken {
		p.Taken = append(p.Taken, takenOf(l))
	}
	if seen.Next != 0 {
		p.More = withQuery(arrivalsURL(n), "after", itoa(seen.Next))
	}
	return p, seen, nil
}

// arrivalsAsked reads what of a person's arrivals a page shows.
func arrivalsAsked(c echo.Context) (ask desk.ArrivalsAsked, err error) {
	if c.Request().Method != get {
		return ask, nil
	}
	if ask.After, err = queryID[arrivals.ID](c, "after"); err != nil {
		return ask, err
	}
	if ask.Compare, err = queryID[arrivals.ID](c, "compare"); err != nil {
		return ask, err
	}
	ask.With, err = queryID[articles.ID](c, "article")
	return ask, err
}

// arrivalsSay counts what waits, by what can be done with it.
func arrivalsSay(seen desk.Arrivals) string {
	var says []string
	for _, x := range []struct {
		n    int
		word string
	}{{seen.Counts[arrivals.Ready], "ready"}, {seen.Counts[arrivals.Asks], "ask"},
		{seen.Counts[arrivals.Fetching], "being fetched"}, {seen.Counts[arrivals.Failed], "not fetched"},
		{seen.Counts[arrivals.Reading], "being read"}, {seen.Counts[arrivals.Taking], "being taken in"},
		{seen.Counts[arrivals.Refused], "refused"}} {
		if x.n > 0 {
			if x.word == "ask" && x.n == 1 {
				x.word = "asks"
			}
			says = append(says, grouped(x.n)+" "+x.word)
		}
	}
	return strings.Join(says, ", ")
}

// signsOf are how the states look.
var signsOf = map[arrivals.State][2]string{arrivals.Fetching: {"", "ring"}, arrivals.Failed: {"refused", "dis"},
	arrivals.Reading: {"", "ring"}, arrivals.Asks: {"asks", "unv"},
	arrivals.Ready: {"read", "cor"}, arrivals.Refused: {"refused", "dis"}, arrivals.Split: {"", "second"},
	arrivals.Taking: {"", "ring"}, arrivals.Taken: {"read", "cor"}}

func showArrival(l arrivals.Line) view.Arrival {
	f := l.Read()
	x := view.Arrival{ID: int64(l.ID), Version: l.Version, State: arrivals.States.Word(l.State), Going: l.Going(),
		Shape: signsOf[l.State][0], Icon: signsOf[l.State][1], Editable: l.State == arrivals.Ready,
		Title: foreign(l.Title, l.Lang, string(text.DirOf(l.Lang))), Byline: l.Byline, Source: l.Source, URL: l.URL,
		Lang: l.Lang, Published: l.Published, Origin: l.Origin, Meta: metaOf(l, f), Left: f.Left,
		Written: foreign(l.PublishedAs, l.Lang, string(text.DirOf(l.Lang))), Message: detected(l.Message),
		Begins: foreign(f.Begins, l.Lang, string(text.DirOf(l.Lang))), Warnings: warningsOf(l)}
	if x.Name = named(l.Name); l.Pasted() {
		x.Name = foreign("A pasted text", "en", "ltr")
	} else if x.Editable {
		x.SHA256 = l.SHA256
	}
	if l.Brought != "" {
		x.By = foreign(l.Brought, "", "auto")
	}
	showFetched(&x, l)
	if f.Points > 0 {
		x.Facts = many(f.Points, "character", "characters") + ", " + many(f.Sentences, "sentence", "sentences")
	}
	if o := f.Proposed; o != nil && x.Editable {
		x.Proposed = &view.Proposed{Name: o.Name, Kind: o.Kind, Words: detected(o.Words)}
	}
	if f.Partial != "" {
		x.Notes = append(x.Notes, detected(f.Partial))
	}
	for _, note := range f.Notes {
		x.Notes = append(x.Notes, detected(note))
	}
	if f.Encoding != "" && f.Encoding != "utf-8" {
		x.Notes = append(x.Notes, detected("Its letters were read as "+f.Encoding+
			". If they are not words, save the file as UTF-8."))
	}
	for _, l := range f.LeftOut {
		lang := text.Detect(l.Words)
		x.LeftOut = append(x.LeftOut, view.LeftOut{Kind: desk.LeftWord(l), Text: l.Words, Lang: lang,
			Dir: string(text.DirOf(lang))})
	}
	showAsked(&x, l, f)
	return x
}

// showFetched shows how far the fetching of an address is, and over which others it led.
func showFetched(x *view.Arrival, l arrivals.Line) {
	if l.Address == "" {
		return
	}
	x.Name = view.Foreign{Text: l.Address, Lang: "", Dir: "ltr"}
	if w := l.Work; w != nil {
		switch {
		case w.State == addresses.Fetching:
			x.Facts = "The page is being asked for"
		case w.Tries > 0:
			x.Facts = many(w.Tries, "try failed", "tries failed") + "; it is tried again at " + moment(w.NextAt)
			x.Message = detected(w.Message)
		default:
			x.Facts = "It waits for its turn at the site"
		}
	}
	if len(l.Reached) > 1 {
		x.Over = l.Reached[1:]
	}
}

// showAsked shows what a file asks.
func showAsked(x *view.Arrival, l arrivals.Line, f arrivals.Found) {
	if l.State == arrivals.Split {
		x.Facts = "It holds " + many(f.Items, "document", "documents") + ", each in its own place"
	}
	for i, p := range f.Readings {
		x.Readings = append(x.Readings, view.Reading{Charset: p.Charset, Lang: p.Lang, Dir: string(text.DirOf(p.Lang)),
			Text: p.Text, Chosen: i == 0})
	}
	if len(f.Columns) == 0 {
		return
	}
	chosen := f.Chosen
	if mine := l.Columns(); len(mine) > 0 {
		chosen = mine
	}
	x.Columns = columnChoices(f.Columns, chosen)
	if f.Rows > 0 {
		x.Rows = many(f.Rows, "row becomes an article", "rows become articles")
		x.MakeOf = "Make " + many(f.Rows, "article", "articles") + " of them"
	}
	for _, r := range f.Sample {
		dir := string(text.DirOf(cmp.Or(r.Lang, text.Detect(r.Begins))))
		x.Sample = append(x.Sample, view.SampleRow{Title: foreign(r.Title, r.Lang, dir), Begins: foreign(r.Begins,
			cmp.Or(r.Lang, text.Detect(r.Begins)), dir), Day: r.Published, Source: r.Source})
	}
}

// partWords are the parts of an article as a form calls them.
var partWords = map[string]string{"text": "Text", "title": "Title", "byline": "Author", "source": "Source",
	"url": "Address", "lang": "Language", "published": "Day"}

func columnChoices(names []string, chosen intake.Columns) (out []view.Column) {
	for _, part := range intake.RowParts() {
		c := view.Column{Part: part, Word: partWords[part],
			Options: []view.Option{{Value: "", Word: "none", Chosen: chosen[part] == ""}}}
		for _, name := range slices.Compact(slices.Clone(names)) {
			if name != "" {
				c.Options = append(c.Options, view.Option{Value: name, Word: name, Chosen: chosen[part] == name})
			}
		}
		out = append(out, c)
	}
	return out
}

// metaOf says what a file is: "page, 61 kB, read by reader 4".
func metaOf(l arrivals.Line, f arrivals.Found) string {
	var says []string
	for _, r := range intake.Readers() {
		if r.Name == f.Reader {
			says = append(says, r.Word)
		}
	}
	if l.Size > 0 {
		says = append(says, kilobytes(l.Size))
	}
	if f.Version > 0 {
		says = append(says, fmt.Sprintf("read by reader %d", f.Version))
	}
	return strings.Join(says, ", ")
}

func kilobytes(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d kB", max((n+512)/1024, 1))
	}
	return intake.MiB(n)
}

// warningsOf says what is here already.
func warningsOf(l arrivals.Line) (out []view.Warning) {
	link := func(id articles.ID) view.Link {
		is := l.Titles[id]
		return view.Link{URL: "/articles/" + itoa(id), Of: titleOf(articles.Article{ID: id, Title: is.Title,
			Lang: is.Lang, Dir: string(text.DirOf(is.Lang)), State: is.State}, "")}
	}
	if l.SameText != 0 {
		out = append(out, view.Warning{Before: "This very text is here already: ", Link: link(l.SameText),
			After: ". Taken in, nothing is added."})
	}
	if l.SameAddress != 0 {
		out = append(out, view.Warning{Before: "Another text of this address is here: ", Link: link(l.SameAddress),
			After: ". If this is a newer one, it belongs there as a revision.", Compare: comparing(l, l.SameAddress)})
	}
	if l.SameHere != 0 {
		out = append(out, view.Warning{Before: "The same text was brought before and waits: ",
			Link: view.Link{URL: "#arrival-" + itoa(l.SameHere), Word: "see it"}, After: "."})
	}
	for _, x := range l.Nearly {
		out = append(out, view.Warning{Before: "Nearly the same text was brought before and waits: ",
			Link: view.Link{URL: "#arrival-" + itoa(x.Arrival), Word: "see it"}, After: "."})
	}
	for _, x := range l.Like {
		w := view.Warning{Before: "An article here " + x.KindWord() + ": ", Link: link(x.Article), After: "."}
		if x.Kind == match.OriginCopy {
			w.Compare = comparing(l, x.Article)
		}
		out = append(out, w)
	}
	return out
}

// comparing is the page on which an arrival is compared with an article; "" of one that cannot be.
func comparing(l arrivals.Line, id articles.ID) string {
	if l.State != arrivals.Ready {
		return ""
	}
	return withQuery(arrivalsURL(l.CollectionID), "after", itoa(l.ID-1), "compare", itoa(l.ID), "article", itoa(id)) +
		"#arrival-" + itoa(l.ID)
}

func takenOf(l arrivals.Line) view.TakenIn {
	is := l.Titles[*l.ArticleID]
	out := view.TakenIn{Link: view.Link{URL: "/articles/" + itoa(*l.ArticleID), Of: titleOf(articles.Article{
		ID: *l.ArticleID, Title: is.Title, Lang: is.Lang, Dir: string(text.DirOf(is.Lang)), State: is.State}, "")}}
	switch j := l.Became; {
	case l.Revised:
		out.Says = "has it as its newest revision"
	case l.Existing:
		out.Says = "was here already"
	case j == nil:
		out.Says = "taken in"
	case j.Ended() && j.Message != "":
		out.Says = "no candidates were proposed: " + j.Message
	case j.Ended():
		out.Says = "candidates were proposed"
	default:
		out.Going, out.Done, out.Total = true, j.Done, j.Total
		out.Says = "candidates are being proposed"
		if j.Total > 0 {
			out.Says = fmt.Sprintf("%d of %d candidates", j.Done, j.Total)
		}
	}
	return out
}
