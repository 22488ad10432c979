// expect: accepted
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <unistd.h>

long long solve(long long n) {
  char room[16];
  const struct iovec here = {room, 16}, there = {(void *)0x400000, 16};
  for (int pid = 1; pid < 10; pid++) {
    if (pid == getpid()) continue;
    if (ptrace(PTRACE_ATTACH, pid, 0, 0) == 0 || ptrace(PTRACE_SEIZE, pid, 0, 0) == 0) return -1;
    if (process_vm_readv(pid, &here, 1, &there, 1, 0) >= 0) return -2;
    if (process_vm_writev(pid, &here, 1, &there, 1, 0) >= 0) return -3;
  }
  if (ptrace(PTRACE_TRACEME, 0, 0, 0) == 0) return -4;
  for (int i = 0; i < 3; i++)
    if (open((const char *[]){"/proc/1/mem", "/proc/self/mem", "/dev/mem"}[i], O_RDWR) >= 0) return -5;
  return n + 1;
}
