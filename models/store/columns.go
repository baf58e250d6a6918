package store

import (
	"strings"
	"sync"

	"gorm.io/gorm/schema"
)

// columns lists the columns of a row under an alias, each named with the alias in front, as embedded
// structs with that prefix expect them.
func columns(alias string, row any) string {
	return list(row, func(name string) string { return alias + "." + name + " AS " + alias + "_" + name })
}

// bareColumns lists the columns of a row under an alias by their own names.
func bareColumns(alias string, row any) string {
	return list(row, func(name string) string { return alias + "." + name })
}

func list(row any, write func(string) string) string {
	s, err := schema.Parse(row, &sync.Map{}, schema.NamingStrategy{})
	if err != nil {
		panic("store: " + err.Error())
	}
	names := make([]string, len(s.DBNames))
	for i, n := range s.DBNames {
		names[i] = write(n)
	}
	return strings.Join(names, ", ")
}
