// Package tlsfiles reads certificates that users supply.
package tlsfiles

import (
	"crypto/tls"
	"log"
)

// Load ends the process for a certificate that somebody typed wrong.
func Load(certPEM, keyPEM []byte) *tls.Config {
	return &tls.Config{Certificates: []tls.Certificate{parse(certPEM, keyPEM)}}
}

func parse(certPEM, keyPEM []byte) tls.Certificate {
	cert, err := tls.X509KeyPair(certPEM, keyPEM)
	if err != nil {
		log.Fatalf("bad certificate: %v", err)
	}
	return cert
}

// LoadChecked returns the error.
func LoadChecked(certPEM, keyPEM []byte) (*tls.Config, error) {
	cert, err := tls.X509KeyPair(certPEM, keyPEM)
	if err != nil {
		return nil, err
	}
	return &tls.Config{Certificates: []tls.Certificate{cert}}, nil
}
