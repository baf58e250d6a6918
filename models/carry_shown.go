package models

import "fmt"

// CarryShown are the numbers that a form of a carry showed, so that it can say what has changed since.
type CarryShown struct {
	Agents  int // of the account
	Waiting int // of them, on their way elsewhere
	Picked  int
	InUse   int // in the other account, afterwards
	Seats   int // of the other account
}

// Shown are the numbers of the desk.
func (d CarryDesk) Shown() CarryShown {
	return CarryShown{d.From.Agents, d.Waiting, d.Impact.Agents, d.Impact.InUse, d.Impact.Seats}
}

const carryShownAs = "%d %d %d %d %d"

// String is how a form carries them along.
func (s CarryShown) String() string {
	return fmt.Sprintf(carryShownAs, s.Agents, s.Waiting, s.Picked, s.InUse, s.Seats)
}

// CarryShownFrom reads them back; without all of them there are none.
func CarryShownFrom(text string) (s CarryShown) {
	if n, err := fmt.Sscanf(text, carryShownAs, &s.Agents, &s.Waiting, &s.Picked, &s.InUse, &s.Seats); n < 5 || err != nil {
		return CarryShown{}
	}
	return s
}

// Differences says in sentences what changed since, on the account from and on the one that is moved to.
func (s CarryShown) Differences(now CarryShown, from, to string) (d []string) {
	if s == (CarryShown{}) {
		return nil
	}
	say := func(was, is int, words string) {
		if was != is {
			d = append(d, fmt.Sprintf(words, is, was))
		}
	}
	say(s.Agents, now.Agents, "Agents in "+from+": %d now, %d before.")
	say(s.Waiting, now.Waiting, "On another way already: %d now, %d before.")
	say(s.Picked, now.Picked, "Picked: %d now, %d before.")
	say(s.InUse, now.InUse, "In use in "+to+" afterwards: %d now, %d before.")
	say(s.Seats, now.Seats, "Seats of "+to+": %d now, %d before.")
	return d
}
