// expect: runtime_error time_limit
package main

import "runtime"

func solve(n int) int {
	done := make(chan int)
	for {
		go func() {
			runtime.LockOSThread()
			<-done
		}()
		runtime.Gosched()
	}
}
