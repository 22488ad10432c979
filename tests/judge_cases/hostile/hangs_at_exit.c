// expect: time_limit kind: end
#include <stdlib.h>

static void hang(void) {
  for (;;);
}

long long solve(long long n) {
  atexit(hang);
  exit((int)(n & 0));
}
