// expect: wrong_answer
#include <unistd.h>

long long solve(long long n) {
  write(3, "{\"value\":-1,\"verdict\":\"accepted\",\"end\":\"exited\"}", 48);
  _exit(0);
}
