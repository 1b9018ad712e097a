package extract

// sign is what a word may say about the worth of a claim, as bits.
type sign uint16

const (
	signTopic   sign = 1 << iota // matters of public life that figures and records exist for
	signCompare                  // more, most, never, doubled
	signRecord                   // what can be looked up: voted, signed, paid
	signFirst                    // I, my
	signWe                       // we, our
	signYou                      // you, your
	signThird                    // he, she, they
	signThink                    // I think, believe, want
	signPolite                   // thanks, welcome, please
	signAsk                      // what, why, how
	signNumber                   // numbers in words
	signNow                      // going to, will
	signDeny                     // not, never
	signVague                    // things, something, great
	signWorld                    // countries and bodies
	signSay                      // said, called
)

// worthWords gives the signs of words, by language. They are general: words of
// public life, not of one debate.
var worthWords = map[string]map[string]sign{
	"en": compileSigns([]signRow{
		{signTopic, "tax taxes job jobs trade deficit debt economy economic wage wages income budget spending " +
			"unemployment growth manufacturing companies business bankruptcy loan insurance health care premiums " +
			"education college tuition crime murder murders violence police gun guns prison shooting killed deaths " +
			"war troops military weapons nuclear terrorism terrorist terrorists attack attacks immigration " +
			"immigrants border refugees visa deal treaty sanctions oil energy coal climate emissions vote voted " +
			"votes election emails email server foundation donations bill law legislation constitution court " +
			"abortion marriage pension poverty welfare drug drugs vaccine inflation price prices rate rates percent " +
			"dollars returns audit lawsuit discrimination invasion"},
		{signCompare,
			"more most less least fewer than largest biggest highest lowest worst best first last only every single " +
				"never always doubled tripled increased increase decreased decline rose risen fell fallen dropped " +
				"up down cut grew half twice times record worse better higher lower all nobody no-one none"},
		{signRecord,
			"voted signed approved paid sent gave built lost won created passed supported opposed admitted " +
				"apologized settled filed sued convicted indicted leaked hacked stole invaded withdrew ended " +
				"started began repealed blocked vetoed raised lowered spent borrowed invested bought sold hired " +
				"fired died born killed released published called named ruled found wanted went took brought " +
				"refused stopped"},
		{signFirst, "i my me myself i'm i've i'll i'd mine"},
		{signWe, "we our us we're we've we'll ourselves"},
		{signYou, "you your you're you've yours"},
		{signThird, "he she they his her their him them he's she's they're he'd she'd"},
		{signThink, "think believe want hope feel love like guess know look see need let try wish respect proud"},
		{signPolite,
			"thank thanks welcome please good evening tonight gentlemen sir senator governor lester elaine audience " +
				"applause excuse minutes segment question topic respond"},
		{signAsk, "what why how who when where which"},
		{signNumber,
			"one two three four five six seven eight nine ten twenty thirty forty fifty hundred hundreds thousand " +
				"thousands million millions billion billions trillion dozen dozens percent"},
		{signNow, "will going would should could can must gonna"},
		{signDeny, "not no never nothing don't didn't doesn't isn't wasn't hasn't haven't won't wouldn't can't " +
			"denied false lie wrong"},
		{signVague, "thing things something great very really lot well just kind"},
		{signWorld, "china russia iran iraq syria mexico isis nato un america united states libya korea israel " +
			"japan germany saudi ukraine afghanistan europe congress senate administration government department " +
			"fbi cia"},
		{signSay, "said says say told called claimed promised tweeted wrote mentioned"},
	}),
	"ar": compileSigns([]signRow{
		{signTopic, "الضرائب ضريبة ضرائب وظيفة وظائف الوظائف التجارة تجارة العجز عجز الدين ديون الاقتصاد اقتصادية " +
			"الأجور أجور الدخل دخل الميزانية الإنفاق البطالة النمو الشركات شركة شركات إفلاس قرض قروض التأمين الصحية " +
			"الرعاية التعليم الجريمة جريمة القتل قتل جرائم العنف الشرطة السلاح أسلحة الأسلحة النووية نووي السجن " +
			"الحرب حرب القوات الجيش العسكرية الإرهاب الإرهابيين إرهابي الهجرة المهاجرين الحدود اللاجئين صفقة اتفاق " +
			"اتفاقية معاهدة عقوبات النفط الطاقة الفحم المناخ صوت صوتت الانتخابات الرسائل البريد الخادم مؤسسة تبرعات " +
			"قانون القانون الدستور المحكمة الإجهاض الفقر المخدرات أسعار معدل نسبة دولار دولارات الضريبية الإقرارات " +
			"التمييز غزو"},
		{signCompare,
			"أكثر أقل أكبر أعلى أدنى أسوأ أفضل أول آخر فقط كل أبدا دائما تضاعف زاد زادت زيادة انخفض انخفضت ارتفع " +
				"ارتفعت ارتفاع انخفاض نصف ضعف مرات مرة جميع"},
		{signRecord,
			"صوت وقع وقعت وافق وافقت دفع دفعت أرسل أرسلت أعطى أعطت بنى بنيت خسر خسرت خسرنا فاز أنشأ دعم دعمت دعمتم " +
				"عارض عارضت اعترف اعتذر سرق اخترق غزا انسحب انتهى بدأ بدأت رفع خفض أنفق اقترض استثمر باع اشترى مات " +
				"ولد قتلوا نشر سمى قرر وجد أراد أخذ رفض ترك تركت كان كانت كنت"},
		{signFirst, "أنا لدي عندي لي أعتقد أريد أقول كنت أود"},
		{signWe, "نحن لدينا علينا لنا بلدنا بلادنا إننا أننا"},
		{signYou, "أنت أنتم لك لديك كنت قلت"},
		{signThird, "هو هي هم كان كانت كانوا لديه لديها قال قالت إنه إنها أنه أنها"},
		{signThink, "أعتقد أظن أريد آمل أحب أشعر نأمل أعلم تعلم تعلمون انظروا انظر"},
		{signPolite,
			"شكرا مرحبا رجاء من فضلك مساء الخير الليلة السيد السيناتور الحاكم لستر إلين دقيقتان دقيقة دقائق سؤال " +
				"السؤال الجمهور تصفيق عفوا المعذرة"},
		{signAsk, "ما ماذا لماذا كيف من متى أين هل"},
		{signNumber,
			"واحد اثنين ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة عشرين ثلاثين أربعين خمسين مئة مائة مئات ألف آلاف " +
				"الآلاف مليون ملايين الملايين مليار مليارات تريليون المئة المائة"},
		{signNow, "سوف سنقوم سأقوم سيكون يمكن يجب ينبغي"},
		{signDeny, "لا لم لن ليس ليست غير كذب خطأ"},
		{signVague, "شيء أشياء الشيء الأشياء جدا عظيم رائع حقا"},
		{signWorld, "الصين روسيا إيران العراق سوريا المكسيك داعش الناتو أمريكا الولايات المتحدة ليبيا كوريا إسرائيل " +
			"اليابان ألمانيا السعودية أوكرانيا أوروبا الكونغرس الكونجرس مجلس الشيوخ الحكومة الإدارة وزارة"},
		{signSay, "قال قالت قلت يقول تقول دعا سمى وصف وعد وعدت"},
	}),
}

// signRow is one row of the table.
type signRow struct {
	sign  sign
	words string
}
