// expect: runtime_error wrong_answer kind: end
#include <unistd.h>

struct Late {
  ~Late() {
    for (int i = 0; i < 10; i++)
      if (write(3, "{\"value\":-1}", 12) < 0) break;
  }
} late;

long long solve(long long n) { return n + 1; }
