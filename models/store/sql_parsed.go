package store

import (
	"strings"
	"sync"
	"sync/atomic"
)

// sqlText is a statement by hand, taken apart once: reading SQL with expressions costs more than many
// a statement itself.
type sqlText struct {
	reads    bool     // it changes nothing
	pieces   []string // the text between the marks
	lockless []string // the same without FOR UPDATE, which SQLite does not know
	marks    []sqlMark
	open     error // a mark does not hold
}

// sqlMark is where the wall stands in a statement.
type sqlMark struct {
	kind, alias string
	arguments   int // placeholders between the mark before and this one
}

// Statements are written in the code, so there are a few hundred of them. The bound is for the day on
// which somebody builds one out of data.
const sqlBound = 2000

var (
	sqlTexts sync.Map
	sqlKept  atomic.Int64
)

func parsedSQL(sql string) *sqlText {
	if known, ok := sqlTexts.Load(sql); ok {
		return known.(*sqlText)
	}
	p := parseSQL(sql)
	if sqlKept.Add(1) <= sqlBound {
		sqlTexts.Store(sql, p)
	}
	return p
}

func parseSQL(sql string) *sqlText {
	p := &sqlText{reads: !writes.MatchString(locks.ReplaceAllString(sql, ""))}
	found := mark.FindAllStringSubmatchIndex(sql, -1)
	if strings.Count(sql, "{{") != len(found) {
		return p // a mark that is not one: as good as none
	}
	p.open = refuseOpenMarks(sql, found)
	from := 0
	for _, m := range found {
		p.pieces = append(p.pieces, sql[from:m[0]])
		p.marks = append(p.marks, sqlMark{group(sql, m, 1), group(sql, m, 2), strings.Count(sql[from:m[0]], "?")})
		from = m[1]
	}
	p.pieces = append(p.pieces, sql[from:])
	for _, piece := range p.pieces {
		p.lockless = append(p.lockless, locks.ReplaceAllString(piece, ""))
	}
	return p
}

func group(s string, m []int, n int) string {
	if m[2*n] < 0 {
		return ""
	}
	return s[m[2*n]:m[2*n+1]]
}
