package store

import (
	"context"
	"log/slog"
	"strconv"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/logger"
)

const slow = 200 * time.Millisecond

// openGorm sets gorm up the same way on both databases, and raises the wall before anybody can ask.
func openGorm(d gorm.Dialector, o Options) (*gorm.DB, error) {
	g, err := gorm.Open(d, &gorm.Config{
		SkipDefaultTransaction: true,
		TranslateError:         true,
		QueryFields:            true, // a column added by a newer portal does not disturb this one
		PrepareStmt:            false,
		DisableAutomaticPing:   true,
		Logger:                 statementLog{o.Log},
	})
	if err != nil {
		return nil, err
	}
	g.ClauseBuilders["LIMIT"] = literalLimit
	if o.Watch != nil {
		watch := func(db *gorm.DB) { o.Watch(db.Statement.SQL.String(), db.Statement.Vars) }
		if err := g.Callback().Query().After("gorm:query").Register("watch:query", watch); err != nil {
			return nil, err
		}
	}
	return g, raiseWall(g)
}

// literalLimit writes numbers into the SQL: with a bound limit PostgreSQL plans every time anew.
func literalLimit(c clause.Clause, b clause.Builder) {
	limit, ok := c.Expression.(clause.Limit)
	if !ok {
		return
	}
	if limit.Limit != nil && *limit.Limit >= 0 {
		_, _ = b.WriteString("LIMIT " + strconv.Itoa(*limit.Limit))
	} else if limit.Offset > 0 {
		_, _ = b.WriteString("LIMIT " + strconv.FormatInt(1<<62, 10))
	}
	if limit.Offset > 0 {
		_, _ = b.WriteString(" OFFSET " + strconv.Itoa(limit.Offset))
	}
}

// statementLog tells of slow and failed statements, never of their parameters.
type statementLog struct{ log *slog.Logger }

func (l statementLog) LogMode(logger.LogLevel) logger.Interface { return l }

func (l statementLog) Info(context.Context, string, ...any) {}

func (l statementLog) Warn(ctx context.Context, msg string, args ...any) {
	l.log.WarnContext(ctx, "gorm: "+msg, "args", args)
}

func (l statementLog) Error(ctx context.Context, msg string, args ...any) {
	l.log.ErrorContext(ctx, "gorm: "+msg, "args", args)
}

// Trace is called after every statement; most cost nothing here.
func (l statementLog) Trace(ctx context.Context, begin time.Time, said func() (string, int64), err error) {
	took := time.Since(begin)
	failed := err != nil && ctx.Err() == nil && !expected(err)
	if !failed && took < slow {
		return
	}
	sql, rows := said()
	attrs := []any{"sql", sql, "rows", rows, "took", took}
	if failed {
		l.log.ErrorContext(ctx, "statement failed", append(attrs, "error", err)...)
		return
	}
	l.log.WarnContext(ctx, "slow statement", attrs...)
}

// ParamsFilter keeps parameters out of the log.
func (l statementLog) ParamsFilter(_ context.Context, sql string, _ ...any) (string, []any) {
	return sql, nil
}
