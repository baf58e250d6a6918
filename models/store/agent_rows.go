package store

import "mooring/models"

// agentRow is an agent with the keys it is sorted and searched by. Triggers make its line in lists of it.
type agentRow struct {
	models.Agent
	SortKey   string
	SearchKey string
}

func (agentRow) TableName() string { return "agents" }

func agentRowOf(a models.Agent) *agentRow {
	return &agentRow{Agent: a, SortKey: SortKey(a.DeviceName), SearchKey: SearchKey(a.DeviceName, a.OS, a.AppVersion, a.GroupName)}
}

func agentRows(all []models.Agent) []agentRow {
	rows := make([]agentRow, len(all))
	for i, a := range all {
		rows[i] = *agentRowOf(a)
	}
	return rows
}
