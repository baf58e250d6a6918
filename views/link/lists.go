package link

import (
	"net/url"

	"mooring/models"
)

// AccountsWhere is the list of accounts as somebody looks at it.
func AccountsWhere(q models.ListQuestion) string { return Accounts() + asked(q) }

// CustomersWhere is the list of customers as somebody looks at it.
func CustomersWhere(q models.ListQuestion) string { return Customers() + asked(q) }

// AccountsFile is the same list of accounts as a file, all its pages in one.
func AccountsFile(q models.ListQuestion) string { return "/accounts.csv" + asked(whole(q)) }

// CustomersFile is the same list of customers as a file, all its pages in one.
func CustomersFile(q models.ListQuestion) string { return "/customers.csv" + asked(whole(q)) }

// AgentsWhere is the list of agents as somebody looks at it.
func AgentsWhere(q models.ListQuestion) string { return Agents() + asked(q) }

// AgentsFile is the same list of agents as a file, all its pages in one.
func AgentsFile(q models.ListQuestion) string { return "/agents.csv" + asked(whole(q)) }

// AccountAgentsWhere is the list of the agents of an account as somebody looks at it.
func AccountAgentsWhere(account string, q models.ListQuestion) string {
	return AccountAgents(account) + asked(q)
}

// AccountAgentsFile is the same as a file, all its pages in one.
func AccountAgentsFile(account string, q models.ListQuestion) string {
	return AccountAgents(account) + ".csv" + asked(whole(q))
}

func whole(q models.ListQuestion) models.ListQuestion {
	q.After, q.Before = "", ""
	return q
}

// asked writes a question into an address. What is as usual is left out.
func asked(q models.ListQuestion) string {
	values := url.Values{}
	set := func(name, value, usual string) {
		if value != usual {
			values.Set(name, value)
		}
	}
	set("view", q.View, "")
	set("q", q.Search, "")
	set("plan", q.Plan, "")
	set("state", q.State.Key(), "")
	set("owner", q.Owner, "")
	set("presence", q.Presence.Key(), "")
	set("customer", q.Customer, "")
	if q.Sort != "" {
		set("sort", string(q.Sort), string(models.ByName))
	}
	set("after", q.After, "")
	set("before", q.Before, "")
	if len(values) == 0 {
		return ""
	}
	return "?" + values.Encode()
}

// Asked reads the question out of an address.
func Asked(values url.Values) models.ListQuestion {
	return models.ListQuestion{
		View: values.Get("view"), Search: values.Get("q"), Plan: values.Get("plan"), State: models.StateOf(values.Get("state")),
		Presence: models.PresenceOf(values.Get("presence")), Customer: values.Get("customer"),
		Owner: values.Get("owner"), Sort: models.Sort(values.Get("sort")), After: values.Get("after"), Before: values.Get("before"),
	}
}
