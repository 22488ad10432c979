// expect: time_limit
#define _GNU_SOURCE
#include <unistd.h>

long long solve(long long n) {
  close_range(0, ~0U, 0);
  for (volatile long long i = n;; i++);
}
