package portal

import (
	"crypto/rand"
	"math/big"
	"strings"
)

// IDs makes ids. They are short, say what they are, and cannot be guessed from one another.
type IDs interface {
	// New makes an id such as S-7K3Q9XW2.
	New(prefix string) string
	// Successor is the id of the account that a reassign would generate in place of another.
	Successor(accountID string) string
}

// Prefixes of ids.
const (
	partnerID      = "P"
	userID         = "U"
	customerID     = "C"
	contactID      = "K"
	accountID      = "A"
	subscriptionID = "S"
	agentID        = "G"
	planID         = "N"
	proposalID     = "PR"
	uploadID       = "I"
	carryID        = "CR"
)

// letters of ids and keys leave out what is easily mistaken: 0 and O, 1, I and L.
const letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

// RandomIDs are made from the system's randomness: eight characters, 40 bits.
type RandomIDs struct{}

// New makes a random id.
func (RandomIDs) New(prefix string) string { return prefix + "-" + randomText(8) }

// Successor makes a random account id.
func (RandomIDs) Successor(string) string { return accountID + "-" + randomText(8) }

func randomText(n int) string {
	var b strings.Builder
	for range n {
		i, err := rand.Int(rand.Reader, big.NewInt(int64(len(letters))))
		if err != nil {
			panic("portal: no randomness: " + err.Error())
		}
		b.WriteByte(letters[i.Int64()])
	}
	return b.String()
}
