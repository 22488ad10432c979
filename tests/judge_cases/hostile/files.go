// expect: accepted
package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

func solve(n int) int {
	for _, path := range []string{"/etc", "/proc", "/sys", "/root", "/home", "/tmp", "/dev/shm", "/usr/bin/env", "/work/main.go", "/work/cache"} {
		if _, err := os.Lstat(path); err == nil {
			fmt.Println(path)
			return -1
		}
	}
	for _, folder := range []string{"/", "/work", "/dev", "/judge", "/python", "/tmp"} {
		if os.WriteFile(folder+"/planted", []byte("x"), 0o600) == nil || os.Mkdir(folder+"/planted", 0o700) == nil {
			return -2
		}
	}
	if os.Chmod("/work/program", 0o777) == nil || os.Remove("/work/program") == nil {
		return -3
	}
	found := 0
	filepath.WalkDir("/", func(path string, _ fs.DirEntry, _ error) error {
		if strings.HasSuffix(path, ".json") || strings.HasSuffix(path, ".env") || strings.Contains(path, "site-packages") {
			fmt.Println(path)
			found++
		}
		return nil
	})
	if found > 0 {
		return -4
	}
	return n + 1
}
