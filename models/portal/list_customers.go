package portal

import (
	"context"
	"encoding/base64"
	"slices"
	"strings"
	"unicode/utf8"

	"mooring/models"
	"mooring/models/store"
)

// pageSize is how many rows a list shows. The store reads one more, to know whether there are more.
const pageSize = 50

// Place says where in a list to go on: after a row or before one, by the row's key. The zero place is
// the beginning.
type Place struct {
	After  string
	Before string
}

// ListCustomers reads one page of the customers within reach, in the order of their names.
func (p *Portal) ListCustomers(ctx context.Context, who models.Actor, at Place) (page models.CustomersPage, err error) {
	err = p.look(ctx, who, models.SeeCustomers, func(v *store.View) error {
		page = models.CustomersPage{AsOf: v.Now, Adds: who.May(models.EditCustomers)}
		if page.Count, err = v.CountCustomers(); err != nil {
			return err
		}
		if at.Before != "" {
			rows, err := v.CustomersBefore(keyIn(at.Before))
			page.Rows, page.Previous, page.Next = pageBefore(rows)
			return err
		}
		rows, err := v.CustomersAfter(keyIn(at.After))
		page.Rows, page.Previous, page.Next = pageAfter(rows, at.After != "")
		return err
	})
	return page, err
}

func pageAfter(rows []models.CustomerRow, further bool) (page []models.CustomerRow, previous, next string) {
	more := len(rows) > pageSize
	rows = rows[:min(len(rows), pageSize)]
	if len(rows) > 0 && further {
		previous = keyOf(rows[0])
	}
	if len(rows) > 0 && more {
		next = keyOf(rows[len(rows)-1])
	}
	return rows, previous, next
}

func pageBefore(rows []models.CustomerRow) (page []models.CustomerRow, previous, next string) {
	more := len(rows) > pageSize
	rows = rows[:min(len(rows), pageSize)]
	slices.Reverse(rows)
	if len(rows) == 0 {
		return rows, "", ""
	}
	if more {
		previous = keyOf(rows[0])
	}
	return rows, previous, keyOf(rows[len(rows)-1])
}

// A key in an address is the sort key and the id, so that the place survives when its row is gone.
func keyOf(r models.CustomerRow) string {
	return base64.RawURLEncoding.EncodeToString([]byte(r.SortKey + "\n" + r.ID))
}

func keyIn(text string) store.Key {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	sortKey, id, ok := strings.Cut(string(raw), "\n")
	if err != nil || !ok || !utf8.Valid(raw) || strings.ContainsRune(string(raw), 0) {
		return store.Key{}
	}
	return store.Key{Sort: sortKey, ID: id}
}
