// Package temporalclient has the one Temporal client that a process needs.
//
// A client is a connection with goroutines, made to be used by all of a process at the same time; one for each request
// or activity exhausts the server. [Shared] dials when it is first called and returns the same client ever after:
//
//	c, err := temporalclient.Shared(ctx)
//	if err != nil {
//		return err
//	}
//	run, err := c.ExecuteWorkflow(ctx, options, "KeepUpWithKardashians", family)
//
// Nobody closes it but main, at its end, with [Close]. Activities need not even ask: activity.GetClient returns their
// worker's client.
//
// Where to dial stands in the environment (TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_API_KEY, TEMPORAL_TLS_...) and
// in the profile file that Temporal's own tools share (TEMPORAL_CONFIG_FILE, TEMPORAL_PROFILE), as package
// go.temporal.io/sdk/contrib/envconfig reads them. Without any, it is localhost:7233 and the namespace "default". What is
// the program's own business, such as a logger, a data converter or interceptors, main sets with [Configure].
package temporalclient

import (
	"context"
	"fmt"
	"maps"
	"sync"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/contrib/envconfig"
	"golang.org/x/sync/singleflight"

	"github.com/mediacloud/mcwflint/runtime/mcerror"
)

// dialTimeout bounds an attempt to connect. The SDK's own bound for its first call is 5 seconds; names must be resolved
// before it, and TLS agreed on.
const dialTimeout = 10 * time.Second

var (
	mu        sync.Mutex
	configure = func(*client.Options) {}
	clients   = map[string]client.Client{} // by namespace, "" for the profile's own

	dials singleflight.Group
)

// Configure has change see, and change, the options of every client that is made from now on, after the environment has
// set them. Call it in main, before the first client is asked for. The last call wins.
func Configure(change func(*client.Options)) {
	mu.Lock()
	defer mu.Unlock()
	configure = change
}

// Shared returns the process's client for the namespace of the environment or the profile.
//
// It dials if no client is there. Callers at the same time wait for the same attempt, of at most 10 seconds; one whose
// context ends first returns, and the attempt goes on for the others. A failed attempt is not remembered: the next call
// dials again. Errors are McConfigurationError, if the environment or the profile is wrong, and McTransientError, if the
// server cannot be reached; or they wrap the context's.
//
// The client finds package mcerror's errors in what comes over the wire, unless [Configure] sets another failure
// converter.
func Shared(ctx context.Context) (client.Client, error) {
	return SharedIn(ctx, "")
}

// SharedIn is [Shared] for another namespace, over the same connection. An empty namespace is the environment's.
func SharedIn(ctx context.Context, namespace string) (client.Client, error) {
	mu.Lock()
	c := clients[namespace]
	mu.Unlock()
	if c != nil {
		return c, nil
	}
	attempt := dials.DoChan(namespace, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), dialTimeout)
		defer cancel()
		return dial(ctx, namespace)
	})
	select {
	case result := <-attempt:
		if result.Err != nil {
			return nil, result.Err
		}
		return result.Val.(client.Client), nil
	case <-ctx.Done():
		return nil, fmt.Errorf("waiting for the Temporal client: %w", context.Cause(ctx))
	}
}

// dial makes the client for a namespace and remembers it.
func dial(ctx context.Context, namespace string) (client.Client, error) {
	mu.Lock()
	c, change := clients[namespace], configure
	mu.Unlock()
	if c != nil { // somebody else's attempt ended since the caller looked
		return c, nil
	}

	options, err := envconfig.LoadDefaultClientOptions()
	if err != nil {
		return nil, mcerror.Configurationf("the Temporal client's environment or profile is wrong: %w", err)
	}
	options.FailureConverter = mcerror.FailureConverter(nil)
	if namespace != "" {
		options.Namespace = namespace
	}
	change(&options)

	if namespace == "" {
		c, err = client.DialContext(ctx, options)
	} else {
		// All namespaces share the first client's connection.
		var first client.Client
		if first, err = Shared(ctx); err != nil {
			return nil, err
		}
		c, err = client.NewClientFromExistingWithContext(ctx, first, options)
	}
	if err != nil {
		address := options.HostPort
		if address == "" {
			address = client.DefaultHostPort
		}
		return nil, mcerror.Transientf("the Temporal server at %s cannot be reached: %w", address, err)
	}

	mu.Lock()
	defer mu.Unlock()
	clients[namespace] = c
	return c, nil
}

// Close closes the shared clients. Call it at the end of main, when workers have stopped and nobody uses a client any
// more. Should somebody ask after all, [Shared] dials again.
func Close() {
	mu.Lock()
	all := clients
	clients = map[string]client.Client{}
	mu.Unlock()
	for c := range maps.Values(all) {
		c.Close()
	}
}
