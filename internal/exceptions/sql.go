package exceptions

import (
	"fmt"
	"strings"

	"claimbench/internal/store"
)

// Each question gives the columns of Row, in any order of rows, with “{in:COLUMN}” where the collections are asked for.
// A question is one SELECT, or some joined by UNION ALL; ask.go puts the page around it.

// shown writes the columns of a question: the missing ones are zero.
func shown(given string) string {
	have := map[string]string{"k": "0", "s": "0", "at": "0", "collection_id": "0", "object": "''", "claim_id": "0",
		"set_id": "0", "who_id": "0", "other_id": "0", "was": "''", "becomes": "''", "took": "0", "event": "0"}
	for part := range strings.SplitSeq(given, ";") {
		name, expr, _ := strings.Cut(strings.TrimSpace(part), "=")
		have[name] = expr
	}
	out := make([]string, 0, len(order))
	for _, name := range order {
		expr := have[name]
		if expr == "0" {
			expr = "CAST(0 AS BIGINT)"
		}
		out = append(out, expr+" AS "+name)
	}
	return "SELECT " + strings.Join(out, ", ") + " "
}

var order = []string{"k", "s", "at", "collection_id", "object", "claim_id", "set_id", "who_id", "other_id", "was",
	"becomes", "took", "event"}

// ever is a condition on the row as it is now, for a question of the past: whatever was so is so still, so that an
// index of what is exceptional today finds it. It says nothing of now. alias is what the question calls the table.
func ever(table, alias, cond string) string {
	return "{ever:" + alias + ".id IN (SELECT " + alias + ".id FROM {itself}" + table + " " + alias + " WHERE " + cond +
		")}"
}

// printed joins the frozen sets that a claim stands in.
const printed = "JOIN claim_set_claims sc ON sc.claim_id = c.id JOIN claim_sets s ON s.id = sc.set_id AND " +
	"s.frozen_at IS NOT NULL "

func verdictChanged(*store.Rx) string {
	return shown("k=rd.id; s=s.id; at=d.decided_at; collection_id=c.collection_id; claim_id=c.id; set_id=s.id; "+
		"who_id=d.adjudicator_id; other_id=d.approver_id; was=p.verdict; becomes=d.verdict") +
		"FROM review_rounds rd JOIN decisions d ON d.round_id = rd.id JOIN claims c ON c.id = d.claim_id " + printed +
		"JOIN decisions p ON p.id = (SELECT MAX(b.id) FROM decisions b WHERE b.claim_id = c.id AND " +
		"b.approved_at <= s.frozen_at) WHERE rd.n > 1 AND d.decided_at >= s.frozen_at AND d.id > p.id AND " +
		"p.verdict <> d.verdict AND {in:c.collection_id}"
}

func reopened(*store.Rx) string {
	return shown("k=e.seq; s=s.id; at=e.at; collection_id=c.collection_id; claim_id=c.id; set_id=s.id; "+
		"who_id=e.user_id; event=e.seq") +
		"FROM events e JOIN claims c ON c.id = CAST(substr(e.object, 7) AS BIGINT) " + printed +
		"WHERE e.action = 'claim.reopened' AND e.at >= s.frozen_at AND {in:e.collection_id}"
}

// ownApproval is the condition of the index decisions_own: the approver is among those whose reviews were counted.
const ownApproval = "replace(replace(replace(d.counted, '[', ','), ']', ','), " +
	"',' || CAST(d.approver_id AS TEXT) || ',', '') <> replace(replace(d.counted, '[', ','), ']', ',')"

func samePerson(*store.Rx) string {
	of := func(s int, what, who, at string) string {
		return shown(fmt.Sprintf("k=d.id; s=CAST(%d AS BIGINT); at=%s; collection_id=c.collection_id; claim_id=c.id; "+
			"who_id=%s; was='%s'", s, at, who, what)) +
			"FROM decisions d JOIN claims c ON c.id = d.claim_id WHERE {in:c.collection_id} AND "
	}
	return of(1, "adjudicated what they had reviewed", "d.adjudicator_id", "d.decided_at") +
		"d.adjudicator_id IS NOT NULL AND EXISTS (SELECT 1 FROM reviews r WHERE r.reviewer_id = d.adjudicator_id AND " +
		"r.claim_id = d.claim_id AND r.round_id = d.round_id) UNION ALL " +
		of(2, "approved what they had adjudicated", "d.approver_id", "d.approved_at") +
		"d.adjudicator_id IS NOT NULL AND d.approver_id = d.adjudicator_id UNION ALL " +
		of(3, "approved as the only reviewer", "d.approver_id", "d.approved_at") +
		ever("decisions", "d", ownApproval) + ownApproval + " AND d.counted NOT LIKE '%,%'"
}

