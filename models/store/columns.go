package store

import (
	"slices"
	"strings"
	"sync"

	"gorm.io/gorm/schema"
)

// columns lists the columns of a row under an alias, each named with the alias in front, as embedded
// structs with that prefix expect them.
// Some may be left out.
func columns(alias string, row any, but ...string) string {
	return list(row, but, func(name string) string { return alias + "." + name + " AS " + alias + "_" + name })
}

// bareColumns lists the columns of a row under an alias by their own names.
func bareColumns(alias string, row any, but ...string) string {
	return list(row, but, func(name string) string { return alias + "." + name })
}

func list(row any, but []string, write func(string) string) string {
	s, err := schema.Parse(row, &sync.Map{}, schema.NamingStrategy{})
	if err != nil {
		panic("store: " + err.Error())
	}
	var names []string
	for _, n := range s.DBNames {
		if !slices.Contains(but, n) {
			names = append(names, write(n))
		}
	}
	return strings.Join(names, ", ")
}
