package model_test

import (
	"slices"
	"testing"

	"claimbench/internal/model"
	"claimbench/internal/text"
)

// TestOtherWordsDropNoTurn: other words for a claim may leave out where and when it was and what stands between signs,
// and nothing that may turn it round.
func TestOtherWordsDropNoTurn(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		lang, claim, words string
		taken              bool
	}{
		{"en", "The mayor closed two schools in the town on 3 May 2021.",
			"The mayor closed two schools on 3 May 2021", true},
		{"en", "The mayor, a baker by trade, closed two schools.", "The mayor closed two schools", true},
		{"en", "The mayor closed two schools in May.", "The mayor closed two schools", true},
		{"en", "The wife of the president was fined in May.", "The president was fined in May", false},
		{"en", "The ban on fishing for eels was lifted in May.", "Fishing for eels was lifted in May", false},
		{"en", "The deputy mayor of Gdansk resigned in May.", "The mayor of Gdansk resigned in May", false},
		{"en", "Two of the three ministers resigned in May.", "The three ministers resigned in May", false},
		{"en", "Anna Roe, who met Boris Lenk, was arrested in May.", "Boris Lenk was arrested in May", false},
		{"en", "The captain was cleared of steering the ferry onto the rocks.",
			"The captain steering the ferry onto the rocks", false},
		{"en", "The reservoir burst in a drill on Friday.", "The reservoir burst on Friday", false},
		{"en", "Prices of cheese rose by 6 percent and those of wine by 9 percent.",
			"Prices of cheese rose by 9 percent", false},
		{"de", "Der Bürgermeister schloss zwei Schulen im Mai.", "Der Bürgermeister schloss zwei Schulen", true},
		{"de", "Der ehemalige Minister Jan Holm trat im Mai zurück.", "Der Minister Jan Holm trat im Mai zurück",
			false},
		{"fr", "L’ancien maire de Lille a été arrêté en mai.", "Le maire de Lille a été arrêté en mai", false},
		{"fr", "Le maire a fermé deux écoles dans la ville en mai.", "Le maire a fermé deux écoles en mai", true},
		{"fa", "معاون شهردار تهران در ماه مه استعفا داد.", "شهردار تهران در ماه مه استعفا داد", false},
		{"ar", "استقال نائب رئيس البلدية في أيار.", "استقال رئيس البلدية في أيار", false},
		{"ar", "استقال رئيس البلدية في أيار.", "استقال رئيس البلدية", true},
		{"ja", "市長は、5月に、二つの学校を閉鎖した。", "市長は二つの学校を閉鎖した", true},
		{"ja", "副市長の田中一郎は5月に辞任した。", "市長の田中一郎は5月に辞任した", false},
		{"zh", "前市长张伟五月辞职了。", "市长张伟五月辞职了", false},
	} {
		d, r := readingOf(t, x.claim, x.lang)
		whole := text.Span{End: d.Len() - 1}
		c, no, err := r.Claim(t.Context(), model.Offered{Statement: x.words, Span: whole, Beside: true})
		if err != nil {
			t.Fatal(err)
		}
		taken := no == nil && !slices.Contains(c.Reasons, model.OwnWords)
		if taken != x.taken {
			t.Errorf("%s: “%s” for “%s”: taken %v, %v", x.lang, x.words, x.claim, taken, no)
		}
	}
}
