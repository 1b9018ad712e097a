package captures

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"

	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/warc"
)

func fields(c Capture) history.Fields {
	return history.Fields{"collection": history.Num(c.CollectionID), "evidence": history.Num(c.EvidenceID),
		"claim": history.Num(c.ClaimID), "body": history.Num(c.BodyID), "state": string(c.State), "way": string(c.Way),
		"found": string(c.Found), "start": history.Num(c.Start), "end": history.Num(c.End),
		"kept_by": history.Num(c.KeptBy), "kept_at": history.Num(c.KeptAt), "version": history.Num(c.Version)}
}

// texts holds the SHA-256 of the bytes too: the history commits to it by a salted hash, from which nobody who has the
// document can tell that it is the one, once the text is erased.
func texts(c Capture) history.Texts {
	t := history.Texts{"document": c.Document}
	if c.Stamp != "" {
		t["stamp"] = c.Stamp
	}
	return t
}

// HistoryRows lists this room's rows as the history should know them, for the replay of an audit: the hash is computed
// again from the bytes.
func HistoryRows() []history.Rows {
	return []history.Rows{
		{Kind: "stamping", List: func(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
			return store.Each(r, func(s Stamping) error {
				object := stampingObject
				if s.ID != 1 { // there is one row, and nobody adds another
					object = fmt.Sprintf("stamping:%d", s.ID)
				}
				return yield(object, stampingFields(s), stampingTexts(s))
			})
		}},
		{Kind: "capture", Earlier: history.Texts{"stamp": ""}, List: func(r *store.Rx, yield func(string,
			history.Fields, history.Texts) error) error {
			return store.Each(r, func(c Capture) error {
				said := texts(c)
				said["stamp"] = c.Stamp
				if c.State == Kept {
					if err := stampNow(r, c); err != nil {
						said["stamp"] = err.Error()
					}
					is, words, err := hashesNow(r, c)
					if err != nil {
						return err
					}
					if a, err := c.About(); err != nil || a.SHA256 != is || a.Words != words {
						said["document"] = "of bytes with the hash " + is + " and a text with " + words + ": " +
							c.Document
					}
				}
				return yield(Object(c.ID), fields(c), said)
			})
		}},
		history.Orphans("capture_bodies", "id", "captures", "body_id"),
	}
}

// hashesNow computes the hash of the bytes of a capture, and of its text; in words why there is none.
func hashesNow(r *store.Rx, c Capture) (document, words string, err error) {
	const gone = "that is none, for nothing can be read"
	b, there, err := store.One[body](r, "SELECT * FROM capture_bodies WHERE id = ?", c.BodyID)
	if err != nil || !there {
		return gone, gone, err
	}
	document, words = gone, gone
	if records, err := recordsIn(r, c.BodyID, b.WARC); err != nil {
		document += outsideWhy(err)
	} else if docs, err := warc.Read(bytes.NewReader(records)); err == nil && len(docs) == 1 {
		document = hashOf(docs[0].Body)
	}
	if text, err := unpack(b.Words); err == nil {
		words = hashOf(text)
	}
	return document, words, nil
}

// outsideWhy says what is wrong with a file outside of the database; "" of others.
func outsideWhy(err error) string {
	if k := fault.KindOf(err); k == fault.NotFound || k == fault.Conflict || k == fault.Unavailable {
		return " (" + fault.Message(err) + ")"
	}
	return ""
}

// stampNow says what is wrong with the token of a capture's time stamp. Whether its certificate leads to a trusted one
// was asked when it came: what is trusted may be another now.
func stampNow(r *store.Rx, c Capture) error {
	s, there, err := c.Stamped()
	if err != nil {
		return err
	}
	if !there {
		return noToken(r, c)
	}
	about, err := c.About()
	if err != nil {
		return err
	}
	token, err := TokenOf(r, c)
	if err != nil {
		return err
	}
	hash, err := hex.DecodeString(about.SHA256)
	if err != nil {
		return err
	}
	if hashOf(token) != s.Token {
		return fault.New(fault.Invalid, "of another token")
	}
	_, err = tokenSigner(token, hash)
	return err
}

// noToken says that the bytes of a capture have a token of which no capture says anything.
func noToken(r *store.Rx, c Capture) error {
	odd, _, err := store.One[bool](r, "SELECT EXISTS (SELECT 1 FROM capture_bodies AS b WHERE b.id = ? AND "+
		"LENGTH(b.stamp) > 0 AND NOT EXISTS (SELECT 1 FROM captures AS c WHERE c.body_id = b.id AND c.stamp <> '')) "+
		"AS odd", c.BodyID)
	if err == nil && odd {
		err = fault.New(fault.Invalid, "none, and there is a token")
	}
	return err
}

// stampEmptied takes the token away with what the history has of it.
func stampEmptied(tx *store.Tx, id, _, mark string, _ history.Fields) (string, error) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return mark, err
	}
	return mark, tx.Gorm().Exec("UPDATE capture_bodies SET stamp = ? WHERE id = (SELECT body_id FROM captures WHERE "+
		"id = ?) AND NOT EXISTS (SELECT 1 FROM captures AS c WHERE c.body_id = capture_bodies.id AND c.stamp <> '' "+
		"AND c.id <> ?)", []byte{}, n, n).Error
}

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Past says how this room's rows are read as they were: those that there were, each as it is now, for a capture changes
// only by being withheld, and then it is in every past.
func Past() []history.Versioned {
	return []history.Versioned{{Table: "captures", Object: "'capture:' || b.id", Kind: "capture", Kept: []string{"id",
		"collection_id", "evidence_id", "claim_id", "body_id", "state", "way", "found", "start_cp", "end_cp",
		"document", "stamp", "kept_by", "kept_at", "version"}}}
}

// Worded says where texts of this room stand.
func Worded() []history.Versioned {
	return []history.Versioned{{Table: "captures", Object: "'capture:' || b.id", Kind: "capture",
		Texts: map[string]string{"document": "document"}, Marks: map[string]string{"document": "{}"},
		Emptied: emptied},
		{Table: "captures", Object: "'capture:' || b.id", Kind: "capture", Texts: map[string]string{"stamp": "stamp"},
			Marks: map[string]string{"stamp": ""}, Emptied: stampEmptied},
		{Table: "stamping", Object: "'stamping:' || b.id", Kind: "stamping", Texts: map[string]string{
			"address": "address", "certificate": "certificate"}, Marks: map[string]string{"address": "",
			"certificate": ""}}}
}
