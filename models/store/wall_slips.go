package store

import (
	"errors"
	"regexp"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// refuseSlips refuses every form of a statement that reaches rows the wall does not see: other
// tables, joined rows, associations, and SQL inside conditions.
func refuseSlips(stmt *gorm.Statement) error {
	switch {
	case stmt.Schema == nil:
		return slips("no model")
	case stmt.SQL.Len() > 0:
		return slips("SQL by hand")
	case stmt.TableExpr != nil || stmt.Table != stmt.Schema.Table:
		return slips("Table")
	case len(stmt.Joins) > 0:
		return slips("Joins")
	case len(stmt.Preloads) > 0:
		return slips("Preload")
	case len(stmt.Schema.Relationships.Relations) > 0:
		return slips("%s has associations; a row is flat", stmt.Schema.Name)
	}
	return refuseClauses(stmt)
}

func refuseClauses(stmt *gorm.Statement) error {
	for _, text := range stmt.Selects {
		if err := refuseText(text); err != nil {
			return err
		}
	}
	for _, c := range stmt.Clauses {
		if c.BeforeExpression != nil || c.AfterNameExpression != nil || c.AfterExpression != nil {
			return slips("an expression around %s", c.Name)
		}
		if err := refuseClause(c); err != nil {
			return err
		}
	}
	return nil
}

func refuseClause(c clause.Clause) error {
	switch e := c.Expression.(type) {
	case clause.From:
		if len(e.Tables) > 0 || len(e.Joins) > 0 {
			return slips("a hand-made FROM")
		}
	case clause.Where:
		return refuseAll(e.Exprs)
	case clause.GroupBy:
		return refuseAll(e.Having)
	case clause.OrderBy:
		for _, column := range e.Columns {
			if err := refuseText(column.Column.Name); err != nil {
				return err
			}
		}
		return refuseExpression(e.Expression)
	case clause.Select:
		for _, column := range e.Columns {
			if err := refuseText(column.Name); err != nil {
				return err
			}
		}
		return refuseExpression(e.Expression)
	}
	return nil
}

func refuseAll(exprs []clause.Expression) error {
	for _, e := range exprs {
		if err := refuseExpression(e); err != nil {
			return err
		}
	}
	return nil
}

// unfenced is text that could read other rows, or hide what follows it.
var unfenced = regexp.MustCompile(`(?i)\bselect\b|--|/\*|;`)

func refuseText(sql string) error {
	if unfenced.MatchString(sql) {
		return slips("SQL inside an expression")
	}
	return nil
}

// refuseExpression looks for SQL inside a condition. A sub-query made with gorm is fine, for it is
// guarded itself; text is not. Kinds of expression not known here are refused.
func refuseExpression(e clause.Expression) error {
	switch e := e.(type) {
	case nil:
		return nil
	case clause.Expr:
		return errors.Join(refuseText(e.SQL), refuseValues(e.Vars...))
	case clause.NamedExpr:
		return errors.Join(refuseText(e.SQL), refuseValues(e.Vars...))
	case enclosed:
		return refuseAll(e)
	case clause.AndConditions:
		return refuseAll(e.Exprs)
	case clause.OrConditions:
		return refuseAll(e.Exprs)
	case clause.NotConditions:
		return refuseAll(e.Exprs)
	case clause.IN:
		return refuseValues(append([]any{e.Column}, e.Values...)...)
	case clause.Eq:
		return refuseValues(e.Column, e.Value)
	case clause.Neq:
		return refuseValues(e.Column, e.Value)
	case clause.Gt:
		return refuseValues(e.Column, e.Value)
	case clause.Gte:
		return refuseValues(e.Column, e.Value)
	case clause.Lt:
		return refuseValues(e.Column, e.Value)
	case clause.Lte:
		return refuseValues(e.Column, e.Value)
	case clause.Like:
		return refuseValues(e.Column, e.Value)
	}
	return slips("an expression of type %T", e)
}

// refuseValues looks for SQL among values. A string is a value here and never becomes SQL.
func refuseValues(values ...any) error {
	for _, v := range values {
		var err error
		switch v := v.(type) {
		case *gorm.DB:
			if v.Statement != nil && v.Statement.SQL.Len() > 0 {
				err = slips("SQL by hand in a sub-query")
			}
		case clause.Column:
			err = refuseText(v.Name)
		case []any:
			err = refuseValues(v...)
		case clause.Expression:
			err = refuseExpression(v)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
