package captures

import (
	"context"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"strings"
	"time"

	"claimbench/internal/addresses"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/fetch"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Stamps is the task of an address by which a capture is stamped.
const Stamps = "stamp"

// stampsFor is how long a service is asked for the stamp of a capture that it does not give.
const stampsFor = 30 * 24 * time.Hour

// Stamping is the service that stamps captures; Address "" is none.
type Stamping struct {
	ID          int64  `gorm:"column:id;primaryKey;autoIncrement:false" json:"-"`
	Address     string `gorm:"column:address" json:"address" words:"fact"`
	Certificate string `gorm:"column:certificate" json:"certificate" words:"fact"` // PEM
	Version     int64  `gorm:"column:version" json:"version"`                      // 0: nobody has set it
}

// TableName names the table.
func (Stamping) TableName() string { return "stamping" }

// StampingOf reads which service stamps captures. It asks no permission.
func StampingOf(r *store.Rx) (Stamping, error) {
	s, _, err := store.One[Stamping](r, "SELECT * FROM stamping WHERE id = 1")
	return s, err
}

// Poster sends something to a service.
type Poster interface {
	Post(ctx context.Context, s fetch.Sent) (fetch.Page, error)
	Check(address string) (site string, err error)
}

// Service has captures stamped with the time.
type Service struct {
	db     *store.DB
	policy *auth.Policy
	web    Poster
	asked  *addresses.Service
}

// New makes the service; asked has the queue in which stamps wait.
func New(db *store.DB, policy *auth.Policy, web Poster, asked *addresses.Service) *Service {
	s := &Service{db: db, policy: policy, web: web, asked: asked}
	asked.RegisterOwn(Stamps, s)
	return s
}

// SetStamping names the service that stamps captures from now on, or with "" none. It is fault.Conflict when somebody
// was faster.
func (s *Service) SetStamping(ctx context.Context, actor auth.Actor, want Stamping) (_ Stamping, err error) {
	defer fault.In(&err, "captures.SetStamping()")
	who, err := s.policy.May(actor, auth.ThingSettings, auth.Write, 0)
	if err != nil {
		return Stamping{}, err
	}
	if err := s.check(&want); err != nil {
		return Stamping{}, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Alone("stamping"); err != nil {
			return err
		}
		now, err := StampingOf(&tx.Rx)
		if err != nil {
			return err
		}
		if now.Version != want.Version {
			return fault.Stale("Somebody else changed the time stamp service. Look again, and choose.").WithDetail(now)
		}
		after := want
		after.ID, after.Version = 1, want.Version+1
		if err := tx.Gorm().Save(&after).Error; err != nil {
			return err
		}
		e := history.Event{Action: "stamping.set", Object: stampingObject, After: stampingFields(after),
			Texts: stampingTexts(after)}
		if now.Version > 0 {
			e.Before = stampingFields(now)
		}
		want = after
		_, err = history.Append(tx, who, e)
		return err
	})
	return want, err
}

const stampingObject = "stamping:1"

func stampingFields(s Stamping) history.Fields {
	return history.Fields{"version": history.Num(s.Version)}
}

func stampingTexts(s Stamping) history.Texts {
	return history.Texts{"address": s.Address, "certificate": s.Certificate}
}

// mostPEM bounds the certificates that are given, in bytes.
const mostPEM = 64 << 10

func (s *Service) check(w *Stamping) error {
	w.Address, w.Certificate = strings.TrimSpace(w.Address), strings.TrimSpace(strings.ReplaceAll(w.Certificate, "\r\n",
		"\n"))
	if w.Address == "" {
		w.Certificate = ""
		return nil
	}
	if _, err := s.web.Check(w.Address); err != nil {
		return err
	}
	if _, err := certificates(w.Certificate); err != nil {
		return err
	}
	return nil
}

// certificates reads PEM.
func certificates(given string) (out []*x509.Certificate, err error) {
	const give = "Give the certificate of the service, or of who issued it, as text that begins with -----BEGIN " +
		"CERTIFICATE-----. The service publishes it."
	if len(given) > mostPEM {
		return nil, fault.New(fault.Invalid, "The certificates are too long.").With("certificate", give)
	}
	for rest := []byte(given); ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		c, err := x509.ParseCertificate(block.Bytes)
		if block.Type != "CERTIFICATE" || err != nil {
			return nil, fault.Wrap(fault.Invalid, err, "One of the certificates cannot be read.").With("certificate",
				give)
		}
		out = append(out, c)
	}
	if len(out) == 0 {
		return nil, fault.New(fault.Invalid, "No certificate is given, by which its stamps could be checked.").With(
			"certificate", give)
	}
	return out, nil
}

