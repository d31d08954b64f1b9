// Package files has activities over a Storage, and the in-process Storage.
package files

import (
	"context"
	"database/sql"

	"go.temporal.io/sdk/worker"
)

// Storage keeps files.
type Storage interface {
	Create(ctx context.Context, name string) error
}

// Service is the in-process storage of the API server.
type Service struct {
	DB *sql.DB
}

// Create inserts a file.
func (s *Service) Create(ctx context.Context, name string) error {
	_, err := s.DB.ExecContext(ctx, "INSERT INTO files (name) VALUES ($1)", name)
	return err
}

type uploads struct {
	storage Storage
}

// Upload is an activity.
func (u *uploads) Upload(ctx context.Context, name string) error {
	return u.storage.Create(ctx, name)
}

// Register registers the activities on any storage.
func Register(r worker.Registry, storage Storage) {
	r.RegisterActivity(&uploads{storage: storage})
}
