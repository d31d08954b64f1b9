// Package gormcreate writes rows through gorm.
package gormcreate

import (
	"context"
	"errors"

	"go.temporal.io/sdk/worker"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// Person is a row of people.
type Person struct {
	ID   uint
	Name string `gorm:"uniqueIndex"`
	Show string
}

// Activities writes people.
type Activities struct {
	db *gorm.DB
}

// Register makes the roles strong.
func Register(w worker.Worker, db *gorm.DB) {
	w.RegisterActivity(&Activities{db: db})
}

// AddPerson is an INSERT.
func (a *Activities) AddPerson(ctx context.Context, name string) error {
	return a.db.WithContext(ctx).Create(&Person{Name: name}).Error // want `INSERT into`
}

// AddPeople inserts a slice.
func (a *Activities) AddPeople(ctx context.Context, people []Person) error {
	return a.db.WithContext(ctx).Create(people).Error // want `INSERT into`
}

// AddInBatches inserts a slice piece by piece.
func (a *Activities) AddInBatches(ctx context.Context, people []Person) error {
	return a.db.WithContext(ctx).CreateInBatches(people, 100).Error // want `INSERT into`
}

// AddMultiline has the chain over several lines: the report stands at Create.
func (a *Activities) AddMultiline(ctx context.Context, p Person) error {
	return a.db.
		WithContext(ctx).
		Session(&gorm.Session{SkipHooks: true}).
		Omit("Show").
		Create(&p). // want `INSERT into`
		Error
}

// AddInTransaction inserts in gorm's transaction closure.
func (a *Activities) AddInTransaction(ctx context.Context, p Person) error {
	return a.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		return tx.Create(&p).Error // want `INSERT into`
	})
}

// AddMap inserts columns by name.
func (a *Activities) AddMap(ctx context.Context, name string) error {
	return a.db.WithContext(ctx).Model(&Person{}).Create(map[string]any{"Name": name}).Error // want `INSERT into`
}

// AddReturning has a clause that is about something else.
func (a *Activities) AddReturning(ctx context.Context, p Person) (uint, error) {
	err := a.db.WithContext(ctx).Clauses(clause.Returning{}).Create(&p).Error // want `INSERT into`
	return p.ID, err
}

func ofShow(db *gorm.DB) *gorm.DB {
	return db.Where("show <> ''").Clauses(clause.Returning{})
}

// AddScoped has a scope that is about something else.
func (a *Activities) AddScoped(ctx context.Context, p Person) error {
	return a.db.WithContext(ctx).Scopes(ofShow).Create(&p).Error // want `INSERT into`
}

func (a *Activities) conn(ctx context.Context) *gorm.DB {
	return a.db.WithContext(ctx)
}

// AddGotten gets the database from a method.
func (a *Activities) AddGotten(ctx context.Context, p Person) error {
	return a.conn(ctx).Create(&p).Error // want `INSERT into`
}

// AddRaw is text.
func (a *Activities) AddRaw(ctx context.Context, name string) error {
	return a.db.WithContext(ctx).Exec("INSERT INTO people (name) VALUES (?)", name).Error // want `INSERT into people without`
}

// AddMapped gives the duplicate another name.
func (a *Activities) AddMapped(ctx context.Context, p Person) error {
	err := a.db.WithContext(ctx).Create(&p).Error // want `INSERT into`
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return errors.New("person exists")
	}
	return err
}

// getOrCreate inserts although its name promises something else: two runs at once both find nothing.
func (a *Activities) getOrCreate(ctx context.Context, name string) (*Person, error) {
	var p Person
	err := a.db.WithContext(ctx).Where("name = ?", name).First(&p).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		p = Person{Name: name}
		err = a.db.WithContext(ctx).Create(&p).Error // want `INSERT into.*Find.*getOrCreate`
	}
	return &p, err
}

// Find reads, it seems.
func (a *Activities) Find(ctx context.Context, name string) (*Person, error) {
	return a.getOrCreate(ctx, name)
}
