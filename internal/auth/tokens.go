package auth

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// TokenID is an access token of a program.
type TokenID int64

// What tokens begin with, so that those who look for secrets in code and logs find them.
const (
	PersonalPrefix = "cbp_"
	MachinePrefix  = "cbm_"
)

const (
	// TokenDays is how many days a token lives at most.
	TokenDays = 365
	// maxTokens bounds the tokens of one person that are not ended.
	maxTokens    = 20
	maxTokenName = 100 // code points
)

// tokenShape is a prefix and 256 random bits in base64.
var tokenShape = regexp.MustCompile(`^cb[pm]_[A-Za-z0-9_-]{43}$`)

// LooksLikeToken says that a value has the shape of a token: it must not stand in an address.
func LooksLikeToken(value string) bool { return tokenShape.MatchString(strings.TrimSpace(value)) }

type tokenRow struct {
	ID        TokenID      `gorm:"column:id;primaryKey"`
	UserID    UserID       `gorm:"column:user_id"`
	Name      string       `gorm:"column:name"`
	Hash      []byte       `gorm:"column:hash"`
	Scopes    string       `gorm:"column:scopes"`
	ReadsOnly bool         `gorm:"column:reads_only"`
	MadeBy    UserID       `gorm:"column:made_by"`
	MadeAt    store.Micros `gorm:"column:made_at"`
	ExpiresAt store.Micros `gorm:"column:expires_at"`
	SeenDay   string       `gorm:"column:seen_day"`
	EndedAt   store.Micros `gorm:"column:ended_at"`
	Version   int64        `gorm:"column:version"`
}

func (tokenRow) TableName() string { return "tokens" }

func (r tokenRow) object() string { return fmt.Sprintf("token:%d", r.ID) }

// fields are what the history guards of a token: neither its hash nor when it was used.
func (r tokenRow) fields() history.Fields {
	return history.Fields{"user": decimal(r.UserID), "scopes": r.Scopes, "reads_only": bit(r.ReadsOnly),
		"made_by": decimal(r.MadeBy), "made_at": decimal(r.MadeAt), "expires_at": decimal(r.ExpiresAt),
		"ended_at": decimal(r.EndedAt), "version": decimal(r.Version)}
}

// Token is an access token as its owner sees it. What it is itself is shown once, when it is made.
type Token struct {
	ID        TokenID
	UserID    UserID
	Name      string
	Scopes    []Grant // what of the person's roles it may use; none of a machine's
	ReadsOnly bool
	MadeAt    store.Micros
	ExpiresAt store.Micros
	SeenDay   string // the day of its last use, YYYY-MM-DD, UTC; "" never
	EndedAt   store.Micros
	Version   int64
}

func (r tokenRow) token() Token {
	return Token{r.ID, r.UserID, r.Name, scopesOf(r.Scopes), r.ReadsOnly, r.MadeAt, r.ExpiresAt, r.SeenDay, r.EndedAt,
		r.Version}
}

// Acting is the token by which somebody acts in a request.
type Acting struct {
	ID        TokenID
	Name      string
	ReadsOnly bool
	Machine   bool
}

// scopesText is a list of grants as it is kept: role:collection, in one order.
func scopesText(all []Grant) string {
	out := make([]string, len(all))
	for i, g := range all {
		out[i] = string(g.Role) + ":" + decimal(g.Collection)
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), ",")
}

func scopesOf(kept string) (out []Grant) {
	for one := range strings.SplitSeq(kept, ",") {
		role, in, _ := strings.Cut(one, ":")
		if n, err := strconv.ParseInt(in, 10, 64); err == nil {
			out = append(out, Grant{Role(role), CollectionID(n)})
		}
	}
	return out
}

// Covers says that somebody who holds grants may do whatever another grant allows: it is the same role or one that an
// editor has, too, in the same collection or everywhere.
func Covers(held []Grant, g Grant) bool {
	return slices.ContainsFunc(held, func(h Grant) bool {
		return (h.Role == g.Role || h.Role == Editor && g.Role == Reviewer) &&
			(h.Collection == 0 || h.Collection == g.Collection)
	})
}

// NewToken is a token to be made.
type NewToken struct {
	Name      string  // for its owner, to know it by
	Scopes    []Grant // at least one, each covered by what the owner holds
	ReadsOnly bool    // it changes nothing
	Days      int     // how long it lives, 1 to TokenDays
}

func (n *NewToken) check(held []Grant) error {
	var c fault.Collect
	checkTokenName(&c, &n.Name)
	checkDays(&c, n.Days)
	if len(n.Scopes) == 0 {
		c.Add("scope", "Say what of your roles the token may use. One that may use none is of no use.")
	}
	for _, g := range n.Scopes {
		if !Covers(held, g) {
			c.Add("scope", "You are not %s %s, so no token of yours can be.", g.Role, whereOf(g.Collection))
		}
	}
	return c.Err()
}

