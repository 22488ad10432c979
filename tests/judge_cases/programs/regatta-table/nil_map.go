// expect: runtime_error
// says: solution.go:11 in regattaTable
package main

import "sort"

func regattaTable(races [][]string) []string {
	var total map[string]int
	for _, race := range races {
		for place, boat := range race {
			total[boat] += place + 1
		}
	}
	table := []string{}
	for boat := range total {
		table = append(table, boat)
	}
	sort.Slice(table, func(i, j int) bool { return total[table[i]] < total[table[j]] })
	return table
}
