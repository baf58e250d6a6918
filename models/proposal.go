package models

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
	"unicode"
)

// ProposalLife is how long an unused proposal lives, in real time.
const ProposalLife = 15 * time.Minute

// MinNote is the least number of characters of a reason in the actor's own words.
const MinNote = 15

// Proposal is a reassign that has not happened yet: what it would touch and how the portal rules on
// it, as it was shown. It can be agreed to once, for as long as it still says the same.
type Proposal struct {
	ID         string // PR-…
	RootID     string
	PartnerID  string
	CustomerID string
	AccountID  string
	PlanID     string
	PlanNumber int
	Seats      int
	ActorID    string
	ActorName  string
	// NewAccountID is held for this proposal: the id the new account would have.
	NewAccountID string
	Digest       string
	Shown        Shown `gorm:"serializer:json"`
	CreatedAt    time.Time
	ExpiresAt    time.Time
	// What was typed when it was agreed to, and the account that came of it.
	UsedAt   *time.Time
	Why      string
	Note     string
	TypedID  string
	ResultID *string
	// UndoneAt is when the reassign was undone.
	UndoneAt *time.Time
}

// Shown is what a proposal told its reader.
type Shown struct {
	At          time.Time
	Verdict     Verdict
	Headline    string
	Agents      AgentCounts
	PlanName    string
	SeatsBefore int
	EndsOn      Date
	TargetName  string
	TargetPrice Money
	Seats       int
	Monthly     Money
}

// Why a new account is needed: the choices of the form.
const (
	WhySplit = "split"
	WhyWrong = "wrong"
	WhyOther = "other"
)

// WhyWords says a choice in words.
var WhyWords = map[string]string{
	WhySplit: "Part of the customer is becoming a separate company",
	WhyWrong: "This account was set up for the wrong customer",
	WhyOther: "Something else",
}

// Reassignment is the wish to reassign all the same, having seen a proposal.
type Reassignment struct {
	PlanKey    string
	Seats      int
	ProposalID string
	Digest     string // of what was shown
	Why        string
	Note       string
	TypedID    string
	FormKey    string
}

// Digest is a fingerprint of the facts that a proposal rests on, and of the amount. Presence counts
// are not part of it: agents check in all the time.
func (s Situation) Digest(seats int) string {
	ends := ""
	if s.Subscription.EndsAt != nil {
		ends = s.Subscription.EndsAt.UTC().Format(time.RFC3339)
	}
	facts := []any{
		s.Account.ID, s.Account.Version, s.Account.AgentsVersion, s.Account.PartnerID, s.Agents.Total,
		s.Subscription.ID, s.Subscription.Version, s.Subscription.PlanID, s.Subscription.PlanNumber, s.Subscription.Seats, ends,
		s.Terms.PriceMinor, s.Terms.Currency, s.Terms.Policy,
		s.Target.Plan.ID, s.Target.Plan.Current, s.Target.Plan.Version, s.Target.Granted, s.Target.Terms.PriceMinor, s.Target.Terms.Currency,
		seats, s.Terms.Monthly(s.Subscription.Seats), s.Target.Terms.Monthly(seats),
	}
	var b strings.Builder
	for _, f := range facts {
		fmt.Fprintf(&b, "%v\x00", f)
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:])
}

// Shows is the snapshot that a proposal keeps of a situation.
func (s Situation) Shows(r Ruling, seats int) Shown {
	return Shown{
		At: s.Now, Verdict: r.Verdict, Headline: r.Advisory.Headline, Agents: s.Agents,
		PlanName: s.Terms.Name, SeatsBefore: s.Subscription.Seats, EndsOn: s.Subscription.EndsOn,
		TargetName: s.Target.Terms.Name, TargetPrice: s.Target.Terms.Price(), Seats: seats,
		Monthly: s.Target.Terms.Monthly(seats),
	}
}

// Differences says in sentences what changed between two readings of one proposal.
func (before Shown) Differences(after Shown, account string) []string {
	var d []string
	switch n := after.Agents.Total - before.Agents.Total; {
	case n == 1:
		d = append(d, fmt.Sprintf("One more agent joined %s: %d now, %d before.", account, after.Agents.Total, before.Agents.Total))
	case n > 1:
		d = append(d, fmt.Sprintf("%d more agents joined %s: %d now, %d before.", n, account, after.Agents.Total, before.Agents.Total))
	case n == -1:
		d = append(d, fmt.Sprintf("One agent left %s: %d now, %d before.", account, after.Agents.Total, before.Agents.Total))
	case n < -1:
		d = append(d, fmt.Sprintf("%d agents left %s: %d now, %d before.", -n, account, after.Agents.Total, before.Agents.Total))
	}
	if before.PlanName != after.PlanName {
		d = append(d, fmt.Sprintf("The plan is %s now, it was %s.", after.PlanName, before.PlanName))
	}
	if before.SeatsBefore != after.SeatsBefore {
		d = append(d, fmt.Sprintf("The plan has %d seats now, it had %d.", after.SeatsBefore, before.SeatsBefore))
	}
	if before.EndsOn != after.EndsOn {
		d = append(d, "The term ends on another day.")
	}
	if before.TargetPrice != after.TargetPrice {
		d = append(d, fmt.Sprintf("The price of %s changed.", after.TargetName))
	}
	if before.Verdict != after.Verdict || before.Headline != after.Headline && len(d) == 0 {
		d = append(d, fmt.Sprintf("The portal now says: %s.", after.Headline))
	}
	if len(d) == 0 {
		d = append(d, "The account was changed in the meantime.")
	}
	return d
}

// Agreement checks what was typed against what the ruling asks for.
func (r Ruling) Agreement(wish Reassignment, accountID string) error {
	var wrong Complaints
	if r.Asks.Reason {
		if WhyWords[wish.Why] == "" {
			wrong.Add("reason-1", "Choose why a new account is needed")
		}
		if n := len([]rune(strings.TrimSpace(wish.Note))); n < MinNote {
			wrong.Add("note", fmt.Sprintf("Say why in your own words, in at least %d characters", MinNote))
		} else if n > MaxNote {
			wrong.Add("note", fmt.Sprintf("Say why in at most %d characters", MaxNote))
		}
	}
	if r.Asks.TypedID && !SameID(wish.TypedID, accountID) {
		wrong.Add("code", "The account ID does not match. Type "+accountID)
	}
	return wrong.Problem()
}

// SameID compares an id that a person typed: space, case, kinds of dashes and full-width digits make
// no difference. Nothing is never the same.
func SameID(typed, id string) bool {
	typed = foldID(typed)
	return typed != "" && typed == foldID(id)
}

func foldID(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.Is(unicode.Cf, r):
			return -1
		case unicode.Is(unicode.Pd, r), r == '−', r == '－':
			return '-'
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		}
		return unicode.ToUpper(r)
	}, s)
}