func checkTokenName(c *fault.Collect, name *string) {
	*name = strings.TrimSpace(*name)
	if err := text.CheckTyped("name", *name); err != nil {
		c.Add("name", "%s.", err)
	} else if n := utf8.RuneCountInString(*name); n == 0 || n > maxTokenName {
		c.Add("name", "Give the token a name of 1 to %d characters, to know it by.", maxTokenName)
	}
}

func checkDays(c *fault.Collect, days int) {
	if days < 1 || days > TokenDays {
		c.Add("days", "A token lives for 1 to %d days.", TokenDays)
	}
}

// byHand refuses what only a person at a browser or a command may do: a token makes no tokens.
func byHand(a Actor) error {
	if a.Token != nil {
		return fault.New(fault.Forbidden, "A token cannot do this. Sign in and do it yourself.")
	}
	return nil
}

// MakeToken makes a token of the actor's own. The secret is given here and nowhere else.
func (s *Service) MakeToken(ctx context.Context, a Actor, n NewToken) (secret string, t Token, err error) {
	defer fault.In(&err, "auth.MakeToken()")
	if a.UserID == 0 {
		return "", Token{}, fault.New(fault.Unauthenticated, "Sign in first.")
	}
	if err := byHand(a); err != nil {
		return "", Token{}, err
	}
	if err := n.check(a.Grants); err != nil {
		return "", Token{}, err
	}
	secret = PersonalPrefix + newToken()
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := lockUser(tx, a.UserID); err != nil {
			return err
		}
		var open int64
		if err := tx.Gorm().Model(&tokenRow{}).Where("user_id = ? AND ended_at = 0 AND expires_at > ?", a.UserID,
			tx.Now()).Count(&open).Error; err != nil {
			return err
		}
		if open >= maxTokens {
			return fault.New(fault.Conflict, "You have %d tokens already. End one that you do not use.", open)
		}
		t, err = addToken(tx, a.Who(""), secret, tokenRow{UserID: a.UserID, Name: n.Name, MadeBy: a.UserID,
			Scopes: scopesText(n.Scopes), ReadsOnly: n.ReadsOnly}, n.Days)
		return err
	})
	if err != nil {
		return "", Token{}, err
	}
	return secret, t, nil
}

func addToken(tx *store.Tx, who history.Who, secret string, row tokenRow, days int) (Token, error) {
	row.Hash, row.MadeAt, row.Version = tokenHash(secret), tx.Now(), 1
	row.ExpiresAt = row.MadeAt + store.Micros((time.Duration(days) * 24 * time.Hour).Microseconds())
	if err := tx.Gorm().Create(&row).Error; err != nil {
		return Token{}, err
	}
	_, err := history.Append(tx, who, history.Event{Action: "token.made", Object: row.object(), After: row.fields(),
		Texts: history.Texts{"name": row.Name}})
	return row.token(), err
}

// EndToken ends a token: one's own, or anybody's by an admin. One that is ended already is fault.Conflict, another
// person's fault.NotFound.
func (s *Service) EndToken(ctx context.Context, a Actor, id TokenID) (t Token, err error) {
	defer fault.In(&err, "auth.EndToken(%d)", id)
	if err := byHand(a); err != nil {
		return Token{}, err
	}
	who, admin := a.Who(""), false
	if w, err := s.policy.May(a, ThingUser, Write, 0); err == nil {
		who, admin = w, true
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		var row tokenRow
		if err := store.Take(tx.Lock(), &row, "such token", "id = ?", id); err != nil {
			return err
		}
		if row.UserID != a.UserID && !admin {
			return fault.New(fault.NotFound, "There is no such token.")
		}
		if row.EndedAt != 0 {
			return fault.New(fault.Conflict, "This token is ended already.")
		}
		t, err = endToken(tx, who, row)
		return err
	})
	return t, err
}

func endToken(tx *store.Tx, who history.Who, row tokenRow) (Token, error) {
	before, was := row.fields(), row.Version
	row.EndedAt, row.Version = tx.Now(), was+1
	res := tx.Gorm().Model(&tokenRow{}).Where("id = ? AND version = ?", row.ID, was).Updates(map[string]any{
		"ended_at": row.EndedAt, "version": row.Version})
	if err := store.Changed(res, "this token"); err != nil {
		return Token{}, err
	}
	_, err := history.Append(tx, who, history.Event{Action: "token.ended", Object: row.object(), Before: before,
		After: row.fields()})
	return row.token(), err
}

// endTokens ends all tokens of a person who is shut out, so that they do not come to life with them again.
func endTokens(tx *store.Tx, who history.Who, of UserID) error {
	var rows []tokenRow
	if err := tx.Lock().Where("user_id = ? AND ended_at = 0", of).Order("id").Find(&rows).Error; err != nil {
		return err
	}
	for _, r := range rows {
		if _, err := endToken(tx, who, r); err != nil {
			return err
		}
	}
	return nil
}

// tokensShown is how many tokens of one person are listed, the newest first.
const tokensShown = 50

