// Package webframeworks makes clients in handlers of gin and echo.
package webframeworks

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"go.temporal.io/sdk/client"
)

// API has a client that it should use.
type API struct {
	client client.Client
}

// ginStart dials for each request.
func ginStart(c *gin.Context) {
	tc, err := client.Dial(client.Options{}) // want `client.Dial`
	if err != nil {
		c.AbortWithStatus(http.StatusBadGateway)
		return
	}
	defer tc.Close()
	if _, err := tc.ExecuteWorkflow(c, client.StartWorkflowOptions{TaskQueue: "people"}, "Greet"); err != nil {
		c.AbortWithStatus(http.StatusInternalServerError)
	}
}

// ginCancel reuses.
func (a *API) ginCancel(c *gin.Context) {
	if err := a.client.CancelWorkflow(c, c.Param("id"), ""); err != nil {
		c.AbortWithStatus(http.StatusInternalServerError)
	}
}

// echoStart dials for each request.
func echoStart(c echo.Context) error {
	tc, err := client.Dial(client.Options{}) // want `client.Dial`
	if err != nil {
		return echo.NewHTTPError(http.StatusBadGateway, err.Error())
	}
	defer tc.Close()
	_, err = tc.ExecuteWorkflow(c.Request().Context(), client.StartWorkflowOptions{TaskQueue: "people"}, "Greet")
	return err
}

// echoCancel reuses.
func (a *API) echoCancel(c echo.Context) error {
	return a.client.CancelWorkflow(c.Request().Context(), c.Param("id"), "")
}

// Gin registers handlers; it dials once, at start-up.
func Gin(r *gin.Engine) error {
	tc, err := client.Dial(client.Options{})
	if err != nil {
		return err
	}
	a := &API{client: tc}
	r.POST("/greet", ginStart)
	r.DELETE("/greet/:id", a.ginCancel)
	r.PUT("/greet/:id", func(c *gin.Context) {
		own, err := client.NewClientFromExisting(tc, client.Options{Namespace: c.Param("namespace")}) // want `NewClientFromExisting`
		if err != nil {
			c.AbortWithStatus(http.StatusBadGateway)
			return
		}
		defer own.Close()
	})
	return nil
}

// Echo registers handlers.
func Echo(e *echo.Echo, tc client.Client) {
	a := &API{client: tc}
	e.POST("/greet", echoStart)
	e.DELETE("/greet/:id", a.echoCancel)
	e.PUT("/greet/:id", func(c echo.Context) error {
		own, err := client.NewLazyClient(client.Options{}) // want `NewLazyClient`
		if err != nil {
			return err
		}
		defer own.Close()
		return own.CancelWorkflow(c.Request().Context(), c.Param("id"), "")
	})
}
