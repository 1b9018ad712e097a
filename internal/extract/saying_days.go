package extract

import (
	"slices"
	"strings"
	"time"

	"claimbench/internal/text"
	"claimbench/internal/value"
)

// sayingDays mends the days that a sentence with a saying leaves open to misreading: the weekday of the saying lies
// before the day of publication, "tomorrow" in what was said is counted from that weekday, and a weekday beside "will"
// is the next one.
func (p *parse) sayingDays() {
	p.facts.dates = slices.DeleteFunc(p.facts.dates, func(d value.Date) bool {
		if strings.Contains(p.slice(d.Span.Start-p.base, d.Span.End-p.base), "مُهر") {
			return true // a seal, no month
		}
		before := strings.TrimSpace(p.slice(max(0, d.Span.Start-p.base-6), d.Span.Start-p.base))
		return strings.HasSuffix(before, "امام") || strings.HasSuffix(before, "نماز") // "امام جمعه" is an office
	})
	published, ok := p.publishedDay()
	if !ok {
		return
	}
	for _, q := range p.out {
		if q.frame[1] <= q.frame[0] {
			p.nextWeekdays(q, published)
			p.lastYears(q, published)
			continue
		}
		p.openFuture(q, published)
		said := p.lastWeekday(q.frame, published)
		p.countFrom(q, said, published)
		p.nextWeekdays(q, published)
	}
}

// openFuture takes back the year of a day that "would" puts after the saying, where it lies before the day of
// publication: "said it would open by June" may mean this year's or the next.
func (p *parse) openFuture(q piece, published time.Time) {
	would := find(0, len(p.toks), func(i int) bool {
		return p.toks[i].start >= q.start && p.toks[i].end <= q.end && p.is(i, "would")
	})
	if would == len(p.toks) {
		return
	}
	span := text.Span{Start: p.base + q.start, End: p.base + q.end}
	for i := range p.facts.dates {
		d := &p.facts.dates[i]
		if span.Contains(d.Span) && strings.HasPrefix(d.Norm, "--") && len(d.Resolved) >= len("2006-01") &&
			d.Resolved < published.Format(time.DateOnly)[:len(d.Resolved)] {
			d.Resolved = ""
		}
	}
}

// lastYears takes back a month to come in a clause whose verbs are all of the past: "was closed in May and will
// reopen".
func (p *parse) lastYears(q piece, published time.Time) {
	if primary(p.lang) != "en" {
		return
	}
	past := false
	for i := range p.toks {
		if p.toks[i].start < q.start || p.toks[i].end > q.end || !p.has(i, cVerb) {
			continue
		}
		form := p.toks[i].form
		if !p.is(i, "was", "were", "had", "did") && (p.has(i, cAux|cPlan) || !strings.HasSuffix(form, "ed")) {
			return
		}
		past = true
	}
	span := text.Span{Start: p.base + q.start, End: p.base + q.end}
	for i := range p.facts.dates {
		d := &p.facts.dates[i]
		if past && span.Contains(d.Span) && strings.HasPrefix(d.Norm, "--") && len(d.Resolved) >= len("2006-01") &&
			d.Resolved > published.Format(time.DateOnly)[:len(d.Resolved)] {
			d.Resolved = ""
		}
	}
}

// publishedDay is the day of publication, where all of it is known.
func (p *parse) publishedDay() (time.Time, bool) {
	if p.before == nil || len(p.facts.dates) == 0 {
		return time.Time{}, false
	}
	day, err := time.Parse(time.DateOnly, p.before.doc.Published.String())
	return day, err == nil
}

// lastWeekday takes the weekday in the words that report, where it was read as one to come, for the one before, and
// gives it; the day of publication where there is none.
func (p *parse) lastWeekday(frame [2]int, published time.Time) time.Time {
	said := published
	for i := range p.facts.dates {
		d := &p.facts.dates[i]
		day, ok := dayOf(*d, p.base, frame)
		if ok && (d.Relative == "yesterday" || d.Relative == "last day") {
			said = day
		}
		if !ok || d.Relative == "" || !weekdays[d.Relative] {
			continue
		}
		if day.After(published) {
			day = day.AddDate(0, 0, -7)
			d.Resolved = day.Format(time.DateOnly)
		}
		said = day
	}
	return said
}

// countFrom counts "tomorrow" and "yesterday" in what was said from the day of the saying.
func (p *parse) countFrom(q piece, said, published time.Time) {
	if said.Equal(published) {
		return
	}
	for i := range p.facts.dates {
		d := &p.facts.dates[i]
		if step, known := deicticDays[d.Relative]; known {
			if _, ok := dayOf(*d, p.base, [2]int{q.start, q.end}); ok {
				d.Resolved = said.AddDate(0, 0, step-1).Format(time.DateOnly)
			}
		}
	}
}

// nextWeekdays takes a weekday in a clause with "will" for the next one.
func (p *parse) nextWeekdays(q piece, published time.Time) {
	if q.role != asClause && q.role != asContent || !p.foretells(q) {
		return
	}
	for i := range p.facts.dates {
		d := &p.facts.dates[i]
		day, ok := dayOf(*d, p.base, [2]int{q.start, q.end})
		if ok && d.Norm == "" && weekdays[d.Relative] && day.Before(published) {
			d.Resolved = day.AddDate(0, 0, 7).Format(time.DateOnly)
		}
	}
}

// foretells says whether the only finite verb of a piece is one of the future.
func (p *parse) foretells(q piece) bool {
	verbs, wills := 0, 0
	for i := range p.toks {
		if p.toks[i].start < q.start || p.toks[i].end > q.end {
			continue
		}
		if p.is(i, "will", "shall", "'ll", "خواهد", "خواهند") || p.arabicFuture(i) {
			wills++
		} else if p.has(i, cVerb) && !p.has(i-1, cWill) {
			verbs++
		}
	}
	return wills > 0 && verbs == 0
}

// arabicFuture says whether token i makes an Arabic future: لن, سوف, سيفتح.
func (p *parse) arabicFuture(i int) bool {
	return primary(p.lang) == "ar" && (p.has(i, cWill) || p.has(i, cVerb) &&
		(strings.HasPrefix(p.form(i), "سی") || strings.HasPrefix(p.form(i), "ست")))
}

// deicticDays are the days that are counted from the day of the saying, one more than the days between.
var deicticDays = map[string]int{"yesterday": 0, "today": 1, "tomorrow": 2}

var weekdays = func() map[string]bool {
	out := map[string]bool{}
	for d := time.Sunday; d <= time.Saturday; d++ {
		out[d.String()] = true
	}
	return out
}()

// dayOf gives the day that a date is, where it lies within the code points [from,to) of a sentence that begins at base.
func dayOf(d value.Date, base int, within [2]int) (time.Time, bool) {
	if len(d.Resolved) != len(time.DateOnly) || !(text.Span{Start: base + within[0],
		End: base + within[1]}).Contains(d.Span) {
		return time.Time{}, false
	}
	day, err := time.Parse(time.DateOnly, d.Resolved)
	return day, err == nil
}
