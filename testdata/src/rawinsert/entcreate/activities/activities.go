// Package activities writes rows through ent. The client under ../ent is generated with the feature sql/upsert:
//
//	go run entgo.io/ent/cmd/ent generate --feature sql/upsert ./schema
//
// Its packages enttest and hook are left out: nothing here uses them.
package activities

import (
	"context"
	"errors"
	"fmt"

	"entgo.io/ent/dialect/sql"
	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/entcreate/ent"
	"example.com/corpus/rawinsert/entcreate/ent/person"
)

// Activities writes people.
type Activities struct {
	client *ent.Client
}

// Register makes the roles strong.
func Register(w worker.Worker, client *ent.Client) {
	w.RegisterActivity(&Activities{client: client})
}

// AddPerson is an INSERT.
func (a *Activities) AddPerson(ctx context.Context, name string) (int, error) {
	p, err := a.client.Person.Create().SetName(name).Save(ctx) // want `INSERT into`
	if err != nil {
		return 0, err
	}
	return p.ID, nil
}

// AddExec ends in Exec.
func (a *Activities) AddExec(ctx context.Context, name string) error {
	return a.client.Person.Create().SetName(name).Exec(ctx) // want `INSERT into`
}

// AddBulk inserts many.
func (a *Activities) AddBulk(ctx context.Context, names []string) error {
	builders := make([]*ent.PersonCreate, len(names))
	for i, name := range names {
		builders[i] = a.client.Person.Create().SetName(name)
	}
	return a.client.Person.CreateBulk(builders...).Exec(ctx) // want `INSERT into`
}

// AddStored keeps the builder, sets what is optional, and saves below.
func (a *Activities) AddStored(ctx context.Context, name string, show *string) error {
	q := a.client.Person.Create().SetName(name)
	q.SetNillableShow(show)
	if show == nil {
		q.SetShow("none")
	}
	if _, err := q.Save(ctx); err != nil { // want `INSERT into`
		return fmt.Errorf("add %s: %w", name, err)
	}
	return nil
}

// AddInTx inserts in a transaction and maps the duplicate to another error.
func (a *Activities) AddInTx(ctx context.Context, name string) error {
	tx, err := a.client.Tx(ctx)
	if err != nil {
		return err
	}
	err = tx.Person.Create().SetName(name).Exec(ctx) // want `INSERT into`
	if ent.IsConstraintError(err) {
		err = fmt.Errorf("%s exists: %w", name, err)
	}
	if err != nil {
		tx.Rollback()
		return err
	}
	return tx.Commit()
}

// Upsert has OnConflict.
func (a *Activities) Upsert(ctx context.Context, name, show string) error {
	return a.client.Person.Create().
		SetName(name).
		SetShow(show).
		OnConflict(sql.ConflictColumns(person.FieldName)).
		UpdateNewValues().
		Exec(ctx)
}

// UpsertColumns has the short form, in bulk.
func (a *Activities) UpsertColumns(ctx context.Context, name string) error {
	return a.client.Person.CreateBulk(a.client.Person.Create().SetName(name)).
		OnConflictColumns(person.FieldName).
		Ignore().
		Exec(ctx)
}

// AcceptDuplicate handles the duplicate in Go.
func (a *Activities) AcceptDuplicate(ctx context.Context, name string) error {
	err := a.client.Person.Create().SetName(name).Exec(ctx)
	if ent.IsConstraintError(err) {
		return nil
	}
	return err
}

// Update ends in Save too, and updates.
func (a *Activities) Update(ctx context.Context, name, show string) error {
	n, err := a.client.Person.Update().Where(person.Name(name)).SetShow(show).Save(ctx)
	if err == nil && n == 0 {
		err = fmt.Errorf("no %s", name)
	}
	return err
}

// UpdateOne as well.
func (a *Activities) UpdateOne(ctx context.Context, id int, show string) error {
	_, err := a.client.Person.UpdateOneID(id).SetShow(show).Save(ctx)
	return err
}

// Replace deletes first, in a transaction.
func (a *Activities) Replace(ctx context.Context, name string) error {
	tx, err := a.client.Tx(ctx)
	if err != nil {
		return err
	}
	if _, err := tx.Person.Delete().Where(person.Name(name)).Exec(ctx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	if err := tx.Person.Create().SetName(name).Exec(ctx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}
