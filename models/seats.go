package models

// Seats of one subscription are 1 to 999,999.
const (
	MinSeats = 1
	MaxSeats = 999_999
)

// Usage says how loud a number of agents is for a number of seats.
type Usage string

const (
	WithinSeats Usage = "within"
	OverSeats   Usage = "over"     // more than 100 %: amber
	FarOver     Usage = "far over" // more than 110 %: red
)

// UsageOf compares what is in use with the seats. In use may exceed seats: the trade tolerates it.
func UsageOf(inUse, seats int) Usage {
	switch {
	case inUse*100 > seats*110:
		return FarOver
	case inUse > seats:
		return OverSeats
	}
	return WithinSeats
}
