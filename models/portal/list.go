package portal

import (
	"context"
	"encoding/base64"
	"slices"
	"strings"

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

// list is what the lists have in common: how the store counts, reads and places their rows.
type list[R any] struct {
	views  []models.ListView
	sorts  func(models.Sort) bool
	states bool // rows have a plan and a state
	count  func(*store.View, store.Listing, []models.ListView) (int, error)
	read   func(*store.View, store.Listing, store.Key, int) ([]R, error)
	key    func(models.Sort, R) store.Key
}

// look understands the question as far as it can be, and counts. What it names and nobody knows is
// left out of it.
func (l list[R]) look(v *store.View, who models.Actor, q models.ListQuestion) (models.ListFrame, store.Listing, error) {
	choices, err := v.Choices()
	if err != nil {
		return models.ListFrame{}, store.Listing{}, err
	}
	f := models.ListFrame{AsOf: v.Now, Views: l.views, Owners: choices.Owners}
	asked := store.Listing{ListQuestion: q, Days: choices.Days, Limit: pageSize + 1}
	if l.states && who.May(models.SeePlans) {
		for _, p := range choices.Plans {
			f.Plans = append(f.Plans, p.Choice)
		}
	}
	l.understand(&asked, f, choices)
	f.Asked = asked.ListQuestion
	f.Count, err = l.count(v, asked, f.Views)
	return f, asked, err
}

func (l list[R]) understand(q *store.Listing, f models.ListFrame, known store.Choices) {
	q.Search = strings.Join(strings.Fields(q.Search), " ")
	if !store.Searches(q.Search) {
		q.Search = ""
	}
	if !slices.ContainsFunc(l.views, func(v models.ListView) bool { return v.Key == q.View }) {
		q.View = ""
	}
	if !l.states || !slices.Contains(models.States(), q.State) {
		q.State = ""
	}
	if !slices.ContainsFunc(f.Owners, func(c models.Choice) bool { return c.Value == q.Owner }) {
		q.Owner = ""
	}
	if !l.sorts(q.Sort) {
		q.Sort = models.ByName
	}
	if !slices.ContainsFunc(f.Plans, func(c models.Choice) bool { return c.Value == q.Plan }) {
		q.Plan = ""
	}
	for _, p := range known.Plans {
		if p.Value == q.Plan && q.Plan != "" {
			q.PlanID = p.ID
		}
	}
}

// open reads the page that a question asks for. A place that cannot be one is the beginning.
func (l list[R]) open(v *store.View, who models.Actor, q models.ListQuestion) (models.ListFrame, []R, error) {
	f, asked, err := l.look(v, who, q)
	if err != nil {
		return f, nil, err
	}
	at := keyIn(asked.Sort, asked.Before)
	if at.ID == "" {
		asked.Before = ""
		at = keyIn(asked.Sort, asked.After)
	}
	rows, err := l.read(v, asked, at, f.Count)
	if err != nil {
		return f, nil, err
	}
	rows = place(&f, asked.ListQuestion, at, rows, l.key)
	return f, rows, nil
}

// place keeps what belongs on the page of a list, in its order, and says where its neighbours are. One
// row more than the page shows was read.
func place[R any](f *models.ListFrame, asked models.ListQuestion, at store.Key, rows []R, key func(models.Sort, R) store.Key) []R {
	more := len(rows) > pageSize
	rows = rows[:min(len(rows), pageSize)]
	if asked.Before != "" {
		slices.Reverse(rows)
	}
	if len(rows) > 0 {
		first, last := keyText(key(asked.Sort, rows[0])), keyText(key(asked.Sort, rows[len(rows)-1]))
		if asked.Before != "" && more || asked.Before == "" && at.ID != "" {
			f.Previous = first
		}
		if asked.Before != "" || more {
			f.Next = last
		}
	}
	return rows
}

// exportStep is how many rows an export reads at once.
const exportStep = 500

// export hands out all the rows that fit, some hundred at a time, each time from where the last ended.
// Every step is a reading of its own, so that a slow reader holds nothing up.
func (l list[R]) export(ctx context.Context, p *Portal, who models.Actor, q models.ListQuestion, take func([]R) error) error {
	q.After, q.Before = "", ""
	var asked store.Listing
	var count int
	err := p.look(ctx, who, models.SeeCustomers, func(v *store.View) error {
		f, a, err := l.look(v, who, q)
		asked, count = a, f.Count
		return err
	})
	asked.Limit = exportStep
	for at := (store.Key{}); err == nil; {
		var rows []R
		err = p.look(ctx, who, models.SeeCustomers, func(v *store.View) (err error) {
			rows, err = l.read(v, asked, at, count)
			return err
		})
		if err != nil {
			break
		}
		if err = take(rows); len(rows) < exportStep {
			break
		}
		at = l.key(asked.Sort, rows[len(rows)-1])
	}
	return err
}

// A place in an address is what the row is sorted by and its id, so that it survives when the row is
// gone.
func keyText(k store.Key) string {
	return base64.RawURLEncoding.EncodeToString([]byte(k.Sort + "\n" + k.ID))
}

func keyIn(s models.Sort, text string) store.Key {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	sortKey, id, ok := strings.Cut(string(raw), "\n")
	k := store.Key{Sort: sortKey, ID: id}
	if err != nil || !ok || !k.Fits(s) {
		return store.Key{}
	}
	return k
}
