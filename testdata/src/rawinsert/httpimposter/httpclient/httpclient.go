// Package httpclient is a client of the storage service: it has every method of the service, and no SQL.
package httpclient

import (
	"context"
	"fmt"
	"net/http"
	"strings"
)

// Client talks to the API server.
type Client struct {
	Base string
}

// Create puts a file.
func (c *Client) Create(ctx context.Context, name string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, c.Base+"/files/"+name, strings.NewReader(""))
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusCreated {
		return fmt.Errorf("create %s: %s", name, resp.Status)
	}
	return nil
}
