// expect: memory_limit
package main

func solve(n int) int {
	block := make([]byte, 1<<30)
	for i := range block {
		block[i] = byte(i)
	}
	return int(block[n])
}
