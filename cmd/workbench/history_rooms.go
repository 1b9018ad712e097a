package main

import (
	"claimbench/internal/auth"
	"claimbench/internal/history"
)

// historyRooms lists every record room whose rows `audit verify` compares with their events.
func historyRooms() []history.Rows {
	return auth.HistoryRows()
}
