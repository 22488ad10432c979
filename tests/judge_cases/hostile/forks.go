// expect: accepted
package main

import (
	"os"
	"os/exec"
	"syscall"
)

func solve(n int) int {
	for i := 0; i < 20; i++ {
		if exec.Command("/work/program").Start() == nil {
			return -1
		}
		if _, err := os.StartProcess("/work/program", []string{"x"}, &os.ProcAttr{}); err == nil {
			return -2
		}
		for _, number := range []uintptr{57, 58} {
			pid, _, err := syscall.RawSyscall(number, 0, 0, 0)
			if pid == 0 && err == 0 {
				syscall.RawSyscall(60, 0, 0, 0)
			}
			if err == 0 {
				return -3
			}
		}
	}
	return n + 1
}
