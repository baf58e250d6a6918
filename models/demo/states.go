package demo

import "mooring/models"

// Accounts that stand for a state.
const (
	ScheduledAccount       = "A-20701" // Birch Clinic, from the first of next month
	AwaitingAccount        = "A-20652" // Casa Verde Imóveis, no agents before its first sign-in
	AwaitingCodeAccount    = "A-20702" // Dunlin Freight, on-premise
	EndingAccount          = "A-18766" // Quayside Veterinary Clinic, in four days, does not renew
	GraceAccount           = "A-20703" // Elm Street Bakery, on its twelfth day of grace
	LockedAccount          = "A-20704" // Foxglove Interiors
	EndedAccount           = "A-20705" // Quarry & Sons, agents retained
	SuspendedAccount       = "A-19551" // O’Malley & Daughters
	CancelledAccount       = "A-19873" // Penrose Architects, agents still reporting
	ClosedAccount          = "A-20706" // Marlow Picture Framing
	PurgedAccount          = "A-20707" // Dunmore Fisheries
	ReplacedAccount        = "A-20610" // Sandpiper Leisure, 40 agents still reporting
	SuccessorAccount       = "A-20840" // of Sandpiper Leisure, no agents
	TrialActive            = "A-20711" // Gable & Finch
	TrialEnding            = "A-20712" // Heron Ceramics, nine days left, 11 agents on 10 seats
	TrialOver              = "A-20713" // Old Harbour Books, begun on a 31st, in grace
	LastDayAccount         = "A-20714" // Kauri Surveyors in Auckland, ends today
	LargeAccount           = "A-20088" // Universidad Técnica del Litoral, 1,200 agents
	LastSoon               = "A-20715" // ends on the last day that counts as soon
	NotYetSoon             = "A-20716" // ends a day later
	BergmannAccount        = "A-19904" // on the first version of Endpoint Standard
	CustomerWithoutAccount = "C-1030"  // Juniper Legal, a customer without an account
	ArchivedCustomer       = "C-1031"  // Kingfisher Cafés
	ThreeFamiliesCustomer  = "C-1032"  // Larkspur Holdings, an account of each family
	SandpiperCustomer      = "C-1029"
	BirchClinic            = "C-1021"
	QuarryAndSons          = "C-1025"
	ReplacingProposal      = "PR-5001"
)

// states are companies of which each shows one state of an account.
func states() []company {
	return append(ends(), []company{
		{
			id: BirchClinic, name: "Birch Clinic", city: "Poznań", country: "PL", owner: Maya,
			contact: "Dr Hanna Brzoza", email: "hanna@birchclinic.example",
			holds: []held{{id: ScheduledAccount, plan: Dated, seats: 12, made: "2026-03-03 13:05", begins: "2026-04-01"}},
		},
		{
			id: "C-1022", name: "Dunlin Freight", city: "Rotterdam", country: "NL", zone: "Europe/Amsterdam", owner: Tom,
			contact: "Sjoerd Vink", email: "sjoerd@dunlin.example",
			holds: []held{{id: AwaitingCodeAccount, plan: VaultPlan, seats: 4, made: "2026-03-09 09:20"}},
		},
		{
			id: "C-1026", name: "Gable & Finch", city: "York", country: "GB", zone: "Europe/London", owner: Tom,
			contact: "Rosalind Finch", email: "rosalind@gablefinch.example",
			holds: []held{{id: TrialActive, plan: Trial, seats: 10, fleet: whole(5), begun: "2026-03-03"}},
		},
		{
			id: "C-1027", name: "Heron Ceramics", city: "Stoke-on-Trent", country: "GB", zone: "Europe/London", owner: Maya,
			contact: "Clive Heron", email: "clive@heron.example",
			holds: []held{{id: TrialEnding, plan: Trial, seats: 10, fleet: fleet{total: 11, online: 10}, begun: "2026-02-22"}},
		},
		{
			id: "C-1028", name: "Old Harbour Books", city: "Kraków", country: "PL", owner: Maya,
			contact: "Marta Port", email: "marta@oldharbour.example",
			holds: []held{{id: TrialOver, plan: Trial, seats: 5, fleet: fleet{total: 4, online: 3}, begun: "2026-01-31"}},
		},
		sandpiper(),
		{
			id: CustomerWithoutAccount, name: "Juniper Legal", city: "Wrocław", country: "PL", owner: Maya, since: "2026-03-10 12:00",
			contact: "Jan Jałowiec", email: "jan@juniper.example",
		},
		{
			id: ArchivedCustomer, name: "Kingfisher Cafés", city: "Ghent", country: "BE", zone: "Europe/Brussels", owner: Tom,
			since: "2023-09-14 10:00", archived: "2025-12-01 09:10", contact: "Lies Maes", email: "lies@kingfisher.example",
		},
		{
			id: ThreeFamiliesCustomer, name: "Larkspur Holdings", city: "Dublin", country: "IE", zone: "Europe/Dublin", owner: Maya,
			contact: "Conor Lark", email: "conor@larkspur.example", holds: []held{
				{id: "A-20721", plan: Advanced, seats: 20, fleet: whole(14), begun: "2025-10-06"},
				{id: "A-20722", plan: MailStandard, seats: 25, begun: "2025-10-06"},
				{id: "A-20723", plan: VaultPlan, seats: 3, fleet: whole(2), begun: "2025-11-10"},
			},
		},
	}...)
}

