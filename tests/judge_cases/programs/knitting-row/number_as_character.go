// expect: wrong_answer
package main

import "strings"

func knittingInstructions(row string) string {
	var groups []string
	for start, end := 0, 0; start < len(row); start = end {
		for end = start; end < len(row) && row[end] == row[start]; {
			end++
		}
		group := row[start : start+1]
		if count := end - start; count > 1 {
			group += string(rune(count)) // the character with this number
		}
		groups = append(groups, group)
	}
	return strings.Join(groups, " ")
}
