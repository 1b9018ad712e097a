// Package deeds knows what each person did last, and takes it back: undo and redo of the desk.
//
// A room notes an act in the Write that does it (Note), and declares once for each kind of act how it is taken back
// (Kind, Service.Register). To take back is an act of its own, with its own events: the room asks the permission and
// the guards again, under the locks of the act, and the history says “took back”. Nothing is ever removed from it.
//
//	deeds.go     the rows, noting them, which is the last
//	back.go      kinds, taking back and doing again
//	versions.go  which versions of an object are alike, because what lay between was taken back
//
// Deeds are the person's alone, in one collection, in the order in which they were done. Only the last that stands is
// taken back, and done again only until another deed. One that others have built on stays, and says what they did.
//
// The one rule not to break: whether a deed can be taken back, and what is answered, follows from what the person may
// see. A review in an open round is nothing that a refusal may tell of.
package deeds
