package extract

// hedgeRow is one hedge of a language: its name in the output and the phrases
// that stand for it, separated by "|".
type hedgeRow struct{ name, phrases string }

// The names of hedges in the output.
const (
	hedgeAlleged   = "alleged"
	hedgeSuspected = "suspected"
	hedgeDenied    = "denied"
	hedgePlanned   = "planned"
	hedgePossible  = "possible"
	hedgeLikely    = "likely"
	hedgeReported  = "reported"
	hedgeAttempted = "attempted"
	hedgeUnknown   = "unknown"
	hedgeAbout     = "about"
	hedgeMore      = "more than"
	hedgeLess      = "less than"
	hedgeSome      = "part of"
	hedgePromised  = "promised"
	hedgeOpen      = "not confirmed"
)

// hedgeTables has the hedges by language.
var hedgeTables = map[string][]hedgeRow{
	"en": {
		{hedgeAlleged,
			"alleged|allegedly|allege|alleges|claimed|claims|purported|purportedly|so-called|accused " +
				"of|accused|allegation|allegations|attributed to"},
		{hedgeSuspected, "suspected|suspects|suspect|suspicion|believed to|thought to"},
		{hedgeDenied, "denied|denies|deny|denying|rejected|dismissed|disputes|disputed|refuted"},
		{hedgePlanned,
			"planned|plans to|plan to|intends to|is due to|are due to|scheduled|set to|expected to|aims to|proposed"},
		{hedgePossible, "fear|fears|feared|may|might|could|possible|possibly|perhaps|potential|potentially|" +
			"potentially"},
		{hedgeLikely,
			"likely|suggests|suggested|suggest|probable|probably|appears|appear|appeared|seems|seem|seemed|" +
				"apparently|presumably|predicts|" +
				"predicted|predict|forecasts|projected|foresees|expects|expected that"},
		{hedgeReported, "reportedly|it is said|it was said|is said|are said|reported|reports that|" +
			"according to reports|rumoured|rumored|said to"},
		{hedgeAttempted, "attempted|tried to|attempt to|attempts to|attempted to|sought to"},
		{hedgeUnknown,
			"unclear|not clear|not known|unknown|unconfirmed|unverified|not been confirmed|could not be verified"},
		{hedgeOpen, "neither confirmed nor denied|neither confirm nor deny|neither confirms nor denies|" +
			"neither denied nor confirmed|not confirm or deny|neither confirming nor denying"},
		{hedgeAbout, "about|around|approximately|approx|circa|ca|roughly|some|nearly|almost|an estimated|estimated"},
		{hedgeMore, "more than|over|at least|upwards of|no fewer than|no less than|in excess of"},
		{hedgeLess, "less than|fewer than|under|at most|up to|no more than"},
		{hedgePromised, "pledged|pledges|promised|promises|vowed|vows"},
		{hedgeSome, "part of|some of|mostly|partly|partially|most of|in part"},
	},
	"fa": {
		{hedgeAlleged,
			"ادعا|ادعای|ادعاها|ادعاهای|مدعی|مدعیان|به‌اصطلاح|به اصطلاح|منسوب|منتسب|متهم|متهمان|اتهام|اتهامات|زعم"},
		{hedgeSuspected, "مظنون|مظنونان|مشکوک|گمان|ظن|سوءظن|احتمالا مرتبط"},
		{hedgeDenied, "تکذیب|انکار|رد کرد|رد کردند|رد کرده|رد کرده‌است|را رد|بی‌اساس"},
		{hedgePlanned, "قرار است|قرار بود|قصد|درصدد|برنامه‌ریزی|می‌خواهد|می‌خواهند|در نظر دارد|پیشنهاد"},
		{hedgePossible, "ممکن|شاید|می‌تواند|می‌توانند|می‌تواند|احتمال|محتمل|امکان"},
		{hedgeLikely, "احتمالا|ظاهرا|گویا|به نظر می‌رسد|به‌نظر می‌رسد|انتظار می‌رود|پیش‌بینی|پیش‌بینی‌ها"},
		{"doubted", "بعید"},
		{hedgeReported, "گزارش شده|گزارش‌ها|گفته می‌شود|گفته شده|شنیده‌ها|بنا بر گزارش‌ها"},
		{hedgeAttempted, "تلاش|تلاش‌هایی|تلاشهایی|کوشید|کوشیدند|در تلاش"},
		{hedgeUnknown, "معلوم نیست|مشخص نیست|روشن نیست|نامعلوم|نامشخص|تأیید نشده|تایید نشده"},
		{hedgeOpen, "نه تأیید و نه|نه تایید و نه|نه تأیید کرد و نه|نه تایید کرد و نه|نه تأیید کردند و نه|" +
			"نه تأیید می‌کند و نه|" +
			"نه تأیید کرده و نه|نه تأیید کرده‌است و نه|نه رد و نه|نه رد کرد و نه|نه تکذیب و نه|نه تکذیب کرد و نه"},
		{hedgeAbout, "حدود|حدودا|تقریبا|نزدیک به|قریب|در حدود"},
		{hedgeMore, "بیش از|بیشتر از|دست‌کم|دستکم|حداقل|بالغ بر|لااقل"},
		{hedgeLess, "کمتر از|حداکثر|تا سقف|زیر"},
		{hedgePromised, "وعده داد|وعده داده|قول داد|قول داده|متعهد شد"},
		{hedgeSome, "بخشی از|برخی از|بسیاری از|بیشتر|عمدتا|تا حدی"},
	},
	"ar": {
		{hedgeAlleged,
			"مزعوم|مزعومة|مزعومين|بزعم|المزعوم|المزعومة|المزعومين|زعم|زعمت|زعموا|يزعم|تزعم|مزاعم|" +
				"ادعى|ادعت|ادعوا|يدعي|" +
				"تدعي|يدعون|ادعاء|ادعاءات|ما يسمى|منسوبة|المنسوبة|اتهم|اتهمت|اتهموا|تتهم|يتهم|اتهام|اتهامات|بتهمة|" +
				"المتهم|متهم"},
		{hedgeSuspected, "يشتبه|تشتبه|اشتبه|مشتبه|المشتبه|يعتقد|شبهة|شبهات|يعتقد أن"},
		{hedgeDenied, "نفى|نفت|نفوا|ينفي|تنفي|أنكر|أنكرت|نفي|رفض|رفضت|دحض|محض تلفيق"},
		{hedgePlanned, "من المقرر|المقرر|مقررة|يعتزم|تعتزم|يخطط|تخطط|ينوي|تنوي|نيته|نيتها|المزمع|يستعد|تستعد"},
		{hedgePossible, "قد ي*|قد ت*|ربما|يمكن|ممكن|محتمل|محتملة|المحتمل|المحتملة|احتمال|يحتمل|يمكننا"},
		{hedgeLikely, "يبدو|على الأرجح|المرجح|يرجح|ترجح|مرجح|رجح|رجحت|رجحوا|يرجحون|المتوقع|يتوقع|تتوقع|متوقع|توقع"},
		{hedgeReported, "أنباء|تقارير|يقال|بحسب تقارير|ذكرت تقارير|أفادت تقارير"},
		{hedgeAttempted, "محاولة|محاولات|حاول|حاولت|حاولوا|يحاول|تحاول|سعى|سعت"},
		{hedgeUnknown,
			"لا نعرف|لم يعرف|غير معروف|غير معروفة|لم يتضح|غير واضح|لم يتأكد|غير مؤكد|غير مؤكدة|مجهول|مجهولون"},
		{hedgeOpen, "لم يؤكد ولم ينف*|لم تؤكد ولم تنف*|لا يؤكد ولا ينفي|لا تؤكد ولا تنفي|لم ينف ولم يؤكد|" +
			"لم تنف ولم تؤكد|" +
			"لم يؤكدوا ولم ينفوا|ولم ينف*|ولم تنف*|ولا ينفي|ولا تنفي|لم يؤكد أو ينف*|لم تؤكد أو تنف*"},
		{hedgeAbout, "نحو|حوالي|حوالى|قرابة|تقريبا|ما يقارب|زهاء|نحو*"},
		{hedgeMore, "أكثر من|ما لا يقل|على الأقل|يزيد على|تزيد على|ما يزيد|يفوق"},
		{hedgeLess, "أقل من|ما لا يزيد|على الأكثر|دون"},
		{hedgePromised, "وعد|وعدت|تعهد|تعهدت|تعهدوا|وعدوا"},
		{hedgeSome, "جزئيا|جزء من|بعض|معظم|إلى حد ما"},
	},
}

