package httpd

import (
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/httpd/view"
	"claimbench/internal/review"
	"claimbench/internal/text"
)

// typedForm is what stands in a form of a claim, as the page sends it while somebody types. Version is the one that it
// builds on, 0 none. A form without script is sent, not kept.
type typedForm struct {
	Version int64              `form:"version" json:"version"`
	Fields  claims.TypedFields `form:"-" json:"fields"`
}

// typedKeep keeps what somebody has typed in a form of a claim.
func (s *Server) typedKeep(form claims.Form) func(echo.Context) error {
	return func(c echo.Context) error {
		n, _, kept, err := carryOut(c, "id", func(n claims.ID, f *typedForm) (claims.Typed, error) {
			return s.Review.KeepTyped(c.Request().Context(), actorOf(c), claims.Typed{ClaimID: n, Form: form,
				Version: f.Version, Fields: f.Fields})
		})
		if err != nil {
			return err
		}
		return s.done(c, claimURL(n)+typedPage(form), "Kept as a draft", desk.TypedJSON(kept))
	}
}

// typedGlossKeep keeps what somebody has typed as a change of a gloss that is there.
func (s *Server) typedGlossKeep(c echo.Context) error {
	return s.typedKeep(claims.GlossChange(c.Param("lang")))(c)
}

// draftURL is where what is typed in a form of a claim is kept.
func draftURL(n claims.ID, form claims.Form) string {
	if lang, changes := form.GlossLang(); changes {
		return claimURL(n) + "/drafts/glosses/" + lang
	}
	return claimURL(n) + "/drafts/" + string(form)
}

// typedPage is where a form stands, behind the address of its claim.
func typedPage(form claims.Form) string {
	if lang, changes := form.GlossLang(); changes {
		return "#gloss-" + lang
	}
	return typedPages[form]
}

// typedWord is what a form is called.
func typedWord(form claims.Form) string {
	if lang, changes := form.GlossLang(); changes {
		return "Gloss in " + lang
	}
	return typedWords[form]
}

// typedPages are where the forms stand, behind the address of their claim.
var typedPages = map[claims.Form]string{claims.AdjudicationForm: "/adjudicate", claims.ApprovalForm: "/approve",
	claims.CommentForm: "#comment", claims.EditForm: "/edit", claims.SplitForm: "/edit?open=split",
	claims.GlossForm: "#gl-text", claims.QuestionForm: "/adjudicate", claims.AnswerForm: "",
	claims.OutsideForm: "/evidence#out-h", claims.ReopeningForm: "/reopen"}

// typedWords are what the forms are called.
var typedWords = map[claims.Form]string{claims.AdjudicationForm: "Adjudication", claims.ApprovalForm: "Approval",
	claims.CommentForm: "Comment", claims.EditForm: "Other words", claims.SplitForm: "Splitting",
	claims.GlossForm: "Gloss", claims.QuestionForm: "Question to a reviewer", claims.AnswerForm: "Answer",
	claims.OutsideForm: "An outside document", claims.ReopeningForm: "Reopening"}

// typedRows are the fields of the forms whose words a page of drafts shows.
var typedRows = []struct{ field, word string }{{"text", "Comment"}, {"statement", "Statement"},
	{"attribution", "Said by"}, {"hedge", "Hedges"}, {"rationale", "Reason in words"},
	{"searched", "What was searched"}, {"explanation", "Explanation to print"},
	{"part_statement", "Statement of a part"}, {"lang", "Language"}, {"gloss", "Gloss"}, {"question", "Question"},
	{"answer", "Answer"}, {"url", "Address"}, {"archived_url", "Archived copy"}, {"title", "Its title"},
	{"publisher", "Who publishes it"}, {"quotation", "Quotation"}, {"new_origin", "Origin"}, {"note", "Note"},
	{"protect", "Why its source is protected"}}

// showTyped is how a form keeps what is typed; there says that something typed before stands in it.
func showTyped(n claims.ID, form claims.Form, t *claims.Typed) (out view.KeptForm, there bool) {
	out.URL = draftURL(n, form)
	if t == nil {
		return out, false
	}
	out.Version = t.Version
	if t.SentAt != nil {
		return out, false
	}
	out.Back = "What you typed, saved " + moment(t.SavedAt) + ", is in the form."
	return out, true
}

