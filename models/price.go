package models

import (
	"fmt"
	"strconv"
	"strings"
)

// maxPrice is the most that a seat costs a month, in minor units.
const maxPrice = 9_999_999

// ParsePrice reads a price the way people type one, "3.40", "3,40" or "3", into minor units; or says
// what is wrong with it. Thousands are written without a mark, so that no comma can mean two things.
func ParsePrice(text string) (minor int64, wrong string) {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0, "Enter a price, such as 3.40."
	}
	if strings.HasPrefix(text, "-") || strings.HasPrefix(text, "−") {
		return 0, "A price cannot be below zero."
	}
	whole, part, marked := strings.Cut(strings.Replace(text, ",", ".", 1), ".")
	switch {
	case !onlyDigits(whole) || marked && !onlyDigits(part):
		return 0, "Enter a price in digits, such as 3.40, without a currency sign."
	case len(part) > 2:
		return 0, "A price has two decimals, such as 3.40."
	case len(whole) > 5:
		return 0, "Enter a price of at most 99999.99."
	}
	minor, _ = strconv.ParseInt(whole+(part + "00")[:2], 10, 64)
	if minor > maxPrice {
		return 0, "Enter a price of at most 99999.99."
	}
	return minor, ""
}

func onlyDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// plain is the amount as a field takes it: "3.40".
func (m Money) plain() string { return fmt.Sprintf("%d.%02d", m.Minor/100, m.Minor%100) }
