package demo

import "mooring/models"

var (
	standardFeatures = []string{"Malware protection", "Web protection"}
	advancedFeatures = []string{"Malware protection", "Web protection", "Device control", "Rollback", "90-day history"}
	mailFeatures     = []string{"Malware protection", "Web protection", "Device control", "Rollback", "90-day history", "Mail filtering"}
)

func drafts() []draft {
	all := append(mainPlans(), oddPlans()...)
	all = append(all, otherProducts()...)
	return append(all, draft{id: "N-2001", root: Sable, product: SableEndpoint, key: Standard, terms: models.PlanTerms{
		Name: "Endpoint Standard", Edition: "Standard", Summary: "Malware and web protection.",
		Features: standardFeatures, PriceMinor: 190,
	}}, draft{id: "N-2002", root: Sable, product: SableEndpoint, key: Advanced, terms: models.PlanTerms{
		Name: "Endpoint Advanced", Edition: "Advanced", Summary: "Adds device control, rollback and 90-day history.",
		Features: advancedFeatures, PriceMinor: 320,
	}})
}

func endpoint(id, key string, terms models.PlanTerms) draft {
	return draft{id: id, root: Northgate, product: Endpoint, key: key, terms: terms}
}

// mainPlans are what most customers have, the cheapest first.
func mainPlans() []draft {
	standard := endpoint("N-1002", Standard, models.PlanTerms{
		Name: "Endpoint Standard", Edition: "Standard", PriceMinor: 210, Features: standardFeatures,
		Summary: "Malware and web protection.",
	})
	standard.earlier = 200
	return []draft{
		endpoint("N-1001", Trial, models.PlanTerms{
			Name: "Endpoint Trial", Edition: "Trial", Trial: true, TermMonths: 1, Features: advancedFeatures,
			Summary: "Everything in Advanced, free for a month.",
		}),
		standard,
		endpoint("N-1003", Advanced, models.PlanTerms{
			Name: "Endpoint Advanced", Edition: "Advanced", PriceMinor: 340, Features: advancedFeatures,
			Summary: "Adds device control, rollback and 90-day history.",
		}),
		endpoint("N-1004", AdvancedMail, models.PlanTerms{
			Name: "Endpoint Advanced + Mail", Edition: "Advanced + Mail", PriceMinor: 460, Features: mailFeatures,
			Summary: "Adds mail filtering.",
		}),
	}
}

// oddPlans are each different from Standard in one thing that the rules look at.
func oddPlans() []draft {
	basic := endpoint("N-1006", Basic, models.PlanTerms{
		Name: "Endpoint Basic", Edition: "Basic", PriceMinor: 160, Features: standardFeatures[:1],
		Summary: "Malware protection only.",
	})
	basic.retired = "2025-09-30 17:00"
	lite := endpoint("N-1007", Lite, models.PlanTerms{
		Name: "Endpoint Lite", Edition: "Lite", PriceMinor: 120, Features: standardFeatures[:1],
		Summary: "Malware protection for single workplaces.",
	})
	lite.locked = "2026-02-02 12:00"
	fixed := endpoint("N-1009", Fixed, models.PlanTerms{
		Name: "Endpoint Fixed", Edition: "Fixed", PriceMinor: 260, Features: standardFeatures,
		Summary: "Standard for customers who never change accounts.",
	})
	fixed.policy = func(p *models.Policy) { p.ModifyOnly = true }
	return []draft{
		endpoint("N-1005", AdvancedUS, models.PlanTerms{
			Name: "Endpoint Advanced US", Edition: "Advanced US", PriceMinor: 340, Features: advancedFeatures,
			DataCenter: "US, Virginia", Summary: "Advanced, with its data in the United States.",
		}),
		basic, lite,
		endpoint("N-1008", Elite, models.PlanTerms{
			Name: "Endpoint Elite", Edition: "Elite", PriceMinor: 590, Features: append(mailFeatures[:len(mailFeatures):len(mailFeatures)], "Managed response"),
			Summary: "Adds people who answer alarms.",
		}),
		fixed,
		endpoint("N-1010", Dated, models.PlanTerms{
			Name: "Endpoint Dated", Edition: "Dated", PriceMinor: 220, Features: standardFeatures,
			Activation: models.OnDate, Summary: "Standard, from a day you choose.",
		}),
		endpoint("N-1011", Instant, models.PlanTerms{
			Name: "Endpoint Now", Edition: "Now", PriceMinor: 230, Features: standardFeatures,
			Activation: models.AtOnce, Summary: "Standard, from the moment it is assigned.",
		}),
	}
}

func otherProducts() []draft {
	return []draft{
		{id: "N-1021", root: Northgate, product: MailFilter, key: MailStandard, terms: models.PlanTerms{
			Name: "Mail Filter", Edition: "Standard", PriceMinor: 110, Unit: "mailbox",
			Features: []string{"Mail filtering", "Quarantine"}, Summary: "Keeps unwanted mail out.",
		}},
		{id: "N-1031", root: Northgate, product: ServerVault, key: VaultPlan, terms: models.PlanTerms{
			Name: "Server Vault", Edition: "Vault", PriceMinor: 640, Unit: "server", Activation: models.ByCode,
			DataCenter: "The customer’s own server", Features: []string{"Backup", "Restore drills"},
			Summary: "Backups on the customer’s own server. Begins with a code.",
		}},
	}
}
