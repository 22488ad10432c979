// expect: accepted
package main

import (
	"fmt"
	"runtime"
	"syscall"
	"unsafe"
)

func solve(n int) int {
	if runtime.GOARCH != "amd64" {
		return n + 1
	}
	for _, call := range [][4]uintptr{
		{56, 0x10000000 | 17}, {435, 0, 88}, {272, 0x10000000}, {41, 1, 1}, {165, 0, 0}, {321, 0, 0}, {425, 8, 0},
		{62, 1, 9}, {62, ^uintptr(0), 9}, {200, 1, 9}, {434, 1}, {101, 16, 1}, {310, 1}, {302, 1, 7}, {203, 1, 8},
		{319, 0}, {29, 0, 4096, 0o1600}, {323, 1}, {157, 22, 1}, {157, 4, 1}, {72, 1, 1031, 1 << 20}, {250, 0},
		{9, 0, 4096, 7}, {160, 7, 0},
	} {
		if call[0] == 9 { // mmap of shared memory without a name
			if _, _, err := syscall.RawSyscall6(9, 0, 1<<20, 3, 0x21, ^uintptr(0), 0); err == 0 {
				return -9
			}
			continue
		}
		if call[0] == 203 {
			mask := [1]uint64{1}
			if _, _, err := syscall.RawSyscall(203, 1, 8, uintptr(unsafe.Pointer(&mask))); err == 0 {
				return -203
			}
			continue
		}
		if _, _, err := syscall.RawSyscall(call[0], call[1], call[2], call[3]); err != 1 && err != 22 && err != 38 {
			fmt.Println(call, err)
			return -int(call[0])
		}
	}
	return n + 1
}