// TokensOf lists the tokens of a person, the newest first, at most 50. It asks no permission.
func TokensOf(rx *store.Rx, of UserID) ([]Token, error) {
	var rows []tokenRow
	err := rx.Gorm().Where("user_id = ?", of).Order("id DESC").Limit(tokensShown).Find(&rows).Error
	out := make([]Token, len(rows))
	for i, r := range rows {
		out[i] = r.token()
	}
	return out, err
}

// bearer is one row of what a request asks about its token: one for each grant of its user, or one without.
type bearer struct {
	ID                 TokenID
	Name               string
	Scopes, SeenDay    string
	ReadsOnly          bool
	ExpiresAt, EndedAt store.Micros
	UserID             UserID
	UserName, Display  string
	Enabled            bool
	Reads              string
	Role               *Role
	CollectionID       *CollectionID
	OwnerEnabled       *bool
	Collections        *string
}

const bearerQuery = `SELECT t.id, t.name, t.scopes, t.seen_day, t.reads_only, t.expires_at, t.ended_at, t.user_id,
	u.name AS user_name, u.display, u.enabled, u.reads, g.role, g.collection_id, o.enabled AS owner_enabled,
	m.collections
	FROM tokens t JOIN users u ON u.id = t.user_id LEFT JOIN role_grants g ON g.user_id = u.id
	LEFT JOIN machines m ON m.user_id = u.id LEFT JOIN users o ON o.id = m.owner_id
	WHERE `

// ResumeToken finds who comes with a token, with those of their roles that it may use and they hold now. A token that
// is unknown, ended or expired, or whose person is disabled, is fault.Unauthenticated, with words.
func (s *Service) ResumeToken(ctx context.Context, token string) (a Actor, err error) {
	defer fault.In(&err, "auth.ResumeToken()")
	if !tokenShape.MatchString(token) {
		return Actor{}, fault.New(fault.Unauthenticated, "This is no token of the workbench. One begins with %s or %s.",
			PersonalPrefix, MachinePrefix)
	}
	var rows []bearer
	err = s.db.Read(ctx, func(rx *store.Rx) (err error) {
		rows, err = store.Select[bearer](rx, bearerQuery+"t.hash = ? ORDER BY g.id", tokenHash(token))
		return err
	})
	if err != nil {
		return Actor{}, err
	}
	if len(rows) == 0 {
		return Actor{}, fault.New(fault.Unauthenticated, "This token is not known here. Make another.")
	}
	now := s.db.Now()
	if err := rows[0].alive(now); err != nil {
		return Actor{}, err
	}
	a = actorOf(rows)
	if today := day(now); rows[0].SeenDay != today {
		s.tokenSeen(ctx, a.Token.ID, today)
	}
	return a, nil
}

// actorOf is who comes with a token, with those of their roles that it may use and they hold now.
func actorOf(rows []bearer) Actor {
	a := rows[0].actor()
	for _, r := range rows {
		if r.Collections == nil && r.Role != nil && r.CollectionID != nil {
			a.Grants = append(a.Grants, Grant{*r.Role, *r.CollectionID})
		}
	}
	if !a.Token.Machine {
		a.Grants = within(scopesOf(rows[0].Scopes), a.Grants)
	}
	return a
}

// within are those of a token's scopes that its owner still holds.
func within(scopes, held []Grant) []Grant {
	return slices.DeleteFunc(scopes, func(g Grant) bool { return !Covers(held, g) })
}

func (b bearer) alive(now store.Micros) error {
	switch {
	case !b.Enabled, b.OwnerEnabled != nil && !*b.OwnerEnabled:
		return fault.New(fault.Unauthenticated, "Whoever answers for this token is disabled, so it lets nobody in.")
	case b.EndedAt != 0:
		return fault.New(fault.Unauthenticated, "This token was ended on %s. Make another.", day(b.EndedAt))
	case b.ExpiresAt <= now:
		return fault.New(fault.Unauthenticated, "This token expired on %s. Make another.", day(b.ExpiresAt))
	}
	return nil
}

func (b bearer) actor() Actor {
	a := Actor{UserID: b.UserID, Name: b.UserName, Display: b.Display, Via: history.API, Reads: languagesOf(b.Reads),
		Token: &Acting{ID: b.ID, Name: b.Name, ReadsOnly: b.ReadsOnly, Machine: b.Collections != nil}}
	if b.Collections != nil {
		a.Grants = machineGrants(*b.Collections)
	}
	return a
}

// day is the day of a moment, UTC.
func day(at store.Micros) string { return cmp.Or(at.String(), "0000-00-00T")[:10] }

// tokenSeen notes the day on which a token is used. It may fail: the next request notes it.
func (s *Service) tokenSeen(ctx context.Context, id TokenID, today string) {
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		return tx.Gorm().Model(&tokenRow{}).Where("id = ?", id).Update("seen_day", today).Error
	})
	if err != nil {
		s.log.Warn("the last use of a token was not noted", "err", err)
	}
}
