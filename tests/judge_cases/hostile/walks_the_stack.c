// expect: accepted kind: stack
// Page by page to the end of the stack, past what called it: no answer lies there, and nothing of the server.
#define _GNU_SOURCE
#include <stdint.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

long long solve(long long n) {
  static char page[4097];
  char word[] = "expecte_", other[] = "DATABASE_UR_";
  word[7] = 'd';
  other[11] = 'L';
  int ends[2];
  if (pipe(ends)) return -1;
  for (uintptr_t at = (uintptr_t)&n & ~4095ull; write(ends[1], (void *)at, 4096) == 4096; at += 4096) {
    if (read(ends[0], page, 4096) != 4096) return -2;
    if (at == ((uintptr_t)word & ~4095ull)) continue;
    if (memmem(page, 4096, word, 8) || memmem(page, 4096, other, 12)) return -3;
  }
  return environ && *environ ? -4 : n + 1;
}
