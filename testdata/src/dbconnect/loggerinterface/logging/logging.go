// Package logging hides zap behind an interface.
package logging

import "go.uber.org/zap"

// Logger is what the program logs with.
type Logger interface {
	Info(msg string, keysAndValues ...any)
	Fatal(msg string, keysAndValues ...any)
	With(keysAndValues ...any) Logger
}

type zapLogger struct {
	sugar *zap.SugaredLogger
}

// New wraps a zap logger.
func New(l *zap.Logger) Logger {
	return &zapLogger{sugar: l.Sugar()}
}

func (l *zapLogger) Info(msg string, keysAndValues ...any) {
	l.sugar.Infow(msg, keysAndValues...)
}

// Fatal ends the process like the method it wraps.
func (l *zapLogger) Fatal(msg string, keysAndValues ...any) {
	l.sugar.Fatalw(msg, keysAndValues...)
}

func (l *zapLogger) With(keysAndValues ...any) Logger {
	return &zapLogger{sugar: l.sugar.With(keysAndValues...)}
}
