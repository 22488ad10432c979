// expect: accepted
package main

import (
	"fmt"
	"net"
	"time"
)

func solve(n int) int {
	for _, at := range [][2]string{
		{"tcp", "127.0.0.1:5432"}, {"tcp", "127.0.0.1:6379"}, {"tcp", fmt.Sprint("127.0.0.1:", n)}, {"tcp", "192.0.2.1:53"},
		{"udp", "127.0.0.1:53"}, {"unix", "/var/run/docker.sock"}, {"unix", fmt.Sprint("@codemaze-", n)}, {"tcp6", "[::1]:80"},
	} {
		if _, err := net.DialTimeout(at[0], at[1], 50*time.Millisecond); err == nil {
			return -1
		}
	}
	if _, err := net.Listen("tcp", "127.0.0.1:0"); err == nil {
		return -2
	}
	if _, err := net.LookupHost("example.com"); err == nil {
		return -3
	}
	return n + 1
}
