package models

import (
	"iter"
	"time"
)

// Bounds of an import in a page. Larger files are for the command.
const (
	MaxUploadRows  = 5_000
	MaxUploadBytes = 5 << 20
	// UploadLife is how long a file that was sent can be looked at and imported.
	UploadLife = 24 * time.Hour
	// MaxUploads is how many files the portal keeps for one person; a newer one takes the place of the
	// oldest.
	MaxUploads = 20
	// MaxFileName bounds the name of a file, in characters.
	MaxFileName = 120
	// StaleImport is how long after its start an import that says nothing more is taken for broken off.
	StaleImport = 6 * time.Minute
)

// Upload is a file of customers that somebody sent, kept until they say whether to import it. Only they
// can see it.
type Upload struct {
	ID        string // I-…
	RootID    string
	PartnerID string // whose customers they are
	ActorID   string
	FileName  string
	Content   []byte
	CreatedAt time.Time
	ExpiresAt time.Time
	StartedAt *time.Time
	DoneAt    *time.Time
	Result    ImportResult `gorm:"serializer:json"`
}

// UploadWish is a file that somebody sends.
type UploadWish struct {
	FileName  string
	Content   []byte
	PartnerID string     // empty is the actor's own partner
	Wrong     Complaints // what makes the file unreadable as a whole
	FormKey   string
}

// ImportResult is what an import did, or would do, and the rows it refused.
type ImportResult struct {
	Report  ImportReport
	Refused []RefusedRow
}

// Count adds one verdict.
func (r *ImportResult) Count(v RowVerdict) {
	r.Report.Count(v)
	if v.Outcome == RowRefused {
		r.Refused = append(r.Refused, RefusedRow{v.Row.Line, v.Row.Company, v.Why})
	}
}

// RefusedRow is a row that was refused, and all that speaks against it.
type RefusedRow struct {
	Line    int
	Company string
	Why     []string
}

// ImportSheet is a file of customers as a door has read it: the door knows the format.
type ImportSheet struct {
	Recognised []string // columns whose cells are taken
	Ignored    []string // columns that are known and left aside
	Rows       iter.Seq2[ImportRow, error]
}

// ReadSheet reads a file of customers.
type ReadSheet func(content []byte) (ImportSheet, error)

// UploadDesk is what the page shows that asks for a file.
type UploadDesk struct {
	Partners []Partner // to choose from; empty for who works for one
	Wish     UploadWish
	Problem  *Problem
}

// ImportCheck is what a file would do, or what it did once it is done.
type ImportCheck struct {
	Upload  Upload
	Partner Partner
	ImportResult
	Recognised []string
	Ignored    []string
	Running    bool // it is being imported at this moment
}

// Done reports whether the file was imported.
func (c ImportCheck) Done() bool { return c.Upload.DoneAt != nil }

// Changes is how many rows would change something.
func (c ImportCheck) Changes() int { return c.Report.Created + c.Report.Changed }
