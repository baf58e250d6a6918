package sheet

import (
	"io"
	"strconv"
	"time"

	"mooring/models"
)

// AccountsFile is a file of accounts as the list of accounts shows them.
type AccountsFile struct{ out *Writer }

// NewAccountsFile begins a file with the names of its columns.
func NewAccountsFile(w io.Writer) *AccountsFile {
	f := &AccountsFile{out: NewWriter(w, ',')}
	f.out.Write("customer", "customer_id", "account_id", "plan", "state", "agents", "seats", "ends_on", "owner", "created_at", "replaced_by")
	return f
}

// Add writes some accounts as they stand at an instant, and hands them on.
func (f *AccountsFile) Add(rows []models.AccountRow, now time.Time) error {
	for _, r := range rows {
		replaced := ""
		if r.ReplacedByID != nil {
			replaced = *r.ReplacedByID
		}
		f.out.Write(r.Customer, r.CustomerID, r.ID, r.Terms.Name, string(r.State(now)), strconv.Itoa(r.InUse),
			strconv.Itoa(r.Subscription.Seats), string(r.Subscription.EndsOn), r.Owner, moment(r.CreatedAt), replaced)
	}
	return f.out.Flush()
}

// CustomersFile is a file of customers as the list of customers shows them.
type CustomersFile struct{ out *Writer }

// NewCustomersFile begins a file with the names of its columns.
func NewCustomersFile(w io.Writer) *CustomersFile {
	f := &CustomersFile{out: NewWriter(w, ',')}
	f.out.Write("customer", "customer_id", "city", "external_ref", "accounts", "owner", "created_at", "archived_at")
	return f
}

// Add writes some customers and hands them on.
func (f *CustomersFile) Add(rows []models.CustomerRow) error {
	for _, r := range rows {
		archived := ""
		if r.ArchivedAt != nil {
			archived = moment(*r.ArchivedAt)
		}
		f.out.Write(r.Name, r.ID, r.City, r.ExternalRef, strconv.Itoa(r.Accounts), r.Owner, moment(r.CreatedAt), archived)
	}
	return f.out.Flush()
}

// AgentsFile is a file of agents as the lists of agents show them.
type AgentsFile struct{ out *Writer }

// NewAgentsFile begins a file with the names of its columns.
func NewAgentsFile(w io.Writer) *AgentsFile {
	f := &AgentsFile{out: NewWriter(w, ',')}
	f.out.Write("device", "agent_id", "customer", "customer_id", "account_id", "group", "system", "version", "presence", "last_check_in",
		"enrolled_at", "moves_to", "released_at", "released_by", "merged_into")
	return f
}

// Add writes some agents as they stand at an instant, and hands them on.
func (f *AgentsFile) Add(rows []models.AgentRow, now time.Time) error {
	for _, r := range rows {
		seen := ""
		if r.SeenAt != nil {
			seen = moment(*r.SeenAt)
		}
		presence, released, merged := string(r.Presence(now)), "", ""
		if r.ReleasedAt != nil {
			presence, released = "", moment(*r.ReleasedAt)
		}
		if r.MergedIntoID != nil {
			merged = *r.MergedIntoID
		}
		f.out.Write(r.DeviceName, r.ID, r.Customer, r.CustomerID, r.AccountID, r.GroupName, r.OS, r.AppVersion, presence, seen,
			moment(r.EnrolledAt), r.MovesTo, released, r.ReleasedBy, merged)
	}
	return f.out.Flush()
}

func moment(t time.Time) string { return t.UTC().Format(time.RFC3339) }
