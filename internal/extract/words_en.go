package extract

// englishWords are the closed classes of English and its commonest verbs.
var englishWords = []table{
	{cAnd, "and or & nor as-well-as"},
	{cBut, "but yet however whereas"},
	{cThat, "that whether"},
	{cRel, "which who whom whose where"},
	{cCause, "because since due owing"},
	{cAim, "lest"},
	{cWhen, "while after before when as until once although though despite amid following whereas during"},
	{cIf, "if unless provided"},
	{cPrep, "of in on at by for with from to into about over under between through against during without within " +
		"across toward towards among near upon per than like including after before behind since until despite " +
		"amid following off onto via around"},
	{cNot, "not no never neither nor none nobody nothing cannot without"},
	{cDet, "the a an this that these those its his her their our my your some any each every all both several many " +
		"most few two three four five six seven eight nine ten no another"},
	{cPron, "he she they it we i you who him her them us me himself herself itself themselves"},
	{cFirst, "i we our us my me"},
	{cAux | cVerb,
		"is are was were am has have had do does did 's isn't aren't wasn't weren't hasn't haven't hadn't doesn't " +
			"don't didn't i'm we're they're you're it's he's she's we've they've i've that's there's"},
	{cAux | cVerb | cWill,
		"will would shall won't 'll he'll they'll we'll i'll it'll she'll wouldn't he'd she'd they'd we'd i'd you'd"},
	{cAux | cVerb, "can could may might can't couldn't cannot"},
	{cAux | cVerb | cMust, "must should ought need needs mustn't shouldn't"},
	{cAdv, "also not never already still then now later only just even reportedly allegedly previously recently " +
		"currently soon initially subsequently again always often further immediately quickly formally officially " +
		"publicly repeatedly"},
	{cSay | cVerb,
		"said says say told tells announced announces reported reports stated states added adds noted notes " +
			"explained explains confirmed confirms revealed reveals disclosed discloses wrote writes argued argues " +
			"insisted insists warned warns declared declares testified testifies predicted predicts estimated " +
			"estimates acknowledged acknowledges admitted admits stressed stresses emphasized emphasised suggested " +
			"suggests indicated indicates showed shows found finds concluded concludes alleged alleges claimed " +
			"claims maintained maintains asserted asserts contended contends recalled recounted complained " +
			"conceded replied responded tweeted posted cautioned reiterated pledged pledges promised promises vowed " +
			"vows agreed agrees hopes hoped expects expected forecast forecasts complains doubts doubted worries " +
			"worried fears"},
	{cDeny | cVerb | cSay, "denied denies rejected rejects dismissed dismisses disputed disputes refuted"},
	{cThink | cVerb | cSay,
		"believes believed thinks thought considers considered suspects suspected fears feared feels felt assessed " +
			"assesses judged knows knew understood think believe"},
	{cAct | cVerb,
		"accused accuses blamed blames urged urges asked asks called calls criticized criticised criticizes " +
			"condemned condemns ordered orders demanded demands praised praises apologized apologised apologises " +
			"welcomed threatened sued charged indicted"},
	{cVerb, "became began came went took gave got made did won lost led fell rose grew broke brought built bought " +
		"caught chose cost cut drew drove ate felt fought flew forgot froze held hit hurt kept laid left lent let " +
		"lay met paid put quit ran sat saw sold sent set shot shut sang sank spoke spent stood stole struck swept " +
		"swore taught tore threw woke wore withdrew sought hid beat bore sprang spread drank overtook " +
		"overthrew underwent " +
		"undertook outpaced fled dealt " +
		"withheld upheld arose awoke bent blew bled bred crept dug drank fed flung forbade forgave hung " +
		"leapt mistook overcame rang rode rewrote shook shone shrank " +
		"slept slid sped spun split stuck stung strode strove swam " +
		"swung trod wept died tied lied"},
	{cVerb, "makes remains includes wants plans faces comes leads gives takes gets goes seems appears means " +
		"requires allows begins continues keeps holds runs works lives stands represents provides offers uses " +
		"needs depends contains consists follows affects causes costs rises falls grows hopes aims seeks tries " +
		"intends opposes supports belongs owns accounts covers employs produces marks ends starts opens closes plays " +
		"serves exceeds helps puts sits brings leaves concerns relates links ranks tops reaches operates controls " +
		"exists happens occurs involves poses owes"},
	{cPart, "been being done given taken made known seen found shown held sent sold told left lost paid built " +
		"written broken chosen driven fallen stolen struck caught brought thrown led drawn spoken hidden born worn " +
		"kept met put set cut hit"},
	{cSource, "according per"},
	{cReport, "statement report interview speech letter press conference news briefing tweet post announcement " +
		"testimony address filing memo poll survey study"},
	{cRole, "president minister chairman chairwoman chair chief director secretary spokesman spokeswoman " +
		"spokesperson head leader ceo founder candidate governor mayor senator lawmaker representative deputy mp " +
		"judge prosecutor attorney lawyer professor analyst economist expert officer commander general king queen " +
		"prince captain coach manager player striker champion editor journalist reporter author doctor surgeon " +
		"company firm agency group party organization organisation network city town province state capital " +
		"website newspaper magazine club team bank university hospital ministry subsidiary maker virus disease " +
		"village chancellor ambassador envoy commissioner executive member owner son daughter wife husband brother " +
		"sister winner rival actor singer scientist researcher epidemiologist region island river suspect victim " +
		"alliance coalition union"},
	{cTime, "today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday january february " +
		"march april may june july august september october november december week month year morning evening " +
		"night afternoon earlier recently ago last"},
	{cRate, "best worst great terrible wonderful horrible disgraceful shameful exceptional remarkable important " +
		"unfair outrageous disastrous beautiful brilliant impressive excellent awful stunning extraordinary " +
		"dangerous irresponsible historic proud tremendous strong weak bad good"},
	{cPlan, "planned scheduled due expected slated set plans planning intends aims"},
	{cAdding, "adding saying noting claiming stating warning arguing insisting explaining announcing confirming " +
		"alleging telling stressing"},
	{cNoun, "indeed speed need seed feed breed hundred red bed united unprecedented wounded"},
}
