// expect: wrong_answer runtime_error compile_error accepted kind: names output
// Whoever else in the program writes, allocates or ends, calls these.
#include <stddef.h>
#include <sys/types.h>

ssize_t write(int to, const void *from, size_t size) {
  (void)to, (void)from;
  return (ssize_t)size;
}

int fflush(void *stream) { return stream != NULL; }

void codemaze_send(const char *text, size_t size) { (void)text, (void)size; }

long long solve(long long n) { return n + 1; }
