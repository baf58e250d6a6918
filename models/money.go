package models

import (
	"fmt"
	"math/big"
)

// Money is an amount in minor units of its currency: 1050 EUR is €10.50.
// Every currency of the portal has two decimals.
type Money struct {
	Minor    int64
	Currency string // ISO 4217, upper case
}

// Times is the amount n times over.
func (m Money) Times(n int64) Money { return Money{m.Minor * n, m.Currency} }

// Plus adds an amount of the same currency.
func (m Money) Plus(o Money) Money { return Money{m.Minor + o.Minor, m.currencyWith(o)} }

// Minus subtracts an amount of the same currency.
func (m Money) Minus(o Money) Money { return Money{m.Minor - o.Minor, m.currencyWith(o)} }

func (m Money) currencyWith(o Money) string {
	if m.Currency == "" {
		return o.Currency
	}
	if o.Currency != "" && o.Currency != m.Currency {
		panic(fmt.Sprintf("models: %s and %s do not add up", m.Currency, o.Currency))
	}
	return m.Currency
}

// ForDays is what a monthly amount comes to for so many days of a year of 365 days:
// amount × 12 × days / 365, rounded half away from zero, once.
func (m Money) ForDays(days int) Money {
	n := new(big.Int).Mul(big.NewInt(m.Minor), big.NewInt(int64(12*days)*2))
	n.Add(n, big.NewInt(int64(365*sign(m.Minor)*sign(int64(days)))))
	return Money{n.Quo(n, big.NewInt(2*365)).Int64(), m.Currency}
}

func sign(n int64) int {
	if n < 0 {
		return -1
	}
	return 1
}
