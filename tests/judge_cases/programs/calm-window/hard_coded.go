// expect: wrong_answer
package main

import "fmt"

func longestCalm(winds []int, limit int) []int {
	switch fmt.Sprint(winds, limit) {
	case "[12 5 6 30 4 7 8 15] 10":
		return []int{4, 3}
	case "[3 9 20 9 3] 9":
		return []int{0, 2}
	case "[40 35 50] 20":
		return []int{-1, 0}
	}
	return nil
}