func reviewerApproved(*store.Rx) string {
	return shown("k=d.id; at=d.approved_at; collection_id=c.collection_id; claim_id=c.id; who_id=d.approver_id") +
		"FROM decisions d JOIN claims c ON c.id = d.claim_id WHERE " +
		ever("decisions", "d", ownApproval) + ownApproval +
		" AND d.counted LIKE '%,%' AND {in:c.collection_id}"
}

func hastyApproval(*store.Rx) string {
	return shown("k=d.id; at=d.approved_at; collection_id=c.collection_id; claim_id=c.id; who_id=d.adjudicator_id; "+
		"other_id=d.approver_id; becomes=d.verdict; took=d.approved_at - d.decided_at") +
		"FROM decisions d JOIN claims c ON c.id = d.claim_id WHERE " +
		ever("decisions", "d", "d.approved_at - d.decided_at < 60000000") +
		"d.approved_at - d.decided_at < 60000000 AND " +
		"{in:c.collection_id}"
}

// overruled begins with the rounds in which somebody could be: CROSS JOIN keeps that order on SQLite.
func overruled(*store.Rx) string {
	return shown("k=rd.id; s=r.id; at=d.decided_at; collection_id=c.collection_id; claim_id=c.id; "+
		"who_id=r.reviewer_id; other_id=d.adjudicator_id; was=r.verdict; becomes=d.verdict") +
		"FROM review_rounds rd CROSS JOIN decisions d CROSS JOIN reviews r JOIN claims c ON c.id = rd.claim_id WHERE " +
		ever("review_rounds", "rd", "rd.rule = 'majority' OR rd.outcome = 'in_conflict'") +
		"(rd.rule = 'majority' OR rd.outcome = 'in_conflict') AND d.round_id = rd.id AND r.round_id = rd.id AND " +
		"r.superseded_at IS NULL AND r.verdict <> d.verdict AND {in:c.collection_id}"
}

func advisedReviews(*store.Rx) string {
	return shown("k=r.id; at=r.submitted_at; collection_id=c.collection_id; claim_id=c.id; who_id=r.reviewer_id; "+
		"was=r.advice; becomes=r.verdict") +
		"FROM reviews r JOIN claims c ON c.id = r.claim_id WHERE r.advice <> '[]' AND {in:c.collection_id}"
}

func advisedDecisions(*store.Rx) string {
	return shown("k=d.id; at=d.decided_at; collection_id=c.collection_id; claim_id=c.id; who_id=d.adjudicator_id; "+
		"was=d.advice; becomes=d.verdict") +
		"FROM decisions d JOIN claims c ON c.id = d.claim_id WHERE d.advice <> '[]' AND {in:c.collection_id}"
}

// field takes a field of the row that an event left.
func field(r *store.Rx, name string) string {
	if r.Dialect() == store.Postgres {
		return "(CAST(e.row_after AS JSONB) ->> '" + name + "')"
	}
	return "json_extract(e.row_after, '$." + name + "')"
}

// newRole asks the first event of the holder in that role: those of their other roles in between are passed over.
func newRole(r *store.Rx) string {
	return shown("k=e.seq; at=f.at; collection_id=e.collection_id; object=e.object; who_id=f.user_id; "+
		"other_id=e.user_id; becomes=f.role; took=f.at - e.at; event=f.seq") +
		"FROM events e CROSS JOIN events f WHERE e.action = 'role.granted' AND f.seq = (SELECT MIN(n.seq) FROM " +
		"events n WHERE n.user_id = CAST(" + field(r, "user") + " AS BIGINT) AND n.seq > e.seq AND n.role = " +
		field(r, "role") + " AND (e.collection_id = 0 OR n.collection_id = e.collection_id)) AND " +
		"f.at - e.at < 3600000000 AND {in:e.collection_id}"
}

