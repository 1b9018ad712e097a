package text

import (
	"strings"
	"testing"
)

// Articles of our own, with the furniture that sites leave in a copied text. Each line is "kind: text", the sentences
// of a line of the article parted by " | "; an empty line is an empty line.
var kindArticles = []struct{ name, marked string }{
	{"english site", `
boilerplate: Home
boilerplate: World
title: Bridge over the Orr closed ahead of the vote, officials say

boilerplate: By Jane Roe and John Doe
boilerplate: Published 14 February 2022

caption: Image caption, The bridge was empty for hours

body: The bridge was closed on Tuesday, officials said. | question: Who ordered it? | body: Nobody knows.

boilerplate: [ad_1]

body: The closure, which lasted three hours, "was planned", said Mr Poe.

link: Read more: How bridges work

heading: A long history

body: It was built in 1901. | body: “Why now?” he asked.

body: The council said:
body: • 120 cars turned back
body: • 3 roads stay closed

boilerplate: https://example.com/bridge
link: Related topics
link: Bridges
link: The Orr
boilerplate: © 2022 Example. | boilerplate: Read about our approach to links.`},
	{"captions that end", `
title: Council meets again

caption: Photo: Clerks wait in line in Ravel on Nov. 5, 2023. | boilerplate: (AP Photo/Jo Doe)
body: Officials said on Tuesday that no ballots were lost.
body: The mayor paid nine firms.`},
	{"a menu with an abbreviation", `
boilerplate: BBC
boilerplate: U.K.
boilerplate: Video
boilerplate: World
title: The law was passed after a long night in the chamber
body: The house passed the law on Tuesday.`},
	{"tags and lone marks", `
body: The house passed the law.
boilerplate: .
boilerplate: .
boilerplate: #gold #law #house #prices`},
	{"persian site", `
title: بستن پل بزرگ شهر؛ مسئولان چه می‌گویند؟
boilerplate: ۵ آبان ۱۴۰۰

boilerplate: منبع تصویر، EPA
caption: توضیح تصویر، صف خودروها در کنار پل

body: پل بزرگ روز سه‌شنبه بسته شد. | body: علت روشن نیست.

link: بیشتر بخوانید:
link: تاریخ پل‌های شهر

heading: واکنش شهرداری

body: شهردار گفت «علت را می‌گوییم.»

boilerplate: پرونده پل‌ها در نشریه:`},
	{"arabic site with a repeated headline", `
title: إغلاق الجسر الكبير قبل يوم من الانتخابات البلدية

title: إغلاق الجسر الكبير قبل يوم من الانتخابات البلدية

boilerplate: [ad_1]

caption: سيارات تنتظر أمام الجسر يوم الثلاثاء. | boilerplate: جين رو / أ ب

body: أغلقت السلطات الجسر يوم الثلاثاء. | question: من أمر بذلك؟ | body: لا أحد يعرف.

link: اقرأ المزيد تاريخ الجسور في المدينة

boilerplate: لديك 60% من هذا المقال متبقية للقراءة. | boilerplate: الباقي للمشتركين فقط.

boilerplate: [ad_2]

boilerplate: المصدر`},
	{"japanese site", `
boilerplate: Vision

title: 大橋が選挙を前に閉鎖、市当局が発表

boilerplate: 山田太郎

caption: 写真: 閉鎖された大橋
caption: 橋には車が一台もいなかった。 | boilerplate: (© Example via Photos)

body: 市は火曜日、大橋を閉鎖したと発表した。 | question: 誰が命じたのだろうか。 | body: 誰も知らない。

heading: 以下は市の声明全文である。

body: 大橋は点検のため閉鎖した。

boilerplate: 無断転載を禁じます`},
	{"one line", `
body: A single line without any end`},
	{"no furniture", `
body: قالت الوزارة إن الجسر أغلق. | body: ولم تذكر السبب.`},
}

func TestKinds(t *testing.T) {
	for _, a := range kindArticles {
		var raw []string
		var kinds, texts []string
		for _, line := range strings.Split(strings.TrimPrefix(a.marked, "\n"), "\n") {
			var parts []string
			for _, part := range strings.Split(line, " | ") {
				if kind, text, ok := strings.Cut(part, ": "); ok {
					kinds, texts, parts = append(kinds, kind), append(texts, text), append(parts, text)
				}
			}
			joiner := " "
			if strings.HasPrefix(a.name, "japanese") {
				joiner = ""
			}
			raw = append(raw, strings.Join(parts, joiner))
		}
		d := mustDoc(t, strings.Join(raw, "\n"))
		got := Sentences(d, "auto")
		if len(got) != len(kinds) {
			t.Errorf("%s: %d sentences, want %d", a.name, len(got), len(kinds))
			continue
		}
		for i, s := range got {
			if d.Slice(s.Span) != texts[i] || string(s.Kind) != kinds[i] {
				t.Errorf("%s: %s %q, want %s %q", a.name, s.Kind, d.Slice(s.Span), kinds[i], texts[i])
			}
		}
	}
}