// restoreAdjudication puts what was typed before into the form of a conflict.
func restoreAdjudication(p *view.Decide, n claims.ID, t *claims.Typed) {
	typed, there := showTyped(n, claims.AdjudicationForm, t)
	if p.Typed = typed; !there {
		return
	}
	f := adjudicationForm{Verdict: claims.Verdict(t.Fields.One("verdict")), Rationale: t.Fields.One("rationale"),
		Searched: t.Fields.One("searched")}
	f.Reason = claims.Reason(t.Fields.One("reason_" + string(f.Verdict)))
	for _, c := range t.Fields["cause"] {
		f.Cause = append(f.Cause, review.Cause(c))
	}
	if ticked, has := t.Fields["evidence"]; has {
		for _, raw := range ticked {
			if id, ok := wholeNumber(raw); ok {
				f.Evidence = append(f.Evidence, evidence.ID(id))
			}
		}
	} else {
		for _, e := range p.Evidence {
			if e.Keep {
				f.Evidence = append(f.Evidence, evidence.ID(e.ID))
			}
		}
	}
	f.fill(p, nil)
}

// restoreApproval puts what was typed before into the form of an approval.
func restoreApproval(p *view.Approve, n claims.ID, t *claims.Typed) {
	typed, there := showTyped(n, claims.ApprovalForm, t)
	if p.Typed = typed; !there {
		return
	}
	p.Explanation = t.Fields.One("explanation")
	if r := t.Fields.One("reason"); slices.ContainsFunc(p.Reasons, func(o view.Option) bool { return o.Value == r }) {
		choose(p.Reasons, r)
	}
}

// restoreEdit puts what was typed before into the form of a claim's words. What was typed of other words than those
// that stand now is shown beside them. Its numbers are those of its revision, and of no other.
func restoreEdit(p *view.ClaimEdit, seen desk.Editing, t *claims.Typed) {
	cl := seen.Claim
	typed, there := showTyped(cl.ID, claims.EditForm, t)
	if p.Typed = typed; !there {
		return
	}
	f := t.Fields
	p.Statement, p.Attribution, p.Hedge = f.One("statement"), f.One("attribution"), f.One("hedge")
	if k := claims.Kind(f.One("kind")); claims.Kinds.Has(k) {
		p.Kind = view.Options(claims.Kinds, k)
	}
	p.Clash = olderWords(cl, f)
	if span, stretches, ok := typedPlace(cl, f); ok {
		p.Span, p.Stretches = span, stretches
		p.Chosen = chosenWords(seen.Around.Slice, p.Span, p.Stretches, cl.Lang, cl.Dir)
	}
}

// restoreWords is restoreEdit for the form beside a candidate's text, which shows what comes back.
func restoreWords(p *view.TriageWords, cl claims.Claim, t *claims.Typed) {
	typed, there := showTyped(cl.ID, claims.EditForm, t)
	if p.Typed = typed; !there {
		return
	}
	f := t.Fields
	p.Open, p.Clash = true, olderWords(cl, f)
	p.Statement, p.Attribution, p.Hedge = f.One("statement"), f.One("attribution"), f.One("hedge")
	if k := claims.Kind(f.One("kind")); claims.Kinds.Has(k) {
		p.Kind = view.Options(claims.Kinds, k)
	}
	if span, stretches, ok := typedPlace(cl, f); ok {
		p.Span, p.Stretches = span, stretches
	}
}

// olderWords shows other words beside those that stand now, when somebody changed these after they were typed.
func olderWords(cl claims.Claim, f claims.TypedFields) *view.Clash {
	if w := f.One("words_version"); w == "" || w == itoa(cl.WordsVersion) {
		return nil
	}
	return &view.Clash{Note: "Somebody changed the words after you typed this. Saving the form takes the place of " +
		"theirs.", Rows: []view.ClashRow{{Field: "statement", Theirs: foreign(cl.Statement, cl.Lang, cl.Dir),
		Yours: foreign(f.One("statement"), cl.Lang, cl.Dir)}}}
}

