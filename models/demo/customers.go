package demo

import (
	"slices"

	"mooring/models"
)

// customers are those of the pictures, in the order of the list.
func customers() []company { return slices.Concat(customersToK(), customersToR(), customersFromS()) }

func customersToK() []company {
	return []company{
		{
			id: "C-1001", name: "Åkerlund Bygg AB", city: "Västerås", country: "SE", zone: "Europe/Stockholm", owner: Maya,
			contact: "Birgit Åkerlund", email: "birgit@akerlund.example", login: Birgit, ref: "SE-4471",
			holds: []held{{id: "A-20113", plan: Advanced, seats: 120, fleet: fleet{total: 96, online: 91, quiet: 2}, begun: "2024-10-01", ends: "2026-09-30"}},
		},
		{
			id: "C-1002", name: "Bergmann Feinmechanik", city: "Jena", country: "DE", zone: "Europe/Berlin", owner: Tom,
			contact: "Uwe Bergmann", email: "uwe@bergmann.example",
			holds: []held{{id: BergmannAccount, plan: Standard, version: 1, seats: 75, fleet: fleet{total: 61, online: 58, quiet: 1}, begun: "2024-08-15", ends: "2026-08-14"}},
		},
		{
			id: "C-1003", name: "Casa Verde Imóveis", city: "Porto Alegre", country: "BR", zone: "America/Sao_Paulo", owner: Maya,
			contact: "Renata Prado", email: "renata@casaverde.example", login: Renata,
			holds: []held{{id: AwaitingAccount, plan: Standard, seats: 10, made: "2026-02-20 15:10"}},
		},
		{
			id: "C-1004", name: "Donau-Dampfschifffahrts-Elektrizitätswerke GmbH", city: "Linz", country: "AT", zone: "Europe/Vienna", owner: Maya,
			contact: "Leopold Donner", email: "leopold@ddew.example", ref: "AT-0038",
			holds: []held{{id: "A-18230", plan: AdvancedMail, seats: 400, fleet: fleet{total: 388, online: 371, quiet: 9, never: 1}, begun: "2024-04-03", ends: "2026-04-02"}},
		},
		{
			id: "C-1005", name: "Fjord & Fell Outfitters", city: "Bergen", country: "NO", zone: "Europe/Oslo", owner: Tom,
			contact: "Ragnhild Moe", email: "ragnhild@fjordfell.example",
			holds: []held{{id: "A-20377", plan: Standard, seats: 25, fleet: whole(23), begun: "2026-01-20"}},
		},
		{
			id: "C-1006", name: "Hôtel Belvédère", city: "Annecy", country: "FR", zone: "Europe/Paris", owner: Maya,
			contact: "Odile Garnier", email: "odile@belvedere.example",
			holds: []held{{id: "A-20045", plan: MailStandard, seats: 40, fleet: fleet{total: 31, online: 30}, begun: "2025-07-08"}},
		},
		{
			id: "C-1007", name: "Ibarra Hermanos", city: "Bilbao", country: "ES", zone: "Europe/Madrid", owner: Maya,
			contact: "Itziar Ibarra", email: "itziar@ibarra.example", ref: "ES-0912",
			holds: []held{{id: "A-20290", plan: Advanced, seats: 55, before: 40, raised: "2026-03-12 09:12", fleet: fleet{total: 48, online: 44, quiet: 1}, begun: "2025-10-23"}},
		},
		{
			id: "C-1008", name: "北村精密工業株式会社", city: "大阪", country: "JP", zone: "Asia/Tokyo", owner: Tom,
			contact: "北村 葵", email: "aoi@kitamura.example",
			holds: []held{{id: "A-20501", plan: VaultPlan, seats: 15, fleet: whole(12), begun: "2025-04-01", ends: "2027-03-31"}},
		},
	}
}

