package format

import (
	"strings"

	"mooring/models"
)

// before are the currencies whose sign stands before the amount.
var before = map[string]string{"EUR": "€", "GBP": "£", "USD": "$", "JPY": "¥", "INR": "₹"}

// after are those whose sign follows it.
var after = map[string]string{"PLN": "zł", "CZK": "Kč"}

// Money is an amount with its currency: "€105.00", "−€65.00", "105.00 zł", "CHF 105.00". The space inside
// does not break.
func Money(m models.Money) string { return dressed(m, amount(m.Minor)) }

// MoneyRound leaves out decimals that say nothing: "€18,940", but "€2.10".
func MoneyRound(m models.Money) string { return dressed(m, strings.TrimSuffix(amount(m.Minor), ".00")) }

// amount is the size of the sum; whoever dresses it writes the sign.
func amount(minor int64) string {
	whole, part := minor/100, minor%100
	if part < 0 {
		part = -part
	}
	return strings.TrimPrefix(grouped(whole), "−") + "." + string([]byte{'0' + byte(part/10), '0' + byte(part%10)})
}

func dressed(m models.Money, amount string) string {
	sign := ""
	if m.Minor < 0 {
		sign = "−"
	}
	switch {
	case before[m.Currency] != "":
		return sign + before[m.Currency] + amount
	case after[m.Currency] != "":
		return sign + amount + "\u00a0" + after[m.Currency]
	case m.Currency == "":
		return sign + amount
	}
	return sign + m.Currency + "\u00a0" + amount
}
