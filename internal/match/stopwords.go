package match

import "strings"

// stopwords are the words that say nothing by themselves, folded.
var stopwords = wordSet(`
a an the and or but nor so yet if then than that this these those of in on at by to from for with without into onto
over under about as is are was were be
been being am do does did done doing have has had having will would shall should can could may might must not no it its
he him his she her hers they them
their theirs we us our ours you your yours i me my mine who whom whose which what when where why how all any both each
few more most other some such only own
same too very just also there here out up down off again once while during before after above below between through
because until s t re ve ll d m don didn
doesn isn wasn weren won wouldn couldn shouldn hasn haven hadn said says say mr mrs ms
في من على الی علی ان إن هذا هذه ذلک تلک التی الذی الذین اللذین ما لا لم لن قد کان کانت یکون تکون هو هی هم هما نحن انا
انت کما او ام ثم بل لکن و ف ب ل ک عن مع
بعد قبل بین حیث عند عندما اذا لو لان لانه لانها انه انها انهم کل بعض غیر هناک هنا حتی منذ خلال ضد دون سوی ایضا فقد وقد
وکان وکانت وهو وهی ولا وما ومن وفی وان
اولیک هولاء هاتان هذان ماذا لماذا متی کیف این ایان انتم انتن وانا فانا وهم وهذا وهذه وذلک بذلک لذلک کذلک هکذا جدا ربما
لدیه لدیها لدینا عنه عنها عنهم حسبما ولم ولن فلا بها فان وان لکنه لکنها ولکن اذن بالفعل تم یتم وتم کانوا یکونوا لیکون
وقال وقالت یقول تقول اذ
وعلی فی له لها لهم به بها بهم فیه فیها منه منها علیه علیها الیه الیها ذات ذو مما لدی حول ای قال قالت وقال وقالت
از در به با را که این ان تا بر برای یا اما ولی اگر هم نیز همه هر هیچ چه چون چرا کجا کی خود خویش من تو او ما شما انها
ایشان است بود شد شده شود میشود می نمی
هست نیست باشد باشند بودند شدند هستند کرد کرده کند کنند میکند میکنند کردند کردن کنیم کنم دارد دارند داشت داشته داشتند
خواهد خواهند باید شاید انکه اینکه یک
یکی بی پس پیش روی زیر توسط درباره بود بوده بودن مورد ای هایی های ها ان‌ها انان دیگر بسیار خیلی نه گفت شدهاند بودهاند
many much بسیاری
نشدهاند گرفتهاند کردهاند دادهاند میشوند شدهاست گرفتهاست کردهاست بودهاست دادهاست نشده نشدهاست کردهاند داشتهاند بهعنوان
بهطور گفته اند ام اش گوید میگوید
`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
