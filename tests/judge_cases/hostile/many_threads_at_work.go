// expect: time_limit
package main

import "runtime"

func solve(n int) int {
	runtime.GOMAXPROCS(16)
	for i := 0; i < 15; i++ {
		go func() {
			for {
			}
		}()
	}
	for {
	}
}
