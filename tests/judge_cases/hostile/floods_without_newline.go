// expect: output_limit
package main

import "os"

func solve(n int) int {
	text := make([]byte, 1<<16)
	for {
		os.Stdout.Write(text)
		os.Stderr.Write(text)
	}
}
