package link

import (
	"testing"

	"mooring/models"
)

func TestAddressesAreThoseOfTheContract(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Customer("C-1042"), "/customers/C-1042"},
		{EditCustomer("C-1042"), "/customers/C-1042/edit"},
		{NewCustomer(), "/customers/new"},
		{NewCustomerOf("P-1100"), "/customers/new?partner=P-1100"},
		{ArchiveCustomer("C-1042"), "/customers/C-1042/archive"},
		{RestoreCustomer("C-1042"), "/customers/C-1042/restore"},
		{AssignPlan("C-1042"), "/customers/C-1042/plans/assign"},
		{Account("A-20418"), "/accounts/A-20418"},
		{AccountAgents("A-20418"), "/accounts/A-20418/agents"},
		{Agent("G-204180001"), "/agents/G-204180001"},
		{AccountCreated("A-20977"), "/accounts/A-20977/created"},
		{Enrolment("A-20418"), "/accounts/A-20418/enrolment"},
		{RotateKey("A-20418"), "/accounts/A-20418/enrolment/rotation"},
		{AgentBuild("agents-linux-amd64"), "/downloads/agents/agents-linux-amd64"},
		{ModifyPlan("A-20418"), "/accounts/A-20418/plan"},
		{ModifyPlanWith("A-20418", "endpoint-advanced", 50), "/accounts/A-20418/plan?plan=endpoint-advanced&seats=50"},
		{ModifyPlanWith("A-20418", "", 0), "/accounts/A-20418/plan"},
		{Reassign("A-20418"), "/accounts/A-20418/reassign"},
		{ReassignTo("A-20418", "endpoint-advanced"), "/accounts/A-20418/reassign/endpoint-advanced"},
		{CarryAgents("A-20418"), "/accounts/A-20418/carry"},
		{CarryAgentsTo("A-20418", "A-20977"), "/accounts/A-20418/carry?to=A-20977"},
		{UndoReassign("A-20418"), "/accounts/A-20418/undo"},
		{Carry("CR-6001"), "/carries/CR-6001"},
		{CarryEvents("CR-6001"), "/carries/CR-6001/events"},
		{MissingAgents("CR-6001", ""), "/carries/CR-6001/missing"},
		{MissingAgents("CR-6001", "G-1"), "/carries/CR-6001/missing?after=G-1"},
		{MissingFile("CR-6001"), "/carries/CR-6001/missing.csv"},
		{CallOffCarry("CR-6001"), "/carries/CR-6001/cancellation"},
		{RetryCarry("CR-6001"), "/carries/CR-6001/retry"},
		{Orphans(""), "/agents/orphans"},
		{Orphans(models.NoPlan), "/agents/orphans?kind=no-plan"},
		{OrphansAfter(models.NoPlan, "x"), "/agents/orphans?after=x&kind=no-plan"},
		{OrphansBefore(models.NoPlan, "x"), "/agents/orphans?before=x&kind=no-plan"},
		{MergeAgents("G-208620001", ""), "/agents/G-208620001/merge"},
		{MergeAgents("G-208620001", "G-207920001"), "/agents/G-208620001/merge?other=G-207920001"},
		{RetireAccount("A-20840"), "/accounts/A-20840/retirement"},
		{EditPlan("endpoint-standard"), "/plans/endpoint-standard/edit"},
		{ClonePlan("endpoint-standard"), "/plans/new?clone=endpoint-standard"},
		{RetirePlan("endpoint-standard"), "/plans/endpoint-standard/retire"},
		{RestorePlan("endpoint-standard"), "/plans/endpoint-standard/restore"},
	} {
		if c.got != c.want {
			t.Errorf("%s, want %s", c.got, c.want)
		}
	}
}

func TestAnIdCannotLeaveItsPlaceInTheAddress(t *testing.T) {
	if got, want := Account("../admin?x=1#y"), "/accounts/..%2Fadmin%3Fx=1%23y"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got, want := ModifyPlanWith("A-1", "a&b=c", 5), "/accounts/A-1/plan?plan=a%26b%3Dc&seats=5"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
