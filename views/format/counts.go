package format

import (
	"strconv"
	"strings"
)

// Number writes thousands apart: 6482 is "6,482".
func Number(n int) string { return grouped(int64(n)) }

// Bounded writes a count that stopped at a bound: "999", and "1,000+" when there are more.
func Bounded(n int, more bool) string {
	if more {
		return Number(n) + "+"
	}
	return Number(n)
}

// Count is a number with its noun: "1 agent", "42 agents", "0 agents".
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Number(n) + " " + many
}

// Plural is the noun alone.
func Plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// Of is "42 of 50".
func Of(part, whole int) string { return Number(part) + " of " + Number(whole) }

// Bytes is a size of a file: "812 bytes", "34 KB", "1.4 MB".
func Bytes(n int64) string {
	const kb, mb, gb = 1 << 10, 1 << 20, 1 << 30
	switch {
	case n < kb:
		return Count(int(n), "byte", "bytes")
	case n < mb:
		return strconv.FormatInt((n+kb/2)/kb, 10) + " KB"
	case n < gb:
		return tenths(n, mb) + " MB"
	}
	return tenths(n, gb) + " GB"
}

func tenths(n, unit int64) string {
	return strings.TrimSuffix(strconv.FormatFloat(float64(n)/float64(unit), 'f', 1, 64), ".0")
}

func grouped(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "−", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}
