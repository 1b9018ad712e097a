package articles

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/intake"
	"claimbench/internal/jobs"
	"claimbench/internal/store"
	"claimbench/internal/text"
	"claimbench/internal/value"
)

// Import is one text to be taken in, with its facts. Empty facts are found where the text tells them, or stay empty.
type Import struct {
	Collection auth.CollectionID
	Source     string // by name; made when it is new; "" not stated
	Title      string // "" : the text's own headline, if it has one
	Byline     string
	URL        string
	Lang       string // BCP 47; "" or "auto": found
	Published  string // "", YYYY, YYYY-MM or YYYY-MM-DD
	Raw        string // the text's bytes as they are
	Pasted     bool   // typed or pasted into a form: CRLF is made LF before anything else
	Name       string // the file's name, for messages
	// Reached are other addresses of the document: what it says itself, and those that led to it.
	Reached []string
	// Read is the document of which the text was read; nil: it was typed or pasted.
	Read  *intake.Document
	Later bool // a long text may come in by a job that the caller does not wait for
	// Also is done in the Write that takes the text in, or that finds that it is held already; an error keeps nothing.
	Also func(tx *store.Tx, out *Imported) error
}

// Fill takes over a document that was read: its text, and what it says of itself where nobody has said otherwise.
func (in *Import) Fill(d intake.Document) {
	in.Raw, in.Pasted, in.Read = d.Text, false, &d
	if d.URL != "" {
		in.Reached = append(in.Reached, d.URL)
	}
	if in.Lang == "auto" {
		in.Lang = ""
	}
	file := AboutFile(d)
	file.Source = shown(file.Source)
	in.say(in.About().Or(file))
}

// About is what is said of the document so far.
func (in *Import) About() About {
	return About{Title: in.Title, Authors: in.Byline, Source: in.Source, Published: in.Published, Lang: in.Lang,
		URL: in.URL}
}

func (in *Import) say(a About) {
	in.Title, in.Byline, in.Source, in.Published, in.Lang, in.URL = a.Title, a.Authors, a.Source, a.Published, a.Lang,
		a.URL
}

// shown is a name of a source as a file gives it; "" when it cannot be one of ours, for nobody typed it.
func shown(source string) string {
	if text.CheckShown("source", strings.TrimSpace(source)) != nil {
		return ""
	}
	return source
}

// Imported is what became of it. Existing says that the collection held the same text already; then nothing was added.
// Job is the one by which a long text comes in, nil for a short one. SameAddress are live articles of the collection
// that give the same address with another text, the oldest first: what came in may be a newer text of them.
type Imported struct {
	Article     Article
	Revision    Revision
	Existing    bool
	Job         *jobs.Job `json:"job,omitempty"`
	SameAddress []ID      `json:"same_address,omitempty"`
	DayAhead    string    `json:"day_ahead,omitempty"` // the file says that it was published then; it was not kept
}

// mostSameAddress is how many articles of one address are named.
const mostSameAddress = 5

// Import takes a text into a collection.
func (s *Service) Import(ctx context.Context, actor auth.Actor, in Import) (_ Imported, err error) {
	defer fault.In(&err, "articles.Import(collection %d)", in.Collection)
	who, err := s.policy.May(actor, auth.ThingArticle, auth.Import, in.Collection)
	if err != nil {
		return Imported{}, err
	}
	ahead, err := s.dayAhead(&in)
	if err != nil {
		return Imported{}, err
	}
	doc, sentences, err := prepare(&in)
	if err != nil {
		return Imported{}, err
	}
	// asked here too, so that no file is kept of what waits
	if err := s.db.Read(ctx, func(r *store.Rx) error { return waits(r, actor, in.Collection) }); err != nil {
		return Imported{}, err
	}
	file, err := s.keeping(ctx, in)
	if err != nil {
		return Imported{}, err
	}
	var out Imported
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		out = Imported{DayAhead: ahead}
		if _, err := CollectionByID(&tx.Rx, in.Collection); err != nil {
			return err
		}
		if err := closing(tx, in.Collection); err != nil { // which holds for the same text twice at once, too
			return err
		}
		if err := waits(&tx.Rx, actor, in.Collection); err != nil {
			return err
		}
		if err := s.open(tx, actor, in, 0); err != nil {
			return err
		}
		if found, err := s.sameText(tx, actor, in.Collection, hashOf(in.Raw), &out); err != nil || found {
			return cmp.Or(err, in.also(tx, &out))
		}
		a := Article{
			CollectionID: in.Collection, Title: in.Title, Byline: in.Byline, URL: in.URL, Lang: in.Lang,
			Dir: string(text.DirOf(in.Lang)), Published: in.Published, State: Live, AddedBy: actor.UserID,
			AddedAt: tx.Now(), Version: 1,
		}
		if in.Source != "" {
			id, err := sourceNamed(tx, who, in.Source)
			if err != nil {
				return err
			}
			a.SourceID = &id
		}
		if err := tx.Gorm().Create(&a).Error; err != nil {
			return err
		}
		rv, job, err := s.addRevision(tx, actor, who, a, 1, doc, sentences)
		if err == nil {
			err = file.write(tx, who, a, rv.ID)
		}
		if err != nil {
			return err
		}
		a.RevisionID = &rv.ID
		if err := tx.Gorm().Model(&Article{}).Where("id = ?", a.ID).Update("revision_id", rv.ID).Error; err != nil {
			return err
		}
		out.Article, out.Revision, out.Job = a, rv, job
		if out.SameAddress, err = sameAddress(&tx.Rx, a); err != nil {
			return err
		}
		if err := record(tx, who, "article.imported", int64(a.CollectionID), nil, articleFields(a), articleTexts(a),
			Object(a.ID), ""); err != nil {
			return err
		}
		return in.also(tx, &out)
	})
	if err == nil {
		err = s.arrive(ctx, &out, in.Later)
	}
	return out, err
}

