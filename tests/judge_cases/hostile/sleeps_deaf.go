// expect: time_limit kind: handlers
package main

import (
	"os/signal"
	"time"
)

func solve(n int) int {
	signal.Ignore()
	time.Sleep(time.Hour)
	return n + 1
}