// jaHedges has the hedges of Japanese as strings of letters.
var jaHedges = []hedgeRow{
	{hedgeAlleged, "主張し|主張す|主張は|とされる|自称|名乗っ|いわゆる|訴えて|疑惑"},
	{hedgeSuspected, "疑い|疑わ|疑っ|容疑|とみられ|と見られ|とみて"},
	{hedgeDenied, "否定|否認|反論|事実無根"},
	{hedgePlanned, "予定|計画し|計画だ|計画が|方針|見通し|つもり|意向|目指し|検討し"},
	{hedgePossible, "可能性|かもしれ|恐れが|おそれが"},
	{hedgeLikely, "示唆し|示唆す|示唆さ|だろう|でしょう|と考えられ|たようだ|るようだ|たようで|たらしい|るらしい|模様|見込み|思われ|推定|推測"},
	{hedgeReported, "という。|報道によ|報道され|伝えられ|言われ"},
	{hedgeAttempted, "未遂|しようとし|試み|図った|狙っ"},
	{hedgeUnknown, "分かっていない|わかっていない|不明|未確認|明らかになっていない|明らかでない"},
	{hedgeOpen, "認めも否定もし|肯定も否定もし|否定も肯定もし|確認も否定もし|否定も認めもし"},
	{hedgeAbout, "約|およそ|ほぼ|程度|前後|近く|ほど"},
	{hedgeMore, "以上|超え|少なくとも|超の|上回る"},
	{hedgeLess, "未満|以下の|最大で|下回る|以内"},
	{hedgePromised, "約束し|公約|誓っ"},
	{hedgeSome, "一部|大半|ほとんど|部分的"},
}
