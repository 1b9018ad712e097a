// Package model asks a language model, where there is one: one server that speaks the chat completions of OpenAI
// (Ollama, llama.cpp, vLLM, or a vendor). It is off unless somebody gives an address, and knows no database.
//
// A tour of the files:
//
//   - client.go, send.go: Options and Client; the one address that is reached, pauses, silence, limits of size.
//   - chat.go, stream.go: a question and its answer, streamed or whole; what is no answer.
//   - models.go: the models that a server has, and vectors of words.
//   - prompts.go and prompts/: what is asked, in files with versions.
//   - anchor.go: finds short words that a model gives in the text, by a ladder that gives way in no letter or digit.
//   - windows.go, breakdown.go: a text → candidates, in two questions a window of sentences.
//   - judge.go, denials.go: what of an answer is taken, and why the rest is refused.
//   - voices.go, gloss.go, gloss_check.go, order.go: what is asked of single claims: their words in another language,
//     and in which order passages are read.
//   - check.go: what a server can do.
//
// The one rule not to break: nothing that a model writes is a quotation. The words of a claim are those of the text
// at a span that code found; what cannot be found, or says more or other than its words, is refused with the reason.
package model
