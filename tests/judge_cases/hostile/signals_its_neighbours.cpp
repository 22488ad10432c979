// expect: accepted kind: signals
#include <cerrno>
#include <csignal>
#include <sys/syscall.h>
#include <unistd.h>

long long solve(long long n) {
  const int own = getpid();
  for (int pid = -1; pid < own + 20; pid++) {
    if (pid == own || pid == 0) continue;
    for (int sent : {SIGSTOP, SIGKILL}) {
      if (syscall(SYS_tgkill, pid, pid, sent) != -1 || errno != EPERM) return -1;
      if (kill(pid, sent) != -1 || errno != EPERM) return -2;
      if (syscall(SYS_pidfd_open, pid, 0) != -1 || errno != EPERM) return -3;
    }
  }
  return syscall(SYS_tgkill, own, own, 0) ? -4 : n + 1;
}
