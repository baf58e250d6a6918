package demo

import "mooring/models"

// The accounts of Vinegar Yard Studios: two of its computers were set up anew in the second one, and hold a
// seat in both.
const (
	DoubledCustomer = "C-1071"
	DoubledAccount  = "A-20792" // replaced last autumn; its agents are quiet
	DoublingAccount = "A-20862"
)

func vinegarYard() company {
	again := func(name, group, old string) device {
		return device{name: name, group: group, os: "Windows 11 24H2", version: "14.0.2", fingerprint: "device-20792-" + old}
	}
	return company{
		id: DoubledCustomer, name: "Vinegar Yard Studios", city: "Bristol", country: "GB", zone: "Europe/London", owner: Tom,
		contact: "Jess Cooper", email: "jess@vinegaryard.example", holds: []held{
			{id: DoubledAccount, plan: Standard, version: 1, seats: 8, fleet: fleet{total: 5, quiet: 5}, begun: "2024-09-09", ends: "2026-09-08"},
			{
				id: DoublingAccount, plan: Advanced, seats: 10, made: "2025-11-17 10:02", begun: "2025-11-17 11:20",
				fleet: fleet{total: 6, online: 6, named: []device{again("EDIT-01", "Editing", "1"), again("SOUND-02", "Sound", "3")}},
				replaces: &proposed{
					id: "PR-5003", account: DoubledAccount, by: Maya, read: "2025-11-17 09:52", why: models.WhyOther,
					note: "The studio installs all its computers anew and wants to begin with an empty account.",
				},
			},
		},
	}
}
