// expect: compile_error
package main

// #cgo LDFLAGS: -fplugin=/work/solution.go
// #include "/etc/passwd"
// int getpid(void);
import "C"

func solve(n int) int {
	return n + int(C.getpid())
}
