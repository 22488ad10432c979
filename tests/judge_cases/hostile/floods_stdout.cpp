// expect: output_limit time_limit
#include <iostream>

long long solve(long long n) {
  for (;;) std::cout << "flood" << std::endl;
}
