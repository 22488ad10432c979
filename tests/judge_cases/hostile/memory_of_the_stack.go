// expect: accepted memory_limit runtime_error within: 5000
// The limit of the stack is raised, the program started anew, and what lies below its words is written to.
package main

import (
	"os"
	"syscall"
	"unsafe"
)

const size = 400 << 20

func solve(n int) int {
	return n + 1
}

func init() {
	if len(os.Args) > 1 {
		at := *(*uintptr)(unsafe.Pointer(&os.Args[0]))
		for i := uintptr(0); i < size; i += 4096 {
			*(*byte)(unsafe.Pointer(at - i)) = 1
		}
		syscall.Write(3, []byte(`{"value":-1}`))
		os.Exit(0)
	}
	most := [2]uint64{^uint64(0), ^uint64(0)}
	if _, _, err := syscall.RawSyscall6(302, 0, 3, uintptr(unsafe.Pointer(&most)), 0, 0, 0); err == 0 {
		syscall.Exec("/work/program", []string{"/work/program", "again"}, os.Environ())
	}
}
