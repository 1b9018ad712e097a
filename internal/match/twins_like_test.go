package match

import (
	"fmt"
	"testing"
)

// TestTwinsLike: a text is compared as one that comes in would be, and nothing of it stays.
func TestTwinsLike(t *testing.T) {
	t.Parallel()
	tw := NewTwins()
	story := "The council of Ghent approved 40 grants on 3 March 2021, the mayor Jan Peeters said on Tuesday. " +
		"Nobody voted " +
		"against it, and the opposition left the hall before the vote, as two people who were there told this paper."
	tw.Add(Item{ID: "1", Lang: "en", Text: story})
	tw.Add(Item{ID: "2", Lang: "en", Text: "The mill at Deinze burned down on Friday night; nobody was hurt, the " +
		"fire brigade said, and the owner wants to build it again within two years."})
	french := "Le conseil de Gand a approuvé 40 subventions le 3 mars 2021, a déclaré mardi le maire Jan Peeters. " +
		"Personne n'a voté contre, et l'opposition a quitté la salle avant le vote."
	docs, keys := len(tw.docs), len(tw.terms.ids)
	for _, c := range []struct {
		it   Item
		want string
	}{
		{Item{ID: "x", Lang: "en", Text: story + " It was a Tuesday."}, "[{1 x copy"},
		{Item{ID: "x", Lang: "fr", Text: french}, "[{1 x translation"},
		{Item{ID: "x", Lang: "en", Text: "A ship left the harbour with nobody on board, and no one knows why it " +
			"sank."}, "[]"},
	} {
		for range 2 { // the same answer again: nothing of the first stays
			if got := fmt.Sprint(tw.Like(c.it)); len(got) < len(c.want) || got[:len(c.want)] != c.want {
				t.Errorf("%s: %s, want %s", c.it.Text[:20], got, c.want)
			}
		}
	}
	if len(tw.docs) != docs || len(tw.terms.ids) != keys || len(tw.terms.df) != keys || len(tw.terms.first) != keys {
		t.Errorf("%d articles and %d keys, %d and %d before", len(tw.docs), len(tw.terms.ids), docs, keys)
	}
	if got := tw.Add(Item{ID: "3", Lang: "fr", Text: french}); len(got) < 2 || len(tw.Of("3")) != 1 {
		t.Errorf("taken in afterwards: %v %v", got, tw.Of("3"))
	}
}
