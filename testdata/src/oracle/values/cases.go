package main

import "reflect"

// The test puts its own file in the place of this one.
var cases = []testCase{{"T0", reflect.TypeFor[Shown]()}}
