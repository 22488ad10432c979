// expect: accepted kind: end
package main

import "runtime"

type left struct{ kept [100]byte }

func solve(n int) int {
	for i := 0; i < 100; i++ {
		runtime.SetFinalizer(&left{}, func(*left) {
			for {
			}
		})
	}
	runtime.GC()
	return n + 1
}
