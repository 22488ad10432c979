// expect: time_limit runtime_error
// runtime_error where raise() uses a system call that is refused, and the function never returns by itself.
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

long long solve(long long n) {
  syscall(SYS_tgkill, getpid(), getpid(), SIGSTOP);
  raise(SIGSTOP);
  abort();
}
