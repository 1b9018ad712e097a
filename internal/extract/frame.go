package extract

// longestFrame is how many code points a frame alone may have.
const longestFrame = 40

// bareFrame is a clause that only says that somebody said something, of the languages whose verbs of saying stand apart
// from what was said: it states nothing to check.
var bareFrame = patternOf(`(?i)^(?:` +
	`(?:و?كما|وفق ما|وفقا لما|حسب ما|بحسب ما) (?:أضاف|أضافت|ذكر|ذكرت|قال|قالت)(?: (?:الوزير|المتحدث|المصدر))?|` +
	`(?:وی|او|ایشان)(?: در ادامه| همچنین)? (?:گفت|افزود|اظهار کرد|اظهار داشت|تصریح کرد|ادامه داد)|` +
	`(?:il|elle|ils|elles) (?:a|ont) (?:ajouté|dit|déclaré|précisé|expliqué|conclu|poursuivi)|` +
	`(?:sagte|sagt|erklärte|meinte|betonte) (?:er|sie|(?:der|die) \p{Lu}\p{L}+)|` +
	`(?:dijo|añadió|afirmó|agregó|señaló|explicó) (?:él|ella|(?:el|la) \p{L}+)|` +
	`(?:он|она|они) (?:добавил|сказал|заявил|отметил|подчеркнул)[аи]?|` +
	`dedi|diye konuştu|diye ekledi|ifadesini kullandı)$`)
