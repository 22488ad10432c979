// expect: compile_error accepted
// 20 000 of them.
#define A ((((((((((
#define B A A A A A A A A A A
#define C B B B B B B B B B B
#define D C C C C C C C C C C
#define a ))))))))))
#define b a a a a a a a a a a
#define c b b b b b b b b b b
#define d c c c c c c c c c c

long long solve(long long n) { return D D n d d + 1; }
