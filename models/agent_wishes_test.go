package models

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func enrolment(change func(*Enrolment)) Enrolment {
	e := Enrolment{
		Key: "EK-7K3Q9-XW2AB-CDEFG-HJKMN-PQRST", DeviceID: "device-1", DeviceName: "FRONTDESK-01",
		GroupName: "Reception", OS: "Windows 11 24H2", AppVersion: "14.0.2",
	}
	change(&e)
	return e
}

func TestWhatAnAgentSaysWhenItEnrols(t *testing.T) {
	for _, c := range []struct {
		when   string
		change func(*Enrolment)
		wrong  string // the field, or nothing
	}{
		{"all is well", func(*Enrolment) {}, ""},
		{"the key has no prefix", func(e *Enrolment) { e.Key = e.Key[3:] }, ""},
		{"the key is typed in small letters with spaces around", func(e *Enrolment) { e.Key = " " + strings.ToLower(e.Key) + "\n" }, ""},
		{"only what must be said is said", func(e *Enrolment) { e.GroupName, e.OS, e.AppVersion = "", "", "" }, ""},
		{"the name is in another script", func(e *Enrolment) { e.DeviceName = "受付 Rezeption Ñ" }, ""},
		{"everything is as long as it may be", func(e *Enrolment) {
			e.DeviceID, e.DeviceName = strings.Repeat("d", 64), strings.Repeat("é", 64)
			e.GroupName, e.OS, e.AppVersion = strings.Repeat("g", 64), strings.Repeat("o", 64), strings.Repeat("1", 32)
		}, ""},
		{"no key", func(e *Enrolment) { e.Key = "" }, "key"},
		{"a key that is too short", func(e *Enrolment) { e.Key = e.Key[:len(e.Key)-1] }, "key"},
		{"a key with a letter that keys leave out", func(e *Enrolment) { e.Key = strings.Replace(e.Key, "7", "0", 1) }, "key"},
		{"no device id", func(e *Enrolment) { e.DeviceID = "" }, "device_id"},
		{"a device id of seven", func(e *Enrolment) { e.DeviceID = "device1" }, "device_id"},
		{"a device id of 65", func(e *Enrolment) { e.DeviceID = strings.Repeat("d", 65) }, "device_id"},
		{"a device id with a space", func(e *Enrolment) { e.DeviceID = "device 12" }, "device_id"},
		{"a device id with a line break at its end", func(e *Enrolment) { e.DeviceID = "device-12\n" }, "device_id"},
		{"no name", func(e *Enrolment) { e.DeviceName = " " }, "device_name"},
		{"a name of 65", func(e *Enrolment) { e.DeviceName = strings.Repeat("é", 65) }, "device_name"},
		{"a name with NUL", func(e *Enrolment) { e.DeviceName = "a\x00b" }, "device_name"},
		{"a name that turns the direction of writing", func(e *Enrolment) { e.DeviceName = "a\u202Eb" }, "device_name"},
		{"a name that is not UTF-8", func(e *Enrolment) { e.DeviceName = "a\xffb" }, "device_name"},
		{"a group of 65", func(e *Enrolment) { e.GroupName = strings.Repeat("g", 65) }, "group"},
		{"a system with a tab", func(e *Enrolment) { e.OS = "Windows\t11" }, "os"},
		{"a version of 33", func(e *Enrolment) { e.AppVersion = strings.Repeat("1", 33) }, "version"},
	} {
		t.Run(c.when, func(t *testing.T) {
			got, err := enrolment(c.change).Checked()
			wantComplaint(t, err, c.wrong)
			if c.wrong == "" && !strings.HasSuffix("EK-7K3Q9-XW2AB-CDEFG-HJKMN-PQRST", got.Key) {
				t.Errorf("the key is looked for as %q", got.Key)
			}
		})
	}
}

func TestWhatAnAgentSaysWhenItChecksIn(t *testing.T) {
	for _, c := range []struct {
		when    string
		checkIn CheckIn
		wrong   string
	}{
		{"the first", CheckIn{Sequence: 1}, ""},
		{"the last", CheckIn{Sequence: MaxSequence, AppVersion: "14.0.3"}, ""},
		{"more than a reader can hold", CheckIn{Sequence: MaxSequence + 1}, "sequence"},
		{"before the first", CheckIn{}, "sequence"},
		{"a negative count", CheckIn{Sequence: -1}, "sequence"},
		{"a version that cannot be seen", CheckIn{Sequence: 1, AppVersion: "\x1b[2J"}, "version"},
	} {
		t.Run(c.when, func(t *testing.T) { wantComplaint(t, c.checkIn.Check(), c.wrong) })
	}
}

