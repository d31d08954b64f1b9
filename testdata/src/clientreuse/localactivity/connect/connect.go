// Package connect wraps Dial with the program's options.
package connect

import (
	"os"

	"go.temporal.io/sdk/client"
)

// Open dials.
func Open() (client.Client, error) {
	return client.Dial(client.Options{HostPort: os.Getenv("TEMPORAL_ADDRESS")})
}
