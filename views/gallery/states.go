package gallery

import (
	"github.com/a-h/templ"

	"mooring/models"
	"mooring/models/demo"
	"mooring/views/link"
)

// The customers that most states are about.
const (
	bramley  = "Bramley Dental Group"
	steamers = "Ullswater Steamers"
)

// States are the pages, in the order of the navigation.
var States = []State{
	{ID: "sign-in", As: Nobody, Path: link.SignIn(), H1: "Sign in", Hooks: []string{"sign-in-form", "submit-sign-in"}},
	{ID: "sign-in.error", As: Nobody, Path: link.SignIn(), Code: 422, Wrong: true, H1: "Sign in", Hooks: []string{"error-summary"}, Draw: signInRefused},
	{ID: "welcome", As: Nobody, Path: link.Welcome("w-1"), H1: "Choose a password", Hooks: []string{"welcome-form", "submit-welcome"}, Draw: welcome},
	{ID: "welcome.error", As: Nobody, Path: link.Welcome("w-1"), Code: 422, Wrong: true, H1: "Choose a password", Hooks: []string{"error-summary"}, Draw: welcomeRefused},

	{ID: "dashboard", As: Reseller, Path: link.Home(), H1: "Dashboard", Hooks: []string{"main-nav", "kpis", "worklist", "timeline"}},
	{ID: "dashboard.distributor", As: Distributor, Path: link.Home(), H1: "Dashboard", Hooks: []string{"kpis", "worklist"}},
	{ID: "dashboard.contact", As: Contact, Path: link.Home(), H1: "Dashboard"},

	{ID: "watch", As: Reseller, Path: link.Watch(), H1: "Fell silent after a change", Hooks: []string{"watch-table", "watch-" + demo.SilentAccount}},
	{ID: "watch.empty", As: Contact, Path: link.Watch(), H1: "Fell silent after a change", Hooks: []string{"go-home"}},

	{ID: "customers", As: Reseller, Path: link.Customers(), H1: "Customers", Hooks: []string{"main-nav", "customers-table", "pager", "row-C-1042"}},
	{ID: "customers.distributor", As: Distributor, Path: link.Customers(), H1: "Customers", Hooks: []string{"customers-table"}},
	{ID: "customers.empty", As: Reseller, Path: link.Customers(), H1: "Customers", Draw: noCustomers},
	{ID: "customers.contact", As: Contact, Path: link.Customers(), H1: "Customers", Hooks: []string{"row-C-1042"}},

	{ID: "customers.no-match", As: Reseller, Path: link.Customers() + "?q=nothing+like+this", H1: "Customers", Hooks: []string{"filters", "empty-state", "clear-filters"}},
	{ID: "customers.archived", As: Reseller, Path: link.Customers() + "?view=archived", H1: "Customers", Hooks: []string{"view-archived", "row-C-1031"}},

	{ID: "accounts", As: Reseller, Path: link.Accounts(), H1: "Accounts", Hooks: []string{"filters", "views", "accounts-table", "pager", "row-A-20418"}},
	{ID: "accounts.narrowed", As: Reseller, Path: link.Accounts() + "?owner=" + demo.Maya + "&sort=-ends&state=active", H1: "Accounts", Hooks: []string{"clear-filters", "accounts-table"}},
	{ID: "accounts.no-match", As: Reseller, Path: link.Accounts() + "?q=nothing+like+this", H1: "Accounts", Hooks: []string{"filters", "empty-state"}},
	{ID: "accounts.contact", As: Contact, Path: link.Accounts(), H1: "Accounts", Hooks: []string{"row-A-20418"}},

	{ID: "customer", As: Reseller, Path: link.Customer(demo.Bramley), H1: bramley, About: demo.Bramley, Hooks: []string{"accounts-of", "row-A-20418", "timeline"}},
	customer("empty", demo.CustomerWithoutAccount, "Juniper Legal"),
	customer("archived", demo.ArchivedCustomer, "Kingfisher Cafés"),
	customer("families", demo.ThreeFamiliesCustomer, "Larkspur Holdings"),
	customer("long-name", demo.LongName, "The Worshipful Association of Lighthouse Keepers, Chandlers and Harbour Pilots of the North"),
	customer("long-word", "C-1004", "Donau-Dampfschifffahrts-Elektrizitätswerke GmbH"),
	customer("japanese", "C-1008", "北村精密工業株式会社"),
	customer("arabic", "C-1010", "مخبز الشروق"),
	{ID: "customer.contact", As: Contact, Path: link.Customer(demo.Bramley), H1: bramley, About: demo.Bramley},

	{ID: "customer.new", As: Admin, Path: link.NewCustomer(), H1: "Add a customer", Hooks: []string{"new-customer-form", "submit-customer"}},
	{ID: "customer.edit", As: Admin, Path: link.EditCustomer(demo.Bramley), H1: "Edit Bramley Dental Group", About: demo.Bramley, Hooks: []string{"edit-customer-form", "submit-customer"}},
	{ID: "customer.archive", As: Admin, Path: link.ArchiveCustomer(demo.CustomerWithoutAccount), H1: "Archive Juniper Legal", About: demo.CustomerWithoutAccount, Hooks: []string{"archive-form", "submit-archive"}},
	{ID: "customer.assign", As: Reseller, Path: link.AssignPlan(demo.CustomerWithoutAccount), H1: "Assign a plan", About: "Juniper Legal", Hooks: []string{"assign-form", "submit-assign"}},
	{ID: "customer.assign.held", As: Reseller, Path: link.AssignPlan(demo.Bramley) + "?plan=" + demo.Advanced, H1: "Assign a plan", About: bramley, Hooks: []string{"already-held", "choose-modify", "choose-reassign"}},

	account("active", demo.BramleyAccount, bramley, "account-id", "plan-name", "seats", "agent-count", "modify-plan", "reassign-plan", "reassign-plan-menu", "agents-summary", "enrolment-key"),
	account("awaiting", demo.AwaitingAccount, "Casa Verde Imóveis"),
	account("awaiting-code", demo.AwaitingCodeAccount, "Dunlin Freight"),
	account("scheduled", demo.ScheduledAccount, "Birch Clinic"),
	account("ending", demo.EndingAccount, "Quayside Veterinary Clinic"),
	account("grace", demo.GraceAccount, "Elm Street Bakery"),
	account("locked", demo.LockedAccount, "Foxglove Interiors"),
	account("ended", demo.EndedAccount, "Quarry & Sons"),
	account("suspended", demo.SuspendedAccount, "O’Malley & Daughters Solicitors"),
	account("cancelled", demo.CancelledAccount, "Penrose Architects"),
	account("closed", demo.ClosedAccount, "Marlow Picture Framing"),
	account("purged", demo.PurgedAccount, "Dunmore Fisheries"),
	account("replaced", demo.ReplacedAccount, "Sandpiper Leisure Group"),
	account("successor", demo.SuccessorAccount, "Sandpiper Leisure Group"),
	account("leaving", demo.LeavingAccount, steamers, "account-replaced", "carry-under-way", "undo-reassign"),
	account("arriving", demo.ArrivingAccount, steamers, "carry-under-way", "undo-reassign-menu"),
	account("trial", demo.TrialActive, "Gable & Finch"),
	account("over-seats", demo.OverAmber, "Orchard Primary School", "seats"),
	account("far-over-seats", demo.OverRed, "Pilgrim Tyres", "seats"),
	account("one-agent", demo.OneAgent, "Solo Upholstery"),
	account("no-agents", demo.NoAgents, "Thistle Removals"),
	account("none-online", demo.NoneOnline, "Umber Pottery"),
	account("large", demo.LargeAccount, "Universidad Técnica del Litoral"),
	account("another-zone", demo.LastDayAccount, "Kauri Surveyors"),
	{ID: "account.support", As: Support, Path: link.Account(demo.BramleyAccount), H1: bramley, About: demo.BramleyAccount, Hooks: []string{"account-id", "enrolment-key"}},
	{ID: "account.auditor", As: Auditor, Path: link.Account(demo.BramleyAccount), H1: bramley, About: demo.BramleyAccount, Hooks: []string{"account-id"}},
	{ID: "account.contact", As: Contact, Path: link.Account(demo.BramleyAccount), H1: bramley, About: demo.BramleyAccount, Hooks: []string{"account-id"}},
	carry("plain", 0, "carry-form", "side-by-side", "submit-carry").drawn(carryPlain),
	carry("empty", 0, "install-agents", "choose-cancel").drawn(carryEmpty),
	carry("on-their-way", 0, "other-carry", "choose-cancel").drawn(carryOnTheirWay),
	carry("over-seats", 0, "over-seats", "add-seats").drawn(carryOver),
	carry("error", 422, "error-summary").drawn(carryRefused),
	carry("changed", 409, "facts-changed").drawn(carryChanged),
	{ID: "account.carry.waits", As: Reseller, Path: link.CarryAgents(demo.ReplacedAccount), H1: "Carry the agents over", About: "Sandpiper Leisure Group", Hooks: []string{"carry-form", "carry-waits", "side-by-side"}},
	{ID: "account.carry.nowhere", As: Reseller, Path: link.CarryAgents(demo.BramleyAccount), H1: "Carry the agents over", About: bramley, Hooks: []string{"empty-state"}},

	{ID: "account.silent", As: Reseller, Path: link.Account(demo.SilentAccount), H1: "Jasper Mills", About: demo.SilentAccount, Hooks: []string{"fell-silent", "modify-back", "silent-agents", "all-silent"}},
	{ID: "account.silent.auditor", As: Auditor, Path: link.Account(demo.SilentAccount), H1: "Jasper Mills", About: demo.SilentAccount, Hooks: []string{"fell-silent"}},

	{ID: "account.seats", As: Reseller, Path: link.AccountSeats(demo.AmericanAccount), H1: "Seats", About: demo.AmericanAccount, Hooks: []string{"seats", "seats-peak", "choose-seats", "release-chosen"}},
	{ID: "account.seats.review", As: Reseller, Path: link.ReleaseSeats(demo.AmericanAccount, "G-207340022", "G-207340023"), H1: "Seats", About: demo.AmericanAccount, Hooks: []string{"release-form", "impact-preview", "submit-release"}},
	{ID: "account.seats.error", As: Reseller, Path: link.ReleaseSeats(demo.NoneOnline), Code: 422, Wrong: true, H1: "Seats", About: demo.NoneOnline, Hooks: []string{"error-summary", "choose-seats"}},
	{ID: "account.seats.over", As: Reseller, Path: link.AccountSeats(demo.OverRed), H1: "Seats", About: demo.OverRed, Hooks: []string{"seats", "seats-peak"}},
	{ID: "account.seats.none-idle", As: Reseller, Path: link.AccountSeats(demo.OneAgent), H1: "Seats", About: demo.OneAgent, Hooks: []string{"seats", "seats-idle"}},
	{ID: "account.seats.auditor", As: Auditor, Path: link.AccountSeats(demo.AmericanAccount), H1: "Seats", About: demo.AmericanAccount, Hooks: []string{"idle-agents"}},
	{ID: "account.retire", As: Reseller, Path: link.RetireAccount(demo.SuccessorAccount), H1: "Retire the empty account", About: "Sandpiper Leisure Group", Hooks: []string{"retire-form", "impact-preview", "submit-retire"}},
	{ID: "account.retire.refused", As: Reseller, Path: link.RetireAccount(demo.BramleyAccount), H1: "Retire the empty account", About: bramley, Hooks: []string{"retire-refused"}},

	{ID: "account.agents", As: Reseller, Path: link.AccountAgents(demo.BramleyAccount), H1: "Agents", About: demo.BramleyAccount, Hooks: []string{"health", "filters", "agents-table", "agent-G-204180001", "pager"}},
	{ID: "account.agents.large", As: Reseller, Path: link.AccountAgents(demo.LargeAccount) + "?sort=-enrolled", H1: "Agents", About: demo.LargeAccount, Hooks: []string{"health", "agents-table"}},
	{ID: "account.agents.no-match", As: Reseller, Path: link.AccountAgents(demo.BramleyAccount) + "?presence=moving", H1: "Agents", About: demo.BramleyAccount, Hooks: []string{"health", "empty-state", "clear-filters"}},
	{ID: "account.agents.empty", As: Reseller, Path: link.AccountAgents(demo.NoAgents), H1: "Agents", About: demo.NoAgents, Hooks: []string{"empty-state"}},
	{ID: "account.agents.contact", As: Contact, Path: link.AccountAgents(demo.BramleyAccount), H1: "Agents", About: demo.BramleyAccount, Hooks: []string{"agents-table"}},

	joining("masked", demo.BramleyAccount, bramley, "enrolment-key", "show-key", "rotate-key", "install-hidden"),
	{ID: "account.enrolment.shown", As: Reseller, Path: link.Enrolment(demo.BramleyAccount), H1: "Install agents", About: bramley, Hooks: []string{"enrolment-key", "install-linux-amd64", "install-windows-amd64", "install-darwin-arm64", "sha256-linux-amd64"}, Draw: enrolmentShown},
	{ID: "account.enrolment.unbuilt", As: Reseller, Path: link.Enrolment(demo.BramleyAccount), H1: "Install agents", About: bramley, Hooks: []string{"build-linux-amd64", "install-linux-amd64"}, Draw: enrolmentUnbuilt},
	{ID: "account.enrolment.older", As: Reseller, Path: link.Enrolment(demo.BramleyAccount), H1: "Install agents", About: bramley, Hooks: []string{"older-keys", "show-key"}, Draw: enrolmentOlder},
	joining("awaiting", demo.AwaitingAccount, "Casa Verde Imóveis", "enrolment-refused"),
	joining("on-premise", demo.AwaitingCodeAccount, "Dunlin Freight", "on-premise"),
	joining("closed", demo.ClosedAccount, "Marlow Picture Framing", "enrolment-refused"),
	{ID: "account.enrolment.support", As: Support, Path: link.Enrolment(demo.BramleyAccount), H1: "Install agents", About: bramley, Hooks: []string{"show-key"}},
	{ID: "account.enrolment.rotate", As: Reseller, Path: link.RotateKey(demo.BramleyAccount), H1: "Rotate the enrolment key", About: bramley, Hooks: []string{"rotate-form", "impact-preview", "update-preview", "submit-rotate"}},
	{ID: "account.enrolment.rotate.now", As: Reseller, Path: link.RotateKey(demo.BramleyAccount) + "?overlap=now", H1: "Rotate the enrolment key", About: bramley, Hooks: []string{"impact-old-key"}},
	{ID: "account.enrolment.rotate.error", As: Reseller, Path: link.RotateKey(demo.BramleyAccount), Code: 422, Wrong: true, H1: "Rotate the enrolment key", About: bramley, Hooks: []string{"error-summary"}, Draw: rotationRefused},
	{ID: "account.enrolment.rotate.changed", As: Reseller, Path: link.RotateKey(demo.BramleyAccount), Code: 409, H1: "Rotate the enrolment key", About: bramley, Hooks: []string{"facts-changed", "impact-older"}, Draw: rotationChanged},
	{ID: "account.enrolment.rotate.closed", As: Reseller, Path: link.RotateKey(demo.ClosedAccount), H1: "Rotate the enrolment key", About: "Marlow Picture Framing", Hooks: []string{"rotate-refused"}},

	{ID: "agents", As: Reseller, Path: link.Agents(), H1: "Agents", Hooks: []string{"filters", "agents-table", "pager"}},
	{ID: "agents.narrowed", As: Reseller, Path: link.Agents() + "?q=windows&presence=quiet&sort=seen", H1: "Agents", Hooks: []string{"clear-filters", "agents-table"}},
	{ID: "agents.moving", As: Reseller, Path: link.Agents() + "?presence=moving", H1: "Agents", Hooks: []string{"clear-filters", "agents-table"}},
	{ID: "agents.customer", As: Reseller, Path: link.Agents() + "?customer=" + demo.Bramley, H1: "Agents", Hooks: []string{"clear-filters", "agents-table"}},
	{ID: "agents.no-match", As: Reseller, Path: link.Agents() + "?q=nothing+like+this", H1: "Agents", Hooks: []string{"filters", "empty-state"}},
	{ID: "agents.empty", As: Reseller, Path: link.Agents(), H1: "Agents", Draw: noAgents},
	{ID: "agents.released", As: Reseller, Path: link.AgentsWhere(models.ListQuestion{View: models.ViewReleased}), H1: "Agents", Hooks: []string{"views", "view-released", "agents-table", "agent-" + doubledAgent}, Draw: releasedAgents},
	{ID: "agents.released.none", As: Reseller, Path: link.AccountAgentsWhere(demo.BramleyAccount, models.ListQuestion{View: models.ViewReleased}), H1: "Agents", About: demo.BramleyAccount, Hooks: []string{"view-released", "empty-state"}},
	{ID: "agents.many", As: Reseller, Path: link.Agents(), H1: "Agents", Hooks: []string{"looked", "agents-table", "pager"}, Draw: manyAgents},
	{ID: "agents.named", As: Reseller, Path: link.Agents(), H1: "Agents", Hooks: []string{"opened", "agents-table", "pager"}, Draw: namedAgents},
	{ID: "agents.further", As: Reseller, Path: link.Agents(), H1: "Agents", Hooks: []string{"look-further"}, Draw: furtherAgents},
	{ID: "agents.distributor", As: Distributor, Path: link.Agents(), H1: "Agents", Hooks: []string{"agents-table"}},
	{ID: "agents.contact", As: Contact, Path: link.Agents(), H1: "Agents", Hooks: []string{"agents-table", "agent-G-204180001"}},

	agent("", "G-204180001"),
	agent(".quiet", "G-204180038"),
	agent(".never-seen", "G-204180042"),
	agent(".moving", "G-207910031", "agent-moving", "told"),
	agent(".moved", carriedAgent, "told"),
	{ID: "agent.clock", As: Reseller, Path: link.Agent("G-204180001"), H1: agentOf("G-204180001").DeviceName, About: "G-204180001", Hooks: []string{"seen-before", "check-ins", "clock"}, Draw: agentWithWrongClock},
	{ID: "agent.merge", As: Reseller, Path: link.MergeAgents(doublingAgent, ""), H1: "Merge the two agents of a device", About: "EDIT-01", Hooks: []string{"merge-form", "impact-preview", "submit-merge"}},
	{ID: "agent.merge.refused", As: Reseller, Path: link.MergeAgents("G-204180001", ""), H1: "Merge the two agents of a device", About: agentOf("G-204180001").DeviceName, Hooks: []string{"merge-refused"}},
	{ID: "agent.merge.both", As: Reseller, Path: link.MergeAgents(doublingAgent, ""), H1: "Merge the two agents of a device", About: "EDIT-01", Hooks: []string{"both-report", "merge-form"}, Draw: mergeOfTwoThatReport},
	{ID: "agent.merge.changed", As: Reseller, Path: link.MergeAgents(doublingAgent, ""), Code: 409, H1: "Merge the two agents of a device", About: agentOf(doubledAgent).DeviceName, Hooks: []string{"facts-changed", "merge-form"}, Draw: mergeChanged},
	{ID: "agent.merging", As: Reseller, Path: link.Agent(doublingAgent), H1: "EDIT-01", About: doublingAgent, Hooks: []string{"moves", "move-" + doubledAgent + "-1"}, Draw: mergingAgent},
	{ID: "agent.merged", As: Reseller, Path: link.Agent(doubledAgent), H1: agentOf(doubledAgent).DeviceName, About: doubledAgent, Hooks: []string{"merged-into", "moves"}, Draw: mergedAgent},
	{ID: "agent.released", As: Reseller, Path: link.Agent(carriedAgent), H1: agentOf(carriedAgent).DeviceName, About: carriedAgent, Hooks: []string{"moves", "told", "told-released-2"}, Draw: releasedAgent},

	modify("plain", link.ModifyPlan(demo.BramleyAccount), bramley, "modify-form", "impact-preview", "submit-modify", "update-preview"),
	modify("upgrade", link.ModifyPlanWith(demo.BramleyAccount, demo.Advanced, 60), bramley, "impact-price"),
	{ID: "plan.modify.back", As: Reseller, Path: link.ModifyPlanTo(demo.SilentAccount, models.Modification{Seats: 12, Term: models.KeepTerm, Renews: true, Version: 3}), H1: "Modify the plan", About: "Jasper Mills", Hooks: []string{"modify-form", "impact-seats"}},
	modify("below-use", link.ModifyPlanWith(demo.BramleyAccount, "", 40), bramley, "without-seat"),
	modify("trial", link.ModifyPlan(demo.TrialActive), "Gable & Finch"),
	modify("ended", link.ModifyPlan(demo.EndedAccount), "Quarry & Sons"),
	modify("awaiting", link.ModifyPlan(demo.AwaitingAccount), "Casa Verde Imóveis"),
	{ID: "plan.modify.error", As: Reseller, Path: link.ModifyPlan(demo.BramleyAccount), Code: 422, Wrong: true, H1: "Modify the plan", About: bramley, Hooks: []string{"error-summary"}, Draw: modifyRefused},
	{ID: "plan.modify.changed", As: Reseller, Path: link.ModifyPlan(demo.BramleyAccount), Code: 409, H1: "Modify the plan", About: bramley, Hooks: []string{"facts-changed"}, Draw: modifyChanged},

	reassign("choose", link.Reassign(demo.BramleyAccount), "Warning: Reassigning would leave 42 agents behind", bramley, "reassign-advisory", "choose-modify", "choose-cancel", "reassign-choose", "continue-reassign"),
	reassign("advisory", link.ReassignTo(demo.BramleyAccount, demo.Advanced), "Warning: Reassigning would leave 42 agents behind", bramley,
		"reassign-advisory", "advisory-agents", "choose-modify", "choose-cancel", "compare", "not-carried", "reassign-form", "confirm-input", "submit-reassign"),
	reassign("one-agent", link.ReassignTo(demo.OneAgent, demo.Advanced), "Warning: Reassigning would leave 1 agent behind", "Solo Upholstery", "reassign-advisory", "submit-reassign"),
	reassign("no-agents", link.ReassignTo(demo.NoAgents, demo.Advanced), "Warning: Reassigning would make a second account", "Thistle Removals", "reassign-advisory", "submit-reassign"),
	reassign("trial", link.ReassignTo(demo.TrialActive, demo.Standard), "Warning: Reassigning would leave 5 agents behind", "Gable & Finch", "reassign-advisory", "choose-modify"),
	reassign("ended", link.ReassignTo(demo.EndedAccount, demo.Advanced), "Warning: Reassigning would leave 8 agents behind", "Quarry & Sons", "reassign-advisory", "choose-modify"),
	reassign("elsewhere", link.ReassignTo(demo.BramleyAccount, demo.AdvancedUS), "Warning: Reassigning would leave 42 agents behind", bramley, "reassign-advisory"),
	reassign("plain", link.ReassignTo(demo.AwaitingAccount, demo.Advanced), "Replace Endpoint Standard before it begins", "Casa Verde Imóveis", "reassign-form", "submit-reassign"),
	reassign("same", link.ReassignTo(demo.BramleyAccount, demo.Standard), "They already have Endpoint Standard", bramley, "reassign-refused"),
	reassign("suspended", link.Reassign(demo.SuspendedAccount), "This plan is suspended", "O’Malley & Daughters Solicitors", "reassign-refused"),
	reassign("replaced", link.Reassign(demo.ReplacedAccount), "This account was already reassigned", "Sandpiper Leisure Group", "reassign-refused", "open-result"),
	reassign("modify-only", link.ReassignTo(demo.ModifyOnlyAccount, demo.Advanced), "Endpoint Fixed can only be modified", "Ivy & Oak Estate Agents", "reassign-refused"),
	{ID: "plan.reassign.error", As: Reseller, Path: link.ReassignTo(demo.BramleyAccount, demo.Advanced), Code: 422, Wrong: true, H1: "Warning: Reassigning would leave 42 agents behind", About: bramley, Hooks: []string{"error-summary", "confirm-input"}, Draw: reassignRefused},
	{ID: "plan.reassign.changed", As: Reseller, Path: link.ReassignTo(demo.BramleyAccount, demo.Advanced), Code: 409, H1: "Warning: Reassigning would leave 42 agents behind", About: bramley, Hooks: []string{"facts-changed", "confirm-input"}, Draw: reassignChanged},
	{ID: "plan.reassign.result", As: Reseller, Path: link.AccountCreated(demo.SuccessorAccount), H1: "Account A-20840 is ready", About: "Sandpiper Leisure Group"},

	turn("suspend", "/suspension", demo.BramleyAccount, bramley, "Suspend the plan", "suspend-form", "impact-preview", "submit-suspend"),
	turn("resume", "/resumption", demo.SuspendedAccount, "O’Malley & Daughters Solicitors", "Resume the plan", "resume-form", "impact-preview", "submit-resume"),
	turn("cancel", "/cancellation", demo.BramleyAccount, bramley, "Cancel the plan", "cancel-form", "impact-preview", "submit-cancel"),
	turn("restore", "/restoration", demo.CancelledAccount, "Penrose Architects", "Take the cancellation back"),
	undo("default", demo.LeavingAccount, steamers, "undo-form", "impact-preview", "submit-undo").drawn(undoPlain),
	undo("carried", demo.LeavingAccount, steamers, "undo-form", "impact-agents", "submit-undo"),
	undo("refused", demo.ReplacedAccount, "Sandpiper Leisure Group", "undo-refused", "carry-agents"),
	undoWrong("error", "error-summary").drawn(undoRefused),

	progress("running", "Carrying agents over to ", "carry-moved", "carry-waiting", "carry-failed", "call-off", "missing", "download-csv", "refresh"),
	progress("done", "Carried agents over to ", "carry-done").drawn(carryDone),
	progress("failed", "Expired: carrying agents over to ", "carry-given-up", "retry-carry").drawn(carryFailed),
	progress("cancelled", "Called off: carrying agents over to ", "carry-cancelled").drawn(carryCancelled),
	{ID: "carry.missing", As: Reseller, Path: link.MissingAgents(demo.CarryUnderWay, ""), H1: "Who is missing", About: steamers, Hooks: []string{"missing-table", "pager", "download-csv"}},
	{ID: "carry.call-off", As: Reseller, Path: link.CallOffCarry(demo.CarryUnderWay), H1: "Call the carry off", About: steamers, Hooks: []string{"call-off-form", "submit-call-off"}},

	{ID: "orphans", As: Reseller, Path: link.Orphans(""), H1: "Orphaned agents", Hooks: []string{"orphans", "views", "view-left-behind", "view-no-plan", "orphans-table", "row-A-20610", "carry-A-20610", "pager"}},
	{ID: "orphans.no-plan", As: Reseller, Path: link.Orphans(models.NoPlan), H1: "Orphaned agents", Hooks: []string{"row-A-20705", "row-A-19873", "renew-A-20705"}},
	{ID: "orphans.empty-second", As: Reseller, Path: link.Orphans(models.EmptySecond), H1: "Orphaned agents", Hooks: []string{"row-A-20840", "retire-A-20840"}},
	{ID: "orphans.same-device", As: Reseller, Path: link.Orphans(models.SameDevice), H1: "Orphaned agents", Hooks: []string{"row-G-208620001", "merge-G-208620001", "row-G-208620002"}},
	{ID: "orphans.auditor", As: Auditor, Path: link.Orphans(""), H1: "Orphaned agents", Hooks: []string{"orphans-table"}},
	{ID: "orphans.none", As: Reseller, Path: link.Orphans(""), H1: "Orphaned agents", Hooks: []string{"orphans", "empty-state"}, Draw: noOrphans},

	{ID: "plans", As: Reseller, Path: link.Plans(), H1: "Plans", Hooks: []string{"plans-table", "plan-row-endpoint-standard"}},
	{ID: "plans.distributor", As: Distributor, Path: link.Plans(), H1: "Plans", Hooks: []string{"plans-table", "new-plan"}},
	{ID: "plans.overview", As: Distributor, Path: link.Plan(demo.Standard), H1: "Endpoint Standard", Hooks: []string{"plan-versions", "edit-plan", "clone-plan", "retire-plan"}},
	{ID: "plans.overview.reseller", As: Reseller, Path: link.Plan(demo.Standard), H1: "Endpoint Standard", Hooks: []string{"plan-versions"}},
	{ID: "plans.edit", As: Distributor, Path: link.EditPlan(demo.Standard), H1: "Edit Endpoint Standard", Hooks: []string{"plan-form", "affected", "submit-plan"}},
	{ID: "plans.new", As: Admin, Path: link.NewPlan(), H1: "New plan", Hooks: []string{"plan-form", "affected", "submit-plan"}},
	{ID: "import.new", As: Admin, Path: link.ImportCustomers(), H1: "Import customers", Hooks: []string{"import-form", "submit-upload", "import-template"}},

	{ID: "error.403", As: Support, Path: link.Reassign(demo.BramleyAccount), Code: 403, H1: "You cannot open this page", Hooks: []string{"error-403"}},
	{ID: "error.404", As: Reseller, Path: link.Account("A-00000"), Code: 404, H1: "Page not found", Hooks: []string{"error-404"}},
	{ID: "error.404.nobody", As: Nobody, Path: "/no/such/page", Code: 404, H1: "Page not found", Hooks: []string{"error-404", "go-sign-in"}},
	{ID: "error.409", As: Reseller, Path: link.ModifyPlan(demo.BramleyAccount), Code: 409, H1: "Someone changed this first", Hooks: []string{"error-409", "go-back"}, Draw: trouble(409, models.Problem{Kind: models.Conflict, Message: "This plan is suspended. Resume it first, then modify it."})},
	{ID: "error.413", As: Reseller, Path: link.ModifyPlan(demo.BramleyAccount), Code: 413, H1: "That is too large", Hooks: []string{"error-413"}, Draw: trouble(413, models.Problem{})},
	{ID: "error.429", As: Reseller, Path: link.ModifyPlan(demo.BramleyAccount), Code: 429, H1: "Slow down for a moment", Hooks: []string{"error-429"}, Draw: trouble(429, models.Problem{Kind: models.Throttled, RetryAfter: 30})},
	{ID: "error.500", As: Reseller, Path: link.ModifyPlan(demo.BramleyAccount), Code: 500, H1: "Something failed on our side", Hooks: []string{"error-500", "request-id"}, Draw: trouble(500, models.Problem{})},

	{ID: "gallery", As: Reseller, Path: link.Gallery(), H1: "Gallery", Hooks: []string{"states-json"}},
}

