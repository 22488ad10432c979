// expect: accepted memory_limit within: 5000
// Memory that is mapped as shared is none of the private memory that the limit counts.
package main

import (
	"os"
	"syscall"
)

func solve(n int) int {
	file, err := os.OpenFile("/dev/zero", os.O_RDWR, 0)
	if err != nil {
		return n + 1
	}
	for _, flags := range []int{syscall.MAP_SHARED, 3, syscall.MAP_PRIVATE} {
		block, err := syscall.Mmap(int(file.Fd()), 0, 400<<20, syscall.PROT_READ|syscall.PROT_WRITE, flags)
		if err != nil {
			continue
		}
		for i := 0; i < len(block); i += 4096 {
			block[i] = 1
		}
		return -flags
	}
	return n + 1
}
