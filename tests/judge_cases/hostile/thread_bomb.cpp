// expect: accepted
#include <bits/stdc++.h>

long long solve(long long n) {
  for (int i = 0; i < 100; i++) {
    try {
      std::thread([] {
        for (;;);
      }).detach();
    } catch (const std::system_error&) {
      continue;
    }
    return -1;
  }
  return n + 1;
}
