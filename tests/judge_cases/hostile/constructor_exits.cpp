// expect: runtime_error
#include <unistd.h>

struct Early {
  Early() { _exit(0); }
} early;

long long solve(long long n) { return n + 1; }
