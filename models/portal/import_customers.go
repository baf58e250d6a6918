package portal

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"mooring/models"
	"mooring/models/store"
)

// importBatch is how many rows share a transaction: enough that a commit costs little, and few enough
// that nobody waits long for their turn.
const importBatch = 200

// ImportCustomers makes and changes a partner's customers from the rows of a file and assigns first
// plans. Every row gets a verdict, given to each in the order of the rows and after what it says was
// stored. A row is done as a whole or refused as a whole, and a refused row holds up no other. The same
// file again changes nothing. A row that would open a second account is refused. Tried dry, it judges
// in the same way and changes nothing.
//
// A row is for the customer with its external reference; without one of that reference, for the one
// with the same plain name and a contact of the same email. Only a row that matches nobody makes a
// customer. Memory does not grow with the customers, and with the rows only by a few bytes each.
//
// An error of the rows or of each ends the import; what was stored before stays.
func (p *Portal) ImportCustomers(ctx context.Context, who models.Actor, wish models.Import,
	rows iter.Seq2[models.ImportRow, error], each func(models.RowVerdict) error,
) (models.ImportReport, error) {
	im := importing{portal: p, who: who, wish: wish, claims: claims{}, each: each}
	if err := im.begin(ctx); err != nil {
		return models.ImportReport{}, err
	}
	batch := make([]*importedRow, 0, importBatch)
	read := 0
	for row, err := range rows {
		if read++; err == nil && read > models.MaxImportRows {
			err = &models.Problem{Kind: models.Invalid, Message: "An import takes at most 100,000 rows. Divide the file."}
		}
		if err != nil {
			return im.report, err
		}
		batch = append(batch, im.receive(row))
		if len(batch) < importBatch {
			continue
		}
		if err := im.settle(ctx, batch); err != nil {
			return im.report, err
		}
		batch = batch[:0]
	}
	return im.report, im.settle(ctx, batch)
}

// importing is one import under way.
type importing struct {
	portal  *Portal
	who     models.Actor
	wish    models.Import
	partner models.Partner
	claims  claims
	each    func(models.RowVerdict) error
	report  models.ImportReport
}

// importedRow is one row on its way through an import.
type importedRow struct {
	models.ImportRow
	refused []string
	made    madeForRow
}

// begin finds the partner whose customers these are.
func (im *importing) begin(ctx context.Context) error {
	id := im.wish.PartnerID
	if id == "" {
		id = im.who.PartnerID
	}
	return im.portal.look(ctx, im.who, models.ImportCustomers, func(v *store.View) (err error) {
		if id == "" { // the operator belongs to nobody
			if im.partner, err = v.OnlyPartner(); models.IsProblem(err, models.NotFound) {
				return &models.Problem{Kind: models.Invalid, Message: "Say which partner the customers belong to. `portal partner list` names them."}
			}
		} else {
			im.partner, err = v.Partner(id)
		}
		if err == nil && !im.who.SeesPartner(im.partner.RootID, im.partner.ID) {
			err = models.Absent()
		}
		im.report = models.ImportReport{Partner: im.partner.Name, Dry: im.wish.Dry}
		return err
	})
}

// receive judges what can be judged without the database: the row by itself and beside the rows before it.
func (im *importing) receive(row models.ImportRow) *importedRow {
	row.Email = strings.ToLower(row.Email)
	r := &importedRow{ImportRow: row}
	for _, f := range row.Complaints() {
		r.refused = append(r.refused, f.Message)
	}
	if len(r.refused) > 0 {
		return r
	}
	if line, taken := im.claims.at(refClaim(row.ExternalRef)); taken {
		r.refused = append(r.refused, fmt.Sprintf("Line %d has the same external_ref.", line))
	} else if line, taken := im.claims.at(contactClaim(models.PlainName(row.Company), row.Email)); taken {
		r.refused = append(r.refused, fmt.Sprintf("Line %d has the same company and email.", line))
	}
	if len(r.refused) == 0 {
		im.claims.take(row.Line, refClaim(row.ExternalRef), contactClaim(models.PlainName(row.Company), row.Email))
	}
	return r
}

// settle judges a batch and stores it, and tells of each row.
func (im *importing) settle(ctx context.Context, batch []*importedRow) error {
	judged, err := im.patiently(ctx, batch)
	if raced(err) {
		judged, err = im.oneByOne(ctx, batch)
	}
	if err != nil {
		return err
	}
	for _, j := range judged {
		im.claims.take(j.verdict.Row.Line, j.claims...)
		im.report.Count(j.verdict)
		if err := im.each(j.verdict); err != nil {
			return err
		}
	}
	return nil
}

// patience is how often a batch is tried while somebody else works on the same partner's customers.
const patience = 15

// patiently stores a batch, and waits for its turn for longer than one transaction would.
func (im *importing) patiently(ctx context.Context, batch []*importedRow) (judged []judgement, err error) {
	for range patience {
		if judged, err = im.store(ctx, batch); !errors.Is(err, store.ErrBusy) || ctx.Err() != nil {
			break
		}
	}
	return judged, err
}

// store judges a batch and, unless it is only tried, writes what the judgements say.
func (im *importing) store(ctx context.Context, batch []*importedRow) (judged []judgement, err error) {
	if im.wish.Dry {
		err = im.portal.look(ctx, im.who, models.ImportCustomers, func(v *store.View) error {
			judged, err = im.judge(v, batch)
			return err
		})
		return judged, err
	}
	err = im.portal.do(ctx, im.who, models.ImportCustomers, func(tx *store.Tx) error {
		if err := tx.HoldHistory(im.partner.ID); err != nil {
			return err
		}
		if judged, err = im.judge(&tx.View, batch); err != nil {
			return err
		}
		return tx.AddImported(im.writing(judged))
	})
	return judged, err
}

// raced reports whether somebody else stored or changed one of the customers at the same moment.
func raced(err error) bool {
	return errors.Is(err, store.ErrTaken) || models.IsProblem(err, models.Conflict)
}

// oneByOne gives every row of a batch a transaction of its own, so that the one somebody else was
// faster with is the only one to suffer.
func (im *importing) oneByOne(ctx context.Context, batch []*importedRow) ([]judgement, error) {
	all := make([]judgement, 0, len(batch))
	for _, row := range batch {
		judged, err := im.patiently(ctx, []*importedRow{row})
		if raced(err) {
			judged, err = []judgement{refuse(row, "Somebody else changed the same customer at this moment. Import the row again.")}, nil
		}
		if err != nil {
			return nil, err
		}
		im.claims.take(row.Line, judged[0].claims...)
		all = append(all, judged...)
	}
	return all, nil
}
