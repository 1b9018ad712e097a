package extract

import "strings"

// Who states something where their name follows it, or stands beside another: "…という説明を、Xが繰り返した",
// "…だと、Xが語った", "AとB、Cは".

// jaHeldBy say that a view is held: "専門家の間では…との見方が多い".
var jaHeldBy = newWordSet(`多い 多く 多数 大勢 支配的 強い 強く 主流 一般的 有力 出て 出始め 聞かれ`)

// amongBefore says whether the clause before i names those among whom something is said.
func (j *jaParse) amongBefore(i int) bool {
	t, name := j.topic(0, i)
	return t > 0 && name != "" && j.among(t) > 0
}

// objectOf gives where the を of the noun of saying at i stands, or where it would.
func (j *jaParse) objectOf(i int) int {
	return find(i, min(i+9, j.end), func(k int) bool { return j.r[k] == 'を' })
}

// stater names who states the noun whose を stands at of, where they follow it: "…という説明を、県の担当者が繰り返した". It
// gives where the verb begins, 0 for none.
func (j *jaParse) stater(of int) (string, int) {
	if letter(j.r, of) != 'を' {
		return "", 0
	}
	from := j.opening(of + 1)
	end := j.comma(from, j.end)
	for i := from + 2; i < end && i < from+24; i++ {
		if (j.r[i] == 'が' || j.r[i] == 'は') && j.nounEnd(i) && !j.in[i] {
			last := min(i+12, end)
			at := find(i+1, last, func(k int) bool { return anyAt(j.r, k, jaStates) })
			if at == last {
				return "", 0
			}
			return string(j.r[from:i]), at
		}
	}
	return "", 0
}

// laterSubject gives where the verb of saying begins where a comma and who says it follow と at i: "…だと、病院を訪ねた
// 長男が報道陣に語った". It gives 0 where there is none.
func (j *jaParse) laterSubject(i int) int {
	if letter(j.r, i+1) != '、' || !finiteEnd(j.r, i) && letter(j.r, i-1) != '」' {
		return 0
	}
	end := min(j.comma(i+2, j.end), i+50)
	for k := i + 4; k < end; k++ {
		if j.in[k] || j.r[k] != 'が' && j.r[k] != 'は' || !j.nounEnd(k) {
			continue
		}
		if !j.speaks(string(j.r[j.nounStart(k):k])) {
			return 0
		}
		for v := k + 1; v < end && v < k+14; v++ {
			if strings.ContainsRune("をとはが", j.r[v]) && !j.in[v] {
				return 0
			}
			if anyAt(j.r, v, jaSay) && (v == k+1 || isJoint(j.r[v-1])) {
				return v
			}
		}
		return 0
	}
	return 0
}

// joint says whether [from,c) is a first speaker and the office of a second, whose name follows the comma:
// "市長の小川玲子氏と商工会議所の会頭、平野武氏は".
func (j *jaParse) joint(from, c int) bool {
	and := find(from+1, c, func(i int) bool { return j.r[i] == 'と' && !j.in[i] && anyEnds(j.r, i, jaRole) })
	return and < c && c-and <= 20 && anyEnds(j.r, c, jaTrades) && find(and+1, c, func(i int) bool {
		return !isNounLetter(j.r[i]) && j.r[i] != 'の' && !j.in[i]
	}) == c
}
