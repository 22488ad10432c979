// expect: runtime_error memory_limit
#include <alloca.h>
#include <string.h>

long long solve(long long n) {
  volatile size_t size = 1 << 30;
  char *hoard = alloca(size);
  memset(hoard, 1, size);
  return hoard[n] + n;
}
