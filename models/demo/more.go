package demo

import "fmt"

// more are customers with difficult names, and others with nothing special about them.
func more() []company {
	hard := []company{
		{
			id: "C-1052", name: "Bäckerei Große Straße", city: "Gießen", country: "DE", zone: "Europe/Berlin", owner: Tom,
			contact: "Jürgen Weiß", email: "juergen@grossestrasse.example",
		},
		{
			id: "C-1053", name: "Işık Diş Kliniği", city: "İzmir", country: "TR", zone: "Europe/Istanbul", owner: Maya,
			contact: "Dr Işıl Yıldız", email: "isil@isikdis.example",
		},
		{
			id: LongName, name: "The Worshipful Association of Lighthouse Keepers, Chandlers and Harbour Pilots of the North", city: "Aberdeen", country: "GB", zone: "Europe/London", owner: Maya,
			contact: "Alexandrina Featherstonehaugh-Cholmondeley", email: "alexandrina@lighthouses.example",
		},
		{
			id: "C-1055", name: "D’Angelo & Figli S.r.l.", city: "L’Aquila", country: "IT", zone: "Europe/Rome", owner: Tom,
			contact: "Nicolò D’Angelo", email: "nicolo@dangelo.example",
		},
		{
			id: "C-1056", name: "1st Street Garage", city: "Los Angeles", country: "US", zone: "America/Los_Angeles", owner: Tom,
			contact: "Hank Reed", email: "hank@firststreet.example",
		},
	}
	plain := []company{
		{id: "C-1057", name: "Vale Timber", city: "Hamar", country: "NO", zone: "Europe/Oslo", owner: Tom, contact: "Odd Dal", email: "odd@valetimber.example"},
		{id: "C-1058", name: "Willow Court Dentists", city: "Reading", country: "GB", zone: "Europe/London", owner: Maya, contact: "Dr Sam Court", email: "sam@willowcourt.example"},
		{id: "C-1059", name: "Xavier Maritime", city: "Piraeus", country: "GR", zone: "Europe/Athens", contact: "Eleni Xenou", email: "eleni@xavier.example"},
		{id: "C-1060", name: "Yarrow Funerals", city: "Carlisle", country: "GB", zone: "Europe/London", owner: Tom, contact: "Giles Yarrow", email: "giles@yarrow.example"},
		{id: "C-1061", name: "Zinnia Flowers", city: "Utrecht", country: "NL", zone: "Europe/Amsterdam", owner: Maya, contact: "Roos Bloem", email: "roos@zinnia.example"},
		{id: "C-1062", name: "Amber Coast Hotels", city: "Sopot", country: "PL", owner: Maya, contact: "Iga Bursztyn", email: "iga@ambercoast.example"},
		{id: "C-1063", name: "Bluebell Nursery", city: "Exeter", country: "GB", zone: "Europe/London", owner: Tom, contact: "Kim Bell", email: "kim@bluebell.example"},
		{id: "C-1064", name: "Copper Kettle Brewery", city: "Plzeň", country: "CZ", zone: "Europe/Prague", owner: Tom, contact: "Petr Kotlík", email: "petr@copperkettle.example"},
		{id: "C-1065", name: "Driftwood Surf School", city: "Ericeira", country: "PT", zone: "Europe/Lisbon", contact: "Rui Mar", email: "rui@driftwood.example"},
		{id: "C-1066", name: "Evergreen Insurance Brokers", city: "Toronto", country: "CA", zone: "America/Toronto", owner: Maya, contact: "Ruth Greene", email: "ruth@evergreen.example"},
		{id: "C-1067", name: "Fennel Kitchens", city: "Bologna", country: "IT", zone: "Europe/Rome", owner: Tom, contact: "Gaia Finocchi", email: "gaia@fennel.example"},
		{id: "C-1068", name: "Granite Law", city: "Sydney", country: "AU", zone: "Australia/Sydney", owner: Maya, contact: "Bruce Stone", email: "bruce@granitelaw.example"},
	}
	all := append(hard, plain...)
	for i := range all {
		all[i].holds = []held{ordinary(i)}
	}
	return all
}

// LongName is a customer whose name has more than 60 characters.
const LongName = "C-1054"

// ordinary is the account of the customer of this number: active, with a few seats free.
func ordinary(i int) held {
	plans := []string{Standard, Advanced, Standard, MailStandard}
	begun := []string{"2025-07-01", "2025-10-15", "2025-12-09", "2026-01-22", "2025-08-19"}
	n := 3 + i*5%13
	return held{
		id:   fmt.Sprintf("A-%d", 20751+i),
		plan: plans[i%len(plans)], seats: n + 2 + i%4, begun: begun[i%len(begun)],
		fleet: fleet{total: n, online: n - i%3},
	}
}
