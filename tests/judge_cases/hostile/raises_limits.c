// expect: accepted
#define _GNU_SOURCE
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

long long solve(long long n) {
  const int kinds[] = {RLIMIT_AS, RLIMIT_CPU, RLIMIT_NPROC, RLIMIT_NOFILE, RLIMIT_FSIZE, RLIMIT_CORE, RLIMIT_MSGQUEUE};
  const struct rlimit all = {RLIM_INFINITY, RLIM_INFINITY}, none = {0, 0}, some = {1000000, 1000000};
  for (int i = 0; i < 7; i++) {
    if (setrlimit(kinds[i], &all) == 0 || syscall(SYS_setrlimit, kinds[i], &all) == 0) return -1;
    if (prlimit(0, kinds[i], &all, 0) == 0 || prlimit(0, kinds[i], &some, 0) == 0 && kinds[i] != RLIMIT_AS) return -2;
    if (prlimit(1, kinds[i], &none, 0) == 0 || prlimit(1, kinds[i], &all, 0) == 0) return -3;
    if (prlimit(getppid(), kinds[i], &none, 0) == 0) return -4;
  }
  return n + 1;
}
