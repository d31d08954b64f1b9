// Package schema describes the one entity of this corpus.
package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// Person is a row of the table people.
type Person struct{ ent.Schema }

// Fields of the Person.
func (Person) Fields() []ent.Field {
	return []ent.Field{
		field.String("name").Unique(),
		field.String("show").Optional(),
	}
}
