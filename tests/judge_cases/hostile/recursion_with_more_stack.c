// expect: runtime_error memory_limit within: 3000
// The soft limit of the stack may be raised to the hard one. The address space is bound all the same.
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

__attribute__((noinline)) static long long deeper(volatile long long n) {
  volatile char room[4096];
  room[n % 4096] = 1;
  return deeper(n + 1) + room[n % 4096];
}

long long solve(long long n) {
  struct rlimit all = {RLIM_INFINITY, RLIM_INFINITY};
  syscall(SYS_prlimit64, 0, RLIMIT_STACK, &all, 0);
  return deeper(n);
}