// ends are behind the end of their term, or had none.
func ends() []company {
	return []company{
		{
			id: "C-1023", name: "Elm Street Bakery", city: "Boston", country: "US", zone: "America/New_York", owner: Tom,
			contact: "Wanda Elm", email: "wanda@elmstreet.example",
			holds: []held{{id: GraceAccount, plan: Standard, seats: 10, lapses: true, fleet: fleet{total: 7, online: 6}, begun: "2025-03-01"}},
		},
		{
			id: "C-1024", name: "Foxglove Interiors", city: "Cork", country: "IE", zone: "Europe/Dublin", owner: Maya,
			contact: "Orla Fox", email: "orla@foxglove.example",
			holds: []held{{id: LockedAccount, plan: Standard, seats: 12, lapses: true, fleet: fleet{total: 9, online: 7, quiet: 1}, begun: "2025-01-31"}},
		},
		{
			id: QuarryAndSons, name: "Quarry & Sons", city: "Bath", country: "GB", zone: "Europe/London", owner: Maya,
			contact: "Edwin Quarry", email: "edwin@quarry.example",
			holds: []held{{id: EndedAccount, plan: Standard, seats: 10, lapses: true, fleet: fleet{total: 8, online: 3, quiet: 4}, begun: "2025-02-03", ends: "2025-12-15"}},
		},
		{
			id: "C-1033", name: "Marlow Picture Framing", city: "Marlow", country: "GB", zone: "Europe/London", owner: Tom,
			contact: "Sid Marlow", email: "sid@marlow.example",
			holds: []held{{
				id: ClosedAccount, plan: Basic, seats: 6, fleet: fleet{total: 3, quiet: 3}, begun: "2025-04-07",
				cancelled: "2025-11-28 15:40", closed: "2025-11-28 15:40", why: "The shop closed.",
			}},
		},
		{
			id: "C-1034", name: "Dunmore Fisheries", city: "Waterford", country: "IE", zone: "Europe/Dublin", owner: Tom,
			contact: "Brendan Power", email: "brendan@dunmore.example",
			holds: []held{{id: PurgedAccount, plan: Standard, seats: 9, lapses: true, begun: "2025-02-01", ends: "2025-07-31", purged: "2025-11-03 03:00"}},
		},
		{
			id: "C-1035", name: "Kauri Surveyors", city: "Auckland", country: "NZ", zone: "Pacific/Auckland", owner: Maya,
			contact: "Mere Tane", email: "mere@kauri.example",
			holds: []held{{id: LastDayAccount, plan: Standard, seats: 6, lapses: true, fleet: whole(5), begun: "2025-03-13"}},
		},
	}
}

// sandpiper was reassigned: its agents stayed where they were.
func sandpiper() company {
	return company{
		id: SandpiperCustomer, name: "Sandpiper Leisure Group", city: "Brighton", country: "GB", zone: "Europe/London", owner: Maya,
		contact: "Fay Sandys", email: "fay@sandpiper.example", holds: []held{
			{id: ReplacedAccount, plan: Standard, seats: 45, fleet: fleet{total: 40, online: 38, quiet: 2}, begun: "2025-08-18"},
			{id: SuccessorAccount, plan: Advanced, seats: 45, made: "2026-03-04 11:05", replaces: &proposed{
				id: ReplacingProposal, account: ReplacedAccount, by: Maya, read: "2026-03-04 10:57", why: models.WhySplit,
				note: "The hotel becomes a company of its own in April and wants its own account.",
			}},
		},
	}
}