// also does what else belongs into the Write.
func (in Import) also(tx *store.Tx, out *Imported) error {
	if in.Also == nil {
		return nil
	}
	return in.Also(tx, out)
}

// Revise adds a new text of an article, and waits until it is whole. The earlier revisions stay. The same text again
// changes nothing. What stood in the earlier ones is the caller's to look for.
func (s *Service) Revise(ctx context.Context, actor auth.Actor, id ID, version int64, raw string,
	pasted bool) (_ Imported, err error) {
	defer fault.In(&err, "articles.Revise(%d)", id)
	return s.newText(ctx, actor, id, version, Import{Raw: raw, Pasted: pasted})
}

// ReviseLater is Revise for the doors: a long text may come by a job that nobody waits for, and is followed by one of
// the kind Following, which looks for what stood in the earlier texts. Of a short text Job is nil, and nothing follows.
func (s *Service) ReviseLater(ctx context.Context, actor auth.Actor, id ID, version int64, raw string,
	pasted bool) (_ Imported, err error) {
	defer fault.In(&err, "articles.ReviseLater(%d)", id)
	return s.newText(ctx, actor, id, version, Import{Raw: raw, Pasted: pasted, Later: true})
}

// ReviseRead is ReviseLater with a document that was read, whose file is kept beside the text.
func (s *Service) ReviseRead(ctx context.Context, actor auth.Actor, id ID, version int64,
	d intake.Document) (_ Imported, err error) {
	defer fault.In(&err, "articles.ReviseRead(%d)", id)
	return s.newText(ctx, actor, id, version, Import{Raw: d.Text, Read: &d, Later: true})
}

// ReviseWith is ReviseLater for a text that a machine found. also is done in the Write that takes it in, or that finds
// that it is the article's already.
func (s *Service) ReviseWith(ctx context.Context, actor auth.Actor, id ID, version int64, raw string,
	also func(tx *store.Tx, out *Imported) error) (_ Imported, err error) {
	defer fault.In(&err, "articles.ReviseWith(%d)", id)
	return s.newText(ctx, actor, id, version, Import{Raw: raw, Later: true, Also: also})
}

// ReviseBy is ReviseLater with a text that came as an Import does, with what it was read from and the addresses by
// which it was reached. Its title, language and day are the article's.
func (s *Service) ReviseBy(ctx context.Context, actor auth.Actor, id ID, version int64, in Import) (_ Imported,
	err error) {
	defer fault.In(&err, "articles.ReviseBy(%d)", id)
	return s.newText(ctx, actor, id, version, in)
}

func (s *Service) newText(ctx context.Context, actor auth.Actor, id ID, version int64, in Import) (Imported, error) {
	a, err := s.Get(ctx, actor, id)
	if err != nil {
		return Imported{}, err
	}
	in.Collection, in.Lang, in.Published, in.Title = a.CollectionID, a.Lang, a.Published, a.Title
	return s.revise(ctx, actor, a, version, in)
}

