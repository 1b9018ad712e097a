package httpd

import (
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
	"claimbench/internal/review"
)

// allLangs is the language of an address that asks for all, also for those that the person does not read.
const allLangs = "all"

// mostLangs is how many languages an address may name.
const mostLangs = 40

// queueAsk reads what of the queue an address asks for.
func queueAsk(c echo.Context, ask *desk.QueueAsk) (err error) {
	f := &ask.QueueFilter
	f.State, f.Verdict = claims.State(c.QueryParam("state")), claims.Verdict(c.QueryParam("verdict"))
	f.Order, f.Mine = review.Order(c.QueryParam("sort")), c.QueryParam("mine") == "1"
	f.Text = strings.TrimSpace(c.QueryParam("text"))
	switch lang := c.QueryParam("lang"); lang {
	case "":
	case allLangs:
		ask.AllLangs = true
	default:
		if f.Langs = strings.Split(lang, ","); len(f.Langs) > mostLangs {
			return fault.New(fault.Invalid, "The address names %d languages; name at most %d.", len(f.Langs),
				mostLangs).With("lang", "Name fewer languages.")
		}
	}
	switch who := c.QueryParam("assignee"); who {
	case "me":
		f.Assignee = actorOf(c).UserID
	case "none":
		f.Unassigned = true
	default:
		if f.Assignee, err = queryID[auth.UserID](c, "assignee"); err != nil {
			return err
		}
	}
	if f.Article, err = queryID[articles.ID](c, "article"); err != nil {
		return err
	}
	if f.Source, err = queryID[articles.SourceID](c, "source"); err != nil {
		return err
	}
	return queuePlace(c, ask)
}

// notOfCandidates are the parameters of the other tabs that say nothing of candidates, which nobody has decided or
// opened, or which stand by their worth.
var notOfCandidates = []string{"state", "verdict", "mine", "sort"}

// queuePlace reads where a page begins: after a claim; of candidates, after a place in an order.
func queuePlace(c echo.Context, ask *desk.QueueAsk) (err error) {
	if ask.Tab == review.TabCandidates {
		for _, name := range notOfCandidates {
			if c.QueryParam(name) != "" {
				return fault.New(fault.Invalid, "Candidates stand by their worth, and have no verdict yet: “%s” says "+
					"nothing of them. Leave it out.", name).With(name, "Leave it out.")
			}
		}
		ask.ByWorth, ask.Place = c.QueryParam("order"), c.QueryParam("after")
		return nil
	}
	if c.QueryParam("order") != "" {
		return fault.New(fault.Invalid, "Only the candidates have an “order” in their address. Leave it out.").
			With("order", "Leave it out.")
	}
	ask.After, err = queryID[claims.ID](c, "after")
	return err
}

// langParam is how an address says the languages of a queue; "" where they are those that the person reads.
func langParam(q desk.Queue) string {
	switch {
	case q.Own:
		return ""
	case len(q.Filter.Langs) == 0 && q.Reads > 0:
		return allLangs
	}
	return strings.Join(q.Filter.Langs, ",")
}

// queuePairs are the conditions and the order of a queue as its address has them.
func queuePairs(q desk.Queue) []string {
	f, mine := q.Filter, ""
	if f.Mine {
		mine = "1"
	}
	who := itoa(f.Assignee)
	if f.Unassigned {
		who = "none"
	}
	return []string{"lang", langParam(q), "article", itoa(f.Article), "source", itoa(f.Source), "state",
		string(f.State), "verdict", string(f.Verdict), "mine", mine, "assignee", who, "text",
		f.Text, "sort", string(f.Order)}
}

// queueFilter is the form in the head of a list of the queue, with what is chosen; open, where its menu was asked for.
func queueFilter(q desk.Queue, menu bool) *view.QueueFilter {
	here, f := withQuery(under(q.In(), "queue"), "tab", string(q.Tab)), q.Filter
	form := &view.QueueFilter{Action: under(q.In(), "queue"), Tab: string(q.Tab), Text: f.Text, Mine: f.Mine,
		Clear:   within(here, "lang", allIf(q.Reads > 0), "sort", string(f.Order)),
		Langs:   []view.Option{{Value: allIf(q.Reads > 0), Word: "all", Chosen: len(f.Langs) == 0}},
		Article: []view.Option{{Word: "all"}}, Source: []view.Option{{Word: "all"}}}
	if q.Reads > 0 {
		form.Langs = append([]view.Option{{Word: "those I read", Chosen: q.Own}}, form.Langs...)
	}
	if form.Accepted = q.Tab != review.TabCandidates; form.Accepted {
		filterAccepted(form, q)
	}
	for _, l := range append(slices.Clone(f.Langs), langsOf(q)...) {
		if !slices.ContainsFunc(form.Langs, func(o view.Option) bool { return o.Value == l }) {
			form.Langs = append(form.Langs, view.Option{Value: l, Word: languageName(l),
				Chosen: !q.Own && len(f.Langs) == 1 && f.Langs[0] == l})
		}
	}
	if len(q.Choices) == 0 {
		form.Article, form.Source = nil, nil
		form.More = queueStart{}.url(q, "menu", "1")
	}
	langs, sources := map[string]bool{}, map[articles.SourceID]bool{}
	for _, a := range q.Choices {
		form.Article = append(form.Article, view.Option{Value: itoa(a.ID), Word: titleOf(a.Article, a.Source).Text,
			Lang: a.Lang, Dir: a.Dir, Chosen: a.ID == f.Article})
		if !langs[a.Lang] && !slices.ContainsFunc(form.Langs, func(o view.Option) bool {
			return o.Value == a.Lang
		}) {
			langs[a.Lang] = true
			form.Langs = append(form.Langs, view.Option{Value: a.Lang, Word: languageName(a.Lang),
				Chosen: !q.Own && len(f.Langs) == 1 && f.Langs[0] == a.Lang})
		}
		if a.SourceID != nil && !sources[*a.SourceID] {
			sources[*a.SourceID] = true
			form.Source = append(form.Source, view.Option{Value: itoa(*a.SourceID), Word: a.Source,
				Chosen: *a.SourceID == f.Source})
		}
	}
	form.Chips, form.Open = chipsOf(q), menu
	return form
}

