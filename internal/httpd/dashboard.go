package httpd

import (
	"cmp"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
)

// dashboard shows how a collection stands.
func (s *Server) dashboard(c echo.Context) error {
	in, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	zone, err := zoneOf(c)
	if err != nil {
		return err
	}
	b, err := s.desk.Dashboard(c.Request().Context(), actorOf(c), in, zone)
	if err != nil {
		return err
	}
	return s.either(c, func() view.Page { return s.dashboardPage(c, in, b) },
		func() desk.Answer { return b.JSON() })
}

func (s *Server) dashboardPage(c echo.Context, in auth.CollectionID, b desk.Dashboard) *view.Dashboard {
	asOf := b.Counted.Time().In(b.Zone).Format("2 Jan 2006, 15:04:05") + ", " + zoneWord(b.Zone.String())
	p := &view.Dashboard{Shell: s.framed(c, "Dashboard", "Dashboard", b.Frame), AsOf: asOf, Sums: sums(b),
		Refresh: c.Request().URL.RequestURI(),
		More:    view.Link{URL: under(in, "agreement"), Word: "All figures of agreement"}}
	p.Charts = []view.Chart{progressChart(b), daysChart(b), backlogChart(b), tookChart(b), languagesChart(b)}
	if !b.Past {
		p.Charts = append(p.Charts, agreementChart(b.Agreement, true), machinesChart(b.Machines, b.Names))
	}
	return p
}

func sums(b desk.Dashboard) []view.Sum {
	out := []view.Sum{{Word: "Decided", Value: grouped(b.All.Decided()), Of: "of " + grouped(b.All.Claims())},
		{Word: "In conflict", Value: grouped(b.All.InConflict)}}
	candidates := view.Sum{Word: "Candidates", Value: grouped(b.All.Candidates)}
	if b.Left.Likely > 0 || b.Left.Low > 0 {
		candidates.Of = fmt.Sprintf("about %s worth checking (%s–%s)", grouped(b.Left.Likely), grouped(b.Left.Low),
			grouped(b.Left.High))
	}
	out = append(out, candidates)
	if b.Oldest != 0 {
		out = append(out, view.Sum{Word: "Oldest open", Value: lasted(b.OldestFor)})
	}
	if len(b.Took) > 0 {
		out = append(out, view.Sum{Word: "Median time to verdict", Value: lasted(b.Took[0].Half)})
	}
	return out
}

// percent is a share of a whole for people, "0 %" of nothing.
func percent(n, of int) string {
	if of == 0 {
		return "0 %"
	}
	share := float64(n) / float64(of) * 100
	if share == math.Trunc(share) || share >= 10 {
		return fmt.Sprintf("%.0f %%", share)
	}
	return fmt.Sprintf("%.1f %%", share)
}

// stood are the parts of a bar: the verdicts, and what is open.
func stood(s desk.Progress) []struct {
	v view.Verdict
	n int
} {
	return []struct {
		v view.Verdict
		n int
	}{{view.Corroborated, s.Verdicts[claims.Corroborated]}, {view.Disputed, s.Verdicts[claims.Disputed]},
		{view.Unverified, s.Verdicts[claims.Unverified]}, {view.Unreviewed, s.Open}}
}

func progressChart(b desk.Dashboard) view.Chart {
	all := b.All
	n := all.Claims()
	c := view.Chart{ID: "c1", Title: "Progress", Wide: true, W: 1000, H: 20, Head: []string{"State", "Claims", "Share"}}
	c.Say = fmt.Sprintf("%s of %s decided, %s. %s open, %s of them in conflict. %s, %s rejected.",
		grouped(all.Decided()), many(n, "claim is", "claims are"), percent(all.Decided(), n), grouped(all.Open),
		grouped(all.InConflict), many(all.Candidates, "candidate waits", "candidates wait"), grouped(all.Rejected))
	at := 1.0
	var parts []string
	for _, p := range stood(all) {
		l := view.Legend{Verdict: p.v, N: grouped(p.n)}
		c.Legend = append(c.Legend, l)
		c.Rows = append(c.Rows, view.ChartRow{Name: l.Word(), Cells: []string{grouped(p.n), percent(p.n, n)}})
		parts = append(parts, grouped(p.n)+" "+strings.ToLower(l.Word()))
		if n > 0 && p.n > 0 {
			end := at + 998*float64(p.n)/float64(n)
			c.Bar(p.v, at, math.Max(end-2, at+1), 10, 14)
			at = end
		}
	}
	c.Label = fmt.Sprintf("Of %s: %s", many(n, "claim", "claims"), strings.Join(parts, ", "))
	c.Rows = append(c.Rows, view.ChartRow{Name: "All claims", Cells: []string{grouped(n), percent(n, n)}})
	if n == 0 {
		c.H = 0
	}
	return c
}

