package view

import "slices"

// ArticleOriginal is the file that a text was read from: what was left out of it, and where each paragraph stands.
type ArticleOriginal struct {
	Shell
	Article  Article
	Name     Foreign // of the file
	Reader   string
	Version  int
	Encoding string // "" for formats that have their own
	SHA256   string // "": its bytes are not kept
	Size     string
	FileURL  string // "" when the bytes are not kept
	LeftOut  []LeftOut
	Leaves   []Leaf // where each paragraph stands, by the pages of the file
	More     string // the next page of them
	Newer    int    // the version that the reader has now; 0: it is the same
	AgainURL string // and the next two: where the file is read by it, for whoever may take the text in
	Revise   string
	Again    string // what it reads; "" not asked for

	ReviseVersion int64
}

// Leaf is a page of a file, with what begins on it.
type Leaf struct {
	N          int    // 1 the first; 0 the file has none
	Start      int    // the number of its first paragraph in the list
	URL        string // of its picture; "" there is none
	Open       bool   // the picture is shown at once
	Paragraphs []Paragraph
}

// Paragraph is a paragraph with the place where it stands in its file.
type Paragraph struct {
	Where     string
	Uncertain bool
	Text      Foreign
}

// Drawn says that pages of the file are shown as pictures.
func (p *ArticleOriginal) Drawn() bool {
	return slices.ContainsFunc(p.Leaves, func(l Leaf) bool { return l.URL != "" })
}

// Template names the file.
func (*ArticleOriginal) Template() string { return "article_original" }
