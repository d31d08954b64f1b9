// Package model makes identifiers in a hook: a retry gets a new one, and a second row.
package model

import (
	"context"
	"crypto/rand"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// Step is a row with a key of its own making.
type Step struct {
	ID   string `gorm:"primaryKey"`
	Name string
}

// BeforeCreate fills the key in.
func (s *Step) BeforeCreate(*gorm.DB) error {
	if s.ID == "" {
		s.ID = rand.Text()
	}
	return nil
}

// Steps is a repository.
type Steps struct {
	DB *gorm.DB
}

// CreateSteps inserts a slice.
func (r *Steps) CreateSteps(ctx context.Context, steps []*Step) error {
	return r.DB.WithContext(ctx).Create(steps).Error
}

// GetStep inserts what it does not find; its name says nothing of it.
func (r *Steps) GetStep(ctx context.Context, name string) (*Step, error) {
	step := &Step{Name: name}
	result := r.DB.WithContext(ctx).Where("name = ?", name).Limit(1).Find(step)
	if result.Error != nil || result.RowsAffected > 0 {
		return step, result.Error
	}
	return step, r.DB.WithContext(ctx).Create(step).Error
}

// Sighting has a key of its own making, too, and a hook that keeps what is there.
type Sighting struct {
	URL string `gorm:"primaryKey"`
}

// BeforeCreate adds the clause.
func (s *Sighting) BeforeCreate(tx *gorm.DB) error {
	tx.Statement.AddClause(clause.OnConflict{DoNothing: true})
	return nil
}

// See inserts one.
func (r *Steps) See(ctx context.Context, url string) error {
	return r.DB.WithContext(ctx).Create(&Sighting{URL: url}).Error
}
