// expect: time_limit
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

long long solve(long long n) {
  for (;;) {
    syscall(SYS_tgkill, 1, 1, SIGSTOP);
    syscall(SYS_tgkill, 1, 1, SIGTSTP);
    syscall(SYS_tgkill, 1, 1, SIGINT);
    syscall(SYS_tgkill, 1, 1, SIGPIPE);
    syscall(SYS_tgkill, 1, 1, SIGKILL);
  }
}
