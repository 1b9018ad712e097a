package publish

import (
	"fmt"
	"strconv"
	"time"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/methods"
	"claimbench/internal/store"
)

// Print is a frozen set on its way out: all that a writer is given.
type Print struct {
	Set        claimset.Set
	Size       int                           // how many claims it has
	Checkpoint string                        // the signed note that covers the freeze, "" before one was signed
	Method     *methods.Printed              // how it was checked, by the method bound at the freeze; nil: by none
	Older      []claimset.Set                // the versions that it supersedes, the newest first
	By         *claimset.Set                 // the version that superseded it
	Was        map[claims.ID]claimset.Ruling // what the version before said, for a report; nil: there is none
	// Each shows the claims, one in memory at a time, in the order of the set.
	Each func(func(claimset.Kept) error) error

	// Key is the public key that signs the history, for a report; "" it is not known here.
	Key string

	// the database in which the captures of the set lie, for a WACZ; nil: it was not opened for one
	kept *store.Rx

	seal *seal // what proves the set, for a bundle and a report; nil: nothing does
}

// Entries shows the claims as they were frozen: with only, that one alone.
func (p *Print) Entries(only claims.ID, do func(claimset.Entry) error) error {
	return p.Each(func(f claimset.Kept) error {
		e, err := f.Entry()
		if err != nil || only != 0 && e.Claim != only {
			return err
		}
		return do(e)
	})
}

// Page is where a claim is published, as an IRI that is never empty: where the set gives no address, a name that no
// page has.
func (p *Print) Page(c claims.ID) string {
	if page := p.Set.PageOf(p.Set.ID, p.Set.N, c); page != "" {
		return page
	}
	return p.Name() + ":claim:" + strconv.FormatInt(int64(c), 10)
}

// Name is a name of the set that is an IRI and no address.
func (p *Print) Name() string { return fmt.Sprintf("urn:claimbench:set:%d:%d", p.Set.ID, p.Set.N) }

// Frozen is when the set was frozen.
func (p *Print) Frozen() time.Time {
	if p.Set.FrozenAt == nil {
		return time.Time{}
	}
	return p.Set.FrozenAt.Time().UTC()
}
