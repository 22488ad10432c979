// expect: accepted memory_limit within: 5000
// A mapping that may grow downwards counts as a stack, not as private memory.
package main

import "syscall"

func solve(n int) int {
	both, unnamed := syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_PRIVATE|syscall.MAP_ANON
	for _, flags := range []int{syscall.MAP_GROWSDOWN, syscall.MAP_GROWSDOWN | syscall.MAP_STACK, syscall.MAP_STACK} {
		for _, protection := range []int{both, syscall.PROT_NONE} {
			block, err := syscall.Mmap(-1, 0, 400<<20, protection, unnamed|flags)
			if err != nil || syscall.Mprotect(block, both) != nil {
				continue
			}
			for i := 0; i < len(block); i += 4096 {
				block[i] = 1
			}
			return -flags
		}
	}
	return n + 1
}
