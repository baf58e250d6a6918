package models

import "testing"

func TestAgentsArePickedInOneWay(t *testing.T) {
	for _, c := range []struct {
		when string
		wish CarryWish
		fine bool
	}{
		{"all", CarryWish{Pick: PickAll}, true},
		{"a group", CarryWish{Pick: PickGroup, Group: "Office"}, true},
		{"some, and a group was looked at before", CarryWish{Pick: PickList, Group: "Office", Agents: []string{"G-1"}}, true},
		{"all, and some are ticked", CarryWish{Pick: PickAll, Agents: []string{"G-1"}}, false},
		{"a group, and some are ticked", CarryWish{Pick: PickGroup, Group: "Office", Agents: []string{"G-1"}}, false},
		{"all, and a group is chosen", CarryWish{Pick: PickAll, Group: "Office"}, false},
		{"no group", CarryWish{Pick: PickGroup}, false},
		{"none", CarryWish{Pick: PickList}, false},
	} {
		if said := c.wish.Muddled(); (said == "") != c.fine {
			t.Errorf("%s: %q", c.when, said)
		}
	}
}
