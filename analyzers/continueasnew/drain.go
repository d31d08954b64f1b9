package continueasnew

import (
	"go/ast"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/report"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A waiting is what a function does with signals and updates.
type waiting struct {
	signals, drains   bool // it receives signals; it looks whether there are more
	updates, finished bool // it handles updates; it waits for the handlers
	again             []*ast.CallExpr
}

// leavesBehind reports where a function continues as new although signals or updates may not have
// been handled.
func leavesBehind(info *types.Info, rep *report.Reporter, decl *ast.FuncDecl) {
	var w waiting
	ast.Inspect(decl.Body, func(x ast.Node) bool {
		if call, ok := x.(*ast.CallExpr); ok {
			w.note(info, call)
		}
		return true
	})
	for _, call := range w.again {
		f := report.Finding{Pos: call.Pos(), End: call.End()}
		if w.signals && !w.drains {
			f.Message = "signals that have arrived and are not received are lost when the workflow continues as new: before, call ReceiveAsync until it returns false"
			rep.Report(f)
		}
		if w.updates && !w.finished {
			f.Message = "update handlers that are running are cut off when the workflow continues as new: before, wait until workflow.AllHandlersFinished"
			rep.Report(f)
		}
	}
}

func (w *waiting) note(info *types.Info, call *ast.CallExpr) {
	fn := syntax.Callee(info, call)
	if fn == nil || !sdk.InSDK(fn.Pkg()) {
		for _, arg := range call.Args {
			w.drains = w.drains || isChannel(info.TypeOf(arg))
		}
		return
	}
	switch fn.Name() {
	case "GetSignalChannel", "GetSignalChannelWithOptions":
		w.signals = true
	case "ReceiveAsync", "ReceiveAsyncWithMoreFlag", "Len", "HasPending":
		w.drains = true
	case "AllHandlersFinished":
		w.finished = true
	}
	w.updates = w.updates || sdk.SetsHandler(fn) == "update"
	if sdk.ContinuesAsNew(fn) {
		w.again = append(w.again, call)
	}
}

// isChannel reports whether a value is a channel of the SDK, which another function may drain.
func isChannel(t types.Type) bool {
	return t != nil && sdk.IsNamed(t, "ReceiveChannel", "Channel")
}