func customersToR() []company {
	return []company{
		{
			id: "C-1009", name: "Lumen Yoga Studio", city: "Lisbon", country: "PT", zone: "Europe/Lisbon", owner: Tom,
			contact: "Joana Lume", email: "joana@lumen.example",
			holds: []held{{id: "A-20388", plan: Standard, seats: 10, fleet: fleet{total: 6, online: 5}, begun: "2025-03-11", ends: "2027-03-10"}},
		},
		{
			id: "C-1010", name: "مخبز الشروق", city: "القاهرة", country: "EG", zone: "Africa/Cairo", owner: Maya,
			contact: "سلمى نور", email: "salma@shorouk.example",
			holds: []held{{id: "A-20619", plan: Standard, seats: 10, fleet: fleet{total: 9, online: 8}, begun: "2025-05-29"}},
		},
		{
			id: "C-1011", name: "O’Malley & Daughters Solicitors", city: "Galway", country: "IE", zone: "Europe/Dublin", owner: Maya,
			contact: "Aoife O’Malley", email: "aoife@omalley.example",
			holds: []held{{id: SuspendedAccount, plan: Advanced, seats: 20, fleet: fleet{total: 17, quiet: 5}, begun: "2025-06-04", suspended: "2026-03-06 14:20", why: "Invoices of January and February are unpaid."}},
		},
		{
			id: "C-1012", name: "Ostrava Logistik s.r.o.", city: "Ostrava", country: "CZ", zone: "Europe/Prague", owner: Tom,
			contact: "Zuzana Malá", email: "zuzana@ostravalog.example",
			holds: []held{{id: "A-20177", plan: Advanced, seats: 150, fleet: fleet{total: 140, online: 133, quiet: 3}, begun: "2024-12-12", ends: "2026-12-11"}},
		},
		{
			id: "C-1013", name: "Penrose Architects", city: "Leeds", country: "GB", zone: "Europe/London", owner: Maya,
			contact: "Ivo Penrose", email: "ivo@penrose.example",
			holds: []held{{id: CancelledAccount, plan: Standard, seats: 22, fleet: fleet{total: 22, online: 19, quiet: 1}, begun: "2025-03-20", cancelled: "2026-03-02 11:30", why: "Moves to another supplier."}},
		},
		{
			id: "C-1014", name: "Quayside Veterinary Clinic", city: "Whitby", country: "GB", zone: "Europe/London", owner: Maya,
			contact: "Nell Hargreave", email: "nell@quayside.example",
			holds: []held{{id: EndingAccount, plan: Standard, seats: 18, lapses: true, fleet: whole(16), begun: "2025-03-17"}},
		},
	}
}

func customersFromS() []company {
	return []company{
		{
			id: "C-1015", name: "Savannah Print Works", city: "Savannah", country: "US", zone: "America/New_York", owner: Tom,
			contact: "Delia Frost", email: "delia@savannahprint.example",
			holds: []held{{id: "A-20233", plan: Standard, seats: 30, fleet: fleet{total: 27, online: 25}, begun: "2025-09-06"}},
		},
		{
			id: "C-1016", name: "Tamar Valley Schools Trust", city: "Tavistock", country: "GB", zone: "Europe/London", owner: Maya,
			contact: "Morwenna Pascoe", email: "morwenna@tamarvalley.example", ref: "EDU-17",
			holds: []held{{id: "A-17420", plan: AdvancedMail, seats: 250, fleet: fleet{total: 264, online: 251, quiet: 6}, begun: "2023-08-01", ends: "2026-07-31"}},
		},
		{
			id: "C-1017", name: "Universidad Técnica del Litoral", city: "Guayaquil", country: "EC", zone: "America/Guayaquil", owner: Maya,
			contact: "Andrés Peralta", email: "andres@utl.example", ref: "EDU-31",
			holds: []held{{id: LargeAccount, plan: Advanced, seats: 1300, fleet: fleet{total: 1200, online: 1150, quiet: 20, never: 2}, begun: "2025-01-16", ends: "2027-01-15"}},
		},
		{
			id: "C-1018", name: "Weston Care Homes", city: "Weston-super-Mare", country: "GB", zone: "Europe/London", owner: Tom,
			contact: "Gillian Weston", email: "gillian@westoncare.example",
			holds: []held{{
				id: "A-20544", plan: Standard, seats: 60, fleet: fleet{total: 58, online: 55, fresh: 3}, begun: "2025-11-19",
				events: []models.Event{enrolments("G-205440001", "DESK-001", 3)},
			}},
		},
		{
			id: "C-1019", name: "Zielona Apteka", city: "Gdańsk", country: "PL", owner: Tom,
			contact: "Łucja Zielińska", email: "lucja@zielona.example",
			holds: []held{{id: "A-20431", plan: Standard, seats: 15, fleet: whole(14), begun: "2026-02-28"}},
		},
		{
			id: "C-1020", name: "Moulin Rivière", city: "Cahors", country: "FR", zone: "Europe/Paris", owner: Maya,
			contact: "Basile Rivière", email: "basile@moulin.example",
			holds: []held{{id: "A-20655", plan: Standard, seats: 8, fleet: whole(3), made: "2026-03-05 11:48", begun: "2026-03-11 08:31"}},
		},
	}
}

// enrolments tells of several agents that enrolled together this morning.
func enrolments(agentID, device string, n int) models.Event {
	return models.Event{
		Kind: models.AgentEnrolled, At: at("2026-03-12 08:58"),
		ActorID: agentID, ActorName: device, ActorRole: models.RoleAgent, Door: "agents",
		Detail: models.Detail{Device: device, Agents: n},
	}
}
