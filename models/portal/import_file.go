package portal

import (
	"context"
	"time"

	"mooring/models"
	"mooring/models/store"
)

// importTime is how long the import of a file may take.
const importTime = models.StaleImport - time.Minute

// CheckFile judges every row of a file that the actor sent, as things are now, and changes nothing. Once
// the file was imported it says what that did.
func (p *Portal) CheckFile(ctx context.Context, who models.Actor, id string, read models.ReadSheet) (models.ImportCheck, error) {
	check, file, err := p.openFile(ctx, who, id, read)
	if err != nil || check.Done() || check.Running {
		return check, err
	}
	check.ImportResult, err = p.importFile(ctx, who, check.Upload, file, true)
	return check, err
}

func (p *Portal) openFile(ctx context.Context, who models.Actor, id string, read models.ReadSheet) (check models.ImportCheck, file models.ImportSheet, err error) {
	now := p.real()
	err = p.look(ctx, who, models.ImportCustomers, func(v *store.View) error {
		if check.Upload, err = v.Upload(id, now); err != nil {
			return err
		}
		check.Partner, err = v.Partner(check.Upload.PartnerID)
		return err
	})
	if err != nil {
		return check, file, err
	}
	started := check.Upload.StartedAt
	check.ImportResult = check.Upload.Result
	check.Running = !check.Done() && started != nil && now.Sub(*started) < models.StaleImport
	file, err = read(check.Upload.Content)
	check.Recognised, check.Ignored = file.Recognised, file.Ignored
	return check, file, err
}

func (p *Portal) importFile(ctx context.Context, who models.Actor, u models.Upload, file models.ImportSheet, dry bool) (result models.ImportResult, err error) {
	report, err := p.ImportCustomers(ctx, who, models.Import{PartnerID: u.PartnerID, Dry: dry}, file.Rows, func(v models.RowVerdict) error {
		result.Count(v)
		return nil
	})
	result.Report = report
	return result, err
}

// ImportFile imports a file that the actor sent: once, however often it is asked for. Rows that are
// refused hold up no others. The import goes on when the visit that began it ends first; CheckFile then
// says that it runs.
func (p *Portal) ImportFile(ctx context.Context, who models.Actor, id string, read models.ReadSheet) error {
	check, file, err := p.openFile(ctx, who, id, read)
	if err != nil || check.Done() || check.Running {
		return err
	}
	mine, err := p.claimFile(ctx, who, id)
	if err != nil || !mine {
		return err
	}
	done := p.working.run(ctx, func(ctx context.Context) error { return p.importAll(ctx, who, check.Upload, file) })
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return nil
	}
}

func (p *Portal) importAll(ctx context.Context, who models.Actor, u models.Upload, file models.ImportSheet) error {
	limited, cancel := context.WithTimeout(ctx, importTime)
	defer cancel()
	result, err := p.importFile(limited, who, u, file, false)
	if err != nil {
		p.log.Error("an import broke off", "import", u.ID, "rows", result.Report.Rows, "error", err)
		return p.releaseFile(ctx, who, u.ID, err)
	}
	return p.do(ctx, who, models.ImportCustomers, func(tx *store.Tx) error { return tx.FinishUpload(u.ID, p.real(), result) })
}

// claimFile makes sure that nobody else imports the file at the same time: a second click finds it taken.
func (p *Portal) claimFile(ctx context.Context, who models.Actor, id string) (mine bool, err error) {
	now := p.real()
	err = p.do(ctx, who, models.ImportCustomers, func(tx *store.Tx) error {
		mine, err = tx.StartUpload(id, now, now.Add(-models.StaleImport))
		return err
	})
	return mine, err
}

// releaseFile lets the file be tried again. What was imported of it stays, and trying again finds it done.
func (p *Portal) releaseFile(ctx context.Context, who models.Actor, id string, why error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := p.do(ctx, who, models.ImportCustomers, func(tx *store.Tx) error { return tx.ReleaseUpload(id) }); err != nil {
		p.log.Error("an import stays claimed", "import", id, "error", err)
	}
	return why
}
