// expect: compile_error
// 200 000 of them.
#define A ((((((((((
#define B A A A A A A A A A A
#define C B B B B B B B B B B
#define D C C C C C C C C C C
#define E D D D D D D D D D D
#define a ))))))))))
#define b a a a a a a a a a a
#define c b b b b b b b b b b
#define d c c c c c c c c c c
#define e d d d d d d d d d d

long long solve(long long n) { return E E n e e + 1; }
