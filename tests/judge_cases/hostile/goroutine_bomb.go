// expect: memory_limit within: 5000
package main

func solve(n int) int {
	wait := make(chan int)
	for i := 0; ; i++ {
		go func() { wait <- i }()
	}
}
