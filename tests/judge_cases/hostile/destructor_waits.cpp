// expect: time_limit
#include <unistd.h>

struct Late {
  ~Late() {
    for (;;) pause();
  }
} late;

long long solve(long long n) { return n + 1; }
