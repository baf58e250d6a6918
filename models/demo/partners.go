package demo

import "mooring/models"

// Password is what every person of the demo signs in with.
const Password = "mooring-demo-2026"

// Partners. Northgate is the distributor above Halden and Tidewater; Sable is the distributor of
// another tree, with Kestrel under it.
const (
	Northgate = "P-1000"
	Halden    = "P-1100"
	Tidewater = "P-1200"
	Sable     = "P-2000"
	Kestrel   = "P-2100"
)

// People who sign in.
const (
	Sofia  = "U-1001" // admin of Northgate
	Viktor = "U-1002" // auditor of Northgate
	Maya   = "U-1101" // licence manager of Halden
	Ines   = "U-1102" // admin of Halden
	Tom    = "U-1103" // account manager of Halden
	Priya  = "U-1104" // support of Halden
	Luca   = "U-1105" // billing of Halden
	Greta  = "U-1106" // auditor of Halden
	Helen  = "U-1142" // contact of Bramley
	Birgit = "U-1143" // contact of Åkerlund
	Renata = "U-1144" // contact of Casa Verde, whose plan waits for exactly her sign-in
	Noor   = "U-1201" // admin of Tidewater
	Callum = "U-1202" // licence manager of Tidewater
	Edda   = "U-2001" // admin of Sable
	Ada    = "U-2101" // licence manager of Kestrel
	Rufus  = "U-2102" // admin of Kestrel
)

// warsaw is where the resellers of the demo keep their clocks.
const warsaw = "Europe/Warsaw"

func partners() []models.Partner {
	under := func(id, root, name string) models.Partner {
		return models.Partner{
			ID: id, RootID: root, ParentID: &root, Kind: models.Reseller, Name: name,
			TimeZone: warsaw, Currency: "EUR", CreatedAt: at("2023-04-03 09:30"),
		}
	}
	top := func(id, name string) models.Partner {
		return models.Partner{
			ID: id, RootID: id, Kind: models.Distributor, Name: name,
			TimeZone: warsaw, Currency: "EUR", CreatedAt: at("2023-01-09 09:00"),
		}
	}
	return []models.Partner{
		top(Northgate, "Northgate Distribution"), top(Sable, "Sable Systems"),
		under(Halden, Northgate, "Halden Partners"), under(Tidewater, Northgate, "Tidewater IT"),
		under(Kestrel, Sable, "Kestrel IT"),
	}
}

func users() []models.User {
	return []models.User{
		person(Sofia, Northgate, Northgate, "Sofia Lindqvist", "admin@northgate.example", models.RoleAdmin),
		person(Viktor, Northgate, Northgate, "Viktor Hahn", "auditor@northgate.example", models.RoleAuditor),
		person(Maya, Northgate, Halden, "Maya Kowalski", "maya@halden.example", models.RoleLicenceManager),
		person(Ines, Northgate, Halden, "Ines Duarte", "ines@halden.example", models.RoleAdmin),
		person(Tom, Northgate, Halden, "Tom Reyes", "tom@halden.example", models.RoleAccountManager),
		person(Priya, Northgate, Halden, "Priya Nair", "priya@halden.example", models.RoleSupport),
		person(Luca, Northgate, Halden, "Luca Ferri", "luca@halden.example", models.RoleBilling),
		person(Greta, Northgate, Halden, "Greta Lind", "greta@halden.example", models.RoleAuditor),
		person(Helen, Northgate, Halden, "Dr Helen Bramley", "helen@bramley.example", models.RoleContact),
		person(Birgit, Northgate, Halden, "Birgit Åkerlund", "birgit@akerlund.example", models.RoleContact),
		person(Renata, Northgate, Halden, "Renata Prado", "renata@casaverde.example", models.RoleContact),
		person(Noor, Northgate, Tidewater, "Noor Haddad", "noor@tidewater.example", models.RoleAdmin),
		person(Callum, Northgate, Tidewater, "Callum Byrne", "callum@tidewater.example", models.RoleLicenceManager),
		person(Edda, Sable, Sable, "Edda Voss", "admin@sable.example", models.RoleAdmin),
		person(Ada, Sable, Kestrel, "Ada Brandt", "ada@kestrel.example", models.RoleLicenceManager),
		person(Rufus, Sable, Kestrel, "Rufus Oyelaran", "rufus@kestrel.example", models.RoleAdmin),
	}
}

func person(id, root, partner, name, email string, role models.Role) models.User {
	return models.User{
		ID: id, RootID: root, PartnerID: partner, Name: name, Email: email, Role: role,
		CreatedAt: at("2023-05-02 08:00"),
	}
}
