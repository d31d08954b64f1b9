// Package peers connects to users' databases.
package peers

import (
	"context"

	"github.com/jackc/pgx/v5"

	"example.com/corpus/dbconnect/badcertificate/tlsfiles"
)

// Peer is a user's database.
type Peer struct {
	URL       string
	Cert, Key []byte
}

// Connect uses the certificate that the user gave.
func (p *Peer) Connect(ctx context.Context) (*pgx.Conn, error) {
	config, err := pgx.ParseConfig(p.URL)
	if err != nil {
		return nil, err
	}
	config.TLSConfig = tlsfiles.Load(p.Cert, p.Key)
	return pgx.ConnectConfig(ctx, config)
}

// ConnectChecked does too, and can fail.
func (p *Peer) ConnectChecked(ctx context.Context) (*pgx.Conn, error) {
	config, err := pgx.ParseConfig(p.URL)
	if err != nil {
		return nil, err
	}
	if config.TLSConfig, err = tlsfiles.LoadChecked(p.Cert, p.Key); err != nil {
		return nil, err
	}
	return pgx.ConnectConfig(ctx, config)
}
