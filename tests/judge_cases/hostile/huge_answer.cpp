// expect: output_limit time_limit
#include <unistd.h>

long long solve(long long n) {
  static char text[1 << 20];
  for (char& c : text) c = '1';
  for (;;) write(3, text, sizeof text);
}