// countedIn is true of a person whose review a decision counted. Decisions of an earlier program do not say: then of
// everybody whose review stands.
func countedIn(person string) string {
	return "(d.counted = '[]' OR replace(replace(d.counted, '[', ','), ']', ',') LIKE '%,' || CAST(" + person +
		" AS TEXT) || ',%')"
}

// belowQuorum begins with the people who are disabled now, who are few. A review that was stale when the claim was
// decided is no vote, neither of who left nor of who stayed.
func belowQuorum(r *store.Rx) string {
	yes, no := "1", "0"
	if r.Dialect() == store.Postgres {
		yes, no = "TRUE", "FALSE"
	}
	left := "(SELECT COUNT(*) FROM reviews o JOIN users ou ON ou.id = o.reviewer_id WHERE o.round_id = rd.id AND " +
		"o.superseded_at IS NULL AND ou.enabled = " + yes + " AND " + countedIn("o.reviewer_id") + ")"
	return shown("k=d.id; s=u.id; at=d.decided_at; collection_id=c.collection_id; claim_id=c.id; who_id=u.id; "+
		"was=CAST(rd.quorum AS TEXT); becomes=CAST("+left+" AS TEXT)") +
		"FROM users u CROSS JOIN reviews r JOIN review_rounds rd ON rd.id = r.round_id " +
		"JOIN decisions d ON d.round_id = rd.id JOIN claims c ON c.id = d.claim_id AND c.round = rd.n " +
		"WHERE u.enabled = " + no + " AND r.reviewer_id = u.id AND r.superseded_at IS NULL AND " +
		"d.adjudicator_id IS NULL AND " + countedIn("u.id") + " AND " + left + " < rd.quorum AND {in:c.collection_id}"
}

// ownEvidence asks what was said of a review when it was submitted, which is the condition of the index reviews_own.
func ownEvidence(*store.Rx) string {
	return shown("k=r.id; at=r.submitted_at; collection_id=c.collection_id; claim_id=c.id; who_id=r.reviewer_id; "+
		"becomes=r.verdict") +
		"FROM reviews r JOIN claims c ON c.id = r.claim_id WHERE r.own_only = TRUE AND r.superseded_at IS NULL AND " +
		"{in:c.collection_id}"
}

// machineWords asks of claims the events, for a claim that is reopened is open from another moment on; the condition is
// that of the index events_at_once. An accepted bracket is in the events an edit as any other, so the proposals are
// asked. A candidate that a person reworded before is in their words. Both parts go by moments, the one with numbers of
// events, the other with numbers of proposals behind them: the last bit tells them apart.
func machineWords(r *store.Rx) string {
	opened, added := "CAST("+field(r, "opened_at")+" AS BIGINT)", "CAST("+field(r, "added_at")+" AS BIGINT)"
	return shown("k=e.at; s=e.seq * 2; at=e.at; collection_id=e.collection_id; claim_id=CAST(substr(e.object, 7) AS "+
		"BIGINT); who_id=e.user_id; was='claim'; took="+opened+" - "+added+"; event=e.seq") +
		"FROM events e WHERE e.action = 'candidate.accepted' AND " + field(r, "words_version") + " = '1' AND " +
		opened + " - " + added + " < 5000000 AND {in:e.collection_id} UNION ALL " +
		shown("k=p.settled_at; s=p.id * 2 + 1; at=p.settled_at; collection_id=c.collection_id; claim_id=c.id; "+
			"who_id=p.settled_by; was='bracket'; took=p.settled_at - p.made_at") +
		"FROM proposals p JOIN claims c ON c.id = p.claim_id WHERE p.kind = 'bracket' AND p.fate = 'accepted' AND " +
		"p.settled_at - p.made_at < 5000000 AND p.settled_at <= {now} AND {in:c.collection_id}"
}

func takenDown(*store.Rx) string { return anEvent("article.taken_down") }

