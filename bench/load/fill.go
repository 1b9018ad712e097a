package main

import (
	"fmt"
	"strings"
	"time"
)

const sentencesPerArticle = 50

// Made-up sentences; %d and %s make each its own. The words that searches look for stand in the first ones.
var patterns = map[string][]string{
	"en": {"The ministry of %s said on 5 March that %d letters were stolen.",
		"Officials of %[1]s denied it, but %[2]d people signed.",
		"About %[2]d houses in %[1]s have no water, the council said."},
	"fa": {"وزارت %s گفت که %d نامه در ۵ مارس دزدیده شده است.",
		"مقام‌های %[1]s آن را رد کردند، اما %[2]d نفر امضا کردند.", "حدود %[2]d خانه در %[1]s آب ندارد."},
	"ar": {"قالت وزارة %s إن %d رسالة سرقت في 5 مارس.", "ونفى مسؤولو %[1]s ذلك لكن %[2]d شخصا وقعوا.",
		"نحو %[2]d منزلا في %[1]s بلا ماء."},
	"ja": {"%s省は3月5日、%d通の手紙が盗まれたと発表した。", "%[1]sの当局者は否定したが、%[2]d人が署名した。", "%[1]sの約%[2]d軒には水がない。"},
}

var places = map[string][]string{
	"en": {"Arden", "Brill", "Corvale", "Dunmere"}, "fa": {"آردن", "بریل", "کوروال", "دانمر"},
	"ar": {"أردن", "بريل", "كورفال", "دنمير"}, "ja": {"アーデン", "ブリル", "コルベール", "ダンミア"},
}

var langs = []string{"en", "fa", "ar", "ja"}

// article makes the text of article n.
func article(n int) (lang, text string) {
	lang = langs[n%len(langs)]
	var b strings.Builder
	for i := range sentencesPerArticle {
		place := places[lang][(n/len(langs)+i)%len(places[lang])]
		fmt.Fprintf(&b, patterns[lang][i%len(patterns[lang])]+"\n", place, 1000+n*sentencesPerArticle+i)
	}
	return lang, b.String()
}

type claim struct {
	ID           int64  `json:"id"`
	Version      int64  `json:"version"`
	WordsVersion int64  `json:"words_version"`
	Round        int    `json:"round"`
	State        string `json:"state"`
}

// fill imports the articles, has candidates proposed, and opens twice as many claims as there are requests.
func fill(t *target, requests int) error {
	editor, err := t.server.signIn("editor-1")
	if err != nil {
		return err
	}
	ids, err := importArticles(t, editor)
	if err != nil {
		return err
	}
	if err := propose(t, editor, ids); err != nil {
		return err
	}
	return open(t, editor, requests)
}

// importArticles imports made-up articles until there are as many as asked for, and gives their numbers.
func importArticles(t *target, editor *person) ([]int64, error) {
	begun, used := time.Now(), t.server.processor()
	var ids []int64
	for n := range t.articles {
		lang, text := article(n)
		var made struct {
			Article struct {
				ID int64 `json:"id"`
			} `json:"article"`
		}
		form := map[string]any{"text": text, "lang": lang, "new_source": fmt.Sprintf("Paper %d", n%7),
			"published": "2024-03-06"}
		if err := editor.post("/collections/1/articles", form, &made); err != nil {
			return nil, err
		}
		ids = append(ids, made.Article.ID)
		t.sentences += sentencesPerArticle
	}
	sayRate("import", t, time.Since(begun), t.server.processor()-used)
	return ids, nil
}

// propose has candidates proposed for every article.
func propose(t *target, editor *person, ids []int64) error {
	begun, used := time.Now(), t.server.processor()
	for _, id := range ids {
		var got struct {
			Added int `json:"added"`
		}
		if err := editor.post(fmt.Sprintf("/articles/%d/extract", id), struct{}{}, &got); err != nil {
			return err
		}
		t.candidates += got.Added
	}
	sayRate(fmt.Sprintf("%d candidates proposed", t.candidates), t, time.Since(begun), t.server.processor()-used)
	return nil
}

func sayRate(what string, t *target, took, cpu time.Duration) {
	fmt.Printf("%s, %s: %d articles of %d sentences, %.0f sentences/s, %.1f ms of processor an article\n", what, t.name,
		t.articles, sentencesPerArticle,
		float64(t.sentences)/took.Seconds(), float64(cpu.Microseconds())/1000/float64(t.articles))
}

// open accepts the candidates that the requests will look at and review.
func open(t *target, editor *person, requests int) error {
	var candidates []claim
	for after := ""; len(candidates) < 2*requests; {
		var page struct {
			Items []claim `json:"items"`
			Next  string  `json:"next"`
		}
		if err := editor.get(fmt.Sprintf("/collections/1/claims?state=candidate&after=%s", after), &page); err != nil {
			return err
		}
		candidates = append(candidates, page.Items...)
		if after = page.Next; after == "" {
			break
		}
	}
	if len(candidates) < 2*requests {
		return fmt.Errorf("%d candidates are too few for %d requests; ask for more articles", len(candidates), requests)
	}
	for i, c := range candidates[:2*requests] {
		if err := editor.post(fmt.Sprintf("/claims/%d/accept", c.ID), map[string]any{"version": c.Version},
			nil); err != nil {
			return err
		}
		if i < requests {
			t.claims = append(t.claims, c.ID)
		} else {
			t.fresh = append(t.fresh, c.ID)
		}
	}
	return nil
}