// Wish asks for the stamp of a capture, where an admin named a service; the capture is kept whether it comes or not.
func (s *Service) Wish(tx *store.Tx, actor auth.Actor, c Capture) error {
	if s == nil {
		return nil
	}
	of, err := StampingOf(&tx.Rx)
	if err != nil || of.Address == "" {
		return err
	}
	return s.asked.ScheduleOwn(tx, actor, addresses.Wanted{Task: Stamps, Object: int64(c.ID), In: c.CollectionID,
		Address: of.Address, Until: tx.Now() + store.Micros(stampsFor.Microseconds())})
}

// Unwish gives up the stamp of all captures of an item that have none yet: nobody outside is to hear of them any more.
func Unwish(tx *store.Tx, evidence int64) error {
	all, err := OfItem(&tx.Rx, evidence)
	for _, c := range all {
		if err == nil {
			err = addresses.Unschedule(tx, Stamps, int64(c.ID))
		}
	}
	return err
}

// Ask has a capture stamped (addresses.OwnTask).
func (s *Service) Ask(ctx context.Context, actor auth.Actor, a addresses.Address) (err error) {
	defer fault.In(&err, "captures.Ask(capture %d)", a.Object)
	var c Capture
	var of Stamping
	var contact string
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		if c, err = ByID(r, ID(a.Object)); err != nil {
			return err
		}
		sw, err := addresses.SwitchOf(r, 0)
		if err != nil {
			return err
		}
		contact = sw.Contact
		of, err = StampingOf(r)
		return err
	}); err != nil {
		return err
	}
	about, err := c.About()
	if err != nil {
		return err
	}
	hash, err := hex.DecodeString(about.SHA256)
	if c.State != Kept || c.Stamp != "" || of.Address != a.Address || len(hash) != 32 || err != nil {
		return s.end(ctx, a, nil) // it is not wanted any more
	}
	trusted, err := certificates(of.Certificate)
	if err != nil {
		return err
	}
	q, err := ask(hash)
	if err != nil {
		return err
	}
	page, err := s.web.Post(ctx, fetch.Sent{Address: of.Address, Contact: contact, Media: stampQuery,
		Accept: stampReply, Body: q.query, Most: mostToken})
	if err != nil {
		return err
	}
	token, stamp, err := q.judge(page.Media, page.Body, trusted, s.db.Now().Time())
	if err != nil {
		return err
	}
	stamp.Service = of.Address
	return s.end(ctx, a, func(tx *store.Tx) error { return keepStamp(tx, s.policy, actor, c, token, stamp) })
}

// end ends the asking, in the Write that keeps what came.
func (s *Service) end(ctx context.Context, a addresses.Address, keep func(*store.Tx) error) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if err := addresses.EndOwn(tx, a); err != nil || keep == nil {
			return err
		}
		return keep(tx)
	})
}

// keepStamp writes a stamp down, in the name of the person who kept the capture.
func keepStamp(tx *store.Tx, policy *auth.Policy, actor auth.Actor, c Capture, token []byte, stamp Stamp) error {
	var now Capture
	if err := store.Take(tx.Lock(), &now, "such capture", "id = ?", c.ID); err != nil {
		return err
	}
	if now.State != Kept || now.Document != c.Document {
		return nil // it was withheld meanwhile
	}
	who, err := policy.May(actor, auth.ThingEvidence, auth.Link, now.CollectionID)
	if err != nil {
		return err
	}
	written, err := json.Marshal(stamp)
	if err != nil {
		return err
	}
	before := now
	now.Stamp, now.Version = string(written), now.Version+1
	if err := store.Changed(tx.Gorm().Model(&Capture{}).Where("id = ? AND version = ?", now.ID, before.Version).Updates(
		map[string]any{"stamp": now.Stamp, "version": now.Version}), "this capture"); err != nil {
		return err
	}
	if err := store.Changed(tx.Gorm().Model(&body{}).Where("id = ?", now.BodyID).Update("stamp", token),
		"the bytes of this capture"); err != nil {
		return err
	}
	_, err = history.Append(tx, who, history.Event{Action: "capture.stamped", Object: Object(now.ID),
		Collection: int64(now.CollectionID), Before: fields(before), After: fields(now), Texts: texts(now)})
	return err
}

// TokenOf reads the token of a capture that was stamped; nil where there is none. It asks no permission.
func TokenOf(r *store.Rx, c Capture) ([]byte, error) {
	if c.Stamp == "" {
		return nil, nil
	}
	b, _, err := store.One[[]byte](r.Now(), "SELECT stamp FROM capture_bodies WHERE id = ?", c.BodyID)
	return b, err
}
