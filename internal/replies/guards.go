package replies

import (
	"strings"
	"time"

	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/text"
)

// MostOfClaim is how many people may be asked about one claim.
const MostOfClaim = 50

// Takes says whether it may be written down that somebody was asked about a claim: it is a claim, and stands.
func Takes(c claims.Claim) error {
	switch {
	case c.State == claims.Candidate:
		return fault.New(fault.Conflict, "Claim %d is still a candidate. Accept it first.", c.ID)
	case c.State.Ended():
		return fault.New(fault.Conflict, "Claim %d was %s; nobody is asked about it.", c.ID, c.State.Word())
	}
	return nil
}

// Standing refuses a reply that was taken back.
func Standing(x Reply) error {
	if x.WithdrawnAt != nil {
		return fault.New(fault.Conflict, "That %s was asked was taken back.", x.Name)
	}
	return nil
}

// Ask is what a person writes down when somebody was asked.
type Ask struct {
	ClaimID claims.ID
	Name    string
	Role    string
	Way     Way
	AskedOn string
	Until   string
	Contact string // how they are reached; never printed
}

// Answer is what a person writes down of what came of it.
type Answer struct {
	ID      ID
	Version int64
	Outcome Outcome
	On      string // the day of the answer; "" for Silent
	Words   string // for Answered
}

// check trims and looks at what was typed; today is the day that it is somewhere on Earth.
func (a *Ask) check(today string) error {
	var bad fault.Collect
	a.Name, a.Role, a.Contact = strings.TrimSpace(a.Name), strings.TrimSpace(a.Role), strings.TrimSpace(a.Contact)
	if a.Name == "" {
		bad.Add("name", "Say who was asked.")
	}
	typed(&bad, "name", a.Name, 200)
	typed(&bad, "role", a.Role, 200)
	typed(&bad, "contact", a.Contact, 1000)
	if err := Ways.Check("way", a.Way); err != nil {
		bad.Add("way", "%s", fault.Message(err))
	}
	if !isDay(a.AskedOn) {
		bad.Add("asked_on", "Say on which day they were asked, as YYYY-MM-DD.")
	} else if a.AskedOn > today {
		bad.Add("asked_on", "%s has not come yet. Say on which day they were asked.", a.AskedOn)
	}
	if !isDay(a.Until) {
		bad.Add("until", "Say until which day they can answer, as YYYY-MM-DD.")
	} else if isDay(a.AskedOn) && a.Until < a.AskedOn {
		bad.Add("until", "They cannot answer before they were asked. Choose a day from %s on.", a.AskedOn)
	}
	return bad.Err()
}

// check is the same for an answer to a reply.
func (a *Answer) check(x Reply, today string) error {
	var bad fault.Collect
	a.Words = strings.TrimSpace(strings.ReplaceAll(a.Words, "\r\n", "\n"))
	typed(&bad, "words", a.Words, 5000)
	if err := Outcomes.Check("outcome", a.Outcome); err != nil {
		bad.Add("outcome", "%s", fault.Message(err))
	}
	switch a.Outcome {
	case Answered:
		if text.Blank(a.Words) {
			bad.Add("words", "Write down what they answered; it is printed.")
		}
	case Waiting, Declined, Silent:
		if a.Words != "" {
			bad.Add("words", "Only an answer has words. Choose “answered”, or leave them out.")
		}
	}
	switch {
	case a.Outcome == Silent:
		if a.On = ""; x.Until >= today {
			bad.Add("outcome", "They can answer until %s. Wait until that day is over.", x.Until)
		}
	case !isDay(a.On):
		bad.Add("answered_on", "Say on which day the answer came, as YYYY-MM-DD.")
	case a.On > today || a.On < x.AskedOn:
		bad.Add("answered_on", "They were asked on %s, so the answer came between that day and today.", x.AskedOn)
	}
	return bad.Err()
}

func typed(bad *fault.Collect, field, v string, most int) {
	if err := text.CheckTyped(field, v); err != nil {
		bad.Add(field, "%s", err)
	} else if n := len([]rune(v)); n > most {
		bad.Add(field, "This has %d characters; at most %d are kept.", n, most)
	}
}

func isDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}
