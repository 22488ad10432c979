// expect: accepted
#include <unistd.h>

long long solve(long long n) {
  const pid_t child = vfork();
  if (child == 0) _exit(0);
  return child > 0 ? -1 : n + 1;
}
