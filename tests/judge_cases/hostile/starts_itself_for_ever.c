// expect: time_limit
// Becoming a program anew resets neither the clock nor the limits.
#include <unistd.h>

long long solve(long long n) {
  execve("/work/program", (char *[]){"program", 0}, (char *[]){0});
  return -1;
}

__attribute__((constructor)) static void again(void) { solve(0); }