// revise adds a text, in the language that in names, to an article as it was read.
func (s *Service) revise(ctx context.Context, actor auth.Actor, a Article, version int64, in Import) (Imported,
	error) {
	who, err := s.policy.May(actor, auth.ThingArticle, auth.Import, a.CollectionID)
	if err != nil {
		return Imported{}, err
	}
	id := a.ID
	doc, sentences, err := prepare(&in)
	if err != nil {
		return Imported{}, err
	}
	file, err := s.keeping(ctx, in)
	if err != nil {
		return Imported{}, err
	}
	var out Imported
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if err := closing(tx, in.Collection); err != nil {
			return err
		}
		now, err := locked(tx, id)
		if err != nil {
			return err
		}
		if err := Revisable(now); err != nil {
			return err
		}
		if err := s.open(tx, actor, in, id); err != nil {
			return err
		}
		var last Revision
		if err := tx.Gorm().Where("article_id = ?", id).Order("n DESC").Take(&last).Error; err != nil {
			return err
		}
		if last.SHA256 == hashOf(in.Raw) && now.Lang == in.Lang {
			out = Imported{Article: now, Revision: last, Existing: true}
			return in.also(tx, &out)
		}
		after := now
		after.Lang, after.Dir = in.Lang, string(text.DirOf(in.Lang))
		rv, job, err := s.addRevision(tx, actor, who, after, last.N+1, doc, sentences)
		if err == nil {
			err = file.write(tx, who, after, rv.ID)
		}
		if err != nil {
			return err
		}
		after.RevisionID, after.Version = &rv.ID, version+1
		if err := store.Changed(tx.Gorm().Model(&Article{}).Where("id = ? AND version = ?", id, version).
			Updates(map[string]any{"revision_id": rv.ID, "lang": after.Lang, "dir": after.Dir,
				"version": after.Version}), "this article"); err != nil {
			return err
		}
		out = Imported{Article: after, Revision: rv, Job: job}
		if in.Later && job != nil {
			if _, err := s.work.Add(tx, actor, jobs.Wanted{Kind: Following, Object: Object(id),
				Collection: now.CollectionID}); err != nil {
				return err
			}
		}
		if err := record(tx, who, "article.revised", int64(now.CollectionID), articleFields(now), articleFields(after),
			nil, Object(id), ""); err != nil {
			return err
		}
		return in.also(tx, &out)
	})
	if err == nil {
		err = s.arrive(ctx, &out, in.Later)
	}
	return out, err
}

// sameAddress finds the other live articles of a collection that stand at the address of one, in the spellings that are
// usual.
func sameAddress(r *store.Rx, a Article) ([]ID, error) {
	if a.URL == "" {
		return nil, nil
	}
	return store.Select[ID](r, "SELECT id FROM articles WHERE collection_id = ? AND url IN ? AND url <> '' AND "+
		"state = ? AND id <> ? ORDER BY id LIMIT ?", a.CollectionID, spellings(a.URL), Live, a.ID, mostSameAddress)
}

// sameText finds a live article of the collection whose newest text has these very bytes. When that text was not taken
// in to its end, it is taken in again.
func (s *Service) sameText(tx *store.Tx, actor auth.Actor, collection auth.CollectionID, sha string,
	out *Imported) (bool, error) {
	var revisions []Revision
	err := tx.Gorm().Where(
		"sha256 = ? AND article_id IN (SELECT id FROM articles WHERE collection_id = ? AND state = ?)", sha, collection,
		Live).
		Order("id").Limit(1).Find(&revisions).Error
	if err != nil || len(revisions) == 0 {
		return false, err
	}
	out.Existing, out.Revision = true, revisions[0]
	if err := tx.Gorm().Where("id = ?", revisions[0].ArticleID).Take(&out.Article).Error; err != nil {
		return true, err
	}
	j, is, err := jobs.Last(&tx.Rx, TakingIn, Object(out.Article.ID))
	if err == nil && is && j.State == jobs.Failed {
		j, err = s.takeInAgain(tx, actor, out.Article, j)
	}
	if err == nil && is && !j.Ended() {
		out.Job = &j
	}
	return true, err
}

// sourceNamed gives the source of a name, made when it is new. Who sends a source's number in the place of its name
// must not find a source of that name made: one that is called by a number has to be in the directory already.
func sourceNamed(tx *store.Tx, who history.Who, name string) (SourceID, error) {
	if err := tx.Alone("source:" + name); err != nil {
		return 0, err
	}
	var found []Source
	if err := tx.Gorm().Where("name = ?", name).Limit(1).Find(&found).Error; err != nil {
		return 0, err
	}
	if len(found) == 1 {
		return found[0].ID, nil
	}
	if _, err := strconv.ParseInt(name, 10, 64); err == nil {
		return 0, fault.New(fault.Invalid, "No source is called “%s”. An article names its source by name, not by "+
			"number. If it is really called so, an admin adds it to the directory of sources first.", name).
			With("source", "Name the source; this is a number.")
	}
	src, err := createSource(tx, who, SourceNew{Name: name})
	return src.ID, err
}

