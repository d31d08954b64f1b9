// Package album has the activities; a container builds them.
package album

import "context"

// Tracks keeps tracks.
type Tracks interface {
	AddTrack(ctx context.Context, title string) error
}

// Recorder is what the container provides.
type Recorder interface {
	RecordTrack(ctx context.Context, title string) error
}

type recorder struct{ tracks Tracks }

// NewRecorder is a provider: it takes an interface and returns one.
func NewRecorder(tracks Tracks) Recorder {
	return &recorder{tracks: tracks}
}

// RecordTrack becomes an activity as a method value of the interface.
func (r *recorder) RecordTrack(ctx context.Context, title string) error {
	return r.tracks.AddTrack(ctx, title)
}
