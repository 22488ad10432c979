// expect: accepted kind: signals
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

long long solve(long long n) {
  const int own = getpid();
  for (int pid = 1; pid < own + 20; pid++) {
    if (pid == own) continue;
    for (int number = 0; number < 2; number++) {
      const int sent = number ? SIGKILL : SIGSTOP;
      if (syscall(SYS_tgkill, pid, pid, sent) != -1 || errno != EPERM) return -1;
      if (syscall(SYS_tkill, pid, sent) != -1 || errno != EPERM) return -2;
      if (kill(pid, sent) != -1 || errno != EPERM) return -3;
    }
  }
  return syscall(SYS_tgkill, own, own, 0) ? -4 : n + 1;
}
