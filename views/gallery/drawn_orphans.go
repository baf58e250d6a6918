package gallery

import (
	"github.com/a-h/templ"

	"mooring/models"
	"mooring/models/demo"
	"mooring/views/orphans"
)

// noOrphans is the radar of a portal in which nothing was left behind.
func noOrphans() templ.Component {
	page := models.OrphansPage{AsOf: demo.Now, Kind: models.LeftBehind}
	for _, k := range models.OrphanKinds() {
		page.Counts = append(page.Counts, models.OrphanCount{Kind: k})
	}
	return orphans.List(orphans.ListPage{OrphansPage: page, Who: maya, In: warsaw()})
}
