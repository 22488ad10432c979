// expect: accepted
package main

import (
	"fmt"
	"os"
	"sort"
)

type glove string

func (g glove) colour() string { return string(g[:len(g)-2]) }

func (g glove) mate() string {
	if g[len(g)-1] == 'L' {
		return g.colour() + "-R"
	}
	return g.colour() + "-L"
}

func missingGloves(gloves []string) []string {
	waiting := map[string]int{}
	for _, label := range gloves {
		if waiting[label] > 0 {
			waiting[label]--
			continue
		}
		waiting[glove(label).mate()]++
	}
	missing := []string{}
	for label, count := range waiting {
		for ; count > 0; count-- {
			missing = append(missing, label)
		}
	}
	sort.Strings(missing)
	fmt.Println(len(missing), "gloves are missing")
	fmt.Fprintln(os.Stderr, len(gloves), "gloves")
	return missing
}
