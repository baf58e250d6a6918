package demo

// Customers and accounts that Halden must never see: one beside it, one in another tree.
const (
	TidewaterCustomer = "C-2001" // Coral Street Books
	TidewaterAccount  = "A-21001"
	KestrelCustomer   = "C-3001" // Ferncliff Observatory
	KestrelAccount    = "A-22001"
)

func tidewater() []company {
	return []company{
		{
			id: TidewaterCustomer, name: "Coral Street Books", city: "Brest", country: "FR", zone: "Europe/Paris", owner: Callum,
			contact: "Yann Corail", email: "yann@coralstreet.example", ref: "88123",
			holds: []held{{id: TidewaterAccount, plan: Standard, seats: 15, fleet: whole(11), begun: "2025-06-16"}},
		},
		{
			id: "C-2002", name: "Drummond Whisky Cask Traders", city: "Oban", country: "GB", zone: "Europe/London", owner: Noor,
			contact: "Morag Drummond", email: "morag@drummond.example",
			holds: []held{{id: "A-21002", plan: Elite, seats: 10, fleet: whole(8), begun: "2025-11-03"}},
		},
		{
			id: "C-2003", name: "Bramley Dental Group", city: "Hull", country: "GB", zone: "Europe/London", owner: Callum,
			contact: "Percy Bramley", email: "percy@bramleyhull.example",
			holds: []held{{id: "A-21003", plan: Advanced, seats: 6, fleet: whole(4), begun: "2025-12-15"}},
		},
	}
}

func kestrel() []company {
	return []company{
		{
			id: KestrelCustomer, name: "Ferncliff Observatory", city: "La Palma", country: "ES", zone: "Atlantic/Canary", owner: Ada,
			contact: "Nuria Helecho", email: "nuria@ferncliff.example",
			holds: []held{{id: KestrelAccount, plan: Standard, seats: 9, fleet: whole(7), begun: "2025-09-01"}},
		},
	}
}
