package history

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"mooring/models"
	"mooring/views/format"
)

func created(e models.Event) (string, string) {
	text := "Account generated"
	switch {
	case e.Detail.Other != "" && e.ProposalID != "":
		text += " by a reassign of " + e.Detail.Other + ","
	case e.Detail.Other != "":
		text += " in place of " + e.Detail.Other + ","
	case e.ProposalID != "":
		text += " by a reassign,"
	}
	return "", text + withPlan(e)
}

func replaced(e models.Event) (string, string) {
	d := e.Detail
	text := "Reassigned to " + planOf(e) + ": account " + d.Other + " was generated, "
	if d.Agents == 0 {
		return "", text + "no agent was here"
	}
	return "", text + format.Count(d.Agents, "agent", "agents") + " stayed here"
}

func assigned(e models.Event) (string, string) {
	text := planOf(e) + " assigned"
	if e.Detail.Seats > 0 {
		text += ", " + seats(e.Detail.Seats)
	}
	if e.Detail.EndsOn != "" {
		text += ", to " + format.DayLong(e.Detail.EndsOn)
	}
	return "", text
}

var ways = map[models.Activation]string{
	models.FirstSignIn: " on first sign-in",
	models.OnDate:      " on its start date",
	models.AtOnce:      " at once",
	models.ByCode:      " by code",
}

func activated(e models.Event) (string, string) {
	return "", "Activated" + ways[models.Activation(e.Detail.Why)]
}

// modified says all that one modification changed in one sentence.
func modified(e models.Event) (string, string) {
	d := e.Detail
	var parts []string
	if d.PlanBefore != "" {
		parts = append(parts, "plan "+d.PlanBefore+" → "+d.Plan)
	}
	if d.Before != 0 {
		parts = append(parts, "seats "+format.Number(d.Before)+" → "+format.Number(d.Seats)+onPlan(d))
	}
	if d.EndedOn != "" {
		parts = append(parts, "end date "+format.DayLong(d.EndedOn)+" → "+format.DayLong(d.EndsOn))
	}
	if d.Renews != nil {
		parts = append(parts, renewal(*d.Renews))
	}
	if len(parts) == 0 {
		return "", planOf(e) + " modified"
	}
	return "", capital(strings.Join(parts, ", "))
}

// onPlan names the plan, unless the same sentence just did.
func onPlan(d models.Detail) string {
	if d.PlanBefore != "" || d.Plan == "" {
		return ""
	}
	return " on " + d.Plan
}

func renewal(renews bool) string {
	if renews {
		return "renews by itself from now on"
	}
	return "no longer renews by itself"
}

func renewed(e models.Event) (string, string) {
	if e.Detail.EndsOn == "" {
		return "", "Term renewed"
	}
	return "", "Term renewed to " + format.DayLong(e.Detail.EndsOn)
}

func swapped(e models.Event) (string, string) {
	return "", "Plan " + e.Detail.PlanBefore + " → " + planOf(e) + " before the first activation; the account stayed"
}

// withPlan says what an account began with.
func withPlan(e models.Event) string {
	text := " with " + planOf(e)
	if e.Detail.Seats > 0 {
		text += ", " + seats(e.Detail.Seats)
	}
	return text
}

func seats(n int) string { return format.Count(n, "seat", "seats") }

func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}