func customer(name, id, called string, hooks ...string) State {
	return State{ID: "customer." + name, As: Reseller, Path: link.Customer(id), H1: called, About: id, Hooks: hooks}
}

func account(name, id, customer string, hooks ...string) State {
	return State{ID: "account." + name, As: Reseller, Path: link.Account(id), H1: customer, About: id, Hooks: hooks}
}

func joining(name, account, customer string, hooks ...string) State {
	return State{ID: "account.enrolment." + name, As: Reseller, Path: link.Enrolment(account), H1: "Install agents", About: customer, Hooks: hooks}
}

func agent(name, id string, hooks ...string) State {
	return State{
		ID: "agent" + name, As: Reseller, Path: link.Agent(id), H1: agentOf(id).DeviceName, About: id,
		Hooks: append([]string{"agent-id", "agent-state", "agent-account", "moves"}, hooks...),
	}
}

func modify(name, path, customer string, hooks ...string) State {
	return State{ID: "plan.modify." + name, As: Reseller, Path: path, H1: "Modify the plan", About: customer, Hooks: hooks}
}

func reassign(name, path, h1, customer string, hooks ...string) State {
	return State{ID: "plan.reassign." + name, As: Reseller, Path: path, H1: h1, About: customer, Hooks: hooks}
}

func turn(name, address, account, customer, h1 string, hooks ...string) State {
	return State{ID: "plan." + name, As: Reseller, Path: link.Account(account) + address, H1: h1, About: customer, Hooks: hooks}
}

func carry(name string, code int, hooks ...string) State {
	return State{
		ID: "account.carry." + name, As: Reseller, Path: link.CarryAgents(demo.LeavingAccount), Code: code, Wrong: code == 422,
		H1: "Carry the agents over", About: steamers, Hooks: hooks,
	}
}

func progress(name, h1 string, hooks ...string) State {
	return State{
		ID: "carry.progress." + name, As: Reseller, Path: link.Carry(demo.CarryUnderWay), H1: h1 + demo.ArrivingAccount,
		About: steamers, Hooks: hooks,
	}
}

func undo(name, account, customer string, hooks ...string) State {
	return State{ID: "plan.undo." + name, As: Reseller, Path: link.UndoReassign(account), H1: "Undo the reassign", About: customer, Hooks: hooks}
}

func undoWrong(name string, hooks ...string) State {
	s := undo(name, demo.LeavingAccount, steamers, hooks...)
	s.Code, s.Wrong = 422, true
	return s
}

// drawn is the state as no address leads to it.
func (s State) drawn(draw func() templ.Component) State {
	s.Draw = draw
	return s
}
