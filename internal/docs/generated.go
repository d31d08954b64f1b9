package docs

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers"
	"github.com/mediacloud/mcwflint/internal/settings"
)

// SettingsTable is the table of settings in docs/configuration.md.
func SettingsTable() string {
	var b strings.Builder
	b.WriteString("| key | | default |\n| --- | --- | --- |\n")
	keys := settings.Keys()
	// The keys without a dot come first.
	slices.SortStableFunc(keys, func(a, b settings.Key) int { return strings.Count(a.Name, ".") - strings.Count(b.Name, ".") })
	for _, key := range keys {
		value := "`" + key.Default + "`"
		for _, preset := range analyzers.Presets() {
			if v, ok := analyzers.PresetSettings(preset)[key.Name]; ok {
				value += fmt.Sprintf("; in preset %s `%s`", preset, v)
			}
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", key.Name, strings.ReplaceAll(key.Usage, "|", `\|`), value)
	}
	return b.String()
}

// NogoRules is the list of rules in the BUILD file of docs/drivers.md.
func NogoRules() string {
	var b strings.Builder
	for _, r := range analyzers.Suite {
		fmt.Fprintf(&b, "        \"@com_github_mediacloud_mcwflint//analyzers/%s\",\n", r.Analyzer.Name)
	}
	return b.String()
}
