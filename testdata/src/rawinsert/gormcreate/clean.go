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

// UpsertDeclared keeps it in a variable that is declared.
func (a *Activities) UpsertDeclared(ctx context.Context, p Person) error {
	var tx = a.db.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true})
	return tx.Create(&p).Error
}

// UpsertSlice hands over many clauses, which may be any.
func (a *Activities) UpsertSlice(ctx context.Context, p Person) error {
	clauses := []clause.Expression{clause.OnConflict{DoNothing: true}, clause.Returning{}}
	return a.db.WithContext(ctx).Clauses(clauses...).Create(&p).Error
}

func skipExisting(db *gorm.DB) *gorm.DB {
	return db.Clauses(clause.OnConflict{DoNothing: true})
}

// UpsertScope has the clause in a scope.
func (a *Activities) UpsertScope(ctx context.Context, p Person) error {
	return a.db.WithContext(ctx).Scopes(skipExisting).Create(&p).Error
}

// UpsertHelper has it in a function around the database.
func (a *Activities) UpsertHelper(ctx context.Context, p Person) error {
	return skipExisting(a.db.WithContext(ctx)).Create(&p).Error
}

func (a *Activities) upserting(ctx context.Context) *gorm.DB {
	return skipExisting(a.db.WithContext(ctx))
}

// UpsertMethod has it two functions away.
func (a *Activities) UpsertMethod(ctx context.Context, p Person) error {
	return a.upserting(ctx).Create(&p).Error
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

type option func(*gorm.DB) *gorm.DB

// UpsertOptions is given what adds the clause.
func (a *Activities) UpsertOptions(ctx context.Context, p Person, options ...option) error {
	db := a.db.WithContext(ctx)
	for _, o := range options {
		db = o(db)
	}
	return db.Create(&p).Error
}
