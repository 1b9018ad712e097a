package claims

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Form is one of the forms of a claim whose unsent words are kept. A review has a table of its own, in its room.
type Form string

// The forms.
const (
	AdjudicationForm Form = "adjudication"
	ApprovalForm     Form = "approval"
	CommentForm      Form = "comment"
	EditForm         Form = "edit"
	SplitForm        Form = "split"
	GlossForm        Form = "gloss"    // one in another language
	QuestionForm     Form = "question" // to a reviewer of a conflict
	AnswerForm       Form = "answer"   // to such a question
	OutsideForm      Form = "outside"  // an outside document as evidence
	ReopeningForm    Form = "reopening"
)

// formFields are the fields of each form, with how many characters a value has at most.
var formFields = map[Form]map[string]int{
	AdjudicationForm: {"verdict": 40, "reason": 40, "reason_corroborated": 40, "reason_disputed": 40,
		"reason_unverified": 40, "rationale": 10000, "searched": 10000, "evidence": 20, "cause": 40},
	ApprovalForm: {"reason": 40, "explanation": 5000},
	CommentForm:  {"text": longestComment},
	EditForm: {"statement": 10000, "attribution": 1000, "hedge": 1000, "kind": 40, "start": 20, "end": 20,
		"stretches": 400, "revision": 20, "words_version": 20},
	SplitForm: {"part_statement": 10000, "part_start": 20, "part_end": 20, "part_stretches": 400, "revision": 20,
		"words_version": 20},
	GlossForm:    {"lang": 40, "gloss": 2000},
	QuestionForm: {"letter": 40, "question": 2000},
	AnswerForm:   {"answer": 2000},
	OutsideForm: {"url": 5000, "archived_url": 5000, "title": 500, "publisher": 500, "quotation": 5000, "lang": 40,
		"read_on": 40, "origin": 5000, "new_origin": 5000, "stance": 40, "kind": 40, "note": 5000, "protect": 200},
	ReopeningForm: {"reason": 2000},
}

const (
	// MostTyped is how many unsent forms a person may have.
	MostTyped = 1000
	// mostValues is how many values a field has at most: more than a claim has items of evidence.
	mostValues = 1000
)

// glossChange is how the forms begin that change a gloss that is there: one for each language.
const glossChange = "gloss-"

// GlossChange is the form that changes a claim's gloss in a language.
func GlossChange(lang string) Form { return Form(glossChange + lang) }

// GlossLang is the language of a gloss that a form changes.
func (f Form) GlossLang() (lang string, changes bool) {
	lang, changes = strings.CutPrefix(string(f), glossChange)
	return lang, changes && len(lang) <= 40 && langTag.MatchString(lang)
}

// fieldsOf are the fields of a form, nil for none.
func fieldsOf(f Form) map[string]int {
	if _, changes := f.GlossLang(); changes {
		return map[string]int{"gloss": 2000, "version": 20}
	}
	return formFields[f]
}

// TypedFields is what stands in the fields of a form, by name; several values are those of boxes.
type TypedFields = store.Named

// blank says that nothing is typed or chosen; ticks of evidence, or on what somebody types, alone are nothing.
func blank(f TypedFields) bool {
	for name, values := range f {
		if name != "evidence" && name != "version" && strings.TrimSpace(strings.Join(values, "")) != "" {
			return false
		}
	}
	return true
}

// Typed is what a person has typed in a form of a claim and not sent. It is theirs alone: nobody else reads it, no
// search, count, export or event knows of it. Sending the form erases it; an empty row with SentAt stays for a while.
type Typed struct {
	UserID  auth.UserID   `gorm:"column:user_id;primaryKey;autoIncrement:false"`
	ClaimID ID            `gorm:"column:claim_id;primaryKey;autoIncrement:false"`
	Form    Form          `gorm:"column:form;primaryKey"`
	Version int64         `gorm:"column:version"` // grows with each saving
	Fields  TypedFields   `gorm:"column:fields" words:"own"`
	SavedAt store.Micros  `gorm:"column:saved_at"`
	SentAt  *store.Micros `gorm:"column:sent_at"` // when the form was sent; nil: it was not since
	LostAt  *store.Micros `gorm:"column:lost_at"` // since when they may not send it; nil: they may
}

// TableName names the table.
func (Typed) TableName() string { return "form_drafts" }

// HasForm says whether there is such a form.
func HasForm(f Form) bool { return fieldsOf(f) != nil }

// CheckTyped looks at what was typed. It may be unfinished, but it has the fields of its form.
func CheckTyped(in Typed) error { return checkFields(fieldsOf(in.Form), in.Version, in.Fields) }

