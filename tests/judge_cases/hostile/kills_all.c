// expect: accepted
// tgkill is allowed, since raise() needs it; the kernel drops what is sent to the first process of a sandbox.
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

long long solve(long long n) {
  for (int number = 1; number < 65; number++) {
    if (kill(1, number) == 0 || kill(-1, number) == 0 || kill(getppid(), number) == 0) return -1;
    if (killpg(1, number) == 0 || syscall(SYS_tkill, 1, number) == 0) return -2;
    syscall(SYS_tgkill, 1, 1, number);
    syscall(SYS_rt_sigqueueinfo, 1, number, 0);
  }
  return n + 1;
}
