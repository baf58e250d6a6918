package models

import (
	"errors"
	"strings"
)

// ProblemKind says what a person can do about a problem.
type ProblemKind string

const (
	// NotFound: it is not there, or not within reach. The two look alike on purpose.
	NotFound ProblemKind = "not found"
	// Forbidden: the actor's role may not do this.
	Forbidden ProblemKind = "forbidden"
	// Invalid: the form needs mending; Fields says where.
	Invalid ProblemKind = "invalid"
	// Conflict: the world has moved on; look again.
	Conflict ProblemKind = "conflict"
	// Throttled: too many tries; later it will do.
	Throttled ProblemKind = "throttled"
)

// Problem is an error that a person can do something about. Every other error is the portal's own
// fault and is never shown.
type Problem struct {
	Kind    ProblemKind
	Message string
	// Fields holds one sentence for each field of the form that needs mending.
	Fields []FieldProblem
	// Needs is the permission that was missing, when Kind is Forbidden.
	Needs Permission
	// RetryAfter is in seconds, when Kind is Throttled.
	RetryAfter int
}

// FieldProblem says what is wrong with one field.
type FieldProblem struct {
	Field   string
	Message string
}

func (p *Problem) Error() string {
	if p.Message != "" {
		return p.Message
	}
	if len(p.Fields) == 0 {
		return string(p.Kind)
	}
	said := make([]string, len(p.Fields))
	for i, f := range p.Fields {
		said[i] = f.Message
	}
	return strings.Join(said, " ")
}

// ProblemIn finds the problem in an error, if there is one.
func ProblemIn(err error) (*Problem, bool) {
	var p *Problem
	ok := errors.As(err, &p)
	return p, ok
}

// IsProblem reports whether an error is a problem of this kind.
func IsProblem(err error, kind ProblemKind) bool {
	p, ok := ProblemIn(err)
	return ok && p.Kind == kind
}

// Absent is the answer to anything that is not there or out of reach.
func Absent() error { return &Problem{Kind: NotFound, Message: "There is nothing here."} }

// Moved is the answer to a form that was drawn from an older state.
func Moved(message string) error { return &Problem{Kind: Conflict, Message: message} }

// Complaints collects what is wrong with a form.
type Complaints []FieldProblem

// Add notes one field.
func (c *Complaints) Add(field, message string) {
	*c = append(*c, FieldProblem{field, message})
}

// Problem is nil when there was no complaint.
func (c Complaints) Problem() error {
	if len(c) == 0 {
		return nil
	}
	return &Problem{Kind: Invalid, Fields: c}
}
