// Package desk says what one person may see, and what they may do, at one moment. It is the floor between the record
// rooms and the doors: pages, JSON and the key bar are all made from what it answers, so that they cannot disagree.
//
// The contract, which holds for every method of Desk:
//
//   - One snapshot. A method opens one store.Read and answers from it: two parts of a page never speak of two moments.
//     What needs time outside the database (an index of passages that is not caught up) is waited for between two
//     looks, never inside one.
//   - Withheld, veiled and unnumbered here, and nowhere else. Words of an article that was taken down, reviews of a
//     round that is open, and numbers that would tell how many came before are taken out before an answer leaves this
//     package. A door shows everything that it is given.
//   - What may be done is asked here, once: acts.go holds the permission and the room's guard of every act. A door asks
//     Acts.Has, and no policy; a service asks the policy and the same guard again when the act comes.
//   - Bounded. An answer costs a number of statements that does not grow with the data, and no list is without an end.
//   - Plain. No echo, no gorm, no HTML, no status code: values in, values and faults out. An object of a collection
//     that the actor does not read is fault.NotFound, as one that was never there.
//
// A tour of the files: desk.go is Desk and the look that every method takes at the database; frame.go what stands
// around every page; acts.go what may be done with a claim; the api files the JSON types, apart from the rows
// (api_answer.go lists what a door may send). Every other file is one page, or one family of pages, by its name.
//
// The one rule not to break: a method that shows something new takes it from the look it has. It opens no second
// one, and it calls no service that opens one.
package desk
