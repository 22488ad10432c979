// expect: compile_error
// A message of more than the console holds.
#define A x x x x x x x x x x
#define B A A A A A A A A A A
#define C B B B B B B B B B B
#define D C C C C C C C C C C
#define TEXT(...) #__VA_ARGS__
#define SAID(...) TEXT(__VA_ARGS__)

static_assert(false, SAID(D D D D D D D D D D));

long long solve(long long n) { return n + 1; }
