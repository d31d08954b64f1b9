package suite

import (
	"testing"

	"github.com/mediacloud/mcwflint/runtime/workers"
	"github.com/stretchr/testify/suite"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

type Suite struct {
	suite.Suite
	client client.Client
	worker worker.Worker
}

func (s *Suite) SetupTest() {
	s.worker = worker.New(s.client, "q", worker.Options{})
	s.Require().NoError(s.worker.Start())
}

func (s *Suite) TearDownTest() {
	workers.StopWorkerFaster(s.worker)
	s.client.Close()
}

func TestSuite(t *testing.T) { suite.Run(t, new(Suite)) }
