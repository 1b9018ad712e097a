package extract

import (
	"strings"
)

// refutations are clauses that say no more than that what stands before them is not so.
var refutations = map[string]*pattern{
	"en": patternOf(`(?i)^(?:but |yet |however,? |though |although |in fact,? |which )*` +
		`(?:they|it|he|she|that|this|none of (?:it|this|that|them)|neither|nobody|none|(?:the|that|this) claim) ` +
		`(?:(?:did|do|does|was|were|is|are|had|has|have)(?: not|n['’]t)(?: (?:true|so|correct|accurate|right|happen|` +
		`the case))?|(?:was|were|is|are|did|had|has)(?: (?:true|so|false|wrong|untrue|incorrect|fabricated))?)$`),
	"fa": patternOf(`^(?:اما |ولی |لیکن |در حالی که |در واقع )?(?:این |آن |این ادعا |این خبر |که )?` +
		`(?:چنین|درست|صحت|حقیقت|واقعیت|این‌طور|این‌گونه|صحیح|نادرست|دروغ|کذب) ?` +
		`(?:چیزی )?(?:نبود|نیست|نبوده است|ندارد|نداشت|است|بود)$`),
	"ar": patternOf(`^(?:و?لكن(?:هم|ها|ه|هما|هن)? |إلا أن(?:هم|ها|ه) |غير أن(?:هم|ها|ه) )?(?:` +
		`لم (?:يفعلوا|يفعل|تفعل|يحدث|يحصل|تختف|يكن)(?: (?:ذلك|هذا|كذلك|صحيحا|صحيحًا))?|` +
		`(?:هذا |ذلك |وهذا |وذلك )?(?:ليس|غير|ليست) (?:صحيحا|صحيحًا|صحيح|دقيقا|كذلك|حقيقيا))$`),
}

// refuted gives a clause that refutes what somebody said to the article: who said it does not take it back in the same
// breath. What stands inside quotation marks is theirs.
func (p *parse) refuted() {
	form := refutations[primary(p.lang)]
	if form == nil || !p.on(ruleSpeech) {
		return
	}
	for i := range p.out {
		q := &p.out[i]
		if i == 0 || q.source == "" || q.role != asContent && q.role != asClause || q.source != p.out[i-1].source ||
			q.start < p.out[i-1].end || unclosed(p.runes[:q.start]) != 0 {
			continue
		}
		if form.MatchString(strings.TrimSpace(p.slice(p.trim(q.start, q.end)))) {
			q.source, q.role, q.frame, q.hedges, q.lead = "", asClause, [2]int{}, nil, ""
		}
	}
}