// checkFields looks at what was typed in a form that has the known fields, with how many characters each takes.
func checkFields(known map[string]int, version int64, fields TypedFields) error {
	var bad fault.Collect
	if version < 0 || version > 1<<53-1 {
		bad.Add("version", "The version is %d. It is a number from 0, which is none, up.", version)
	}
	for name, values := range fields {
		most, has := known[name]
		if !has {
			bad.Add("fields", "The form has no such field. Its fields are %s.",
				strings.Join(slices.Sorted(maps.Keys(known)), ", "))
			continue
		}
		if len(values) > mostValues {
			bad.Add("fields", "“%s” has %d values; at most %d are kept.", name, len(values), mostValues)
			continue
		}
		for _, v := range values {
			if err := text.CheckTyped(name, v); err != nil {
				bad.Add("fields", "%s", err)
			} else if n := utf8.RuneCountInString(v); n > most {
				bad.Add("fields", "“%s” has %d characters; at most %d are kept.", name, n, most)
			}
		}
	}
	return bad.Err()
}

// TypedRow reads what a person has typed in a form, nil for nothing ever. It asks no permission: show it to nobody but
// that person.
func TypedRow(r *store.Rx, user auth.UserID, claim ID, form Form) (*Typed, error) {
	var found []Typed
	err := r.Gorm().Where("user_id = ? AND claim_id = ? AND form = ?", user, claim, form).Limit(1).Find(&found).Error
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// TypedRows reads what a person has typed in forms of a claim, as TypedRow does.
func TypedRows(r *store.Rx, user auth.UserID, claim ID) (out []Typed, err error) {
	return out, r.Gorm().Where("user_id = ? AND claim_id = ?", user, claim).Find(&out).Error
}

// TypedBy lists what a person has typed in forms of claims after one, by claim, of so many claims at most.
func TypedBy(r *store.Rx, user auth.UserID, after ID, claims int) (out []Typed, err error) {
	of := r.Gorm().Model(&Typed{}).Distinct("claim_id").Where("user_id = ? AND claim_id > ? AND sent_at IS NULL", user,
		after).Order("claim_id").Limit(claims)
	err = r.Gorm().Where("user_id = ? AND sent_at IS NULL AND claim_id IN (?)", user, of).Order("claim_id, form").
		Find(&out).Error
	return out, err
}

// TypedAfter lists what all people have typed, after a row, so many rows, to sweep through them.
func TypedAfter(r *store.Rx, last Typed, limit int) (out []Typed, err error) {
	err = r.Gorm().Where("user_id > ? OR user_id = ? AND (claim_id > ? OR claim_id = ? AND form > ?)", last.UserID,
		last.UserID, last.ClaimID, last.ClaimID, last.Form).Order("user_id, claim_id, form").Limit(limit).
		Find(&out).Error
	return out, err
}

// KeepTyped keeps what a person has typed, on a claim that is locked. was is the row as it is, nil for none, and the
// one that in.Version builds on. What is blank is erased.
func KeepTyped(tx *store.Tx, was *Typed, in Typed) (Typed, error) {
	in.SentAt, in.LostAt, in.SavedAt = nil, nil, tx.Now()
	empty := blank(in.Fields)
	switch {
	case was == nil && empty:
		in.Version, in.SavedAt = 0, 0
		return in, nil
	case was != nil && empty && was.SentAt != nil:
		return *was, nil
	case was != nil && was.SentAt == nil && in.Fields.Same(was.Fields):
		return *was, nil
	case empty:
		in.Version, in.SavedAt = 0, 0
		return in, DropTyped(tx, in.UserID, in.ClaimID, in.Form)
	}
	in.Version++ // a version that another tab knows is not given twice
	if was != nil {
		return in, in.Put(tx, was.Version)
	}
	var n int64
	if err := tx.Gorm().Model(&Typed{}).Where("user_id = ? AND sent_at IS NULL", in.UserID).Count(&n).
		Error; err != nil {
		return in, err
	}
	if n >= MostTyped {
		return in, fault.New(fault.Invalid, "You have %d unsent forms; no more are kept. Send or discard some, at "+
			"/drafts.", n)
	}
	return in, tx.Gorm().Create(&in).Error
}

// Put writes a row whose version was so; when it is another by now, it is fault.Conflict.
func (t Typed) Put(tx *store.Tx, was int64) error {
	return store.Changed(tx.Gorm().Model(&Typed{}).Where("user_id = ? AND claim_id = ? AND form = ? AND version = ?",
		t.UserID, t.ClaimID, t.Form, was).Select("*").Updates(&t), "what you typed")
}

// DropTyped erases what a person had typed in a form and wants no more.
func DropTyped(tx *store.Tx, user auth.UserID, claim ID, form Form) error {
	return tx.Gorm().Where("user_id = ? AND claim_id = ? AND form = ?", user, claim, form).Delete(&Typed{}).Error
}

// SentTyped erases what a person had typed in a form: they send it, in this Write, and the claim is locked. The empty
// row that stays refuses a saving that was on its way.
func SentTyped(tx *store.Tx, user auth.UserID, claim ID, form Form) error {
	now := tx.Now()
	return tx.Gorm().Exec("INSERT INTO form_drafts (user_id, claim_id, form, version, fields, saved_at, sent_at) "+
		"VALUES (?, ?, ?, 1, '{}', ?, ?) ON CONFLICT (user_id, claim_id, form) DO UPDATE SET fields = '{}', "+
		"version = form_drafts.version + 1, saved_at = excluded.saved_at, sent_at = excluded.sent_at, lost_at = NULL",
		user, claim, form, now, now).Error
}
