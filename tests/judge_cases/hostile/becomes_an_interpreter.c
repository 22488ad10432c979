// expect: accepted
// The sandbox's own Python may be started in the program's place; it is bound as the program was.
#include <stdio.h>
#include <unistd.h>

long long solve(long long n) {
  char code[2000];
  snprintf(code, sizeof code,
           "import os, sys\n"
           "sys.path.insert(0, '/judge/filter')\n"
           "import ctypes\n"
           "call = ctypes.CDLL(None).syscall\n"
           "harm = [lambda: os.fork(), lambda: os.kill(1, 9), lambda: os.listdir('/proc'), lambda: os.mkdir('/work/x'),\n"
           "  lambda: bytearray(1 << 28), lambda: os.sched_setaffinity(1, {0}), lambda: os.pidfd_open(1)]\n"
           "harm += [lambda k=k: call(*k) != -1 or 1 / 0 for k in ((41, 1, 1, 0), (302, 1, 7, 0, 0), (101, 16, 1, 0, 0))]\n"
           "for index, attempt in enumerate(harm):\n"
           "  try: attempt()\n"
           "  except Exception: continue\n"
           "  os.write(3, b'{\"value\": -%%d}' %% (index + 1)); os._exit(0)\n"
           "os.write(3, b'{\"value\": %lld}')\n",
           n + 1);
  char *words[] = {"/python/bin/python3", "-S", "-s", "-P", "-B", "-c", code, 0};
  char *environment[] = {"LD_LIBRARY_PATH=/python/libraries", "PYTHONPATH=/judge:/judge/filter", 0};
  execve("/python/bin/python3", words, environment);
  return -100;
}