// typedPlace is which words of the text somebody chose for a claim; ok says that they were counted in the text that it
// stands in now.
func typedPlace(cl claims.Claim, f claims.TypedFields) (span text.Span, stretches string, ok bool) {
	start, first := strconv.Atoi(f.One("start"))
	end, second := strconv.Atoi(f.One("end"))
	return text.Span{Start: start, End: end}, f.One("stretches"),
		first == nil && second == nil && f.One("revision") == itoa(cl.RevisionID)
}

// restoreComment puts what was typed before into the form of a comment.
func restoreComment(p *view.ClaimPage, n claims.ID, t *claims.Typed) {
	typed, there := showTyped(n, claims.CommentForm, t)
	if p.Typed = typed; there {
		p.CommentTo = t.Fields.One("text")
	}
}

// restoreSplit puts what was typed before into the form that splits a claim: its parts, and where each stands, if the
// text is the one in which that was counted.
func restoreSplit(p *view.ClaimEdit, seen desk.Editing, t *claims.Typed) {
	if p.Split == nil {
		return
	}
	typed, there := showTyped(seen.Claim.ID, claims.SplitForm, t)
	if p.Split.Typed = typed; !there {
		return
	}
	f, wrong := splitForm{Statement: t.Fields["part_statement"]}, p.Split.Wrong
	if t.Fields.One("revision") == itoa(seen.Claim.RevisionID) {
		f.Start, f.End = numbersOf(t.Fields["part_start"]), numbersOf(t.Fields["part_end"])
		f.Stretches = t.Fields["part_stretches"]
	}
	p.Split.Open = true
	f.fill(p, seen.Around.Slice, wrong)
}

// numbersOf reads numbers that were typed; nil when one of them is none.
func numbersOf(typed []string) []int {
	out := make([]int, len(typed))
	for i, s := range typed {
		n, err := strconv.Atoi(s)
		if err != nil {
			return nil
		}
		out[i] = n
	}
	return out
}

// restoreGloss puts what was typed before into the form of a gloss in another language.
func restoreGloss(g *view.GlossForm, n claims.ID, t *claims.Typed) {
	typed, there := showTyped(n, claims.GlossForm, t)
	if g.Typed = typed; there {
		g.Lang, g.Text = t.Fields.One("lang"), t.Fields.One("gloss")
	}
}

// restoreGlosses puts what was typed before into the forms that change glosses. Words typed of an older gloss are shown
// below the one that stands now, and say so.
func restoreGlosses(all []view.Gloss, n claims.ID, kept review.Typings) {
	for i := range all {
		g := &all[i]
		t := kept[claims.GlossChange(g.Lang)]
		typed, there := showTyped(n, claims.GlossChange(g.Lang), t)
		if g.Typed = typed; !there {
			continue
		}
		g.Draft = t.Fields.One("gloss")
		if t.Fields.One("version") != itoa(g.Version) {
			g.Typed.Back += " The gloss was changed after you typed it: it reads as it stands above. Saving the " +
				"form takes its place."
		}
	}
}

// restoreQuestion puts what was typed before into the form of a question to a reviewer.
func restoreQuestion(a *view.Ask, n claims.ID, t *claims.Typed) {
	typed, there := showTyped(n, claims.QuestionForm, t)
	if a.Typed = typed; there {
		a.Letter, a.Question = t.Fields.One("letter"), t.Fields.One("question")
	}
}

// restoreReopening puts what was typed before into the form that opens a claim again.
func restoreReopening(p *view.Reopen, n claims.ID, t *claims.Typed) {
	typed, there := showTyped(n, claims.ReopeningForm, t)
	if p.Typed = typed; there {
		p.Reason = t.Fields.One("reason")
	}
}

// restoreOutside puts what was typed before into the form of an outside document.
func restoreOutside(to *view.EvidenceForm, n claims.ID, t *claims.Typed) {
	typed, there := showTyped(n, claims.OutsideForm, t)
	if to.Typed = typed; !there {
		return
	}
	one := t.Fields.One
	outsideForm{URL: one("url"), ArchivedURL: one("archived_url"), Title: one("title"), Publisher: one("publisher"),
		Quotation: one("quotation"), Lang: one("lang"), ReadOn: one("read_on"), Origin: one("origin"),
		NewOrigin: one("new_origin"), Stance: evidence.Stance(one("stance")), Kind: evidence.Kind(one("kind")),
		Note: one("note"), Protect: one("protect")}.fill(to, nil)
}
