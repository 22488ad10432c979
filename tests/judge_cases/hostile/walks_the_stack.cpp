// expect: accepted kind: stack
// Page by page to the end of the stack, past what called it: no answer lies there, and nothing of the server.
#include <cstdint>
#include <string>
#include <unistd.h>

long long solve(long long n) {
  const std::string word = std::string("\"exp") + "ected\"", other = std::string("DATABASE") + "_URL";
  static char page[4096];
  int ends[2];
  if (pipe(ends)) return -1;
  for (uintptr_t at = (uintptr_t)&n & ~4095ull; write(ends[1], (void *)at, 4096) == 4096; at += 4096) {
    if (read(ends[0], page, 4096) != 4096) return -2;
    if (at == ((uintptr_t)&word & ~4095ull)) continue;
    const std::string text(page, 4096);
    if (text.find(word) != text.npos || text.find(other) != text.npos) return -3;
  }
  return n + 1;
}
