package view

func anchorSamples() []Page {
	rows := []RevisionRow{{N: 2, URL: "/articles/1?revision=2", Newest: true, Added: "added by editor-1, 21 Nov 2026", Size: "2,551 characters", SHA256: "5b5dcff13acb", Claims: "41 claims and candidates stand in it"}, {N: 1, URL: "/articles/1?revision=1", Claims: "1 claim or candidate stands in it, of which 1 asks where it belongs"}}
	gone := sampleArticle()
	gone.TakenDown, gone.Title = "Taken down.", Foreign{}
	older := sampleReader()
	older.Older = []Older{{Note: "This is revision 1 of 2.", Link: Link{URL: "/articles/1", Word: "Read the newest"}}}
	return []Page{older,
		&ArticleRevisions{Shell: shell("Revisions", "Articles"), Article: sampleArticle(), Rows: rows, Action: "/articles/1/revisions", Version: 2, Text: "typed", Limit: "5 MiB", Wrong: Wrong{"": "Not added.", "file": "Empty.", "text": "Not UTF-8."}},
		&ArticleRevisions{Shell: shell("Revisions", "Articles"), Article: gone, Rows: rows[1:]},
	}
}
