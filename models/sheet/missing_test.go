package sheet

import (
	"strings"
	"testing"
	"time"

	"mooring/models"
)

func TestAFileOfMissingAgentsRunsNoFormula(t *testing.T) {
	now := time.Date(2026, time.March, 12, 8, 41, 0, 0, time.UTC)
	var b strings.Builder
	f := NewMissingFile(&b)
	c := models.Carry{DeadlineAt: now}
	some := []models.MissingAgent{
		{CarriedAgent: models.CarriedAgent{AgentID: "G-1", AccountID: "A-1"}, DeviceName: "=cmd|' /C calc'!A0", GroupName: "@office"},
		{CarriedAgent: models.CarriedAgent{AgentID: "G-2", AccountID: "A-1", ToldAt: &now}, DeviceName: `DESK "2"`, SeenAt: &now},
	}
	if err := f.Add(c, some[:1], now.Add(-time.Second)); err != nil {
		t.Fatal(err)
	}
	if err := f.Add(c, some[1:], now); err != nil {
		t.Fatal(err)
	}
	want := "\ufeff" + `"device","group","agent_id","account_id","state","why","told_at","last_seen_at"` + "\r\n" +
		`"'=cmd|' /C calc'!A0","'@office","G-1","A-1","waiting","","",""` + "\r\n" +
		`"DESK ""2""","","G-2","A-1","failed","given up","2026-03-12T08:41:00Z","2026-03-12T08:41:00Z"` + "\r\n"
	if b.String() != want {
		t.Errorf("written:\n%s\nwant:\n%s", b.String(), want)
	}
}
