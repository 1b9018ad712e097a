// Package intake turns what comes in from outside into a document: the text of an article and what the file says of
// itself. It is pure: no database, no network, no clock.
//
// A tour of the files:
//
//   - readers.go: the table of readers, and what pages, messages and the command say of it.
//   - read.go: File and Document; Read chooses the reader, holds the file to its size, and asks it.
//   - sniff.go: what the first bytes tell of a format, held against the name.
//   - encoding.go, encoding_score.go: the charset of a text, or the question which it is.
//   - text.go, clean.go: the reader of plain text; what of it is of the site.
//   - html.go: the reader of pages; html_node.go, html_data.go, html_facts.go, html_days.go: what a page says of
//     itself; html_prune.go, html_blocks.go, html_filter.go: which of its words are the article.
//   - days.go: days in the calendars of pages. origin.go: whose words a text says that it has.
//   - feed.go, bulk.go, archive.go: files that hold many documents.
//   - galley.go: how a reader sets its paragraphs as a text, and lists what it left out.
//   - office_*.go: DOCX and ODT. office_zip.go and office_xml.go hold them to limits, office_flow.go gathers
//     paragraphs.
//   - pdf*.go: PDF. pdf_engine.go runs PDFium, pdf_glyphs.go reads pages, pdf_order.go sets right-to-left lines anew,
//     pdf_doubt.go says which are not certain, pdf_paragraphs.go joins lines, pdf_page.go finds the page of a
//     quotation.
//   - mail.go, mail_html.go: EML. subtitles.go: SRT and WebVTT.
//
// A new format is a file with one function, its row in the table, and its test; nothing else names formats.
//
// The one rule not to break: a reader is given bytes that somebody else wrote. It holds no more than Reader.Most of
// them, makes no text longer than MaxText, and says in words for people what it cannot read; it never guesses.
package intake
