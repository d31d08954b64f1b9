package main

import (
	"encoding/json"
	"errors"
)

// Types with ways of their own, for the cases.

type (
	Str   string
	Num   int
	Bytes []byte
	Octet byte

	// Both has marshalers on the value and unmarshalers on the pointer.
	Both struct{ v string }
	// ByPointer has both on the pointer.
	ByPointer struct{ v string }
	// Writer only writes itself, Reader only reads itself.
	Writer struct{ V string }
	Reader struct {
		V string
		F error
	}
	// Text writes and reads text; TextKey is a key that does.
	Text    struct{ v string }
	TextNum int
	// Label only writes text.
	Label  int
	Name   string
	Legend struct{ V string }

	Box[T any]  struct{ v T }
	Pair[T any] struct {
		A T
		B int
	}

	hidden  struct{ X string }
	Shown   struct{ Y string }
	private struct{ z string }

	// Structs that have their marshalers from what they embed.
	WithBoth struct {
		Both
		N int
	}
	WithText struct{ Text }
	WithBox  struct {
		_ [0]func()
		Box[string]
	}

	Node struct {
		Name string
		Next *Node
		Kids []Node
	}
	Loop struct {
		Next *Loop
		Done chan int
	}
	Blind struct{ next *Blind }
)

func (b Both) MarshalJSON() ([]byte, error)  { return json.Marshal(b.v) }
func (b *Both) UnmarshalJSON(d []byte) error { return json.Unmarshal(d, &b.v) }

func (b *ByPointer) MarshalJSON() ([]byte, error) { return json.Marshal(b.v) }
func (b *ByPointer) UnmarshalJSON(d []byte) error { return json.Unmarshal(d, &b.v) }

func (w Writer) MarshalJSON() ([]byte, error) { return json.Marshal(map[string]string{"V": w.V}) }

func (r *Reader) UnmarshalJSON(d []byte) error { r.V = string(d); return nil }

func (t Text) MarshalText() ([]byte, error)  { return []byte(t.v), nil }
func (t *Text) UnmarshalText(d []byte) error { t.v = string(d); return nil }

func (t TextNum) MarshalText() ([]byte, error) { return []byte("one"), nil }
func (t *TextNum) UnmarshalText(d []byte) error {
	if string(d) != "one" {
		return errors.New("not one")
	}
	*t = 1
	return nil
}

func (l Label) MarshalText() ([]byte, error)  { return []byte("label"), nil }
func (n Name) MarshalText() ([]byte, error)   { return []byte(n), nil }
func (l Legend) MarshalText() ([]byte, error) { return []byte("legend"), nil }

func (b Box[T]) MarshalJSON() ([]byte, error)  { return json.Marshal(b.v) }
func (b *Box[T]) UnmarshalJSON(d []byte) error { return json.Unmarshal(d, &b.v) }
