// expect: runtime_error
// A match must not be abortable by its loser.
#include <unistd.h>

long long solve(long long n) {
  write(3, "{\"verdict\":\"judge_error\",\"message\":\"broken\"}", 44);
  _exit(0);
}
