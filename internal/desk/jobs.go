package desk

import "claimbench/internal/jobs"

// Job is work on an article that goes on in the background. Done and Total count its sentences or candidates; Total is 0
// until it is known.
type Job struct {
	ID      jobs.ID    `json:"id"`
	Kind    string     `json:"kind"` // import, candidates
	State   jobs.State `json:"state"`
	Done    int        `json:"done"`
	Total   int        `json:"total"`
	Message string     `json:"message,omitempty"` // why it failed
	AddedAt Time       `json:"added_at"`
}

// JobOf is a job as programs read it.
func JobOf(j jobs.Job) Job {
	return Job{ID: j.ID, Kind: j.Kind, State: j.State, Done: j.Done, Total: j.Total, Message: j.Message,
		AddedAt: Time(j.AddedAt)}
}
