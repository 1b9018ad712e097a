package claims

// ProfileOf is what a candidate shows.
var ProfileOf = profileOf