// given are the three verdicts, as they are stacked.
var given = []claims.Verdict{claims.Corroborated, claims.Disputed, claims.Unverified}

func daysChart(b desk.Dashboard) view.Chart {
	c := view.Chart{ID: "c2", Title: "Verdicts by day", W: 344, H: 172,
		Head: []string{"Day", "Corrob.", "Disputed", "Unverif.", "All"}}
	all, most, best := 0, 0, ""
	for _, d := range b.Days {
		all += d.N()
		if d.N() > most {
			most, best = d.N(), d.Day.Format("2 Jan")
		}
	}
	c.Say = fmt.Sprintf("%s in the last %d days.", many(all, "verdict", "verdicts"), len(b.Days))
	if all > 0 {
		c.Say = fmt.Sprintf("%s in the last %d days, most on %s (%s).", many(all, "verdict", "verdicts"), len(b.Days),
			best, grouped(most))
	}
	c.Label = fmt.Sprintf("Verdicts by day, %s to %s, stacked", b.Days[0].Day.Format("2 January"),
		b.Days[len(b.Days)-1].Day.Format("2 January"))
	top := scale(&c, most)
	for i, d := range b.Days {
		row := view.ChartRow{Name: d.Day.Format("2 Jan")}
		x, y := 36+22.6*float64(i), 150.0
		for _, v := range given {
			n := d.Verdicts[v]
			row.Cells = append(row.Cells, grouped(n))
			up := 132 * float64(n) / float64(top)
			c.Column(view.Verdict(v), x, y-1, y-up+1, 13)
			y -= up
		}
		row.Cells = append(row.Cells, grouped(d.N()))
		c.Rows = append(c.Rows, row)
		if i == 0 || i%3 == 0 {
			word := d.Day.Format("2")
			if i == 0 || d.Day.Day() <= 3 {
				word = d.Day.Format("2 Jan")
			}
			c.Text(x, 167, "middle", word, false)
		}
	}
	for _, v := range given {
		c.Legend = append(c.Legend, view.Legend{Verdict: view.Verdict(v)})
	}
	if all == 0 {
		c.H = 0
	}
	return c
}

// scale draws the lines of a chart of columns, and gives what the highest of them stands for.
func scale(c *view.Chart, most int) (top int) {
	step := 1
	for step*3 < most {
		step = nextStep(step)
	}
	top = step * 3
	for i := range 4 {
		y, class := 150-44*float64(i), "gr"
		if i == 0 {
			class = "ax"
		}
		c.Line(class, 22, y, 340, y)
		c.Text(18, y+4, "end", short3(step*i), false)
	}
	return top
}

// nextStep goes through 1, 2, 5, 10, 20, 50 …
func nextStep(step int) int {
	for p := 1; ; p *= 10 {
		for _, s := range []int{p, 2 * p, 5 * p} {
			if s > step {
				return s
			}
		}
	}
}

// short3 writes a number for an axis.
func short3(n int) string {
	if n >= 10_000 {
		return grouped(n/1000) + "k"
	}
	return itoa(n)
}

var ageWords = [...]string{"under 1 day", "1 to 2 days", "3 to 6 days", "7 to 13 days", "14 and more"}

func backlogChart(b desk.Dashboard) view.Chart {
	c := view.Chart{ID: "c3", Title: "Age of the backlog", W: 344, H: 150, Label: "Open claims by age",
		Head: []string{"Age", "Open claims"}}
	all, most := 0, 1
	for _, n := range b.Ages {
		all, most = all+n, max(most, n)
	}
	c.Say = "No claim is open."
	if all > 0 {
		half := ""
		if b.HalfFor > 0 {
			half = "Half have waited more than " + lasted(b.HalfFor) + "; t"
		}
		c.Say = fmt.Sprintf("%s open. %she oldest has waited %s:", many(all, "claim is", "claims are"),
			cmp.Or(half, "T"), lasted(b.OldestFor))
		c.SayLink = &view.Link{URL: claimURL(b.Oldest), Word: "claim " + itoa(b.Oldest)}
	} else {
		c.H = 0
	}
	for i, n := range b.Ages {
		y := 14 + 30*float64(i)
		c.Text(0, y+4, "start", ageWords[i], false)
		end := 85 + 215*float64(n)/float64(most)
		c.Bar(view.Unreviewed, 85, end, y, 14)
		c.Text(end+8, y+4, "start", grouped(n), true)
		c.Rows = append(c.Rows, view.ChartRow{Name: ageWords[i], Cells: []string{grouped(n)}})
	}
	c.Line("ax", 84, 0, 84, 148)
	c.Rows = append(c.Rows, view.ChartRow{Name: "All", Cells: []string{grouped(all)}})
	return c
}

