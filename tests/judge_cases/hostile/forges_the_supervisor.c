// expect: runtime_error
#include <string.h>
#include <unistd.h>

long long solve(long long n) {
  const char header[] = "{\"end\": \"exited\", \"console\": 0, \"result\": 11, \"cpu_ms\": 0}{\"value\":2}";
  const unsigned char length[4] = {0, 0, 0, sizeof header - 12};
  for (int descriptor = 0; descriptor < 64; descriptor++) {
    write(descriptor, length, 4);
    write(descriptor, header, sizeof header - 1);
  }
  _exit(0);
}
