// expect: compile_error
char hoard[1 << 30] = {1};

long long solve(long long n) { return n + hoard[n]; }
