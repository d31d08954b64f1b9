package codec

import "reflect"

// A Carrier is embedded in a fact, last: it holds the sections, as they are to be written or as
// they were read. Facts are decoded when they are first asked for: most are handed to packages
// that never do.
type Carrier struct {
	Sections []Section // to be written

	read sections
	raw  []byte // the whole fact as it was read
}

// Read fills v with the section of a name and version. It reports false if there is none.
func (c *Carrier) Read(name string, version int, v any) bool {
	for _, s := range c.Sections {
		if s.Name == name {
			reflect.ValueOf(v).Elem().Set(reflect.ValueOf(s.Value).Elem())
			return true
		}
	}
	return c.read.read(name, version, v)
}

// GobDecode keeps the data for Decode.
func (c *Carrier) GobDecode(data []byte) error {
	c.raw = append([]byte{}, data...)
	return nil
}

// Encode writes the fact that the carrier is embedded in.
func (c *Carrier) Encode(fact any) ([]byte, error) {
	if c.raw != nil {
		return c.raw, nil
	}
	return Encode(fact, c.Sections)
}

// Decode fills the fields of the fact that the carrier is embedded in, if it was read.
func (c *Carrier) Decode(fact any) error {
	if c.raw == nil {
		return nil
	}
	read, err := Decode(c.raw, fact)
	c.read, c.raw = read, nil
	return err
}
