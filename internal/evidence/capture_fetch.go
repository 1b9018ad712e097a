package evidence

import (
	"context"

	"claimbench/internal/addresses"
	"claimbench/internal/auth"
	"claimbench/internal/captures"
	"claimbench/internal/fault"
	"claimbench/internal/fetch"
	"claimbench/internal/history"
	"claimbench/internal/jobs"
	"claimbench/internal/store"
	"claimbench/internal/warc"
)

// Fetching is the kind of the job that fetches the document of an item and keeps it. A job survives a restart.
const Fetching = "evidence.fetch"

// FetchBy gives who asks for pages, whose turn it is at a site over all servers, and the jobs in which it is done.
func (s *Service) FetchBy(web addresses.Getter, turns *addresses.Service, work *jobs.Service) {
	s.work = work
	work.Register(Fetching, fetching{s, web, turns})
}

// StampBy gives who has captures stamped with the time.
func (s *Service) StampBy(stamps *captures.Service) { s.stamps = stamps }

// Fetch asks for the document of an item to be fetched and kept. Pages must be fetched for the workbench and the
// collection. The document of a protected source is not: its site would see that somebody asks for it.
func (s *Service) Fetch(ctx context.Context, actor auth.Actor, id ID) (j jobs.Job, err error) {
	defer fault.In(&err, "evidence.Fetch(%d)", id)
	if _, _, err := s.capturing(ctx, actor, id); err != nil {
		return j, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		it, err := lockItem(tx, id)
		if err != nil {
			return err
		}
		if _, err := fetchable(&tx.Rx, it); err != nil {
			return err
		}
		j, err = s.work.Add(tx, actor, jobs.Wanted{Kind: Fetching, Object: Object(id), Collection: it.CollectionID,
			Total: 1})
		return err
	})
	return j, err
}

// fetchable says whether the document of an item may be fetched, and gives the contact that sites are told.
func fetchable(r *store.Rx, it Item) (contact string, err error) {
	if err := Capturable(it); err != nil {
		return "", err
	}
	switch {
	case it.Protected != "":
		return "", fault.New(fault.Conflict, "The source of evidence #%d is protected, so its document is not "+
			"fetched: the site would see who asks. Upload the file.", it.ID)
	case it.URL == "":
		return "", fault.New(fault.Conflict, "Evidence #%d has no address. Upload the file.", it.ID)
	}
	return addresses.Fetches(r, it.CollectionID)
}

// fetching is the work of such a job.
type fetching struct {
	s     *Service
	web   addresses.Getter
	turns *addresses.Service
}

// Prepare fetches the page and looks for the quotation. What goes wrong is said without the site: the source may be
// protected later, and the job stays readable.
func (f fetching) Prepare(ctx context.Context, actor auth.Actor, j jobs.Job) (_ jobs.Plan, err error) {
	defer fault.In(&err, "evidence.Prepare(%d)", j.ID)
	n, is := history.Number(j.Object, "evidence")
	if !is {
		return jobs.Plan{}, fault.New(fault.Internal, "%q is no item of evidence", j.Object)
	}
	it, who, err := f.s.capturing(ctx, actor, ID(n))
	if err != nil {
		return jobs.Plan{}, err
	}
	var contact string
	if err := f.s.db.Read(ctx, func(r *store.Rx) (err error) {
		var now Item
		if err := store.Take(r.Gorm(), &now, "such evidence", "id = ?", n); err != nil {
			return err
		}
		contact, err = fetchable(r, now)
		return err
	}); err != nil {
		return jobs.Plan{}, err
	}
	end, err := f.turns.Turn(ctx, it.URL)
	if fault.KindOf(err) == fault.Unavailable {
		return jobs.Plan{}, err // the job goes on later
	}
	if err != nil {
		return jobs.Plan{}, withoutSite(ctx, err)
	}
	page, err := f.web.Get(ctx, fetch.Ask{Address: it.URL, Contact: contact})
	end(err)
	if err != nil {
		return jobs.Plan{}, withoutSite(ctx, err)
	}
	doc := warc.Document{Address: page.Address, Redirects: page.Redirects, Day: page.Day, Status: page.Status,
		Media: page.Media, Dropped: page.Dropped, Body: page.Body}
	for _, h := range page.Header {
		doc.Header = append(doc.Header, warc.Field(h))
	}
	p, err := captures.Prepare(captures.File{Fetched: &doc}, it.URL, it.Exact)
	if err != nil {
		return jobs.Plan{}, withoutSite(ctx, err)
	}
	if err := p.Aside(ctx, f.s.db); err != nil {
		return jobs.Plan{}, err
	}
	return jobs.Plan{Total: 1, Slice: func(tx *store.Tx, _, _ int) error {
		now, err := lockItem(tx, it.ID)
		if err != nil {
			return err
		}
		if _, err := fetchable(&tx.Rx, now); err != nil { // protected or unlinked meanwhile
			return err
		}
		c, err := captures.Keep(tx, who, captureOf(now), p)
		if err != nil {
			return err
		}
		return f.s.stamps.Wish(tx, actor, c)
	}}, nil
}

// withoutSite says why a page was not kept, in words that name no site.
func withoutSite(ctx context.Context, err error) error {
	const upload = " Save it from your browser, and upload the file."
	switch kind := fault.KindOf(err); {
	case ctx.Err() != nil || kind == fault.Conflict:
		return err
	case kind == fault.NotFound:
		return fault.New(kind, "The page is gone: its site says that there is none at this address.")
	case kind == fault.Unavailable:
		return fault.New(fault.Invalid, "The site did not give the page now. Try again later, or save it from your "+
			"browser, and upload the file.")
	case kind == fault.TooLarge:
		return fault.New(kind, "The page is larger than what is kept."+upload)
	default:
		return fault.New(fault.Invalid, "The page cannot be fetched or read: its site may keep programs out or want "+
			"people to sign in, or it has no text without its scripts."+upload)
	}
}
