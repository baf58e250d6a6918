package main

import (
	"reflect"
	"testing"
)

func TestWhatAnAgentIsToldChangesHowItStands(t *testing.T) {
	home := standing{AgentID: "G-1", AccountID: "A-1", Token: "old", Acknowledged: 3}
	with := func(change func(*standing)) standing {
		s := home
		change(&s)
		return s
	}
	toldMove := with(func(s *standing) { s.Next = &promise{"new", "A-2"} })
	for name, c := range map[string]struct{ got, want standing }{
		"an answer": {
			home.answered("old", 4, checkedIn{AccountID: "A-1"}),
			with(func(s *standing) { s.Acknowledged = 4 }),
		},
		"a move": {
			home.answered("old", 3, checkedIn{AccountID: "A-1", Move: &promise{"new", "A-2"}}),
			toldMove,
		},
		"the confirming answer": {
			toldMove.answered("new", 4, checkedIn{AccountID: "A-2"}),
			with(func(s *standing) { s.AccountID, s.Token, s.Acknowledged, s.Moves = "A-2", "new", 4, 1 }),
		},
		"the next move in the confirming answer": {
			toldMove.answered("new", 4, checkedIn{AccountID: "A-2", Move: &promise{"newer", "A-3"}}),
			with(func(s *standing) {
				s.AccountID, s.Token, s.Acknowledged, s.Moves, s.Next = "A-2", "new", 4, 1, &promise{"newer", "A-3"}
			}),
		},
		"a renewal": {
			home.answered("old", 3, checkedIn{AccountID: "A-1", Renew: &promise{Token: "new", AccountID: "not meant"}}),
			with(func(s *standing) { s.Next = &promise{Token: "new"} }),
		},
		"a token that it has": {
			home.answered("old", 3, checkedIn{AccountID: "A-1", Renew: &promise{Token: "old"}}),
			home,
		},
		"an instruction without a token": {
			home.answered("old", 3, checkedIn{AccountID: "A-1", Move: &promise{AccountID: "A-2"}}),
			home,
		},
		"another account for no reason":   {home.answered("old", 3, checkedIn{AccountID: "A-9"}), home},
		"a move that was called off":      {toldMove.unknown("new"), home},
		"a token that is not known":       {home.unknown("old"), with(func(s *standing) { s.Token, s.Unknown = "", true })},
		"neither of two tokens is known":  {toldMove.unknown("new").unknown("old"), with(func(s *standing) { s.Token, s.Unknown = "", true })},
		"a seat that was taken back":      {home.released(), with(func(s *standing) { s.Released = true })},
		"enrolling as itself":             {home.unknown("old").enrolled(enrolled{AgentID: "G-1", AccountID: "A-1", Token: "old"}), home},
		"enrolling as another, forgotten": {home.unknown("old").enrolled(enrolled{AgentID: "G-2", AccountID: "A-1", Token: "t"}), standing{AgentID: "G-2", AccountID: "A-1", Token: "t", Lost: []string{"G-1"}}},
		"enrolling as another, released":  {home.released().enrolled(enrolled{AgentID: "G-2", AccountID: "A-1", Token: "t"}), standing{AgentID: "G-2", AccountID: "A-1", Token: "t", Others: []string{"G-1"}}},
	} {
		if !reflect.DeepEqual(c.got, c.want) {
			t.Errorf("%s: got %+v, want %+v", name, c.got, c.want)
		}
	}
	if token := toldMove.token(); token != "new" {
		t.Errorf("told to move, it checks in with %q", token)
	}
}
