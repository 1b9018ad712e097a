package proof

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// values says what a bundle prints for a field of an event, and remembers which of what is printed was asked for.
type values struct {
	known   []Known
	printed map[string]string
	own     bool // a field that is not known is printed under its own name
	proved  map[string]bool
}

// of gives the value that an event must have had in a field that is opened.
func (v *values) of(field string) (string, error) {
	at := slices.IndexFunc(v.known, func(k Known) bool { return k.Field == field })
	k := Known{Field: field}
	switch {
	case at >= 0:
		k = v.known[at]
	case v.own:
		_, k.Path, _ = strings.Cut(field, "/")
		if p := v.printed[k.Path]; p != "" && p[0] != 's' {
			k.Form = AsNumber
		}
	default:
		return "", fmt.Errorf("%s is opened and printed nowhere", field)
	}
	value, ok := k.Form.Value(v.printed[k.Path])
	if !ok {
		return "", fmt.Errorf("%s is opened, and %s is not printed", field, k.Path)
	}
	v.proved[k.Path] = true
	return value, nil
}

// leafHash makes the hash of the event's leaf of what is printed and what is opened.
func (e *OpenedEvent) leafHash(v *values) (tlog.Hash, error) {
	out := Event{Seq: e.Seq, At: e.At, Role: e.Role, Via: e.Via, Request: e.Request, Batch: e.Batch, Action: e.Action,
		Object: e.Object, Collection: e.Collection, Veil: e.Veil}
	for _, f := range []struct {
		into *(*Hash)
		from string
	}{{&out.User, e.User}, {&out.Token, e.Token}, {&out.Before, e.Before}} {
		if f.from == "" {
			continue
		}
		h, err := hashOf(f.from)
		if err != nil {
			return tlog.Hash{}, err
		}
		*f.into = &h
	}
	if e.User == "" || e.Name == nil {
		return tlog.Hash{}, errors.New("it does not say whose it is")
	}
	name, err := e.Name.hash(NameField, v, Field)
	if err != nil {
		return tlog.Hash{}, err
	}
	out.Name = &name
	if out.After, err = e.After.hash("after/", v, Field); err != nil {
		return tlog.Hash{}, err
	}
	if out.Texts, err = e.Texts.hash("texts/", v, Text); err != nil {
		return tlog.Hash{}, err
	}
	return tlog.RecordHash(out.AppendLeaf(nil)), nil
}

func hashOf(s string) (Hash, error) {
	b, err := bytesOf(s, len(Hash{}))
	if err != nil {
		return Hash{}, err
	}
	return Hash(b), nil
}

// salted makes the salted hash of a value.
type salted func(buf, salt []byte, value string) (Hash, []byte)

func (o Opening) hash(field string, v *values, with salted) (Hash, error) {
	if o.Salt == "" {
		return hashOf(o.Hash)
	}
	if o.Hash != "" {
		return Hash{}, fmt.Errorf("%s has both a salt and a hash", field)
	}
	salt, err := bytesOf(o.Salt, SaltSize)
	if err != nil {
		return Hash{}, err
	}
	value, err := v.of(field)
	if err != nil {
		return Hash{}, err
	}
	h, _ := with(nil, salt, value)
	return h, nil
}

// hash is what the group commits to; nil: there is none.
func (g *GroupProof) hash(prefix string, v *values, with salted) (*Hash, error) {
	if g == nil {
		return nil, nil
	}
	if g.Hash != "" {
		if len(g.Salts)+len(g.Hashes) > 0 {
			return nil, fmt.Errorf("%s is opened and is not", prefix)
		}
		h, err := hashOf(g.Hash)
		return &h, err
	}
	all := map[string]Opening{}
	for name, salt := range g.Salts {
		all[name] = Opening{Salt: salt}
	}
	for name, h := range g.Hashes {
		if _, both := all[name]; both {
			return nil, fmt.Errorf("%s%s has both a salt and a hash", prefix, name)
		}
		all[name] = Opening{Hash: h}
	}
	var out Group
	out.Begin()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if name == "" || strings.ContainsAny(name, " \n") {
			return nil, fmt.Errorf("%q is no field", name)
		}
		h, err := all[name].hash(prefix+name, v, with)
		if err != nil {
			return nil, err
		}
		out.Add(name, h)
	}
	sum := out.Sum()
	return &sum, nil
}
