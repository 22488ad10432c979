// expect: accepted kind: signals stack
// No signal reaches anybody, and on its way back to what called it nothing lies that is not its own.
package main

import (
	"os"
	"runtime"
	"strings"
	"syscall"
)

func solve(n int) int {
	own := os.Getpid()
	for pid := -1; pid < own+20; pid++ {
		if pid == own || pid == 0 {
			continue
		}
		for _, number := range []syscall.Signal{syscall.SIGKILL, syscall.SIGSTOP} {
			if syscall.Kill(pid, number) == nil || tgkill(pid, number) {
				return -1
			}
			if found, err := os.FindProcess(pid); err == nil && found.Signal(number) == nil {
				return -2
			}
		}
	}
	walked := make([]byte, 1<<16)
	walked = walked[:runtime.Stack(walked, true)]
	if strings.Contains(string(walked), "expected") || len(os.Args) > 1 || os.Getenv("PATH") != "" {
		return -3
	}
	return n + 1
}

func tgkill(pid int, number syscall.Signal) bool {
	_, _, err := syscall.RawSyscall(syscall.SYS_TGKILL, uintptr(pid), uintptr(pid), uintptr(number))
	return err == 0
}
