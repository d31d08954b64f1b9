// Package storage is an interface with many implementations, of which one runs SQL.
package storage

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
)

// Storage creates objects.
type Storage interface {
	Create(ctx context.Context, key string) error
}

// Disk writes files.
type Disk struct{ Dir string }

// Create makes an empty file.
func (d Disk) Create(_ context.Context, key string) error {
	f, err := os.Create(filepath.Join(d.Dir, key))
	if err != nil {
		return err
	}
	return f.Close()
}

// Memory remembers keys.
type Memory struct {
	mu   sync.Mutex
	keys map[string]bool
}

// Create remembers.
func (m *Memory) Create(_ context.Context, key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.keys == nil {
		m.keys = make(map[string]bool)
	}
	m.keys[key] = true
	return nil
}

// Tee creates in all of its storages: an implementation that calls the interface.
type Tee []Storage

// Create creates everywhere.
func (t Tee) Create(ctx context.Context, key string) error {
	for i, s := range t {
		if err := s.Create(ctx, key); err != nil {
			return fmt.Errorf("storage %d: %w", i, err)
		}
	}
	return nil
}
