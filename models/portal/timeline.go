package portal

import (
	"mooring/models"
	"mooring/models/store"
)

// timeline makes a timeline of the last events that were read, up to a limit: a carry is one line, with how far it
// came, however many batches its agents moved in. Where those left too little, it reads on. The history itself
// keeps every batch.
func timeline(v *store.View, of store.Of, read []models.Event, limit int) ([]models.Event, error) {
	events := models.WithoutBatches(read, of.Account == "")
	if len(events) == len(read) && len(models.CarriesIn(read)) == 0 {
		return events, nil
	}
	if len(events) < len(read) && len(read) == limit {
		more, err := v.EventsBehind(of, read[len(read)-1], limit-len(events))
		if err != nil {
			return nil, err
		}
		events = models.WithoutBatches(append(events, more...), of.Account == "")
	}
	carries, err := v.ProgressOf(models.CarriesIn(append(read, events...)))
	if err != nil {
		return nil, err
	}
	events = models.WithProgress(events, carries, of.Account)
	return events[:min(len(events), limit)], nil
}
