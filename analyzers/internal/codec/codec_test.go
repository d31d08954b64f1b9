package codec

import (
	"reflect"
	"testing"
)

type hop struct {
	Name string
	Line int
	Mask uint32
}

type fact struct {
	Version int
	Hops    []hop
	Last    bool
	Rest    []string

	hidden int
}

func example(t testing.TB) (*fact, []byte) {
	t.Helper()
	f := &fact{Version: 3, Hops: []hop{{"b.F", 3, 7}, {"b.F", -1, 0}, {"", 0, 1 << 31}}, Last: true}
	data, err := Encode(f, []Section{{"toy", 2, &hop{"b.F", 9, 1}}, {"empty", 1, &hop{}}})
	if err != nil {
		t.Fatal(err)
	}
	return f, data
}

func TestRoundTrip(t *testing.T) {
	f, data := example(t)
	var back fact
	sections, err := Decode(data, &back)
	if err != nil || !reflect.DeepEqual(f, &back) {
		t.Errorf("got %+v, %v; want %+v", back, err, f)
	}
	var got hop
	if !sections.read("toy", 2, &got) || got != (hop{"b.F", 9, 1}) {
		t.Errorf("the section is %+v", got)
	}
	if !sections.read("empty", 1, &got) {
		t.Error("an empty section is not found")
	}
	if sections.read("toy", 3, &got) || sections.read("other", 2, &got) {
		t.Error("a section of another version or name is read")
	}
}

// Have: what a cache has damaged is an error, and never a panic.
func TestDamaged(t *testing.T) {
	_, data := example(t)
	for i := range data {
		var damaged fact
		if _, err := Decode(data[:i], &damaged); err == nil {
			t.Errorf("%d of %d bytes decode", i, len(data))
		}
	}
}

func TestKindsOfFields(t *testing.T) {
	if _, err := Encode(&struct{ M map[string]int }{map[string]int{"a": 1}}, nil); err == nil {
		t.Error("a map, which has no order, is encoded")
	}
}

func FuzzCodec(f *testing.F) {
	_, data := example(f)
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		var one fact
		sections, err := Decode(data, &one)
		if err != nil {
			return
		}
		var section hop
		for _, s := range sections {
			sections.read(s.name, s.version, &section)
		}
	})
}
