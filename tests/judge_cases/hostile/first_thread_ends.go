// expect: time_limit
// The process lives on in its other threads, and their time still counts.
package main

import (
	"runtime"
	"syscall"
)

func init() {
	runtime.LockOSThread()
}

func solve(n int) int {
	runtime.GOMAXPROCS(4)
	for i := 0; i < 2; i++ {
		go func() {
			for {
			}
		}()
	}
	for {
		syscall.RawSyscall(syscall.SYS_EXIT, 0, 0, 0)
	}
}
