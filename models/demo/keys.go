package demo

import (
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// accountIDs are the accounts that the demo begins with.
var accountIDs = sync.OnceValue(func() map[string]bool {
	ids := map[string]bool{}
	for _, a := range base().Accounts {
		ids[a.ID] = true
	}
	return ids
})

// NewAccountID is the id that the demo holds for a reassign of one of its accounts: A-20977 for
// Bramley's. It holds none for an account that came later.
func NewAccountID(replacing string) (string, bool) {
	if replacing == BramleyAccount {
		return BramleySuccessor, true
	}
	if !accountIDs()[replacing] {
		return "", false
	}
	n, err := strconv.Atoi(digits(replacing))
	return fmt.Sprintf("A-%d", n+20_000), err == nil
}

// enrolmentKey is the key of an account, in five groups of letters and digits.
func enrolmentKey(accountID string) string {
	const letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
	sum := sha256.Sum256([]byte("mooring demo key " + accountID))
	groups := make([]string, 5)
	for i := range groups {
		var g []byte
		for _, b := range sum[i*5 : i*5+5] {
			g = append(g, letters[int(b)%len(letters)])
		}
		groups[i] = string(g)
	}
	return strings.Join(groups, "-")
}

// digits is an id without its letter.
func digits(id string) string { return id[strings.Index(id, "-")+1:] }
