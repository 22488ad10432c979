// expect: accepted
// Whatever processor the supervisor is bound to, the programs of all who use its sandbox later are bound to as well.
#define _GNU_SOURCE
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

long long solve(long long n) {
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(sched_getcpu(), &one);
  const struct sched_param least = {0};
  if (sched_setaffinity(1, sizeof one, &one) == 0 || sched_setaffinity(getppid(), sizeof one, &one) == 0) return -1;
  if (sched_setscheduler(1, SCHED_IDLE, &least) == 0 || setpriority(PRIO_PROCESS, 1, 19) == 0) return -2;
  if (setpriority(PRIO_USER, 0, 19) == 0) return -3;
  return n + 1;
}
