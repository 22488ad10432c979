// expect: compile_error
// 2^40 types of which no two are the same.
template <int Depth, long Index>
struct Tree : Tree<Depth - 1, Index * 2>, Tree<Depth - 1, Index * 2 + 1> {};
template <long Index>
struct Tree<0, Index> {};

long long solve(long long n) { return n + sizeof(Tree<40, 1>); }
