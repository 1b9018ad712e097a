package main

import (
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
	"claimbench/internal/history"
	"claimbench/internal/review"
)

// historyRooms lists every record room whose rows `audit verify` compares with their events.
func historyRooms() []history.Rows {
	var all []history.Rows
	for _, room := range [][]history.Rows{
		auth.HistoryRows(), articles.HistoryRows(), claims.HistoryRows(), evidence.HistoryRows(), review.HistoryRows(),
		claimset.HistoryRows(),
	} {
		all = append(all, room...)
	}
	return all
}
