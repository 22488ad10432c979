// expect: runtime_error
#include <string.h>
#include <unistd.h>

long long solve(long long n) {
  static char answer[900000] = "{\"value\":";
  memset(answer + 9, '[', sizeof answer - 9);
  for (size_t sent = 0; sent < sizeof answer;) sent += write(3, answer + sent, sizeof answer - sent);
  _exit(0);
}