// mostDrawn is how many languages are drawn; the table has all.
const mostDrawn = 8

func tookChart(b desk.Dashboard) view.Chart {
	c := view.Chart{ID: "c4", Title: "Time to verdict", W: 344, Say: "Nothing was decided of late.",
		Label: "Time to verdict by language: median and middle half",
		Head:  []string{"Language", "Median", "Middle half", "n"}}
	if len(b.Took) == 0 {
		return c
	}
	c.Say = fmt.Sprintf("From accepted or reopened to decided, of the last %d days: half within %s. Tick: the middle. "+
		"Line: the middle half.", desk.TookDays, lasted(b.Took[0].Half))
	shown := b.Took[:min(len(b.Took), mostDrawn+1)]
	longest := time.Hour
	for _, t := range shown {
		longest = max(longest, t.High)
	}
	bottom := 10 + 32*float64(len(shown))
	c.H = int(bottom) + 24
	for i := range 4 {
		x := 84 + 170*float64(i)/3
		c.Line("gr", x, 4, x, bottom)
		c.Text(x, bottom+16, "middle", lasted(longest*time.Duration(i)/3), false)
	}
	at := func(d time.Duration) float64 { return 84 + 170*float64(d)/float64(longest) }
	for i, t := range shown {
		y := 18 + 32*float64(i)
		c.Text(0, y+4, "start", languageOrAll(t.Lang), t.Lang == "")
		c.Line("span", at(t.Low), y, at(t.High), y)
		c.Line("tick", at(t.Half), y-7, at(t.Half), y+7)
		c.Text(math.Min(at(t.High)+8, 282), y+4, "start", lasted(t.Half), false)
	}
	for _, t := range b.Took {
		c.Rows = append(c.Rows, view.ChartRow{Name: languageOrAll(t.Lang), Cells: []string{lasted(t.Half),
			lasted(t.Low) + " to " + lasted(t.High), grouped(t.N)}})
	}
	return c
}

func languageOrAll(lang string) string {
	if lang == "" {
		return "All"
	}
	return languageName(lang)
}

func languagesChart(b desk.Dashboard) view.Chart {
	c := view.Chart{ID: "c5", Title: "Languages", W: 344, Label: "Claims by language, decided and open",
		Head: []string{"Language", "Corrob.", "Disputed", "Unverif.", "Open", "All"}, Say: "There are no claims yet."}
	most := 1
	for _, s := range b.Langs {
		most = max(most, s.Claims())
	}
	for i, s := range b.Langs {
		row := view.ChartRow{Name: languageName(s.Lang)}
		at, y := 84.0, 14+34*float64(i)
		for _, p := range stood(s) {
			row.Cells = append(row.Cells, grouped(p.n))
			if end := at + 190*float64(p.n)/float64(most); i < mostDrawn && p.n > 0 {
				c.Bar(p.v, at, math.Max(end-1.5, at+0.5), y, 14)
				at = end
			}
		}
		row.Cells = append(row.Cells, grouped(s.Claims()))
		c.Rows = append(c.Rows, row)
		if i >= mostDrawn {
			continue
		}
		c.H = int(y) + 20
		c.Text(0, y+4, "start", row.Name, false)
		if s.Claims() == 0 {
			c.Text(84, y+4, "start", "no claims yet", false)
		} else {
			c.Text(at+6, y+4, "start", fmt.Sprintf("%s of %s", grouped(s.Decided()), grouped(s.Claims())), true)
		}
	}
	if b.All.Claims() > 0 {
		c.Say = languagesSaid(b.Langs)
		for _, p := range stood(b.All) {
			c.Legend = append(c.Legend, view.Legend{Verdict: p.v})
		}
	}
	return c
}

// languagesSaid says in which language most is decided, and in which least.
func languagesSaid(all []desk.Progress) string {
	var most, least desk.Progress
	share := func(s desk.Progress) float64 { return float64(s.Decided()) / float64(max(s.Claims(), 1)) }
	for _, s := range all {
		if s.Claims() == 0 {
			continue
		}
		if most.Lang == "" || share(s) > share(most) {
			most = s
		}
		if least.Lang == "" || share(s) < share(least) {
			least = s
		}
	}
	if most.Lang == least.Lang {
		return fmt.Sprintf("%s decided in %s.", percent(most.Decided(), most.Claims()), languageName(most.Lang))
	}
	return fmt.Sprintf("Most is decided in %s, %s; least in %s, %s.", languageName(most.Lang),
		percent(most.Decided(), most.Claims()), languageName(least.Lang), percent(least.Decided(), least.Claims()))
}
