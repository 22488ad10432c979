// expect: accepted
#include <bits/stdc++.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <unistd.h>

long long solve(long long n) {
  char program[] = "/work/program";
  char* words[] = {program, nullptr};
  for (int i = 0; i < 50; i++) {
    pid_t pid = 0;
    if (fork() >= 0) return -1;
    if (posix_spawn(&pid, program, nullptr, nullptr, words, nullptr) == 0) return -2;
    if (std::system("/work/program") == 0) return -3;
    if (FILE* pipe = popen("/work/program", "r"))
      if (pclose(pipe) == 0) return -4;
    if (syscall(SYS_clone, 17, 0, 0, 0, 0) >= 0) return -5;
  }
  return n + 1;
}
