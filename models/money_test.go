package models_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"mooring/models"
)

func euros(minor int64) models.Money { return models.Money{Minor: minor, Currency: "EUR"} }

func TestAMonthlyAmountByDays(t *testing.T) {
	for _, c := range []struct {
		monthly int64
		days    int
		want    int64
	}{
		{65_00, 263, 562_03}, // the difference of €780.00 a year
		{65_00, 365, 780_00},
		{65_00, 0, 0},
		{0, 263, 0},
		{365, 1, 12},
		{1, 15, 0},  // 0.493
		{1, 16, 1},  // 0.526
		{73, 5, 12}, // exactly 12
		{365, 0, 0}, // nothing for no days
		{1825, 1, 60},
		{210 * models.MaxSeats, 3650, 25199_974_800}, // ten years of the largest number of seats
		{math.MaxInt64 / 120, 3650, math.MaxInt64 / 120 * 120},
	} {
		if got := euros(c.monthly).ForDays(c.days); got != euros(c.want) {
			t.Errorf("%d for %d days: %d, want %d", c.monthly, c.days, got.Minor, c.want)
		}
		if got := euros(-c.monthly).ForDays(c.days); got != euros(-c.want) {
			t.Errorf("%d for %d days: %d, want %d", -c.monthly, c.days, got.Minor, -c.want)
		}
		if got := euros(c.monthly).ForDays(-c.days); got != euros(-c.want) {
			t.Errorf("%d for %d days: %d, want %d", c.monthly, -c.days, got.Minor, -c.want)
		}
	}
}

// Against the definition: twice the distance to the true value is at most one unit, and a half goes up.
func TestRoundingIsHalfUpOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.Int64Range(0, 1_000_000_000).Draw(t, "monthly")
		days := rapid.IntRange(0, 3650).Draw(t, "days")

		got := euros(m).ForDays(days).Minor

		if off := 2 * (got*365 - m*12*int64(days)); off <= -365 || off > 365 {
			t.Errorf("%d for %d days: %d", m, days, got)
		}
	})
}

func TestAHalfIsRoundedUp(t *testing.T) {
	// Half a unit needs an even denominator, which 365 has not: the nearest from both sides.
	for monthly, want := range map[int64]int64{182: 6, 183: 6, 15: 0, 16: 1, 45: 1, 46: 2} {
		if got := euros(monthly).ForDays(1).Minor; got != want {
			t.Errorf("%d for a day: %d, want %d", monthly, got, want)
		}
	}
}

func TestAmountsOfOneCurrencyAddUp(t *testing.T) {
	none := models.Money{}
	for _, c := range []struct {
		got, want models.Money
	}{
		{euros(1050).Plus(euros(50)), euros(1100)},
		{euros(50).Minus(euros(1050)), euros(-1000)},
		{euros(210).Times(models.MaxSeats), euros(209_999_790)},
		{euros(7).Times(0), euros(0)},
		{none.Plus(euros(7)), euros(7)},
		{euros(7).Minus(none), euros(7)},
		{none.Minus(euros(7)), euros(-7)},
		{none.Plus(none), none},
	} {
		if c.got != c.want {
			t.Errorf("%+v, want %+v", c.got, c.want)
		}
	}
}

func TestAmountsOfTwoCurrenciesDoNotAddUp(t *testing.T) {
	dollars := models.Money{Minor: 1, Currency: "USD"}
	for name, work := range map[string]func(){
		"plus":  func() { euros(1).Plus(dollars) },
		"minus": func() { euros(1).Minus(dollars) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s gave an answer", name)
				}
			}()
			work()
		}()
	}
}

func TestWhatAPlanCosts(t *testing.T) {
	if got := standard.Price(); got != euros(210) {
		t.Errorf("a seat costs %+v", got)
	}
	if got := standard.Monthly(50); got != euros(105_00) {
		t.Errorf("50 seats cost %+v", got)
	}
}