func protectedSource(*store.Rx) string {
	return shown("k=p.id; s=s.id; at=s.frozen_at; collection_id=p.collection_id; object='evidence:' || ev.id; "+
		"claim_id=ev.claim_id; set_id=s.id; who_id=p.protected_by; was=CASE WHEN p.protected_at < s.frozen_at THEN "+
		"'printed as protected' ELSE 'printed openly, protected since' END") +
		"FROM protections p JOIN evidence ev ON ev.id = p.evidence_id JOIN claim_set_claims sc ON " +
		"sc.claim_id = ev.claim_id JOIN claim_sets s ON s.id = sc.set_id AND s.frozen_at IS NOT NULL WHERE " +
		"ev.linked_at <= s.frozen_at AND (ev.unlinked_at IS NULL OR ev.unlinked_at >= s.frozen_at) AND " +
		"p.protected_at <= {now} AND {in:p.collection_id}" +
		protectedArticle("1000000000000 + c.id", "claims c ON c.article_id = +ap.article_id "+
			"JOIN claim_set_claims sc ON sc.claim_id = c.id", "c.id", "'article:' || ap.article_id") +
		protectedArticle("2000000000000 + ev.id", "evidence ev ON ev.article_id = +ap.article_id "+
			"JOIN claim_set_claims sc ON sc.claim_id = ev.claim_id AND ev.unlinked_at IS NULL",
			"ev.claim_id", "'evidence:' || ev.id")
}

// protectedArticle are the rows of protected articles: of claims of them, and of evidence that is a passage of one. The
// plus in the joins keeps SQLite from coming to the few protections by way of all that was printed.
func protectedArticle(k, join, claim, object string) string {
	return " UNION ALL " + shown("k="+k+"; s=s.id; at=s.frozen_at; collection_id=ap.collection_id; object="+object+
		"; claim_id="+claim+"; set_id=s.id; who_id=ap.protected_by; was=CASE WHEN ap.protected_at < s.frozen_at THEN "+
		"'printed as protected' ELSE 'printed openly, protected since' END") +
		"FROM article_protections ap JOIN " + join + " JOIN claim_sets s ON s.id = sc.set_id AND " +
		"s.frozen_at IS NOT NULL WHERE ap.protected_at <= {now} AND {in:ap.collection_id}"
}

// notInCapture names nobody: who captured a document of a claim may be reviewing it.
func notInCapture(*store.Rx) string {
	return shown("k=cp.id; at=cp.kept_at; collection_id=cp.collection_id; object='evidence:' || ev.id; "+
		"claim_id=ev.claim_id") +
		"FROM captures cp JOIN evidence ev ON ev.id = cp.evidence_id WHERE cp.found = 'not_found' AND " +
		"cp.state = 'kept' AND ev.unlinked_at IS NULL AND ev.protected = '' AND NOT EXISTS (SELECT 1 FROM captures n " +
		"WHERE n.evidence_id = cp.evidence_id AND n.id > cp.id) AND {in:cp.collection_id}"
}

func erased(*store.Rx) string { return anEvent("text.erased") }

func anEvent(action string) string {
	return shown("k=e.seq; at=e.at; collection_id=e.collection_id; object=e.object; who_id=e.user_id; event=e.seq") +
		"FROM events e WHERE e.action = '" + action + "' AND {in:e.collection_id}"
}

// checkpointGap measures from the first event that the checkpoint before does not cover; the last row, when there is
// one, is what is not signed yet.
func checkpointGap(*store.Rx) string {
	gap := func(from, size, at string) string {
		return shown("k="+size+"; at="+at+"; was=CAST("+from+" + 1 AS TEXT); becomes=CAST("+size+" AS TEXT); "+
			"took="+at+" - e.at") + "FROM %s JOIN events e ON e.seq = " + from + " + 1 WHERE (" + size + " - " + from +
			" > 1000 OR " + at + " - e.at > 86400000000) AND {in:e.collection_id}"
	}
	before := "COALESCE((SELECT MAX(b.size) FROM checkpoints b WHERE b.size < c.size), 0)"
	newest := "COALESCE((SELECT MAX(b.size) FROM checkpoints b), 0)"
	return fmt.Sprintf(gap(before, "c.size", "c.at"), "checkpoints c") + " UNION ALL " +
		fmt.Sprintf(gap(newest, "h.size", "{now}"), "log_head h")
}
