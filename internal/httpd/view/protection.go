package view

// EvidenceProtection is where an editor protects the source of an outside document, and names who may read it.
type EvidenceProtection struct {
	Shell
	Claim      Link
	Item       Evidence
	Version    int64
	Cannot     string // why it cannot be protected; "" it can, or is
	ProtectURL string // "" when it is protected, or cannot be
	Also       []Link // the claims of the other items that are protected with it
	LiftURL    string // and the next two: "" when it is not
	NameURL    string
	RemoveURL  string
	Readers    []NamedReader
	Members    []Option
	Reason     string
	Wrong      Wrong
}

// NamedReader is a reviewer whom an editor named.
type NamedReader struct {
	Name  Foreign
	Login string
}

// Template names the file.
func (*EvidenceProtection) Template() string { return "evidence_protection" }

// ArticleProtection is where an editor protects an article, and names who may read it.
type ArticleProtection struct {
	Shell
	Article    Article
	Protected  Foreign // why it is protected; no text: it is not
	Version    int64
	Cannot     string // why it cannot be protected; "" it can, or is
	ProtectURL string // "" when it is protected, or cannot be
	Also       []Link // the other articles that are protected with it
	LiftURL    string // and the next two: "" when it is not
	NameURL    string
	RemoveURL  string
	Readers    []NamedReader
	Members    []Option
	Reason     string
	Wrong      Wrong
}

// Template names the file.
func (*ArticleProtection) Template() string { return "article_protection" }
