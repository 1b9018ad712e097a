package worth

// OneIn is the share of the rows that are drawn by lot, whatever they are worth, so that a list never narrows to what
// people liked before: one row in ten.
const OneIn = 10

// ByLot says whether a row is drawn by lot. Row n of a list, from 0, counts on from the decisions before it: so a row
// stays what it is when those above it are decided.
func ByLot(decided, n int) bool { return (decided+n)%OneIn == OneIn-1 }

// Lots is how many lots there are; a lot is from 0 to Lots−1. No two numbers below it have the same lot.
const Lots = 1 << lotBits

const lotBits = 53

// LotOf is the lot of a candidate. It depends on its number only, and tells nothing of what it says.
func LotOf(candidate int64) int64 { return int64(mix(uint64(candidate))) }

// FirstLot is the lot at which the draws of a collection begin on a day (counted from 1970). The order goes up from
// there and round, so it is another one every day, and the same one all day.
func FirstLot(collection int64, day int) int64 {
	return int64(mix(mix(uint64(collection)) + uint64(day)))
}

// Round is how far a lot is from the first one, going up and round, from 1 to Lots.
func Round(first, lot int64) int64 { return (lot-first+Lots)%Lots + 1 }

// mix shuffles the numbers below Lots, so that neighbours come to lie anywhere: each step can be undone, so no two come
// to the same. (The steps are those of SplitMix64 by Steele, Lea and Flood, 2014, on fewer bits.)
func mix(x uint64) uint64 {
	const all = Lots - 1
	x = (x + 0x9e3779b97f4a7c15) & all
	x = (x ^ x>>27) * 0xbf58476d1ce4e5b9 & all
	x = (x ^ x>>24) * 0x94d049bb133111eb & all
	return x ^ x>>28
}
