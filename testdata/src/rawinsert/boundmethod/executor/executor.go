// Package executor calls whatever it was given.
package executor

import "context"

// Task is a named func field.
type Task struct {
	Name string
	Run  func(ctx context.Context, arg string) error
}

// Executor runs its task.
type Executor struct {
	task Task
}

// New keeps the task.
func New(task Task) *Executor { return &Executor{task: task} }

// Execute calls the field.
func (e *Executor) Execute(ctx context.Context, arg string) error {
	return e.task.Run(ctx, arg)
}
