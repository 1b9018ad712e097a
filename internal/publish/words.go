package publish

// Langs are the languages in which a report has its words.
func Langs() []string { return []string{"en", "fa", "ar", "ja"} }
