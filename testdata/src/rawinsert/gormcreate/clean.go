package gormcreate

import (
	"context"
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// Upsert has the clause before Create.
func (a *Activities) Upsert(ctx context.Context, p Person) error {
	return a.db.WithContext(ctx).
		Clauses(clause.OnConflict{
			Columns:   []clause.Column{{Name: "name"}},
			DoUpdates: clause.AssignmentColumns([]string{"show"}),
		}).
		Create(&p).Error
}

// UpsertMany does nothing on conflict, with other clauses beside.
func (a *Activities) UpsertMany(ctx context.Context, people []Person) error {
	return a.db.WithContext(ctx).
		Clauses(clause.Returning{}, clause.OnConflict{DoNothing: true}).
		CreateInBatches(people, 100).Error
}

// UpsertStored keeps the clause in a variable.
func (a *Activities) UpsertStored(ctx context.Context, p Person) error {
	skip := clause.OnConflict{DoNothing: true}
	tx := a.db.WithContext(ctx).Clauses(skip)
	return tx.Create(&p).Error
}

// Save is gorm's own upsert.
func (a *Activities) Save(ctx context.Context, p Person) error {
	return a.db.WithContext(ctx).Save(&p).Error
}

// FirstOrCreate looks first; it is not taken for an INSERT.
func (a *Activities) FirstOrCreate(ctx context.Context, name string) (p Person, err error) {
	err = a.db.WithContext(ctx).Where(Person{Name: name}).FirstOrCreate(&p).Error
	return p, err
}

// AcceptDuplicate handles the duplicate in Go.
func (a *Activities) AcceptDuplicate(ctx context.Context, p Person) error {
	err := a.db.WithContext(ctx).Create(&p).Error
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return nil
	}
	return err
}

// Update and Delete are idempotent.
func (a *Activities) Update(ctx context.Context, p Person) error {
	return a.db.WithContext(ctx).Model(&p).Updates(Person{Show: p.Show}).Error
}

// Remove deletes.
func (a *Activities) Remove(ctx context.Context, name string) error {
	return a.db.WithContext(ctx).Where("name = ?", name).Delete(&Person{}).Error
}
