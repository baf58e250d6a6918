package portal

import (
	"context"

	"mooring/models"
	"mooring/models/store"
)

// ListOrphans reads one page of the orphan radar: the orphans of a kind from a place on. Without a kind
// it is the first one of which there are any.
func (p *Portal) ListOrphans(ctx context.Context, who models.Actor, kind models.OrphanKind, after string) (page models.OrphansPage, err error) {
	err = p.look(ctx, who, models.SeeCustomers, func(v *store.View) error {
		page = models.OrphansPage{AsOf: v.Now, Kind: kind}
		if page.Counts, err = v.CountOrphans(); err != nil {
			return err
		}
		if page.Kind == "" {
			page.Kind = firstKind(page.Counts)
		}
		at := orphanPlace(page.Kind, after)
		if at.ID != "" {
			page.After = after
		}
		rows, places, err := v.Orphans(page.Kind, at, pageSize+1)
		if err != nil {
			return err
		}
		page.Rows = rows
		if len(rows) > pageSize {
			page.Rows, page.Next = rows[:pageSize], keyText(places[pageSize-1])
		}
		return nil
	})
	return page, err
}

func firstKind(counts []models.OrphanCount) models.OrphanKind {
	for _, c := range counts {
		if c.Count > 0 {
			return c.Kind
		}
	}
	return counts[0].Kind
}

// orphanPlace is the place that an address names; what cannot be one is the beginning.
func orphanPlace(kind models.OrphanKind, after string) store.Key {
	if kind == models.NoPlan {
		return keyIn(models.ByCreated, after)
	}
	return keyIn(models.ByName, after)
}
