package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"mooring/handlers/agents"
	"mooring/static"
)

// Handler serves the site: every address, in the order of the navigation.
func (s *Site) Handler() http.Handler {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = s.fail
	e.IPExtractor = echo.ExtractIPDirect()

	e.Use(identify, s.logged, s.armour, middleware.RecoverWithConfig(middleware.RecoverConfig{LogErrorFunc: s.panicked}))
	e.Use(echo.WrapMiddleware(http.NewCrossOriginProtection().Handler))

	e.GET("/livez", s.livez)
	e.GET("/readyz", s.readyz)
	e.GET(static.Prefix+"*", echo.WrapHandler(static.Handler()))
	e.POST("/-/csp", s.reported)
	e.Any(agents.Prefix+"*", echo.WrapHandler(agents.Handler(s.portal, s.log)))

	site := e.Group("", bound, s.recognise, s.proven)
	site.GET("/sign-in", s.newSession)
	site.POST("/sign-in", s.createSession)
	site.POST("/sign-out", s.endSession)
	site.GET("/welcome/:token", s.newPassword)
	site.POST("/welcome/:token", s.createPassword)

	s.gallery(site)

	in := site.Group("", s.private)
	in.GET("/", s.showHome)
	in.GET("/customers", s.listCustomers)
	in.GET("/customers/:customer", s.showCustomer)
	in.GET("/accounts/:account", s.showAccount)
	in.GET("/accounts/:account/plan", s.newModification)
	in.POST("/accounts/:account/plan", s.createModification)
	in.GET("/accounts/:account/reassign", s.chooseReassignment)
	in.GET("/accounts/:account/reassign/:plan", s.newReassignment)
	in.POST("/accounts/:account/reassign/:plan", s.createReassignment)
	in.GET("/accounts/:account/created", s.showReassigned)

	site.RouteNotFound("/*", func(echo.Context) error { return echo.ErrNotFound })
	return e
}
