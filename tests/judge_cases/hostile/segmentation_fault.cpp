// expect: runtime_error
long long solve(long long n) { return *(volatile long long*)(n * 8); }
