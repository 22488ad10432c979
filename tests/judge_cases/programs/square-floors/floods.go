// expect: output_limit
// says: printed more than 1 MiB
package main

import (
	"fmt"
	"strings"
)

func squareChoices(numbers []int) int {
	for choice := 0; choice < 64; choice++ {
		fmt.Println(strings.Repeat("#", 1<<15))
	}
	return 0
}
