package models

// Verdict is what the portal says of a change.
type Verdict string

const (
	// Allowed needs no more than a plain confirmation.
	Allowed Verdict = "allowed"
	// Advised goes ahead only for somebody who has read the advisory and asks for it all the same.
	Advised Verdict = "advised against"
	// Refused does not go ahead.
	Refused Verdict = "refused"
)

// Instead is the path that an advisory offers.
type Instead string

const (
	InsteadNothing Instead = ""
	InsteadModify  Instead = "modify"  // modify the plan that is assigned
	InsteadConvert Instead = "convert" // turn the trial into a full plan, in place
	InsteadRenew   Instead = "renew"   // start a new term in the target plan, same account
)

// Reason names the row of the rules that decided.
type Reason string

const (
	BecauseSame         Reason = "same plan"
	BecauseRetired      Reason = "retired"
	BecauseLocked       Reason = "locked"
	BecauseNotGranted   Reason = "not granted"
	BecauseOtherFamily  Reason = "other family"
	BecauseArchived     Reason = "archived"
	BecauseClosed       Reason = "closed"
	BecauseReplaced     Reason = "replaced"
	BecauseSuspended    Reason = "suspended"
	BecauseDowntrial    Reason = "full to trial"
	BecauseModifyOnly   Reason = "modify only"
	BecauseNotActivated Reason = "not activated"
	BecauseCode         Reason = "needs a code"
	BecauseDataCenter   Reason = "other data center"
	BecauseUnit         Reason = "other unit"
	BecauseTrial        Reason = "trial"
	BecausePurged       Reason = "purged"
	BecauseEnded        Reason = "ended"
	BecauseActivated    Reason = "activated"
)

// Ruling is what the portal says of a change before anybody commits to it. It is an answer, not an
// error; page, command and import are all given the same one.
type Ruling struct {
	Verdict  Verdict
	Reason   Reason
	Advisory Advisory
	Asks     Asks
}

// Advisory says in words what would really happen, and what to do instead.
type Advisory struct {
	Headline string
	// Text is what would happen; Better is the other way. Why adds the ground of a refusal or of an
	// impossibility, and Who says whose decision it is, where it is somebody's.
	Text    string
	Better  string
	Why     string
	Who     string
	Instead Instead
}

// Asks says how much a confirmation takes. It grows with what is at stake.
type Asks struct {
	Reason       bool
	TypedID      bool
	SecondPerson bool
}
