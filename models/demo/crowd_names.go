package demo

import "math/rand/v2"

// The names of the crowd are invented out of these; some are hard to sort, to search and to print.
var (
	firstNames = []string{"Agnieszka", "Bo", "Chidi", "Dóra", "Émile", "Freya", "Giulia", "Hjördis", "Ivo", "Jun", "Katarína", "Łukasz", "Maren", "Noël", "Øyvind", "Paloma", "Rasa", "Sinéad", "Tomáš", "Zoë"}
	surnames   = []string{"Alder", "Brook", "Castell", "Dunmore", "Eriksen", "Falk", "Grieve", "Holm", "Ibarra", "Jansen", "Kovač", "Lindqvist", "Moreau", "Novák", "O’Hare", "Petrov", "Quirke", "Rask", "Szabó", "Tammi", "Underhill", "Vale", "Whitlock", "Xu", "Yildiz", "Zeller"}
	trades     = []string{"Dental", "Logistics", "Clinic", "Printing", "Bakery", "Engineering", "Architects", "Legal", "Optics", "Roofing", "Seafood", "Timber", "Travel", "Veterinary", "Winery", "Textiles"}
	forms      = []string{"Ltd", "GmbH", "S.A.", "AB", "Group", "& Sons", "sp. z o.o.", "s.r.o.", "BV", "Oy"}
	hardNames  = []string{"Ångström & Øst", "“Quoted” Works", "L'Île d'Été", "株式会社ミズノ", "שלום ושות׳", "Ελληνικά Πλοία", "Straße & Söhne", "İstanbul Çelik", "7th Quay", "<Angle> Brackets"}
	towns      = []struct{ name, country, zone string }{
		{"Kraków", "PL", warsaw},
		{"Leipzig", "DE", "Europe/Berlin"},
		{"Århus", "DK", "Europe/Copenhagen"},
		{"Córdoba", "ES", "Europe/Madrid"},
		{"Galway", "IE", "Europe/Dublin"},
		{"Halifax", "CA", "America/Halifax"},
		{"Osaka", "JP", "Asia/Tokyo"},
		{"Pune", "IN", "Asia/Kolkata"},
	}
)

// crowdName is the name of a company: two in a hundred are hard.
func crowdName(r *rand.Rand) string {
	pick := func(from []string) string { return from[r.IntN(len(from))] }
	name := pick(surnames)
	if r.IntN(50) == 0 {
		name = pick(hardNames)
	} else if r.IntN(2) == 0 {
		name += " & " + pick(surnames)
	}
	return name + " " + pick(trades) + " " + pick(forms)
}
