package demo

// More accounts that stand for something.
const (
	ModifyOnlyAccount  = "A-20731" // Ivy & Oak, whose plan refuses to be reassigned
	DatedAccount       = "A-20732" // Jasper Mills
	InstantAccount     = "A-20733" // Kestrel Hill Farm
	AmericanAccount    = "A-20734" // Lakeshore Imaging, data in the US, five agents not seen for more than a month
	RetiredPlanAccount = "A-20735" // Mossgate Stables, on Endpoint Basic
	LockedPlanAccount  = "A-20736" // Nettle & Thyme, on Endpoint Lite
	OverAmber          = "A-20741" // 51 agents on 50 seats, 102 %
	OverRed            = "A-20742" // 28 on 25, 112 %
	ExactlyFull        = "A-20743" // 20 on 20
	ExactlyTenOver     = "A-20744" // 22 on 20, 110 %
	OneAgent           = "A-20745"
	NoAgents           = "A-20746" // active
	NoneOnline         = "A-20747" // four agents, none of them online
)

// boundaries are companies of which each stands at the edge of a rule.
func boundaries() []company {
	return append(seats(), []company{
		{
			id: "C-1036", name: "Lagoon Textiles", city: "Lagos", country: "NG", zone: "Africa/Lagos", owner: Tom,
			contact: "Ifeoma Obi", email: "ifeoma@lagoon.example",
			holds: []held{{id: LastSoon, plan: Standard, seats: 20, fleet: whole(11), begun: "2025-05-11"}},
		},
		{
			id: "C-1037", name: "Mandarin Bay Ferries", city: "Hong Kong", country: "HK", zone: "Asia/Hong_Kong", owner: Tom,
			contact: "Kit Lau", email: "kit@mandarinbay.example",
			holds: []held{{id: NotYetSoon, plan: Standard, seats: 20, fleet: whole(10), begun: "2025-05-12"}},
		},
		{
			id: "C-1038", name: "Ivy & Oak Estate Agents", city: "Oxford", country: "GB", zone: "Europe/London", owner: Maya,
			contact: "Tamsin Oak", email: "tamsin@ivyoak.example",
			holds: []held{{id: ModifyOnlyAccount, plan: Fixed, seats: 16, fleet: whole(13), begun: "2025-09-22"}},
		},
		{
			id: "C-1039", name: "Jasper Mills", city: "Calgary", country: "CA", zone: "America/Edmonton", owner: Tom,
			contact: "Neil Jasper", email: "neil@jaspermills.example",
			holds: []held{{
				id: DatedAccount, plan: Dated, seats: 14, fleet: fleet{total: 12, online: 12, named: quieted()}, made: "2025-07-21 18:00", begun: "2025-08-01",
				before: 12, raised: "2026-03-10 15:12",
			}},
		},
		{
			id: "C-1040", name: "Kestrel Hill Farm", city: "Hereford", country: "GB", zone: "Europe/London", owner: Tom,
			contact: "Bertie Hill", email: "bertie@kestrelhill.example",
			holds: []held{{id: InstantAccount, plan: Instant, seats: 5, fleet: whole(3), made: "2025-12-04 11:20", begun: "2025-12-04 11:20"}},
		},
		{
			id: "C-1041", name: "Lakeshore Imaging", city: "Chicago", country: "US", zone: "America/Chicago", owner: Maya,
			contact: "Dana Whitlock", email: "dana@lakeshore.example",
			holds: []held{{id: AmericanAccount, plan: AdvancedUS, seats: 30, fleet: fleet{total: 26, online: 20, quiet: 6, idle: 5}, begun: "2025-10-14"}},
		},
		{
			id: "C-1043", name: "Mossgate Stables", city: "Newmarket", country: "GB", zone: "Europe/London", owner: Tom,
			contact: "Polly Moss", email: "polly@mossgate.example",
			holds: []held{{id: RetiredPlanAccount, plan: Basic, seats: 6, fleet: whole(4), begun: "2024-11-05", ends: "2026-11-04"}},
		},
		{
			id: "C-1044", name: "Nettle & Thyme", city: "Aarhus", country: "DK", zone: "Europe/Copenhagen", owner: Tom,
			contact: "Signe Timian", email: "signe@nettlethyme.example",
			holds: []held{{id: LockedPlanAccount, plan: Lite, seats: 7, fleet: whole(6), begun: "2025-08-26"}},
		},
	}...)
}

// seats are full, overfull or empty.
func seats() []company {
	return []company{
		{
			id: "C-1045", name: "Orchard Primary School", city: "Kent", country: "GB", zone: "Europe/London", owner: Maya,
			contact: "Beth Orchard", email: "beth@orchard.example",
			holds: []held{{id: OverAmber, plan: Standard, seats: 50, fleet: fleet{total: 51, online: 49, quiet: 1}, begun: "2025-08-04"}},
		},
		{
			id: "C-1046", name: "Pilgrim Tyres", city: "Santiago", country: "CL", zone: "America/Santiago", owner: Maya,
			contact: "Rocío Peregrino", email: "rocio@pilgrim.example",
			holds: []held{{id: OverRed, plan: Standard, seats: 25, fleet: fleet{total: 28, online: 27}, begun: "2025-10-20"}},
		},
		{
			id: "C-1047", name: "Quince Dairy", city: "Łódź", country: "PL", owner: Tom,
			contact: "Ewa Pigwa", email: "ewa@quince.example",
			holds: []held{{id: ExactlyFull, plan: Standard, seats: 20, fleet: whole(20), begun: "2025-11-12"}},
		},
		{
			id: "C-1048", name: "Rookery Garden Centre", city: "Norwich", country: "GB", zone: "Europe/London", owner: Tom,
			contact: "Alan Rook", email: "alan@rookery.example",
			holds: []held{{id: ExactlyTenOver, plan: Standard, seats: 20, fleet: fleet{total: 22, online: 20}, begun: "2025-12-02"}},
		},
		{
			id: "C-1049", name: "Solo Upholstery", city: "Turin", country: "IT", zone: "Europe/Rome", owner: Tom,
			contact: "Pia Solo", email: "pia@solo.example",
			holds: []held{{id: OneAgent, plan: Standard, seats: 1, fleet: whole(1), begun: "2025-09-30"}},
		},
		{
			id: "C-1050", name: "Thistle Removals", city: "Perth", country: "GB", zone: "Europe/London", owner: Tom,
			contact: "Ewan Thistle", email: "ewan@thistle.example",
			holds: []held{{id: NoAgents, plan: Standard, seats: 10, begun: "2026-02-25"}},
		},
		{
			id: "C-1051", name: "Umber Pottery", city: "Seville", country: "ES", zone: "Europe/Madrid", owner: Maya,
			contact: "Lola Ocre", email: "lola@umber.example",
			holds: []held{{id: NoneOnline, plan: Standard, seats: 6, fleet: fleet{total: 4, quiet: 2, never: 1}, begun: "2025-09-08"}},
		},
	}
}
