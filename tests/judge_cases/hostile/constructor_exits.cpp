// expect: runtime_error kind: start
#include <unistd.h>

struct Early {
  Early() { _exit(0); }
} early;

long long solve(long long n) { return n + 1; }
