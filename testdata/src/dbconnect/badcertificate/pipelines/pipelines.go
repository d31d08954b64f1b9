// Package pipelines has the activities: one user's bad certificate ends the worker of all users.
package pipelines

import (
	"context"

	"go.temporal.io/sdk/worker"

	"example.com/corpus/dbconnect/badcertificate/peers"
)

type pipelines struct{}

// CheckPeer is three calls above log.Fatal.
func (pipelines) CheckPeer(ctx context.Context, peer peers.Peer) error {
	conn, err := peer.Connect(ctx) // want `log.Fatal.*CheckPeer.*Connect.*Load.*parse`
	if err != nil {
		return err
	}
	return conn.Close(ctx)
}

// CheckPeerSafely takes the other way.
func (pipelines) CheckPeerSafely(ctx context.Context, peer peers.Peer) error {
	conn, err := peer.ConnectChecked(ctx)
	if err != nil {
		return err
	}
	return conn.Close(ctx)
}

// Register makes the roles strong.
func Register(w worker.Worker) {
	w.RegisterActivity(pipelines{})
}
