package view

// ToMe is a question that waits for the viewer's answer.
type ToMe struct {
	Action   string // URL to post to
	Public   string // names the question
	Back     string // where the answer comes back to
	Question Foreign
	At       string
	Answer   string // as typed, when it was refused or is not sent
	Typed    KeptForm
	Wrong    Wrong
}

// QuestionSeen is what was asked of a reviewer of a conflict, and the answer.
type QuestionSeen struct {
	By, Whom   string // names, or letters
	Question   Foreign
	At         string
	Answer     Foreign
	AnsweredAt string // "": not yet
	Waits      bool
}

// Ask is the form that sends a conflict back to one reviewer with a question.
type Ask struct {
	Action   string // URL to post to
	Letters  []string
	Letter   string // chosen
	Question string
	Typed    KeptForm
	Wrong    Wrong
}

// Top is what is wrong with the question as a whole; "" when what is wrong stands at its fields.
func (a Ask) Top() string { return a.Wrong.besides("letter", "question") }
