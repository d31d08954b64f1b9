// Package grpchandlers makes a client in a method of a gRPC service.
package grpchandlers

import (
	"context"

	"go.temporal.io/sdk/client"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/status"
)

// Health answers for the workflow service.
type Health struct {
	healthpb.UnimplementedHealthServer
	client client.Client
}

// Check dials for each request.
func (h *Health) Check(ctx context.Context, _ *healthpb.HealthCheckRequest) (*healthpb.HealthCheckResponse, error) {
	c, err := client.DialContext(ctx, client.Options{}) // want `client.DialContext`
	if err != nil {
		return nil, status.Error(codes.Unavailable, err.Error())
	}
	defer c.Close()
	return answer(ctx, c)
}

// Reusing answers with the client it has.
type Reusing struct {
	healthpb.UnimplementedHealthServer
	client client.Client
}

// Check reuses.
func (h *Reusing) Check(ctx context.Context, _ *healthpb.HealthCheckRequest) (*healthpb.HealthCheckResponse, error) {
	return answer(ctx, h.client)
}

func answer(ctx context.Context, c client.Client) (*healthpb.HealthCheckResponse, error) {
	if _, err := c.CheckHealth(ctx, &client.CheckHealthRequest{}); err != nil {
		return nil, status.Error(codes.Unavailable, err.Error())
	}
	return &healthpb.HealthCheckResponse{Status: healthpb.HealthCheckResponse_SERVING}, nil
}

// Serve registers one of them; its own client is made once.
func Serve(s *grpc.Server, reuse bool) error {
	c, err := client.Dial(client.Options{})
	if err != nil {
		return err
	}
	if reuse {
		healthpb.RegisterHealthServer(s, &Reusing{client: c})
	} else {
		healthpb.RegisterHealthServer(s, &Health{client: c})
	}
	return nil
}

// base is what all servers of a program embed.
type base struct {
	healthpb.UnimplementedHealthServer
}

// Deep has the service two levels deep.
type Deep struct{ base }

// Check dials for each request.
func (d *Deep) Check(ctx context.Context, _ *healthpb.HealthCheckRequest) (*healthpb.HealthCheckResponse, error) {
	c, err := client.DialContext(ctx, client.Options{}) // want `client.DialContext makes a client for each request.*Deep.Check`
	if err != nil {
		return nil, status.Error(codes.Unavailable, err.Error())
	}
	defer c.Close()
	return answer(ctx, c)
}

// Connect is no method of the service: it runs once.
func (d *Deep) Connect(ctx context.Context) (client.Client, error) {
	return client.DialContext(ctx, client.Options{})
}

// Intercept stands before every method.
func Intercept(ctx context.Context, req any, _ *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	c, err := client.DialContext(ctx, client.Options{}) // want `client.DialContext makes a client for each request.*Intercept`
	if err != nil {
		return nil, status.Error(codes.Unavailable, err.Error())
	}
	defer c.Close()
	if _, err := c.CheckHealth(ctx, nil); err != nil {
		return nil, status.Error(codes.Unavailable, err.Error())
	}
	return handler(ctx, req)
}
