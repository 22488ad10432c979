// expect: time_limit kind: handlers
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static void again(int number) {
  (void)number;
  alarm(1);
}

long long solve(long long n) {
  sigset_t all;
  for (int number = 1; number < 65; number++) signal(number, number % 2 ? again : SIG_IGN);
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, NULL);
  alarm(1);
  for (volatile long long i = n;; i++);
}
