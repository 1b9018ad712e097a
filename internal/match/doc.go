// Package match finds, for a sentence or a claim, the passages of other articles that speak of the same thing, across
// scripts and without a network. Everything rests on keys: names by how they sound, numbers and dates by their value,
// words by the concept a lexicon gives them, and stems inside one script. An Index holds sentences and ranks them for a
// query; Compare checks one claim against one passage; Twins proposes articles that are one text.
//
// A tour of the files:
//
//   - match.go, options.go, jsonl.go: the types, how an index is made, items read from lines of JSON.
//   - scan.go, word.go, unit.go: a text is cut into tokens, words, and units that can be a reason.
//   - sound.go, sound_keys.go, hanzi.go: names by their sound, and characters that Chinese and Japanese share.
//   - stem.go, endings.go, form.go, grams.go, stopwords.go: inflections of one word, shared letters, empty words.
//   - lexicon.go, lexicon_read.go, dictionary.go, trie.go: concepts, those that users add, and the longest form.
//   - index.go, doc_table.go, item_table.go, unit_table.go, packed.go, file.go: the index, how it is packed, and
//     its file.
//   - query.go, exact.go, rank.go, alike.go: a query, and what each part of a score weighs.
//   - sense.go: a third voice, of others: how near sentences are in meaning.
//   - incident.go, surroundings.go: which articles tell of one incident, and what stands around a claim.
//   - compare.go, contradict.go, against.go, figures.go, number.go, negation.go, act.go: what a claim and a passage do
//     not say alike.
//   - terms.go: the terms of a text, for an index that lies elsewhere.
//   - keywords.go, keyword_rows.go, keyword_heads.go: what a text speaks of, in another language; no translation. What
//     a row of the lexicon is called.
//   - same.go: whether two statements are one claim.
//   - origins.go, twins.go, twin_keys.go, shingles.go, agency.go: near-copies, translations and stories of one agency,
//     as articles come in.
//
// The one rule not to break: a hit says why. What adds to a score is a key that can be shown in both scripts.
package match
