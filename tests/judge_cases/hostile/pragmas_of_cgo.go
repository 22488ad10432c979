// expect: compile_error accepted
package main

import _ "unsafe"

//go:cgo_ldflag "-o/work/overlay.json"
//go:cgo_import_dynamic libc_system system "libc.so.6"
//go:cgo_import_dynamic _ _ "libc.so.6"

//go:linkname exit runtime.exit
func exit(code int32)

func solve(n int) int {
	return n + 1
}