func wantComplaint(t *testing.T, err error, field string) {
	t.Helper()
	p, ok := ProblemIn(err)
	switch {
	case field == "" && err != nil:
		t.Errorf("refused: %v", err)
	case field != "" && (!ok || p.Kind != Invalid || len(p.Fields) != 1 || p.Fields[0].Field != field):
		t.Errorf("got %+v, want a complaint about %s", p, field)
	}
}

func TestRulingOnEnrolment(t *testing.T) {
	now := time.Date(2026, 3, 12, 8, 41, 0, 0, time.UTC)
	ago := func(days int) *time.Time { at := now.AddDate(0, 0, -days); return &at }
	account := Account{ActivatedAt: ago(100)}
	plan := Subscription{Seats: 10, StartsAt: *ago(100), ActivatedAt: ago(100), EndsAt: ago(-200)}
	lenient := PlanTerms{Activation: FirstSignIn, Policy: DefaultPolicy(false)}
	refusing := lenient
	refusing.Policy.RefuseOverUse = true

	for _, c := range []struct {
		when    string
		account Account
		plan    func(*Subscription)
		terms   PlanTerms
		seated  bool
		inUse   int
		want    AgentCode
	}{
		{"active", account, nil, lenient, false, 3, ""},
		{"active and over its seats", account, nil, lenient, false, 12, ""},
		{"ending soon", account, func(s *Subscription) { s.EndsAt = ago(-5) }, lenient, false, 3, ""},
		{"in grace", account, func(s *Subscription) { s.EndsAt = ago(5) }, lenient, false, 3, ""},
		{"locked", account, func(s *Subscription) { s.EndsAt = ago(40) }, lenient, false, 3, PlanNotWorking},
		{"ended", account, func(s *Subscription) { s.EndsAt = ago(90) }, lenient, false, 3, PlanNotWorking},
		{"suspended", account, func(s *Subscription) { s.SuspendedAt = ago(1) }, lenient, false, 3, PlanNotWorking},
		{"suspended, and the device is known", account, func(s *Subscription) { s.SuspendedAt = ago(1) }, lenient, true, 3, PlanNotWorking},
		{"cancelled", account, func(s *Subscription) { s.CancelledAt = ago(1) }, lenient, false, 3, PlanNotWorking},
		{"activated once, and the plan of now waits", account, func(s *Subscription) { s.ActivatedAt = nil }, lenient, false, 3, PlanNotWorking},
		{"never activated", Account{}, func(s *Subscription) { s.ActivatedAt = nil }, lenient, false, 0, AccountNotActivated},
		{"closed", Account{ActivatedAt: ago(100), ClosedAt: ago(1)}, nil, lenient, false, 3, AccountClosed},
		{"purged", Account{ActivatedAt: ago(100), PurgedAt: ago(1)}, nil, lenient, false, 3, AccountClosed},
		{"one seat left, no over-use", account, nil, refusing, false, 9, ""},
		{"full, no over-use", account, nil, refusing, false, 10, SeatsInUse},
		{"full, no over-use, and the device has its seat", account, nil, refusing, true, 10, ""},
	} {
		t.Run(c.when, func(t *testing.T) {
			s := plan
			if c.plan != nil {
				c.plan(&s)
			}
			wantRefusal(t, RuleOnEnrolment(c.account, s, c.terms, c.seated, c.inUse, now), c.want)
		})
	}
}

func TestRulingOnCheckIn(t *testing.T) {
	at := time.Date(2026, 3, 12, 8, 41, 0, 0, time.UTC)
	wantRefusal(t, RuleOnCheckIn(Reporter{}), "")
	wantRefusal(t, RuleOnCheckIn(Reporter{Released: true}), AgentReleased)
	wantRefusal(t, RuleOnCheckIn(Reporter{ClosedAt: &at}), AccountClosed)
	wantRefusal(t, RuleOnCheckIn(Reporter{PurgedAt: &at}), AccountClosed)
	wantRefusal(t, RuleOnCheckIn(Reporter{ClosedAt: &at, CarryID: "CR-1"}), "")
}

func wantRefusal(t *testing.T, err error, code AgentCode) {
	t.Helper()
	var r *AgentRefusal
	errors.As(err, &r)
	if code == "" && err != nil || code != "" && (r == nil || r.Code != code) {
		t.Errorf("got %v, want %q", err, code)
	}
}
