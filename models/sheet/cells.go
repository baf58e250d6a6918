package sheet

import (
	"fmt"
	"strconv"
	"strings"

	"mooring/models"
)

// read puts one cell where it belongs in the wish. An empty cell wishes nothing.
func read(row *models.ImportRow, column, text string) {
	if text == "" {
		return
	}
	switch column {
	case "country":
		text = strings.ToUpper(text)
	case "email":
		text = strings.ToLower(text)
	case "plan", "units", "start_date", "expires_on", "auto_renew":
		readAssignment(row, column, text)
		return
	}
	if field := textOf(row, column); field != nil {
		*field = text
	}
}

func textOf(row *models.ImportRow, column string) *string {
	switch column {
	case "external_ref":
		return &row.ExternalRef
	case "company":
		return &row.Company
	case "address":
		return &row.Address
	case "city":
		return &row.City
	case "state":
		return &row.Region
	case "postal_code":
		return &row.PostalCode
	case "country":
		return &row.Country
	case "first_name":
		return &row.FirstName
	case "last_name":
		return &row.LastName
	case "email":
		return &row.Email
	case "time_zone":
		return &row.TimeZone
	case "note":
		return &row.Note
	}
	return nil
}

func readAssignment(row *models.ImportRow, column, text string) {
	if row.Assignment == nil {
		row.Assignment = &models.Assignment{}
	}
	a := row.Assignment
	var err error
	switch column {
	case "plan":
		a.PlanKey = text
	case "units":
		if a.Seats, err = strconv.Atoi(text); err != nil {
			err = fmt.Errorf("%q is not a whole number", shortened(text))
		}
	case "start_date":
		a.StartsOn, err = models.ParseDate(text)
	case "expires_on":
		a.EndsOn, err = models.ParseDate(text)
	case "auto_renew":
		a.Renews, err = yesOrNo(text)
	}
	if err != nil {
		row.Wrong.Add(column, fmt.Sprintf("In %s, %v.", column, err))
	}
}

func yesOrNo(text string) (*bool, error) {
	var yes bool
	switch strings.ToLower(text) {
	case "yes", "true", "1":
		yes = true
	case "no", "false", "0":
	default:
		return nil, fmt.Errorf("%q is neither yes nor no", shortened(text))
	}
	return &yes, nil
}
