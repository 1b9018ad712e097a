package erasures

import (
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// kindOf is the kind of the names of erasures in the history.
const kindOf = "erasure"

// Object names an erasure in the history.
func Object(e Erasure) string { return kindOf + ":" + string(e.Public) }

func fields(e Erasure) history.Fields {
	return history.Fields{"collection": history.Num(e.In), "object": e.Object, "name": e.Name, "state": string(e.State),
		"asked_by": history.Num(e.AskedBy), "asked_at": history.Num(e.AskedAt), "until": history.Num(e.Until),
		"ended_by": history.NumOr(e.EndedBy), "ended_at": history.NumOr(e.EndedAt), "erased": history.Num(e.Erased),
		"version": history.Num(e.Version)}
}

func texts(e Erasure) history.Texts { return history.Texts{"why": e.Reason} }

// HistoryRows lists this room's rows as the history should know them, for the replay of an audit.
func HistoryRows() []history.Rows {
	return []history.Rows{{Kind: kindOf, List: func(r *store.Rx, yield func(string, history.Fields,
		history.Texts) error) error {
		return store.Each(r, func(e Erasure) error { return yield(Object(e), fields(e), texts(e)) })
	}}}
}
