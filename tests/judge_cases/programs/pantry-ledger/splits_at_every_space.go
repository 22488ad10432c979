// expect: wrong_answer
// says: value has no key "brown sugar"
package main

import (
	"strconv"
	"strings"
)

func settlePantry(entries []string) map[string]int {
	stock := make(map[string]int)
	for _, entry := range entries {
		words := strings.Fields(entry)
		amount, _ := strconv.Atoi(words[0][1:])
		item := words[1]
		switch {
		case entry[0] == '=':
			stock[item] = amount
		case entry[0] == '+':
			stock[item] += amount
		case stock[item] >= amount:
			stock[item] -= amount
		}
		if stock[item] == 0 {
			delete(stock, item)
		}
	}
	return stock
}
