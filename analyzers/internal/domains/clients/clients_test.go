package clients_test

import (
	"testing"

	_ "github.com/mediacloud/mcwflint/analyzers/internal/domains/clients"
	"github.com/mediacloud/mcwflint/analyzers/internal/domains/domaintest"
)

func Test(t *testing.T) { domaintest.Run(t, "clients") }
