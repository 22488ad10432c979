// expect: accepted within: 5000
#include <fcntl.h>
#include <sys/mman.h>

long long solve(long long n) {
  const size_t size = 400 << 20;
  const int zero = open("/dev/zero", O_RDWR);
  const int both = PROT_READ | PROT_WRITE;
  const struct {
    int flags, file;
  } tried[] = {
      {MAP_SHARED | MAP_ANONYMOUS, -1},
      {MAP_SHARED, zero},
      {MAP_SHARED_VALIDATE | MAP_ANONYMOUS, -1},
      {MAP_PRIVATE | MAP_ANONYMOUS, -1},
      {MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN, -1},
      {MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK | MAP_NORESERVE, -1},
      {MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1},
      {MAP_PRIVATE, zero},
  };
  for (int i = 0; i < 8; i++)
    if (mmap(0, size, both, tried[i].flags, tried[i].file, 0) != MAP_FAILED) return -1 - i;
  return n + 1;
}
