// expect: accepted
// What the kernel keeps for a program, in all the kinds that are allowed, stays small: 64 descriptors at the most.
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

long long solve(long long n) {
  static char text[4096];
  int pair[2], made = 0;
  while (pipe2(pair, O_NONBLOCK) == 0 && made++ < 1000)
    while (write(pair[1], text, sizeof text) > 0);
  while (eventfd(0, 0) >= 0 && made++ < 1000);
  while (epoll_create1(0) >= 0 && made++ < 1000);
  while (timerfd_create(0, 0) >= 0 && made++ < 1000);
  return made > 64 ? -1 : n + 1;
}