func (s *Service) addRevision(tx *store.Tx, actor auth.Actor, who history.Who, a Article, n int, doc *text.Doc,
	cut []text.Sentence) (Revision, *jobs.Job, error) {
	rv := Revision{ArticleID: a.ID, N: n, SHA256: hashOf(doc.Raw()), Raw: doc.Raw(), CodePoints: doc.Len(),
		AddedBy: auth.UserID(who.UserID), AddedAt: tx.Now()}
	job, err := s.come(tx, actor, who, a, &rv, doc, cut)
	return rv, job, err
}

// prepare checks what was given, fills in what the text tells, and cuts the text, all before any Write.
func prepare(in *Import) (*text.Doc, []text.Sentence, error) {
	what := "The text"
	if in.Name != "" {
		what = in.Name
	}
	if len(in.Raw) > intake.MaxText {
		return nil, nil, fault.New(fault.TooLarge,
			"%s has %s; an article has at most %s. Split it, or take only the article out of it.", what,
			intake.Over(int64(len(in.Raw)), intake.MaxText), intake.MiB(intake.MaxText))
	}
	if in.Pasted {
		in.Raw = strings.ReplaceAll(in.Raw, "\r\n", "\n")
	}
	if strings.TrimSpace(strings.TrimPrefix(in.Raw, "\ufeff")) == "" {
		return nil, nil, fault.New(fault.Invalid, "%s is empty. Choose a file with a text, or paste one.",
			what).With("text", "There is no text.")
	}
	if format := text.Format(in.Raw); format != "" {
		return nil, nil, fault.New(fault.Invalid, "%s is %s, not plain text: its marks would be read as words. "+
			"Take the words out of it, or paste them.", what, format).With("text", "This is "+format+".")
	}
	doc, err := text.NewDoc(in.Raw)
	if err != nil {
		return nil, nil, fault.Wrap(fault.Invalid, err, "%s cannot be read: %s.", what, err).With("text", err.Error())
	}
	in.Source, in.Title, in.Byline, in.URL = strings.TrimSpace(in.Source), strings.TrimSpace(in.Title),
		strings.TrimSpace(in.Byline), strings.TrimSpace(in.URL)
	if in.Lang == "auto" {
		in.Lang = ""
	}
	if err := checkFacts(*in); err != nil {
		return nil, nil, err
	}
	if in.Lang == "" {
		in.Lang = text.Detect(in.Raw)
	}
	sentences := text.Sentences(doc, in.Lang)
	if in.Title == "" {
		in.Title = headline(doc, sentences)
	}
	return doc, sentences, nil
}

// headline is the text's own title where it has one.
func headline(doc *text.Doc, sentences []text.Sentence) string {
	for _, s := range sentences {
		if s.Kind == text.KindTitle {
			return strings.Join(strings.Fields(doc.Slice(s.Span)), " ")
		}
	}
	return ""
}

var langTag = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

// IsLang says whether a word has the shape of a language tag (BCP 47).
func IsLang(tag string) bool { return langTag.MatchString(tag) }

// Check says what is wrong with the facts of a text, by field, before the text itself is read.
func (in Import) Check() error {
	if in.Lang == "auto" {
		in.Lang = ""
	}
	return checkFacts(in)
}

func checkFacts(in Import) error {
	var bad fault.Collect
	for field, v := range map[string]string{"title": in.Title, "source": in.Source, "byline": in.Byline,
		"url": in.URL} {
		if err := text.CheckTyped(field, v); err != nil {
			bad.Add(field, "%s", err)
		} else if n := len([]rune(v)); n > 1000 {
			bad.Add(field, "The %s has %d characters; at most 1,000 are kept.", field, n)
		}
	}
	if in.Lang != "" && !langTag.MatchString(in.Lang) {
		bad.Add("lang", "“%s” is no language tag. Write fa, ar, ja, en and so on, or leave it empty and it is found.",
			in.Lang)
	}
	if _, err := value.ParsePublished(in.Published); err != nil {
		bad.Add("published", "%s.", err)
	}
	if err := CheckURL("url", in.URL); err != nil {
		bad.Add("url", "%s", fault.Message(err))
	}
	return bad.Err()
}

// CheckURL accepts "" and http or https addresses with a host; anything else is fault.Invalid that names the field.
func CheckURL(field, raw string) error {
	if raw == "" {
		return nil
	}
	if _, ok := WebAddress(raw); !ok {
		msg := fmt.Sprintf("“%s” is no web address. It begins with https:// or http:// and names a site.", raw)
		return fault.New(fault.Invalid, "%s", msg).With(field, msg)
	}
	return nil
}
