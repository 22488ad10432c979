// expect: time_limit
// Not one of the forks succeeds, and trying costs CPU time.
#include <unistd.h>

long long solve(long long n) {
  for (;;) fork();
}
