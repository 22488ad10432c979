// expect: compile_error runtime_error time_limit
#define main other
#define return for (;;);
#define int long
#define Input Output

long long solve(long long n) { return n + 1; }
