package intake

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

// officeProperties reads what an office file says of itself. The day on which a file was made is not the day of
// publication: it is told in a note, never taken for it.
func officeProperties(o officeFile, name string, d *Document) error {
	f := officeFacts{all: map[string]string{}}
	if err := o.walk(name, &f); err != nil {
		return err
	}
	if title := inOneLine(f.all["title"]); !slices.ContainsFunc(officeUntitled, hasPrefixFold(title)) {
		d.Title = title
	}
	maker := f.all["creator"] // of DOCX; in ODT it is who changed it last
	if first, ok := f.all["initial-creator"]; ok {
		maker = first
	}
	d.Authors = officeAuthors(maker)
	d.Byline = strings.Join(d.Authors, ", ")
	if lang := strings.TrimSpace(f.all["language"]); langTag.MatchString(lang) {
		d.Lang = lang
	}
	if at := officeTime(f.all["modified"] + f.all["date"]); at.zoned {
		d.ChangedAt = at.Format(time.RFC3339)
	}
	if made := officeTime(f.all["created"] + f.all["creation-date"]); !made.IsZero() {
		d.Notes = append(d.Notes, "The file says that it was made on "+made.Format(time.DateOnly)+
			". That need not be the day of publication.")
	}
	return nil
}

// langTag is the form of a BCP 47 tag, as far as we keep it.
var langTag = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

// Names that programs give: they say nothing.
var (
	officeUntitled = []string{"untitled", "document1", "microsoft word - ", "word document", "無題", "بدون عنوان"}
	officeNobody   = []string{"admin", "administrator", "user", "windows user", "microsoft office user", "unknown",
		"python-docx", "owner", "pc"}
)

func hasPrefixFold(s string) func(string) bool {
	return func(prefix string) bool { return strings.HasPrefix(strings.ToLower(s), prefix) }
}

// officeAuthors are the names in a field that holds one or several.
func officeAuthors(s string) []string {
	var out []string
	for name := range strings.SplitSeq(s, ";") {
		name = inOneLine(name)
		if name != "" && !slices.Contains(officeNobody, strings.ToLower(name)) {
			out = append(out, firstWords(name, 200))
		}
	}
	return out[:min(len(out), 50)]
}

// officeTime reads a time with or without its zone. It is zero for what is no time, and for the years that programs
// write when they do not know.
func officeTime(s string) (at officeMoment) {
	s = strings.TrimSpace(s)
	var err error
	if at.Time, err = time.Parse(time.RFC3339Nano, s); err == nil {
		at.zoned = true
	} else if at.Time, err = time.Parse("2006-01-02T15:04:05.999999999", s); err != nil {
		return officeMoment{}
	}
	if at.Year() <= 1980 {
		return officeMoment{}
	}
	return at
}

type officeMoment struct {
	time.Time
	zoned bool
}
