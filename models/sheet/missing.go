package sheet

import (
	"io"
	"time"

	"mooring/models"
)

// MissingFile is a file of the agents of a carry that have not moved.
type MissingFile struct{ out *Writer }

// NewMissingFile begins a file with the names of its columns.
func NewMissingFile(w io.Writer) *MissingFile {
	f := &MissingFile{out: NewWriter(w, ',')}
	f.out.Write("device", "group", "agent_id", "account_id", "state", "why", "told_at", "last_seen_at")
	return f
}

// Add writes some agents as they stand at an instant, and hands them on.
func (f *MissingFile) Add(c models.Carry, agents []models.MissingAgent, now time.Time) error {
	for _, a := range agents {
		state := a.State(c, now)
		why := string(a.Why)
		if why == "" && state == models.CarryFailed {
			why = string(models.DroppedByDeadline)
		}
		f.out.Write(a.DeviceName, a.GroupName, a.AgentID, a.AccountID, string(state), why, maybeMoment(a.ToldAt), maybeMoment(a.SeenAt))
	}
	return f.out.Flush()
}

func maybeMoment(t *time.Time) string {
	if t == nil {
		return ""
	}
	return moment(*t)
}
