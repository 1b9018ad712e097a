package view

// CollectionModel is whether the texts of a collection are sent to the language model of the workbench.
type CollectionModel struct {
	Shell
	Name    string // of the collection
	Rules   string // where its rules are
	Action  string
	Model   string // "": the workbench has none
	Host    string
	Allowed bool
	PerDay  string
	Most    string
	Today   string // questions asked
	Version int64
	Wrong   Wrong
}

// Template names the file.
func (*CollectionModel) Template() string { return "collection_model" }

// Refusal is something of a model's answers that was not taken. Sentence is 0 where it named none.
type Refusal struct {
	Why      string
	Sentence int
	Words    string
}
