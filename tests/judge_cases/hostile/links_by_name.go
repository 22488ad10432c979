// expect: compile_error runtime_error accepted kind: names
// Whatever of the runtime is taken over by its name is the program's own.
package main

import _ "unsafe"

//go:linkname write runtime.write1
func write(descriptor uintptr, at *byte, size int32) int32 {
	return 0
}

//go:linkname threads runtime.ncpu
var threads int32

func solve(n int) int {
	threads = 1 << 20
	return n + 1
}
