// expect: accepted
package main

import (
	"strconv"
	"strings"
)

func settlePantry(entries []string) map[string]int {
	stock := map[string]int{}
	for _, entry := range entries {
		number, item, _ := strings.Cut(entry[1:], " ")
		amount, err := strconv.Atoi(number)
		if err != nil {
			panic(err)
		}
		switch entry[0] {
		case '+':
			stock[item] += amount
		case '=':
			stock[item] = amount
		case '-':
			if amount <= stock[item] {
				stock[item] -= amount
			}
		}
	}
	for item, amount := range stock {
		if amount == 0 {
			delete(stock, item)
		}
	}
	return stock
}
