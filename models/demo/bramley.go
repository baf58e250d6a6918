package demo

import "mooring/models"

// The customer of the story, its accounts, and the account that a reassign would make.
const (
	Bramley          = "C-1042"
	BramleyAccount   = "A-20418"
	BramleyMail      = "A-20419"
	BramleySuccessor = "A-20977"
)

// bramley has 42 agents on 50 seats: 37 online, 4 quiet, 1 never seen.
func bramley() company {
	return company{
		id: Bramley, name: "Bramley Dental Group", city: "London", country: "GB", zone: "Europe/London",
		address: [3]string{"14 Marchmont Row", "Greater London", "WC1N 1AB"},
		owner:   Maya, contact: "Dr Helen Bramley", email: "helen@bramley.example", login: Helen, ref: "88123",
		note:  "Practice opens a third surgery in May. Expect 8 to 10 more seats. Call Helen, not the front desk.",
		since: "2025-06-02 16:12",
		holds: []held{{
			id: BramleyAccount, plan: Standard, seats: 50, before: 45, raised: "2026-02-18 10:03",
			maker: Tom, made: "2025-06-02 16:30", begun: "2025-06-03 08:47", ends: "2026-11-30",
			fleet: fleet{total: 42, online: 37, quiet: 4, never: 1, named: bramleyDevices()},
			events: []models.Event{{
				Kind: models.AgentEnrolled, At: at("2026-03-10 14:22"),
				ActorID: "G-204180042", ActorName: "SERVER-NEW", ActorRole: models.RoleAgent, Door: "agents",
				Detail: models.Detail{Device: "SERVER-NEW", Agents: 1},
			}},
		}, {
			id: BramleyMail, plan: MailStandard, seats: 45,
			made: "2025-06-02 16:41", begun: "2025-06-03 08:47", ends: "2026-11-30",
		}},
	}
}

// bramleyDevices are the agents in the order of a fleet: the online, the quiet, the never seen.
func bramleyDevices() []device {
	const pc, laptop, server = "Windows 11 24H2", "Windows 11 23H2", "Windows Server 2022"
	var all []device
	some := func(group, os, version string, names ...string) {
		for _, n := range names {
			all = append(all, device{name: n, group: group, os: os, version: version})
		}
	}
	all = append(all, device{name: "SURGERY1-PC", group: "Clinical", os: pc, version: "14.0.2", seen: "2026-03-12 09:40"})
	some("Clinical", pc, "14.0.2", "SURGERY2-PC", "SURGERY4-PC", "SURGERY5-PC", "SURGERY6-PC", "SURGERY7-PC",
		"SURGERY8-PC", "HYGIENE1-PC", "HYGIENE2-PC", "HYGIENE3-PC", "STERILE-PC", "XRAY-CAPTURE", "SCAN-3D", "LAB-PC", "ORTHO-PC")
	some("Reception", pc, "14.0.2", "FRONTDESK-01", "FRONTDESK-03", "FRONTDESK-04", "WAITING-KIOSK", "PHONES-PC",
		"OFFICE-01", "OFFICE-02", "OFFICE-03", "BILLING-PC", "MANAGER-PC")
	some("Mobile", laptop, "14.0.1", "LAPTOP-HB-01", "LAPTOP-JT-14", "LAPTOP-KS-22", "LAPTOP-MO-37", "LAPTOP-PD-40",
		"LAPTOP-RW-58", "LAPTOP-SN-63", "LAPTOP-TV-70")
	some("Servers", server, "14.0.2", "SERVER-FILES", "SERVER-IMAGES", "SERVER-PRACTICE", "SERVER-PRINT")
	return append(all,
		device{name: "FRONTDESK-02", group: "Reception", os: pc, version: "14.0.2", seen: "2026-02-27 17:52"},
		device{name: "XRAY-VIEW", group: "Clinical", os: pc, version: "13.4.9", seen: "2026-02-24 18:05"},
		device{name: "SURGERY3-PC", group: "Clinical", os: pc, version: "14.0.2", seen: "2026-03-02 16:31"},
		device{name: "LAPTOP-AB-91", group: "Mobile", os: laptop, version: "14.0.1", seen: "2026-03-04 08:14"},
		device{name: "SERVER-NEW", group: "Servers", os: server, version: "14.0.2", enrolled: "2026-03-10 14:22"},
	)
}
