package handlers

import (
	"context"

	"github.com/labstack/echo/v4"

	"mooring/models"
	"mooring/models/sheet"
	"mooring/views/agents"
	"mooring/views/link"
)

// listAgents shows one page of the agents.
func (s *Site) listAgents(c echo.Context) error {
	page, err := s.portal.ListAgents(c.Request().Context(), actor(c), link.Asked(c.QueryParams()))
	if err != nil {
		return err
	}
	return s.show(c, agents.List(agents.ListPage{AgentsPage: page, In: zone(c)}))
}

// listAccountAgents shows one page of the agents of an account.
func (s *Site) listAccountAgents(c echo.Context) error {
	page, err := s.portal.ListAccountAgents(c.Request().Context(), actor(c), c.Param("account"), link.Asked(c.QueryParams()))
	if err != nil {
		return err
	}
	return s.show(c, agents.OfAccount(agents.AccountPage{AccountAgents: page, In: zone(c)}))
}

// showAgent shows one agent: where it reports, and every move it made.
func (s *Site) showAgent(c echo.Context) error {
	file, err := s.portal.OpenAgent(c.Request().Context(), actor(c), c.Param("agent"))
	if err != nil {
		return err
	}
	return s.show(c, agents.Show(agents.ShowPage{AgentFile: file, Who: actor(c), In: zone(c)}))
}

// exportAgents sends the agents of a list as a file.
func (s *Site) exportAgents(c echo.Context) error { return s.exportAgentsOf(c, "") }

// exportAccountAgents sends the agents of an account as a file.
func (s *Site) exportAccountAgents(c echo.Context) error {
	return s.exportAgentsOf(c, c.Param("account"))
}

func (s *Site) exportAgentsOf(c echo.Context, account string) error {
	var file *sheet.AgentsFile
	name := "agents"
	if account != "" {
		name += "-" + account
	}
	return s.stream(c, name, func(ctx context.Context, begin func()) error {
		return s.portal.ExportAgents(ctx, actor(c), account, link.Asked(c.QueryParams()), func(rows []models.AgentRow) error {
			if file == nil {
				begin()
				file = sheet.NewAgentsFile(c.Response())
			}
			return file.Add(rows, s.portal.Now())
		})
	})
}
