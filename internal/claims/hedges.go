package claims

import "claimbench/internal/term"

// Hedge is the name that the extractor gives to words that keep a claim from being plain. People may write others.
type Hedge string

// Hedges say in one sentence what each hedge of the extractor means for the claim that carries it.
var Hedges = term.New("hedge",
	hedge("alleged", "somebody says so of others; it is not shown"),
	hedge("suspected", "somebody suspects it; it is not shown"),
	hedge("denied", "the one named denies that it is so"),
	hedge("not denied", "the one asked did not deny it, which does not say that it is so"),
	hedge("negated", "the sentence says that it is not so, or that nobody said it"),
	hedge("not confirmed", "the one asked would not confirm it, or nobody has confirmed it"),
	hedge("unknown", "the sentence says that nobody knows it yet"),
	hedge("no evidence", "the sentence says that there is no evidence of it"),
	hedge("failed", "it was tried and not reached"),
	hedge("attempted", "it was tried; the sentence does not say that it was reached"),
	hedge("almost", "it came close, and did not happen or has not happened yet"),
	hedge("prevented", "somebody or something kept it from happening"),
	hedge("false", "the sentence reports it as false, and does not say it itself"),
	hedge("doubted", "somebody doubts that it is so"),
	hedge("asked", "it is a question, not a statement"),
	hedge("conditional", "it holds only when something else does"),
	hedge("counterfactual", "it would have been so, had something else been so; it was not"),
	hedge("as if", "it is a comparison; the sentence does not say that it is so"),
	hedge("planned", "somebody plans it; it has not happened"),
	hedge("threatened", "somebody threatens it; it has not happened"),
	hedge("promised", "somebody promises it; it has not happened"),
	hedge("hoped", "somebody hopes or wishes it; it has not happened"),
	hedge("demanded", "somebody demands or recommends it; it has not happened"),
	hedge("except", "it is an exception: what holds of the others does not hold of this"),
	hedge("rumoured", "it is a rumour; nobody stands for it"),
	hedge("reported", "others report it; the article does not say it itself"),
	hedge("satire", "it comes from satire, a joke or a tale, and is not meant as true"),
	hedge("possible", "it may be so; the sentence does not say that it is"),
	hedge("likely", "it is held to be likely, not certain"),
	hedge("about", "the figure is not exact"),
	hedge("more than", "the figure is a lower bound"),
	hedge("less than", "the figure is an upper bound"),
	hedge("part of", "it holds of a part only"),
)

func hedge(name, about string) term.Term[Hedge] {
	return term.Term[Hedge]{Name: Hedge(name), Word: name, About: about}
}

// AboutHedge says what a hedge means, "" for one that a person wrote in words of their own.
func AboutHedge(name string) string {
	t, _ := Hedges.Of(Hedge(name))
	return t.About
}