// filterAccepted offers what claims have that were accepted.
func filterAccepted(form *view.QueueFilter, q desk.Queue) {
	f := q.Filter
	form.Sort = view.Options(review.Orders, f.Order)
	if q.Tab == review.TabSnoozed || q.Tab == review.TabTurn && f.State != "" {
		form.State = append([]view.Option{{Word: "any"}}, view.Options(claims.States, f.State)...)
	}
	if q.Tab == review.TabApprove || q.Tab == review.TabDone || f.Verdict != "" {
		form.Verdict = append([]view.Option{{Word: "any"}}, view.Options(claims.Verdicts, f.Verdict)...)
	}
	form.Assignee = []view.Option{{Word: "anybody"}, {Value: "me", Word: "me", Chosen: f.Assignee == q.Me},
		{Value: "none", Word: "nobody", Chosen: f.Unassigned}}
	if f.Assignee != 0 && f.Assignee != q.Me {
		form.Assignee = append(form.Assignee, view.Option{Value: itoa(f.Assignee), Word: q.Names.Of(f.Assignee),
			Chosen: true})
	}
}

// langsOf are the languages of a page's claims.
func langsOf(q desk.Queue) (out []string) {
	for _, e := range q.Entries {
		if !slices.Contains(out, e.Claim.Lang) {
			out = append(out, e.Claim.Lang)
		}
	}
	return out
}

func allIf(reads bool) string {
	if reads {
		return allLangs
	}
	return ""
}

// chipsOf are the conditions of a queue in words, each with the address of the list without it.
func chipsOf(q desk.Queue) (out []view.Chip) {
	f := q.Filter
	add := func(holds bool, param string, word view.Foreign) {
		if holds {
			out = append(out, view.Chip{Word: word, URL: without(q, param)})
		}
	}
	in := langsSaid(f.Langs)
	if q.Own {
		in = "languages you read: " + in
	}
	add(len(f.Langs) > 0, "lang", inEnglish(in))
	article, source := chosenAmong(q)
	add(f.Article != 0, "article", article)
	add(f.Source != 0, "source", source)
	add(f.State != "", "state", inEnglish(f.State.Word()))
	add(f.Verdict != "", "verdict", inEnglish(f.Verdict.Word()))
	add(f.Mine, "mine", inEnglish("opened by you"))
	switch {
	case f.Unassigned:
		add(true, "assignee", inEnglish("given to nobody"))
	case f.Assignee != 0 && f.Assignee == q.Me:
		add(true, "assignee", inEnglish("given to you"))
	default:
		add(f.Assignee != 0, "assignee", detected("given to "+q.Names.Of(f.Assignee)))
	}
	add(f.Text != "", "text", detected("“"+short(f.Text)+"”"))
	return out
}

// without is the address of a list without one of its conditions; of languages, with all of them.
func without(q desk.Queue, param string) string {
	pairs := queuePairs(q)
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] == param {
			pairs[i+1] = ""
			if param == "lang" {
				pairs[i+1] = allIf(q.Reads > 0)
			}
		}
	}
	return withQuery(under(q.In(), "queue"), append(pairs, "tab", string(q.Tab))...)
}

// chosenAmong names the article and the source that the list is narrowed to.
func chosenAmong(q desk.Queue) (article, source view.Foreign) {
	article, source = inEnglish("one article"), inEnglish("one source")
	for _, a := range q.Choices {
		if a.ID == q.Filter.Article {
			article = titleOf(a.Article, a.Source)
		}
		if a.SourceID != nil && *a.SourceID == q.Filter.Source {
			source = sourceName(a.Source)
		}
	}
	return article, source
}

func langsSaid(langs []string) string {
	names := make([]string, len(langs))
	for i, l := range langs {
		names[i] = languageName(l)
	}
	return strings.Join(names, ", ")
}

// inEnglish are words of our own.
func inEnglish(words string) view.Foreign { return foreign(words, "en", "ltr") }
