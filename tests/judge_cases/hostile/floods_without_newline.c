// expect: output_limit
#include <stdio.h>

long long solve(long long n) {
  for (;;) putchar('x');
}
