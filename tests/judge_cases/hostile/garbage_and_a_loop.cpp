// expect: time_limit
#include <unistd.h>

long long solve(long long n) {
  write(3, "\xff\xfe[[[[{\"value\"", 15);
  for (volatile long long i = n;; i++);
}
