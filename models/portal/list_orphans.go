package portal

import (
	"context"

	"mooring/models"
	"mooring/models/store"
)

// ListOrphans reads one page of the orphan radar: the orphans of a kind after a place or before one. Without
// a kind it is the first one of which there are any; where a place leads to nothing it is the beginning. The
// pairs of one device stay on one page.
func (p *Portal) ListOrphans(ctx context.Context, who models.Actor, kind models.OrphanKind, at Place) (page models.OrphansPage, err error) {
	err = p.look(ctx, who, models.SeeCustomers, func(v *store.View) error {
		page = models.OrphansPage{AsOf: v.Now, Kind: kind}
		if page.Counts, err = v.CountOrphans(); err != nil {
			return err
		}
		if page.Kind == "" {
			page.Kind = firstKind(page.Counts)
		}
		place, back := orphanPlace(page.Kind, at)
		if err = pageOfOrphans(v, &page, place, back); err == nil && len(page.Rows) == 0 && place.ID != "" {
			err = pageOfOrphans(v, &page, store.Key{}, false)
		}
		return err
	})
	return page, err
}

func pageOfOrphans(v *store.View, page *models.OrphansPage, place store.Key, back bool) error {
	rows, places, err := v.Orphans(page.Kind, place, back, pageSize+1)
	if err != nil || len(rows) == 0 {
		return err
	}
	first, last, things := 0, len(rows), 1
	for i := range places[1:] {
		if places[i] != places[i+1] {
			things++
		}
	}
	more := things > pageSize
	for more && back && first < last && places[first] == places[0] {
		first++
	}
	for more && !back && last > first && places[last-1] == places[len(places)-1] {
		last--
	}
	page.Rows = rows[first:last]
	if place.ID != "" && (more || !back) {
		page.Previous = keyText(places[first])
	}
	if more || back {
		page.Next = keyText(places[last-1])
	}
	return nil
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
func orphanPlace(kind models.OrphanKind, at Place) (place store.Key, back bool) {
	sort := models.ByName
	if kind == models.NoPlan {
		sort = models.ByCreated
	}
	if place = keyIn(sort, at.Before); place.ID != "" {
		return place, true
	}
	return keyIn(sort, at.After), false
}
