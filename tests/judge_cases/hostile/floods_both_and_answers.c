// expect: output_limit
#include <unistd.h>

long long solve(long long n) {
  static char text[65536];
  for (int i = 0; i < 40; i++) write(1 + i % 2, text, sizeof text);
  return n + 1;
}
