package review

import "claimbench/internal/store"

// Public is the name of a review or a round in the history, in addresses and in JSON.
type Public = store.Drawn
