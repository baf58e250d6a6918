package link

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mooring/models"
)

func TestWhatALinkAsksIsReadBackAsItWas(t *testing.T) {
	for _, q := range []models.ListQuestion{
		{Sort: "-ends", View: "grace", Search: "O’Malley & Søn", Plan: "a/b", State: models.AwaitingSignIn, Owner: "U-1", After: "x"},
		{Sort: "created", Before: "y+z"},
		{Sort: "-seen", Presence: models.NeverSeen, Customer: "C-1042"},
		{},
	} {
		u, err := url.Parse(AccountsWhere(q))
		if err != nil || u.Path != "/accounts" {
			t.Fatal(u, err)
		}
		if diff := cmp.Diff(q, Asked(u.Query())); diff != "" {
			t.Error(diff)
		}
	}
	if got := CustomersFile(models.ListQuestion{Sort: models.ByName, After: "x", Search: "q"}); got != "/customers.csv?q=q" {
		t.Error(got)
	}
	if got := Asked(url.Values{"state": {"nonsense"}}); got.State != "" {
		t.Error(got)
	}
	if strings.Contains(AccountsWhere(models.ListQuestion{}), "?") {
		t.Error("an address without a question has none")
	}
}
