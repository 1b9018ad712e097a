package view

import "html/template"

// API is the reference for programs: what there is by things, and the acts of one of them.
type API struct {
	Shell
	Heading string
	About   template.HTML // "" on the page of one thing
	Groups  []APIGroup
	Acts    []APIAct
}

// Template names the file.
func (*API) Template() string { return "api" }

// APIGroup is a thing, with the acts that there are on it.
type APIGroup struct {
	URL, Word string
	Count     int
	Here      bool
}

// APIAct is one act: a method and an address.
type APIAct struct {
	ID, Method, Path string
	Summary, About   string
	Fields           []APIField // of the address and the header
	Takes, Gives     *Link      // the types of the body and of the answer; nil: none
	File             string     // what is answered that is no JSON
}

// APIField is a parameter or a member.
type APIField struct {
	Name   string
	Where  string // path, query, header; "" for a member
	Type   Link   // without an address for what is no type of ours
	Needed bool
	About  string
}

// APIType is one type of the reference.
type APIType struct {
	Shell
	Name   string
	About  string
	Fields []APIField
	Values []Fact // of a vocabulary: each name with what it means
}

// Template names the file.
func (*APIType) Template() string { return "api_type" }
