package settings

import (
	"encoding/json"
	"flag"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers"
)

// SchemaURL is the address of the schema of the configuration file.
const SchemaURL = "https://raw.githubusercontent.com/mediacloud/mcwflint/main/docs/mcwflint.schema.json"

// Schema returns the JSON Schema of the configuration file. It has what editors
// use: keys, types, allowed values and descriptions.
func Schema() []byte {
	top := make(map[string]any)
	New().flags.VisitAll(func(f *flag.Flag) {
		rule, key, nested := strings.Cut(f.Name, ".")
		if !nested {
			top[f.Name] = property(f)
			return
		}
		object, ok := top[rule].(map[string]any)
		if !ok {
			title, _, _ := strings.Cut(analyzers.Lookup(rule).Analyzer.Doc, "\n")
			object = map[string]any{"type": []string{"object", "null"}, "description": title, "additionalProperties": false, "properties": make(map[string]any)}
			top[rule] = object
		}
		object["properties"].(map[string]any)[key] = property(f)
	})
	schema, err := json.MarshalIndent(map[string]any{
		"$schema":              "http://json-schema.org/draft-07/schema#",
		"$id":                  SchemaURL,
		"title":                "mcwflint",
		"description":          "Configuration of mcwflint, " + FileName,
		"type":                 []string{"object", "null"},
		"additionalProperties": false,
		"properties":           top,
	}, "", "  ")
	if err != nil {
		panic(err) // maps of strings
	}
	return append(schema, '\n')
}

func property(f *flag.Flag) map[string]any {
	kind := kindOf(f)
	p := map[string]any{"type": []string{string(kind), "null"}, "description": usage(f)}
	value := map[string]any{}
	if a, ok := f.Value.(interface{ Allowed() []string }); ok {
		value["enum"] = a.Allowed()
	}
	switch kind {
	case texts:
		value["type"] = "string"
		p["items"] = value
		p["default"] = []string{}
	case boolean, integer, number:
		p["default"] = json.RawMessage(f.DefValue)
	default:
		p["default"] = f.DefValue
		if allowed, ok := value["enum"].([]string); ok {
			p["type"] = string(kind)
			p["enum"] = allowed
		}
	}
	return p
}
